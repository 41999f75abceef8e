"""A number of the draft against single numbers of the notes: value first, then subject, period and role."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.polarity import opposed
from drafter.checking.surroundings import is_new
from drafter.checking.words import words_of
from drafter.numbers.compare import Support, supports
from drafter.numbers.later import Later
from drafter.numbers.same_date import months_of, same_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from drafter.checking.likeness import Likeness
    from drafter.checking.mentions import Mention
    from drafter.numbers.context import Context

TOTAL = "累计"
_BY = re.compile(r"[比较]|净增|同比")
_LEVEL = re.compile(r"(?:达到?|总[数量]|现有|发展到)$")
_ALL = re.compile(r"总|累计|现有|共有|达到?$")
_A_YEAR = Later(r"年均|每年")
_RATE_NAME = Later(r"(\w{2,8})率(?:已|均|约|近|超过|超|突破|达到|达|为|是|在|至|保持在|高达|平均)*$")
_YEAR = 12
"""So many months make up a year."""
ANOTHER_TIME = "时间不同"
OWN = 0.34
"""A paragraph speaks of a fact from this share of its words and numbers on."""
FOREIGN = 0.18
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
    return next((why for why, differs in _CLASHES if differs(mention, source)), None)


def _is_ratio(mention: Mention) -> bool:
    return mention.number.kind == "percent" or mention.number.unit in {"百分点", "个百分点", "倍", "番"}


def _rise_apart(mention: Mention, source: Mention) -> bool:
    """Tell whether one amount is by how much something rose, the other what it rose to: 净增17家, 达105家."""
    mine, other = mention.context, source.context
    if _is_ratio(mention) or mention.number.kind == "date" or is_new(other):
        return False
    rose, also = (c.change is not None and _BY.search(c.head) is not None for c in (mine, other))
    return (rose and other.change is None) or (
        also and mine.change is None and _LEVEL.search(mine.head) is not None
    )


def _rates_apart(mention: Mention, source: Mention) -> bool:
    """Tell whether two percentages are rates of different names: 工单满意率 and 工单接通率."""
    if {mention.number.kind, source.number.kind} != {"percent"}:
        return False
    names = [_RATE_NAME.search(m.context.head) for m in (mention, source)]
    if not all(names):
        return False
    first, second = (name[1] for name in names if name)
    done = words_of("done") | words_of("rates")
    shared = set(first[-2:]) & set(second) or set(second[-2:]) & set(first)
    return not shared and not {first[-2:], second[-2:]} & done


def _new_or_all(context: Context) -> bool | None:
    """Return whether a number is said to be of what was added, False for a total, None for neither."""
    if is_new(context):
        return True
    return False if _ALL.search(context.head) else None


def _asked_or_done(mention: Mention, source: Mention) -> bool:
    """Tell whether one number is what was asked for, the other what was done: 累计完成▯, 年度计划▯."""
    mine, other = mention.context, source.context
    summed = mine.role == "共" and "完成" in mine.head and other.role == "任务"
    return summed or {mine.role, other.role} == {"任务", "完成"}


def _one_date(mention: Mention, source: Mention) -> bool:
    """Tell whether both numbers stand right behind one date: 由二季度的97.9%上升到, 二季度97.9%."""
    mine, other = mention.context, source.context
    return mine.dated and other.dated and same_date(mine.when, other.when)


def _dated_apart(mention: Mention, source: Mention) -> bool:
    """Tell whether both numbers stand right behind a date and the two dates differ."""
    mine, other = mention.context, source.context
    plain = mention.number.kind != "date"
    if plain and mine.dated != other.dated:
        part, whole = (mine, other) if mine.dated else (other, mine)
        months = months_of(part.when)
        return bool(months) and len(months) < _YEAR and whole.head.startswith("全年")
    return plain and mine.dated and other.dated and not same_date(mine.when, other.when)


def _of_a_year(mention: Mention, source: Mention) -> bool:
    """Tell whether both are means of one year, though only the source says so: 每户年均增收, 户均增收."""
    return mention.context.mean and source.context.mean and _A_YEAR.search(source.context.head) is not None


_CLASHES: tuple[tuple[str, Callable[[Mention, Mention], bool]], ...] = (
    (ANOTHER_TIME, lambda m, s: m.context.prior != s.context.prior and not _one_date(m, s)),
    (
        "一个是今年的，一个是累计的",
        lambda m, s: s.contrasted and m.context.this and s.context.period == TOTAL,
    ),
    (
        "一个是累计的，一个是今年的",
        lambda m, s: s.contrasted and m.context.period == TOTAL and s.context.this,
    ),
    ("增减方向相反", lambda m, s: {m.context.change, s.context.change} == {"up", "down"}),
    (
        "一个是增减幅度，一个不是",
        lambda m, s: _is_ratio(m) and (m.context.change is None) != (s.context.change is None),
    ),
    ("一个是增减的数，一个不是", _rise_apart),
    ("说的不是同一个率", _rates_apart),
    ("一个是平均数，一个不是", lambda m, s: m.context.mean != s.context.mean and m.number.kind != "date"),
    (
        "一个是每次的，一个是总数",
        lambda m, s: s.context.frequency and not m.context.frequency and not _of_a_year(m, s),
    ),
    (
        "一个是新增的，一个是总数",
        lambda m, s: s.added and _new_or_all(m.context) not in (None, is_new(s.context)),
    ),
    ("一个是新增的，一个是累计的", lambda m, s: is_new(m.context) and s.context.period == TOTAL),
    (ANOTHER_TIME, _dated_apart),
    ("一个是计划，一个是结果", lambda m, s: s.planned and not m.planned),
    ("年份不同", lambda m, s: m.year is not None and s.year is not None and m.year != s.year),
    ("说的正好相反", opposed),
    (
        "一个是任务数，一个是完成数",
        lambda m, s: m.number.kind != "percent" and _asked_or_done(m, s),
    ),
)
"""What tells two numbers of one value apart, in words for the clerk."""


def comparable(mention: Mention, source: Mention) -> bool:
    """Tell whether two numbers are of one kind and one unit, so that one could stand for the other."""
    return mention.key == source.key
