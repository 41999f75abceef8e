"""Bare numbers: digits, Chinese characters and both mixed, with 余, 几 and ranges."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from drafter.numbers.chinese import DIGITS, SCALE_VALUES, read_chinese
from drafter.numbers.later import Later
from drafter.numbers.lexicon import measure_at

if TYPE_CHECKING:
    import re

    from drafter.numbers.page import Page

HAN = "〇零一二三四五六七八九十百千万亿兆两俩仨廿卅卌壹贰叁肆伍陆柒捌玖拾佰仟"
"""The Chinese characters that a numeral is written with."""

SCALES = "十百千万亿兆"
_ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,6}(?!\d)|\d+)(?:\.\d+)?"
_BIG = "[千兆](?![瓦米克伏赫帕欧焦卡字比BbW])"
"""千 and 兆 that multiply, and do not begin a measure word such as 千瓦."""
_CORE = Later(
    rf"{_ARABIC}(?: ?(?:[十百万亿]|{_BIG})+(?:零?\d+(?:\.\d+)?[{SCALES}]+)*"
    r"(?:零?\d+(?![\d.%年月日]))?)?"
    rf"|[{HAN}]+(?:点[{HAN}]+)?",
)
_PARTS = Later(rf"零?(\d+(?:\.\d+)?)([{SCALES}]*)")
_SPREAD = Later(rf"([十百千万]?)([一二两三四五六七八九])([一二两三四五六七八九])([{SCALES}]*)")
_TEENS = Later(rf"([二三四五六七八九]?十|[1-9]0)几(?![{SCALES}])")
_VAGUE = Later(rf"[几数上]([{SCALES}]+)")
_COUNTED = Later(r"[人次户总件个基参倍家岁以马晚早赶跟]")
_FEW = Later(rf"(余|多|来(?=[个{SCALES}]))([{SCALES}]*)")
_SPACED_FEW = Later(rf"(?: (?=余)|(?=来))(余|来)([{SCALES}]*)")
_NOT_FEW = Later(r"多(?:元|种|样|次|方|功能|家|项|名|人|户|少|彩|渠道|部门|层|角|级|途径)")
_SIGN = Later(r" ?(?:——|--|[-–—－―~〜至到]) ?")
_BETWEEN = Later(r"%|[万亿]?元|个百分点")
_LONGEST = 24


class Number(NamedTuple):
    """A number at `[start, end)`: value and upper, None when it was not understood."""

    start: int
    end: int
    value: Decimal | None
    upper: Decimal | None
    approx: str | None
    arabic: bool


def tidy(value: Decimal) -> Decimal:
    """Return `value` without zeros at the end of its decimals or an exponent: 450000000.0 → 450000000."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1)) if abs(value) < 10**24 else value
    return value.normalize()


def decimal_text(value: Decimal) -> str:
    """Return a decimal as plain digits without trailing noughts: 12000, 99.6."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_figure(text: str) -> Decimal | None:
    """Return the value of a plain or mixed numeral: 12,480 · 1.2万 · 1千2百 · 两千零五十."""
    text = text.replace(",", "").replace(" ", "")
    if len(text) > _LONGEST:
        return None
    if not text[0].isdigit():
        return read_chinese(text)
    total = Decimal(0)
    last: Decimal | None = None
    for digits, scales in _PARTS.findall(text):
        step = _times(Decimal(1), scales)
        if last is not None and step >= last:
            return None
        total, last = total + Decimal(digits) * step, step
    return total


def _times(value: Decimal, scales: str) -> Decimal:
    """Return `value` multiplied by each scale word in turn."""
    for scale in scales:
        value *= SCALE_VALUES[scale]
    return value


def _spread(text: str) -> tuple[Decimal, Decimal] | None:
    """Return the ends of a spoken range: 三四十 (30, 40), 两三 (2, 3), 十七八 (17, 18), 三五 (3, 5)."""
    found = _SPREAD.fullmatch(text)
    if found is None:
        return None
    head, low, high, tail = found.groups()
    if DIGITS[high] - DIGITS[low] != 1 and low + high not in ("三五", "一三"):
        return None
    base = Decimal(SCALE_VALUES.get(head, 0))
    return _times(base + DIGITS[low], tail), _times(base + DIGITS[high], tail)


def _vague(text: str, at: int, floor: int) -> Number | None:
    """Return 几十, 十几, 数百, 上千: numbers that have bounds but no value of their own."""
    teens = _TEENS.match(text, at)
    if teens:
        low = read_figure(teens.group(1)) or Decimal(10)
        return Number(at, teens.end(), low + 1, low + 9, "几", arabic=False)
    start = at - 1 if at > floor and text[at] in SCALES and text[at - 1] in "数上" else at
    found = _VAGUE.match(text, start)
    if (
        found is None
        or (start < at and start and _COUNTED.match(text[start - 1]))
        or text[found.end() : found.end() + 2] == "分之"
    ):
        return None
    step = _times(Decimal(1), found.group(1)[:8])
    word = text[start]
    low, high = (step, 2 * step - 1) if word == "上" else (2 * step, 10 * step - 1)
    return Number(start, found.end(), low, high, word, arabic=False)


def _few(text: str, at: int) -> re.Match[str] | None:
    """Match 余, 多 or 来 behind a number; 2300 余人次 too, and 200来件 in front of any measure word."""
    few = _FEW.match(text, at)
    if few is None and text[at : at + 1] in " 来" and text[at - 1] in "0十百千万":
        spaced = _SPACED_FEW.match(text, at)
        return spaced if spaced and measure_at(text, spaced.end()) else None
    return few


def number_at(page: Page, at: int, floor: int = 0) -> Number | None:
    """Return the number that begins at `at`, with 余, 多 and a following scale taken in."""
    text = page.text
    vague = _vague(text, at, floor)
    if vague is not None:
        return vague
    found = _CORE.match(text, at)
    if found is None:
        return None
    surface, end, arabic = found.group(), found.end(), text[at].isdigit()
    approx, upper = None, None
    value = read_figure(surface)
    spread = None if arabic else _spread(surface)
    if spread is not None:
        value, upper = spread
    few = _few(text, end)
    small = not arabic and len(surface) == 1 and surface not in SCALES
    if few and not (small and _NOT_FEW.match(text, end)) and len(few.group(2)) <= 3:
        end, approx = few.end(), few.group(1)
        value = None if value is None else _times(value, few.group(2))
    return Number(at, end, value, upper, approx, arabic)


def _between(text: str, at: int) -> str:
    """Return the measure word that stands on both sides of a range sign: 20%-30%, 60岁至70岁."""
    money = _BETWEEN.match(text, at)
    return money.group() if money else measure_at(text, at) or ""


def range_at(page: Page, first: Number) -> Number:
    """Return `first` joined with the number after a range sign, or `first` itself."""
    text = page.text
    between = _between(text, first.end)
    sign = _SIGN.match(text, first.end + len(between))
    if sign is None or first.upper is not None or first.value is None:
        return first
    follows = text[sign.end() : sign.end() + 1]
    if not (follows.isdigit() if first.arabic else follows and follows in HAN):
        return first
    second = number_at(page, sign.end(), sign.end())
    if second is None or second.value is None or second.upper is not None:
        return first
    if between and not text.startswith(between, second.end):
        return first
    low, high = first.value, second.value
    if not between and text[second.end - 1] in "万亿千" and low < 10**4 <= high:
        low = _times(low, text[second.end - 1])
    if high <= low or text[second.end : second.end + 1] in ("-", "－", "/"):
        return first
    return Number(first.start, second.end, tidy(low), high, second.approx or first.approx, first.arabic)
