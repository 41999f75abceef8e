"""Arithmetic inside one fact that does not hold: a rate, a part, a product, a list and its sum."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from drafter.model import Finding
from drafter.numbers.bands import lead
from drafter.numbers.families import same_unit
from drafter.numbers.figures import decimal_text
from drafter.numbers.units import to_base
from drafter.reading.notes_page import spoken_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.model import Fact, Quantity

_COUNTS = frozenset({"quantity", "money"})
_MEAN = re.compile(r"(?:每[^，。；\d]{0,5}|人均|户均|场均|均|平均|各)[^，。；\d]{0,4}$")
_TOTAL = re.compile(r"(?:共|总|合计|累计)[^，。；]{0,8}$")
_LISTED_TOTAL = re.compile(r"^[，,]?(?:合计|共计|总计|一共|共)[^，。；、\d]{0,6}$")
_RATE = re.compile(r"(?P<what>[^\W\d]{1,6})率[^，。；]{0,4}$")
_WHOLES = re.compile(r"受理|排查|发现|接到|收到|登记|征集|认领|应|共有|总数")
_PARTS = re.compile(r"成功|化解|整改|办结|解决|答复|办理|已|实|完成")
_NO_LIMIT = re.compile(r"增长|增幅|完成|达标|进度|回报|利用")
_NEAR = 20
_WORDS = 30
"""How many numbers, and how many characters, back a relation may reach."""
_SLACK = Decimal("0.03")


def find_miscounts(facts: Sequence[Fact]) -> Iterator[Finding]:
    """Yield a warning for each fact whose numbers cannot all be right."""
    for fact in facts:
        numbers = [quantity for quantity in fact.quantities if quantity.value is not None]
        if len(numbers) < 2:
            continue
        for message in (
            *_rates(fact, numbers),
            *_parts(fact, numbers),
            *_means(fact, numbers),
            *_lists(fact, numbers),
        ):
            hint = "请核对这一条里的几个数，改正后再写。"
            yield Finding(
                "arithmetic",
                "warning",
                f"{fact.id}（{spoken_place(fact.where)}）{message}。",
                hint=hint,
                where=(fact.where,),
            )


def _rates(fact: Fact, numbers: Sequence[Quantity]) -> Iterator[str]:
    """A rate that no pair of counts gives, its numerator being bound by its name: 整改率 by 整改."""
    for index, rate in enumerate(numbers):
        named = _RATE.search(_before(fact, rate)) if rate.kind == "percent" else None
        if named is None or rate.approx or rate.period:
            continue
        earlier = [
            number
            for number in numbers[max(0, index - _NEAR) : index + _NEAR]
            if number.kind in _COUNTS and not number.approx and not number.period
        ]
        tops = [number for number in earlier if _is_named(named.group("what"), number, fact)]
        pairs = [
            (top, whole)
            for top in tops
            for whole in earlier
            if whole is not top
            and same_unit(top.unit, whole.unit)
            and _value(top) > 0
            and (_value(whole) >= _value(top) or _beyond(named.group("what"), whole))
        ]
        if pairs and not any(_gives(top, whole, rate) for top, whole in pairs):
            top, whole = pairs[0]
            right = _rounded(_value(top) / _value(whole) * 100, rate)
            yield f"{top.surface} ÷ {whole.surface} = {right}%，与写的{rate.surface}不符"
        elif not pairs and _value(rate) > 100 and not _NO_LIMIT.search(named.group("what")):
            yield f"{named.group('what')}率{rate.surface}超过了 100%"


def _beyond(what: str, whole: Quantity) -> bool:
    """Tell whether a rate of `what` is one of a target, which a result may exceed."""
    return bool(_NO_LIMIT.search(what)) and whole.role == "任务" and _value(whole) > 0


def _parts(fact: Fact, numbers: Sequence[Quantity]) -> Iterator[str]:
    """A part above its whole: behind 其中, or 整改 above 排查."""
    for index, part in enumerate(numbers):
        if part.kind not in _COUNTS or part.period:
            continue
        for whole in reversed(numbers[max(0, index - _NEAR) : index]):
            between = fact.text[whole.span.end : part.span.start]
            if whole.kind not in _COUNTS or not same_unit(whole.unit, part.unit) or whole.period:
                continue
            of_it = "其中" in between and "。" not in between
            settled = (
                _WHOLES.search(whole.subject)
                and _PARTS.search(part.subject)
                and not _WHOLES.search(part.subject)
                and not re.search(r"[。；]", between)
            )
            if (of_it or settled) and _value(part) > _top(whole):
                yield f"{part.surface}是其中一部分，却大于{whole.surface}"
            if of_it or settled:
                break


def _means(fact: Fact, numbers: Sequence[Quantity]) -> Iterator[str]:
    """A count, a mean and a total that do not go together: 22个，每个1000余册，共10000余册."""
    for index, mean in enumerate(numbers):
        if index == 0 or mean.kind not in _COUNTS or not _MEAN.search(_before(fact, mean)):
            continue
        count = numbers[index - 1]
        totals = [
            number
            for number in numbers[index + 1 : index + _NEAR]
            if same_unit(number.unit, mean.unit)
            and _TOTAL.search(fact.text[mean.span.end : number.span.start])
        ]
        if count.kind != "quantity" or same_unit(count.unit, mean.unit) or not totals:
            continue
        total = totals[0]
        low, high = _value(count) * _value(mean), _value(count) * _top(mean)
        if _top(total) < low * (1 - _SLACK) or _value(total) > high * (1 + _SLACK):
            yield f"{count.surface} × {mean.surface} ≈ {low:f}，与写的{total.surface}不符"


def _lists(fact: Fact, numbers: Sequence[Quantity]) -> Iterator[str]:
    """A list joined by 、 and the sum that follows it at once."""
    for index, total in enumerate(numbers):
        items: list[Quantity] = []
        for number in reversed(numbers[max(0, index - _NEAR) : index]):
            after = fact.text[number.span.end : (items[-1].span.start if items else total.span.start)]
            joined = re.match(r"、[^，。；]*$", after) if items else _LISTED_TOTAL.match(after)
            if (
                not joined
                or not same_unit(number.unit, total.unit)
                or number.approx
                or number.kind not in _COUNTS
            ):
                break
            items.append(number)
        if len(items) < 2 or total.approx or total.kind not in _COUNTS:
            continue
        added = sum((_value(item) for item in items), Decimal(0))
        if added != _value(total):
            shown = " + ".join(item.surface for item in reversed(items))
            yield f"{shown} = {decimal_text(added)}，与写的{total.surface}不符"


def _before(fact: Fact, number: Quantity) -> str:
    """Return the last words before a number."""
    return fact.text[max(0, number.span.start - _WORDS) : number.span.start]


def _is_named(what: str, number: Quantity, fact: Fact) -> bool:
    """Tell whether the name of a rate names this count: 调解成功率 → 调解成功38起."""
    near = fact.text[max(0, number.span.start - 8) : number.span.start]
    clause = re.split(r"[，。；、,;]", near)[-1]
    return any(len(what[at:]) > 1 and what[at:] in clause for at in range(len(what)))


def _gives(top: Quantity, whole: Quantity, rate: Quantity) -> bool:
    exact = _value(top) / _value(whole) * 100
    step = Decimal(1).scaleb(-_places(rate))
    return abs(exact - _value(rate)) <= step


def _rounded(percent: Decimal, rate: Quantity) -> str:
    places = max(1, _places(rate))
    return decimal_text(percent.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


def _places(rate: Quantity) -> int:
    return max(0, -int(_value(rate).as_tuple().exponent))


def _value(quantity: Quantity) -> Decimal:
    value = quantity.value if quantity.value is not None else Decimal(0)
    return to_base(value, quantity.unit)[0] if quantity.unit else value


def _top(quantity: Quantity) -> Decimal:
    """Return the highest value that a number may stand for: 1000余册 may be 1999."""
    value = quantity.upper if quantity.upper is not None else quantity.value
    if value is None:
        return Decimal(0)
    highest = value + lead(value, quantity.surface) if quantity.approx else value
    return to_base(highest, quantity.unit)[0] if quantity.unit else highest
