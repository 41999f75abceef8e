"""What a draft repeats of past reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from drafter.model.facts import Span, Where


class Repeat(NamedTuple):
    """A sentence of the draft that a past report has as well, numbers aside.

    `similarity` is 1 for the same words, 0.99 where only numbers differ;
    `marked` tells that the draft itself links the words to a past report,
    `renewed` that the sentence states numbers of this year's notes.
    """

    span: Span
    title: str
    year: int | None
    similarity: float
    marked: bool
    renewed: bool
    where: tuple[Where, ...] = ()


class Repeats(NamedTuple):
    """How much of a draft stands in past reports: sentences, and the share of their characters."""

    sentences: int
    repeated: int
    marked: int
    renewed: int
    share: float
    places: tuple[Repeat, ...] = ()
