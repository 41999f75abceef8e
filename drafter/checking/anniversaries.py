"""Anniversaries and the n-th of a yearly day, which follow from the report's own year."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from drafter.checking.words import rows_of

if TYPE_CHECKING:
    from drafter.checking.mentions import Mention

_REACH = 16


@cache
def _events() -> tuple[tuple[str, int], ...]:
    """Return (event, the year that its count starts from), longer names first."""
    pairs = [
        (word, int(row[0]))
        for row in map(str.split, rows_of("anniversaries"))
        if "@" not in row[0]
        for word in row[1:]
    ]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def rounds() -> tuple[tuple[str, int, int, int], ...]:
    """Return (words, n, year, step) of what comes round: the n-th from `year` on, then every `step` years."""
    found = []
    for row in map(str.split, rows_of("anniversaries")):
        number, at, rest = row[0].partition("@")
        year, _, step = rest.partition("/")
        found += [(word, int(number), int(year), int(step)) for word in row[1:] if at]
    return tuple(found)


def _round(mention: Mention, plain: str, year: int) -> tuple[str, int] | None:
    """Return what comes round and its number in `year`: 十四届全国人大, its 三次会议, 第七次全国人口普查."""
    after = plain[mention.end : mention.end + _REACH]
    for words, number, first, step in rounds():
        if after.startswith(words):
            return words, number + (year - first) // step
        before = plain[max(mention.context.clause.start, mention.start - _REACH) : mention.start]
        if after.startswith("会议") and before.endswith(words):
            return f"{words}会议", (year - first) % step + 1
    return None


def expected_count(mention: Mention, plain: str, year: int) -> tuple[str, int] | None:
    """Return (event, its count in `year`) when the number counts a known anniversary or yearly day."""
    number = mention.number
    if number.unit in {"届", "次"} and (found_round := _round(mention, plain, year)):
        return found_round
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
