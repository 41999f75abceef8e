"""The page and the styles of the document: our own after GB/T 9704, or those of an office's own file."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from drafter.errors import ReadError
from drafter.reading.archive import read_parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docx.document import Document as Word

_PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
}
_DOTX = b"wordprocessingml.template.main+xml"
_DOCX = b"wordprocessingml.document.main+xml"
_TYPES = "[Content_Types].xml"
_NAMES = {
    "title": ("Title", "标题", "公文标题", "总标题", "主标题", "大标题"),
    "heading1": ("heading 1", "标题 1", "标题1", "一级标题"),
    "heading2": ("heading 2", "标题 2", "标题2", "二级标题"),
    "heading3": ("heading 3", "标题 3", "标题3", "三级标题"),
    "heading4": ("heading 4", "标题 4", "标题4", "四级标题"),
    "body": ("公文正文", "正文首行缩进", "Body Text First Indent", "Normal", "正文"),
    "closing": ("落款", "署名", "成文日期"),
    "table": ("表格文字", "表格正文", "表格内容"),
}
_ASKED = ("title", "heading1", "heading2", "heading3", "body")
"""The styles that an office's file is expected to have; it is told which are missing."""
_REFERENCES = (qn("w:headerReference"), qn("w:footerReference"))
_USUAL_SIZE = 20
"""Half points where a file says nothing."""
_KEPT_IN_LEAD_INS = ("w:rFonts", "w:b", "w:bCs", "w:i", "w:iCs", "w:color")


class Template(NamedTuple):
    """A document without text, the ids of its styles by their part, and those that it lacks by name."""

    word: Word
    styles: dict[str, str]
    missing: tuple[str, ...] = ()
    own: bool = True


def open_template(file: Path | None) -> Template:
    """Return the office's file `file` emptied of its text, or our own template.

    What it lacks in styles is taken from ours.

    Raises:
        ReadError: the file cannot be read as a Word file.
    """
    ours = _own()
    if file is None:
        return Template(ours, {part: _found(ours, part) or "" for part in _NAMES})
    word = _load(file)
    _empty(word)
    styles: dict[str, str] = {}
    missing = []
    for part, names in _NAMES.items():
        known = _found(word, part)
        if known is None and part in _ASKED:
            missing.append(names[0])
        styles[part] = known or _adopt(word, ours, _found(ours, part) or "")
    for name in ("CommentReference", "CommentText", "TableGrid"):
        _adopt(word, ours, name)
    for level in range(1, 5):
        _lead_in(word, level, styles[f"heading{level}"])
    return Template(word, styles, tuple(missing), own=False)


def _own() -> Word:
    """Return our own template: A4, 37/35/28/26 mm, 22 lines of 28 pt, the fonts by name."""
    folder = files("drafter.showing") / "data" / "word"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for part, name in _PARTS.items():
            archive.writestr(part, (folder / name).read_bytes())
    target.seek(0)
    return Document(target)


def _load(file: Path) -> Word:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ReadError(
            f"模板 {file} 打不开：{error.strerror or error}。", hint="请核对 --template 后面的文件名。"
        ) from error
    try:
        read_parts(data, frozenset(), what=f"模板 {file.name} ")
        word = Document(io.BytesIO(_as_document(data)))
        word.element.body.iter()
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError, zipfile.BadZipFile) as error:
        raise ReadError(
            f"模板 {file} 不是能用的 Word 文件。", hint="请用 Word 或 WPS 打开，另存为 .docx 再试。"
        ) from error
    return word


def _as_document(data: bytes) -> bytes:
    """Return a Word template (.dotx) as a document; a document as it is."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if _DOTX not in archive.read(_TYPES):
            return data
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
            for name in archive.namelist():
                content = archive.read(name)
                made.writestr(name, content.replace(_DOTX, _DOCX) if name == _TYPES else content)
        return target.getvalue()


def _empty(word: Word) -> None:
    """Take the text out of a document: its page, headers, footers and styles stay."""
    body = word.element.body
    _inherit(body)
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    if body.find(qn("w:sectPr")) is None:
        word.add_section()
        for paragraph in body.findall(qn("w:p")):
            body.remove(paragraph)
    comments = word.part._comments_part.element  # noqa: SLF001 - python-docx can add comments, not drop them
    for comment in list(comments):
        comments.remove(comment)


def _inherit(body: Any) -> None:  # noqa: ANN401 - an element of lxml
    """Give the last section the headers and footers that it takes over from those before it."""
    sections = list(body.iter(qn("w:sectPr")))
    if not sections or sections[-1].getparent() is not body:
        return
    last = sections[-1]
    known = {_reference(one) for one in last if one.tag in _REFERENCES}
    for section in reversed(sections[:-1]):
        for one in section:
            if one.tag in _REFERENCES and _reference(one) not in known:
                known.add(_reference(one))
                last.insert(0, deepcopy(one))


def _reference(element: Any) -> tuple[str, str]:  # noqa: ANN401 - an element of lxml
    return str(element.tag), str(element.get(qn("w:type")))


def _found(word: Word, part: str) -> str | None:
    """Return the id of the style that a document has for `part`, None where it has none."""
    kind = "paragraph"
    for name in _NAMES[part]:
        for style in word.styles.element.findall(qn("w:style")):
            known = style.find(qn("w:name"))
            if known is None or style.get(qn("w:type")) != kind:
                continue
            if str(known.get(qn("w:val"))).lower() == name.lower():
                return str(style.get(qn("w:styleId")))
    return None


def _adopt(word: Word, ours: Word, name: str) -> str:
    """Give a document our style of this id, unless it has one; return the id."""
    if _by_id(word, name) is None:
        style = deepcopy(_by_id(ours, name))
        based = style.find(qn("w:basedOn"))
        if based is not None and _by_id(word, based.get(qn("w:val"))) is None:
            default = next(
                (
                    one
                    for one in word.styles.element.findall(qn("w:style"))
                    if one.get(qn("w:default")) == "1" and one.get(qn("w:type")) == style.get(qn("w:type"))
                ),
                None,
            )
            if default is None:
                style.remove(based)
            else:
                based.set(qn("w:val"), default.get(qn("w:styleId")))
        following = style.find(qn("w:next"))
        if following is not None and _by_id(word, following.get(qn("w:val"))) is None:
            style.remove(following)
        word.styles.element.append(style)
    return name


def _lead_in(word: Word, level: int, heading: str) -> None:
    """Give a document the style of heading sentences that open a paragraph: the face of that heading."""
    name = f"LeadIn{level}"
    if _by_id(word, name) is not None:
        return
    styles = word.styles.element
    style = styles.makeelement(
        qn("w:style"), {qn("w:type"): "character", qn("w:styleId"): name, qn("w:customStyle"): "1"}
    )
    style.append(style.makeelement(qn("w:name"), {qn("w:val"): f"段首标题 {level}"}))
    look = style.makeelement(qn("w:rPr"), {})
    known = _by_id(word, heading)
    properties = known.find(qn("w:rPr")) if known is not None else None
    for tag in _KEPT_IN_LEAD_INS:
        value = properties.find(qn(tag)) if properties is not None else None
        if value is not None:
            look.append(deepcopy(value))
    style.append(look)
    styles.append(style)


def _by_id(word: Word, name: str | None) -> Any:  # noqa: ANN401 - an element of lxml, or None
    for style in word.styles.element.findall(qn("w:style")):
        if style.get(qn("w:styleId")) == name:
            return style
    return None


def has_indent(template: Template, style: str) -> bool:
    """Tell whether a paragraph style, or one below it, indents the first line."""
    return any(one.find(f"{qn('w:pPr')}/{qn('w:ind')}") is not None for one in _chain(template.word, style))


def is_numbered(template: Template, style: str) -> bool:
    """Tell whether Word numbers the paragraphs of a style by itself."""
    return any(one.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None for one in _chain(template.word, style))


def size_of(template: Template, style: str) -> int:
    """Return the size of a paragraph style in half points."""
    defaults = template.word.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    for one in (*_chain(template.word, style), defaults):
        size = one.find(f"{qn('w:rPr')}/{qn('w:sz')}") if one is not None else None
        if size is not None and str(size.get(qn("w:val"))).isdecimal():
            return int(size.get(qn("w:val")))
    return _USUAL_SIZE


def _chain(word: Word, style: str) -> Iterator[Any]:
    """Yield a style and those that it is based on."""
    seen: set[str] = set()
    while style and style not in seen:
        seen.add(style)
        known = _by_id(word, style)
        if known is None:
            return
        yield known
        based = known.find(qn("w:basedOn"))
        style = str(based.get(qn("w:val"))) if based is not None else ""
