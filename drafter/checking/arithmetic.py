"""Checks a printed number against an expression over the numbers of the notes."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from drafter.numbers.bands import form_of
from drafter.numbers.compare import Support, supports_value
from drafter.numbers.expressions import ExpressionError, compute, operands, worked
from drafter.numbers.families import same_unit
from drafter.numbers.units import to_base

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from drafter.checking.mentions import Mention
    from drafter.model import Quantity
    from drafter.numbers.expressions import Result

POINTS = frozenset({"百分点", "个百分点"})
TIMES = frozenset({"倍"})
DOUBLINGS = frozenset({"番"})
_PER_UNIT = re.compile(r"每(?:一)?(公里|千米|里|亩|公顷|吨|斤|公斤|平方米|米)|(亩|公里|吨)[均产]")
_DAY_SPAN = re.compile(r"(\w{4}-\d\d)-(\d\d)/(\w{4}-\d\d)-(\d\d)")
_DAYS = {"天": 1, "日": 1, "周": 7, "个星期": 7, "星期": 7, "个月": 30, "月": 30, "年": 365}
_WEEKS = frozenset({"周", "星期", "个星期"})
_WEEK = 7
"""So many days make up a week."""
_MONTHS = {"个月": 1, "月": 1, "季度": 3, "个季度": 3, "年": 12}


class Derived(NamedTuple):
    """A number that follows from `facts` by `label`; `shown` is the arithmetic as one reads it."""

    label: str
    shown: str
    support: Support


def verify(
    label: str, mention: Mention, quantities: Mapping[str, Quantity], *, parts: bool = False
) -> Derived | None:
    """Return how `label` supports the printed number, None when it does not.

    Quotients may be rounded, with `parts` also a share of a count: 62 % of 1043 people.

    Raises:
        ExpressionError: the label cannot be computed.
    """
    result = compute(label, quantities)
    names = operands(label)
    approximate = any(form_of(quantities[name].approx) is not None for name in names)
    points = "-" in label and all(quantities[name].kind == "percent" for name in names)
    if "*" in label and mention.number.unit in {"人", "名", "位"} and _over_time(label, quantities):
        return None
    shifted = any(quantities[name].unit in POINTS for name in names)
    value = _comparable(result, mention, label, points=points, shifted=shifted)
    if value is not None and "/" in label and result.kind == "amount":
        value *= _per(mention)
    if value is not None and "*" in label and "/" not in label:
        value /= _other_sizes(names, result, quantities)
    if value is None:
        return None
    rounded = "/" in label or parts
    support = supports_value(value, mention.number, approximate=approximate, rounding=rounded)
    return Derived(label, worked(label, quantities), support) if support is not None else None


def fits(
    label: str, mention: Mention, quantities: Mapping[str, Quantity], *, parts: bool = False
) -> Derived | None:
    """Return how `label` supports the printed number; a label that cannot be computed supports nothing."""
    try:
        return verify(label, mention, quantities, parts=parts)
    except ExpressionError:
        return None


def converted(mention: Mention, source: Mention) -> bool:
    """Tell whether a duration is the same one in another unit: 15天 and 半个月, 6个月 and 半年."""
    mine, other = mention.number, source.number
    if mine.unit in {"天", "日"} and mine.value is not None and other.iso and not form_of(mine.approx):
        return mine.value == _days_of(other.iso)
    if mine.unit in _WEEKS and mine.value is not None and other.iso and not form_of(mine.approx):
        return mine.value * _WEEK == _days_of(other.iso)
    if mine.unit == "个月" and mine.value is not None and other.iso and not form_of(mine.approx):
        return mine.value == _months_of(other.iso)
    if mine.value is None or other.value is None or mine.unit is None or other.unit is None:
        return False
    if mine.unit == other.unit or form_of(mine.approx) or form_of(other.approx):
        return False
    tables = [table for table in (_DAYS, _MONTHS) if mine.unit in table and other.unit in table]
    return any(mine.value * table[mine.unit] == other.value * table[other.unit] for table in tables)


def _days_of(iso: str) -> int | None:
    """Return how many days a span within one month has, both ends counted: 5月18日至20日."""
    found = _DAY_SPAN.fullmatch(iso)
    return int(found[4]) - int(found[2]) + 1 if found and found[1] == found[3] else None


def _months_of(iso: str) -> int | None:
    """Return how many whole months a span within one year has: 3月1日至6月30日, 3月至6月."""
    first, _, last = iso.partition("/")
    if len(first) != len(last) or first[:4] != last[:4] or first.count("-") == 0:
        return None
    start, end = first.split("-")[1:], last.split("-")[1:]
    whole = len(start) == 1 or (start[1] == "01" and end[1] in {"30", "31"})
    return int(end[0]) - int(start[0]) + 1 if whole and start[0].isdigit() and end[0].isdigit() else None


def _comparable(
    result: Result, mention: Mention, label: str, *, points: bool, shifted: bool
) -> Decimal | None:
    """Return the value of `result` in the unit of the printed number, None when the units do not meet."""
    number = mention.number
    quotient = result.kind == "ratio" or (result.kind == "amount" and "/" in label)
    value: Decimal | None = None
    if number.unit in POINTS and result.kind == "ratio" and "-" in label:
        value = result.value * 100
    elif number.kind == "percent" and number.unit not in POINTS:
        if quotient and not points:
            value = result.value * 100
        elif result.kind == "percent" and (shifted or ("-" not in label and "+" not in label)):
            value = result.value
    elif number.unit in DOUBLINGS and number.value is not None:
        value = number.value if result.value == Decimal(2) ** int(number.value) else None
    elif (
        (number.unit in POINTS and result.kind == "percent")
        or (number.unit in TIMES and quotient)
        or (
            result.kind == "ratio" and mention.context.mean and number.kind == "quantity" and "-" not in label
        )
        or (result.kind == "amount" and _units_meet(result.unit, number.unit, label))
    ):
        value = result.value
    return value


def _over_time(label: str, quantities: Mapping[str, Quantity]) -> bool:
    """Tell whether a product counts the same people once a day or a turn, so that it is one of 人次."""
    turns = {"天", "日", "次", "场", "班", "周", "个月"}
    return any(quantities[name].unit in turns for name in operands(label))


def _per(mention: Mention) -> Decimal:
    """Return how many base units the unit of 每公里, 亩均 … has; 1 for things that are counted."""
    match = _PER_UNIT.search(mention.context.head)
    return to_base(Decimal(1), match[1] or match[2])[0] if match else Decimal(1)


def _other_sizes(names: Iterable[str], result: Result, quantities: Mapping[str, Quantity]) -> Decimal:
    """Return what the acres of 1200亩, 亩均2600元 were multiplied by when they became square metres."""
    size = Decimal(1)
    for name in names:
        unit = quantities[name].unit
        if unit is not None and quantities[name].kind != "percent" and not same_unit(unit, result.unit):
            size *= to_base(Decimal(1), unit)[0]
    return size


def _units_meet(first: str | None, second: str | None, label: str) -> bool:
    if same_unit(first, second):
        return True
    if "/" in label:
        return first == "人次" and second == "次"
    return "*" in label and first == "人" and second == "人次"
