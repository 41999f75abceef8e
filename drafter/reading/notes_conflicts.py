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
from typing import TYPE_CHECKING, NamedTuple

from drafter.model import Finding
from drafter.numbers.compare import supports
from drafter.numbers.families import same_unit
from drafter.numbers.units import unit_class
from drafter.reading.notes_header import is_unit_name, read_period
from drafter.reading.notes_page import spoken_place
from drafter.reading.notes_subjects import is_specific, subject_core, subject_key
from drafter.reading.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from drafter.model import Fact, Quantity

_KINDS = frozenset({"quantity", "money", "percent"})
_OCCASIONS = frozenset({"次", "场", "期"})
_ACTIVITIES = frozenset({"次", "件", "处", "人次", "户次"})
_SPECIFIC = 4
_REACH = 200
"""How many characters back a time is looked for."""
_MOST_DATES = 50
_MOST_PAIRS = 600
_MOST_VALUES = 3
"""Beyond these a subject with many values is a list of cases, and no contradiction."""
_THIS_YEAR = re.compile(r"今年|本年|全年|年内|当年|目前|年底|年末|累计")
_ALL_TIME = re.compile(r"历年|历届|有史以来|建.{0,3}以来|成立以来|多年")
_CLOSING = re.compile(r"(?:截至|截止|到|至)[^，。；]{0,8}$")
_TIMES = re.compile(
    r"上半年|下半年|[一二三四]季度|春节|元宵|清明|端午|中秋|国庆|重阳|元旦|七一|八一|六一|五一|暑期|寒假|暑假|汛期|每月|每周|每季度|每年|春季|夏季|秋季|冬季",
)
_SITES = re.compile(
    r"(?:村|小区|网格|组|片区?|楼|栋|路|支部|苑|巷|站|队|园|校|里|湾|庄|科|室|办)$|^第[一二三四五六七八九十\d]"
)
"""Topics that are parts of the whole: what they count is no number of the whole."""
_LONG = 6
_FACTOR = 2
"""Short subjects under two topics are one thing only if their values are that near, or of the same digits."""
_PLACES = re.compile(r"在|于|对|村|小区|网格|路|楼|园|校|组|队|支部|站|中心|里|苑|巷|城|街|户|家")


class Counted(NamedTuple):
    """A number with what tells it from others."""

    fact: Fact
    quantity: Quantity
    core: str
    lead: str
    """The subject of the fact's first number, if this one hangs on it."""
    before: str
    """The words of the fact before the clause of its first number."""
    when: frozenset[str]
    which: tuple[str, ...]
    is_first: bool

    @property
    def key(self) -> str:
        """The subject without regard to the order and the choice of its words."""
        return subject_key(self.core, is_money=self.quantity.kind == "money")

    @property
    def is_specific(self) -> bool:
        """It counts a thing of its own, so that it counts the same under another topic."""
        if self.lead:
            return is_specific(self.lead)
        return is_specific(self.core) and (self.is_first or len(self.core) >= _SPECIFIC)


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
            yield from _disagreeing(group, units or {}, reported)
    if len(numbers) <= _MOST_PAIRS:
        yield from _disagreeing_parts(numbers, units or {}, reported)


def counted_things(fact: Fact, period: str | None, year: int | None = None) -> Iterator[Counted]:
    """Yield the counts, amounts and rates of `fact` with what tells each from others."""
    first: Counted | None = None
    before: Quantity | None = None
    which: list[str] = []
    in_list = False
    dates = [quantity for quantity in fact.quantities if quantity.kind == "date"][:_MOST_DATES]
    for quantity in fact.quantities:
        if quantity.kind == "ordinal" and len(which) < _MOST_DATES:
            which.append(quantity.surface)
        if quantity.kind not in _KINDS or quantity.value is None:
            continue
        gap = fact.text[before.span.end : quantity.span.start] if before else ""
        in_list = bool(before) and "、" in gap[:1] and (in_list or _reaches_over(first))
        core = subject_core(quantity.subject)
        if not core and first and not subject_core(gap):
            core = first.core
        is_part = quantity.role == "其中"
        lead = first.core if first and (in_list or is_part or _hangs(core, first.quantity)) else ""
        words = _lead_in(fact, quantity) if first is None else first.before
        when = _when(fact, quantity, dates, period, year)
        found = Counted(fact, quantity, core, lead, words, when, tuple(which), first is None)
        first = first or found
        before = quantity
        yield found


def _hangs(core: str, first: Quantity) -> bool:
    """Tell whether a later number of a fact belongs to what the first one counts."""
    if len(core) < 2 or core.startswith(load_words("outcome_words")):
        return True
    return len(core) < _SPECIFIC and measure(first) in _ACTIVITIES


def _disagreeing(
    group: Sequence[Counted], units: Mapping[str, str | None], reported: set[frozenset[str]]
) -> Iterator[Finding]:
    kept = list(
        {
            (*number[2:7], number.quantity.value, number.fact.topic): number for number in reversed(group)
        }.values()
    )
    kept.reverse()
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
            alike = _is_same(number._replace(lead=""), other, units)
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


def measure(quantity: Quantity) -> str:
    """Return the class of a number's measure word; events count the same by 次, 场 and 期."""
    if quantity.kind == "percent":
        return "%"
    known = unit_class(quantity.unit) or ""
    return "次" if known in _OCCASIONS else known


def bare_role(quantity: Quantity) -> str | None:
    """Return the part that a number plays, where it is not simply the number itself."""
    return None if quantity.role in {"共", "完成"} else quantity.role


def _when(
    fact: Fact, quantity: Quantity, dates: Sequence[Quantity], period: str | None, year: int | None
) -> frozenset[str]:
    """Return the times that the number is of, other than the report's own period and year."""
    lead = fact.text[max(0, quantity.span.start - _REACH) : quantity.span.start]
    clause = re.split(r"[。；;]", lead)[-1]
    begins = quantity.span.start - len(clause)
    times = set(_TIMES.findall(clause)) | set(_TIMES.findall(fact.topic))
    if quantity.period and not _THIS_YEAR.search(quantity.period):
        times.add(quantity.period)
    times |= set(_ALL_TIME.findall(lead))
    for date in dates:
        before = fact.text[max(0, date.span.start - 20) : date.span.start]
        if begins <= date.span.start < quantity.span.start and not _CLOSING.search(before):
            times.add(date.surface)
    named = read_period(fact.topic)[1]
    if named:
        times.add(named)
    return frozenset(time for time in times if time != period and not _is_of_year(time, year))


def _is_of_year(time: str, year: int | None) -> bool:
    match = re.fullmatch(r"(20\d\d)年(?:度)?", time)
    return match is not None and (year is None or int(match.group(1)) == year)


def _latest_year(facts: Sequence[Fact]) -> int | None:
    surfaces = (q.surface for fact in facts for q in fact.quantities if q.kind == "date")
    years = [int(match.group(1)) for surface in surfaces if (match := re.match(r"(20\d\d)年", surface))]
    return max(years, default=None)


def _lead_in(fact: Fact, quantity: Quantity) -> str:
    """Return the bare words of the fact before the clause of its first number."""
    lead = fact.text[: quantity.span.start]
    clause = max(lead.rfind(sign) for sign in "，。；,;")
    return subject_core(lead[: clause + 1]) if clause >= 0 else ""


def _same_lead_in(first: str, second: str) -> bool:
    if first == second:
        return True
    return not (first and second) and not _PLACES.search(first + second)


def _reaches_over(first: Counted | None) -> bool:
    return first is not None and first.core.startswith(load_words("listing_verbs"))
