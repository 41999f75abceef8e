"""Personal data in a text: identity numbers, telephones, bank cards and the like.

What is found is masked character by character, so that places keep and no
digit of it can become a number of a report.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from drafter.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

MASK = "＊"
"""What stands for each character of a datum that was masked."""

_WIDE = "".join(
    chr(code) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
)
_FOLD = str.maketrans(_WIDE + "－＠．＋\u3000", "".join(chr(ord(sign) - 0xFEE0) for sign in _WIDE) + "-@.+ ")
_FREE = r"(?<![0-9A-Za-z])"
_END = r"(?![0-9A-Za-z])"
_MONEY = r"(?!\s?[余多万亿]{0,2}元)"
_GAP = r"[ \-\u200b\u200c\u200d\u2060]?"
_DATE8 = r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_DATE6 = r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_REGION = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"

_LIKELY = re.compile(rf"\d(?:{_GAP}\d){{6}}|@|[A-Z][·•\s]?[A-Z0-9]{{5}}")
_ALONE = r"(?<![0-9A-Za-z.])"
_SOURCES: tuple[tuple[str, str], ...] = (
    ("电子邮箱", r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9][A-Za-z0-9_.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    ("身份证号", rf"{_FREE}{_REGION}(?:{_GAP}\d){{15}}{_GAP}[\dXx]{_END}"),
    ("身份证号", rf"{_FREE}{_REGION}\d{{4}}{_DATE6}\d{{3}}{_END}{_MONEY}"),
    ("统一社会信用代码", rf"{_FREE}[0-9A-HJ-NPQRTUWXY]{{2}}\d{{6}}[0-9A-HJ-NPQRTUWXY]{{10}}{_END}"),
    ("银行卡号", rf"{_FREE}[3-6](?:{_GAP}\d){{14,18}}{_END}{_MONEY}"),
    ("手机号", rf"{_ALONE}(?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}{_END}(?!\.\d){_MONEY}"),
    (
        "固定电话",
        rf"{_ALONE}(?:[(（]0\d{{2,3}}[)）]{_GAP}|0\d{{2,3}}[- ])\d{{7,8}}(?:-\d{{1,5}})?{_END}{_MONEY}",
    ),
    ("固定电话", rf"(?:(?<=电话[:：])|(?<=电话))\s*[2-8]\d{{6,7}}{_END}"),
    ("车牌号", rf"[{_PROVINCE}][A-HJ-NP-Z][·•\s]?(?=[A-Z0-9]*\d)[A-HJ-NP-Z0-9]{{5,6}}{_END}"),
    ("护照号", rf"{_FREE}(?:[EGDPS]\d{{8}}|E[A-HJ-NP-Z]\d{{7}}){_END}"),
)
_NUMERAL = re.compile(r"[\d〇零一二两三四五六七八九十百千万亿]$")
_OWNER = r"其|本人|联系|手机|移动|办公|公民|居民|银行|账户|车辆|统一|社会|信用|护照|电子"
_NAME = (
    r"身份证号码?|身份证|手机号码?|手机|电话号码?|电话|号码|卡号|银行卡号?|账号|"
    r"邮箱|邮件|代码|车牌号?码?|护照号?码?"
)


class Private(NamedTuple):
    """A datum about a person or an account: what kind it is and where it stands."""

    kind: str
    span: Span


def find_private(text: str) -> tuple[Private, ...]:
    """Return the personal data of `text` in order, none overlapping.

    Eighteen digits with a province and a date of birth in them are an identity
    number, and so are any behind the word 身份证. Credit codes and bank cards
    count when their check digit holds. A measure word behind makes none of them
    a count; only 元 does.
    """
    folded = text.translate(_FOLD)
    if not _LIKELY.search(folded):
        return ()
    found: list[Private] = []
    for kind, start, end in _candidates(folded):
        if all(end <= other.span.start or start >= other.span.end for other in found):
            found.append(Private(kind, Span(start, end)))
    return tuple(sorted(found, key=lambda datum: datum.span))


def mask_private(text: str) -> str:
    """Return `text`, as long as before, with `＊` for each character of its personal data."""
    masked = text
    for datum in find_private(text):
        masked = (
            masked[: datum.span.start] + MASK * (datum.span.end - datum.span.start) + masked[datum.span.end :]
        )
    return masked


def without_masks(text: str) -> str:
    """Return `text` without what was masked and the label before it: `，电话：＊＊＊` goes as a whole.

    The words on both sides stay apart, or 张六＊＊＊人在外 would count six persons.
    """
    return _label().sub(_gone, text).strip("，,、；;：: ") if MASK in text else text


def _gone(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()], match.string[match.end() :]
    return "，" if _NUMERAL.search(before) and after[:1].isalnum() else ""


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(source)) for kind, source in _SOURCES)


@cache
def _label() -> re.Pattern[str]:
    """Return what a masked datum stands in: comma, bracket, the name of the datum, colon."""
    named = rf"(?:{_OWNER})*(?:{_NAME})?[为是]?[:：\s]*{MASK}+"
    return re.compile(rf"[（(【]{named}[）)】]|[，,、；;\s]*{named}")


def _candidates(text: str) -> Iterator[tuple[str, int, int]]:
    for kind, pattern in _patterns():
        for match in pattern.finditer(text):
            bare = re.sub(r"[^0-9A-Za-z]", "", match.group())
            before = text[max(0, match.start() - 10) : match.start()]
            if _holds(kind, bare, before):
                yield kind, match.start(), match.end()


def _holds(kind: str, bare: str, before: str) -> bool:
    if kind == "身份证号" and len(bare) == 18:
        return _is_like_identity(bare) or "身份证" in before
    if kind == "身份证号":
        return "身份证" in before or "证件" in before
    if kind == "统一社会信用代码":
        return _is_credit_code(bare) or "信用代码" in before
    if kind == "银行卡号":
        return _is_luhn(bare) or any(word in before for word in ("卡号", "账号", "银行卡", "账户"))
    return True


def _is_like_identity(digits: str) -> bool:
    """GB 11643: a date of birth within; a check character that does not fit is a slip of the pen."""
    return re.fullmatch(rf"\d{{6}}{_DATE8}\d{{3}}[\dXx]", digits) is not None


def _is_credit_code(code: str) -> bool:
    """GB 32100: a check sign over the first 17 signs, weights being powers of 3 modulo 31."""
    values = [_CREDIT_SIGNS.find(sign) for sign in code]
    if len(values) != 18 or min(values) < 0:
        return False
    total = sum(value * pow(3, place, 31) for place, value in enumerate(values[:17]))
    return (31 - total % 31) % 31 == values[17]


def _is_luhn(digits: str) -> bool:
    """ISO/IEC 7812: every second digit from the right doubled, the digits' sum a multiple of ten."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
