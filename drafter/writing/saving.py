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


def check_overwritable(path: Path, state: Path) -> None:
    """Make sure that `path` may be written: it is new, or is what drafter wrote there last.

    Raises:
        DraftChangedError: the file was edited by hand, or is not drafter's.
        ReadError: there is no such folder, or a folder of that name stands there.
    """
    if path.is_dir():
        raise ReadError(f"{path} 是文件夹。", hint="请用 -o 写出草稿的文件名。")
    if not path.parent.is_dir():
        raise ReadError(f"没有这个文件夹：{path.parent}。", hint="请先建好文件夹，或换一个位置。")
    if not path.exists():
        return
    if _hash(path.read_bytes()) != _record(state).get(str(path.absolute())):
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
    try:
        make_private(state)
        record = _record(state) | {str(path.absolute()): _hash(data)}
        write_file(path, data)
        write_file(state / _RECORD, json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8"))
    except OSError as error:
        raise ReadError(
            f"草稿 {path} 写不进去：{error.strerror}。",
            hint="请检查磁盘空间和权限；原有的文件没有动。",
        ) from error


def _record(state: Path) -> dict[str, str]:
    try:
        record = json.loads((state / _RECORD).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
        return {}
    return record if isinstance(record, dict) else {}


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
