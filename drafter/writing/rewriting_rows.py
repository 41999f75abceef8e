"""The new version of a section against the old one, row by row: what belongs together, what is chosen.

A row holds sentences of the old version and those that say the same in the new
one: mostly one and one, two and one where they were merged.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from drafter.draftfile import read_draft
from drafter.writing.differences import find_differences

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from drafter.writing.differences import Stretch
    from drafter.writing.rewriting import Item, Sentence

Status = Literal["same", "open", "accepted", "rejected"]
_SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1))
_ALIKE = 0.4
"""How much of two stretches must be the same characters for them to be rows of one another."""
_NEAREST = 200
"""Of very long items only sentences near the diagonal are compared."""


@dataclass(frozen=True, slots=True)
class Row:
    """Sentences of the old version and of the new one that belong together, and what was decided.

    `item` is the index of the item in its section.
    """

    item: int
    old: tuple[Sentence, ...]
    new: tuple[Sentence, ...]
    status: Status = "open"

    @property
    def chosen(self) -> tuple[Sentence, ...]:
        """What stands in the draft: the old sentences until the new ones are accepted."""
        return self.new if self.status == "accepted" else self.old

    @property
    def wanted(self) -> tuple[Sentence, ...]:
        """What would stand there if everything that is still open were accepted."""
        return self.new if self.status in {"accepted", "open"} else self.old

    @property
    def old_plain(self) -> str:
        """The old words as a reader sees them."""
        return "".join(sentence.plain for sentence in self.old)

    @property
    def new_plain(self) -> str:
        """The new words as a reader sees them."""
        return "".join(sentence.plain for sentence in self.new)

    def diff(self) -> tuple[Stretch, ...]:
        """Return the difference between old and new words, character by character."""
        return find_differences(self.old_plain, self.new_plain)


def same_rows(items: Sequence[Item]) -> tuple[Row, ...]:
    """Return a row for each sentence of a section of which there is no other version."""
    return tuple(Row(at, (one,), (one,), "same") for at, item in enumerate(items) for one in item.sentences)


def align_items(old: Sequence[Item], new: Sequence[Item]) -> tuple[Row, ...]:
    """Return the rows of two versions of a section; they have the same items."""
    rows: list[Row] = []
    for at, (before, after) in enumerate(zip(old, new, strict=True)):
        for olds, news in _aligned(before.sentences, after.sentences):
            rows.append(Row(at, olds, news, "same" if olds == news else "open"))
    return tuple(rows)


def moved_together(rows: Sequence[Row], numbers: Collection[int]) -> frozenset[int]:
    """Return `numbers` (rows from 1) with the rows that must go with them.

    A sentence that moved is one row where it was and another where it is now:
    to take only one of them would say it twice or not at all.
    """
    wanted = set(numbers)
    for number in numbers:
        row = rows[number - 1]
        if row.status == "open" and not (row.old and row.new):
            wanted |= {
                at for at, other in enumerate(rows, 1) if other.status == "open" and _same_moved(row, other)
            }
    return frozenset(wanted)


def _same_moved(row: Row, other: Row) -> bool:
    """Return whether one row takes out what the other puts in."""
    if (row.old and row.new) or (other.old and other.new) or bool(row.old) == bool(other.old):
        return False
    one, two = _labels(row.old or row.new), _labels(other.old or other.new)
    if one or two:
        return bool(one & two)
    return row.old_plain + row.new_plain == other.old_plain + other.new_plain


def _labels(sentences: Sequence[Sentence]) -> set[str]:
    return {mark.label for one in sentences for mark in read_draft(one.source).marks if mark.label[0] != "P"}


def settled(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows with nothing open: a row a sentence of what stands in the draft."""
    return tuple(Row(row.item, (one,), (one,), "same") for row in rows for one in row.chosen)


def with_rows(items: Sequence[Item], rows: Sequence[Row], *, wanted: bool = False) -> tuple[Item, ...]:
    """Return the items with the sentences that `rows` choose, or those that they want."""
    by_item = {
        at: tuple(one for row in group for one in (row.wanted if wanted else row.chosen))
        for at, group in groupby(rows, key=lambda row: row.item)
    }
    return tuple(replace(item, sentences=by_item.get(at, ())) for at, item in enumerate(items))


def _aligned(
    old: Sequence[Sentence], new: Sequence[Sentence]
) -> Iterator[tuple[tuple[Sentence, ...], tuple[Sentence, ...]]]:
    """Yield groups that go together, by the best sum of likenesses; all sentences in their order."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    olds, news = [one.plain for one in old], [one.plain for one in new]
    for i in range(len(old) + 1):
        for j in range(len(new) + 1):
            if abs(i - j) > _NEAREST or (i, j) == (0, 0):
                continue
            ways = [
                (best[i - a, j - b][0] + _gain(olds[i - a : i], news[j - b : j]), (a, b))
                for a, b in ((1, 0), (0, 1), *_SHAPES)
                if (i - a, j - b) in best
            ]
            if ways:
                best[i, j] = max(ways, key=lambda way: way[0])
    groups = []
    i, j = len(old), len(new)
    while i or j:
        a, b = best[i, j][1]
        groups.append((tuple(old[i - a : i]), tuple(new[j - b : j])))
        i, j = i - a, j - b
    yield from reversed(groups)


def _gain(old: Sequence[str], new: Sequence[str]) -> float:
    if not old or not new:
        return 0.0
    one, other = Counter("".join(old)), Counter("".join(new))
    size = one.total() + other.total()
    alike = 2 * (one & other).total() / size if size else 0.0
    return (alike - _ALIKE) * size - (len(old) + len(new) - 2)
