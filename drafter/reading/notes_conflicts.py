"""Facts that contradict each other: one subject, two values.

Two numbers are compared only if they are numbers of the same thing: the same
subject whatever the order of its words, the same unit, period and role. A
number that hangs on the activity before it (发放资料2000份) is compared only
with that of the same activity.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from drafter.model import Finding
from drafter.numbers.compare import supports
from drafter.numbers.families import same_unit
from drafter.numbers.units import unit_class
from drafter.reading.notes_counted import Counted, bare_role, counted_things, measure
from drafter.reading.notes_header import is_unit_name
from drafter.reading.notes_page import spoken_place
from drafter.reading.notes_subjects import subject_key

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from drafter.model import Fact, Quantity

_MOST_PAIRS = 600
_MOST_TOPICS = 8
_MOST_VALUES = 3
"""Beyond these a subject with many values is a list of cases, and no contradiction."""
_SITES = re.compile(
    r"(?:村|小区|网格|组|片区?|楼|栋|路|支部|苑|巷|站|队|园|校|里|湾|庄|科|室|办)$|^第[一二三四五六七八九十\d]"
)
"""Topics that are parts of the whole: what they count is no number of the whole."""
_LONG = 6
_FACTOR = 2
"""Short subjects under two topics are one thing only if their values are that near, or of the same digits."""
_PLACES = re.compile(r"在|于|对|村|小区|网格|路|楼|园|校|组|队|支部|站|中心|里|苑|巷|城|街|户|家")


def find_conflicts(
    facts: Sequence[Fact],
    units: Mapping[str, str | None] | None = None,
    period: str | None = None,
    year: int | None = None,
) -> Iterator[Finding]:
    """Yield an error for each subject that two facts give different values of.

    `units` names the unit that each file reports for: files of different units
    never contradict each other. `period` and `year` are those of the report as
    a whole; without `year` it is the latest that a number is of.
    """
    year = year or _latest_year(facts)
    numbers = [number for fact in facts for number in counted_things(fact, period, year)]
    groups: defaultdict[tuple[str, str], list[Counted]] = defaultdict(list)
    for number in numbers:
        if number.core:
            groups[measure(number.quantity), number.key].append(number)
    reported: set[frozenset[str]] = set()
    for group in groups.values():
        if len({number.quantity.value for number in group}) <= _MOST_VALUES:
            for alike in _alike(group):
                yield from _disagreeing(alike, units or {}, reported)
    if len(numbers) <= _MOST_PAIRS:
        yield from _disagreeing_parts(numbers, units or {}, reported)


def _alike(group: Sequence[Counted]) -> Iterable[list[Counted]]:
    """Return the numbers of a group that may be compared at all, by time and by the activity they hang on."""
    parts: defaultdict[Hashable, list[Counted]] = defaultdict(list)
    for number in group:
        parts[subject_key(number.lead), number.when, number.which, bare_role(number.quantity)].append(number)
    return parts.values()


def _few(group: Sequence[Counted]) -> list[Counted]:
    """Return the numbers of `group`: of those that say the same the first of each topic, in few topics."""
    said: defaultdict[Hashable, dict[str, Counted]] = defaultdict(dict)
    for number in group:
        topics = said[number.core, number.before, number.quantity.value]
        if len(topics) < _MOST_TOPICS:
            topics.setdefault(number.fact.topic, number)
    kept = {number.quantity.id for topics in said.values() for number in topics.values()}
    return [number for number in group if number.quantity.id in kept]


def _disagreeing(
    group: Sequence[Counted], units: Mapping[str, str | None], reported: set[frozenset[str]]
) -> Iterator[Finding]:
    kept = _few(group)
    for index, number in enumerate(kept):
        others = [other for other in kept[index + 1 :] if _is_same(number, other, units)]
        wrong = [other for other in others if not _agree(number.quantity, other.quantity)]
        pairs = frozenset({number.quantity.id, *(other.quantity.id for other in wrong)})
        if wrong and not any(pairs <= seen for seen in reported):
            reported.add(pairs)
            yield _finding([number, *wrong])


def _disagreeing_parts(
    numbers: Sequence[Counted], units: Mapping[str, str | None], reported: set[frozenset[str]]
) -> Iterator[Finding]:
    """Compare 矛盾纠纷调解成功36起 with the second number of 矛盾纠纷受理38起，调解成功38起."""
    hanging = [number for number in numbers if number.lead and len(number.core) > 1]
    for number in hanging:
        for other in numbers:
            if other.lead or other.fact.id == number.fact.id or number.core not in other.core:
                continue
            rest = other.core.replace(number.core, "", 1)
            if (
                len(rest) < 2
                or rest not in number.lead
                or not same_unit(number.quantity.unit, other.quantity.unit)
            ):
                continue
            pair = frozenset({number.quantity.id, other.quantity.id})
            alike = _is_same(number._replace(lead="", core=other.core), other, units)
            if alike and pair not in reported and not _agree(number.quantity, other.quantity):
                reported.add(pair)
                yield _finding(sorted((number, other), key=lambda one: one.quantity.id))


def _is_same(first: Counted, second: Counted, units: Mapping[str, str | None]) -> bool:
    """Tell whether two numbers with one subject and unit must have one value."""
    if first.fact.id == second.fact.id or first.when != second.when or first.which != second.which:
        return False
    if bare_role(first.quantity) != bare_role(second.quantity):
        return False
    owners = {units.get(number.fact.where.file) for number in (first, second)} - {None}
    if len(owners) > 1 or subject_key(first.lead) != subject_key(second.lead):
        return False
    if not _same_lead_in(first.before, second.before) or _is_said_too(first, second):
        return False
    return first.fact.topic == second.fact.topic or _is_same_elsewhere(first, second)


def _is_same_elsewhere(first: Counted, second: Counted) -> bool:
    """Tell whether numbers under two topics, with one subject, are of one thing."""
    if any(is_unit_name(topic) or _SITES.search(topic) for topic in (first.fact.topic, second.fact.topic)):
        return False
    is_long = min(len(first.core), len(second.core)) >= _LONG
    return first.is_specific and second.is_specific and (is_long or _is_near(first.quantity, second.quantity))


def _is_near(first: Quantity, second: Quantity) -> bool:
    low, high = sorted(abs(number.value or Decimal(0)) for number in (first, second))
    digits = {number.normalize().as_tuple().digits for number in (low, high)}
    return high <= low * _FACTOR or len(digits) == 1


def _is_said_too(first: Counted, second: Counted) -> bool:
    """Tell whether two numbers under different words each stand in the other fact: 调解38起，化解36起."""
    if sorted(first.core) == sorted(second.core):
        return False
    pairs = ((first.quantity, second.fact), (second.quantity, first.fact))
    return any(
        number.value == other.value and same_unit(number.unit, other.unit)
        for number, fact in pairs
        for other in fact.quantities
    )


def _agree(first: Quantity, second: Quantity) -> bool:
    if (
        first.value == second.value
        and first.upper == second.upper
        and unit_class(first.unit) == unit_class(second.unit)
    ):
        return True
    return supports(first, second) is not None or supports(second, first) is not None


def _finding(numbers: Sequence[Counted]) -> Finding:
    subject = numbers[0].quantity.subject.strip() or numbers[0].core
    several = len({number.fact.where.file for number in numbers}) > 1
    said = "，".join(
        f"{number.fact.id}（{_place(number, several=several)}）为{number.quantity.surface}"
        for number in numbers
    )
    return Finding(
        "contradiction",
        "error",
        f"「{subject}」前后不一致：{said}。",
        hint="请核对后改正其中一处；口径不同的，写明各自的时间或范围。",
        where=tuple(number.fact.where for number in numbers),
        quantities=tuple(number.quantity.id for number in numbers),
    )


def _place(number: Counted, *, several: bool) -> str:
    where = number.fact.where
    return f"{where.file} {spoken_place(where)}" if several else spoken_place(where)


def _latest_year(facts: Sequence[Fact]) -> int | None:
    surfaces = (q.surface for fact in facts for q in fact.quantities if q.kind == "date")
    years = [int(match.group(1)) for surface in surfaces if (match := re.match(r"(20\d\d)年", surface))]
    return max(years, default=None)


def _same_lead_in(first: str, second: str) -> bool:
    if first == second:
        return True
    return not (first and second) and not _PLACES.search(first + second)
