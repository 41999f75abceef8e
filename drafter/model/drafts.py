"""A draft while it is being written: pieces, sections, outlines, sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drafter.model.facts import Fact, Finding, Where
    from drafter.model.reports import Report, Section


class Words(NamedTuple):
    """The writer's own words; they assert nothing that the notes do not."""

    text: str


class Number(NamedTuple):
    """A printed number with its label: `F3.1`, or an expression such as `F1.1+F2.1`."""

    surface: str
    label: str


class Borrowed(NamedTuple):
    """Words carried over from past section `label` (`P1`)."""

    text: str
    label: str


class ToFill(NamedTuple):
    """Something that only the unit can say: printed `【待补：…】`."""

    what: str


class Doubt(NamedTuple):
    """Something that a person must look at: printed `【待核：…】`."""

    what: str


Piece = Words | Number | Borrowed | ToFill | Doubt
Paragraph = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Exemplar:
    """A past section that serves as a model for a section of the draft; `label` is `P1`, `P2` and so on."""

    label: str
    section: Section
    report: Report


@dataclass(frozen=True, slots=True)
class Question:
    """A number that past reports give on a topic and this year's notes do not."""

    topic: str
    question: str
    unit: str | None = None
    seen: tuple[Where, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """One section of an outline: what it is to say, and after which past sections."""

    heading: str
    level: int
    facts: tuple[Fact, ...] = ()
    models: tuple[Exemplar, ...] = ()
    why: str = ""
    children: tuple[SectionPlan, ...] = ()
    role: str = "body"
    """`opening`, `body`, `problems` or `plans`."""
    run_in: bool = False
    """Whether the text goes on in the line of the heading."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The proposed sections in order, what to ask, and the facts that found no place."""

    sections: tuple[SectionPlan, ...]
    questions: tuple[Question, ...] = ()
    unassigned: tuple[str, ...] = ()

    @property
    def all_sections(self) -> tuple[SectionPlan, ...]:
        """The sections and their items, each item behind its section."""
        return tuple(plan for section in self.sections for plan in (section, *section.children))


@dataclass(frozen=True, slots=True)
class DraftSection:
    """One written section; `model` is the label of the past section that its heading is from.

    A heading that is `run_in` opens the first paragraph.
    """

    heading: str
    level: int
    paragraphs: tuple[Paragraph, ...]
    model: str | None = None
    writer: str = "compose"
    attempts: int = 1
    run_in: bool = False


@dataclass(frozen=True, slots=True)
class UnusedFact:
    """A fact that the draft does not use, and why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole draft: front matter, title, sections and the sources behind its labels.

    `sources` maps every label to its place and the words there.
    """

    meta: Mapping[str, Any]
    title: str
    sections: tuple[DraftSection, ...]
    sources: Mapping[str, Source]
    unused: tuple[UnusedFact, ...] = ()
    findings: tuple[Finding, ...] = ()


class Source(NamedTuple):
    """Where a label points to and the words there (for a derived number the worked arithmetic)."""

    where: Where
    title: str
