"""A number of the draft against single numbers of the notes: value first, then subject, period and role."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drafter.numbers.compare import Support, same_unit, supports

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from drafter.checking.mentions import Likeness, Mention

RIVAL_LEAD = 1.15
"""How much better another quantity must fit the words before the one with the right value is doubted."""
RIVAL_MARGIN = 0.04
FOREIGN = 0.12
"""Below this likeness a number of a fact that the paragraph does not speak of supports nothing."""


class Match(NamedTuple):
    """A source whose value supports a number of the draft, and how well its words fit."""

    source: Mention
    support: Support
    likeness: float


def supported_by(mention: Mention, sources: Iterable[Mention], likeness: Likeness) -> list[Match]:
    """Return the sources whose value and unit support `mention`, the best fitting words first."""
    found = []
    for source in sources:
        support = supports(source.number, mention.number)
        if support is not None:
            found.append(Match(source, support, likeness(mention, source)))
    found.sort(key=lambda match: (-match.likeness, not match.support.exact))
    return found


def clash(mention: Mention, source: Mention) -> str | None:
    """Return why two numbers cannot be the same one whatever their values: period, role or direction."""
    mine, other = mention.context, source.context
    if mine.prior != other.prior:
        return "时间不同"
    if mine.this and other.period == "累计":
        return "时间不同"
    if mine.change is not None and other.change is not None and mine.change != other.change:
        return "增减方向相反"
    if _is_ratio(mention) and (mine.change is None) != (other.change is None):
        return "一个是增减幅度，一个不是"
    if mine.mean != other.mean and mention.number.kind != "date":
        return "一个是平均数，一个不是"
    if {mine.role, other.role} == {"任务", "完成"} and mention.number.kind != "percent":
        return "一个是任务数，一个是完成数"
    return None


def _is_ratio(mention: Mention) -> bool:
    return mention.number.kind == "percent" or mention.number.unit in {"百分点", "个百分点", "倍", "番"}


def rival(
    mention: Mention, match: Match, sources: Sequence[Mention], claims: dict[str, float], likeness: Likeness
) -> Mention | None:
    """Return a quantity of the same unit and another value that the words fit clearly better.

    `claims` says how well each source fits the best number of the draft that
    prints its value: a source that is printed where it belongs is no rival.
    """
    best: Mention | None = None
    bar = match.likeness * RIVAL_LEAD + RIVAL_MARGIN
    for source in sources:
        if source is match.source or not comparable(mention, source) or clash(mention, source):
            continue
        if supports(source.number, mention.number) is not None:
            continue
        score = likeness(mention, source)
        if score > bar and claims.get(source.id, 0.0) < score:
            best, bar = source, score
    return best


def comparable(mention: Mention, source: Mention) -> bool:
    """Tell whether two numbers are of one kind and one unit, so that one could stand for the other."""
    mine, other = mention.number, source.number
    if (mine.kind == "date") != (other.kind == "date"):
        return False
    if mine.kind in {"percent", "ordinal"} or other.kind in {"percent", "ordinal"}:
        return mine.kind == other.kind
    return same_unit(mine.unit, other.unit)
