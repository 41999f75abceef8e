"""全年 written over a number whose note counts a part of the year only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.checking.rules.rule import Contradiction
from drafter.model import Span
from drafter.numbers.same_date import months_of

if TYPE_CHECKING:
    from drafter.checking.book import Book
    from drafter.checking.case import Verdict
    from drafter.checking.mentions import Mention

_WHOLE_YEAR = re.compile(r"全年|年度(?!任务|目标|计划|考核)|一年来")
_YEAR = 12
"""So many months make up a year."""
_PART = re.compile(r"^(?:(?:\d{4}|XXXX)-)?(?:H[12]|Q[1-4](?:/.*Q[1-4])?|\d\d/(?:(?:\d{4}|XXXX)-)?\d\d)$")


def whole_year_over_part(
    mention: Mention, verdict: Verdict, blanked: str, book: Book
) -> Contradiction | None:
    """Return the 全年 over a number that its note gives for some months, None if there is none."""
    if verdict.verdict not in {"traced", "approximate"} or mention.number.kind == "date":
        return None
    source = book.by_id.get(verdict.facts[0]) if verdict.facts else None
    said = list(_WHOLE_YEAR.finditer(blanked, mention.context.sentence.start, mention.start))
    if source is None or not said or "□" in blanked[said[-1].end() : mention.start]:
        return None
    fact = book.facts[source.owner]
    part = next((q for q in fact.quantities if q.iso and _PART.match(q.iso)), None)
    if part is not None and len(months_of(part.iso)) == _YEAR:
        return None
    if part is None or part.span.start > source.start:
        return None
    if _WHOLE_YEAR.search(fact.text, part.span.end, source.start):
        return None
    message = f"文中说“{said[-1].group()}”，要点{fact.id}的{source.number.surface}是{part.surface}的数"
    return Contradiction(Span(*said[-1].span()), message)
