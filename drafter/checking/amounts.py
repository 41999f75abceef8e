"""Sums, rests, means and products of what the notes of a paragraph give, as expressions."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.contrasts import RUNNING
from drafter.checking.direct import clash, comparable
from drafter.checking.mentions import grams_of
from drafter.checking.polarity import denies, halves, opposed
from drafter.checking.surroundings import is_new
from drafter.numbers.bands import form_of
from drafter.numbers.families import same_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.checking.mentions import Likeness, Mention

MAX_ADDENDS = 4
_ALL = 100
"""A rate that takes nothing away: a base times it is no other number."""
MOST_TO_COMBINE = 8
_SHARED = 2
"""So many pairs of characters in common make two notes speak of one matter."""
_RANK = re.compile(r"([^，。；、：□]{2,4}?)(?:等次|等级|级|学历|档)?(?:及)?以[上下][^，。；、□]{0,6}$")
PER = re.compile(
    r"(人次|家次|户次|[人户场村校亩生师家处]|[^\W\d平](?=均(?![已为按达有在能可由得获衡等匀未])))均|每(?:一)?([^，。；□\d]{1,2})"
)


WHOSE = {"客": "人次", "生": "人", "师": "人", "企": "家", "店": "家", "车": "辆"}
"""Whom 生均, 师均 … count, as a measure word."""
_ANY_THING = frozenset({"个", "家", "所", "处", "座", "支", "辆", "台", "间", "栋", "条", "艘"})
"""Measure words that do not tell what they count: its noun does."""


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


def rests(mention: Mention, sources: Sources) -> Iterator[str]:
    """Yield what is left of a whole; where the sentence has printed some, of one of those."""
    own = [s for s in sources.own if is_amount(s) and comparable(mention, s)]
    printed = [s for s in own if s.id in sources.printed]
    pairs = [(whole, part) for whole in printed for part in own]
    pairs += [(whole, part) for part in printed for whole in own]
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


def means(mention: Mention, sources: Sources, lead: str) -> Iterator[str]:
    """Yield totals over the count that 人均, 户均, 每处 … in `lead` names, inside one note."""
    matches = list(PER.finditer(lead))
    if not matches:
        return
    unit = matches[-1][1] or matches[-1][2]
    unit = WHOSE.get(unit, unit)
    counted = {gram for gram in grams_of(lead[matches[-1].start() :]) if len(gram) > 1}
    counts = {s.id: s for s in sources.own}
    for total in _totals(mention, sources):
        summed: list[Mention] = []
        for formula in sources.formulas:
            parts = [counts[name] for name in formula.split("+") if name in counts]
            if "+" in formula and len(parts) > 1 and all(same_unit(p.number.unit, unit) for p in parts):
                yield f"{total.id}/({formula})"
                summed += parts
        yield from _over_all_parts(total, unit, sources)
        for count in sources.own:
            apart = count.owner != total.owner and not _is_beside(count, total, (unit, counted), sources)
            if count is total or not is_amount(count) or apart or count.number.value == 1:
                continue
            if not _of_one_time(count, total) or any(count is part for part in summed):
                continue
            name = count.number.unit or ""
            if (
                same_unit(name, unit)
                or same_unit(name, unit[0])
                or (unit, name) == ("户", "家")
                or name.startswith(unit[0])
                or _is_of(unit, count)
            ):
                yield f"{total.id}/{count.id}"


def _of_one_time(count: Mention, total: Mention) -> bool:
    """Tell whether a mean may be taken over `count`: what was done, not what was asked for or there before."""
    asked = count.context.role == "任务" != total.context.role
    return not asked and count.context.prior == total.context.prior


def _totals(mention: Mention, sources: Sources) -> list[Mention]:
    """Return what a mean may be of; where the words beside it name some of them, those."""
    alike = [s for s in sources.own if is_amount(s) and same_unit(s.number.unit, mention.number.unit)]
    alike = [s for s in alike if mention.context.prior or not s.context.prior]
    words = {gram for gram in grams_of(mention.context.head) if len(gram) > 1}
    named = [s for s in alike if words & s.near.keys()]
    return named or alike


def _is_beside(count: Mention, total: Mention, named: tuple[str, set[str]], sources: Sources) -> bool:
    """Tell whether the draft has printed both, and the words of the mean name this count or leave no other."""
    unit, words = named
    others = [s for s in sources.own if s.id in sources.printed and is_amount(s)]
    others = [s for s in others if same_unit(s.number.unit, unit) or _is_of(unit, s)]
    return {count.id, total.id} <= sources.printed and bool(words & count.near.keys() or others == [count])


def _parts_listed(mention: Mention, sources: Sources) -> Iterator[str]:
    """Yield the sum of the parts that a note lists behind 其中: 排查412户，其中C级18户、D级7户."""
    level = [s for s in sources.own if is_amount(s) and comparable(mention, s) and not s.context.prior]
    for first in (s for s in level if s.context.role == "其中"):
        same = [s for s in level if s.owner == first.owner and s.context.segment == first.context.segment]
        listed = [s for s in same if s.start >= first.start]
        if 1 < len(listed) <= MAX_ADDENDS:
            yield "+".join(s.id for s in listed)


def _over_all_parts(total: Mention, unit: str, sources: Sources) -> Iterator[str]:
    """Yield a total over all the parts that its note lists and does not add up: C级24户、D级17户, 户均."""
    parts = [s for s in sources.own if s.owner == total.owner and s is not total and is_amount(s)]
    parts = [s for s in parts if same_unit(s.number.unit, unit) and s.context.prior == total.context.prior]
    listed = all(s.context.role not in {"其中", "任务", "剩余", "共"} for s in parts)
    if listed and 1 < len(parts) <= MAX_ADDENDS:
        yield f"{total.id}/({'+'.join(s.id for s in parts)})"


def ranked(sources: Sources, mention: Mention, lead: str) -> Iterator[str]:
    """Yield the parts of a list from one of its ranks on: 良好以上 of 优秀9家、良好22家、合格6家."""
    word = _RANK.search(lead)
    own = [s for s in sources.own if is_amount(s) and comparable(mention, s)]
    for rank in own if word else ():
        if word is None or not rank.context.head.endswith(word[1]):
            continue
        mates = [s for s in own if s.owner == rank.owner and s.context.segment == rank.context.segment]
        mates = [s for s in mates if s.context.prior == rank.context.prior and s.context.role != "共"]
        at = mates.index(rank)
        runs = [mates[start : at + 1] for start in range(at)]
        runs += [mates[at:end] for end in range(at + 2, len(mates) + 1)]
        yield from ("+".join(s.id for s in run) for run in runs if len(run) <= MAX_ADDENDS)


def _is_of(unit: str, count: Mention) -> bool:
    """Tell whether `count` is the number of what 均 or 每 names: 班 of 班级48个, 车 of 校车52辆."""
    name = count.number.unit or ""
    if unit in "场次" and name[:1] in "场次期":
        return True
    return name in _ANY_THING and (unit[0] in count.context.head[-2:] or unit[0] in count.context.tail[:2])


def sums(mention: Mention, sources: Sources, *, free: bool) -> Iterator[str]:
    """Quantities of one unit: the printed ones, all of them, and when `free` any two to four."""
    own = [s for s in sources.own if _is_addend(mention, s, sources)]
    printed = [s for s in own if s.id in sources.printed]
    yield from _parts_listed(mention, sources)
    for size in range(2, len(sources.listed) + 1):
        yield "+".join(s.id for s in sources.listed[:size])
    group_is_rounded = form_of(mention.number.approx) is not None
    for group in (printed, own) if not group_is_rounded else ():
        if 2 <= len(group) <= MAX_ADDENDS or (group is printed and len(group) > 1):
            yield "+".join(s.id for s in group)
    for owner in dict.fromkeys(s.owner for s in own):
        inside = [s for s in own if s.owner == owner]
        if 1 < len(inside) < len(own) or (group_is_rounded and len(inside) > 1):
            yield "+".join(s.id for s in inside)
    for size in range(2, MAX_ADDENDS + 1):
        if free and len(own) <= MOST_TO_COMBINE:
            for some in combinations(own, size):
                if not any(clash(a, b) for a, b in combinations(some, 2)):
                    yield "+".join(s.id for s in some)


def named_sums(mention: Mention, sources: Sources, lead: str) -> Iterator[str]:
    """Yield the sum of those that the words before a total name, each by a word of its own: 市级、省级共."""
    own = [s for s in sources.own if is_amount(s) and comparable(mention, s) and not s.context.prior]
    own = [s for s in own if s.context.role not in {"任务", "剩余"}]
    named = []
    for source in own:
        others = {gram for s in own if s is not source for gram in s.near}
        if any(len(gram) > 1 and gram in lead for gram in source.near.keys() - others):
            named.append(source)
    for some in (named, *([s for s in named if s is not whole] for whole in named)):
        if 1 < len(some) <= MAX_ADDENDS:
            yield "+".join(s.id for s in some)


def net_changes(mention: Mention, sources: Sources) -> Iterator[str]:
    """Yield what came less what went, or the other way round: 净减少7户 of 新增18户、退出25户."""
    own = [s for s in sources.own if s.number.value is not None and comparable(mention, s)]
    for more in own:
        for less in own:
            apart = less is more or less.owner != more.owner or more.context.prior != less.context.prior
            if (
                not apart
                and not_less(more, less)
                and (opposed(more, less) or is_new(more.context) != is_new(less.context))
            ):
                yield f"{more.id}-{less.id}"


def whole_sums(mention: Mention, sources: Sources) -> Iterator[str]:
    """All quantities of one unit that one note enumerates; where there is one such note it needs no word."""
    own = [s for s in sources.own if _is_addend(mention, s, sources)]
    owners = {s.owner for s in own}
    if len(owners) == 1 and len(own) > 1:
        yield "+".join(s.id for s in own)


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


def _is_addend(mention: Mention, source: Mention, sources: Sources) -> bool:
    """Tell whether `source` may be added up: no part of something counted already, no earlier year."""
    if not is_amount(source) or not comparable(mention, source) or source.context.prior:
        return False
    if source.contrasted and source.context.period in RUNNING:
        return False
    if source.context.role == "其中":
        mates = [s for s in sources.own if s.owner == source.owner and s is not source]
        mates = [s for s in mates if comparable(s, source) and is_amount(s)]
        return bool(mates) and all(s.start > source.start for s in mates)
    return source.context.role not in {"任务", "剩余"}


def akin(part: Mention, whole: Mention) -> bool:
    """Tell whether two numbers are of one note, or of two on one matter and time: 投诉受理74件 / 投诉办结69件."""
    if part.owner == whole.owner or (part.context.role == "其中" and part.owner == whole.owner + 1):
        return True
    mine, other = ({gram for gram in s.near if len(gram) > 1} for s in (part, whole))
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
