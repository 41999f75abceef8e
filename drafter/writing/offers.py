"""Expressions that a section may print: rates with both ends in one note, sums of one thing.

Only suggestions to a model; whatever it declares is judged on its own.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from drafter.numbers.expressions import ExpressionError
from drafter.writing.derived import derive, is_ratio
from drafter.writing.references import quantities_of
from drafter.writing.words import content_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from drafter.model import Fact, Quantity

_MOST_RATES = 6
_MOST_SUMS = 3
_MOST_ADDENDS = 4


def offered_expressions(facts: Sequence[Fact], past: str) -> tuple[str, ...]:
    """Return lines such as `{F1.2/F1.1} 调解成功占矛盾纠纷受理的比率`, rates only if `past` states any."""
    quantities = quantities_of(facts)
    rates = list(_rates(facts, quantities))[:_MOST_RATES] if "率" in past else []
    return (*rates, *list(_sums(quantities))[:_MOST_SUMS])


def _rates(facts: Sequence[Fact], quantities: Mapping[str, Quantity]) -> Iterator[str]:
    for fact in facts:
        counted = [
            quantity for quantity in fact.quantities if quantity.kind == "quantity" and quantity.role is None
        ]
        for whole, part in combinations(counted, 2):
            label = f"{part.id}/{whole.id}"
            if whole.value is None or part.value is None or part.value > whole.value:
                continue
            if _works(label, quantities) and is_ratio(label, quantities):
                yield f"{{{label}}} {part.subject}占{whole.subject}的比率"


def _sums(quantities: Mapping[str, Quantity]) -> Iterator[str]:
    same: dict[tuple[object, ...], list[Quantity]] = {}
    for quantity in quantities.values():
        words = content_words(quantity.subject)
        if words and quantity.kind in {"quantity", "money"} and quantity.role is None:
            same.setdefault((words, quantity.unit), []).append(quantity)
    for group in same.values():
        label = "+".join(quantity.id for quantity in group)
        if 1 < len(group) <= _MOST_ADDENDS and _works(label, quantities):
            yield f"{{{label}}} {group[0].subject}合计"


def _works(label: str, quantities: Mapping[str, Quantity]) -> bool:
    try:
        derive(label, quantities)
    except ExpressionError:
        return False
    return True
