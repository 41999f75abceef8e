"""Labels of a section: what is wrong with its text, and what it speaks of."""

from __future__ import annotations

import re
from functools import cache

from drafter.reading.words import load_words

_MASK = re.compile(
    r"[×＊]{2,}|[xX]{2,}|\*{2,}|某{2,}|○{2,}|(?<![\d\s])×(?!\d)|(?<=[\u4e00-\u9fff])[xX](?=[\u4e00-\u9fff])|20[xX×]{2}"
)
_ENOUGH = 3
_TOPICS = 3


def quality_of(text: str) -> tuple[str, ...]:
    """Return what a user of `text` must know: stripped-numbers, masked-names."""
    labels = []
    if has_hole(text):
        labels.append("stripped-numbers")
    if _MASK.search(text):
        labels.append("masked-names")
    return tuple(labels)


def has_hole(text: str) -> bool:
    """Whether a measure word of `text` has lost its number."""
    import drafter.numbers  # noqa: PLC0415 - its tables load with the first text

    read = getattr(drafter.numbers, "read_numerals", None)
    return read is not None and any(numeral.kind == "hole" for numeral in read(text))


def topics_of(heading: str, text: str) -> tuple[str, ...]:
    """Return at most three topics, the best first; a word of the heading counts three times."""
    scores = {
        topic: sum(3 * heading.count(word) + text.count(word) for word in words) for topic, words in _topics()
    }
    best = sorted(scores, key=lambda topic: -scores[topic])[:_TOPICS]
    return tuple(topic for topic in best if scores[topic] >= _ENOUGH)


@cache
def _topics() -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = (line.split(":", 1) for line in load_words("topics"))
    return tuple((topic.strip(), tuple(words.split())) for topic, words in rows)
