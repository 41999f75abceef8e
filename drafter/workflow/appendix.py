"""The appendix of a Word copy: this year's tables as a table, where their figures check like the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.draftfile import Mark
from drafter.model import PASSING_VERDICTS, Span
from drafter.reading.drafts import draft_text
from drafter.workflow.checking import trace
from drafter.writing.indicators import indicator_rows, table_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.draftfile import DraftText
    from drafter.model import Check, Fact
    from drafter.workflow.checking import Loaded
    from drafter.writing.indicators import Row

_TABLES = (".csv", ".xlsx")
_TEXTS = (".md", ".markdown", ".txt")
_OWN = re.compile(r"^[ \t]*(?:\||附件|附表)", re.MULTILINE)


@dataclass(frozen=True)
class Appendix:
    """A draft with its appendix, how many indicators that holds, and which do not read clearly in a table."""

    loaded: Loaded
    rows: int = 0
    left_out: tuple[str, ...] = ()


def with_appendix(loaded: Loaded, check: Check) -> Appendix:
    """Return the draft with a table of the figures that its notes gave in tables, or as it is.

    A row that does not check by itself, away from the sentence, is left out. A
    draft that has a table of its own gets no other.
    """
    if loaded.text.rows or _OWN.search(loaded.text.plain):
        return Appendix(loaded)
    passing = [number for number in check.numbers if number.verdict in PASSING_VERDICTS]
    used = frozenset(name.partition(".")[0] for number in passing for name in number.facts)
    places = _Places()
    rows = indicator_rows([fact for fact in loaded.notes.facts if places.in_table(fact)], used)
    left_out: list[str] = []
    while rows:
        extended, spans = _extended(loaded.text, rows)
        tried = replace(loaded, text=extended)
        findings = trace(tried).findings
        starts = [one.span.start for one in findings if one.span]
        bad = {row.fact.id for row, span in spans if any(span.start <= at < span.end for at in starts)}
        if not bad:
            clean = len(findings) <= len(check.findings)
            return Appendix(tried, len(rows), tuple(left_out)) if clean else Appendix(loaded)
        left_out += [row.name for row in rows if row.fact.id in bad]
        rows = indicator_rows([row.fact for row in rows if row.fact.id not in bad], used)
    return Appendix(loaded)


class _Places:
    """Knows which places of the notes are rows of tables; each file is looked at once."""

    def __init__(self) -> None:
        self.rows: dict[str, frozenset[int]] = {}

    def in_table(self, fact: Fact) -> bool:
        """Tell whether a fact is a row of a table, or a cell."""
        where = fact.where
        if where.cell is not None or where.file.lower().endswith(_TABLES):
            return True
        if where.file not in self.rows:
            self.rows[where.file] = frozenset(_rows(Path(where.file)))
        return (where.line or where.paragraph or 0) in self.rows[where.file]


def _rows(file: Path) -> list[int]:
    """Return the numbers of the lines of a text, or of the paragraphs of a Word file, that are table rows.

    Raises:
        ReadError: the file cannot be read any more.
    """
    if file.suffix.lower() == ".docx":
        from drafter.reading.word import read_word  # noqa: PLC0415 - only Word files need it

        return [line.number for line in read_word(file.read_bytes(), file.name).lines if line.table]
    if file.suffix.lower() not in _TEXTS:
        return []
    lines = draft_text(file).splitlines()
    return [number for number, line in enumerate(lines, start=1) if line.lstrip().startswith("|")]


def _extended(text: DraftText, rows: Sequence[Row]) -> tuple[DraftText, list[tuple[Row, Span]]]:
    """Return a draft with the appendix below it, and where each row stands in its source."""
    plain, source = text.plain.rstrip(), text.source
    offsets = list(text.offsets[: len(plain)])
    marks = [mark for mark in text.marks if mark.span.end <= len(plain)]
    spans: list[tuple[Row, Span]] = []
    for row, (line, numbers) in zip((None, None, *rows), table_lines(rows), strict=True):
        added = f"\n\n{line}" if row is None else f"\n{line}"
        offsets += range(len(source), len(source) + len(added))
        plain, source = plain + added, source + added
        start, place = len(plain) - len(line), len(source) - len(line)
        marks += [
            Mark(Span(start + a, start + b), label, Span(place + a, place + b)) for a, b, label in numbers
        ]
        if row is not None:
            spans.append((row, Span(place, len(source))))
    return replace(text, plain=plain, source=source, offsets=tuple(offsets), marks=tuple(marks)), spans
