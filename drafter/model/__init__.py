"""The nouns of drafter: frozen values, no behaviour beyond looking at themselves.

Spans are `[start, end)` in characters (code points) of the decoded file, line
ends as in the file. Field names are the JSON keys of the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drafter.model.facts import (
    FACT_KINDS,
    PASSING_VERDICTS,
    Check,
    Fact,
    Finding,
    Kind,
    Notes,
    NotesFile,
    NumberCheck,
    Numeral,
    Quantity,
    Severity,
    Span,
    Where,
)

if TYPE_CHECKING:
    from drafter.model.drafts import (
        Borrowed,
        Doubt,
        Draft,
        DraftSection,
        Exemplar,
        Number,
        Outline,
        Paragraph,
        Piece,
        Question,
        SectionPlan,
        Source,
        ToFill,
        UnusedFact,
        Words,
    )
    from drafter.model.reports import (
        Dropped,
        Hit,
        ReadFile,
        Remark,
        Report,
        Section,
    )

__all__ = [
    "FACT_KINDS",
    "PASSING_VERDICTS",
    "Borrowed",
    "Check",
    "Doubt",
    "Draft",
    "DraftSection",
    "Dropped",
    "Exemplar",
    "Fact",
    "Finding",
    "Hit",
    "Kind",
    "Notes",
    "NotesFile",
    "Number",
    "NumberCheck",
    "Numeral",
    "Outline",
    "Paragraph",
    "Piece",
    "Quantity",
    "Question",
    "ReadFile",
    "Remark",
    "Report",
    "Section",
    "SectionPlan",
    "Severity",
    "Source",
    "Span",
    "ToFill",
    "UnusedFact",
    "Where",
    "Words",
]

_HOMES = {
    "drafter.model.drafts": frozenset(
        {
            "Borrowed",
            "Doubt",
            "Draft",
            "DraftSection",
            "Exemplar",
            "Number",
            "Outline",
            "Paragraph",
            "Piece",
            "Question",
            "SectionPlan",
            "Source",
            "ToFill",
            "UnusedFact",
            "Words",
        },
    ),
    "drafter.model.reports": frozenset(
        {"Dropped", "Hit", "ReadFile", "Remark", "Report", "Section"},
    ),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attribute can be anything
    """Load the nouns of drafts and of past reports when they are first asked for: a check needs neither."""
    from importlib import import_module  # noqa: PLC0415 - only where a name is asked for

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
