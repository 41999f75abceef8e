"""The record of a final text, `DRAFT.final.json`: what it was made of, so that a later change shows.

It holds the sha256 of draft, notes, decisions, Word file and cited past
reports, their paths relative to its own folder. Whoever can write the record
itself can replace it: it shows changes, not who made them.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.draftfile.beside import final_path, review_path
from drafter.errors import DrafterError, FinalChangedError, ReadError
from drafter.model import Finding, Where
from drafter.storage import write_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from drafter.draftfile import DraftText

CHANGED = "final-changed"
_NAMES = {
    "draft": "草稿（draft）",
    "notes": "要点（notes）",
    "decisions": "审阅决定（decisions）",
    "word": "Word 文件（word）",
    "past": "往年总结（past）",
}
_CHUNK = 1 << 20
_HINT = "请找回定稿时的文件；确实要改，改好后重新运行 drafter export --final。"


class Part(NamedTuple):
    """One file behind a final text; `sha256` is None where it did not exist, as decisions may."""

    kind: str
    path: str
    sha256: str | None


def seal(draft_file: Path, notes: Iterable[Path], text: DraftText, word: Path) -> Path:
    """Write the record of a final text and return its path.

    Raises:
        ReadError: a part is gone, or the record cannot be written.
    """
    record = final_path(draft_file)
    past = dict.fromkeys(one.path for one in text.definitions.values() if one.label.startswith("P"))
    value = {
        "draft": _entry(draft_file, record),
        "notes": [_entry(file, record) for file in notes],
        "decisions": _entry(review_path(draft_file), record),
        "word": _entry(word, record),
        "past": [_entry(draft_file.parent / path, record) for path in past],
    }
    for part in _parts(value):
        if part.sha256 is None and part.kind in ("draft", "notes", "word"):
            raise ReadError(
                f"{_NAMES[part.kind]} {part.path} 不见了，没有写定稿记录。", hint="请恢复后再定稿。"
            )
    data = json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
    try:
        write_file(record, data + b"\n")
    except OSError as error:
        raise ReadError(
            f"定稿记录 {record} 写不进去：{error.strerror}。",
            hint="Word 文件已写好；请检查磁盘和权限后再定稿一次。",
        ) from error
    return record


def changes(draft_file: Path) -> tuple[Finding, ...]:
    """Return what differs from the record of a final text, `draft_file` being its draft or its Word file.

    Where there is no record there is nothing to find.
    """
    found: list[Finding] = []
    for record in _records(draft_file):
        found += _differences(record)
    return tuple(dict.fromkeys(found))


def is_final_word(draft_file: Path, word: Path) -> bool:
    """Tell whether `word` is the Word file of a final text of this draft."""
    record = final_path(draft_file)
    return record.exists() and _names_word(record, word)


def named_in(error: DrafterError, found: Sequence[Finding]) -> FinalChangedError:
    """Return an error that stopped a check of a final text, with the parts that differ."""
    parts = "".join(dict.fromkeys(finding.message for finding in found))
    unread = Finding("unreadable", "error", f"没有核对数字：{error.message}", hint=error.hint)
    return FinalChangedError(
        f"{parts}现在读不了：{error.message}", hint=error.hint, findings=(*found, unread)
    )


def _entry(file: Path, record: Path) -> dict[str, str | None]:
    try:
        path = os.path.relpath(file, record.parent).replace("\\", "/")
    except ValueError:
        path = file.absolute().as_posix()
    return {"path": path, "sha256": _hash(file)}


def _hash(file: Path) -> str | None:
    """Return the sha256 of a file's bytes, None where there is no file that can be read."""
    digest = hashlib.sha256()
    try:
        with file.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return None
    return digest.hexdigest()


def _records(draft_file: Path) -> Iterator[Path]:
    """Yield the records that may be about a draft or a Word file: one beside it, one that its draft has."""
    own = final_path(draft_file)
    if own.exists():
        yield own
    if draft_file.suffix.lower() != ".docx":
        return
    for record in sorted(draft_file.parent.glob("*.final.json")):
        if record != own and _names_word(record, draft_file):
            yield record
    home = home_of(draft_file)
    if home is not None:
        record = final_path(home)
        if record.exists() and not _is_same(record.parent, draft_file.parent):
            yield record


def home_of(word: Path) -> Path | None:
    """Return the draft that a Word file says it was made from, None where it says none or cannot be read."""
    from drafter.reading.word_draft import read_properties  # noqa: PLC0415 - only Word files need it

    try:
        path = read_properties(word.read_bytes()).get("draft")
    except (DrafterError, OSError):
        return None
    return word.parent / path if path else None


def _names_word(record: Path, word: Path) -> bool:
    try:
        parts = list(_parts(_load(record)))
    except ReadError:
        return False
    return any(part.kind == "word" and _is_same(record.parent / part.path, word) for part in parts)


def _is_same(first: Path, second: Path) -> bool:
    return os.path.normcase(os.path.realpath(first)) == os.path.normcase(os.path.realpath(second))


def _differences(record: Path) -> Iterator[Finding]:
    try:
        parts = list(_parts(_load(record)))
    except ReadError as error:
        yield Finding(CHANGED, "error", error.message, hint=error.hint, where=(Where(record.as_posix()),))
        return
    for part in parts:
        file = record.parent / part.path
        now = _hash(file)
        if now == part.sha256:
            continue
        what = "不见了" if now is None else "定稿时还没有" if part.sha256 is None else "改动过"
        message = f"定稿之后，{_NAMES[part.kind]} {part.path} {what}。"
        yield Finding(CHANGED, "error", message, hint=_HINT, where=(Where(file.as_posix()),))


def _load(record: Path) -> dict[str, Any]:
    """Return the record as decoded JSON.

    Raises:
        ReadError: it cannot be read, or is no record of ours.
    """
    try:
        value = json.loads(record.read_bytes().decode("utf-8", "surrogatepass"))
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(record) from error
    if not isinstance(value, dict) or not {"draft", "notes", "decisions", "word"} <= value.keys():
        raise _damaged(record)
    return value


def _damaged(record: Path) -> ReadError:
    return ReadError(
        f"定稿记录 {record} 读不懂，无法确认定稿没有改动。",
        hint="请恢复它的备份，或重新运行 drafter export --final。",
    )


def _parts(value: dict[str, Any]) -> Iterator[Part]:
    """Yield the parts of a decoded record.

    Raises:
        ReadError: one of them has another shape.
    """
    for kind in _NAMES:
        rows = value.get(kind, [])
        for row in rows if isinstance(rows, list) else [rows]:
            match row:
                case {"path": str(path), "sha256": str() | None as sha256}:
                    yield Part(kind, path, sha256)
                case _:
                    raise ReadError(f"定稿记录里的 {kind} 写得不对，无法确认定稿没有改动。", hint=_HINT)
