"""The counts, amounts and rates of facts, each with what tells it from others of the same name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.numbers.units import unit_class
from drafter.reading.notes_header import read_period
from drafter.reading.notes_subjects import is_specific, subject_core, subject_key
from drafter.reading.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.model import Fact, Quantity

_KINDS = frozenset({"quantity", "money", "percent"})
_OCCASIONS = frozenset({"次", "场", "期"})
_ACTIVITIES = frozenset({"次", "件", "处", "人次", "户次"})
_SPECIFIC = 4
_REACH = 200
"""How many characters back a time is looked for."""
_MOST_DATES = 50
_THIS_YEAR = re.compile(r"今年|本年|全年|年内|当年|目前|年底|年末|累计")
_ALL_TIME = re.compile(r"历年|历届|有史以来|建.{0,3}以来|成立以来|多年")
_NUMBERED = re.compile(r"\d+(?=[号#＃栋幢])")
"""Things of one name that are told apart by their numbers: 1号楼, 2号楼."""
_CLOSING = re.compile(r"(?:截至|截止|到|至)[^，。；]{0,8}$")
_TIMES = re.compile(
    r"上半年|下半年|[一二三四]季度|春节|元宵|清明|端午|中秋|国庆|重阳|元旦|七一|八一|六一|五一|暑期|寒假|暑假|汛期|每月|每周|每季度|每年|春季|夏季|秋季|冬季",
)


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
        named = (*which, *_NUMBERED.findall(fact.text[: quantity.span.start]))
        found = Counted(fact, quantity, core, lead, words, when, named, first is None)
        first = first or found
        before = quantity
        yield found


def _hangs(core: str, first: Quantity) -> bool:
    """Tell whether a later number of a fact belongs to what the first one counts."""
    if len(core) < 2 or core.startswith(load_words("outcome_words")):
        return True
    return len(core) < _SPECIFIC and measure(first) in _ACTIVITIES


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


def _lead_in(fact: Fact, quantity: Quantity) -> str:
    """Return the bare words of the fact before the clause of its first number."""
    lead = fact.text[: quantity.span.start]
    clause = max(lead.rfind(sign) for sign in "，。；,;")
    return subject_core(lead[: clause + 1]) if clause >= 0 else ""


def _reaches_over(first: Counted | None) -> bool:
    return first is not None and first.core.startswith(load_words("listing_verbs"))
