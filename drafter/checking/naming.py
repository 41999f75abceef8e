"""Which quantities of the notes the words of a share or a rate name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from drafter.checking.amounts import Sources, is_amount, not_less
from drafter.checking.direct import comparable
from drafter.checking.mentions import content
from drafter.checking.polarity import signs_of
from drafter.checking.words import words_of
from drafter.numbers.expressions import operands_of
from drafter.numbers.families import same_unit
from drafter.numbers.later import Later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.checking.mentions import Mention

_PLACES = Later(r"[床座岗学席托泊铺]位|名额")
_NOT = frozenset("不未无非")
UNDONE = frozenset({"剩余", "任务"})
"""Roles of numbers that no 率 is a rate of."""


def parts_said(mention: Mention, own: Sequence[Mention], sources: Sources) -> list[Mention]:
    """Return the parts whose words stand beside a share; where those are of a whole, what else they name."""
    nearest = nearest_parts(mention, own, sources)
    summed = {name for formula in sources.formulas if "+" in formula for name in operands_of(formula)}
    smaller = [p for p in own if p.id in summed or any(w is not p and _may_hold(w, p) for w in own)]
    if any(p in smaller for p in nearest) or not nearest:
        return nearest
    said = mention.words
    return [p for p in smaller if said & (p.near.keys() - nearest[0].near.keys())]


def _may_hold(whole: Mention, part: Mention) -> bool:
    return comparable(part, whole) and not_less(whole, part)


def is_level(source: Mention) -> bool:
    """Tell whether a source may be part or whole of a share: an amount, or a mean such as 日均85人."""
    return is_amount(replace(source, context=replace(source.context, mean=False)))


def successes(whole: Mention, sources: Sequence[Mention]) -> list[Mention]:
    """Return the parts of a whole that no number of its note exceeds: 成功28件 of 调解纠纷29件.

    The rate of such a whole is that of its success: 调解率 is 成功 over 调解.
    """
    mates = [s for s in sources if s.owner == whole.owner and is_amount(s) and comparable(s, whole)]
    parts = [s for s in mates if s is not whole and s.context.role not in UNDONE]
    if not all(not_less(whole, s) and s.start > whole.start for s in parts):
        return []
    return [s for s in parts if s.context.prior == whole.context.prior]


def fills(part: Mention, whole: Mention) -> bool:
    """Tell whether `part` are people and `whole` the places for them: 床位620张，入住465人."""
    places = whole.number.unit in {"张", "个", "床", "席"} and _PLACES.search(
        whole.context.head[-3:] + whole.context.tail[:3]
    )
    return bool(places) and same_unit(part.number.unit, "人") and not_less(whole, part)


def bound_by(own: Sequence[Mention], words: str) -> list[Mention]:
    """Return the quantities beside which the last of `words` stand, or at least some of them."""
    read = content(words)
    pairs = [(read[at : at + 2], read[at - 1 : at]) for at in range(len(read) - 2, -1, -1)]
    named = [({pair}, before in _NOT) for pair, before in pairs if " " not in pair]
    for wanted, negated in (*named, (set(words[-2:]), False)):
        found = [s for s in own if wanted & s.near.keys() and _is_denied(s, wanted) == negated]
        if found:
            every = {pair for pair, _ in pairs}
            most = max(len(every & s.near.keys()) for s in found)
            return [s for s in found if len(every & s.near.keys()) == most]
    return []


def _is_denied(source: Mention, wanted: set[str]) -> bool:
    """Tell whether the words beside a number deny the wanted one: 不合格4批次 is none of a 合格率."""
    return bool(wanted & signs_of(source.context.head, source.context.tail).denied)


def is_named_rate(source: Mention, rate: str) -> bool:
    """Tell whether the notes themselves give this year's rate of that name: then no other share is it."""
    named = source.number.kind == "percent" and source.context.head.endswith(f"{rate[-2:]}率")
    return named and source.context.change is None and not source.context.prior


def says_nothing(rate: str) -> bool:
    """Tell whether 率 is of whatever the notes count, its own words being of any matter: 覆盖率."""
    return rate[-2:] in words_of("rates")


def bound_by_a_synonym(own: Sequence[Mention], words: str) -> list[Mention]:
    """Return what was dealt with by another word than `words` ends with: 解决118个 for 办结率."""
    known = words_of("done")
    return [s for s in own if known & s.near.keys()] if words[-2:] in known else []


def nearest_parts(mention: Mention, own: Sequence[Mention], sources: Sources) -> list[Mention]:
    """Return the parts that a share without 率 may speak of: what the words fit best."""
    ranked = sorted(own, key=lambda s: -sources.likeness.near(mention, s))
    if ranked and sources.likeness.near(mention, ranked[0]) > 0:
        best = sources.likeness.near(mention, ranked[0])
        near = [s for s in ranked if sources.likeness.near(mention, s) >= best * 0.8]
        return [s for s in near if not _is_told_apart(mention, ranked[0], s)]
    return list(own)


def _is_told_apart(mention: Mention, first: Mention, other: Mention) -> bool:
    """Tell whether a share is in words that `first` has and `other` has not: 煤改电, 煤改气."""
    said = mention.words
    return bool(said & (first.near.keys() - other.near.keys())) and not said & (
        other.near.keys() - first.near.keys()
    )
