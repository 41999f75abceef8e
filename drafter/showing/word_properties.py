"""The custom properties of a Word file, which python-docx does not write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from drafter.draftfile.carried import is_own
from drafter.reading.archive import parse_xml
from drafter.showing.word_pieces import as_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document as Word

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CONTENT = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST = 2
"""Ids begin with 2: 0 and 1 are Word's own."""


def put_properties(word: Word, properties: Mapping[str, str]) -> None:
    """Put `properties` into a document; those of the office stay, earlier ones of ours go.

    Raises:
        ReadError: the properties that the document has already are no XML.
    """
    package = word.part.package
    known = next((rel.target_part for rel in package.rels.values() if rel.reltype == _KIND), None)
    root = (
        parse_xml(known.blob, "模板")
        if known is not None
        else etree.Element(f"{{{_SPACE}}}Properties", nsmap={None: _SPACE, "vt": _TYPES})
    )
    for child in list(root):
        if is_own(str(child.get("name"))):
            root.remove(child)
    for name, value in properties.items():
        one = etree.SubElement(root, f"{{{_SPACE}}}property", fmtid=_FORMAT, pid="0", name=as_xml(name))
        etree.SubElement(one, f"{{{_TYPES}}}lpwstr").text = as_xml(value)
    for number, child in enumerate(root, start=_FIRST):
        child.set("pid", str(number))
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if known is not None:
        known._blob = blob  # noqa: SLF001 - a part of python-docx has no other way in
        return
    part = Part(PackURI("/docProps/custom.xml"), _CONTENT, blob, package)
    package.relate_to(part, _KIND)
