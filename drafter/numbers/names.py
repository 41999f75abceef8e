"""Numerals that belong to a name: congresses, document numbers, brands, places, telephone numbers."""

from __future__ import annotations

import re
from functools import cache

from drafter.numbers.amounts import HAN
from drafter.numbers.later import Later
from drafter.numbers.lexicon import any_of, fixed_names, load_table, measure_at
from drafter.numbers.page import Page, Reading

_SMALL = "[一二两三四五六七八九十百千万]"
_MASK = r"[\dxX×*_○〇]"
_REACH = 32
_QUOTES = "“”\"'‘’「」『』〝〞＂＇"


@cache
def _forms() -> tuple[tuple[str, str, str], ...]:
    """Return the forms of names that show themselves: how each starts, what it needs, its pattern.

    A start is H for a Chinese numeral, D for a digit, 3 for three digits, A for
    a digit behind a letter or a hyphen, L for one in front of a letter.
    """
    digits = "[一二三四五六七八九十]"
    hotlines = "110|119|120|122|114"
    calls = any_of(load_table("contexts")["calls"])
    return (
        # 十六大 · 十六届三中、四中全会 · 十九届历次全会 · 二十大报告
        ("H", "大", r"(?:十[一二三四五六七八九]|二十[一二三四五]?)大(?![类量型家批力步项件棚道小多块规])"),
        (
            "H",
            "届",
            rf"(?:十[一二三四五六七八九]|二十[一二三四五]?)届(?:历次全会|全会|{digits}{{1,2}}[中届次]?(?:[、和]{digits}[中届次]?)*中?(?:全会|全体会议)|中央)",
        ),
        # 十届六次执委会
        (
            "H",
            "届",
            rf"{digits}{{1,3}}届{digits}{{1,2}}次(?=全会|全委|执委|常委|委员|会议|代表|理事|人代|党代)",
        ),
        # 三分建设、七分管理
        ("H", "分", rf"{digits}分[^，,、。\d]{{1,4}}[，,、]?{digits}分(?![之钟])"),
        ("H", "会", rf"{digits}{{1,2}}[届]?{digits}中全会"),
        # 十二五 · 八五普法
        (
            "H",
            "五",
            r"(?:十[一二三四五]五|[一二三四五六七八九]五)(?=[”\"’]|规划|期间|时期|计划|普法|末|以来|收官|开局|发展)",
        ),
        ("H", "五", r"十[二三四]五(?![名个人户名位岁条次家])"),
        (
            "H",
            "",
            r"(?:十一|五一|七一|八一|六一|三八|五四)(?=前|后|期间|黄金周|假|长假|、|国庆|”|节|表彰|来临|活动|慰问|庆祝|建党|建军|儿童|妇女|青年|劳动)",
        ),
        # 110 · 12345热线 · 13800000000
        ("3", "", r"(?<!\d)1[3-9]\d{9}(?!\d)"),
        ("3", "", r"(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)"),
        ("3", "", r"(?<!\d)\d{15,18}[\dXx]?(?!\d)"),
        ("3", "", rf"(?:(?<=拨打)|(?<=报警电话))(?:{hotlines})(?!\d)|(?<!\d)(?:{hotlines})(?={calls}|[”\"])"),
        ("3", "", rf"(?<!\d)(?:12\d{{3}}|96\d{{3,4}})(?={calls}|[”\"、])"),
        # 3-2-501 · 7×24小时 · ISO9001
        ("D", ".", r"\d{1,2}(?:\.\d{1,2}){2,3}(?![.\d万亿%])"),
        ("D", "-", r"\d{1,4}(?:-\d{1,4}){2,5}(?!\d)"),
        ("D", "×xX*", r"7[×xX*]24(?:小时)?|[1-9][×xX*]\d{1,2}(?=小时|”?工作制)"),
        ("A", "-", r"(?<=[A-Za-z]-)\d+"),
        (
            "A",
            "",
            r"(?<=[A-WYZa-wyz])\d+(?:\.\d+)?(?:[-A-Za-z]+\d+)*(?!\.\d|[\d余多人名位户起件次场份期篇册家万亿元%条个项处张套台部])",
        ),
        # 5A级 · 4S店 · G318 · A4 · 3D · 5G · PM2.5
        ("L", "", r"\d(?!KM|K?W|MW|GB|MB|TB|M|V|L)[A-Z]{1,4}(?:级|店|景区)?(?=[^\x00-\x7f\W])"),
        ("L", "", r"[2345]G(?![a-zA-Z])"),
        # 5+2 · 1+N · 9+X
        (
            "",
            "+＋",
            r"(?:\d+|[A-Za-zN]|[一二三四五六七八九十])(?:[+＋](?:\d+|[NXnx]|[一二三四五六七八九十])){1,6}",
        ),
        ("D", "NnXx", r"\d+[NnXx](?![\d人名户个])"),
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern, made when a text first calls for it."""
    return re.compile(pattern)


def _may_start(start: str, text: str, at: int) -> bool:
    """Tell whether a form with this start can begin at `at`."""
    char = text[at]
    digit = char.isascii() and char.isdigit()
    if start == "3":
        return digit and text[at : at + 3].isdigit()
    if start == "A":
        before = text[at - 1 : at]
        return digit and before.isascii() and (before == "-" or before.isalpha())
    if start == "L":
        after = text[at + 1 : at + 2]
        return digit and after.isascii() and after.isalpha()
    return not start or (start == "D") == digit


@cache
def _festival() -> re.Pattern[str]:
    """Return 3.8, 12·4 and the like in front of what makes a day public."""
    known = any_of(load_table("contexts")["publicdays"])
    kinds = any_of(load_table("contexts")["festivals"])
    return re.compile(
        rf"(?:1[0-2]|0?[1-9])[.·•．](?:[0-3]?\d)(?!\d)(?=[”\"]?(?:{kinds}|[^\x00-\x7f\W]{{0,4}}{known}))"
        r"|(?:1[0-2]|0?[1-9])[·•][0-3]?\d(?![\d万亿%])",
    )


def festival_at(page: Page, at: int, _floor: int) -> Reading | None:
    """Return the numeral of a public day: 3.8妇女节, 12·4法制宣传日."""
    if (at and page.text[at - 1].isdigit()) or page.text[at + 1 : at + 3].isalnum():
        return None
    found = _festival().match(page.text, at)
    return None if found is None else Reading(at, found.end(), "name")


_ISSUED = ("印发", "下发", "转发", "制发", "签发", "出台", "制定", "贯彻", "落实", "执行", "学习", "文件")
"""What is done with a document stands before its number and is no part of it."""


@cache
def _document() -> re.Pattern[str]:
    return re.compile(rf"[〔\[【(（﹝][ ]*{_MASK}{{2,4}}年?[ ]*[〕\]】)）﹞][ ]*(?:第 ?)?{_MASK}{{1,5}} ?号")


def document_at(page: Page, at: int, floor: int) -> Reading | None:
    """Return a document number such as 云发〔2024〕12号 whose bracket holds position `at`."""
    text = page.text
    found = _document().match(text, at - 1) if at and "号" in text[at : at + _REACH] else None
    if found is None:
        return None
    start = found.start()
    while start > floor and start > found.start() - 8 and re.match(r"[^\W\d_]", text[start - 1]):
        if text[start - 1] in "及和与照据以按由对了将印到的于":
            break
        start -= 1
    code = text[max(floor, start - 1) : found.start()]
    issued = max((code.rfind(verb) + len(verb) for verb in _ISSUED if verb in code), default=0)
    if 0 < issued < len(code) - 1:
        start = found.start() - len(code) + issued
    return Reading(start, found.end(), "name")


def name_at(page: Page, at: int, floor: int) -> Reading | None:
    """Return the fixed expression whose first numeral stands at `at`."""
    text = page.text
    near = frozenset(text[max(0, at - 1) : at + _REACH])
    for start, needs, pattern in _forms():
        if not _may_start(start, text, at) or (needs and near.isdisjoint(needs)):
            continue
        found = _compiled(pattern).match(text, at)
        if found is not None and not (at > floor and text[at - 1] in HAN and text[at] in HAN):
            return Reading(at, found.end(), "name")
    fixed = fixed_names().match(text, at)
    if fixed is not None and fixed[0] >= floor and not _inside_number(text, *fixed):
        return Reading(fixed[0], fixed[1], "name")
    return None


def _inside_number(text: str, start: int, end: int) -> bool:
    """Tell whether a listed word is only a slice of a longer numeral: 五一 in 二百五一."""
    left = text[start] in HAN and start and text[start - 1] in HAN
    last = text[end - 1]
    right = last in HAN and end < len(text) and (text[end] in HAN or measure_at(text, end) is not None)
    digits = text[start].isdigit() and (
        (start and text[start - 1].isdigit()) or text[end : end + 1].isdigit()
    )
    if last.isdigit() and not digits:
        return text[end : end + 1] in "余多万亿%.,，" or measure_at(text, end) not in (None, "件")
    return bool(left or right or digits)


def brand_at(page: Page, at: int, floor: int) -> Reading | None:
    """Return a short quotation that begins with the numeral at `at`: “三贴近”, “百日文化广场”, “3·15”.

    A quoted amount with its measure word (“26起”) stays an amount.
    """
    text = page.text
    if at <= floor or not page.opens_quotation(at - 1):
        return None
    close = _QUOTED.match(text, at)
    if close is None or (text[at].isdigit() and _QUOTED_AMOUNT.match(text, at)):
        return None
    return Reading(at, close.end() - 1, "name")


_QUOTED = Later(rf"[^{_QUOTES}，。；,;\n]{{1,12}}[{_QUOTES}]")
_QUOTED_AMOUNT = Later(rf"\d[\d.,]*[万亿余多]*(?:%|[元人户起件次名个场期份篇亩])[次元]?[{_QUOTES}]")
