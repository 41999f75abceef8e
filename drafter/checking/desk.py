"""What can be decided on in a draft: its numbers, its borrowed words, and findings about neither."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drafter.checking.surfaces import Compact
from drafter.model import PASSING_VERDICTS, Span
from drafter.numbers.expressions import ExpressionError, operands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.checking.book import PastText
    from drafter.draftfile import DraftText
    from drafter.model import Check, Fact, Finding, NumberCheck, Where

OPEN_CODES = frozenset({"todo", "doubt"})
"""What nobody can accept: it has to be filled in."""
_NEAREST = re.compile(r"最接近的要点 (F\d+)")
_PASSAGE = re.compile(r"P\d+")
_SENTENCE_END = re.compile(r"[。！？!?\r\n]")
_REACH = 60


@dataclass(frozen=True, slots=True)
class Item:
    """Something that can be decided on: a number, borrowed words, or a finding that is about neither.

    `span` counts characters of the plain text, `place` those of the draft file.
    """

    span: Span
    place: Span
    number: NumberCheck | None = None
    label: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def fails(self) -> bool:
        """Whether a person is needed here."""
        failing = self.number is not None and self.number.verdict not in PASSING_VERDICTS
        return failing or any(finding.severity == "error" for finding in self.findings)


class Desk:
    """What decisions are held against: a draft, its check, the notes and past sections."""

    def __init__(
        self, text: DraftText, check: Check, facts: Sequence[Fact], past: Sequence[PastText] = ()
    ) -> None:
        """Take everything that can be decided on out of a check."""
        self.text = text
        self.compact = Compact(text.plain)
        self.facts = {fact.id: fact for fact in facts}
        self.texts = frozenset(fact.text for fact in facts)
        self.past = past
        self.quantities = {quantity.id: quantity for fact in facts for quantity in fact.quantities}
        self.items = _items(text, check)

    def plain_span(self, place: Span) -> Span:
        """Return where characters `place` of the draft file stand in the plain text."""
        return self.text.to_plain(place)

    def label_of(self, item: Item) -> str:
        """Return the label of the link that an item stands in, if any."""
        inside = (
            m for m in self.text.marks if m.span.start <= item.span.start and item.span.end <= m.span.end
        )
        return item.label or next((mark.label for mark in inside), "")

    def sources_of(self, item: Item) -> tuple[str, ...]:
        """Return the notes that an item rests on or links to, as they read today."""
        names = [*(item.number.facts if item.number else ()), *names_in(self.label_of(item))]
        owners = dict.fromkeys(name.split(".")[0] for name in names if name.startswith("F"))
        return tuple(self.facts[owner].text for owner in owners if owner in self.facts)

    def past_of(self, item: Item) -> tuple[str, ...]:
        """Return fingerprints of the past sections that an item rests on, where they were loaded."""
        places = {spot_of(where) for where in (item.number.where if item.number else ())}
        named = self.text.definitions.get(item.label)
        if named is not None:
            places.add((named.path.rpartition("/")[2], named.place))
        texts = (text.text for text in self.past if text.where is not None and spot_of(text.where) in places)
        marks = (hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16] for text in texts)
        return tuple(dict.fromkeys(marks))

    def near(self, item: Item) -> str | None:
        """Return the note that a finding calls the nearest one."""
        found = (_NEAREST.search(finding.hint) for finding in item.findings)
        names = [match[1] for match in found if match and match[1] in self.facts]
        return self.facts[names[0]].text if names else None


def _items(text: DraftText, check: Check) -> tuple[Item, ...]:
    told = [finding for finding in check.findings if finding.span and finding.code not in OPEN_CODES]
    items = []
    taken: set[int] = set()
    for number in check.numbers:
        about = [at for at, finding in enumerate(told) if finding.span and _holds(number.span, finding.span)]
        taken.update(about)
        span = text.to_plain(number.span)
        items.append(Item(span, number.span, number, "", tuple(told[at] for at in about)))
    items += (
        Item(mark.span, text.to_source(mark.span), None, mark.label)
        for mark in text.marks
        if _PASSAGE.fullmatch(mark.label) and mark.span.end > mark.span.start
    )
    for at, finding in enumerate(told):
        if at not in taken and finding.span and finding.span.end > finding.span.start:
            items.append(Item(text.to_plain(finding.span), finding.span, None, "", (finding,)))
    return tuple(items)


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def names_in(label: str) -> tuple[str, ...]:
    """Return the quantities, facts or passages that a label names."""
    try:
        return operands(label)
    except ExpressionError:
        return (label,) if label else ()


def spot_of(where: Where) -> tuple[str, str]:
    """Return the name of a file and the place in it, wherever the file lies."""
    return where.file.replace("\\", "/").rpartition("/")[2], where.place


def surroundings(desk: Desk, span: Span) -> tuple[str, int, tuple[int, int] | None]:
    """Return the text round `span` as a decision records it, the offset in it, and which of several it is."""
    plain = desk.text.plain
    before, after = max(0, span.start - _REACH), min(len(plain), span.end + _REACH)
    ends = [match.end() for match in _SENTENCE_END.finditer(plain, before, after)]
    start = max((end for end in ends if end <= span.start), default=before)
    end = min((end for end in ends if end >= span.end), default=after)
    start += len(plain[start : span.start]) - len(plain[start : span.start].lstrip())
    context = plain[start : span.end] + plain[span.end : end].rstrip()
    found = desk.compact.find(context)
    which = next((at for at, place in enumerate(found) if place.start == start), 0)
    return context, span.start - start, (which, len(found)) if len(found) > 1 else None
