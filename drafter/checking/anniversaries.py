"""Anniversaries and the n-th of a yearly day, which follow from the report's own year."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drafter.checking.mentions import Mention

_REACH = 16


@cache
def _events() -> tuple[tuple[str, int], ...]:
    """Return (event, the year that its count starts from), longer names first."""
    text = Path(__file__).with_name("data").joinpath("anniversaries.txt").read_text(encoding="utf-8")
    rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    pairs = [(word, int(row[0])) for row in rows for word in row[1:]]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def expected_count(mention: Mention, plain: str, year: int) -> tuple[str, int] | None:
    """Return (event, its count in `year`) when the number counts a known anniversary or yearly day."""
    number = mention.number
    if number.unit == "周年":
        around = plain[max(mention.context.clause.start, mention.start - _REACH) : mention.start]
        found = [(around.rfind(event), event, start) for event, start in _events() if event in around]
        best = max(found, default=None)
    elif number.kind == "ordinal":
        around = plain[mention.end : mention.end + _REACH]
        found = [
            (-around.find(event), event, start)
            for event, start in _events()
            if event in around[: len(event) + 2]
        ]
        best = max(found, default=None)
    else:
        return None
    return (best[1], year - best[2]) if best else None
