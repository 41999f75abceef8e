"""Checking: every number of a draft traced anew, ours or anybody's."""

from __future__ import annotations

import os
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from drafter.checking import check_draft
from drafter.checking.risk import by_risk
from drafter.draftfile.beside import final_path, review_path
from drafter.errors import DrafterError, ReadError, UsageError
from drafter.model import Finding
from drafter.reading.drafts import load_draft, notes_of, unread_in
from drafter.reading.notes import read_notes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from drafter.checking import PastText
    from drafter.draftfile import DraftText
    from drafter.model import Check, Notes, NumberCheck, Where
    from drafter.model.decisions import Decision

_COMPARING = ("同比", "上年", "去年", "上一年", "同期")
_COMPARING_WITHIN = 30
"""So many characters before a number, one of these words makes it a comparison with last year."""


@dataclass(frozen=True)
class Loaded:
    """A draft with everything that it is checked against; `findings` are those of loading it."""

    file: Path
    text: DraftText
    notes: Notes
    past: tuple[PastText, ...] = ()
    findings: tuple[Finding, ...] = ()
    decisions: tuple[Decision, ...] = ()


def load(draft_file: Path, notes_files: Sequence[Path] = (), past_files: Sequence[Path] = ()) -> Loaded:
    """Return a draft with its notes and past reports.

    Without `notes_files`, the notes named in the draft's front matter are read;
    one whose bytes changed since is a warning. Past passages that numbers of the
    draft rest on are read from where its definitions say. What people decided about its
    numbers comes from the file of decisions beside it, where there is one.

    What differs from the record of a final text is a finding of severity error.

    Raises:
        ReadError: the draft, its notes or its decisions cannot be read.
        UsageError: the draft names no notes and none are given.
    """
    changed = _changes(draft_file)
    try:
        loaded = _load(draft_file, notes_files, past_files)
    except DrafterError as error:
        if all(finding.severity != "error" for finding in changed):
            raise
        from drafter.workflow.finalizing import named_in  # noqa: PLC0415 - only a final text needs it

        raise named_in(error, changed) from error
    return replace(loaded, findings=(*changed, *loaded.findings))


def _changes(draft_file: Path) -> tuple[Finding, ...]:
    """Return what differs from the record of a final text; where there is none that costs one look."""
    if draft_file.suffix.lower() != ".docx" and not final_path(draft_file).exists():
        return ()
    from drafter.workflow.finalizing import changes  # noqa: PLC0415 - only a final text needs it

    return changes(draft_file)


def _load(draft_file: Path, notes_files: Sequence[Path], past_files: Sequence[Path]) -> Loaded:
    """Load a draft with all it is checked against.

    Raises:
        ReadError: the draft, its notes or its decisions cannot be read.
        UsageError: the draft names no notes and none are given.
    """
    text = load_draft(draft_file)
    files, findings = notes_of(text, draft_file, notes_files)
    if draft_file.suffix.lower() == ".docx":
        findings = [*findings, *unread_in(draft_file)]
    if os.path.realpath(draft_file) in map(os.path.realpath, files):
        raise UsageError(f"{draft_file} 既是草稿又是要点，没有核对。", hint="请用 --notes 给出今年的要点。")
    notes = read_notes(files)
    past, unread = _past_texts(past_files, draft_file)
    if any("P" in label and "." in label for label in (*text.definitions, *(m.label for m in text.marks))):
        from drafter.workflow.passages import load_passages  # noqa: PLC0415 - few drafts compare

        passages, missing = load_passages(text, draft_file, past)
        past, findings = [*past, *passages], [*findings, *missing]
    return Loaded(draft_file, text, notes, tuple(past), (*findings, *unread), _decisions(draft_file))


def trace(loaded: Loaded, *, final: bool = False) -> Check:
    """Trace every number of a loaded draft, and honour what people decided.

    With `final`, 【待补】 and 【待核】 are errors.
    """
    text, notes = loaded.text, loaded.notes
    year = text.meta.get("year")
    checked = check_draft(
        text,
        notes.facts,
        loaded.past,
        year=year if isinstance(year, int) else notes.year,
        period=str(text.meta.get("period") or notes.period or "") or None,
        unit=str(text.meta.get("unit") or notes.unit or "") or None,
        final=final,
    )
    if loaded.decisions:
        from drafter.checking.decided import honour  # noqa: PLC0415 - only a reviewed draft needs it
        from drafter.checking.desk import Desk  # noqa: PLC0415 - as above
        from drafter.workflow.first_seen import with_sources  # noqa: PLC0415 - as above

        desk = Desk(text, checked, notes.facts, loaded.past)
        checked = honour(checked, desk, with_sources(desk, loaded.file, loaded.decisions))
    found = (*checked.findings, *_contradicted(loaded, checked))
    told = _with_paragraphs(_with_file(found, loaded), loaded.file)
    ok = checked.ok and all(finding.severity != "error" for finding in loaded.findings)
    return replace(checked, ok=ok, findings=by_risk((*told, *loaded.findings)))


def _contradicted(loaded: Loaded, checked: Check) -> tuple[Finding, ...]:
    groups = [found.quantities for found in loaded.notes.findings if found.code == "contradiction"]
    if not groups:
        return ()
    from drafter.checking.contradicted import contradicted  # noqa: PLC0415 - few notes contradict each other

    return tuple(contradicted(loaded.text.source, checked.numbers, loaded.notes.facts, groups))


def check(
    draft_file: Path,
    notes_files: Sequence[Path],
    past_files: Sequence[Path] = (),
    *,
    final: bool = False,
) -> Check:
    """Trace every number of a draft against the notes.

    Raises:
        ReadError: the draft or its notes cannot be read.
        UsageError: the draft names no notes and none are given.
    """
    loaded = load(draft_file, notes_files, past_files)
    return look_back(loaded, trace(loaded, final=final), final=final)


def look_back(loaded: Loaded, checked: Check, *, final: bool = False) -> Check:
    """Return the check made again with last year's report where a comparison has no source yet.

    Only for a draft that was given no past reports: those of the workspace are
    read, the unit's own of the year before.
    """
    if checked.ok or loaded.past:
        return checked
    comparing = [n for n in checked.numbers if n.verdict == "unsupported" and _is_compared(n, loaded.text)]
    if not comparing:
        return checked
    from drafter.workflow.passages import last_years_passages  # noqa: PLC0415 - as in `load`

    passages = last_years_passages(loaded.text, loaded.notes, loaded.file)
    return trace(replace(loaded, past=tuple(passages)), final=final) if passages else checked


def _is_compared(number: NumberCheck, text: DraftText) -> bool:
    before = text.source[max(0, number.span.start - _COMPARING_WITHIN) : number.span.start]
    return any(word in before for word in _COMPARING)


def _decisions(draft_file: Path) -> tuple[Decision, ...]:
    """Return the decisions beside a draft, of a Word file also those of its draft.

    Where there are none that costs one look.

    Raises:
        ReadError: the file of decisions is damaged.
    """
    drafts: tuple[Path, ...] = (draft_file,)
    if draft_file.suffix.lower() == ".docx":
        from drafter.workflow.finalizing import decided_drafts  # noqa: PLC0415 - only Word files need it

        drafts = decided_drafts(draft_file)
    files = {review_path(one).resolve(): one for one in drafts if review_path(one).exists()}
    if not files:
        return ()
    from drafter.draftfile.decisions import load_review  # noqa: PLC0415 - only a reviewed draft needs it

    return tuple(decision for one in files.values() for decision in load_review(one).decisions)


def _with_file(findings: Sequence[Finding], loaded: Loaded) -> list[Finding]:
    """Return findings whose places in the draft itself name its file and line."""
    file, source = loaded.file.as_posix(), loaded.text.source

    def named(where: Where) -> Where:
        if where.file or where.span is None:
            return where
        line = source.count("\n", 0, where.span.start) + 1 if loaded.file.suffix.lower() != ".docx" else None
        return replace(where, file=file, line=line)

    return [replace(one, where=tuple(map(named, one.where))) if one.where else one for one in findings]


def _with_paragraphs(findings: Sequence[Finding], draft_file: Path) -> list[Finding]:
    """Return findings that name the paragraph of a Word file in which they stand.

    Raises:
        ReadError: the file cannot be read any more.
    """
    if draft_file.suffix.lower() != ".docx":
        return list(findings)
    from drafter.reading.word import read_word  # noqa: PLC0415 - heavy, and only Word files need it

    lines = read_word(draft_file.read_bytes(), draft_file.name).lines
    starts = [line.start for line in lines]
    told = []
    for finding in findings:
        at = bisect_right(starts, finding.span.start) - 1 if finding.span else -1
        message = f"第{lines[at].number}段：{finding.message}" if at >= 0 else finding.message
        told.append(replace(finding, message=message))
    return told


def _past_texts(files: Sequence[Path], draft_file: Path) -> tuple[list[PastText], list[Finding]]:
    """Return the sections of the reports in files and folders, the draft itself left out.

    What cannot be read in a folder is a finding.

    Raises:
        UsageError: a path does not exist.
        ReadError: a file named itself cannot be read.
    """
    if not files:
        return [], []
    from drafter.library.files import find_reports  # noqa: PLC0415 - only a check with --past reads reports
    from drafter.reading import read_reports  # noqa: PLC0415 - as above
    from drafter.workflow.passages import past_texts  # noqa: PLC0415 - as above

    passages: list[PastText] = []
    findings: list[Finding] = []
    for file in find_reports(files).files:
        if file.resolve() == draft_file.resolve():
            continue
        read = read_reports(file)
        if read.refused and file in files:
            raise ReadError(f"{file} 读不了：{read.refused}", hint="请换一个文件，或去掉它再核对。")
        if read.refused:
            message = f"往年总结 {file.name} 读不了，没有比对：{read.refused}"
            findings.append(Finding("past-missing", "warning", message))
        passages += [text for report in read.reports for text in past_texts(report)]
    return passages, findings
