"""Tables within notes in text: rows of Markdown (`| 指标 | 数值 |`) and rows with tabs between the cells."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from drafter.model import Span
from drafter.reading.notes_cells import Cell
from drafter.reading.notes_table import read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from drafter.model import Where
    from drafter.reading.notes_lines import Line
    from drafter.reading.notes_page import Page

    Place = Callable[[Line, Line], Where]

_PIPE_CELL = re.compile(r"(?:\\.|[^|\\])*")
_TAB_CELL = re.compile(r"[^\t]*")
_STROKES = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$")


def read_rows(lines: Sequence[Line], place: Place, topic: str, year: int | None = None) -> Page:
    """Return the entries of the table that `lines` make up; `place` tells where a line stands."""
    return read_table([_cells(line, place) for line in lines if not _STROKES.match(line.text)], topic, year)


def _cells(line: Line, place: Place) -> list[Cell]:
    cells = []
    whole = where = place(line, line)
    is_pipes = line.text.startswith("|")
    pattern, at = (_PIPE_CELL, 1) if is_pipes else (_TAB_CELL, 0)
    end = len(line.text) - (is_pipes and line.text.endswith("|") and not line.text.endswith("\\|"))
    while at <= end:
        match = pattern.match(line.text, at, end)
        raw = match.group() if match else ""
        words = raw.strip()
        start = line.start + at + len(raw) - len(raw.lstrip())
        if whole.span is not None:
            where = replace(whole, span=Span(start, start + len(words)))
        cells.append(Cell(re.sub(r"\*\*|`|\\(?=\|)", "", words), where))
        at += len(raw) + 1
    return cells
