"""全年 written over a number whose note counts a part of the year only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.model import Finding, Span

if TYPE_CHECKING:
    from drafter.checking.book import Book
    from drafter.checking.judge import Verdict
    from drafter.checking.mentions import Mention

_WHOLE_YEAR = re.compile(r"全年|年度(?!任务|目标|计划|考核)|一年来")
_PART = re.compile(r"^(?:\d{4}|XXXX)-(?:H[12]|Q[1-4]|\d\d/(?:(?:\d{4}|XXXX)-)?\d\d)$")


def whole_year_over_part(mention: Mention, verdict: Verdict, blanked: str, book: Book) -> Finding | None:
    """Return the finding that 全年 contradicts the period of the source; its span is that of 全年 in the plain text."""
    if verdict.verdict not in {"traced", "approximate"} or mention.number.kind == "date":
        return None
    source = book.by_id.get(verdict.facts[0])
    if source is None:
        return None
    start = mention.context.sentence.start
    said = None
    for said in _WHOLE_YEAR.finditer(blanked, start, mention.start):
        pass
    if said is None or "□" in blanked[said.end() : mention.start]:
        return None
    part = next((q for q in book.facts[source.owner].quantities if q.iso and _PART.match(q.iso)), None)
    if part is None or part.span.start > source.start:
        return None
    message = f"文中说“{said.group()}”，要点{book.facts[source.owner].id}的{source.number.surface}是{part.surface}的数"
    return Finding("conflict", "error", message, Span(*said.span()), "", book.where(source.id))
