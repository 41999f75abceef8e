"""Which numbers of a past sentence were the two ends of which rate.

A unit that wrote 受理42起，成功41起，成功率97.6% works this rate out every year.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.writing.frames import Clause


class Rate(NamedTuple):
    """The clauses (by index in the sentence) that hold the part and the whole of a rate."""

    part: int
    whole: int


def find_rates(sentence: Sequence[Clause]) -> dict[int, Rate]:
    """Return, for each clause that holds one percentage, the two clauses that it was worked out from.

    A rate counts only where exactly one pair of numbers of one unit before it
    gives the printed percentage; an ambiguous one is none.
    """
    rates: dict[int, Rate] = {}
    for place, clause in enumerate(sentence):
        if len(clause.slots) != 1 or clause.slots[0].kind != "percent" or clause.slots[0].value is None:
            continue
        pairs = [
            Rate(part, whole)
            for part in range(place)
            for whole in range(place)
            if part != whole and _gives(sentence[part], sentence[whole], clause.slots[0].value)
        ]
        if len(pairs) == 1 or (len(pairs) == 2 and clause.slots[0].value == 100):
            rates[place] = max(pairs, key=lambda pair: pair.part)
    return rates


def _gives(part: Clause, whole: Clause, percent: Decimal) -> bool:
    if len(part.slots) != 1 or len(whole.slots) != 1:
        return False
    one, all_ = part.slots[0], whole.slots[0]
    if not (one.exact and all_.exact and one.value and all_.value) or one.measure != all_.measure or one.value > all_.value:
        return False
    if one.kind == "percent":
        return False
    places = Decimal(1).scaleb(int(percent.as_tuple().exponent)) if percent.as_tuple().exponent < 0 else Decimal(1)
    return (one.value / all_.value * 100).quantize(places, rounding=ROUND_HALF_UP) == percent
