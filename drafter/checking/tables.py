"""Numbers of a table whose unit stands at the head of the column or of the row: 数量（起） over 38."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from drafter.numbers import read_numerals
from drafter.numbers.shared_units import share_units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.model import Numeral
    from drafter.numbers.changes import Direction
    from drafter.numbers.context import Context

_ROW = re.compile(r"^[ \t]*\|.*|^[^|\r\n]*[^|\s] \|(?: .*)?$", re.MULTILINE)
"""A row of a Markdown table, or of a Word table as it is read: cells with | between them."""
_MEAN = re.compile(r"人均|户均|场均|村均|亩均|平均")
_CHANGES = re.compile(r"增减|增长|增幅|变化|升降|差[额值距]?\s*$|[比较](?:上年|去年|同期)|同比|环比")
_FALLING = ("-", "−", "－", "↓", "减", "下降", "降")
_CELL = re.compile(r"[^|]+")
_UNITS = re.compile(r"(?:计量)?单位")
_UNIT = re.compile(r"[（(]\s*(?:单位[：:]\s*)?([^（）()\d\s]{1,4}|[%％])\s*[)）]\s*$")


def with_units(plain: str, numerals: Sequence[Numeral]) -> tuple[Numeral, ...]:
    """Return the numerals, those alone in a cell or bracket with the unit said before them."""
    numerals = share_units(plain, numerals)
    if "|" not in plain:
        return numerals
    units = dict(_units(plain))
    return tuple(_with_unit(numeral, units.get((numeral.start, numeral.end))) for numeral in numerals)


def in_tables(
    plain: str, numerals: Sequence[Numeral], contexts: Sequence[Context], year: int | None
) -> Sequence[Context]:
    """Return the contexts of numbers in cells with what the heads of row and column say of them.

    A column of last year (上年, 2024年) holds numbers of that year, a row of 人均收入 means.
    """
    if "|" not in plain:
        return contexts
    last_year = re.compile(rf"去年|上年|同期{f'|{year - 1}年' if year else ''}")
    cells = [
        (span, last_year.search(column), _MEAN.search(row), _change(plain, span, column))
        for span, column, row in _heads(plain)
    ]
    return [
        _headed(context, [cell[1:] for cell in cells if _holds(cell[0], numeral)])
        for numeral, context in zip(numerals, contexts, strict=True)
    ]


def _change(plain: str, span: tuple[int, int], column: str) -> Direction | None:
    """Return the direction of a number in a column of changes: -23 under 增减."""
    if not _CHANGES.search(column):
        return None
    return "down" if plain[span[0] : span[1]].strip().startswith(_FALLING) else "up"


def _headed(context: Context, heads: Sequence[tuple[object, object, Direction | None]]) -> Context:
    for prior, mean, change in heads:
        if change:
            context = replace(context, prior=False, period=None, change=change, head="比上年")
            continue
        if prior and not context.prior:
            context = replace(context, prior=True, period=context.period or "上年")
        if mean and not context.mean:
            context = replace(context, mean=True, role=context.role or "人均")
    return context


def _holds(cell: tuple[int, int], numeral: Numeral) -> bool:
    return cell[0] <= numeral.start and numeral.end <= cell[1]


def _heads(plain: str) -> Iterator[tuple[tuple[int, int], str, str]]:
    """Yield the span of each cell of a table, the words at the head of its column and those of its row."""
    for rows in _tables(plain):
        for row in rows[1:]:
            for cell, column in zip(row[1:], rows[0][1:], strict=False):
                yield cell.span(), column.group(), row[0].group()


def _tables(plain: str) -> Iterator[list[list[re.Match[str]]]]:
    """Yield the tables of a text as rows of cells."""
    table: list[list[re.Match[str]]] = []
    last = 0
    for row in _ROW.finditer(plain):
        if table and plain.count("\n", last, row.start()) > 1:
            yield table
            table = []
        table.append(list(_CELL.finditer(plain, row.start(), row.end())))
        last = row.end()
    if table:
        yield table


def _with_unit(numeral: Numeral, unit: str | None) -> Numeral:
    if unit is None or numeral.unit is not None or numeral.kind == "date":
        return numeral
    read = read_numerals(numeral.surface + unit)
    if len(read) != 1 or read[0].end != len(numeral.surface) + len(unit):
        return numeral
    return replace(read[0], start=numeral.start, end=numeral.end, surface=numeral.surface)


def _units(plain: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield (span of the words of a cell, unit named at the head of its column or in its row)."""
    for rows in _tables(plain):
        header = [_unit_of(cell.group()) for cell in rows[0]]
        column = next((at for at, cell in enumerate(rows[0]) if _UNITS.fullmatch(cell.group().strip())), None)
        for row in rows:
            own = next((unit for cell in row if (unit := _unit_of(cell.group()))), None)
            if column is not None and column < len(row) and row is not rows[0]:
                own = own or row[column].group().strip()
            for place, cell in enumerate(row):
                unit = (header[place] if place < len(header) else None) or own
                words = cell.group()
                if unit:
                    start = cell.start() + len(words) - len(words.lstrip())
                    end = start + len(words.strip())
                    yield (start, end), unit
                    yield (start + words.strip().startswith(_FALLING), end), unit


def _unit_of(cell: str) -> str | None:
    found = _UNIT.search(cell)
    return found[1] if found else None
