"""What is typed into the editor of a section, as a key and the sentences that it names."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from drafter.errors import UsageError

if TYPE_CHECKING:
    from drafter.errors import DrafterError

_KEY = re.compile(r"([a-z?]|[\u4e00-\u9fff]{2,4}?)\s*第?((?:\d+[\s,、句]*)*)")
_KEYS = frozenset("arefnosuyhl?")
_WORDS = {
    "采用": "a",
    "全部采用": "a",
    "都要": "a",
    "不采用": "r",
    "不要": "r",
    "都不要": "r",
    "手改": "e",
    "恢复": "f",
    "确认": "o",
    "再来一版": "n",
    "换一版": "n",
    "撤销": "u",
    "重做": "y",
    "历史": "h",
    "再看": "l",
    "帮助": "?",
    "退出": "q",
    "离开": "q",
}
_HINTS = {
    "没有等着决定": "先输入 压缩、换写法 这样的改法，要一版新写法。",
    "没有改动，不用恢复": "l 再看一遍这一节。",
    "可以撤销": "h 看做过哪些。",
    "可以重做": "h 看做过哪些。",
    "改写记录不全": "h 看做过哪些。",
    "没有发送任何内容": "请离开后加上 --writer compose 再来，或去掉这份材料。",
}


def read_line(line: str) -> tuple[str | None, frozenset[int]]:
    """Return the key of a line and the sentences that it names; None for words that say how to rewrite."""
    folded = unicodedata.normalize("NFKC", line).strip().lower()
    if not folded:
        return "", frozenset()
    if folded.isdecimal():
        raise UsageError(f"要对第{folded[:9]}句做什么？", hint=f"例如 e {folded[:9]} 手改，? 看全部用法。")
    found = _KEY.fullmatch(folded)
    key = _WORDS.get(found[1], found[1]) if found else None
    if found is None or key not in _KEYS:
        if len(folded) == 1 and folded.isascii():
            raise UsageError(f"没有 {line} 这个键。", hint="? 看全部用法。")
        return None, frozenset()
    return key, frozenset(map(int, re.findall(r"\d+", found[2])))


def answer_of(line: str) -> str:
    """Return the key that answers one sentence of a walk; the line itself where it is none."""
    folded = unicodedata.normalize("NFKC", line).strip().lower()
    return _WORDS.get(folded, folded)


def keys_for(error: DrafterError) -> str:
    """Return the hint of an error in the editor's keys; the flags of the command mean nothing here."""
    if "--" not in error.hint:
        return error.hint
    return next((hint for words, hint in _HINTS.items() if words in error.message), "")


def only_number(numbers: frozenset[int]) -> int:
    """Return the one number that a key was typed with.

    Raises:
        UsageError: there is none, or there are several.
    """
    if len(numbers) != 1:
        raise UsageError("要写明是第几句（第几个）。", hint="例如 e 2。")
    return next(iter(numbers))


def leaves(line: str) -> bool:
    """Return whether a line asks to leave the editor."""
    return unicodedata.normalize("NFKC", line).strip().lower() == "q" or _WORDS.get(line.strip()) == "q"
