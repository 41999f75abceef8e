"""Files → pages: by the kind of file, each kind behind its own guards."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from drafter.errors import ReadError
from drafter.reading.decoding import decode, is_binary
from drafter.reading.lines import Page, split_lines
from drafter.reading.markdown import front_matter, read_markdown, refuse_own_draft

if TYPE_CHECKING:
    from pathlib import Path

_MB = 1 << 20
_TEXT_LIMIT = 5 * _MB
_FILE_LIMIT = 50 * _MB
_LINES = 30_000
_TEXT_KINDS = frozenset({".txt", ".md"})


def load_bytes(path: Path) -> bytes:
    """Return the bytes of a regular file, read once.

    Raises:
        ReadError: it is no regular file, cannot be opened, or is too large to be a report.
    """
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise ReadError("不是普通文件（管道、设备或断开的链接），没有读。")
        limit = _TEXT_LIMIT if path.suffix.lower() in _TEXT_KINDS else _FILE_LIMIT
        if state.st_size > limit:
            raise ReadError(
                f"文件太大（{state.st_size / _MB:.0f} MB，上限 {limit // _MB} MB），不像一份总结。"
            )
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        if path.is_symlink() and not path.exists():
            raise ReadError("是断开或绕成圈的链接，没有读。") from error
        raise ReadError(
            f"打不开文件（{error.strerror or error}）。", hint="请检查权限，或关闭正在使用它的程序。"
        ) from error
    if len(data) > limit:
        raise ReadError(f"文件太大（上限 {limit // _MB} MB），不像一份总结。")
    return data


def read_page(data: bytes, path: Path, name: str) -> tuple[Page, str | None]:
    """Return the page that the bytes of a file hold, and the encoding where it is a text.

    Raises:
        ReadError: the file is not what its name claims, is damaged, dangerous or of no known kind.
    """
    kind = path.suffix.lower()
    if not data.strip():
        raise ReadError("文件是空的。")
    if kind in _TEXT_KINDS:
        text, encoding = read_text(data)
        if (ends := text.count("\n") + text.count("\r")) > 10 * _LINES:
            raise ReadError(f"文字多达 {ends} 行（上限 {_LINES} 行），不像一份总结。")
        page = read_markdown(text) if kind == ".md" else _read_plain(text)
        if len(page.lines) > _LINES:
            raise ReadError(f"文字多达 {len(page.lines)} 行（上限 {_LINES} 行），不像一份总结。")
        return page, encoding
    if kind == ".docx":
        from drafter.reading.word_draft import read_past_word  # noqa: PLC0415 - its parser loads with the first

        return read_past_word(data, name), None
    if kind in (".html", ".htm"):
        from drafter.reading.web import read_web  # noqa: PLC0415 - its parsers load with the first web page

        return read_web(data, name)
    if kind == ".pdf":
        from drafter.reading.pdf import read_pdf  # noqa: PLC0415 - its parser loads with the first PDF

        return read_pdf(data, name), None
    if kind in (".doc", ".wps", ".xls"):
        from drafter.reading.office import read_old  # noqa: PLC0415 - only old files need it

        return read_old(data, kind, name)
    if kind in (".xlsx", ".csv"):
        raise ReadError(
            f"{kind} 表格不能当作往年总结。",
            hint="表格可以作今年的要点（drafter draft 表格）；总结请用 .docx 等。",
        )
    raise ReadError(
        f"不认识的文件类型“{kind or path.name}”。",
        hint="往年总结可以是 .txt .md .html .docx .pdf .doc .wps .xls。",
    )


def read_text(data: bytes) -> tuple[str, str]:
    """Return text and encoding of the bytes of a text file.

    Raises:
        ReadError: the bytes are no text.
    """
    if len(data) > _TEXT_LIMIT:
        raise ReadError(f"文字太多（上限 {_TEXT_LIMIT // _MB} MB），不像一份总结。")
    for magic, what in (
        (b"PK\x03\x04", "压缩包或新版 Office 文件"),
        (b"\xd0\xcf\x11\xe0", "旧版 Office 文件"),
        (b"%PDF", "PDF 文件"),
    ):
        if data.startswith(magic):
            raise ReadError(f"扩展名是文本，内容却是{what}。", hint="请改回正确的扩展名再试。")
    text, encoding = decode(data)
    if is_binary(text):
        raise ReadError("内容不是文字（含有二进制数据）。", hint="请确认文件没有改错扩展名。")
    return text, encoding


def _read_plain(text: str) -> Page:
    refuse_own_draft(front_matter(text)[0])
    return Page(text, split_lines(text))
