"""The word lists of `data/`, loaded when the first numeral is read."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.numbers.later import Later
from drafter.numbers.units import load_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NUMERAL = Later(
    r"[0-9〇零○一二三四五六七八九十百千万亿兆两俩仨廿卅卌壹贰叁肆伍陆柒捌玖拾佰仟半首几]",
)


def _lines(name: str) -> list[str]:
    """Return the lines of `data/NAME.txt` that are no comments."""
    text = Path(__file__).with_name("data").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def load_words(name: str) -> tuple[str, ...]:
    """Return the words of `data/NAME.txt`, which are separated by white space."""
    return tuple(dict.fromkeys(word for line in _lines(name) for word in line.split()))


@cache
def load_table(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the `key: words` lines of `data/NAME.txt`; lines with the same key are joined."""
    table: dict[str, tuple[str, ...]] = {}
    for line in _lines(name):
        key, _, words = line.partition(":")
        table[key.strip()] = (*table.get(key.strip(), ()), *words.split())
    return table


def any_of(words: Iterable[str]) -> str:
    """Return the pattern that matches the longest of `words`."""
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"


class Lexicon:
    """Finds the longest listed word that has its first numeral character at a given place."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[str, list[tuple[int, str]]] = {}
        for word in words:
            found = _NUMERAL.search(word)
            if found is not None:
                at = found.start()
                self._words.setdefault(self._key(word, at), []).append((at, word))
        for entries in self._words.values():
            entries.sort(key=lambda entry: -len(entry[1]))

    @staticmethod
    def _key(text: str, at: int) -> str:
        """Return the numeral character with its right neighbour, else with its left one."""
        if at + 1 < len(text):
            return text[at : at + 2]
        return f"{text[at - 1]}|{text[at]}" if at else text[at]

    def match(self, text: str, at: int) -> tuple[int, int] | None:
        """Return the span of the longest word whose first numeral character stands at `at`."""
        best: tuple[int, int] | None = None
        before = text[at - 1] if at else ""
        for key in (text[at : at + 2], f"{before}|{text[at]}", text[at]):
            for offset, word in self._words.get(key, ()):
                start = at - offset
                longer = best is None or len(word) > best[1] - best[0]
                if start >= 0 and longer and text.startswith(word, start):
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
def _ordinary_words() -> tuple[frozenset[str], int]:
    """Return the everyday words with a measure word in them and the length of the longest."""
    words = frozenset(load_words("ordinary"))
    return words, max(map(len, words))


def in_ordinary_word(text: str, at: int) -> bool:
    """Tell whether the character at `at` belongs to an everyday word: 枝头, 高峰期, 楼栋长."""
    words, longest = _ordinary_words()
    return any(
        text[start : start + size] in words
        for start in range(max(0, at - longest + 1), at + 1)
        for size in range(at - start + 1, longest + 1)
    )


@cache
def _nouns() -> Mapping[str, tuple[str, ...]]:
    """Return the nouns that begin like a measure word (群众, 平台) by their first character."""
    nouns = load_table("contexts")["nouns"]
    return {noun[0]: tuple(word for word in nouns if word[0] == noun[0]) for noun in nouns}


@cache
def _measure_words() -> tuple[frozenset[str], int]:
    """Return all measure words and the length of the longest."""
    words = frozenset(load_units())
    return words, max(map(len, words))


def measure_at(text: str, at: int) -> str | None:
    """Return the longest measure word that begins at `at`."""
    words, longest = _measure_words()
    if any(text.startswith(noun, at) for noun in _nouns().get(text[at : at + 1], ())):
        return None
    for size in range(min(longest, len(text) - at), 0, -1):
        if text[at : at + size] in words:
            return text[at : at + size]
    return None
