"""The file of decisions beside a draft: read strictly, written whole, merged under a lock."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from drafter.draftfile.beside import review_path
from drafter.errors import ReadError
from drafter.model import Span, Where
from drafter.model.decisions import Decision, Review
from drafter.storage import make_private, write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_LARGEST = 20_000_000
_WAIT_S = 10.0
_VERDICTS = ("accepted", "rejected")
_PLACES = {"line": int, "sheet": str, "cell": str, "paragraph": int}


def load_review(draft: Path) -> Review:
    """Return the decisions on `draft`; where there is no file of them, none.

    Raises:
        ReadError: the file is damaged or is no file of decisions.
    """
    file = review_path(draft)
    if not file.exists():
        return Review()
    return read_review(file)


def read_review(file: Path) -> Review:
    """Return the decisions in `file`.

    Raises:
        ReadError: there is no such file, it is damaged, or it is no file of decisions.
    """
    hint = "请恢复备份，或把它移走后重新审阅；草稿没有动。"
    try:
        if file.stat().st_size > _LARGEST:
            raise ReadError(f"审阅记录 {file} 太大。", hint=hint)
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(f"没有这个文件：{file}。", hint="请检查文件名和所在的文件夹。") from error
    except OSError as error:
        raise ReadError(f"审阅记录 {file} 读不出来：{error.strerror}。", hint="请检查权限。") from error
    try:
        return parse_review(json.loads(data.decode("utf-8-sig")))
    except (ValueError, RecursionError) as error:
        raise ReadError(f"审阅记录 {file} 坏了：{_said(error)}。", hint=hint) from error


def _said(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"第 {error.lineno} 行不是有效的 JSON"
    if isinstance(error, UnicodeDecodeError):
        return "不是 UTF-8 文本"
    return str(error) if not isinstance(error, RecursionError) else "层次太深"


def parse_review(value: object) -> Review:
    """Return what a decoded JSON value holds.

    Raises:
        ValueError: it has another shape.
    """
    if not isinstance(value, dict) or not isinstance(value.get("decisions"), list):
        raise ValueError("里面没有 decisions")  # noqa: TRY004 - of a value, not of a call
    sha256 = value.get("draft_sha256")
    gone = value.get("withdrawn")
    decisions, withdrawn = (
        tuple(parse_decision(row, number) for number, row in enumerate(rows, start=1))
        for rows in (value["decisions"], gone if isinstance(gone, list) else ())
    )
    return Review(sha256 if isinstance(sha256, str) else "", decisions, withdrawn)


def parse_decision(row: object, number: int = 1) -> Decision:
    """Return one decision; `number` is its place in the list.

    Raises:
        ValueError: it lacks its number, its surroundings or its verdict, or a value has another type.
    """
    if not isinstance(row, dict):
        raise ValueError(f"第 {number} 条决定不是一个对象")  # noqa: TRY004 - as above
    texts = {name: row.get(name) or "" for name in ("surface", "context", "by", "at", "note")}
    wrong = next((name for name, value in texts.items() if not isinstance(value, str)), None)
    wrong = wrong or next((name for name in ("surface", "context") if not texts[name].strip()), None)
    if wrong is None and row.get("verdict") not in _VERDICTS:
        wrong = "verdict"
    if wrong is not None:
        raise ValueError(f"第 {number} 条决定的 {wrong} 不对")
    offset = row.get("offset")
    return Decision(
        **texts,
        where=_places(row.get("where"), number),
        verdict=row["verdict"],
        offset=offset if isinstance(offset, int) and offset >= 0 else None,
        occurrence=_pair(row.get("occurrence")),
        source=_words(row.get("source")),
        past=_words(row.get("past")),
        near=row["near"] if isinstance(row.get("near"), str) else None,
    )


def _places(value: object, number: int) -> tuple[Where, ...]:
    rows = value if isinstance(value, list) else [] if value is None else [value]
    found = []
    for row in rows:
        if not isinstance(row, dict) or not isinstance(row.get("file", ""), str):
            raise ValueError(f"第 {number} 条决定的 where 不对")  # noqa: TRY004 - as above
        parts: dict[str, Any] = {
            name: row[name] for name, kind in _PLACES.items() if type(row.get(name)) is kind
        }
        span = _pair(row.get("span"))
        found.append(Where(row.get("file", ""), **parts, span=Span(*span) if span else None))
    return tuple(found)


def _pair(value: object) -> tuple[int, int] | None:
    match value:
        case [int(first), int(second)]:
            return first, second
        case _:
            return None


def _words(value: object) -> tuple[str, ...] | None:
    if isinstance(value, str):
        return (value,)
    return tuple(map(str, value)) if isinstance(value, list) else None


def review_json(review: Review) -> dict[str, Any]:
    """Return a review as the JSON of its file; what nobody recorded is left out."""
    return {
        "draft_sha256": review.draft_sha256,
        "decisions": [decision_json(decision) for decision in review.decisions],
    }


def decision_json(decision: Decision) -> dict[str, Any]:
    """Return one decision as JSON."""
    row: dict[str, Any] = {
        "surface": decision.surface,
        "context": decision.context,
        "where": [_where_json(where) for where in decision.where],
        "verdict": decision.verdict,
        "by": decision.by,
        "at": decision.at,
        "note": decision.note,
    }
    for name in ("offset", "occurrence", "source", "past", "near"):
        value = getattr(decision, name)
        if value is not None:
            row[name] = list(value) if isinstance(value, tuple) else value
    return row


def _where_json(where: Where) -> dict[str, Any]:
    names = ("file", "line", "sheet", "cell", "paragraph")
    row = {name: getattr(where, name) for name in names if getattr(where, name) is not None}
    return {**row, "span": list(where.span)} if where.span else row


def moment(at: str) -> float:
    """Return the seconds of a time as ISO 8601 writes it; what is none is before all others."""
    from datetime import UTC, datetime  # noqa: PLC0415 - only reviewed drafts need it

    try:
        time = datetime.fromisoformat(at.strip())
    except ValueError:
        return 0.0
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()


def merged(old: Iterable[Decision], new: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return both lists, one decision for each place: the later one, the new one where none is later."""
    kept = {decision.key: decision for decision in old}
    for decision in new:
        before = kept.get(decision.key)
        if before is None or moment(decision.at) >= moment(before.at):
            kept.pop(decision.key, None)
            kept[decision.key] = decision
    return tuple(kept.values())


def update_review(
    draft: Path,
    state: Path,
    change: Callable[[tuple[Decision, ...]], tuple[Decision, ...]],
    sha256: str,
) -> Review:
    """Change the decisions on `draft` and return them; two who save at once both keep theirs.

    `state` is the folder of the lock. The file is read, changed and written
    while the lock is held: it is the old one or the new one, never half.

    Raises:
        ReadError: the file that is there is damaged, or it cannot be written.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only writers need it, and it takes 20 ms

    file = review_path(draft)
    try:
        make_private(state)
        with FileLock(state / "review.lock", timeout=_WAIT_S):
            before = load_review(draft)
            review = replace(before, draft_sha256=sha256, decisions=change(before.decisions))
            text = json.dumps(review_json(review), ensure_ascii=False, indent=1)
            write_file(file, (text + "\n").encode("utf-8", "backslashreplace"))
    except Timeout:
        raise ReadError(
            f"审阅记录 {file} 正被另一个命令使用。", hint="请稍后再试；这一次的决定没有存。"
        ) from None
    except OSError as error:
        raise ReadError(
            f"审阅记录 {file} 写不进去：{error.strerror}。", hint="请检查磁盘空间和权限；原有的记录没有动。"
        ) from error
    return review
