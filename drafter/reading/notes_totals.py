"""Rows that add up others: what they count, and whether their sums hold."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from itertools import takewhile
from typing import TYPE_CHECKING

from drafter.model import Finding
from drafter.reading.notes_page import spoken_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.reading.notes_cells import Cell
    from drafter.reading.notes_rows import Row


def with_unit(total: Row, rows: Sequence[Row]) -> Row:
    """Return `total` with the measure word that all the `rows` above it share, if it has none itself."""
    if total.measure:
        return total
    for parts in _blocks(total, rows):
        measures = {part.measure for part in parts}
        if parts and len(measures) == 1:
            return total._replace(unit=measures.pop())
    return total


def check_totals(rows: Sequence[Row]) -> Iterator[Finding]:
    """Yield a warning for each total that is the sum of no block of rows above it.

    Percentages, and blocks of rows with different measure words, are left alone.
    """
    for index, total in enumerate(rows):
        if not total.is_total:
            continue
        for column, cell in total.values:
            value = _number(cell.text)
            sums = [
                added
                for parts in _blocks(total, rows[:index])
                if (added := _sum(parts, column.name, total.measure)) is not None
            ]
            if value is not None and sums and value not in sums:
                yield _finding(cell, sums[0])


def _blocks(total: Row, rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the rows that `total` may add up: those of its category, those since the last total, all."""
    since = list(takewhile(lambda row: not row.is_total, reversed(rows)))
    yield list(takewhile(lambda row: row.category == total.category, since))
    yield since
    yield [row for row in rows if not row.is_total]
    yield [row for row in rows if "小" in row.label and row.is_total]


def _sum(rows: Sequence[Row], column: str, measure: str) -> Decimal | None:
    """Return the sum of a column, or None where there is nothing to add or things of different measure."""
    parts = [row for row in rows if not row.label.startswith("其中")]
    cells = [(row, cell) for row in parts for own, cell in row.values if own.name == column]
    numbers = [_number(cell.text) for _, cell in cells]
    measures = {row.measure for row, _ in cells}
    if len(cells) < 2 or None in numbers or len(measures) > 1 or (measure and measure not in measures):
        return None
    return sum((number for number in numbers if number is not None), Decimal(0))


def _finding(cell: Cell, added: Decimal) -> Finding:
    message = f"{spoken_place(cell.where)}的合计{cell.text}与各行之和{added:f}不符。"
    return Finding("arithmetic", "warning", message, hint="请核对合计与各行的数。", where=(cell.where,))


def _number(text: str) -> Decimal | None:
    match = re.fullmatch(r"\s*(-?\d[\d,]*(?:\.\d+)?)\s*[^\d%％.,]{0,4}", text)
    try:
        return Decimal(match.group(1).replace(",", "")) if match else None
    except InvalidOperation:
        return None
