"""List markers, page and article numbers: numerals that order the text itself."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from drafter.numbers.chinese import read_chinese
from drafter.numbers.later import Later
from drafter.numbers.lexicon import measure_at
from drafter.numbers.page import Page, Reading

if TYPE_CHECKING:
    import re

_N = "(?![五六七八]一)[一二三四五六七八九十百零〇]{1,4}"
_LINE_HAN = Later(rf"(?P<n>{_N})(?:[、.．,，:：]| +(?=[^\x00-\x7f\W]))")
_LINE_LEVEL = Later(r"(?P<n>\d{1,2}(?:\.\d{1,2}){1,3})[ 、.．]*(?=[^\x00-\x7f\W])(?![万亿余多月])")
_LINE_ARABIC = Later(
    r"(?P<n>\d{1,2})(?:[、)）]|[.．](?:(?!\d)"
    r"|(?=\d{1,2} ?(?:[-—–~～至到] ?\d{1,2} ?)?月|(?:19|20)\d\d ?年))"
    r"|[,，:：](?=[^\x00-\x7f\W]))",
)
_LINE_WIDE = Later(r"(?P<n>\d{1,2})\.")
_WIDE_DOT = Later(r"[\d１-９０]{1,2}．(?!\d*[万亿])")
"""A full-width dot at the head of a line ends a marker even before a digit: 1．520余名学生."""
_BRACKET = Later(rf"[（(【〔\[] ?(?P<n>{_N}|\d{{1,2}}) ?[)）】〕\]]")
_CHAPTER = Later(
    rf"第 ?(?P<n>{_N}|\d{{1,4}}) ?"
    r"(?:页 ?[，,]?共 ?\d{1,4} ?页|(?:章|节|条|款|篇|部分|页|讲|编)(?![件街路龙线]))"
)
_POINT = Later(r"第(?P<n>[一二三四五六七八九十]{1,2})(?:是|要|就是|[，,、:：])")
_ARTICLE = Later(rf"篇(?P<n>{_N}|\d{{1,2}})(?![^\s:：】)）、.,，])")
_MEMBER = Later(r"(?P<n>[一二三四五六七八九十]{1,2}|\d{1,2}(?=是))(?P<word>是|要|则|抓|靠|看|来(?=[，,是]))")
_OTHER = Later(r"(?:其|之)(?P<n>[一二三四五六七八九十])(?=[，,是、:：。])")
_SIDE = Later(r"另?(?P<n>一)方面")
_LOOSE = Later(r"(?P<n>\d{1,2}) +(?=[^\x00-\x7f\W]{2})")
_INLINE_ARABIC = Later(
    r"(?P<n>\d{1,2})(?:、|[.．](?!\d)|[)）])(?=[“\" *×'‘《【（(]|[^\x00-\x7f\W])(?![、.．]? ?\d)",
)
_INLINE_HAN = Later(
    r"(?P<n>(?![五六七八]一)[一二三四五六七八九十]{1,3})、(?=(?:[^\x00-\x7f\W]|“))(?![二三四五六七八九])"
)
_PAGE = Later(r"(?P<n>\d{1,3})(?= ?[-—]? ?[ \t]*(?:\n|$))")
_REACH = 40
_LONG_LINE = 12
_BOUNDARY = '。；;：:！!？?，,、\n \t“”"）)】>》'
_HEADING = Later(r"(?<=[）)])[^\x00-\x7f\W]{2}")


def marker_at(page: Page, at: int, floor: int) -> Reading | None:
    """Return the list marker, page or article number whose numeral stands at `at`."""
    for read in (_bracketed, _announced, _line_marker, _member, _inline_marker, _page_number):
        found = read(page, at, floor)
        if found is not None:
            digits = found["n"]
            value = Decimal(digits) if digits.isdigit() else read_chinese(digits)
            return Reading(found.start(), found.end(), "structural", value)
    return None


def _opens_clause(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in _BOUNDARY


def _bracketed(page: Page, at: int, floor: int) -> re.Match[str] | None:
    """Match （一） and (2) at the head of a line, a clause or a heading."""
    if at <= floor or page.text[at - 1] not in "（(【〔[":
        return None
    found = _BRACKET.match(page.text, at - 1)
    if found is None:
        return None
    heads = page.line_start(at - 1) or _opens_clause(page.text, at - 1)
    return found if heads or _HEADING.match(page.text, found.end()) else None


def _announced(page: Page, at: int, floor: int) -> re.Match[str] | None:
    """Match 第三章, 第二， and 篇一."""
    text = page.text
    if at <= floor:
        return None
    if text[at - 2 : at] == "第 " and at - 1 > floor:
        return _CHAPTER.match(text, at - 2)
    if text[at - 1] == "第":
        point = _POINT.match(text, at - 1) if _opens_clause(text, at - 1) else None
        return point or _CHAPTER.match(text, at - 1)
    return _ARTICLE.match(text, at - 1) if text[at - 1] == "篇" else None


def _line_marker(page: Page, at: int, _floor: int) -> re.Match[str] | None:
    """Match 一、 2. and 3.1 at the head of a line."""
    if not page.line_start(at):
        return None
    level = _LINE_LEVEL.match(page.text, at)
    if level and measure_at(page.text, level.end()):
        level = None
    wide = _WIDE_DOT.match(page.folded.original, page.folded.span(at, at)[0])
    arabic = _LINE_WIDE.match(page.text, at) if wide else _LINE_ARABIC.match(page.text, at)
    found = _LINE_HAN.match(page.text, at) or level or arabic or _loose(page, at)
    if found and found.group()[-1] in ",，" and measure_at(page.text, found.end()):
        return None
    return found


def _loose(page: Page, at: int) -> re.Match[str] | None:
    """Match a number that only a space parts from the words it heads: 2 超额完成任务."""
    found = _LOOSE.match(page.text, at)
    return None if found is None or measure_at(page.text, found.end()) else found


def _member(page: Page, at: int, floor: int) -> re.Match[str] | None:
    """Match 一是, 二要, 其一, 另一方面: members of a list inside a paragraph."""
    text = page.text
    before = text[at - 1] if at else "\n"
    found = _MEMBER.match(text, at)
    if found and _is_enumerator(before, found):
        return found
    if at > floor and before in "其之":
        return _OTHER.match(text, at - 1)
    return _SIDE.match(text, at - 1 if before == "另" and at > floor else at)


def _is_enumerator(before: str, found: re.Match[str]) -> bool:
    """Tell whether 一是, 二要, 三抓 opens a member of a list rather than counting something."""
    if found["word"] == "是":
        return before not in "统之第同每某专唯这那单合九八十百千万0123456789."
    if found["word"] in ("抓", "靠", "看", "则"):
        return before in "。；;：:\n" and len(found["n"]) == 1
    return before in "。；;：:，,\n "


def _inline_marker(page: Page, at: int, _floor: int) -> re.Match[str] | None:
    """Match 1、 and 二、 behind a full stop."""
    text = page.text
    before = text[at - 1] if at else "\n"
    if before not in "。；;：: \n\t）)" or (before == " " and _in_brackets(text, at)):
        return None
    found = _INLINE_ARABIC.match(text, at)
    if found is None and before in "。\n \t":
        found = _INLINE_HAN.match(text, at)
        if found and measure_at(text, found.end()):
            return None
    if found is None and text[max(0, at - 2) : at] in ("  ", "。 ", "； "):
        found = _loose(page, at)
    return found


def _in_brackets(text: str, at: int) -> bool:
    """Tell whether a bracket is open in front of `at`: 11家（关停 7、升级 4）."""
    lead = text[max(0, at - _REACH) : at]
    return max(lead.rfind("（"), lead.rfind("(")) > max(lead.rfind("）"), lead.rfind(")"))


def _page_number(page: Page, at: int, _floor: int) -> re.Match[str] | None:
    """Match a page number: alone on its line, behind a sentence, or cutting a word in two."""
    text, found = page.text, _PAGE.match(page.text, at)
    if found is None:
        return None
    line = text[max(text.rfind("\n", max(0, at - _REACH), at) + 1, at - _REACH) : at].strip(" -—")
    if not line:
        return found if at + len(found["n"]) < len(text.rstrip()) or text[:at].strip() else None
    if text[at - 1] not in " \t":
        return None
    if page.before(at, 6).rstrip()[-1:] in "。！？!?”":
        return found
    cuts = len(found["n"]) < 3 and len(line) > _LONG_LINE and text.startswith("\n\n", found.end())
    return found if cuts else None
