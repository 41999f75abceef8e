"""Placeholders where a number should stand: ××起, X条, ___万元, 若干名, 〔起〕."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from drafter.numbers.amounts import amount_at
from drafter.numbers.later import Later
from drafter.numbers.lexicon import any_of, load_table, measure_at
from drafter.numbers.page import Page, Reading

if TYPE_CHECKING:
    from drafter.model import Kind

_MASK = Later(
    r"(?P<mask>(?<!\d)[xX×]{1,4}\d{1,3}(?!\d)|[xX×＊ⅹ✕╳]{1,6}(?:\.[\dxX×*]{1,2})?|[*]{2,6}|(?<![\x00-\x27\x2a-\x2b\x2d-\x39\x3c-\x7f])[*](?=[）)]|[^\x00-\x7f\W])|_{2,12}|_(?=%|[^\x00-\x7f\W])|[…]{1,2}|[○〇●]{2,6}|[?？]{2,4}"
    r"|\d{1,3}[xX×*]{1,4}(?!\d)|[nN](?=[个条次人名起户])|若干|几(?=%))"
    r"(?P<few>余|多)?(?P<scale>[十百千万亿]*)(?P<few2>余|多)?",
)
_PLENUM = Later(r"届[^，。\s]{0,2}中全会")
_BLANK = Later(r"〔\s*(?P<unit>[^〕\s]{0,4})\s*〕")
_BLANK_WORDS = frozenset(("数", "数字", "年", "月", "日", "日期"))
_PART_MASKED = Later(r"\d{1,3}[xX×*]{1,4}(?!\d)|[○〇]{2,6}(?=[个条次人名起户件元%])")
_BOLD = 60
"""Bold words are not longer than this."""
_CLAUSE_ENDS = Later(r"[，,。；;、）)]|$")


@cache
def _hidden_name() -> re.Pattern[str]:
    """Return what follows a mask that hides a name."""
    return re.compile(any_of(load_table("contexts")["masked"]))


def blank_at(page: Page, at: int) -> Reading | None:
    """Return the typed blank 〔起〕 at `at`: a number that was taken out on purpose."""
    found = _BLANK.match(page.text, at)
    if found is None:
        return None
    unit = found["unit"]
    if unit and unit != "%" and unit not in _BLANK_WORDS and measure_at(unit, 0) is None:
        return None
    return Reading(at, found.end(), _kind(unit), unit=unit or None)


def mask_at(page: Page, at: int, floor: int) -> Reading | None:
    """Return the placeholder of a number that begins at `at`, without a value.

    A mask in front of anything but a measure word or % hides a name (×××镇)
    and is not a numeral.
    """
    text = page.text
    found = _MASK.match(text, at)
    if found is None or (at and text[at - 1].isascii() and text[at - 1].isalnum()):
        return None
    end, approx = found.end(), found["few"] or found["few2"]
    if at and text[at - 1] in "（(" and text[end : end + 1] in ("）", ")"):
        end += 1
    if text[end : end + 1] == "%":
        return Reading(at, end + 1, "percent", unit="%", approx=approx)
    plenum = _PLENUM.match(text, end)
    if plenum:
        return Reading(at, plenum.end(), "name")
    end += text[end : end + 1] == " "
    unit = measure_at(text, end)
    if unit is None or _hidden_name().match(text, end) or _is_place(text, end, unit):
        scaled = found["scale"] and found["mask"] != "若干"
        return Reading(at, found.end(), "quantity", approx=approx) if scaled else None
    end += len(unit)
    ordered = at > floor and text[at - 1] == "第"
    if ordered or unit == "届":
        return Reading(at - ordered, end, "ordinal", unit=unit)
    return Reading(at, end, _kind(unit), unit=unit, approx=approx)


def part_masked_at(page: Page, at: int, floor: int) -> Reading | None:
    """Return 1xx起: a number of whose digits some are masked."""
    if at and page.text[at - 1] == "*":
        return _after_stars(page, at)
    found = _PART_MASKED.match(page.text, at)
    if found is None:
        return None
    return mask_at(page, at, floor) or Reading(at, found.end(), "quantity")


def _after_stars(page: Page, at: int) -> Reading | None:
    """Return **8.4%, whose first digits are masked; between pairs of stars a number is only in bold."""
    text = page.text
    line = text[at : at + _BOLD].split("\n", maxsplit=1)[0]
    if text[max(0, at - 2) : at] != "**" or "**" in line:
        return None
    amount = amount_at(page, at, at)
    return None if amount is None else Reading(at, amount.end, amount.kind, unit=amount.unit)


def _is_place(text: str, at: int, unit: str) -> bool:
    """Tell whether the measure word at `at` rather begins the name of a place or a body."""
    table = load_table("contexts")
    if unit not in table["places"]:
        return False
    return not (unit in table["endings"] and _CLAUSE_ENDS.match(text, at + len(unit)))


def _kind(unit: str) -> Kind:
    """Return the kind of a masked number with this unit."""
    if unit == "%":
        return "percent"
    if unit in ("年", "月", "日", "日期"):
        return "date"
    return "money" if unit in ("元", "万元", "块钱", "美元", "元整") else "quantity"
