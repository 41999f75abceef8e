"""The table of a report's appendix: the rows of this year's tables that the report has used.

Where notes came as a table (sheet, csv, Markdown table), readers expect to find
its figures together. Each row is one fact: what is counted, how much, and what
else its row said in numbers. Nothing stands here that the notes do not say.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from drafter.model import Fact, Quantity

HEADING = "附件：主要指标表"
_HEAD = ("指标", "完成情况", "备注")
_TWO_YEARS = ("指标", "今年", "上年")
_LAST_YEAR = re.compile(r"(?:上年|去年)(?:同期)?[为是]?([^，,；;。]{1,16})")
_FEWEST = 3
_LONGEST = 24
_NAME_END = re.compile(r"(?:[，,：:、\s]|今年|本年|全年|达到|[达为共有])+$")
_VAGUE = re.compile(r"其余|其他|其它|其中|另外?|此外|合计|小计|总计")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)")
_STOP = re.compile(r"[，,；;。]")


Line = tuple[str, tuple[tuple[int, int, str], ...]]
"""The words of a line, and (start, end, label) of its numbers."""


class Row(NamedTuple):
    """One indicator: its name, its figures, what else was said, and the fact that says it."""

    name: str
    figures: str
    remark: str
    fact: Fact


def indicator_rows(facts: Iterable[Fact], used: frozenset[str]) -> tuple[Row, ...]:
    """Return the rows of those `facts` of tables that the report has used; none where they are too few.

    An indicator that the notes give twice is left to the text, where it is told apart.
    """
    rows = [row for fact in facts if fact.id in used and (row := _row(fact)) is not None]
    names = Counter(row.name for row in rows)
    kept = tuple(row for row in rows if names[row.name] == 1)
    return kept if len(kept) >= _FEWEST else ()


def _row(fact: Fact) -> Row | None:
    """Return a fact as a row, None where it is no indicator: no name before its first number."""
    if not fact.quantities:
        return None
    first = min(quantity.span.start for quantity in fact.quantities)
    name = _NAME_END.sub("", fact.text[:first])
    if _VAGUE.match(name) or not 2 <= len(name) <= _LONGEST or not _HAN.search(name) or _STOP.search(name):
        return None
    stop = _STOP.search(fact.text, _end_of_first(fact.quantities))
    end = stop.start() if stop else len(fact.text)
    rest = _ASIDE.sub("", fact.text[end + 1 :]).strip("。；; ")
    begin = end + 1
    told = any(quantity.span.start >= begin for quantity in fact.quantities)
    return Row(name, _ASIDE.sub("", fact.text[first:end]).strip(), rest if told else "", fact)


def _end_of_first(quantities: Sequence[Quantity]) -> int:
    return min(quantities, key=lambda quantity: quantity.span.start).span.end


def table_lines(rows: Sequence[Row]) -> list[Line]:
    """Return the lines of the appendix, each with (start, end, label) of its numbers."""
    said = [row.remark for row in rows if row.remark]
    head = _HEAD if said else _HEAD[:2]
    if said and all(_LAST_YEAR.fullmatch(remark) for remark in said):
        head = _TWO_YEARS
        rows = [row._replace(remark=_LAST_YEAR.sub(r"\1", row.remark)) for row in rows]
    lines: list[tuple[str, tuple[tuple[int, int, str], ...]]] = [
        (HEADING, ()),
        (f"| {' | '.join(head)} |", ()),
    ]
    for row in rows:
        cells = (row.name, row.figures, row.remark)[: len(head)]
        line = f"| {' | '.join(cell.replace('|', '｜') for cell in cells)} |"
        lines.append((line, tuple(_places(line, row))))
    return lines


def _places(line: str, row: Row) -> Iterable[tuple[int, int, str]]:
    """Yield where the numbers of a row stand, in their order."""
    at = 0
    for quantity in sorted(row.fact.quantities, key=lambda one: one.span.start):
        start = line.find(quantity.surface, at)
        if start < 0:
            continue
        at = start + len(quantity.surface)
        yield start, at, quantity.id
