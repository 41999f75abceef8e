"""Saving a draft: old or new, never half, and never over what a person edited."""

from __future__ import annotations

import codecs
import hashlib
import json
from typing import TYPE_CHECKING, NamedTuple

from drafter.errors import DraftChangedError, ReadError, UsageError
from drafter.reading.decoding import decode
from drafter.storage import make_private, write_file

if TYPE_CHECKING:
    from pathlib import Path

_RECORD = "written.json"
_VERSIONS = "history"
_TEXTS = (".md", ".markdown", ".txt")
WORDS = (".docx",)
"""The endings of Word files, for `check_overwritable`."""


def check_overwritable(path: Path, state: Path, endings: tuple[str, ...] = _TEXTS) -> None:
    """Make sure that `path` may be written: it is new, or is what drafter wrote there last.

    Raises:
        DraftChangedError: the file was edited by hand, or is not drafter's.
        ReadError: no such folder, no file, or another ending than `endings`.
    """
    if path.is_dir():
        raise ReadError(f"{path} 是文件夹。", hint="请用 -o 写出草稿的文件名。")
    if path.exists() and not path.is_file():
        raise ReadError(f"{path} 不是普通文件。", hint="请用 -o 写出草稿的文件名。")
    if path.suffix.lower() not in endings:
        kind = "草稿是文本文件，不能存成" if endings == _TEXTS else "导出的是 Word 文件，不能存成"
        names = "或".join(f" {ending} " for ending in endings if ending != ".markdown").strip()
        raise ReadError(f"{kind} {path.name}。", hint=f"请把 -o 的文件名写成 {names}。")
    if not path.parent.is_dir():
        raise ReadError(f"没有这个文件夹：{path.parent}。", hint="请先建好文件夹，或换一个位置。")
    if not path.exists():
        return
    if _hash(path.read_bytes()) not in _record(state).get(str(path.absolute()), ()):
        raise DraftChangedError(
            f"{'草稿' if endings == _TEXTS else 'Word 文件'} {path} 有人手工改过，没有覆盖它。",
            hint="请用 -o 换一个文件名，或先把它移走再运行。",
        )


def save_draft(path: Path, text: str, state: Path) -> None:
    """Write the draft and remember its hash.

    Raises:
        ReadError: the disk refuses; what stood there before is untouched.
    """
    save_bytes(path, text.encode("utf-8"), state, "草稿")


def save_bytes(path: Path, data: bytes, state: Path, what: str) -> None:
    """Write a file of ours, `what` it is called in messages, and remember its hash.

    Raises:
        ReadError: the disk refuses; what stood there before is untouched.
    """
    record = _record(state)
    name = str(path.absolute())
    # the hash goes first, the file second: whatever happens between, both versions are known as ours
    record[name] = [_hash(data), *record.get(name, ())][:2]
    try:
        make_private(state)
        write_file(state / _RECORD, json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8"))
    except OSError as error:
        raise ReadError(
            f"drafter 自己的文件夹 {state} 写不进去：{error.strerror}，{what}没有写。",
            hint="请检查磁盘空间和权限；原有的文件没有动。",
        ) from error
    try:
        write_file(path, data)
    except OSError as error:
        raise ReadError(
            f"{what} {path} 写不进去：{error.strerror}。",
            hint="请检查磁盘空间和权限；原有的文件没有动。",
        ) from error


class DraftFile(NamedTuple):
    """A draft as it was read: its bytes, and how to write text back the way it was."""

    path: Path
    data: bytes
    text: str
    encoding: str


def open_draft(path: Path) -> DraftFile:
    """Return a draft that is to be changed, byte for byte what stands in the file.

    Raises:
        UsageError: it is no text file.
        ReadError: there is no such file, or it cannot be read.
    """
    if path.suffix.lower() not in _TEXTS:
        raise UsageError(f"{path.name} 不是草稿文件。", hint="草稿是 drafter draft 写出的 .md 文件。")
    if path.is_dir() or (path.exists() and not path.is_file()):
        raise ReadError(f"{path} 不是普通文件。", hint="请写出草稿的文件名。")
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(f"没有这个文件：{path}。", hint="请检查文件名和所在的文件夹。") from error
    except OSError as error:
        raise ReadError(f"{path} 读不出来：{error.strerror}。", hint="请检查权限。") from error
    text, encoding = decode(data)
    return DraftFile(path, data, text, encoding)


def save_changed(file: DraftFile, text: str, state: Path, *, edited: bool) -> Path:
    """Write the changed `text` of a draft and return where the version before it is kept.

    What a person edited stays a person's: `draft` overwrites the file only if it
    could have before and no person's words came in now (`edited`).

    Raises:
        DraftChangedError: another program changed the file since it was read.
        ReadError: the disk refuses; the draft stands as it was.
    """
    try:
        backup = keep_version(file.path, file.data, state)
        _check_same(file)
        data = _encoded(text, file)
        record = _record(state)
        name = str(file.path.absolute())
        if not edited and _hash(file.data) in record.get(name, ()):
            record[name] = [_hash(data), *record[name]][:2]
            write_file(state / _RECORD, json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8"))
        write_file(file.path, data)
    except OSError as error:
        raise ReadError(
            f"草稿 {file.path} 写不进去：{error.strerror}。", hint="请检查磁盘空间和权限；草稿没有动。"
        ) from error
    return backup


def save_rewritten(file: DraftFile, text: str) -> DraftFile:
    """Write the `text` of a draft that a person rewrote, and return the file as it is now.

    The draft holds a person's decisions from here on: `draft` overwrites it no more.

    Raises:
        DraftChangedError: another program changed the file since it was read.
        ReadError: the disk refuses, or the encoding of the file lacks a character; it stands as it was.
    """
    _check_same(file)
    try:
        data = _encoded(text, file)
        write_file(file.path, data)
    except UnicodeEncodeError as error:
        raise ReadError(
            f"草稿 {file.path} 的编码（{file.encoding}）写不了“{text[error.start]}”，草稿没有动。",
            hint="请把草稿另存为 UTF-8 再试。",
        ) from error
    except OSError as error:
        raise ReadError(
            f"草稿 {file.path} 写不进去：{error.strerror}。", hint="请检查磁盘空间和权限；草稿没有动。"
        ) from error
    return DraftFile(file.path, data, text, file.encoding)


def _encoded(text: str, file: DraftFile) -> bytes:
    """Return `text` in the encoding of the file, with its byte-order mark."""
    if file.data.startswith(codecs.BOM_UTF16_BE):
        return codecs.BOM_UTF16_BE + text.encode("utf-16-be")
    return text.encode(file.encoding)


def keep_version(path: Path, data: bytes, state: Path) -> Path:
    """Keep a version of a draft in the state folder, and return where.

    Raises:
        OSError: the disk refuses.
    """
    make_private(state)
    folder = make_private(state / _VERSIONS)
    kept = folder / f"{path.stem}-{_hash(data)[:12]}{path.suffix}"
    if not kept.exists():
        write_file(kept, data)
    return kept


def version_of(path: Path, sha256: str, state: Path) -> str | None:
    """Return the version of a draft whose bytes have `sha256`, None where it was not kept.

    A draft that was renamed since keeps its versions.

    Raises:
        ReadError: the version that was kept is no text.
    """
    folder = state / _VERSIONS
    for kept in sorted(folder.glob(f"*-{sha256[:12]}{path.suffix}")) if folder.is_dir() else ():
        data = kept.read_bytes()
        if _hash(data) == sha256:
            return decode(data)[0]
    return None


def _check_same(file: DraftFile) -> None:
    if not file.path.exists() or file.path.read_bytes() != file.data:
        raise DraftChangedError(
            f"草稿 {file.path} 刚才被别的程序改动过，没有写它。", hint="请关掉正在编辑它的程序，再运行一次。"
        )


def _record(state: Path) -> dict[str, list[str]]:
    """Return the hashes of what drafter wrote last, by path; a damaged record knows nothing."""
    try:
        record = json.loads((state / _RECORD).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
        return {}
    if not isinstance(record, dict):
        return {}
    return {path: hashes for path, hashes in record.items() if isinstance(hashes, list)}


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
