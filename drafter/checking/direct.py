"""A number of the draft against single numbers of the notes: value first, then subject, period and role."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.polarity import opposed
from drafter.checking.surroundings import is_new
from drafter.numbers.compare import Support, supports
from drafter.numbers.later import Later
from drafter.numbers.same_date import same_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from drafter.checking.likeness import Likeness
    from drafter.checking.mentions import Mention
    from drafter.numbers.context import Context

_TOTAL = "累计"
_BY = re.compile(r"[比较]|净增|同比")
_LEVEL = re.compile(r"(?:达到?|总[数量]|现有|发展到)$")
_ALL = re.compile(r"总|累计|现有|共有|达到?$")
_A_YEAR = Later(r"年均|每年")
ANOTHER_TIME = "时间不同"
RIVAL_LEAD = 1.15
"""How much better another quantity must fit the words before the one with the right value is doubted."""
RIVAL_MARGIN = 0.04
SWAP_MARGIN = 0.01
"""How much better two printed numbers must fit the other way round before they are taken for swapped."""
_SWAPPED = 0.25
"""So much of the likeness to its own source a number must have to the other one, to be taken for swapped."""
_TOLD = 0.5
"""The weight of words that tell what a note is about: next to its number, or before its colon."""
AFFINITY = 0.3
"""What it counts that the paragraph speaks of the one fact rather than of the other."""
OWN = 0.34
"""A paragraph speaks of a fact from this share of its words and numbers on."""
_HOME = 0.66
"""How much more than that a fact must have whose numbers are set against those of one that has a lot."""
FOREIGN = 0.18
"""Below this likeness a number of a fact that the paragraph does not speak of supports nothing."""


class Bench(NamedTuple):
    """What rivals are weighed with: likeness, how much the paragraph speaks of each fact, who prints what."""

    likeness: Likeness
    affinity: Mapping[int, float]
    claims: Mapping[str, Sequence[Mention]]


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
    return plain and mine.dated and other.dated and not same_date(mine.when, other.when)


def _of_a_year(mention: Mention, source: Mention) -> bool:
    """Tell whether both are means of one year, though only the source says so: 每户年均增收, 户均增收."""
    return mention.context.mean and source.context.mean and _A_YEAR.search(source.context.head) is not None


_CLASHES: tuple[tuple[str, Callable[[Mention, Mention], bool]], ...] = (
    (ANOTHER_TIME, lambda m, s: m.context.prior != s.context.prior and not _one_date(m, s)),
    (
        "一个是今年的，一个是累计的",
        lambda m, s: s.contrasted and m.context.this and s.context.period == _TOTAL,
    ),
    (
        "一个是累计的，一个是今年的",
        lambda m, s: s.contrasted and m.context.period == _TOTAL and s.context.this,
    ),
    ("增减方向相反", lambda m, s: {m.context.change, s.context.change} == {"up", "down"}),
    (
        "一个是增减幅度，一个不是",
        lambda m, s: _is_ratio(m) and (m.context.change is None) != (s.context.change is None),
    ),
    ("一个是增减的数，一个不是", _rise_apart),
    ("一个是平均数，一个不是", lambda m, s: m.context.mean != s.context.mean and m.number.kind != "date"),
    (
        "一个是每次的，一个是总数",
        lambda m, s: s.context.frequency and not m.context.frequency and not _of_a_year(m, s),
    ),
    (
        "一个是新增的，一个是总数",
        lambda m, s: s.added and _new_or_all(m.context) not in (None, is_new(s.context)),
    ),
    ("一个是新增的，一个是累计的", lambda m, s: is_new(m.context) and s.context.period == _TOTAL),
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


def rival(mention: Mention, match: Match, sources: Sequence[Mention], bench: Bench) -> Mention | None:
    """Return a quantity of the same unit and another value that the words fit clearly better.

    A source that the draft prints elsewhere is a rival only when the two
    numbers would fit better the other way round.
    """
    if mention.number.kind == "date" or is_threshold(mention):
        return None
    best: Mention | None = None
    most = 0.0
    home = bench.affinity.get(match.source.owner, 0.0)
    for source in sources:
        if source is match.source or not comparable(mention, source):
            continue
        score = 0.0 if source.context.bounds else bench.likeness(mention, source)
        if score == 0.0 or clash(mention, source):
            continue
        claimer = _claimer(source, mention, bench)
        if _is_out(mention, match, (source, claimer), bench):
            continue
        if supports(source.number, mention.number) is not None:
            continue
        bar = SWAP_MARGIN if claimer else RIVAL_MARGIN + (RIVAL_LEAD - 1) * match.likeness
        gain = score - match.likeness + AFFINITY * (bench.affinity.get(source.owner, 0.0) - home)
        if claimer is not None and score < match.likeness * _SWAPPED:
            continue
        if claimer is not None:
            gain += bench.likeness(claimer, match.source) - bench.likeness(claimer, source)
        if gain > max(bar, most):
            best, most = source, gain
    return best


def _is_out(mention: Mention, match: Match, other: tuple[Mention, Mention | None], bench: Bench) -> bool:
    """Tell whether a source is no rival, whatever its words; `other` is it and who prints it in the draft."""
    source, claimer = other
    if _is_target(source, claimer, mention) or _same_words(source, match.source):
        return True
    planned = mention.planned and match.source.planned and not source.planned
    if planned or mention.context.period == _TOTAL == match.source.context.period != source.context.period:
        return True
    if is_new(mention.context) and is_new(match.source.context) and not is_new(source.context):
        return True
    when = mention.context.when
    if when is not None and when == match.source.context.when != source.context.when:
        return True
    if claimer is not None:
        return _is_settled((mention, match.source), (claimer, source), bench)
    return _is_unsaid(mention, match, source, bench)


def _is_unsaid(mention: Mention, match: Match, source: Mention, bench: Bench) -> bool:
    """Tell whether the words speak of the match rather than of `source`, which the draft does not print."""
    if _is_only_asked(source, match.source, mention) or _has_its_verb(mention, match.source, source):
        return True
    near = bench.likeness.near
    return near(mention, source) <= near(mention, match.source) or _is_away(source, match, bench)


def _is_away(source: Mention, match: Match, bench: Bench) -> bool:
    """Tell whether the paragraph speaks of the fact of the match and hardly of that of `source`."""
    home, other = (bench.affinity.get(s.owner, 0.0) for s in (match.source, source))
    return home >= OWN > other - _HOME * (home - OWN)


def is_threshold(mention: Mention) -> bool:
    """Tell whether a number bounds who is counted (80岁以上) and counts nothing itself."""
    aged = mention.number.unit in {"岁", "周岁"} and mention.number.approx in {"以上", "以下"}
    return aged or mention.context.bounds


def _is_target(source: Mention, claimer: Mention | None, mention: Mention) -> bool:
    """Tell whether the draft prints `source` as the target that it is, and `mention` as no target."""
    roles = [m.context.role for m in (source, claimer) if m is not None]
    return roles == ["任务", "任务"] and mention.context.role != "任务"


def _is_only_asked(source: Mention, meant: Mention, mention: Mention) -> bool:
    """Tell whether `source` is the target of what its note says was done, and the draft names none."""
    roles = [m.context.role == "任务" for m in (source, meant, mention)]
    return roles == [True, False, False] and source.owner == meant.owner


def _has_its_verb(mention: Mention, meant: Mention, source: Mention) -> bool:
    """Tell whether the first or last word before a number is that of its own source: 办结信访事项236件.

    What both numbers of a note are about, often said before the first of them only, is then no sign for it.
    """
    head = mention.context.head
    words = {head[:2], head[-2:]} if len(head) > 1 else set()
    told = {
        gram for gram in mention.near.keys() & source.near.keys() - meant.near.keys() if not _is_han(gram)
    }
    verb = bool(head) and meant.context.head[:1] == head[0] not in source.near
    follows = source.owner == meant.owner and source.start < meant.start and not told
    return follows and (verb or bool((words & meant.near.keys()) - source.near.keys()))


def _is_han(gram: str) -> bool:
    """Tell whether a gram is of words, not the sign of a grade such as Ⅲ级 that tells one from another."""
    return "\u3400" <= gram[0] <= "\u9fff"


def _is_settled(first: tuple[Mention, Mention], second: tuple[Mention, Mention], bench: Bench) -> bool:
    """Tell whether one of two numbers has words beside it that its own source has and the other's has not."""
    near = bench.likeness.near
    if near(first[0], second[1]) == 0 == near(second[0], first[1]):
        return True
    sure = near(*first) > 0 and near(*second) > 0
    return sure and (near(first[0], second[1]) == 0 or near(second[0], first[1]) == 0)


def _same_words(first: Mention, second: Mention) -> bool:
    """Tell whether two notes speak of one thing: then they contradict each other, and the draft chose one."""
    mine, other = ({g for g, w in m.grams.items() if w >= _TOLD and len(g) > 1} for m in (first, second))
    return first.owner != second.owner and bool(mine) and mine == other


def _claimer(source: Mention, mention: Mention, bench: Bench) -> Mention | None:
    """Return the number of the draft that prints the value of `source` with the words that fit it best."""
    others = [m for m in bench.claims.get(source.id, ()) if m is not mention]
    return max(others, key=lambda m: bench.likeness(m, source), default=None)


def comparable(mention: Mention, source: Mention) -> bool:
    """Tell whether two numbers are of one kind and one unit, so that one could stand for the other."""
    return mention.key == source.key
