"""Facts that say nothing beyond another fact: 开展反诈宣传75场 beside 反诈宣传75场，劝阻52人."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from drafter.numbers.units import to_base
from drafter.reading.notes_counted import bare_role, counted_things, measure
from drafter.reading.notes_subjects import is_specific, subject_core, subject_key

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from drafter.model import Fact, Notes
    from drafter.reading.notes_counted import Counted

_SIGNS = re.compile(r"[\W_]+")
_LISTED = frozenset({"date", "ordinal"})
_MOST_ALIKE = 20
"""How many facts with one number of the same thing are looked at."""


class _Said(NamedTuple):
    """What a fact says: its numbers in order with what they count, its dates, and its words between them."""

    fact: Fact
    place: int
    things: tuple[Hashable, ...]
    dates: frozenset[str]
    words: frozenset[str]
    is_specific: bool


def find_doubles(facts: Sequence[Fact], notes: Notes) -> Mapping[str, str]:
    """Return the facts that another one contains, with that one; of two that say the same the first stays.

    A fact is contained if each of its numbers is there of the same thing, and
    each of its words. Files of different units repeat nothing of each other.
    """
    is_mixed = any(finding.code == "different-unit" for finding in notes.findings)
    said = [_said(fact, place, notes) for place, fact in enumerate(facts)]
    with_thing: defaultdict[Hashable, list[_Said]] = defaultdict(list)
    for one in said:
        for thing in dict.fromkeys(one.things):
            with_thing[thing].append(one)
    found: dict[str, str] = {}
    for one in said:
        if not one.things:
            continue
        for other in with_thing[one.things[0]][:_MOST_ALIKE]:
            if is_mixed and one.fact.where.file != other.fact.where.file:
                continue
            if _contains(other, one) and (other.place < one.place or not _contains(one, other)):
                found[one.fact.id] = other.fact.id
                break
    return {fact_id: _last(found, other) for fact_id, other in found.items()}


def _said(fact: Fact, place: int, notes: Notes) -> _Said:
    numbers = list(counted_things(fact, notes.period, notes.year))
    pieces, end = [], 0
    for quantity in fact.quantities:
        pieces.append(fact.text[end : quantity.span.start])
        end = quantity.span.end
    pieces.append(fact.text[end:])
    words = {subject_key(subject_core(word)) for piece in pieces for word in _SIGNS.split(piece)} - {""}
    dates = frozenset(quantity.surface for quantity in fact.quantities if quantity.kind in _LISTED)
    things = tuple(_thing(number) for number in numbers)
    specific = bool(numbers) and is_specific(numbers[0].core)
    return _Said(fact, place, things, dates, frozenset(words), specific)


def _thing(number: Counted) -> Hashable:
    quantity = number.quantity
    value = quantity.value
    if value is not None and quantity.unit:
        value = to_base(value, quantity.unit)[0]
    return (
        number.key,
        subject_key(number.lead),
        measure(quantity),
        value,
        quantity.upper,
        quantity.approx,
        bare_role(quantity),
        number.when,
    )


def _contains(outer: _Said, inner: _Said) -> bool:
    if outer.fact.id == inner.fact.id or not set(inner.things) <= set(outer.things):
        return False
    if not (inner.dates <= outer.dates and inner.words <= outer.words):
        return False
    if outer.fact.topic == inner.fact.topic:
        return True
    return inner.is_specific and outer.things[0] == inner.things[0]


def _last(found: Mapping[str, str], fact_id: str) -> str:
    seen = set()
    while fact_id in found and fact_id not in seen:
        seen.add(fact_id)
        fact_id = found[fact_id]
    return fact_id
