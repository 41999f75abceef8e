"""The word lists of `data/`, loaded when the first numeral is read."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from drafter.numbers.units import load_units

if TYPE_CHECKING:
    from collections.abc import Iterable

NUMERAL = re.compile(r"[0-9〇零○一二三四五六七八九十百千万亿兆两俩仨廿卅卌壹贰叁肆伍陆柒捌玖拾佰仟幺半首几]")


def load_words(name: str) -> tuple[str, ...]:
    """Return the words of `data/NAME.txt`: separated by white space, lines with `#` left out."""
    text = files("drafter.numbers").joinpath(f"data/{name}.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return tuple(dict.fromkeys(word for line in lines for word in line.split()))


class Lexicon:
    """Finds the longest listed word that has its first numeral character at a given place."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[str, list[tuple[int, str]]] = {}
        for word in words:
            found = NUMERAL.search(word)
            if found is None:
                continue
            at = found.start()
            self._words.setdefault(self._key(word, at), []).append((at, word))
        for entries in self._words.values():
            entries.sort(key=lambda entry: -len(entry[1]))

    @staticmethod
    def _key(text: str, at: int) -> str:
        if at + 1 < len(text):
            return text[at : at + 2]
        return text[at - 1] + "|" + text[at] if at else text[at]

    def match(self, text: str, at: int) -> tuple[int, int] | None:
        """Return the span of the longest word whose first numeral character stands at `at`."""
        best: tuple[int, int] | None = None
        before = text[at - 1] if at else ""
        for key in (text[at : at + 2], f"{before}|{text[at]}"):
            for offset, word in self._words.get(key, ()):
                start = at - offset
                if start >= 0 and text.startswith(word, start) and (not best or len(word) > best[1] - best[0]):
                    best = start, start + len(word)
        return best


@cache
def plain_words() -> Lexicon:
    """Return the words that count nothing: 统一, 进一步, 一流."""
    return Lexicon(load_words("words"))


@cache
def fixed_names() -> Lexicon:
    """Return the fixed expressions: 三个代表, 两委, 五一节."""
    return Lexicon(load_words("names"))


@cache
def measure_words() -> tuple[frozenset[str], int]:
    """Return all measure words and the length of the longest."""
    words = frozenset(load_units())
    return words, max(map(len, words))


def measure_at(text: str, at: int) -> str | None:
    """Return the longest measure word that begins at `at`."""
    words, longest = measure_words()
    for size in range(min(longest, len(text) - at), 0, -1):
        if text[at : at + size] in words:
            return text[at : at + size]
    return None
