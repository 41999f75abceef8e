"""Saving a draft: old or new, never half, and never over what a person edited."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from drafter.errors import DraftChangedError, ReadError
from drafter.storage import make_private, write_file

if TYPE_CHECKING:
    from pathlib import Path

_RECORD = "written.json"
_SUFFIXES = frozenset({".md", ".markdown", ".txt"})


def check_overwritable(path: Path, state: Path) -> None:
    """Make sure that `path` may be written: it is new, or is what drafter wrote there last.

    Raises:
        DraftChangedError: the file was edited by hand, or is not drafter's.
        ReadError: there is no such folder, or a folder of that name stands there.
    """
    if path.is_dir():
        raise ReadError(f"{path} 是文件夹。", hint="请用 -o 写出草稿的文件名。")
    if path.exists() and not path.is_file():
        raise ReadError(f"{path} 不是普通文件。", hint="请用 -o 写出草稿的文件名。")
    if path.suffix.lower() not in _SUFFIXES:
        raise ReadError(f"草稿是文本文件，不能存成 {path.name}。", hint="请把 -o 的文件名写成 .md 或 .txt。")
    if not path.parent.is_dir():
        raise ReadError(f"没有这个文件夹：{path.parent}。", hint="请先建好文件夹，或换一个位置。")
    if not path.exists():
        return
    if _hash(path.read_bytes()) not in _record(state).get(str(path.absolute()), ()):
        raise DraftChangedError(
            f"草稿 {path} 有人手工改过，没有覆盖它。",
            hint="请用 -o 换一个文件名，或先把它移走再运行。",
        )


def save_draft(path: Path, text: str, state: Path) -> None:
    """Write the draft and remember its hash.

    Raises:
        ReadError: the disk refuses; what stood there before is untouched.
    """
    data = text.encode("utf-8")
    record = _record(state)
    name = str(path.absolute())
    # the hash goes first, the file second: whatever happens between, both versions are known as ours
    record[name] = [_hash(data), *record.get(name, ())][:2]
    try:
        make_private(state)
        write_file(state / _RECORD, json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8"))
    except OSError as error:
        raise ReadError(
            f"drafter 自己的文件夹 {state} 写不进去：{error.strerror}，草稿没有写。",
            hint="请检查磁盘空间和权限；原有的文件没有动。",
        ) from error
    try:
        write_file(path, data)
    except OSError as error:
        raise ReadError(
            f"草稿 {path} 写不进去：{error.strerror}。",
            hint="请检查磁盘空间和权限；原有的文件没有动。",
        ) from error


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
