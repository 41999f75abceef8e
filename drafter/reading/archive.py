"""Office files are zip archives: their parts, read only after the archive was found harmless."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from drafter.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Mapping

_MB = 1 << 20
_MEMBERS = 2000
_TOTAL = 100 * _MB
_PART = 30 * _MB
_RATIO = 200
_SMALL = _MB
_OLE = b"\xd0\xcf\x11\xe0"
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


def read_parts(data: bytes, wanted: frozenset[str], *, what: str) -> Mapping[str, bytes]:
    """Return the `wanted` parts of an Office file by name; those that it lacks are left out.

    Raises:
        ReadError: no zip archive, damaged, encrypted, a bomb, or a part with a document type.
    """
    if data.startswith(_OLE):
        raise ReadError(
            f"{what}是旧格式或加了密码。",
            hint="请在 Word 或 WPS 里打开，去掉密码，另存为新格式（.docx / .xlsx）。",
        )
    if not data.startswith(b"PK"):
        raise ReadError(
            f"内容不是{what}（可能改错了扩展名）。", hint="请用 Word 或 WPS 打开确认，另存后再试。"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _guard(archive.infolist(), what)
            names = [name for name in archive.namelist() if name in wanted]
            return {name: _inflate(archive, name, what) for name in names}
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        UnicodeDecodeError,
        ValueError,
        OSError,
    ) as error:
        raise ReadError(f"{what}已损坏，打不开。", hint="请用 Word 或 WPS 打开修复，另存后再试。") from error


def _guard(members: list[zipfile.ZipInfo], what: str) -> None:
    names = [member.filename for member in members]
    if len(members) > _MEMBERS or len(names) != len(set(names)):
        raise ReadError(f"{what}内部结构异常（部件过多或重名），没有读。")
    if any(member.flag_bits & 1 for member in members):
        raise ReadError(f"{what}加了密码，没有读。", hint="请去掉密码后再试。")
    if sum(member.file_size for member in members) > _TOTAL or any(_is_bomb(member) for member in members):
        raise ReadError(f"{what}解开后异常地大，可能是恶意文件，没有读。")


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    xml = member.filename.endswith((".xml", ".rels"))
    if xml and member.file_size > _PART:
        return True
    return member.file_size > _SMALL and member.file_size > _RATIO * max(1, member.compress_size)


def _inflate(archive: zipfile.ZipFile, name: str, what: str) -> bytes:
    with archive.open(name) as stream:
        content = stream.read(_PART + 1)
    if len(content) > _PART:
        raise ReadError(f"{what}解开后异常地大，可能是恶意文件，没有读。")
    if (
        content[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
        or b"<!DOCTYPE" in content
        or b"<!ENTITY" in content
    ):
        raise ReadError(f"{what}里有不该有的文档类型声明，可能是恶意文件，没有读。")
    for strict, usual in _STRICT:
        content = content.replace(strict, usual)
    return content


def parse_xml(content: bytes, what: str) -> Any:  # noqa: ANN401 - an element of lxml, which has no types
    """Return the root element of a part.

    Raises:
        ReadError: the part is no well-formed XML, or nested without end.
    """
    from lxml import etree  # noqa: PLC0415 - only Office files need it

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(
            f"{what}已损坏（内部的 XML 读不通）。", hint="请用 Word 或 WPS 打开修复，另存后再试。"
        ) from error
