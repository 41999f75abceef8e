"""Reports that go on where another of the same file stopped."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Report
    from drafter.reading.sections import Part


def link_continued(reports: Sequence[Report], outlines: Sequence[tuple[Part, ...]]) -> tuple[Report, ...]:
    """Return the reports, those that begin in the middle of an outline with the id of the one they continue.

    It is a proposal: the texts are not joined.
    """
    linked: list[Report] = []
    for place, report in enumerate(reports):
        before = _continued(report, outlines[place], linked, outlines)
        linked.append(replace(report, continues=before.id) if before else report)
    return tuple(linked)


def _continued(
    report: Report, parts: Sequence[Part], earlier: Sequence[Report], outlines: Sequence[tuple[Part, ...]]
) -> Report | None:
    numbered = [part for part in parts if part.number]
    if (
        not numbered
        or numbered[0].number < 2
        or any(part.level == 1 and part.number == 1 for part in numbered)
    ):
        return None
    first = numbered[0]
    fitting = [
        (report.unit is not None and report.unit == one.unit, place, one)
        for place, one in enumerate(earlier)
        if _last_number(outlines[place], first.level) == first.number - 1
        and (report.unit == one.unit or None in (report.unit, one.unit))
    ]
    return max(fitting, key=lambda row: row[:2])[2] if fitting else None


def _last_number(parts: Sequence[Part], level: int) -> int:
    """Return the number of the last heading of `level` that is still open at the end, or 0."""
    number = 0
    for part in parts:
        if part.number and part.level == level:
            number = part.number
        elif part.number and part.level < level:
            number = 0
    return number
