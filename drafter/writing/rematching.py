"""Facts found again after the notes have changed: which bullet of today is the one a mark was made from.

Numbers of facts are positions (`F3` is the third bullet), so a line put in at the
top shifts all of them. What a draft knows of its old notes are its definitions:
path, place and the words of the bullet. The same words are the same bullet
wherever they stand now; else a bullet that has changed, if it is the only one
like it. Nothing is guessed: what is not found again has vanished.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from drafter.writing.old_notes import plain_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from drafter.model import Fact
    from drafter.writing.old_notes import OldFact

_ANYWHERE = 0.9
"""From this likeness on, a changed bullet is found wherever it stands."""
_NEARBY = 0.45
"""From this likeness on, one that stands where the old one stood."""
_COUNTED_ALIKE = 0.3
"""From this likeness on, one that stands there and counts by the same measure words."""
_ADDED = 0.92
"""The likeness of a bullet to itself with words added, or left out."""
_MARGIN = 0.06
"""How much more alike than any other it must be."""
_AT_HOME = 0.15
"""What standing at the old place adds to a likeness."""


class _Anchor(NamedTuple):
    """An old bullet's number and the index of the new one that it is."""

    number: int
    at: int


def match_facts(old: Mapping[int, OldFact], new: Sequence[Fact]) -> dict[int, Fact]:
    """Return for each old bullet, by number, the new one that it is now; vanished ones are left out.

    Files of the new facts are named as the definitions name them.
    """
    found = _same_words(old, new)
    _changed(old, new, found)
    taken = {fact.id for fact in found.values()}
    for number, one in old.items():
        if one.text is None and number not in found:
            index = _expected(number, found, new)
            if index is not None and 0 <= index < len(new) and new[index].id not in taken:
                found[number] = new[index]
    return found


def _same_words(old: Mapping[int, OldFact], new: Sequence[Fact]) -> dict[int, Fact]:
    """Return the bullets whose words have not changed: in their own file first, then in any other."""
    found: dict[int, Fact] = {}
    taken: set[str] = set()
    for with_file in (True, False):
        groups: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in new:
            if fact.id not in taken:
                groups[fact.where.file if with_file else "", plain_words(fact.text)].append(fact)
        rows: defaultdict[tuple[str, str], list[OldFact]] = defaultdict(list)
        for one in old.values():
            if one.text is not None and one.number not in found:
                rows[one.path if with_file else "", plain_words(one.text)].append(one)
        for key, group in rows.items():
            for one, fact in _in_order(group, groups.get(key, ())):
                found[one.number] = fact
                taken.add(fact.id)
    return found


def _in_order(old: Sequence[OldFact], new: Sequence[Fact]) -> Iterable[tuple[OldFact, Fact]]:
    """Pair bullets of the same words: those that kept their place, then as they follow each other."""
    if len(old) == len(new):
        return list(zip(old, new, strict=True))
    places = {fact.where.place: fact for fact in new}
    pairs = [(one, places[one.place]) for one in old if one.place in places]
    rest = [one for one in old if one.place not in places]
    left = [fact for fact in new if all(fact is not other for _, other in pairs)]
    return [*pairs, *zip(rest, left, strict=False)]


def _changed(old: Mapping[int, OldFact], new: Sequence[Fact], found: dict[int, Fact]) -> None:
    """Add the bullets that were edited: each the best likeness of the other, and clearly the best."""
    _same_skeletons(old, new, found)
    taken = {fact.id for fact in found.values()}
    theirs = {at: _Bare.of(fact) for at, fact in enumerate(new) if fact.id not in taken}
    mine = {n: _Bare.of(one.fact) for n, one in old.items() if one.text and n not in found}
    likes = {
        (number, at): like
        for number, one in mine.items()
        for at, other in theirs.items()
        if (like := _alike(one, other)) >= _least(one, other)
    }
    while likes:
        neighbours = _Neighbours(found, new)
        ranks = {}
        for (number, at), like in likes.items():
            near = neighbours.holds(number, at) or _same_place(old[number], new[at])
            if near or like >= _ANYWHERE:
                ranks[number, at] = like + (_AT_HOME if near else 0.0)
        pairs = _clear(ranks)
        if not pairs:
            return
        found |= {number: new[at] for number, at in pairs}
        done, gone = {number for number, _ in pairs}, {at for _, at in pairs}
        likes = {pair: like for pair, like in likes.items() if pair[0] not in done and pair[1] not in gone}


def _same_skeletons(old: Mapping[int, OldFact], new: Sequence[Fact], found: dict[int, Fact]) -> None:
    """Add the bullets in which only numbers changed, where no other bullet has the same words."""
    taken = {fact.id for fact in found.values()}
    mine: defaultdict[str, list[int]] = defaultdict(list)
    theirs: defaultdict[str, list[Fact]] = defaultdict(list)
    for number, one in old.items():
        if one.text and number not in found:
            mine[skeleton(one.fact)].append(number)
    for fact in new:
        if fact.id not in taken:
            theirs[skeleton(fact)].append(fact)
    for words, numbers in mine.items():
        if len(numbers) == len(theirs.get(words, ())) == 1:
            found[numbers[0]] = theirs[words][0]


def _clear(ranks: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Return the pairs whose rank is clearly above any other rank of either of the two."""
    best: dict[tuple[int, int], list[float]] = {}
    for (number, at), rank in ranks.items():
        for side in ((0, number), (1, at)):
            best[side] = sorted([rank, *best.get(side, [])], reverse=True)[:2]
    return [
        (number, at)
        for (number, at), rank in ranks.items()
        if all(best[side][0] == rank and _ahead(best[side]) for side in ((0, number), (1, at)))
    ]


def _ahead(ranks: Sequence[float]) -> bool:
    return len(ranks) == 1 or ranks[0] - ranks[1] >= _MARGIN


def skeleton(fact: Fact) -> str:
    """Return the words of a bullet with a sign in place of each number, measure words kept."""
    parts, end = [], 0
    for quantity in fact.quantities:
        parts += [fact.text[end : quantity.span.start], "\0", quantity.unit or ""]
        end = quantity.span.end
    return plain_words("".join((*parts, fact.text[end:])))


class _Bare(NamedTuple):
    """The words of a bullet without its numbers, and their pairs of characters."""

    words: str
    grams: frozenset[str]
    units: tuple[str | None, ...]

    @classmethod
    def of(cls, fact: Fact) -> _Bare:
        """Return those of `fact`."""
        words = skeleton(fact)
        grams = frozenset(words[at : at + 2] for at in range(len(words) - 1)) or frozenset({words})
        return cls(words, grams, tuple(quantity.unit for quantity in fact.quantities))


def _least(first: _Bare, second: _Bare) -> float:
    return _COUNTED_ALIKE if first.units and first.units == second.units else _NEARBY


def _alike(first: _Bare, second: _Bare) -> float:
    """Return from 0 to 1 how much of two bullets is the same; words only added or only dropped weigh less."""
    like = 2 * len(first.grams & second.grams) / (len(first.grams) + len(second.grams))
    if like < _COUNTED_ALIKE:
        return like
    short, long = sorted((first.words, second.words), key=len)
    return max(like, _ADDED) if 2 * len(short) >= len(long) and _within(short, long) else like


def _within(short: str, long: str) -> bool:
    """Tell whether the characters of `short` all stand in `long`, in their order."""
    rest = iter(long)
    return all(char in rest for char in short)


def _same_place(old: OldFact, new: Fact) -> bool:
    return (old.path, old.place) == (new.where.file, new.where.place)


def _anchors(found: Mapping[int, Fact], new: Sequence[Fact]) -> list[_Anchor]:
    index = {fact.id: at for at, fact in enumerate(new)}
    return [_Anchor(number, index[fact.id]) for number, fact in sorted(found.items())]


class _Neighbours:
    """Between which new bullets an old one should stand, if its neighbours kept their order."""

    def __init__(self, found: Mapping[int, Fact], new: Sequence[Fact]) -> None:
        anchors = _anchors(found, new)
        self._numbers = [anchor.number for anchor in anchors]
        self._before = [-1, *accumulate((anchor.at for anchor in anchors), max)]
        self._after = [*[*accumulate((anchor.at for anchor in reversed(anchors)), min)][::-1], len(new)]

    def holds(self, number: int, at: int) -> bool:
        """Tell whether the new bullet `at` stands where the old one `number` should."""
        rank = bisect_left(self._numbers, number)
        return self._before[rank] < at < self._after[rank]


def _expected(number: int, found: Mapping[int, Fact], new: Sequence[Fact]) -> int | None:
    """Return the index that a bullet must have, its neighbours on both sides being as far away as before."""
    anchors = _anchors(found, new)
    before = max((one for one in anchors if one.number < number), default=_Anchor(0, -1))
    after = min((one for one in anchors if one.number > number), default=None)
    if after is not None and after.at - before.at != after.number - before.number:
        return None
    return before.at + number - before.number
