"""Numbers of a draft that rest on a note which another note contradicts, and that do not say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.model import PASSING_VERDICTS, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.model import Fact, NumberCheck, Quantity

_DOUBT = "【待核"
_NEAR = 24
"""A 【待核 this close behind a number, its link aside, is about that number."""


def contradicted(
    source: str, numbers: Sequence[NumberCheck], facts: Sequence[Fact], groups: Sequence[Sequence[str]]
) -> Iterator[Finding]:
    """Yield a warning for each passing number of `source` whose note stands in one of `groups`.

    `groups` are ids of quantities of the notes that contradict each other. A
    number that the draft itself marks as doubtful is left alone.
    """
    quantities = {quantity.id: quantity for fact in facts for quantity in fact.quantities}
    others = {
        one: [quantities[other] for other in group if other != one and other in quantities]
        for group in groups
        for one in group
    }
    places = {fact.id: fact.where for fact in facts}
    for number in numbers:
        against = [quantity for name in number.facts for quantity in others.get(name, ())]
        if number.verdict not in PASSING_VERDICTS or not against or _is_doubted(source, number):
            continue
        named = "，".join(f"要点{_fact(quantity)}为{quantity.surface}" for quantity in against)
        yield Finding(
            "contradiction",
            "warning",
            f"文中{number.surface}，{named}：要点前后不一",
            number.span,
            "请核实，改好要点后运行 drafter refresh。",
            (*number.where, *(places[_fact(quantity)] for quantity in against)),
            number.facts,
        )


def _fact(quantity: Quantity) -> str:
    return quantity.id.partition(".")[0]


def _is_doubted(source: str, number: NumberCheck) -> bool:
    before = source[: number.span.start]
    return _DOUBT in source[number.span.end : number.span.end + _NEAR] or before.rfind(_DOUBT) > before.rfind(
        "】"
    )
