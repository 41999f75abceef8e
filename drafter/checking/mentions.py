"""The numbers of facts, past reports and the draft, each with the words that say what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from math import log, sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.model import FACT_KINDS
from drafter.numbers import read_numerals
from drafter.numbers.context import Context, read_contexts
from drafter.numbers.slots import quantities_of, topic_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from drafter.model import Fact, Numeral, Quantity

Grams = dict[str, float]

_NEAR, _TOPIC, _BEFORE, _AROUND, _HEADING = 1.0, 0.6, 0.4, 0.15, 0.4
_SINGLE = 0.35
_WORDS = re.compile(r"[\u3400-\u9fff]+|[A-Za-z]+|\d+")


@dataclass(frozen=True, slots=True)
class Mention:
    """One number in its surroundings; `grams` are weighted character pairs, `near` those next to it.

    `owner` is the position of its fact or past text, or of its paragraph in the draft.
    """

    id: str
    number: Numeral | Quantity
    context: Context
    grams: Grams
    near: Grams
    owner: int
    start: int
    end: int


@cache
def _common() -> re.Pattern[str]:
    text = Path(__file__).with_name("data").joinpath("common.txt").read_text(encoding="utf-8")
    words = [w for line in text.splitlines() if not line.startswith("#") for w in line.split()]
    words.sort(key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def content(text: str) -> str:
    """Return `text` with the words that say nothing of a subject replaced by a space."""
    return _common().sub(" ", text)


def grams_of(text: str, weight: float = 1.0, into: Grams | None = None) -> Grams:
    """Return the characters and character pairs of the content words of `text` with their weights."""
    grams: Grams = {} if into is None else into
    for match in _WORDS.finditer(content(text)):
        word = match.group()
        if not "\u3400" <= word[0] <= "\u9fff":
            grams[word] = max(grams.get(word, 0.0), weight)
            continue
        for position, character in enumerate(word):
            if grams.get(character, 0.0) < weight * _SINGLE:
                grams[character] = weight * _SINGLE
            pair = word[position : position + 2]
            if len(pair) == 2 and grams.get(pair, 0.0) < weight:
                grams[pair] = weight
    return grams


def fact_mentions(facts: Sequence[Fact]) -> list[Mention]:
    """Return the numbers of `facts` in order, with the ids that the facts give them."""
    found: list[Mention] = []
    for owner, fact in enumerate(facts):
        found += text_mentions(fact.text, owner, fact.id, heading=fact.topic, quantities=fact.quantities)
    return found


def text_mentions(
    text: str, owner: int, name: str, *, heading: str = "", quantities: Iterable[Quantity] = ()
) -> list[Mention]:
    """Return the numbers of one fact or past text, numbered `name`.1 … as `read_quantities` does."""
    numerals = read_numerals(text)
    contexts = read_contexts(text, numerals)
    by_span = {(q.span.start, q.span.end): q for q in quantities} or {
        (q.span.start, q.span.end): q for q in quantities_of(text, numerals, name)
    }
    blanked = blank(text, numerals)
    topic = topic_of(text)
    found = []
    for numeral, context in zip(numerals, contexts, strict=True):
        quantity = by_span.get((numeral.start, numeral.end))
        if numeral.kind not in FACT_KINDS or quantity is None:
            continue
        near, grams = weigh(blanked, numeral, context, (topic, heading))
        found.append(Mention(quantity.id, quantity, context, grams, near, owner, numeral.start, numeral.end))
    return found


def weigh(blanked: str, numeral: Numeral, context: Context, topics: tuple[str, str]) -> tuple[Grams, Grams]:
    """Return (grams next to the number, grams of all its surroundings, nearer ones heavier)."""
    topic, heading = topics
    near = grams_of(context.head)
    grams_of(context.tail, into=near)
    grams = dict(near)
    if topic:
        grams_of(topic, _TOPIC, grams)
    if heading:
        grams_of(heading, _HEADING, grams)
    grams_of(blanked[context.clause.start : context.clause.end], _BEFORE, grams)
    before = blanked[context.segment.start : context.clause.start].rstrip("，,、：:；; ")
    previous = re.split(r"[，,：:；;]", before)[-1]
    grams_of(previous, _BEFORE, grams)
    grams_of(blanked[context.sentence.start : context.sentence.end], _AROUND, grams)
    return near, grams


def blank(text: str, numerals: Sequence[Numeral]) -> str:
    """Return `text` with its numbers (not its names) replaced by commas of the same length."""
    parts: list[str] = []
    last = 0
    for numeral in numerals:
        if numeral.kind == "name" or numeral.start < last:
            continue
        parts += (text[last : numeral.start], "□" * (numeral.end - numeral.start))
        last = numeral.end
    parts.append(text[last:])
    return "".join(parts)


class Likeness:
    """Measures how alike the surroundings of two numbers are, rare words counting more.

    How rare a word is, is counted among the facts of this check.
    """

    def __init__(self, mentions: Iterable[Mention]) -> None:
        """Count in how many owners each gram occurs."""
        owners: dict[str, set[int]] = {}
        everyone: set[int] = set()
        for mention in mentions:
            everyone.add(mention.owner)
            for gram in mention.grams:
                owners.setdefault(gram, set()).add(mention.owner)
        total = len(everyone) + 1
        self._idf = {gram: 0.3 + log(total / len(who)) for gram, who in owners.items()}
        self._rare = 0.3 + log(total)
        self._norms: dict[int, float] = {}

    def idf(self, gram: str) -> float:
        """Return the weight of `gram`."""
        return self._idf.get(gram, self._rare)

    def __call__(self, first: Mention, second: Mention) -> float:
        """Return how well two numbers agree in what stands round them, 0 to 1; what stands next counts double."""
        dot = self._dot(first.grams, second.grams)
        if dot == 0.0:
            return 0.0
        return (dot / sqrt(self._norm(first) * self._norm(second)) + self.near(first, second)) / 2

    def near(self, first: Mention, second: Mention) -> float:
        """Return how alike the words right beside two numbers are."""
        dot = self._dot(first.near, second.near)
        if dot == 0.0:
            return 0.0
        return dot / sqrt(self._dot(first.near, first.near) * self._dot(second.near, second.near))

    def overlap(self, part: Mapping[str, float], whole: Mapping[str, float]) -> float:
        """Return how much of `part` occurs in `whole`, 0 to 1."""
        total = sum(self.idf(gram) for gram in part)
        return sum(self.idf(gram) for gram in part if gram in whole) / total if total else 0.0

    def _dot(self, first: Grams, second: Grams) -> float:
        if len(first) > len(second):
            first, second = second, first
        idf = self._idf
        return sum(w * second[g] * idf.get(g, self._rare) for g, w in first.items() if g in second)

    def _norm(self, mention: Mention) -> float:
        key = id(mention)
        norm = self._norms.get(key)
        if norm is None:
            norm = self._norms[key] = self._dot(mention.grams, mention.grams)
        return norm
