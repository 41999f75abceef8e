"""List markers, page and article numbers: numerals that order the text itself."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from drafter.numbers.chinese import read_chinese
from drafter.numbers.lexicon import measure_at
from drafter.numbers.page import Page, Reading

_N = "[一二三四五六七八九十百零〇]{1,4}"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "line_han": re.compile(rf"(?P<n>{_N})(?:[、.．,，:：]| +(?=[\u4e00-\u9fff]))"),
        "line_arabic": re.compile(
            r"(?P<n>\d{1,2})(?:[、)）]|．(?!\d+[万亿])|[.．](?:(?!\d)|(?=\d{1,2} ?(?:[-—–~～至到] ?\d{1,2} ?)?月|(?:19|20)\d\d ?年))|[,，:：](?=[\u4e00-\u9fff]))"
        ),
        "line_level": re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2}){1,3})[ 、.．]*(?=[\u4e00-\u9fff])"),
        "bracket": re.compile(rf"[（(【〔\[] ?(?P<n>{_N}|\d{{1,2}}) ?[)）】〕\]]"),
        "chapter": re.compile(rf"第 ?(?P<n>{_N}|\d+) ?(?:章|节|条|款|篇|部分|页|讲|编)(?![件街路龙线])"),
        "first": re.compile(r"第(?P<n>[一二三四五六七八九十]{1,2})(?:是|要|就是|[，,、:：])"),
        "article": re.compile(rf"篇(?P<n>{_N}|\d{{1,2}})(?![^\s:：】)）、.,，])"),
        "isfirst": re.compile(r"(?P<n>[一二三四五六七八九十]{1,2})(?:是|要|则|抓|靠|看|来(?=[，,是]))"),
        "other": re.compile(r"(?:其|之)(?P<n>[一二三四五六七八九十])(?=[，,是、:：。])"),
        "side": re.compile(r"另?(?P<n>一)方面"),
        "page": re.compile(r"(?P<n>\d{1,3})(?=[ \t]*(?:\n|$))"),
        "dashes": re.compile(r"(?P<n>\d{1,3})(?= ?[-—] ?(?:\n|$))"),
    }


_BOUNDARY = '。；;：:！!？?，,、\n \t“”"）)】>》'


def _structural(found: re.Match[str], start: int | None = None, end: int | None = None) -> Reading:
    digits = found["n"]
    value = Decimal(digits) if digits.isdigit() else read_chinese(digits)
    first = found.start() if start is None else start
    return Reading(first, found.end() if end is None else end, "structural", value)


def marker_at(page: Page, at: int, floor: int) -> Reading | None:
    """Return the list marker, page or article number whose numeral stands at `at`."""
    text, patterns = page.text, _patterns()
    before = text[at - 1] if at else "\n"
    if at and before in "（(【〔[" and at - 1 >= floor:
        found = patterns["bracket"].match(text, at - 1)
        if found and (
            page.line_start(at - 1) or _opens_clause(text, at - 1) or _heading_follows(page, found.end())
        ):
            return _structural(found)
    if before in "第" and at - 1 >= floor:
        for name in ("chapter", "first"):
            found = patterns[name].match(text, at - 1)
            if found and (name == "chapter" or _opens_clause(text, at - 1)):
                return _structural(found)
    if before == "篇" and at - 1 >= floor:
        found = patterns["article"].match(text, at - 1)
        if found:
            return _structural(found)
    if page.line_start(at):
        level = patterns["line_level"].match(text, at)
        if level and (
            text[level.end()] in "万亿余多" or measure_at(text, level.end()) or text[level.end()] == "月"
        ):
            level = None
        found = patterns["line_han"].match(text, at) or level or patterns["line_arabic"].match(text, at)
        if found and not (found.group()[-1] in ",，" and measure_at(text, found.end())):
            return _structural(found)
    return _inline_marker(page, at, floor)


def _opens_clause(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in _BOUNDARY


def _heading_follows(page: Page, end: int) -> bool:
    return bool(re.match(r"[\u4e00-\u9fff]{2}", page.after(end, 2))) and page.text[end - 1] in "）)"


def _inline_marker(page: Page, at: int, floor: int) -> Reading | None:
    text, patterns = page.text, _patterns()
    before = text[at - 1] if at else "\n"
    found = patterns["isfirst"].match(text, at)
    if found and _is_enumerator(text, at, found):
        return _structural(found)
    if before in "其之":
        found = patterns["other"].match(text, at - 1)
        if found and at - 1 >= floor:
            return _structural(found)
    if text[at] == "一":
        found = patterns["side"].match(text, at - 1 if before == "另" and at - 1 >= floor else at)
        if found:
            return _structural(found)
    if before in "。；;：: \n\t）)":
        found = re.compile(r"(?P<n>\d{1,2})(?:、|[.．](?!\d)|[)）])(?=[\u4e00-\u9fff“\" ])").match(text, at)
        if found and not re.match(r"[、.．]? ?\d", text[found.end() : found.end() + 3]):
            return _structural(found)
        found = re.compile(r"(?P<n>[一二三四五六七八九十]{1,3})、(?=[\u4e00-\u9fff“])").match(text, at)
        if (
            found
            and before in "。\n \t"
            and measure_at(text, found.end()) is None
            and text[found.end()] not in "二三四五六七八九"
        ):
            return _structural(found)
    if before in " \t\n-—第" or at == 0:
        found = patterns["page"].match(text, at) or patterns["dashes"].match(text, at)
        if found:
            return _structural(found)
    return None


def _is_enumerator(text: str, at: int, found: re.Match[str]) -> bool:
    """Tell whether 一是, 二要, 三抓 opens a member of a list rather than counting something."""
    before = text[at - 1] if at else "\n"
    word = found.group()[len(found["n"]) :]
    if word == "是":
        return before in _BOUNDARY or before not in "统之第同每某专唯这那单合九八十百千万"
    if word in ("抓", "靠", "看", "则"):
        return before in "。；;：:\n" and len(found["n"]) == 1
    return before in "。；;：:，,\n "
