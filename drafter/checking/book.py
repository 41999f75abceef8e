"""All that a draft may rest on: this year's facts and the past reports, read once per check."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import count
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.earlier import as_earlier
from drafter.checking.likeness import Likeness
from drafter.checking.mentions import Grams, Mention, fact_mentions, grams_of, text_mentions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.draftfile import Definition
    from drafter.model import Fact, Quantity, Where

_NAMES = 0.6
"""From this share of the words beside a number on they name the number of a note."""
_CLAUSE = 0.4
"""The weight of words that stand in the clause of a number or closer."""
_SINGLE = 0.35
"""The weight of a character against that of a pair."""
_ANYBODY = frozenset(("参加", "参与", "受益", "惠及", "参训", "到场", "报名", "受训"))
"""What people do everywhere: it names no number."""
_PASSAGE = re.compile(r"P\d+")
_PAST_NUMBER = re.compile(r"(P\d+)\.\d+")


class PastText(NamedTuple):
    """A passage of a past report, number i being `P{i+1}`; title, year, period and unit are the report's.

    One that is only `quoted` was looked up for the numbers it lends; the draft
    is not compared with its words.
    """

    title: str
    text: str
    where: Where | None = None
    year: int | None = None
    period: str | None = None
    unit: str | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """The sources of one check; `by_id` holds every quantity, `F3.1` and `P1.2` alike."""

    facts: Sequence[Fact]
    past: Sequence[PastText]
    past_names: Sequence[str]
    numbers: Sequence[Mention]
    past_numbers: Sequence[Mention]
    likeness: Likeness
    fact_grams: Sequence[Grams]
    sizes: Sequence[int]
    units: frozenset[str]
    words: frozenset[str]
    """Every pair of neighbouring characters of the sources, numbers aside: 老人 is a word here, not 人."""
    by_id: Mapping[str, Mention]
    by_key: Mapping[str, Sequence[Mention]]
    past_by_key: Mapping[str, Sequence[Mention]]
    quantities: Mapping[str, Quantity]
    by_gram: Mapping[str, Sequence[Mention]]
    """The numbers of the notes by the words that stand right beside them."""
    year: int | None = None
    """The report's own year; `period` is what of it the report covers."""
    period: str | None = None

    def named_by(self, mention: Mention, sources: Sequence[Mention]) -> Mention | None:
        """Return a number of another note that the words beside `mention` name, and `sources` do not.

        `sources` are the numbers that it rests on by its value.
        """
        words = mention.words
        if any(words & source.grams.keys() for source in sources):
            return None
        words -= _ANYBODY
        if not words:
            return None
        if len(words) == 1 and any(_in_clause(mention) & source.near.keys() for source in sources):
            return None
        owners = {source.owner for source in sources}
        shared = Counter(id(other) for gram in words for other in self.by_gram.get(gram, ()))
        for source in (other for gram in words for other in self.by_gram.get(gram, ())):
            if (
                source.owner not in owners
                and not source.context.bounds
                and shared[id(source)] >= _NAMES * len(words)
            ):
                return source
        return None

    def where(self, quantity_id: str) -> tuple[Where, ...]:
        """Return the place of the fact or passage that a quantity, or a fact itself, stands in."""
        mention = self.by_id.get(quantity_id)
        if mention is None:
            return tuple(fact.where for fact in self.facts if fact.id == quantity_id)
        if quantity_id.startswith("P"):
            place = self.past[mention.owner].where
            return (place,) if place is not None else ()
        return (self.facts[mention.owner].where,)

    def fact_id(self, mention: Mention) -> str:
        """Return the id of the fact or passage that `mention` belongs to."""
        if mention.id.startswith("P"):
            return self.past_names[mention.owner]
        return self.facts[mention.owner].id


def past_places(definitions: Mapping[str, Definition]) -> dict[str, Definition]:
    """Return where each past passage of a draft stands, by its label `P1`.

    That is what `P1` itself says; without it, what a label says that needs no other passage (`P1.2-F3.1`).
    """
    places: dict[str, Definition] = {}
    for label, found in definitions.items():
        if _PASSAGE.fullmatch(label):
            places[label] = found
            continue
        needed = set(_PAST_NUMBER.findall(label))
        if len(needed) == 1 and not needed & definitions.keys():
            places.setdefault(needed.pop(), found)
    return places


def _past_names(past: Sequence[PastText], definitions: Mapping[str, Definition]) -> list[str]:
    places = past_places(definitions)
    free = count(max((int(label[1:]) for label in places), default=0) + 1)
    names = []
    for passage in past:
        where = passage.where
        label = next((name for name, place in places.items() if where and is_at(where, place)), None)
        places.pop(label or "", None)
        names.append(label or f"P{next(free)}")
    return names


def is_at(where: Where, definition: Definition) -> bool:
    """Tell whether a path relative to the workspace and one relative to the draft mean the same place."""
    mine = [part for part in PurePosixPath(where.file).parts if part != ".."]
    other = [part for part in PurePosixPath(definition.path).parts if part != ".."]
    length = min(len(mine), len(other))
    return where.place == definition.place and length > 0 and mine[-length:] == other[-length:]


def _grouped(mentions: Sequence[Mention]) -> dict[str, list[Mention]]:
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(mention.key, []).append(mention)
    return groups


def unrelated(mention: Mention, source: Mention) -> bool:
    """Tell whether not one character of what stands round two numbers is the same."""
    said = {gram for gram, weight in mention.grams.items() if weight >= _CLAUSE * _SINGLE}
    near = mention.words
    plain = mention.number.kind not in {"date", "ordinal"} and not mention.aside
    return plain and bool(near and source.near) and not said & source.grams.keys()


def _in_clause(mention: Mention) -> set[str]:
    return {gram for gram, weight in mention.grams.items() if weight >= _CLAUSE and len(gram) > 1}


def _by_gram(mentions: Sequence[Mention]) -> dict[str, list[Mention]]:
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        for gram in mention.near:
            if len(gram) > 1:
                groups.setdefault(gram, []).append(mention)
    return groups


def _pairs(facts: Sequence[Fact]) -> frozenset[str]:
    pairs: set[str] = set()
    for fact in facts:
        text = fact.text
        for quantity in fact.quantities:
            text = (
                text[: quantity.span.start]
                + " " * (quantity.span.end - quantity.span.start)
                + text[quantity.span.end :]
            )
        for words in (text, fact.topic):
            pairs.update(words[place : place + 2] for place in range(len(words) - 1))
    return frozenset(pairs)


def open_book(
    facts: Sequence[Fact],
    past: Sequence[PastText],
    definitions: Mapping[str, Definition] | None = None,
    year: int | None = None,
    period: str | None = None,
) -> Book:
    """Return facts and past texts with all their numbers read; `year` and `period` are the draft's own.

    `definitions` are those of the draft: a past text whose place a label `P1`
    of it names goes by that label, the others by numbers beyond.
    """
    names = _past_names(past, definitions or {})
    numbers = [replace(m, context=as_earlier(m.context, period)) for m in fact_mentions(facts, year)]
    past_numbers: list[Mention] = []
    for place, passage in enumerate(past):
        past_numbers += text_mentions(passage.text, place, names[place])
    by_id = {mention.id: mention for mention in (*numbers, *past_numbers)}
    return Book(
        facts=facts,
        past=past,
        past_names=names,
        numbers=numbers,
        past_numbers=past_numbers,
        likeness=Likeness(numbers),
        fact_grams=[grams_of(f"{fact.topic} {fact.text}") for fact in facts],
        by_id=by_id,
        units=frozenset(m.number.unit for m in numbers if m.number.unit),
        words=_pairs(facts),
        sizes=[len(fact.quantities) for fact in facts],
        by_key=_grouped(numbers),
        past_by_key=_grouped(past_numbers),
        by_gram=_by_gram(numbers),
        quantities={name: mention.number for name, mention in by_id.items()},  # type: ignore[misc]
        year=year,
        period=period,
    )
