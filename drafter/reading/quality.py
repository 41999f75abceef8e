"""Labels of a section: what is wrong with its text, and what it speaks of."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from drafter.numbers import read_numerals
from drafter.reading.words import load_words

_MASK = re.compile(
    r"[×＊]{2,}|[xX]{2,}|\*{2,}|某{2,}|○{2,}|_{2,}|\*(?=[\u4e00-\u9fff])|20[_*]{1,2}|(?<![\d\s])×(?!\d)|(?<=[\u4e00-\u9fff])[xX](?=[\u4e00-\u9fff])|20[xX×]{2}"
)
_ENOUGH = 3
_TOPICS = 3
_ENDLESS = 50_000
_WEIGHT = 3


def quality_of(text: str) -> tuple[str, ...]:
    """Return what a user of `text` must know: stripped-numbers, masked-names."""
    labels = []
    if has_hole(text):
        labels.append("stripped-numbers")
    if _MASK.search(text):
        labels.append("masked-names")
    return tuple(labels)


def has_hole(text: str) -> bool:
    """Whether a measure word of `text` has lost its number; endless texts are not searched."""
    return len(text) <= _ENDLESS and any(numeral.kind == "hole" for numeral in read_numerals(text))


def topics_of(heading: str, text: str) -> tuple[str, ...]:
    """Return at most three topics, the best first; a word of the heading counts three times."""
    both = f"{heading}\n{text}"
    pairs = {both[place : place + 2] for place in range(len(both) - 1)}
    scores: Counter[str] = Counter()
    for pair in pairs & _words().keys():
        for topic, word in _words()[pair]:
            scores[topic] += _WEIGHT * heading.count(word) + text.count(word)
    best = sorted(scores, key=lambda topic: (-scores[topic], _ranks()[topic]))[:_TOPICS]
    return tuple(topic for topic in best if scores[topic] >= _ENOUGH)


@cache
def _topics() -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = (line.split(":", 1) for line in load_words("topics"))
    return tuple((topic.strip(), tuple(words.split())) for topic, words in rows)


@cache
def _ranks() -> dict[str, int]:
    return {topic: rank for rank, (topic, _) in enumerate(_topics())}


@cache
def _words() -> dict[str, list[tuple[str, str]]]:
    """Return topics and words by the first two characters of the word."""
    found: dict[str, list[tuple[str, str]]] = {}
    for topic, words in _topics():
        for word in words:
            found.setdefault(word[:2], []).append((topic, word))
    return found
