"""Rows that add up others: whether the sums hold."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from drafter.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.reading.notes_cells import Cell, Column

TableRow = tuple[bool, str, tuple[tuple["Column", "Cell"], ...], str]
"""Whether it is a total, its label, its numbers by column, its unit."""


class _Part(NamedTuple):
    value: Decimal
    unit: str


def check_totals(rows: Sequence[TableRow]) -> Iterator[Finding]:
    """Yield a warning for each total that is neither the sum of its own block nor that of the whole table.

    Columns of percentages, and totals over rows of different units, are left alone.
    """
    names = dict.fromkeys(column.name for _, _, values, _ in rows for column, _ in values)
    for name in names:
        block: list[_Part] = []
        whole: list[_Part] = []
        for total, label, values, unit in rows:
            cell = next((cell for column, cell in values if column.name == name), None)
            value = _number(cell.text) if cell is not None else None
            if cell is None or value is None or (not total and label.startswith("其中")):
                continue
            if not total:
                part = _Part(value, unit)
                block.append(part)
                whole.append(part)
                continue
            finding = _compare(cell, value, block, whole)
            if finding:
                yield finding
            block = []


def _compare(cell: Cell, value: Decimal, block: Sequence[_Part], whole: Sequence[_Part]) -> Finding | None:
    if len(whole) < 2 or len({part.unit for part in whole}) > 1:
        return None
    sums = {sum((part.value for part in parts), Decimal(0)) for parts in (block, whole) if parts}
    if not sums or value in sums:
        return None
    added = "、".join(f"{total:f}" for total in sorted(sums))
    place = cell.where.place
    message = f"{place}的合计{cell.text}与各行之和{added}不符。"
    return Finding("arithmetic", "warning", message, hint="请核对合计与各行的数。", where=(cell.where,))


def _number(text: str) -> Decimal | None:
    match = re.fullmatch(r"\s*(-?\d[\d,]*(?:\.\d+)?)\s*[^\d%％.,]{0,4}", text)
    try:
        return Decimal(match.group(1).replace(",", "")) if match else None
    except InvalidOperation:
        return None
