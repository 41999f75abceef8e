"""Numerals in disguise: 1<b>2</b>, 1O0, ①, ٣٤, 5 9亿元. They are found, and get no value."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

from drafter.numbers.amounts import amount_at
from drafter.numbers.figures import tidy
from drafter.numbers.folding import is_numeral
from drafter.numbers.later import Later
from drafter.numbers.lexicon import measure_at
from drafter.numbers.page import Page, Reading

if TYPE_CHECKING:
    from drafter.model import Kind

_SURE_LETTERS = "OolI|ОоΟο"
_DOUBTFUL_LETTERS = "QDSsBZziЗзбЧІіΙι"
LOOKALIKES = _SURE_LETTERS + _DOUBTFUL_LETTERS
"""Letters that pass for digits, Latin, Cyrillic and Greek."""

_COUNTS = Later(r"[余多]?(?:[人名位户起件次场份期篇册家万亿元%条个项处]|[余多])")
"""What must follow before a doubtful letter (4S店, 5S管理) is taken for a digit."""

_L = re.escape(LOOKALIKES)
_DISGUISE = Later(
    r"[0-9]{1,20}(?:\s?(?:<[^<>\n]{0,40}>|&#?[a-zA-Z0-9]{1,8};)\s?[0-9]{1,20}){1,20}"
    r"|(?!7[×xX*]24|\d[×xX*]\d{1,2}(?:小时|工作制))[0-9]{1,20}(?:[*_`^×xX]{1,3}[0-9]{1,20}){1,20}"
    rf"|[0-9][0-9.,]{{0,30}}[{_L}][0-9{_L}.,]{{0,30}}|[{_L}]{{1,20}}[0-9][0-9{_L}.,]{{0,30}}"
    r"|[0-9]{1,20}[⁰¹²³⁴-⁹₀-₉①-⓿⁄]+[0-9]{0,20}",
)
_CLOSING_TAG = Later(r"</[^<>\n]{0,20}>")
_LOST_POINT = Later(
    r"\d{1,6}(?: ?[.·。．] +| +[.·．] ?| |[·。．])(?P<last>\d{1,6})"
    r"(?= ?(?:[万亿]|%|个百分点|平方|公里|元|亩|吨|公顷|倍|米|人次))",
)
_LOST_SIGN = Later(
    r"(?<=[^\x00-\x7f\W])(?!(?:19|20)\d\d )\d{1,4} (?P<last>\d{1,3})"
    r"(?=[^\x00-\x7f\W]|(?<= \d\d\d) [^\x00-\x7f\W])"
    r"|\d{1,3}(?:，(?P<group>\d{3}))+(?=[^\x00-\x7f\W])",
)
_GRADE = Later(r"(?P<sign>[\u2160-\u216b\u2170-\u217b])(?P<unit>[级类型])")
"""Grades have Roman numbers by custom: Ⅳ级响应, Ⅲ类水质."""
_LONGEST = 32
_DIGITS_ONLY = Later(r"\d{1,20}(?:[.,]\d{1,20}){0,6}(?![\d .·。．，])")
_AFTER_MARK = Later(r"[、.．,，)） ]*(?:[^\x00-\x7f\W]|“)")


def _digits_end(text: str, at: int) -> int:
    """Return where the digits and points from `at` on end, or the longest number would."""
    head = text[at : at + _LONGEST]
    return at + len(head) - len(head.lstrip("0123456789.,"))


def _is_plain(text: str, at: int) -> bool:
    """Tell whether a Chinese character or nothing follows the digits, so that nothing can hide in them."""
    end = _digits_end(text, at)
    after = text[end : end + 1] if end > at else "|"
    return not after or "\u3000" <= after <= "\u9fff" or after in "%，。；：）"


def disguised_at(page: Page, at: int, _floor: int) -> Reading | None:
    """Return digits with markup or letters that look like digits among them, without a value."""
    text = page.text
    if at and text[at - 1].isascii() and text[at - 1].isalnum():
        return None
    found = None if _is_plain(text, at) else _DISGUISE.match(text, at)
    if found is None:
        return None
    end = found.end()
    doubtful = any(char in _DOUBTFUL_LETTERS for char in found.group()) and "<" not in found.group()
    if doubtful and not _COUNTS.match(text, end):
        return None
    closing = _CLOSING_TAG.match(text, end) if "<" in found.group() else None
    if closing:
        end = closing.end()
    elif "<" not in found.group() and text[end : end + 1].isascii() and text[end : end + 1].isalpha():
        return None
    unit = measure_at(text, end)
    return Reading(at, end + len(unit or ""), "quantity", unit=unit)


def lost_point_at(page: Page, at: int, _floor: int) -> Reading | None:
    """Return 5 9亿元: a number whose decimal point was lost, as one numeral without a value."""
    text = page.text
    if at and text[at - 1].isdigit():
        return None
    if text[at] not in "0123456789" or _DIGITS_ONLY.match(text, at) is not None:
        return None
    point = _LOST_POINT.match(text, at)
    sign = None if point else _LOST_SIGN.match(text, at)
    if point:
        last = point.start("last")
    elif sign:
        last = sign.start("last" if sign["last"] else "group")
    else:
        return None
    amount = amount_at(page, last, last)
    if amount is None or amount.unit is None or amount.unit in ("年", "日", "天", "号"):
        return None
    return Reading(at, amount.end, amount.kind, unit=amount.unit, approx=amount.approx)


def strange_at(page: Page, at: int) -> Reading:
    """Return a numeral in an unusual script (①, Ⅻ, ٣): a list marker, else a quantity without a value."""
    text, end = page.text, at
    while end < len(text) and (is_numeral(text[end]) or text[end].isdigit()):
        end += 1
    grade = _GRADE.match(text, at)
    if grade is not None:
        value = tidy(Decimal(str(unicodedata.numeric(grade["sign"]))))
        return Reading(at, grade.end(), "ordinal", value, unit=grade["unit"])
    before = text[at - 1] if at else "\n"
    if before.isascii() and before.isalpha() and end == at + 1:
        return Reading(at, end, "name")
    unit = measure_at(text, end)
    if unit is None and end == at + 1 and before in "。；;：:，,、\n \t" and _AFTER_MARK.match(text, end):
        return Reading(at, end, "structural")
    kind: Kind = "percent" if text[end : end + 1] == "%" else "quantity"
    unit = "%" if kind == "percent" else unit
    return Reading(at, end + len(unit or ""), kind, unit=unit)
