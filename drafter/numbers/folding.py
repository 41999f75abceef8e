"""A view of a text in which numerals look alike, with the way back to the original offsets."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

from drafter.numbers.later import Later

_INVISIBLE = Later(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef]",
)
"""Characters that nobody sees and that split a number in two."""


class Folded(NamedTuple):
    """`text` with full-width forms made narrow and invisible characters taken out.

    `offsets[i]` is where character `i` of `text` stands in the original; None
    when nothing was taken out and the offsets are the same.
    """

    text: str
    original: str
    offsets: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where characters `[start, end)` of the view lie in the original."""
        if self.offsets is None:
            return start, end
        if start == end:
            at = self.offsets[start] if start < len(self.offsets) else len(self.original)
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1

    def hides(self, start: int, end: int) -> bool:
        """Tell whether something invisible stands inside `[start, end)`."""
        if self.offsets is None:
            return False
        first, last = self.span(start, end)
        return last - first != end - start


_OLD_HAN = "兩萬億參叄貳貮弍弐陸壱弌弎卄廾亖千六百零參拾兩陸"
_NEW_HAN = "两万亿叁叁贰贰二二陆壹一三廿廿四千六百零叁拾两陆"
"""Traditional, formal and compatibility forms of Chinese numerals, and the ordinary ones."""

_OLD_WORDS = (
    "戶個條場冊張塊輛頭餘約過達雙項處間歲週畝噸隊課節門樓級類種臺盞對隻員圓圖書區縣鎮鄉該們點線"
    "樣輪屆體團組單鋪擔護戰學資報導開辦參與織調發認選評獲築樹負責領機構統專題環業務經濟費營養產"
    "農動總計歷時僅減長標國號訓傳講實現眾廣館網議談話設備際籍產業"
)
_NEW_WORDS = (
    "户个条场册张块辆头余约过达双项处间岁周亩吨队课节门楼级类种台盏对只员圆图书区县镇乡该们点线"
    "样轮届体团组单铺担护战学资报导开办参与织调发认选评获筑树负责领机构统专题环业务经济费营养产"
    "农动总计历时仅减长标国号训传讲实现众广馆网议谈话设备际籍产业"
)
"""The commonest traditional characters of measure words and of the words round a number."""

RARE_HAN = "㐅㒃㠪㭍𠀁𠁤𠃢𠄡𠤪𠦃𠦌𠦜𠫪𠫽𠬙𢎐𢦘𣬛𦉭"
"""Han characters that stand for numbers and for nothing else, and that nobody writes."""


@cache
def _narrow() -> dict[int, int]:
    """Return the table of characters that have a narrow twin of length one."""
    table = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    for kept in "，。；：！？（）":
        table.pop(ord(kept), None)
    table |= {ord(old): ord(new) for old, new in (("﹪", "%"), ("٪", "%"), ("\u00a0", " "), ("\u3000", " "))}
    table |= {ord(old): ord(new) for old, new in (("﹒", "."), ("﹐", ","))}
    table |= {
        ord(old): ord(new) for old, new in zip(_OLD_HAN + _OLD_WORDS, _NEW_HAN + _NEW_WORDS, strict=True)
    }
    table |= {
        ord(old): ord(new)
        for old, new in (("\u2002", " "), ("\u2003", " "), ("\u2009", " "), ("\u202f", " "))
    }
    return table


def fold(text: str) -> Folded:
    """Return the view of `text` that numerals are read in."""
    narrow = text.translate(_narrow()).replace("\r", " " if "\n" in text else "\n")
    if _INVISIBLE.search(narrow) is None:
        return Folded(narrow, text, None)
    offsets = []
    kept = []
    for at, char in enumerate(narrow):
        if _INVISIBLE.match(char) is None:
            kept.append(char)
            offsets.append(at)
    return Folded("".join(kept), text, tuple(offsets))


@cache
def is_numeral(char: str) -> bool:
    """Tell whether a character that is not ASCII and not Chinese stands for a number: ①, Ⅻ, ½, ٣."""
    if char.isascii():
        return False
    if char in RARE_HAN:
        return True
    if unicodedata.category(char) in ("Nd", "Nl", "No"):
        return True
    if "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff":
        return False
    folded = unicodedata.normalize("NFKC", char)
    return folded != char and any(part.isdecimal() for part in folded)
