"""Numbers found again inside a bullet that has changed: 整改58处 is still what 整改61处 was."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from drafter.numbers.families import same_unit
from drafter.writing.old_notes import OldFact, plain_words
from drafter.writing.rematching import match_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from drafter.model import Fact, Quantity

_STOP = re.compile(r"[，,。；;！!？?\n]")
_EDGES = "，,。；;：: 、（）()\n"


class _Told(NamedTuple):
    """A number with the words round it: before it, behind it, its measure word."""

    quantity: Quantity
    before: str
    after: str


@dataclass(frozen=True)
class Renewed:
    """What became of the bullets and numbers that a draft rests on.

    `facts` are the new bullets by old number, `numbers` the new quantities by
    old id; what vanished is in neither.
    """

    old: Mapping[int, OldFact]
    facts: Mapping[int, Fact]
    numbers: Mapping[str, Quantity]
    owners: Mapping[str, Fact]
    """The new bullet of each new quantity, by the quantity's id."""

    def before(self, name: str) -> Quantity | None:
        """Return the number `name` as it stood in the old notes, None where no definition says so."""
        one = self.old.get(int(name[1:].partition(".")[0]))
        return one.quantities.get(name) if one else None

    def has_changed(self, number: int) -> bool:
        """Tell whether the words of a bullet that was found again are others now."""
        text = self.old[number].text
        return text is not None and plain_words(text) != plain_words(self.facts[number].text)

    def relabelled(self, label: str) -> str | None:
        """Return `label` with the ids of the new notes; None when a number of it has vanished."""
        if any(name not in self.numbers for name in _IDS.findall(label)):
            return None
        return _IDS.sub(lambda found: self.numbers[found[0]].id, label)


_IDS = re.compile(r"F\d+\.\d+")


def renew(old: Mapping[int, OldFact], new: Sequence[Fact], used: frozenset[str]) -> Renewed:
    """Return what the numbers `used` by a draft have become in the notes `new`."""
    facts = match_facts(old, new)
    numbers: dict[str, Quantity] = {}
    for number, fact in facts.items():
        one = old[number]
        if one.text is None:
            suffixes = (name.partition(".")[2] for name in used if name.startswith(f"{one.id}."))
            own = {quantity.id: quantity for quantity in fact.quantities}
            numbers |= {f"{one.id}.{s}": own[f"{fact.id}.{s}"] for s in suffixes if f"{fact.id}.{s}" in own}
        else:
            numbers |= match_quantities(one.fact, fact)
    _moved_elsewhere(old, new, used, numbers)
    owners = {quantity.id: fact for fact in new for quantity in fact.quantities}
    return Renewed(old, facts, numbers, owners)


def match_quantities(old: Fact, new: Fact) -> dict[str, Quantity]:
    """Return for the numbers of `old`, by id, those of `new` that say the same thing now."""
    if plain_words(old.text) == plain_words(new.text):
        return {a.id: b for a, b in zip(old.quantities, new.quantities, strict=False)}
    mine, theirs = _told(old), _told(new)
    found: dict[str, Quantity] = {}
    for key in _KEYS:
        _pair_unique(mine, theirs, key, found)
    for one in mine:
        if one.quantity.id in found:
            continue
        fits = [other for other in theirs if _left(other, found) and _in_turn(one, other, found)]
        fits = [other for other in fits if _may_be(one, other)]
        rivals = [other for other in mine if other.quantity.id not in found and other is not one]
        if len(fits) == 1 and not any(_may_be(rival, fits[0]) for rival in rivals):
            found[one.quantity.id] = fits[0].quantity
    return found


_KEYS: tuple[Callable[[_Told], Hashable], ...] = (
    lambda one: (one.before, one.quantity.unit, one.after),
    lambda one: (one.before, one.quantity.unit),
    lambda one: (one.before, one.after) if one.before else None,
    lambda one: (one.quantity.surface, one.after),
)
"""By what two numbers are the same one, the surest first; a key must be the only one of its kind."""


def _pair_unique(
    mine: Sequence[_Told],
    theirs: Sequence[_Told],
    key: Callable[[_Told], Hashable],
    found: dict[str, Quantity],
) -> None:
    left = [one for one in mine if one.quantity.id not in found]
    right = [other for other in theirs if _left(other, found)]
    ours, others = Counter(map(key, left)), Counter(map(key, right))
    for one in left:
        if key(one) is not None and ours[key(one)] == others[key(one)] == 1:
            found[one.quantity.id] = next(o.quantity for o in right if key(o) == key(one))


def _left(one: _Told, found: Mapping[str, Quantity]) -> bool:
    return all(one.quantity is not quantity for quantity in found.values())


def _in_turn(one: _Told, other: _Told, found: Mapping[str, Quantity]) -> bool:
    """Tell whether the numbers found so far stand on the same side of both."""
    return all(
        (_rank(name) < _rank(one.quantity.id)) == (_rank(quantity.id) < _rank(other.quantity.id))
        for name, quantity in found.items()
    )


def _rank(name: str) -> int:
    return int(name.rpartition(".")[2])


def _may_be(one: _Told, other: _Told) -> bool:
    """Tell whether a number may be another with its words changed: one measure word, some words kept."""
    if one.quantity.kind != other.quantity.kind or not same_unit(one.quantity.unit, other.quantity.unit):
        return False
    mine, theirs = set(one.before + one.after), set(other.before + other.after)
    return bool(mine & theirs) or not one.before or not other.before


def _told(fact: Fact) -> list[_Told]:
    rows = []
    quantities = fact.quantities
    for at, quantity in enumerate(quantities):
        start = quantities[at - 1].span.end if at else 0
        end = quantities[at + 1].span.start if at + 1 < len(quantities) else len(fact.text)
        before = _STOP.split(fact.text[start : quantity.span.start])[-1].strip(_EDGES)
        after = _STOP.split(fact.text[quantity.span.end : end])[0].strip(_EDGES)
        rows.append(_Told(quantity, before, after))
    return rows


def _moved_elsewhere(
    old: Mapping[int, OldFact], new: Sequence[Fact], used: frozenset[str], numbers: dict[str, Quantity]
) -> None:
    """Find the numbers of a bullet that was split or joined: same words and measure word, the only ones."""
    taken = {quantity.id for quantity in numbers.values()}
    missing = [
        row
        for one in old.values()
        for row in _told(one.fact)
        if row.quantity.id in used and row.quantity.id not in numbers
    ]
    free = [row for fact in new for row in _told(fact) if row.quantity.id not in taken]
    for row in missing:
        key = (row.before, row.quantity.unit, row.after)
        fits = [other for other in free if (other.before, other.quantity.unit, other.after) == key]
        rivals = [other for other in missing if (other.before, other.quantity.unit, other.after) == key]
        if row.before and len(fits) == len(rivals) == 1:
            numbers[row.quantity.id] = fits[0].quantity
