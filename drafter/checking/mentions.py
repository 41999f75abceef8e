"""The numbers of facts, past reports and the draft, each with the words that say what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.contrasts import has_addition, has_contrast, per_one
from drafter.checking.surroundings import after_of, is_new, is_planned, year_of
from drafter.checking.words import rows_of
from drafter.model import FACT_KINDS
from drafter.numbers import read_numerals
from drafter.numbers.context import Context, blank, read_contexts
from drafter.numbers.families import unit_family
from drafter.numbers.shared_units import share_units
from drafter.numbers.slots import quantities_of, topic_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Fact, Numeral, Quantity

Grams = dict[str, float]

_NEAR, _TOPIC, _BEFORE, _AROUND, _HEADING = 1.0, 0.6, 0.4, 0.15, 0.4
_SINGLE = 0.35
_WHEN = 1.0
_BEHIND = r"上(?![\u3400-\u9fff])"
"""It says nothing behind a word, and a lot in front of one: 评上, 上湾组."""
_SQUARES = re.compile("□+")
_WORDS = re.compile(r"[\u2160-\u217f]\w|[^\W\d_A-Za-z\u2160-\u217f]+|[A-Za-z]+|\d+")


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
    key: str
    """Kind and unit: only numbers with one key can stand for each other."""
    contrasted: bool = False
    """Whether its note gives 今年 and 累计 side by side."""
    added: bool = False
    """Whether its note gives what was added beside the total: 服务站19个（新建4个）."""
    after: str = ""
    """The clauses behind it that have no number of their own: 12件，均已办结."""
    aside: bool = False
    """Whether it stands inside 【待核：…】 or 【待补：…】."""
    planned: bool = False
    """Whether it is a plan or a target; in a draft also, whether its sentence or heading speaks of plans."""
    year: int | None = None
    """The year of a date, that of the report where none is written."""
    whole: Grams = field(default_factory=dict)
    """The words beside the number that it is a part of: 充电桩90个，其中东区54个."""

    @property
    def words(self) -> set[str]:
        """The pairs of characters right beside the number."""
        return {gram for gram in self.near if len(gram) > 1}


@cache
def _common() -> re.Pattern[str]:
    rows = rows_of("common")
    whole = [word for row in rows if row.startswith("+") for word in row[1:].split()]
    words = [word for row in rows if not row.startswith("+") for word in row.split()]
    words.sort(key=len, reverse=True)
    return re.compile(f"({'|'.join(whole)})|{'|'.join(map(re.escape, words))}|{_BEHIND}")


@cache
def _synonyms() -> tuple[tuple[str, str], ...]:
    """Return (name, the name it is read as), longer names first."""
    rows = [line.partition(":") for line in rows_of("synonyms")]
    pairs = [(other, name.strip()) for name, _, others in rows for other in others.split()]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=4096)
def content(text: str) -> str:
    """Return `text` with the words that say nothing of a subject replaced by a space."""
    for other, name in _synonyms():
        if other in text:
            text = text.replace(other, name)
    return _common().sub(lambda found: found[1] or " ", text)


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


def fact_mentions(facts: Sequence[Fact], year: int | None = None) -> list[Mention]:
    """Return the numbers of `facts` in order; those of years before `year`, the report's own, are prior."""
    found: list[Mention] = []
    for owner, fact in enumerate(facts):
        about = About(fact.topic, fact.quantities, year)
        found += text_mentions(fact.text, owner, fact.id, about)
    return found


class About(NamedTuple):
    """What is known of a text beside its words: its heading, its quantities if read, the report's year."""

    heading: str = ""
    quantities: Sequence[Quantity] = ()
    year: int | None = None


def text_mentions(text: str, owner: int, name: str, about: About = About()) -> list[Mention]:  # noqa: B008 - a frozen value
    """Return the numbers of one fact or past text, numbered `name`.1 … as `read_quantities` does."""
    numerals = share_units(text, read_numerals(text))
    contexts = read_contexts(text, numerals, about.year)
    by_span = {(q.span.start, q.span.end): q for q in about.quantities} or {
        (q.span.start, q.span.end): q for q in quantities_of(text, numerals, name)
    }
    blanked = blank(text, numerals)
    topic = topic_of(text)
    found = []
    for numeral, context in zip(numerals, contexts, strict=True):
        quantity = by_span.get((numeral.start, numeral.end))
        if numeral.kind not in FACT_KINDS or quantity is None:
            continue
        if "/" in (quantity.unit or ""):
            quantity, context = per_one(quantity), replace(context, mean=True)  # noqa: PLW2901 - as it is compared
        if text.startswith("其中") and context.role is None:
            context = replace(context, role="其中")  # noqa: PLW2901 - as above
        near, grams = weigh(blanked, context, (topic, about.heading), inherit=True)
        span = (numeral.start, numeral.end)
        found.append(
            Mention(
                quantity.id,
                quantity,
                context,
                grams,
                near,
                owner,
                *span,
                key_of(quantity),
                after=after_of(blanked, context, numeral.end),
                planned=is_planned(context, blanked, about.heading),
                year=year_of(quantity, context, about.year),
            )
        )
    found = [_with_whole(mention, found) for mention in found]
    return [
        replace(mention, contrasted=has_contrast(mention, found), added=has_addition(mention, found))
        for mention in found
    ]


def _with_whole(mention: Mention, others: Sequence[Mention]) -> Mention:
    """Return a number with the words of the first of its kind in its note: 其中东区54个 of 充电桩90个."""
    before = [m for m in others if m.key == mention.key and m.end <= mention.start]
    before = [m for m in before if m.context.segment == mention.context.segment][:1]
    if not before or is_new(before[0].context) or before[0].context.change:
        return mention
    whole = {gram: weight * _BEFORE for gram, weight in before[-1].near.items()}
    return replace(mention, whole=whole | mention.near)


def key_of(number: Numeral | Quantity) -> str:
    """Return what two numbers must share to be comparable at all."""
    if number.kind in {"date", "percent", "ordinal"} or number.unit is None:
        return number.kind if number.kind != "money" else "quantity"
    return f"={unit_family(number.unit)}"


def weigh(
    blanked: str, context: Context, topics: tuple[str, str], *, inherit: bool = False
) -> tuple[Grams, Grams]:
    """Return (grams next to the number, grams of all its surroundings, nearer ones heavier).

    With `inherit`, a number without words of its own has those of the clause
    before: 巡查每月2次，全年24次. A mean is also said of what stands before it: 大学生24人，每人3000元.
    """
    topic, heading = topics
    near = grams_of(context.head)
    grams_of(context.tail, into=near)
    if not near and topic:
        grams_of(topic, into=near)
    before = blanked[context.segment.start : context.clause.start].rstrip("，,、：:；; ")
    previous = re.split(r"[，,：:；;]", before)[-1]
    if not near and inherit:
        grams_of(previous, into=near)
    clause = blanked[context.clause.start : context.clause.end]
    if context.mean and not context.frequency:
        grams_of(clause if len(_SQUARES.findall(clause)) > 1 else f"{previous} {clause}", _BEFORE, near)
    grams = dict(near)
    if topic:
        grams_of(topic, _TOPIC, grams)
    if heading:
        grams_of(heading, _HEADING, grams)
    grams_of(clause, _BEFORE, grams)
    grams_of(previous, _BEFORE, grams)
    if context.when is not None:
        grams[f"@{context.when[-5:]}"] = _WHEN
    grams_of(blanked[context.sentence.start : context.sentence.end], _AROUND, grams)
    return near, grams
