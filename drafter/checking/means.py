"""Means: totals over the count that 人均, 户均, 每处 … name, as expressions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.checking.amounts import Sources, is_amount
from drafter.checking.mentions import grams_of
from drafter.checking.sums import MAX_ADDENDS
from drafter.numbers.families import same_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.checking.mentions import Mention

PER = re.compile(
    r"(人次|家次|户次|[人户场村校亩生师家处]|[^\W\d平](?=均(?![已为按达有在能可由得获衡等匀未])))均|每(?:一)?([^，。；□\d]{1,2})"
)

WHOSE = {"客": "人次", "生": "人", "师": "人", "企": "家", "店": "家", "车": "辆"}
"""Whom 生均, 师均 … count, as a measure word."""
_EACH = re.compile(r"每(?:一)?[个名位家户处所座条支场期批]?([^，。；□\d]+)")
_NOUN = 3
"""So many characters behind 每个 are the noun of what is counted."""
_ANY_THING = frozenset({"个", "家", "所", "处", "座", "支", "辆", "台", "间", "栋", "条", "艘"})
"""Measure words that do not tell what they count: its noun does."""


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
        fitting = []
        for count in sources.own:
            apart = count.owner != total.owner and not _is_beside(count, total, (unit, counted), sources)
            if count is total or not is_amount(count) or apart or count.number.value == 1:
                continue
            if _of_one_time(count, total) and not any(count is part for part in summed):
                fitting.append(count)
        yield from (f"{total.id}/{count.id}" for count in _counted_by(fitting, unit))


def _counted_by(counts: Sequence[Mention], unit: str) -> list[Mention]:
    """Return the counts that 均 or 每 with `unit` names: those of that very unit, else of its kind."""
    very = [s for s in counts if s.number.unit == unit]
    kind = [s for s in counts if same_unit(s.number.unit, unit) or same_unit(s.number.unit, unit[0])]
    near = [s for s in counts if (unit, s.number.unit) == ("户", "家") or _is_of(unit, s)]
    near += [s for s in counts if s not in near and (s.number.unit or "").startswith(unit[0])]
    found = very or kind or near
    return [s for s in found if s.context.role != "其中"] or found


def _of_one_time(count: Mention, total: Mention) -> bool:
    """Tell whether a mean may be taken over `count`: what was done, not what was asked for."""
    asked = count.context.role == "任务" != total.context.role
    return not asked and count.context.prior == total.context.prior


def _totals(mention: Mention, sources: Sources) -> list[Mention]:
    """Return what a mean may be of; where the words beside it name some of them, those."""
    level = [s for s in sources.own if is_amount(s) or s.context.frequency]
    alike = [s for s in level if same_unit(s.number.unit, mention.number.unit)]
    alike = [s for s in alike if mention.context.prior or not s.context.prior]
    words = {gram for gram in grams_of(mention.context.head) if len(gram) > 1}
    each = _EACH.search(mention.context.head)
    counted = {gram for gram in grams_of(each[1][:_NOUN]) if len(gram) > 1} if each else set()
    named = [s for s in alike if words & s.near.keys() and not counted & s.near.keys()]
    return named or alike


def _is_beside(count: Mention, total: Mention, named: tuple[str, set[str]], sources: Sources) -> bool:
    """Tell whether the draft has printed both, and the mean names this count or leaves no other."""
    unit, words = named
    others = [s for s in sources.own if s.id in sources.printed and is_amount(s)]
    others = [s for s in others if same_unit(s.number.unit, unit) or _is_of(unit, s)]
    return {count.id, total.id} <= sources.printed and bool(words & count.near.keys() or others == [count])


def _over_all_parts(total: Mention, unit: str, sources: Sources) -> Iterator[str]:
    """Yield a total over all the parts that its note lists and does not add up: C级24户、D级17户, 户均."""
    parts = [s for s in sources.own if s.owner == total.owner and s is not total and is_amount(s)]
    parts = [s for s in parts if same_unit(s.number.unit, unit) and s.context.prior == total.context.prior]
    listed = all(s.context.role not in {"其中", "任务", "剩余", "共"} for s in parts)
    if listed and 1 < len(parts) <= MAX_ADDENDS:
        yield f"{total.id}/({'+'.join(s.id for s in parts)})"


def _is_of(unit: str, count: Mention) -> bool:
    """Tell whether `count` is the number of what 均 or 每 names: 班 of 班级48个, 车 of 校车52辆."""
    name = count.number.unit or ""
    if unit in "场次" and name[:1] in "场次期":
        return True
    return name in _ANY_THING and (unit[0] in count.context.head[-2:] or unit[0] in count.context.tail[:2])
