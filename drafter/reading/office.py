"""Old office files (.doc .wps .xls): turned into today's formats by LibreOffice, then read as those."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from drafter.errors import ReadError
from drafter.reading.archive import read_parts
from drafter.reading.lines import Line, Page, clean
from drafter.reading.web import read_web
from drafter.reading.word_draft import read_past_word

_TIME_S = 90
_PROGRAMS = ("soffice", "libreoffice")
_TARGETS = {".doc": "docx", ".wps": "docx", ".xls": "xlsx"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = {
    ".doc": ("WordDocument",),
    ".wps": ("WordDocument", "MatOST", "CONTENTS"),
    ".xls": ("Workbook", "Book"),
}
_CELLS = 200_000
_MARKUP = (b"<html", b"<!doctype html", b"<head", b"<meta")


def read_old(data: bytes, kind: str, name: str) -> tuple[Page, str | None]:
    """Return the page of an old office file, or of what really stands behind that name.

    Raises:
        ReadError: LibreOffice is missing or cannot read it; the converted file is not fit to be read.
    """
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_MARKUP):
        return read_web(data, name)
    if not data.startswith(b"PK"):
        _guard(data, kind)
        data = _convert(data, kind)
    return (_read_sheets(data) if kind == ".xls" else read_past_word(data, name)), None


def _guard(data: bytes, kind: str) -> None:
    """Refuse what LibreOffice would take for something else: it reads any bytes as a text."""
    if data.startswith(b"{\\rtf") and kind != ".xls":
        return
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ReadError("文件加了密码，没有读。", hint="请在 Word 或 WPS 里去掉密码后再试。")
    if not data.startswith(_OLE) or not any(name.encode("utf-16-le") in data for name in _STREAMS[kind]):
        raise ReadError(
            f"内容不是 {kind} 文件，或者已经损坏。", hint="请用 Word 或 WPS 打开，另存为 .docx 再收进来。"
        )


def _convert(data: bytes, kind: str) -> bytes:
    """Return the file in today's format, made by LibreOffice in a folder and a profile of its own."""
    program = next((found for one in _PROGRAMS if (found := shutil.which(one))), None)
    if program is None:
        raise ReadError(
            f"读 {kind} 需要 LibreOffice，这台机器上没有装。",
            hint="请安装 LibreOffice，或用 Word、WPS 另存为 .docx（表格存为 .xlsx）再收进来。",
        )
    target = _TARGETS[kind]
    with tempfile.TemporaryDirectory(prefix="drafter-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"source{kind}")
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nologo"]
        command += ["--convert-to", target, "--outdir", folder, str(source)]
        _run(command, kind)
        made = source.with_suffix(f".{target}")
        if not made.is_file():
            raise ReadError(
                f"LibreOffice 读不了这个 {kind} 文件，可能已损坏或加了密码。",
                hint="请用 Word 或 WPS 打开，另存为 .docx 再收进来。",
            )
        return made.read_bytes()


def _run(command: list[str], kind: str) -> None:
    """Run LibreOffice and everything that it starts for at most `_TIME_S` seconds."""
    with subprocess.Popen(  # noqa: S603 - a fixed program on a file of our own naming
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as running:
        try:
            running.wait(_TIME_S)
        except subprocess.TimeoutExpired as error:
            if hasattr(os, "killpg"):
                os.killpg(running.pid, signal.SIGKILL)
            else:
                running.kill()
            raise ReadError(
                f"LibreOffice {_TIME_S} 秒内没有转换完这个 {kind} 文件，没有读。",
                hint="请用 Word 或 WPS 另存为 .docx 再收进来。",
            ) from error


def _read_sheets(data: bytes) -> Page:
    """Return the sheets of a workbook as a page: each sheet a heading, each row a line of its shown cells."""
    read_parts(data, frozenset(), what="Excel 文件")
    import openpyxl  # noqa: PLC0415 - only tables need it

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise ReadError(
            "Excel 文件已损坏，打不开。", hint="请用 Excel 或 WPS 打开修复，另存后再试。"
        ) from error
    rows: list[tuple[str, int | None]] = []
    cells = 0
    for sheet in book.worksheets:
        rows.append((str(sheet.title), 1))
        for row in sheet.iter_rows():
            cells += len(row)
            if cells > _CELLS:
                raise ReadError("表格大得不像一份总结，没有读。")
            shown = [_shown(cell) for cell in row]
            if any(shown):
                rows.append((" | ".join(shown).strip(" |"), None))
    return _page(rows)


def _page(rows: list[tuple[str, int | None]]) -> Page:
    lines, place = [], 0
    for number, (words, level) in enumerate(rows, 1):
        end = place + len(words)
        lines.append(
            Line(number, place, end, place, gap=True, level=level, table=level is None and " | " in words)
        )
        place = end + 1
    return Page("\n".join(words for words, _ in rows), tuple(lines))


def _shown(cell: Any) -> str:  # noqa: ANN401 - a cell of openpyxl, which has no types
    """Return a cell as a reader of the sheet sees it, percentages included."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and "%" in str(getattr(cell, "number_format", "")):
        return f"{round(value * 100, 6):g}%"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value))
