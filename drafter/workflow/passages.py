"""The past passages that a draft's own labels need: `P1.2`, `F3.1-P1.2`.

A draft that compares with last year can be checked by itself, as its
definitions say where the passages stand. Loaded only for such a draft.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.checking import PastText
from drafter.checking.book import is_at, past_places
from drafter.errors import DrafterError
from drafter.model import Finding
from drafter.reading import read_reports
from drafter.reading.drafts import from_here

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from drafter.draftfile import Definition, DraftText
    from drafter.model import ReadFile, Report, Section

_PASSAGE = re.compile(r"(P\d+)\.\d+")


def past_texts(report: Report) -> list[PastText]:
    """Return the sections of a past report as the checker takes them."""
    return [past_text(section, report) for section in report.sections]


def past_text(section: Section, report: Report) -> PastText:
    """Return one section of a past report as the checker takes it."""
    title = f"{report.title} {section.heading}".strip()
    return PastText(title, section.passage, section.where, report.year, report.period)


def load_passages(
    text: DraftText, draft_file: Path, given: Sequence[PastText] = ()
) -> tuple[list[PastText], list[Finding]]:
    """Return the passages that labels of a draft at `draft_file` need beyond those `given`.

    One that cannot be found any more is a finding; numbers that rest on it fail by themselves.
    """
    needed = dict.fromkeys(name for mark in text.marks for name in _PASSAGE.findall(mark.label))
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
            passages.append(found)
    return passages, findings


def _find(place: Definition, draft_file: Path, read: dict[str, ReadFile | None]) -> PastText | None:
    if place.path not in read:
        read[place.path] = _read(draft_file.parent / place.path)
    file = read[place.path]
    for report in file.reports if file is not None else ():
        for passage in past_texts(report):
            if passage.where is not None and passage.where.place == place.place:
                return passage
    return None


def _read(file: Path) -> ReadFile | None:
    try:
        return read_reports(from_here(file))
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
