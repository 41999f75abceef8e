"""Which numbers of a past sentence were the two ends of which rate.

A unit that wrote 受理42起，成功41起，成功率97.6% works this rate out every year.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking import check_text
from drafter.model import Number
from drafter.writing.borrowing import is_general
from drafter.writing.references import put_numbers
from drafter.writing.sentences import full_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.writing.frames import Clause, Slot
    from drafter.writing.material import Material


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


def is_share(part: Slot, whole: Slot) -> bool:
    """Return whether two exact numbers of one unit can be the part and the whole of a rate."""
    if part.value is None or not whole.value or not (part.exact and whole.exact):
        return False
    return part.measure == whole.measure and part.kind != "percent" and part.value <= whole.value


def rate_between(
    part: Clause, whole: Clause, past: Clause, material: Material, facts: Sequence[str]
) -> str | None:
    """Return the clause `past` with the rate of two clauses of `facts` worked out, as a reference.

    None where they are no share, or where the checker, which knows nothing of
    frames, would not read the rate as it is meant.
    """
    if len(part.slots) != 1 or len(whole.slots) != 1:
        return None
    one, all_ = part.slots[0], whole.slots[0]
    if not is_share(one, all_) or not is_general(past.bare, material.around):
        return None
    text = full_width(past.with_labels((f"{one.label}/{all_.label}",)))
    pieces = put_numbers(text, material.facts)
    printed = "".join(piece.surface if isinstance(piece, Number) else piece[0] for piece in pieces)
    notes = [material.facts[fact].text.rstrip("。；") for fact in facts]
    return text if check_text(f"{'，'.join((*notes, printed))}。", notes).ok else None


def _gives(part: Clause, whole: Clause, percent: Decimal) -> bool:
    if len(part.slots) != 1 or len(whole.slots) != 1 or not is_share(part.slots[0], whole.slots[0]):
        return False
    one, all_ = part.slots[0].value, whole.slots[0].value
    exponent = percent.as_tuple().exponent
    places = Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0))
    if one is None or all_ is None:
        return False
    return (one / all_ * 100).quantize(places, rounding=ROUND_HALF_UP) == percent
