"""Ordinals: 第四个, 首届, 二等奖, 91周年."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from drafter.numbers.figures import number_at
from drafter.numbers.later import Later
from drafter.numbers.lexicon import measure_at
from drafter.numbers.page import Page, Reading

if TYPE_CHECKING:
    from drafter.numbers.figures import Number

_FIRST = Later(r"首(?P<unit>届|批|个|家|期|次|轮|场|例|座|条|支|创(?!业)|部|单|台|站|季|年(?!度))")
_GOES_ON = Later(r"[^\x00-\x7f\W](?<![的是为在和])")
_CENSUS = Later(r"次全[国省市][^，。；、]{0,8}普查")
_PRIZE = Later(r"等(?:奖|功)")


def ordinal_at(page: Page, at: int, floor: int) -> Reading | None:
    """Return 第四个 or 位居第二 as ordinals, 第三产业 as a name."""
    text = page.text
    if at <= floor or text[at - 1] != "第":
        return None
    number = number_at(page, at)
    if number is None:
        return None
    unit = measure_at(text, number.end)
    if unit == "次" and _CENSUS.match(text, number.end):
        return Reading(at - 1, number.end + len(unit), "name")
    if unit is None and _GOES_ON.match(text, number.end):
        return Reading(at - 1, number.end, "name")
    return Reading(at - 1, number.end + len(unit or ""), "ordinal", number.value, unit=unit)


def first_at(page: Page, at: int, _floor: int) -> Reading | None:
    """Return 首届, 首批: the ordinal 1 in one word; 首 alone is no numeral."""
    found = _FIRST.match(page.text, at)
    return None if found is None else Reading(at, found.end(), "ordinal", Decimal(1), unit=found["unit"])


def prize_at(page: Page, number: Number | None) -> Reading | None:
    """Return 二等奖, 三等功 for the numeral in front."""
    found = _PRIZE.match(page.text, number.end) if number else None
    if found is None or number is None or number.value is None:
        return None
    return Reading(number.start, found.end(), "ordinal", number.value, unit=found.group())
