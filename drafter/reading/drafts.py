"""Drafts as files: their text, and the notes that they name."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.draftfile import read_draft
from drafter.errors import ReadError, UsageError
from drafter.model import Finding
from drafter.reading.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.draftfile import DraftText

_OTHERS = frozenset({".pdf", ".doc", ".wps", ".rtf", ".odt", ".xls", ".xlsx", ".et", ".html", ".htm"})


def read_text(file: Path) -> str:
    """Return the text of a file, decoded strictly.

    Raises:
        ReadError: there is no such file, or it is no text.
    """
    if file.is_dir():
        raise ReadError(f"{file} 是文件夹，不是文件。", hint="请写出其中的文件名。")
    if file.exists() and not file.is_file():
        raise ReadError(f"{file} 不是普通文件。", hint="请换成普通文件再试。")
    try:
        text, _ = decode(file.read_bytes())
    except FileNotFoundError as error:
        raise ReadError(f"没有这个文件：{file}。", hint="请检查文件名和所在的文件夹。") from error
    except OSError as error:
        raise ReadError(
            f"{file} 读不出来：{error.strerror}。", hint="请检查权限，或关闭正在使用它的程序。"
        ) from error
    return text


def draft_text(file: Path) -> str:
    """Return the text of a draft: of a Word file as Word shows it.

    Raises:
        ReadError: there is no such file, it is empty, or it cannot be read.
    """
    if file.suffix.lower() == ".docx" and file.is_file():
        from drafter.reading.word import read_word  # noqa: PLC0415 - heavy, and only Word files need it

        return read_word(file.read_bytes(), file.name).text
    text = read_text(file)
    if not text.strip():
        raise ReadError(f"{file} 是空的。", hint="请核对文件名。")
    return text


def load_draft(file: Path) -> DraftText:
    """Return a draft: a text with our marks or without, or a Word file, ours with the marks it carries.

    Raises:
        ReadError: there is no such file, it is empty, or it cannot be read.
    """
    if file.suffix.lower() == ".docx" and file.is_file():
        from drafter.reading.word_draft import read_word_draft  # noqa: PLC0415 - only Word files need it

        return read_word_draft(file.read_bytes(), file.name)
    if file.suffix.lower() in _OTHERS and file.is_file():
        raise ReadError(f"{file} 不能当草稿核对。", hint="草稿可以是 .md .txt .docx，请另存为其中一种。")
    return read_draft(draft_text(file))


def unread_in(file: Path) -> list[Finding]:
    """Return what a Word draft leaves undecided or hides: its text was read without it.

    Raises:
        ReadError: the file cannot be read.
    """
    from drafter.reading.word import read_word  # noqa: PLC0415 - only Word files need it

    remarks = read_word(file.read_bytes(), file.name).remarks
    return [
        Finding(remark.code, "warning", remark.message, where=(remark.where,) if remark.where else ())
        for remark in remarks
        if remark.code != "comment"
    ]


def notes_of(text: DraftText, draft_file: Path, given: Sequence[Path]) -> tuple[list[Path], list[Finding]]:
    """Return the files of notes behind a draft: `given`, else those its front matter names.

    A file whose bytes are not those that the draft was written from is a finding.

    Raises:
        UsageError: the draft names no notes and none are given.
        ReadError: the front matter is not drafter's.
    """
    if given:
        return list(given), []
    named = text.meta.get("notes")
    if not isinstance(named, list) or not named:
        raise UsageError("这份草稿没有写明依据的要点。", hint="请加上 --notes 要点文件。")
    files, findings = [], []
    for row in named:
        if not isinstance(row, dict) or not isinstance(row.get("path"), str):
            raise ReadError("草稿开头的 notes 写得不对。", hint="请恢复原样，或用 --notes 指明要点文件。")
        file = draft_file.parent / row["path"]
        if not file.exists():
            raise ReadError(
                f"没有这个文件：{from_here(file)}（草稿写明的要点）。",
                hint="请把要点放回原来的位置，或用 --notes 指明它在哪里。",
            )
        files.append(from_here(file))
        if file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() != row.get("sha256"):
            findings.append(
                Finding(
                    "notes-changed",
                    "warning",
                    f"要点 {row['path']} 在起草之后改动过。",
                    hint="请核对改动涉及的句子，或重新起草。",
                ),
            )
    return files, findings


def from_here(file: Path) -> Path:
    """Return `file` relative to the current folder where that is shorter."""
    relative = Path(os.path.relpath(file, Path.cwd()))
    return relative if len(relative.parts) < len(file.absolute().parts) else file
