"""The past passages that a draft's own labels need: `P1.2`, `F3.1-P1.2`.

A draft that compares with last year can be checked by itself, as its
definitions say where the passages stand. Loaded only for such a draft.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.checking import PastText
from drafter.checking.book import is_at, past_places
from drafter.errors import DrafterError
from drafter.model import Finding
from drafter.reading import read_reports
from drafter.reading.drafts import from_here
from drafter.settings import find_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.draftfile import Definition, DraftText
    from drafter.model import Notes, ReadFile, Report, Section

_PASSAGE = re.compile(r"(P\d+)\.\d+")
_MOST_FILES = 40
"""More past reports are not read for the sake of one check."""


def past_texts(report: Report) -> list[PastText]:
    """Return the sections of a past report as the checker takes them."""
    return [past_text(section, report) for section in report.sections]


def past_text(section: Section, report: Report) -> PastText:
    """Return one section of a past report as the checker takes it."""
    title = f"{report.title} {section.heading}".strip()
    return PastText(title, section.passage, section.where, report.year, report.period, report.unit)


def section_at(reports: Sequence[Report], place: Definition) -> tuple[Section, Report] | None:
    """Return the section of a file's reports that begins where a definition says, None where none does."""
    return next(
        (
            (section, report)
            for report in reports
            for section in report.sections
            if section.where is not None and section.where.place == place.place
        ),
        None,
    )


def load_passages(
    text: DraftText, draft_file: Path, given: Sequence[PastText] = ()
) -> tuple[list[PastText], list[Finding]]:
    """Return the passages that labels of a draft at `draft_file` need beyond those `given`.

    One that cannot be found any more is a finding; numbers that rest on it fail by themselves.
    """
    labels = (*(mark.label for mark in text.marks), *text.definitions)
    needed = dict.fromkeys(name for label in labels for name in _PASSAGE.findall(label))
    places = past_places(text.definitions)
    read: dict[str, ReadFile | None] = {}
    passages: list[PastText] = []
    findings: list[Finding] = []
    for name in needed:
        place = places.get(name)
        if place is None and given:
            continue
        if place is not None and any(passage.where and is_at(passage.where, place) for passage in given):
            continue
        found = _find(place, draft_file, read) if place is not None else None
        if found is None:
            findings.append(_missing(name, place))
        else:
            passages.append(found._replace(quoted=True))
    return passages, findings


def last_years_passages(text: DraftText, notes: Notes, draft_file: Path) -> list[PastText]:
    """Return the sections of the unit's own report of the year before, if the workspace has it."""
    from drafter.library.files import find_reports  # noqa: PLC0415 - few checks look back
    from drafter.reading.same_unit import is_same_unit  # noqa: PLC0415 - as above

    year, unit = text.meta.get("year") or notes.year, text.meta.get("unit") or notes.unit
    period = text.meta.get("period") or notes.period
    if not isinstance(year, int) or not isinstance(unit, str):
        return []
    shelves = dict.fromkeys(find_workspace(start).resolve() for start in (draft_file.parent, Path.cwd()))
    folders = [folder for shelf in shelves if (folder := shelf / "corpus").is_dir()]
    files = [file for file in find_reports(folders).files if _may_be_of(file, unit, year - 1)]
    reports = [report for file in files[:_MOST_FILES] if (read := _read(file)) for report in read.reports]
    return [
        passage._replace(quoted=True)
        for report in reports
        if report.year == year - 1 and is_same_unit(report.unit, unit) and period in {None, report.period}
        for passage in past_texts(report)
    ]


def _may_be_of(file: Path, unit: str, year: int) -> bool:
    """Tell whether the path of a file names the unit, or the year."""
    return str(year) in file.name or any(part in unit or unit in part for part in file.parts[-3:-1])


def _find(place: Definition, draft_file: Path, read: dict[str, ReadFile | None]) -> PastText | None:
    if place.path not in read:
        read[place.path] = _read(draft_file.parent / place.path)
    file = read[place.path]
    found = section_at(file.reports, place) if file is not None else None
    return past_text(*found) if found is not None else None


def _read(file: Path) -> ReadFile | None:
    try:
        return read_reports(from_here(file), labelled=False)
    except (DrafterError, OSError):
        return None


def _missing(name: str, place: Definition | None) -> Finding:
    where = f"{place.path} 的 {place.place}" if place is not None else "文末没有写出处"
    return Finding(
        "past-missing",
        "warning",
        f"与上年比较用的往年段落 {name} 找不到了（{where}）。",
        hint="请把那份往年总结放回原处，或重新起草；也可以用 --past 指明它。",
    )
