"""Amounts: a number with its approximation, range, scale and measure word."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from drafter.numbers.chinese import DIGITS, SCALE_VALUES, read_chinese
from drafter.numbers.lexicon import measure_at
from drafter.numbers.page import Page, Reading

if TYPE_CHECKING:
    from drafter.model import Kind

HAN = "〇零○一二三四五六七八九十百千万亿兆两俩仨廿卅卌壹贰叁肆伍陆柒捌玖拾佰仟"
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_MONEY = re.compile(r"元|块钱|圆整|美元|港元|港币|欧元|人民币")
_BEFORE = re.compile(
    r"(将近|接近|临近|大约|约为|约|近|超过|超出|超|突破|不足|不到|未满|逾|至少|最多|不少于|不低于|不超过|不高于|高于|低于|大于|小于|多于|少于)$",
)
_AFTER = re.compile(r"(?:左右|上下|以上|以下|以内|之内|之多|以外|开外|不到|不等)")
_SCALES = "十百千万亿兆"


@cache
def _core() -> re.Pattern[str]:
    """Return the pattern of one number, before measure words: 1.2万, 1千2百, 两千余, 三四十."""
    arabic = rf"{_ARABIC}(?: ?[{_SCALES}]+(?:零?\d+(?:\.\d+)?[{_SCALES}]+)*(?:零?\d+)?)?"
    han = rf"[{HAN}]+(?:点[{HAN}]+)?"
    return re.compile(rf"(?P<number>{arabic}|{han})")


class Number(NamedTuple):
    """A number at `[start, end)`: value and upper, None when it was not understood."""

    start: int
    end: int
    value: Decimal | None
    upper: Decimal | None
    approx: str | None
    arabic: bool


def _value(text: str) -> Decimal | None:
    """Return the value of a plain or mixed numeral: 12,480 · 1.2万 · 1千2百 · 两千零五十."""
    text = text.replace(",", "").replace(" ", "")
    if not text[0].isdigit():
        return read_chinese(text)
    total = Decimal(0)
    last: Decimal | None = None
    for digits, scales in re.findall(rf"零?(\d+(?:\.\d+)?)([{_SCALES}]*)", text):
        step = Decimal(1)
        for scale in scales:
            step *= SCALE_VALUES[scale]
        if last is not None and step >= last:
            return None
        total, last = total + Decimal(digits) * step, step
    return total


def _spread(text: str) -> tuple[Decimal, Decimal] | None:
    """Return the ends of a spoken range: 三四十 (30, 40), 两三 (2, 3), 十七八 (17, 18), 三五 (3, 5)."""
    found = re.fullmatch(rf"([十百千万]?)([一二两三四五六七八九])([一二两三四五六七八九])([{_SCALES}]*)", text)
    if found is None:
        return None
    head, low, high, tail = found.groups()
    if DIGITS[high] - DIGITS[low] != 1 and low + high not in ("三五", "一三"):
        return None
    base = Decimal(SCALE_VALUES.get(head, 0))
    step = Decimal(1)
    for scale in tail:
        step *= SCALE_VALUES[scale]
    return (base + DIGITS[low]) * step, (base + DIGITS[high]) * step


def _vague(text: str, at: int) -> Number | None:
    """Return 几十, 十几, 数百, 上千, 百余-like numbers that have bounds but no value of their own."""
    found = re.compile(rf"([二三四五六七八九]?十)几(?=[^{_SCALES}])").match(text, at)
    if found:
        low = read_chinese(found.group(1))
        if low is not None:
            return Number(at, found.end(), low + 1, low + 9, "几", arabic=False)
    found = re.compile(r"[几数]([十百千万亿]+)").match(text, at)
    if found:
        step = Decimal(1)
        for scale in found.group(1):
            step *= SCALE_VALUES[scale]
        return Number(at, found.end(), 2 * step, 10 * step - 1, text[at], arabic=False)
    return None


def number_at(page: Page, at: int) -> Number | None:
    """Return the number that begins at `at`, with 余/多 and a following scale taken in."""
    text = page.text
    vague = _vague(text, at)
    if vague is not None:
        return vague
    found = _core().match(text, at)
    if found is None:
        return None
    surface, end = found.group("number"), found.end()
    approx, value, upper = None, None, None
    spread = _spread(surface) if not surface[0].isdigit() else None
    if spread is not None:
        value, upper = spread
    else:
        value = _value(surface)
    few = re.compile(rf"(余|多|来(?=[个{_SCALES}]))([十百千万亿]*)").match(text, end)
    if few and not re.match(r"多(?:元|种|样|次|方|功能|年来|样化|彩|家|项|名|人|户|少)", text[few.start() : few.start() + 3] if value is not None and value < 10 and not surface[0].isdigit() else ""):
        end, approx = few.end(), few.group(1)
        for scale in few.group(2):
            value = None if value is None else value * SCALE_VALUES[scale]
    return Number(at, end, value, upper, approx, surface[0].isdigit())


_RANGE = re.compile(r" ?(?:[-–—－―~～〜至到]|——|--) ?")


def _range_at(page: Page, first: Number) -> Number:
    """Return `first` joined with the number after a range sign, or `first` itself."""
    text = page.text
    # 20%-30%, 5万元至8万元: the unit stands on both sides
    between = re.compile(r"%|[万亿]?元|个百分点").match(text, first.end)
    sign = _RANGE.match(text, between.end() if between else first.end)
    if sign is None or first.upper is not None:
        return first
    if not (text[sign.end() : sign.end() + 1].isdigit() or text[sign.end() : sign.end() + 1] in tuple(HAN)):
        return first
    if sign.group().strip() in ("到", "至") and first.arabic and not text[sign.end() : sign.end() + 1].isdigit():
        return first
    second = number_at(page, sign.end())
    if second is None or second.value is None or first.value is None or second.upper is not None:
        return first
    if between and not text.startswith(between.group(), second.end):
        return first
    low, high = first.value, second.value
    if not between and high >= 10**4 and low < 10**4 and text[second.end - 1] in "万亿千":
        low *= SCALE_VALUES[text[second.end - 1]]
    if high <= low or (first.arabic and second.arabic and text[second.end : second.end + 1] in ("-", "－")):
        return first
    return Number(first.start, second.end, low, high, second.approx or first.approx, first.arabic)


def amount_at(page: Page, at: int, floor: int) -> Reading | None:
    """Return the amount that begins at `at`; a leading 近 or 约 (not before `floor`) is taken in."""
    fraction = _fraction_at(page, at, floor)
    if fraction is not None:
        return fraction
    number = number_at(page, at)
    if number is None:
        return None
    number = _range_at(page, number)
    return _with_unit(page, number, floor)


def _with_unit(page: Page, number: Number, floor: int) -> Reading:
    text, end = page.text, number.end
    value, upper, unit, kind = number.value, number.upper, None, "quantity"
    approx = [number.approx] if number.approx else []
    space = 1 if text[end : end + 1] == " " and measure_at(text, end + 1) else 0
    mark = text[end : end + 1]
    if mark in ("%", "％", "‰"):
        kind, unit, end = "percent", "%" if mark != "‰" else "‰", end + 1
    elif text[end + space : end + space + 1] == "%":
        kind, unit, end = "percent", "%", end + space + 1
    elif re.match(r"成(?![员长立功绩人果效年熟为本品就了套])", text[end : end + 2]) and not number.arabic:
        kind, unit, end = "percent", "%", end + 1
        half = re.compile(r"[一二三四五六七八九半]").match(text, end)
        value = None if value is None else value * 10
        upper = None if upper is None else upper * 10
        if half and not measure_at(text, half.end()):
            end = half.end()
            value = None if value is None else value + (5 if half.group() == "半" else DIGITS[half.group()])
    else:
        word = measure_at(text, end + space)
        if word is not None:
            end += space + len(word)
            unit = word
            more = re.compile(r"半").match(text, end)
            if more and word in ("年", "天", "个月", "小时", "个小时") and value is not None:
                value, end = value + Decimal("0.5"), end + 1
            few = re.compile(r"(多|余)(?=[^元种样])").match(text, end)
            if few and word in ("年", "个月", "小时", "个小时", "天", "米", "公里", "里", "亩", "吨", "倍", "斤", "公斤"):
                approx.append(few.group(1))
                end = few.end()
    if unit and _MONEY.match(unit):
        kind = "money"
    return _with_modifiers(page, number.start, end, floor, kind, value, upper, unit, approx)


def _with_modifiers(
    page: Page,
    start: int,
    end: int,
    floor: int,
    kind: Kind,
    value: Decimal | None,
    upper: Decimal | None,
    unit: str | None,
    approx: list[str],
) -> Reading:
    """Return the reading with the words of approximation round it."""
    before = _BEFORE.search(page.before(start, 4))
    if before and start - len(before.group()) >= floor and not re.search(
        r"(最|附|远|亲|靠|相|邻|就|将|贴|新|临|条|契|大|节|简|集|预|制|履|违|签|公|合|赴)$",
        page.before(start - len(before.group()), 1) if before.group() in ("近", "约") else "",
    ):
        start -= len(before.group())
        if not (before.group() == "近" and re.match(r"(?:以)?来|中", page.after(end, 2))):
            approx.insert(0, before.group())
    after = _AFTER.match(page.text, end)
    if after and not re.match(r"以上(?:工作|情况|问题|措施|活动|成绩|内容|各|几|是)", page.text[end : end + 4]):
        approx.append(after.group())
        end = after.end()
    return Reading(start, end, kind, value, upper, None, unit, "+".join(approx) or None)


def _fraction_at(page: Page, at: int, floor: int) -> Reading | None:
    """Return 百分之九十八点五, 三分之二, 千分之三, 一半."""
    text = page.text
    found = re.compile(rf"([{HAN}]+|\d+)分之([{HAN}]+(?:点[{HAN}]+)?|\d+(?:\.\d+)?)(多|强)?").match(text, at)
    if found:
        low, high = _value(found.group(1)), _value(found.group(2))
        if low == 100:
            value = high
        elif low and high is not None:
            value = (high * 100 / low).quantize(Decimal("0.01")).normalize()
        else:
            value = None
        approx = [found.group(3)] if found.group(3) else []
        return _with_modifiers(page, at, found.end(), floor, "percent", value, None, "%", approx)
    found = re.compile(r"一半|半数").match(text, at)
    if found:
        return _with_modifiers(page, at, found.end(), floor, "percent", Decimal(50), None, "%", [])
    return None
