"""Words of Chinese text: cutting, content words, and the word lists of the writer.

Cutting is rjieba's; the lists are data files under `data/`, one word a line,
`#` for comments. A workspace may add its own lines in `words/NAME.txt`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from drafter.reading.cutting import Token, cut, in_dictionary

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Token",
    "content_words",
    "covered_share",
    "covers",
    "cut",
    "in_dictionary",
    "is_han",
    "lines_of",
    "says",
    "telling_words",
    "without_references",
    "words_of",
]

_HAN = re.compile(r"[\u3400-\u9fff]")
_REFERENCE = re.compile(r"\{[^{}]*\}")


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the words of the data file `name` (without `.txt`)."""
    return frozenset(lines_of(name))


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """Return the lines of the data file `name` in order, comments and blanks left out."""
    text = resources.files("drafter.writing").joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def is_han(char: str) -> bool:
    """Return whether `char` is a Chinese character."""
    return _HAN.match(char) is not None


def without_references(text: str) -> str:
    """Return `text` without its `{F1.1}`."""
    return _REFERENCE.sub("", text)


@lru_cache(maxsize=20_000)
def content_words(text: str) -> tuple[str, ...]:
    """Return the words of `text` that say what it is about, fillers and function words left out."""
    fillers = words_of("fillers")
    return tuple(
        token.text
        for token in cut(without_references(text))
        if token.text not in fillers
        and token.tag[0] not in "xmupcdrefqy"
        and any(is_han(char) or char.isalpha() for char in token.text)
        and (len(token.text) > 1 or token.tag[0] in "nv")
    )


@lru_cache(maxsize=20_000)
def telling_words(text: str) -> tuple[str, ...]:
    """Return the words of `text` that change what it says: all but fillers, particles and marks."""
    fillers = words_of("fillers")
    return tuple(
        token.text
        for token in cut(text)
        if token.text not in fillers and token.tag[0] not in "xu" and any(map(str.isalnum, token.text))
    )


def covered_share(words: Sequence[str], text: str) -> float:
    """Return which part of `words` (one at least), by their characters, `text` says."""
    weight = sum(map(len, words))
    return sum(len(word) for word in words if covers(text, word)) / weight


def covers(text: str, word: str) -> bool:
    """Return whether `text` speaks of `word`: says it, or half of its characters (装 for 安装)."""
    if word in text:
        return True
    shared = sum(char in text for char in word)
    return len(word) > 1 and shared * 2 >= len(word)


def says(words: Sequence[str], text: str, word: str) -> bool:
    """Return whether `text`, whose content words are `words`, says `word` and nothing else by it.

    A word of one character says any longer one that it is part of (装 says 安装),
    but 开工 does not say 竣工.
    """
    return word in text or any(len(short) == 1 and short in word for short in words)
