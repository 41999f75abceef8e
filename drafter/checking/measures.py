"""Numbers that notes and draft count by other measure words: by none at all, or by 个."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from drafter.checking.direct import Match, clash
from drafter.numbers.compare import supports
from drafter.numbers.later import Later

if TYPE_CHECKING:
    from drafter.checking.book import Book
    from drafter.checking.mentions import Mention
    from drafter.checking.paragraphs import Paragraph

_PEOPLE = Later(r"(?:多|余)?(?:名|位)?(?:居民|群众|人口|村民|市民|职工|党员|干部|学生|游客|老人|百姓)")
_ANY = frozenset({"个", "个班"})
_THINGS = frozenset("家处所座项间场块栋条类支笔期")
"""Measure words of things in whose place 个 is said as well; people, money and turns (次) go without it."""


def by_other_measure(mention: Mention, paragraph: Paragraph, book: Book) -> Match | None:
    """Return the quantity of the paragraph's notes that is the number's own under another measure word."""
    return (
        _without_unit(mention, paragraph, book)
        or _of_people(mention, book)
        or _by_any_measure(mention, paragraph, book)
    )


def _without_unit(mention: Mention, paragraph: Paragraph, book: Book) -> Match | None:
    """Return a number that a note of the paragraph gives without a unit: 走访农户 126."""
    unit, kind = mention.number.unit, mention.number.kind
    if unit is None or kind not in {"quantity", "money"}:
        return None
    near = [s for s in book.by_key.get("quantity", ()) if s.number.unit is None and s.owner in paragraph.own]
    best = max((book.likeness.near(mention, s) for s in near), default=0.0)
    for source in (s for s in near if 0 < book.likeness.near(mention, s) >= best):
        support = supports(replace(source.number, unit=unit, kind=kind), mention.number)
        if support is not None and not clash(mention, source):
            return Match(source, support, 1.0)
    return None


def _of_people(mention: Mention, book: Book) -> Match | None:
    """Return the number of people that a number without a measure word before 居民, 群众 … is: 近6万居民."""
    if mention.number.unit is not None or not _PEOPLE.match(mention.context.tail):
        return None
    for source in book.by_key.get("=人", ()):
        support = supports(source.number, replace(mention.number, unit=source.number.unit))
        if support is not None and not clash(mention, source):
            return Match(source, support, 1.0)
    return None


def _by_any_measure(mention: Mention, paragraph: Paragraph, book: Book) -> Match | None:
    """Return the quantity of the paragraph's notes that the draft counts by 个, or that the notes do.

    No other quantity may fit the words beside the number as well.
    """
    unit = mention.number.unit
    if mention.number.kind != "quantity" or unit not in _ANY | _THINGS:
        return None
    best: Match | None = None
    rivals = [s for s in book.numbers if s.owner in paragraph.own and s.number.kind == "quantity"]
    for source in rivals:
        other = source.number.unit
        if other == unit or not {unit, other} <= _ANY | _THINGS or not {unit, other} & _ANY:
            continue
        support = supports(replace(source.number, unit=unit), mention.number)
        near = _fit(mention, source, book)
        if (
            support is not None
            and near > 0
            and not clash(mention, source)
            and (not best or near > best.likeness)
        ):
            best = Match(source, support, near)
    if best is None or any(_fit(mention, s, book) > best.likeness for s in rivals):
        return None
    return best


def _fit(mention: Mention, source: Mention, book: Book) -> float:
    """Return how well the words beside two numbers agree; the noun of 48个班 is one that stands beside it."""
    noun = (mention.number.unit or "").removeprefix("个") if mention.number.unit in _ANY else ""
    if noun:
        return float(noun in source.near)
    counted = (source.number.unit or "").removeprefix("个") if source.number.unit in _ANY else ""
    if counted and counted in mention.grams:
        return 1.0
    return book.likeness.near(mention, source)
