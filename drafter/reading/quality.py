"""Labels of a section: what is wrong with its text, and what it speaks of."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from drafter.numbers import read_numerals
from drafter.numbers.later import Later
from drafter.reading.words import load_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Numeral

_MASK = Later(
    r"[×＊]{2,}|[xX]{2,}|\*{2,}|某{2,}|○{2,}|_{2,}|\*(?=[\u4e00-\u9fff])|20[_*]{1,2}|(?<![\d\s])×(?!\d)|(?<=[\u4e00-\u9fff])[xX](?=[\u4e00-\u9fff])|20[xX×]{2}"
)
_COUNT = Later(r"([\u4e00-\u9fff]{1,3}[数量])(?:已|均|共|总)?(?:达到?|为|共?计|约|近|是|有|[:：])?$")
_MASKS = frozenset("×＊xX*某○_")
_BEFORE = 12
_SAME_UNITS = {"名": "人", "位": "人", "个": "人"}
_ENOUGH = 3
_TOPICS = 3
_ENDLESS = 50_000
_WEIGHT = 3


def quality_of(text: str) -> tuple[str, ...]:
    """Return what a user of `text` must know: stripped-numbers, masked-names, mixed-units.

    The numbers of endless texts are not read.
    """
    numerals = read_numerals(text) if len(text) <= _ENDLESS else ()
    labels = []
    if any(numeral.kind == "hole" for numeral in numerals):
        labels.append("stripped-numbers")
    if not _MASKS.isdisjoint(text) and _MASK.search(text):
        labels.append("masked-names")
    if has_mixed_units(text, numerals):
        labels.append("mixed-units")
    return tuple(labels)


def has_mixed_units(text: str, numerals: Sequence[Numeral]) -> bool:
    """Whether one number of people or things is given now in 人 or 次, now in 人次 (参学人数2190次 … 44人次).

    Only what the text itself calls a number (…人数, …户数, …量) is compared,
    so that 学习24次 beside 参加44人次 is no mixture.
    """
    units: dict[str, set[str]] = {}
    for numeral in numerals:
        if numeral.kind == "quantity" and numeral.unit:
            before = text[max(0, numeral.start - _BEFORE) : numeral.start]
            found = _COUNT.search(before) if "数" in before or "量" in before else None
            if found:
                units.setdefault(found[1], set()).add(_SAME_UNITS.get(numeral.unit, numeral.unit))
    return any(len(each) > 1 and any(unit.endswith("次") for unit in each) for each in units.values())


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
