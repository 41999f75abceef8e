"""The nouns of drafter: frozen values, no behaviour beyond looking at themselves.

Spans are `[start, end)` in characters (code points) of the decoded file, line
ends as in the file. Field names are the JSON keys of the command line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

Kind = Literal["quantity", "percent", "money", "date", "ordinal", "structural", "name", "hole"]
FACT_KINDS: frozenset[str] = frozenset({"quantity", "percent", "money", "date", "ordinal"})
"""The kinds that a reader could check against an input, and that therefore need a source."""

Severity = Literal["error", "warning"]

PASSING_VERDICTS: frozenset[str] = frozenset(
    {"traced", "approximate", "derived", "past", "structural", "name"},
)


class Span(NamedTuple):
    """Characters `[start, end)`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Where:
    """A place in an input: a line of a text, a cell of a sheet, a paragraph of a Word file (from 1)."""

    file: str
    line: int | None = None
    sheet: str | None = None
    cell: str | None = None
    paragraph: int | None = None
    span: Span | None = None

    @property
    def place(self) -> str:
        """The PLACE of a definition: `L12`, `Sheet1!B2`, `P7`; empty for the file as a whole."""
        if self.cell is not None:
            return f"{self.sheet}!{self.cell}" if self.sheet else self.cell
        if self.paragraph is not None:
            return f"P{self.paragraph}"
        return f"L{self.line}" if self.line is not None else ""


@dataclass(frozen=True, slots=True)
class Numeral:
    """One numeral of a text: `text[start:end] == surface`; a hole has `start == end`.

    `value` has its scale folded in (1.2万元 → 12000); a percent is the number
    before the sign. `upper` is the end of a range. Dates have `iso` (unknown
    parts X) and no value. A numeral that was not understood has no value.
    """

    start: int
    end: int
    surface: str
    kind: Kind
    value: Decimal | None = None
    upper: Decimal | None = None
    iso: str | None = None
    unit: str | None = None
    approx: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a fact that a draft may print, with what it is a number of.

    `id` is `F3.1`: number 1 of fact F3. `span` counts characters of the fact's
    text. `subject` is what is counted, `period` whose number it is when not
    this report's (上年, 年初, 9月, 累计 …), `role` its part in an arithmetic
    (任务, 完成, 其中, 共, 人均 …).
    """

    id: str
    surface: str
    kind: Kind
    value: Decimal | None
    unit: str | None
    approx: str | None
    period: str | None
    span: Span
    upper: Decimal | None = None
    iso: str | None = None
    subject: str = ""
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One bullet, line or cell of this year's notes; `topic` is the heading it stands under."""

    id: str
    topic: str
    text: str
    where: Where
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a reviewer must look at; `span` counts characters of the file in question."""

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    hint: str = ""
    where: tuple[Where, ...] = ()
    quantities: tuple[str, ...] = ()
    """The ids of the quantities of the notes that it is about."""


@dataclass(frozen=True, slots=True)
class NotesFile:
    """One file of notes as it was read; `sha256` is that of its bytes."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Notes:
    """This year's input. `unit`, `year`, `period` are what the notes themselves say, or None."""

    facts: tuple[Fact, ...]
    files: tuple[NotesFile, ...] = ()
    unit: str | None = None
    year: int | None = None
    period: str | None = None
    findings: tuple[Finding, ...] = ()


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


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """What became of one number of a draft; `span` is the printed number in the draft file."""

    span: Span
    surface: str
    kind: Kind
    value: Decimal | None
    unit: str | None
    verdict: str
    facts: tuple[str, ...] = ()
    formula: str | None = None
    where: tuple[Where, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """The result of tracing a draft; `ok` means that no finding is an error."""

    ok: bool
    numbers: tuple[NumberCheck, ...] = ()
    findings: tuple[Finding, ...] = ()
    unused_facts: tuple[str, ...] = ()


# --- a draft while it is being written -------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class DraftSection:
    """One written section; `model` is the label of the past section it was modelled on."""

    heading: str
    level: int
    paragraphs: tuple[Paragraph, ...]
    model: str | None = None
    writer: str = "compose"
    attempts: int = 1


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
