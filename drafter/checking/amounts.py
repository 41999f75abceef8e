"""Sums, rests, means and products of what the notes of a paragraph give, as expressions."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.direct import comparable
from drafter.checking.polarity import denies, halves
from drafter.numbers.families import same_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.checking.likeness import Likeness
    from drafter.checking.mentions import Mention

_ALL = 100
"""A rate that takes nothing away: a base times it is no other number."""
_SHARED = 2
"""So many pairs of characters in common make two notes speak of one matter."""


class Sources(NamedTuple):
    """What a paragraph may compute from: its own quantities, the ones printed so far, earlier years."""

    own: Sequence[Mention]
    printed: frozenset[str]
    likeness: Likeness
    earlier: Sequence[Mention] = ()
    formulas: tuple[str, ...] = ()
    alone: bool = True
    spoken: Sequence[Mention] = ()
    """The levels that the sentence has printed, where it may be compared with past reports."""
    order: tuple[str, ...] = ()
    """What was printed so far, the latest last."""
    listed: Sequence[Mention] = ()
    """The sources of the parts that the sentence lists behind the number."""

    def latest(self, some: Sequence[Mention]) -> list[Mention]:
        """Return those of `some` that were printed, the latest first."""
        return [s for name in dict.fromkeys(reversed(self.order)) for s in some if s.id == name]


def rests(mention: Mention, sources: Sources) -> Iterator[str]:
    """Yield what is left of a whole; where the sentence has printed some, of one of those."""
    own = [s for s in sources.own if is_amount(s) and comparable(mention, s)]
    printed = [s for s in own if s.id in sources.printed]
    pairs = [(whole, part) for whole in printed for part in own]
    pairs += [(whole, part) for part in printed for whole in own]
    level = [s for s in printed if s.context.role != "其中"]
    last = next(iter(sources.latest(level)), None)
    pairs = [pair for pair in pairs if last is None or last in pair] or pairs
    pairs = [(w, p) for w, p in pairs if w not in printed or p in printed or not _is_part(w, own)]
    told = {s.owner for s in own if s.context.role == "剩余"}
    for whole, part in pairs or [(whole, part) for whole in own for part in own]:
        if whole.owner not in told and part is not whole and akin(part, whole) and not_less(whole, part):
            yield f"{whole.id}-{part.id}"


def _is_part(source: Mention, own: Sequence[Mention]) -> bool:
    """Tell whether the note gives the whole of `source` before it: 办结45件 of 交办48件."""
    mates = [s for s in own if s.owner == source.owner and s.start < source.start]
    return source.context.role != "任务" and any(not_less(s, source) for s in mates)


def other_halves(mention: Mention, sources: Sources) -> Iterator[str]:
    """Yield a whole less its one half where the number is said of the other: men of members and women."""
    own = [s for s in sources.own if is_amount(s) and comparable(mention, s)]
    for part in own:
        for whole in own if halves(mention, part) else ():
            if (
                whole is not part
                and whole.owner == part.owner
                and not_less(whole, part)
                and not halves(mention, whole)
            ):
                yield f"{whole.id}-{part.id}"


def remainders(mention: Mention, sources: Sources) -> Iterator[str]:
    """Yield what one part, or all the parts printed so far, leave of a whole: the last part of a list."""
    own = [s for s in sources.own if is_amount(s) and comparable(mention, s)]
    printed = [s for s in own if s.id in sources.printed]
    for whole in printed:
        mates = [s for s in own if s is not whole and s.owner == whole.owner]
        if any(s.start < whole.start for s in mates):
            continue
        parts = [s for s in mates if s in printed and not_less(whole, s)]
        yield from (f"{whole.id}-{part.id}" for part in parts)
        if len(parts) > 1:
            yield "-".join([whole.id, *(part.id for part in parts)])


def failures(mention: Mention, sources: Sources) -> Iterator[str]:
    """Yield a whole less the part that the words of the number deny: 不合格 of 抽检560批次，合格551批次."""
    own = [s for s in sources.own if is_amount(s) and comparable(mention, s)]
    for part in own:
        for whole in own if denies(mention, part) and mention.context.change is None else ():
            if whole is not part and whole.owner == part.owner and not_less(whole, part):
                yield f"{whole.id}-{part.id}"


def products(mention: Mention, sources: Sources) -> Iterator[str]:
    """A count times a mean, days times shifts times people, a base times a rate: inside one note."""
    for owner in {s.owner for s in sources.own}:
        inside = [s for s in sources.own if s.owner == owner and s.number.value is not None]
        means = [s for s in inside if s.context.mean]
        counts = [s for s in inside if is_amount(s)]
        rates = [s for s in inside if s.number.kind == "percent" and s.context.change is None]
        rates = [s for s in rates if s.number.value != _ALL]
        if means and counts:
            yield "*".join([*(s.id for s in counts[:1]), *(s.id for s in means)])
            for count in counts[1:] if len(means) == 1 else ():
                yield f"{count.id}*{means[0].id}"
            yield from _each_by_its_own(inside, counts, means) if len(means) > 1 else ()
        for rate in rates:
            for count in counts:
                if same_unit(count.number.unit, mention.number.unit):
                    yield f"{count.id}*{rate.id}"


def _each_by_its_own(
    inside: Sequence[Mention], counts: Sequence[Mention], means: Sequence[Mention]
) -> Iterator[str]:
    """Each mean times the count right before it: 大学生24人，每人3000元；小学生60人，每人500元."""
    for before, mean in pairwise(inside):
        if mean in means and before in counts and before.context.segment == mean.context.segment:
            yield f"{before.id}*{mean.id}"


def akin(part: Mention, whole: Mention) -> bool:
    """Tell whether two numbers are of one note, or of two on one matter: 投诉受理74件 / 投诉办结69件."""
    if part.owner == whole.owner or (part.context.role == "其中" and part.owner == whole.owner + 1):
        return True
    mine, other = part.words, whole.words
    shared = len(mine & other)
    size = min(len(mine), len(other))
    same = (shared >= _SHARED and shared * 2 >= size) or 0 < shared == size
    return same and part.context.prior == whole.context.prior


def is_amount(source: Mention) -> bool:
    """Tell whether a source is a plain quantity or sum of money: no mean, no change, no range."""
    number = source.number
    plain = number.kind in {"quantity", "money"} and number.value is not None and number.upper is None
    context = source.context
    return plain and not context.mean and context.change is None and not context.bounds


def not_less(whole: Mention, part: Mention) -> bool:
    """Tell whether `part` can be a part of `whole` by its value."""
    first, second = whole.number.value, part.number.value
    return first is not None and second is not None and first >= second
