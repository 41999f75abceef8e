"""The paragraphs of a draft with their numbers and the notes that each of them speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drafter.checking.direct import clash
from drafter.checking.mentions import Mention, blank, grams_of, weigh
from drafter.model import Span
from drafter.numbers.compare import supports
from drafter.numbers.context import read_contexts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.checking.book import Book
    from drafter.model import Numeral

_LINE = re.compile(r"[^\r\n]+")
_HEADING = re.compile(r"^\s*(?:#{1,6}\s|[（(]?[一二三四五六七八九十]{1,3}[、）)．.])[^。；]{2,40}$")
OWN = 0.34
"""A paragraph speaks of a fact from this share of its words and numbers on."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the draft: its numbers and how much it speaks of each fact."""

    span: Span
    heading: str
    mentions: Sequence[Mention]
    affinity: Mapping[int, float]

    @property
    def own(self) -> frozenset[int]:
        """The positions of the facts that the paragraph speaks of."""
        return frozenset(place for place, score in self.affinity.items() if score >= OWN)


def read_paragraphs(plain: str, numerals: Sequence[Numeral], book: Book) -> tuple[str, list[Paragraph]]:
    """Return the text with its numbers blanked and its paragraphs in order."""
    contexts = read_contexts(plain, numerals)
    blanked = blank(plain, numerals)
    found: list[Paragraph] = []
    heading = ""
    index = 0
    for owner, line in enumerate(_LINE.finditer(plain)):
        span = Span(line.start(), line.end())
        mentions = []
        while index < len(numerals) and numerals[index].start < span.end:
            numeral, context = numerals[index], contexts[index]
            near, grams = weigh(blanked, numeral, context, ("", heading))
            mentions.append(Mention("", numeral, context, grams, near, owner, numeral.start, numeral.end))
            index += 1
        words = blanked[span.start : span.end]
        affinity = _affinity(f"{heading} {words}", mentions, book)
        found.append(Paragraph(span, heading, mentions, affinity))
        if _HEADING.match(line.group()):
            heading = words
    return blanked, found


def _affinity(words: str, mentions: Sequence[Mention], book: Book) -> dict[int, float]:
    grams = grams_of(words)
    scores = [book.likeness.overlap(own, grams) for own in book.fact_grams]
    hits = [0] * len(book.facts)
    counts = [0] * len(book.facts)
    for source in book.numbers:
        counts[source.owner] += 1
        if scores[source.owner] <= 0:
            continue
        if any(supports(source.number, m.number) and not clash(m, source) for m in mentions):
            hits[source.owner] += 1
    return {
        place: score + (0.4 * hits[place] / counts[place] if counts[place] else 0.0)
        for place, score in enumerate(scores)
        if score > 0
    }
