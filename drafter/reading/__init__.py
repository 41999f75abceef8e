"""Turns files into reports, sections, facts, and drafts that went out to Word.

Past reports, in the order of the work; `reports.read_reports` is the whole:

    pages           bytes behind guards → a page of lines, by the kind of file: decoding,
                    markdown, word (archive, numbering, number_formats), web, pdf, office
    articles        chrome, titles, signatures set aside; one page may hold several reports
                    (chrome, flattened)
    repairs         page numbers out, broken words whole, headings that are none (cutting)
    sections        the tree of headings (lines, headings, quality)
    about           unit, year, period, each with how it is known (naming: by file and folder)
    continuing      a report that goes on another

Notes; `notes.read_notes` is the whole:

    by kind of file notes_text (notes_body, notes_lines, notes_pipes, notes_topics), notes_word,
                    notes_sheet (cell_format) → a notes_page
    tables          notes_table: notes_cells, notes_rows, notes_totals
    whose           notes_head, notes_header
    looked over     notes_sums, notes_conflicts (notes_counted, notes_subjects), notes_doubles,
                    notes_gaps, notes_withheld, private, suspicions

Drafts: drafts (text, and the notes that it names), word_draft (word_marks, word_remarks).
For all: words (the lists of `data`), people, place_names, same_unit, around (a place in its
surroundings).
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
