"""Numbers, facts, and what is found about them.

Spans are `[start, end)` in characters (code points) of the decoded file, line
ends as in the file. Field names are the JSON keys of the command line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from drafter.model.decisions import Outcome
    from drafter.model.repeats import Repeats

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
    """The result of tracing a draft; `ok` means that no finding is an error.

    `findings` stand in order of risk (see `drafter.checking.risk`); `used` maps
    every fact to the places of the draft that rest on it, none for an unused one;
    `repeats` is None unless past reports were given.
    """

    ok: bool
    numbers: tuple[NumberCheck, ...] = ()
    findings: tuple[Finding, ...] = ()
    unused_facts: tuple[str, ...] = ()
    decisions: tuple[Outcome, ...] = ()
    """What people decided, and whether it still holds."""
    used: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    repeats: Repeats | None = None
