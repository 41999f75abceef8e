"""What can be asked of a library, and which unit is meant by a name."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from drafter.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence


def check_call(query: str, k: int) -> None:
    """Make sure that there is something to look for.

    Raises:
        UsageError: an empty query, or `k` below 1.
    """
    if not query.strip():
        raise UsageError("没有说要找什么。", hint="例如：drafter search 矛盾调解")
    if k < 1:
        raise UsageError(f"条数 {k} 太小。", hint="-k 至少是 1。")


def match_unit(name: str, units: Sequence[str]) -> int | None:
    """Return which of `units` is meant by `name`: the same, or the only one that holds it."""
    folded = _fold(name)
    if not folded:
        return None
    same = [i for i, unit in enumerate(units) if _fold(unit) == folded]
    part = [i for i, unit in enumerate(units) if folded in _fold(unit)]
    found = same or (part if len(part) == 1 else [])
    return found[0] if found else None


def find_unit(name: str, units: Sequence[str]) -> int:
    """Return which of `units` is meant by `name`.

    Raises:
        UsageError: none is, or more than one.
    """
    found = match_unit(name, units)
    if found is None:
        known = "、".join(units) or "（都没有写明单位）"
        raise UsageError(f"资料库里没有“{name}”的总结。", hint=f"现有单位：{known}。")
    return found


def _fold(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip()
