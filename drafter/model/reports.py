"""Past reports as they were understood, and what a search finds among them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drafter.model.facts import Span, Where


@dataclass(frozen=True, slots=True)
class Section:
    """One headed part of a past report; `spans` are its own heading and text, not its children's.

    `text` is the repaired text without the heading sentence, `path` the
    headings from the top down to its own, `level` 1 to 4.
    """

    id: str
    level: int
    heading: str
    path: tuple[str, ...]
    text: str
    spans: tuple[Span, ...] = ()
    topics: tuple[str, ...] = ()
    quality: tuple[str, ...] = ()
    where: Where | None = None

    @property
    def passage(self) -> str:
        """Heading and text, whose quantities are numbered `P1.1` … in a draft."""
        return f"{self.heading}\n{self.text}"


@dataclass(frozen=True, slots=True)
class Report:
    """One past summary."""

    id: str
    title: str
    file: str = ""
    unit: str | None = None
    unit_kind: str | None = None
    year: int | None = None
    year_from: str | None = None
    period: str | None = None
    published: str | None = None
    truncated: bool = False
    continues: str | None = None
    sections: tuple[Section, ...] = ()
    unit_from: str | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """Characters of a file that belong to no section, and why."""

    span: Span
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something noticed while reading a file."""

    code: str
    message: str
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class ReadFile:
    """How one file of past reports was understood; `refused` says why it was not taken in."""

    file: str
    sha256: str
    encoding: str | None
    refused: str | None = None
    reports: tuple[Report, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A past section that resembles a query; `why` says what each part of the score gave."""

    score: float
    section: Section
    report: Report
    why: Mapping[str, Any] = field(default_factory=dict)
