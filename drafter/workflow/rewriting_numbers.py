"""What a new version of a section does to its numbers: lost, added, altered, wrong.

Both drafts, without and with the new version, are traced anew; no link is
trusted. What the draft had wrong before is not held against the new version.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from drafter.draftfile import read_draft
from drafter.draftfile.edit import replace_part
from drafter.model import FACT_KINDS, PASSING_VERDICTS, Finding
from drafter.workflow.checking import trace
from drafter.writing.rewriting import part_of_key, sentence_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.draftfile.edit import Part
    from drafter.model import Check, NumberCheck, Span
    from drafter.workflow.checking import Loaded
    from drafter.workflow.rewriting_state import State

_SILENT = frozenset({"structural", "name"})


class Wrong(NamedTuple):
    """Something about the numbers of a new version, and the rows (from 1) in which it stands."""

    finding: Finding
    rows: tuple[int, ...]
    blocks: bool


@dataclass(frozen=True)
class Version:
    """A draft with one version of the section in it, traced."""

    text: str
    part: Part
    check: Check
    spans: tuple[Span, ...]
    rows: tuple[int, ...]
    """For each sentence the row (from 0) that it belongs to."""
    changed: frozenset[int] = frozenset()
    """The rows in which the new version differs from the old one."""

    def row_at(self, position: int) -> int | None:
        """Return the row of the sentence at a place of the draft, None outside the section."""
        for span, row in zip(self.spans, self.rows, strict=True):
            if span.start <= position < span.end:
                return row
        return None

    def numbers(self) -> list[tuple[int | None, NumberCheck]]:
        """Return the numbers of the section that need a source, each with its row."""
        reach = range(self.part.span.start, self.part.span.end)
        return [
            (self.row_at(one.span.start), one)
            for one in self.check.numbers
            if one.span.start in reach and (one.kind in FACT_KINDS or one.kind == "hole")
            if one.verdict not in _SILENT
        ]


def trace_version(loaded: Loaded, key: str, part: Part, state: State, *, wanted: bool) -> Version:
    """Return the draft with the section as `state` has it, or as it wants it, traced."""
    text = replace_part(loaded.text.source, part, state.blocks(wanted=wanted), state.sources)
    check = trace(replace(loaded, text=read_draft(text)))
    now = part_of_key(text, key) or part
    items = state.sentences(wanted=wanted)
    rows = [number for number, row in enumerate(state.rows) for _ in (row.wanted if wanted else row.chosen)]
    changed = frozenset(number for number, row in enumerate(state.rows) if row.old != row.new)
    return Version(text, now, check, tuple(sentence_spans(text, now, items)), tuple(rows), changed)


def compare_versions(before: Version, after: Version) -> tuple[Wrong, ...]:
    """Return what the new version does to the numbers of the section, row by row."""
    lost, added = _difference(before, after)
    found: list[Wrong] = []
    for finding in _new_errors(before, after):
        row = after.row_at(finding.span.start) if finding.span else None
        surface = after.text[finding.span.start : finding.span.end] if finding.span else ""
        twin = _twin(finding, row, lost, after)
        if twin is not None:
            lost.remove(twin)
            found.append(_altered(twin[1], finding, surface, row))
        else:
            message = f"第{row + 1}句：{finding.message}" if row is not None else finding.message
            hint = finding.hint if row is None else _hint(row)
            found.append(Wrong(replace(finding, message=message, hint=hint), _rows(row), blocks=True))
    for row, number in lost:
        found.append(_lost(row, number))
    for row, number in added:
        if number.verdict in PASSING_VERDICTS:
            found.append(_added(row, number))
    return tuple(found)


def _twin(
    finding: Finding, row: int | None, lost: Sequence[tuple[int | None, NumberCheck]], after: Version
) -> tuple[int | None, NumberCheck] | None:
    """Return the number that was lost in the row where a failing one of the same unit, or of none, stands."""
    number = next(
        (n for n in after.check.numbers if n.span == finding.span and n.verdict not in PASSING_VERDICTS), None
    )
    if number is None or row is None:
        return None
    here = [one for one in lost if one[0] == row and one[1].surface != number.surface]
    same = [one for one in here if one[1].unit == number.unit]
    is_vague = number.value is None or number.unit is None
    return next(iter(same or (here if is_vague else [])), None)


def _difference(
    before: Version, after: Version
) -> tuple[list[tuple[int | None, NumberCheck]], list[tuple[int | None, NumberCheck]]]:
    """Return the numbers that only the old version has, and those that only the new one has."""
    old, new = before.numbers(), after.numbers()
    had, has = Counter(map(_key, old)), Counter(map(_key, new))
    changed = before.changed | after.changed
    return _surplus(old, had - has, changed), _surplus(new, has - had, changed)


def _surplus(
    numbers: Sequence[tuple[int | None, NumberCheck]], counts: Counter[object], changed: frozenset[int]
) -> list[tuple[int | None, NumberCheck]]:
    """Return as many numbers of each kind as `counts` says, those of rows that changed first."""
    left = counts.copy()
    found = []
    for one in sorted(numbers, key=lambda one: one[0] not in changed):
        if left[_key(one)] > 0:
            left[_key(one)] -= 1
            found.append(one)
    return sorted(found, key=lambda one: one[1].span)


def _key(one: tuple[int | None, NumberCheck]) -> object:
    number = one[1]
    if number.verdict in PASSING_VERDICTS and (number.facts or number.formula):
        return number.formula or number.facts
    return number.surface


def _new_errors(before: Version, after: Version) -> list[Finding]:
    """Return the errors that the draft did not have before, in their order."""
    had = Counter(_error_key(finding) for finding in before.check.findings)
    fresh = []
    for finding in after.check.findings:
        if finding.severity != "error":
            continue
        if had[_error_key(finding)] > 0:
            had[_error_key(finding)] -= 1
        else:
            fresh.append(finding)
    return fresh


def _error_key(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.severity, finding.message


def _rows(row: int | None) -> tuple[int, ...]:
    return () if row is None else (row + 1,)


def _hint(row: int) -> str:
    return f"--restore {row + 1} 恢复这一句；确认无误才用 --override。"


def _source(number: NumberCheck) -> str:
    name = number.formula or "、".join(number.facts)
    return f"（{name}）" if name else ""


def _altered(was: NumberCheck, finding: Finding, surface: str, row: int | None) -> Wrong:
    place = f"第{row + 1}句：" if row is not None else ""
    message = f"{place}{was.surface}{_source(was)}写成了{surface}。{finding.message}"
    return Wrong(
        Finding("altered", "error", message, finding.span, _hint(row or 0), was.where, was.facts),
        _rows(row),
        blocks=True,
    )


def _lost(row: int | None, number: NumberCheck) -> Wrong:
    place = f"第{row + 1}句：" if row is not None else ""
    hint = f"--restore {row + 1} 恢复这一句。" if row is not None else ""
    message = f"{place}少了{number.surface}{_source(number)}。"
    return Wrong(
        Finding("lost", "error", message, None, hint, number.where, number.facts), _rows(row), blocks=False
    )


def _added(row: int | None, number: NumberCheck) -> Wrong:
    place = f"第{row + 1}句：" if row is not None else ""
    message = f"{place}多了{number.surface}{_source(number)}，在要点里有出处。"
    return Wrong(
        Finding(
            "added", "warning", message, number.span, "请看看是否该写在这里。", number.where, number.facts
        ),
        _rows(row),
        blocks=False,
    )
