"""Turns files into reports, sections and facts.

Past reports, in the order of the work; `reports.read_reports` is the whole:

    pages           bytes behind guards → a page of lines, by the kind of file:
                    decoding, markdown, word (archive, numbering), web, pdf, office
    articles        chrome, titles, signatures set aside; one page may hold several reports
                    (chrome, flattened)
    repairs         page numbers out, broken words whole, headings that are none
    sections        the tree of headings (headings, quality)
    about           unit, year, period, each with how it is known (naming: by file and folder)
    continuing      a report that goes on another

Notes: `notes.read_notes` and the modules `notes_*`, `private`, `suspicions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from drafter.reading.reports import read_reports

__all__ = ["read_reports"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attribute can be anything
    """Load the reader of past reports when it is asked for: notes are read without it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from drafter.reading import reports  # noqa: PLC0415 - only where it is asked for

    return reports.read_reports
