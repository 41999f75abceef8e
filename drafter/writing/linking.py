"""Numbers without a mark tied to the facts that a check traces them to."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from drafter.draftfile import read_draft
from drafter.draftfile.definitions import with_definitions
from drafter.model import FACT_KINDS, PASSING_VERDICTS, Source, Span
from drafter.numbers.expressions import ExpressionError, operands, worked
from drafter.writing.edits import Edit, apply_edits
from drafter.writing.old_notes import old_facts, plain_words
from drafter.writing.references import quantities_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from drafter.draftfile import DraftText
    from drafter.model import Check, Fact, NumberCheck

_TRACED = frozenset({"traced", "approximate", "derived"})
_NUMBER = re.compile(r"[FP]\d+\.\d+")


class Linked(NamedTuple):
    """A draft with marks on numbers that had none.

    `numbers` are these, with the labels they got, and those with marks that do not check.
    """

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
    own = [
        any(span.start <= number.span.start and number.span.end <= span.end for span in marked)
        for number in found
    ]
    names = _Names(read_draft(before), facts)
    labels = [
        None if is_own else names.usable(label_of(number)) for number, is_own in zip(found, own, strict=True)
    ]
    trial = _linked(before, text, found, labels, names.sources)
    verdicts = [one.verdict for one in check(read_draft(trial)).numbers]
    if len(verdicts) == len(first.numbers):
        order = {id(number): at for at, number in enumerate(first.numbers)}
        labels = [
            label if label and verdicts[order[id(number)]] in PASSING_VERDICTS else None
            for number, label in zip(found, labels, strict=True)
        ]
        trial = _linked(before, text, found, labels, names.sources)
    rows = zip(found, labels, own, strict=True)
    return Linked(
        trial,
        tuple((n, label) for n, label, is_own in rows if not is_own or n.verdict not in PASSING_VERDICTS),
    )


class _Names:
    """Labels as a draft has them: its notes may have changed since, and its numbers of facts with them."""

    def __init__(self, draft: DraftText, facts: Sequence[Fact]) -> None:
        self._definitions = draft.definitions
        self._facts = {fact.id: fact for fact in facts}
        old = old_facts(draft.definitions, [mark.label for mark in draft.marks])
        self._old = {one.id: plain_words(one.text or "") for one in old.values()}
        self.sources: dict[str, Source] = {}
        """The sources of the labels that were found usable and that the draft does not define."""

    def usable(self, label: str | None) -> str | None:
        """Return a label of today as the draft may use it; None where there it means something else."""
        if label is None:
            return None
        mine = {name: self._named(name) for name in operands(label)}
        if None in mine.values():
            return None
        named = _NUMBER.sub(lambda found: mine[found[0]] or "", label)
        if named not in self._definitions:
            for source in sources_of([label], list(self._facts.values())).values():
                self.sources[named] = source
        return named if named in self._definitions or named in self.sources else None

    def _named(self, name: str) -> str | None:
        """Return the id that a quantity of today has in the draft; None if there another fact has it."""
        fact, _, rank = name.partition(".")
        if fact[0] == "P":
            return name
        words = plain_words(self._facts[fact].text)
        same = [one for one, said in self._old.items() if said == words]
        if fact in same or (not same and fact not in self._old):
            return name
        return f"{same[0]}.{rank}" if same else None


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
    sources: Mapping[str, Source],
) -> str:
    edits = [
        Edit(number.span, f"[{text[number.span.start : number.span.end]}][{label}]")
        for number, label in zip(numbers, labels, strict=True)
        if label
    ]
    return with_definitions(before, apply_edits(text, edits), sources)


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
