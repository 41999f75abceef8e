"""This year's numbers beside last year's: which number of the last report says the same thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.book import open_book
from drafter.checking.direct import clash, comparable
from drafter.checking.mentions import About, text_mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from drafter.checking.book import Book, PastText
    from drafter.checking.mentions import Mention
    from drafter.model import Fact, Quantity

_LEAST = 0.34
_LEAST_NEAR = 0.3
_TWO = 2
_PLAIN_ROLES = frozenset({None, "共", "完成"})
_UNCOUNTED = frozenset({"date", "ordinal"})


class Pair(NamedTuple):
    """A number of the notes with the one of last year's report in the same slot, and its sentence there."""

    this: Quantity
    last: Quantity
    sentence: str


def set_beside(
    facts: Sequence[Fact], past: Sequence[PastText], used: Iterable[str], year: int | None
) -> tuple[Pair, ...]:
    """Return the pairs of numbers of one slot, in the order of the notes.

    `used` are the ids of the quantities that the draft prints. Two numbers are
    a pair when each is the one that the other's words fit best; what is in
    doubt is left out.
    """
    book = open_book(facts, past, year=year)
    wanted = set(used)
    mine = [m for m in book.numbers if m.id in wanted and _is_plain(m)]
    other = [
        mention
        for place, passage in enumerate(past)
        for mention in text_mentions(passage.text, place, book.past_names[place], About(year=passage.year))
        if _is_plain(mention)
    ]
    scores = {
        (a, b): book.likeness(first, second)
        for a, first in enumerate(mine)
        for b, second in enumerate(other)
        if _may_pair(first, second, book)
    }
    best_of_mine = _best(scores, 0)
    best_of_other = _best(scores, 1)
    pairs = []
    for a, b in best_of_mine.items():
        if best_of_other.get(b) == a:
            pairs.append(_pair(mine[a], other[b], book))
    return tuple(pairs)


def _is_plain(mention: Mention) -> bool:
    plain = mention.number.kind not in _UNCOUNTED and mention.number.value is not None
    return plain and not mention.context.prior and not mention.planned and not mention.aside


def _may_pair(first: Mention, second: Mention, book: Book) -> bool:
    roles = {mention.context.role for mention in (first, second)} - _PLAIN_ROLES
    if not comparable(first, second) or clash(first, second) or roles:
        return False
    shared = {gram for gram in first.near.keys() & second.near.keys() if len(gram) >= _TWO}
    near = book.likeness.near(first, second)
    return bool(shared) and near >= _LEAST_NEAR and book.likeness(first, second) >= _LEAST


def _best(scores: dict[tuple[int, int], float], side: int) -> dict[int, int]:
    """Return for each of one side the best of the other, none where two fit equally well."""
    best: dict[int, tuple[float, int]] = {}
    tied: set[int] = set()
    for pair, score in scores.items():
        mine, other = pair[side], pair[1 - side]
        most = best.get(mine, (0.0, -1))[0]
        if score > most:
            best[mine] = (score, other)
            tied.discard(mine)
        elif score == most:
            tied.add(mine)
    return {mine: other for mine, (_, other) in best.items() if mine not in tied}


def _pair(this: Mention, last: Mention, book: Book) -> Pair:
    text, span = book.past[last.owner].text, last.context.sentence
    quantities = book.quantities
    return Pair(quantities[this.id], quantities[last.id], text[span.start : span.end].strip())
