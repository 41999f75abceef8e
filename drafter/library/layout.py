"""Laying out the sections of all files as rows, one file in memory at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from drafter.library.files import hash_bytes
from drafter.library.generation import FileEntry, damaged
from drafter.library.ports import Row
from drafter.library.records import load_record
from drafter.library.vectors import text_key
from drafter.library.work import Entry, Line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from drafter.model import ReadFile, Report, Section

_LONGEST = 20_000
"""Characters of a section that are embedded and stored; longer ones are cut there, not in the record."""


class Layout(NamedTuple):
    """The sections of a library in their order, each as a line and as numbers for ranking."""

    lines: tuple[Line, ...]
    numbers: npt.NDArray[np.int32]
    units: tuple[str, ...]
    periods: tuple[str, ...]
    fingerprint: str


def embedded_text(section: Section) -> str:
    """Return the words of `section` that are embedded: its own heading, then its text."""
    return f"{section.heading}\n{section.text}".strip()[:_LONGEST]


def entry_of(file: ReadFile, key: str) -> Entry:
    """Return `file`, whose record has `key`, as the layout needs it."""
    lines = []
    for r, report in enumerate(file.reports):
        unit, year, period = report.unit or "", report.year or 0, report.period or ""
        for s, section in enumerate(report.sections):
            row = _row(file, report, section, f"{r}.{s}")
            about = (len(row.text), r, s, unit, year, period, len(section.text))
            lines.append(Line(row.id, text_key(row.text), *about))
    return Entry(file.file, file.sha256, key, len(file.reports), tuple(lines))


def read_record(records: Path, entry: Entry) -> ReadFile:
    """Return how the file of `entry` was read.

    Raises:
        LibraryError: its record was lost or damaged since the run began.
    """
    file = load_record(records, entry.key)
    if file is None:
        raise damaged(f"{entry.file} 的读取记录缺失或已损坏")
    return file


def read_rows(
    records: Path, entries: Iterable[Entry], *, but: Collection[str] = ()
) -> Iterator[tuple[Line, Row]]:
    """Yield the sections of `entries`, all `but` those ids, as rows; one file in memory at a time.

    Raises:
        LibraryError: a record was lost or damaged since the run began.
    """
    for entry in entries:
        if not entry.lines or (but and all(line.id in but for line in entry.lines)):
            continue
        file = read_record(records, entry)
        for line in entry.lines:
            if line.id not in but:
                report = file.reports[line.report]
                yield line, _row(file, report, report.sections[line.section], f"{line.report}.{line.section}")


def lay_out(entries: Sequence[Entry], engine: str) -> Layout:
    """Return the layout of all sections of `entries`; the fingerprint is that of everything in them."""
    lines = tuple(line for entry in entries for line in entry.lines)
    units = tuple(sorted({line.unit for line in lines if line.unit}))
    periods = tuple(sorted({line.period for line in lines if line.period}))
    unit_at = {unit: i for i, unit in enumerate(units)}
    period_at = {period: i for i, period in enumerate(periods)}
    numbers = np.zeros((len(lines), 7), dtype=np.int32)
    places = ((f, line) for f, entry in enumerate(entries) for line in entry.lines)
    for at, (f, line) in enumerate(places):
        unit, period = unit_at.get(line.unit, -1), period_at.get(line.period, -1)
        numbers[at] = (f, line.report, line.section, unit, line.year, period, line.body)
    fingerprint = hash_bytes("\n".join([engine, *(line.id for line in lines)]).encode())
    return Layout(lines, numbers, units, periods, fingerprint)


def file_entries(entries: Iterable[Entry]) -> tuple[FileEntry, ...]:
    """Return `entries` as a manifest names them."""
    return tuple(FileEntry(e.file, e.sha256, e.key, e.copies) for e in entries)


def _row(file: ReadFile, report: Report, section: Section, place: str) -> Row:
    """Return `section` as a row whose id is a hash of everything in it and of its place."""
    metadata: dict[str, str | int] = {
        "file": file.file,
        "title": report.title,
        "unit": report.unit or "",
        "year": report.year or 0,
        "period": report.period or "",
        "heading": section.heading,
        "section": section.id,
    }
    text = embedded_text(section)
    words = json.dumps([file.sha256, place, text, metadata], ensure_ascii=False, sort_keys=True)
    return Row(hash_bytes(words.encode("utf-8", "surrogatepass"))[:32], text, metadata)
