"""Numbers without a mark tied to the facts that a check traces them to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from drafter.draftfile import read_draft
from drafter.draftfile.definitions import with_definitions
from drafter.model import FACT_KINDS, PASSING_VERDICTS, Source, Span
from drafter.numbers.expressions import ExpressionError, operands, worked
from drafter.writing.edits import Edit, apply_edits
from drafter.writing.references import quantities_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from drafter.draftfile import DraftText
    from drafter.model import Check, Fact, NumberCheck

_TRACED = frozenset({"traced", "approximate", "derived"})


class Linked(NamedTuple):
    """A draft with marks on numbers that had none; `numbers` are those looked at and the labels they got."""

    text: str
    numbers: tuple[tuple[NumberCheck, str | None], ...]


def link_numbers(
    before: str,
    text: str,
    places: Sequence[Span],
    facts: Sequence[Fact],
    check: Callable[[DraftText], Check],
) -> Linked:
    """Return the draft `text`, made from `before`, with the numbers in `places` of its source tied to facts.

    A number gets a mark only if the check still passes with it. `facts` name
    their files as the definitions of the draft do.
    """
    first = check(read_draft(text))
    found = [
        number
        for number in first.numbers
        if number.kind in FACT_KINDS
        and any(place.start <= number.span.start and number.span.end <= place.end for place in places)
    ]
    marked = [mark.source_span for mark in read_draft(text).marks if "." in mark.label]
    known = read_draft(before).definitions
    labels: list[str | None] = []
    for number in found:
        own = any(span.start <= number.span.start and number.span.end <= span.end for span in marked)
        label = None if own else label_of(number)
        is_known = label is not None and (label in known if "P" in label else sources_of([label], facts))
        labels.append(label if is_known else None)
    trial = _linked(before, text, found, labels, facts)
    verdicts = [one.verdict for one in check(read_draft(trial)).numbers]
    if len(verdicts) == len(first.numbers):
        order = {id(number): at for at, number in enumerate(first.numbers)}
        labels = [
            label if label and verdicts[order[id(number)]] in PASSING_VERDICTS else None
            for number, label in zip(found, labels, strict=True)
        ]
        trial = _linked(before, text, found, labels, facts)
    return Linked(trial, tuple(zip(found, labels, strict=True)))


def label_of(number: NumberCheck) -> str | None:
    """Return the label that says what a number was traced to, None where no fact is behind it."""
    if number.verdict not in _TRACED:
        return None
    label = number.formula or (number.facts[0] if number.facts else "")
    try:
        return label if any(name[0] == "F" for name in operands(label)) else None
    except ExpressionError:
        return None


def _linked(
    before: str,
    text: str,
    numbers: Sequence[NumberCheck],
    labels: Sequence[str | None],
    facts: Sequence[Fact],
) -> str:
    edits = [
        Edit(number.span, f"[{text[number.span.start : number.span.end]}][{label}]")
        for number, label in zip(numbers, labels, strict=True)
        if label
    ]
    return with_definitions(before, apply_edits(text, edits), sources_of(filter(None, labels), facts))


def sources_of(labels: Iterable[str], facts: Sequence[Fact]) -> dict[str, Source]:
    """Return the sources of those labels that this year's facts alone bear out.

    `facts` name their files as the definitions of the draft do.
    """
    by_id = {fact.id: fact for fact in facts}
    quantities = quantities_of(facts)
    sources: dict[str, Source] = {}
    for label in labels:
        try:
            names = operands(label)
            if not names or not set(names) <= quantities.keys():
                continue
            fact = by_id[names[0].partition(".")[0]]
            title = fact.text if names == (label,) else worked(label, quantities)
        except ExpressionError:
            continue
        sources[label] = Source(replace(fact.where, span=None), title)
    return sources
