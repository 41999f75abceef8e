"""The quantities of a text with what they are numbers of: subject, period, role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.model import FACT_KINDS, Quantity, Span
from drafter.numbers.context import Context, read_contexts
from drafter.numbers.reader import read_numerals
from drafter.numbers.shared_units import share_units

if TYPE_CHECKING:
    from drafter.model import Numeral


def read_quantities(text: str, fact_id: str = "") -> tuple[Quantity, ...]:
    """Return the numbers of `text` that a draft may print, numbered `F3.1` … in reading order.

    Names, structural numerals and holes get no number of their own. Spans
    count characters of `text`.
    """
    return quantities_of(text, share_units(text, read_numerals(text)), fact_id)


def quantities_of(text: str, numerals: tuple[Numeral, ...], fact_id: str = "") -> tuple[Quantity, ...]:
    """Return the quantities among `numerals`, which are those of `text` in order."""
    contexts = read_contexts(text, numerals)
    pairs = [pair for pair in zip(numerals, contexts, strict=True) if pair[0].kind in FACT_KINDS]
    topic = topic_of(text)
    return tuple(
        _quantity(numeral, context, f"{fact_id}.{number}", topic)
        for number, (numeral, context) in enumerate(pairs, start=1)
    )


def topic_of(text: str) -> str:
    """Return the words before the first colon of a note, what the whole line is about; else nothing."""
    for position, character in enumerate(text):
        if character in "：:":
            return text[:position].strip()
        if character in "，,。；;\n":
            return ""
    return ""


def _quantity(numeral: Numeral, context: Context, name: str, topic: str) -> Quantity:
    near = context.head + context.tail
    subject = near if not topic or topic in near else f"{topic} {near}".strip()
    return Quantity(
        id=name,
        surface=numeral.surface,
        kind=numeral.kind,
        value=numeral.value,
        unit=numeral.unit,
        approx=numeral.approx,
        period=context.period,
        span=Span(numeral.start, numeral.end),
        upper=numeral.upper,
        iso=numeral.iso,
        subject=subject,
        role=context.role,
    )
