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

_ROW = re.compile(r"^[ \t]*\|.*|^[^|\r\n]*[^|\s] \|(?: .*)?$", re.MULTILINE)
"""A row of a Markdown table, or of a Word table as it is read: cells with | between them."""
_CELL = re.compile(r"[^|]+")
_UNIT = re.compile(r"[（(]\s*(?:单位[：:]\s*)?([^（）()\d\s]{1,4}|[%％])\s*[)）]\s*$")


def with_units(plain: str, numerals: Sequence[Numeral]) -> tuple[Numeral, ...]:
    """Return the numerals, those alone in a cell or bracket with the unit said before them."""
    numerals = share_units(plain, numerals)
    if "|" not in plain:
        return numerals
    units = dict(_units(plain))
    return tuple(_with_unit(numeral, units.get((numeral.start, numeral.end))) for numeral in numerals)


def _with_unit(numeral: Numeral, unit: str | None) -> Numeral:
    if unit is None or numeral.unit is not None or numeral.kind == "date":
        return numeral
    read = read_numerals(numeral.surface + unit)
    if len(read) != 1 or read[0].end != len(numeral.surface) + len(unit):
        return numeral
    return replace(read[0], start=numeral.start, end=numeral.end, surface=numeral.surface)


def _units(plain: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield (span of the words of a cell, unit named at the head of its column or row)."""
    header: list[str | None] = []
    last = -9
    for row in _ROW.finditer(plain):
        cells = list(_CELL.finditer(plain, row.start(), row.end()))
        if row.start() > last + 2:
            header = [_unit_of(cell.group()) for cell in cells]
        last = row.end()
        own = next((unit for cell in cells if (unit := _unit_of(cell.group()))), None)
        for place, cell in enumerate(cells):
            unit = (header[place] if place < len(header) else None) or own
            words = cell.group()
            if unit:
                start = cell.start() + len(words) - len(words.lstrip())
                yield (start, start + len(words.strip())), unit


def _unit_of(cell: str) -> str | None:
    found = _UNIT.search(cell)
    return found[1] if found else None
