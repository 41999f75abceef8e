"""A refresh in the making: what is known of the old and the new notes, and the edits so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from drafter.model import Span
from drafter.numbers.expressions import operands_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.draftfile import DraftText, Mark
    from drafter.model import Fact, Quantity
    from drafter.writing.edits import Edit
    from drafter.writing.requantities import Renewed


class FactChange(NamedTuple):
    """One bullet behind a change: its id now and before, where it stands, its words before and now."""

    id: str | None
    was: str | None
    where: str
    before: str | None
    after: str | None


class Change(NamedTuple):
    """One sentence of the draft that was rendered anew, or that a person must look at.

    `kinds`: number, derived, filled, words, deleted, settled, contradiction; and
    for sentences left as they are `kept` (typed by hand) and `reworded`.
    """

    kinds: tuple[str, ...]
    line: int
    before: str
    after: str
    facts: tuple[FactChange, ...]


@dataclass(frozen=True)
class Refreshed:
    """The draft after a refresh; `added` are the bullets that no mark was made from before."""

    text: str
    changes: tuple[Change, ...] = ()
    relabelled: int = 0
    added: tuple[str, ...] = ()
    unprinted: tuple[str, ...] = ()
    """Numbers that were added to bullets the draft uses, by id, and that it does not print."""


class Event(NamedTuple):
    """Something that happened to character `at` of the plain text, and the old or new fact behind it."""

    kind: str
    at: int
    old: int | None = None
    new: Fact | None = None


@dataclass
class Work:
    """A refresh in the making."""

    draft: DraftText
    facts: Sequence[Fact]
    renewed: Renewed
    quantities: Mapping[str, Quantity]
    doubts: Mapping[str, tuple[str, ...]]
    edits: list[Edit] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    relabelled: int = 0
    settled: set[Span] = field(default_factory=set)
    """Links, by where they stand in the source, that need no more work."""

    def settle(self, span: Span) -> None:
        """Remember that all links within a stretch of the source need no more work."""
        self.settled.update(
            mark.source_span
            for mark in self.draft.marks
            if span.start <= mark.source_span.start and mark.source_span.end <= span.end
        )

    @cached_property
    def numbered(self) -> tuple[Mark, ...]:
        """The marks of numbers that rest on this year's notes."""
        return tuple(
            mark
            for mark in self.draft.marks
            if "." in mark.label and "F" in mark.label and operands_of(mark.label)
        )

    def find(self, text: str) -> Span | None:
        """Return where the body of the draft has `text` as it stands in the file, if it has it once."""
        body = self.draft.source[: self.draft.offsets[-1] + 1] if self.draft.offsets else ""
        at = body.find(text)
        return Span(at, at + len(text)) if at >= 0 and body.find(text, at + 1) < 0 else None

    def number_marks(self) -> list[Mark]:
        """Return the marks of numbers that rest on this year's notes and need work yet."""
        return [mark for mark in self.numbered if mark.source_span not in self.settled]

    def printed(self, mark: Mark) -> str:
        """Return the words of a link as they are printed."""
        return self.draft.plain[mark.span.start : mark.span.end]

    def note(self, kind: str, at: int, name: str) -> None:
        """Remember that something happened, with the bullet of the old number `name`."""
        number = int(name[1:].partition(".")[0])
        quantity = self.renewed.numbers.get(name)
        new = self.renewed.owners[quantity.id] if quantity else self.renewed.facts.get(number)
        self.events.append(Event(kind, at, number, new))
