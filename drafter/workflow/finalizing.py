"""The record of a final text, `DRAFT.final.json`: what it was made of, so that a later change shows.

It holds the sha256 of draft, notes, decisions, Word file and cited past
reports, their paths relative to its own folder. Whoever can write the record
itself can replace it: it shows changes, not who made them.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from drafter.draftfile.beside import final_path, review_path
from drafter.draftfile.carried import FINAL, STATE
from drafter.errors import DrafterError, FinalChangedError, ReadError
from drafter.library.files import hash_file
from drafter.model import Finding, Where
from drafter.storage import write_file
from drafter.writing.paths import relative_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from drafter.draftfile import DraftText

CHANGED = "final-changed"
_UNBOUND = "final-unbound"
_NAMES = {
    "draft": "草稿（draft）",
    "notes": "要点（notes）",
    "decisions": "审阅决定（decisions）",
    "word": "Word 文件（word）",
    "past": "往年总结（past）",
}
_FOLDERS = 4
"""The record of a Word file is looked for in its own folder and those above it, so many of them."""
_GENERATIONS = 4
"""A Word file may be made from a Word file, that from another: so far back drafts are looked for."""
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
    reviews = dict.fromkeys(os.path.normpath(review_path(one)) for one in decided_drafts(draft_file))
    decided = [_entry(Path(one), record) for one in reviews]
    value = {
        "draft": _entry(draft_file, record),
        "notes": [_entry(file, record) for file in notes],
        "decisions": decided[0] if len(decided) == 1 else decided,
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
    records = list(_records(draft_file))
    for record in records:
        found += _differences(record)
    if not found and draft_file.suffix.lower() == ".docx":
        found += _unbound(draft_file, records)
    return tuple(dict.fromkeys(found))


def _unbound(word: Path, records: Iterable[Path]) -> Iterator[Finding]:
    """Yield a warning on the Word file of a final text that no record tells to be unchanged."""
    if _properties(word).get(STATE) != FINAL:
        return
    now = _hash(word)
    if not any(
        part.kind == "word" and part.sha256 == now for file in records for part in _parts(_load(file))
    ):
        yield Finding(
            _UNBOUND,
            "warning",
            "这是定稿的 Word 文件，但没有它的定稿记录，看不出定稿之后改没改过。",
            hint="请和草稿、要点、定稿记录（.final.json）放在原来的位置核对。",
        )


def is_final_word(draft_file: Path, word: Path, *, of_others: bool = False) -> bool:
    """Tell whether `word` is the Word file of a final text, of this draft or only `of_others`.

    A record of this draft that cannot be read may name any file.
    """
    own = final_path(draft_file)
    if any(not _is_same(record, own) and _names_word(record, word) for record in _records(word)):
        return True
    if of_others or not own.exists() or not word.exists():
        return False
    return not _is_readable(own) or _names_word(own, word)


def _is_readable(record: Path) -> bool:
    try:
        return bool(list(_parts(_load(record))))
    except ReadError:
        return False


def named_in(error: DrafterError, found: Sequence[Finding]) -> FinalChangedError:
    """Return an error that stopped a check of a final text, with the parts that differ."""
    parts = "".join(dict.fromkeys(finding.message for finding in found))
    unread = Finding("unreadable", "error", f"没有核对数字：{error.message}", hint=error.hint)
    return FinalChangedError(
        f"{parts}现在读不了：{error.message}", hint=error.hint, findings=(*found, unread)
    )


def _entry(file: Path, record: Path) -> dict[str, str | None]:
    return {"path": relative_to(file, record.parent), "sha256": _hash(file)}


def _hash(file: Path) -> str | None:
    """Return the sha256 of a file's bytes, None where there is no file that can be read."""
    try:
        return hash_file(file)
    except OSError:
        return None


def _records(draft_file: Path) -> Iterator[Path]:
    """Yield the records that may be about a draft or a Word file.

    One beside it; of a Word file those in its folder and the folders above that
    name it, and the one that its draft has.
    """
    own = final_path(draft_file)
    if own.exists():
        yield own
    if draft_file.suffix.lower() != ".docx":
        return
    folders = draft_file.absolute().parents[:_FOLDERS]
    near = [draft_file.parent, *folders[1:]]
    found = [record for folder in near for record in sorted(folder.glob("*.final.json"))]
    named = [record for record in found if record != own and _names_word(record, draft_file)]
    yield from named
    home = home_of(draft_file)
    if home is not None:
        record = final_path(home)
        apart = not _is_same(record.parent, draft_file.parent)
        known = any(_is_same(record, one) for one in (own, *named))
        if record.exists() and not known and (apart or _properties(draft_file).get(STATE) == FINAL):
            yield record


def decided_drafts(draft_file: Path) -> tuple[Path, ...]:
    """Return the drafts whose decisions count for a draft: itself, and what a Word file was made from."""
    found = [draft_file]
    while len(found) < _GENERATIONS and found[-1].suffix.lower() == ".docx":
        home = home_of(found[-1])
        if home is None or any(_is_same(home, one) for one in found):
            break
        found.append(home)
    return tuple(found)


def home_of(word: Path) -> Path | None:
    """Return the draft that a Word file says it was made from, None where it says none or cannot be read."""
    path = unquote(_properties(word).get("draft", ""), errors="surrogateescape").replace("\0", "")
    return word.parent / path if path else None


def _properties(word: Path) -> Mapping[str, str]:
    """Return what a Word file carries of its draft, nothing where it cannot be read."""
    from drafter.reading.word_draft import read_properties  # noqa: PLC0415 - only Word files need it

    try:
        return read_properties(word.read_bytes())
    except (DrafterError, OSError):
        return {}


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
    if not isinstance(value, dict) or not _NAMES.keys() <= value.keys():
        raise _damaged(record)
    drafts = [record.parent / part.path for part in _parts(value) if part.kind == "draft"]
    reviews = [record.parent / part.path for part in _parts(value) if part.kind == "decisions"]
    if not any(_is_same(review_path(draft), one) for draft in drafts for one in reviews):
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
    for kind, name in _NAMES.items():
        rows = value.get(kind, [])
        if rows == [] and kind != "past":
            raise ReadError(f"定稿记录里没有写{name}，无法确认定稿没有改动。", hint=_HINT)
        for row in rows if isinstance(rows, list) else [rows]:
            match row:
                case {"path": str(path), "sha256": str() | None as sha256}:
                    yield Part(kind, path, sha256)
                case _:
                    raise ReadError(f"定稿记录里的 {kind} 写得不对，无法确认定稿没有改动。", hint=_HINT)
