"""Measure words that may stand for each other when two numbers are compared."""

from __future__ import annotations

from functools import cache

from drafter.numbers.units import unit_class

_OCCASIONS = frozenset({"次", "场", "期", "轮"})
"""An activity is counted by any of these; who took part in it (人次) is not."""
_LESSONS = {"节课": "节", "堂课": "堂", "门课": "门"}


@cache
def unit_family(unit: str) -> str:
    """Return the name of the units that count the same thing as `unit`, activities by any measure word."""
    unit = _LESSONS.get(unit, unit)
    known = unit_class(unit) or unit
    return "次" if known in _OCCASIONS else known


def same_unit(first: str | None, second: str | None) -> bool:
    """Tell whether two measure words count the same thing (人 名 位; 场 场次), never across 人/人次."""
    if first == second:
        return True
    if first is None or second is None:
        return False
    return unit_family(first) == unit_family(second)
