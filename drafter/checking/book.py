"""All that a draft may rest on: this year's facts and the past reports, read once per check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.mentions import Grams, Likeness, Mention, fact_mentions, grams_of, text_mentions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.model import Fact, Quantity, Where


class PastText(NamedTuple):
    """A passage of a past report; `title` and `year` are the report's, number i is `P{i+1}`."""

    title: str
    text: str
    where: Where | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """The sources of one check; `by_id` holds every quantity, `F3.1` and `P1.2` alike."""

    facts: Sequence[Fact]
    past: Sequence[PastText]
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
            return f"P{mention.owner + 1}"
        return self.facts[mention.owner].id


def _grouped(mentions: Sequence[Mention]) -> dict[str, list[Mention]]:
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(mention.key, []).append(mention)
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


def open_book(facts: Sequence[Fact], past: Sequence[PastText]) -> Book:
    """Return facts and past texts with all their numbers read."""
    numbers = fact_mentions(facts)
    past_numbers: list[Mention] = []
    for place, passage in enumerate(past):
        past_numbers += text_mentions(passage.text, place, f"P{place + 1}")
    by_id = {mention.id: mention for mention in (*numbers, *past_numbers)}
    return Book(
        facts=facts,
        past=past,
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
        quantities={name: mention.number for name, mention in by_id.items()},  # type: ignore[misc]
    )
