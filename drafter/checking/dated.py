"""Dates and ordinals that follow from those of a note: a name, the first day of a span, months added up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.checking.case import Verdict
from drafter.numbers.same_date import months_of, same_date

if TYPE_CHECKING:
    from drafter.checking.book import Book
    from drafter.checking.mentions import Mention
    from drafter.checking.paragraphs import Paragraph

_PART_OF_MONTH = re.compile(r"月份?(初|上旬|中旬|中|下旬|底|末)")
_DAYS = {
    "初": (1, 10),
    "上旬": (1, 10),
    "中旬": (11, 20),
    "中": (11, 20),
    "下旬": (21, 31),
    "底": (21, 31),
    "末": (21, 31),
}
_BEGINS = re.compile(r"[自从]□|□(?:起|开|启)")


def spelled_out(mention: Mention, book: Book) -> Verdict | None:
    """Return the verdict on a date or ordinal that a note has inside a name: 12月4日宪法宣传日."""
    if mention.number.kind not in {"date", "ordinal"}:
        return None
    fact = next((fact for fact in book.facts if mention.number.surface in fact.text), None)
    return Verdict("traced", (fact.id,)) if fact is not None else None


def spanned(mention: Mention, paragraph: Paragraph, book: Book) -> Verdict | None:
    """Return the verdict on a time that those of one note make up: 上半年 of 一季度52户、二季度55户."""
    for source in book.by_key.get("date", ()):
        if source.owner in paragraph.own and (_starts(mention, source) or _is_rougher(mention, source)):
            return Verdict("traced", (source.id,))
    wanted = months_of(mention.number.iso)
    for owner in sorted(paragraph.own) if wanted else ():
        parts = [s for s in book.by_key.get("date", ()) if s.owner == owner and not s.context.prior]
        parts = [s for s in parts if months_of(s.number.iso) < wanted]
        if wanted == frozenset().union(*(months_of(s.number.iso) for s in parts)):
            names = tuple(s.id for s in parts)
            return Verdict("derived", names, message="、".join(s.number.surface for s in parts))
    return None


def _starts(mention: Mention, source: Mention) -> bool:
    """Tell whether a date is said to be the first day of a span of the notes: 自8月3日起 of 8月3日至16日."""
    first, _, last = (source.number.iso or "").partition("/")
    said = f"{mention.context.head[-1:]}□{mention.context.tail[:2]}"
    return bool(last) and same_date(first, mention.number.iso) and _BEGINS.search(said) is not None


def _is_rougher(mention: Mention, source: Mention) -> bool:
    """Tell whether a month, or a third of one, holds the day of the notes: 9月, 9月下旬 of 9月26日."""
    month, _, day = (source.number.iso or "").rpartition("-")
    if month.count("-") != 1 or not day.isdigit() or not same_date(month, mention.number.iso):
        return False
    said = _PART_OF_MONTH.search(f"{mention.number.surface}{mention.context.tail[:2]}")
    first, last = _DAYS[said[1]] if said else (1, 31)
    return first <= int(day) <= last
