"""Drafting: this year's facts sorted into the sections that the unit writes, written, traced and saved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking import check_draft
from drafter.draftfile import read_draft, write_draft
from drafter.draftfile.beside import final_path
from drafter.errors import DraftChangedError, NoFactsError, ReadError
from drafter.model import Finding, UnusedFact
from drafter.reading.drafts import read_text
from drafter.reading.notes import SUFFIXES, read_notes
from drafter.reading.notes_withheld import withheld
from drafter.workflow.passages import past_text
from drafter.writing.borrowing import Surroundings
from drafter.writing.comparing import find_comparisons
from drafter.writing.drafting import ItemWriter, gather, write_sections
from drafter.writing.head import settle_head
from drafter.writing.keeping import keep_notes
from drafter.writing.material import Material
from drafter.writing.outline import Past, is_same_unit, latest_own_report, plan_outline
from drafter.writing.outline_file import read_outline, write_outline
from drafter.writing.paths import file_safe, front_matter, relative_sources
from drafter.writing.questions import Usual, ask
from drafter.writing.saving import check_overwritable, save_draft

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from drafter.model import Check, Draft, Hit, Notes, Outline, Report
    from drafter.settings import Settings
    from drafter.writing.head import Head


@dataclass(frozen=True)
class Shelf:
    """What a draft needs of the library: its reports, a search, its fingerprint.

    Files of the reports are relative to `root`. An empty shelf drafts from the notes alone.
    """

    root: Path
    reports: Sequence[Report] = ()
    search: Callable[[str, int], Sequence[Hit]] | None = None
    fingerprint: str | None = None


@dataclass(frozen=True)
class Wanted:
    """What a call asks for beyond the notes: flags of the command line."""

    unit: str | None = None
    year: int | None = None
    period: str | None = None
    title: str | None = None
    outline: Path | None = None
    out: Path | None = None


@dataclass(frozen=True)
class Plan:
    """Everything decided before a word is written."""

    notes: Notes
    head: Head
    outline: Outline
    material: Material
    unused: tuple[UnusedFact, ...]
    follows_own_report: bool = True


class ChosenWriter(NamedTuple):
    """Who writes the items: `compose` or `llm`, how, and with which prompt (name, sha256)."""

    name: str
    write: ItemWriter
    prompt: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Drafted:
    """A saved draft with what its reader must know."""

    path: Path
    draft: Draft
    check: Check
    plan: Plan


def one_by_one(paths: Sequence[Path]) -> list[list[Path]]:
    """Return the files of notes that each become a draft of their own; folders give all of theirs.

    Raises:
        ReadError: a folder without notes.
    """
    batches: list[list[Path]] = []
    for path in paths:
        if not path.is_dir():
            batches.append([path])
            continue
        inside = sorted(file for file in path.iterdir() if _may_be_notes(file))
        if not inside:
            raise ReadError(f"{path} 里没有要点文件。", hint=f"要点可以是 {' '.join(SUFFIXES)}。")
        batches += ([file] for file in inside)
    return batches


def passed_over(paths: Sequence[Path]) -> list[Path]:
    """Return the files in folders of notes that cannot be notes, hidden ones left out."""
    return sorted(
        file
        for path in paths
        if path.is_dir()
        for file in path.iterdir()
        if file.is_file() and not file.name.startswith((".", "~$")) and not _may_be_notes(file)
    )


def _may_be_notes(file: Path) -> bool:
    return file.is_file() and file.suffix.lower() in SUFFIXES and not file.name.startswith((".", "~$"))


def take_notes(files: Sequence[Path], settings: Settings, wanted: Wanted) -> Notes:
    """Return the notes of `files`, once it is sure that a draft can be made of them.

    Raises:
        ReadError: a file of notes that cannot be read.
        NoFactsError: notes with nothing to write about.
        UsageError: nobody said which unit or which year.
    """
    notes = read_notes(files)
    if len(withheld(notes)) == len(notes.facts):
        raise NoFactsError("要点里没有可写的内容。", hint="请写上今年的工作，每行一条，再运行一次。")
    _head(notes, (), settings, wanted)
    return notes


def _head(notes: Notes, reports: Sequence[Report], settings: Settings, wanted: Wanted) -> Head:
    return settle_head(
        notes,
        settings,
        reports,
        unit=wanted.unit,
        year=wanted.year,
        period=wanted.period,
        title=wanted.title,
    )


def outline(notes: Notes, shelf: Shelf, settings: Settings, wanted: Wanted) -> Plan:
    """Return the proposed sections, their facts, and the questions.

    Raises:
        ReadError: an outline that cannot be read.
        UsageError: nobody said which unit or year, or the outline names unknown facts.
    """
    reasons = withheld(notes)
    facts = [fact for fact in notes.facts if fact.id not in reasons]
    head = _head(notes, shelf.reports, settings, wanted)
    said = [part for fact in facts for part in (fact.text, fact.topic)]
    around = Surroundings(
        "\n".join([*said, head.unit, head.title]), head.year, tuple(map(_report_text, shelf.reports))
    )
    past = Past(shelf.reports, shelf.search)
    planned = plan_outline(facts, past, around, unit=head.unit, year=head.year, period=head.period)
    usual = Usual([report for report in shelf.reports if is_same_unit(report.unit, head.unit)])
    questions = ask(planned, facts, usual, around)
    if wanted.outline is not None:
        planned = read_outline(read_text(wanted.outline), planned, {fact.id: fact for fact in facts})
    planned = replace(planned, questions=questions)
    by_id = {fact.id: fact for fact in notes.facts}
    doubts = _doubts(notes)
    material = Material(
        by_id,
        around,
        head.period,
        doubts,
        usual.holds,
        lambda report: is_same_unit(report.unit, head.unit),
        find_comparisons(planned, notes.facts, head, doubts),
    )
    unused = tuple(UnusedFact(name, reason) for name, reason in reasons.items())
    own = latest_own_report(shelf.reports, head.unit, head.year, head.period)
    return Plan(notes, head, planned, material, unused, own is not None)


def save_outline(plan: Plan, path: Path, settings: Settings) -> None:
    """Write the outline as a file to edit and hand back.

    Raises:
        DraftChangedError: a file that a person edited stands there.
    """
    check_overwritable(path, settings.state)
    save_draft(path, write_outline(plan.outline, plan.head, plan.material.facts), settings.state)


def draft_path(plan: Plan, settings: Settings, out: Path | None) -> Path:
    """Return where the draft goes, before any work is spent on it.

    Raises:
        DraftChangedError: the file was edited by hand since drafter wrote it, is final, or is of another
            period.
        ReadError: there is no such folder.
    """
    path = out or settings.workspace / f"草稿-{file_safe(plan.head.unit)}-{plan.head.year}.md"
    check_overwritable(path, settings.state)
    if path.exists() and final_path(path).is_file():
        raise DraftChangedError(
            f"{path.name} 已经定稿，没有覆盖它。",
            hint=f"请用 -o 给这一份另起一个文件名；确实要重写，先移走 {final_path(path).name}。",
        )
    if out is None and path.exists():
        period = read_draft(read_text(path)).meta.get("period")
        if period != plan.head.period:
            raise DraftChangedError(
                f"{path.name} 是{period}的草稿，没有覆盖它。", hint="请用 -o 给这一份另起一个文件名。"
            )
    return path


def draft(plan: Plan, shelf: Shelf, settings: Settings, writer: ChosenWriter, path: Path) -> Drafted:
    """Write, trace and save a draft; the file is either the old one or the new one, never half.

    Raises:
        DraftChangedError: the file was edited by hand while drafter wrote.
        EndpointError: the model's server failed; finished sections are kept.
    """
    sections, findings = write_sections(plan.outline, plan.head, plan.material, writer.write)
    written = gather(
        plan.head,
        sections,
        plan.outline,
        plan.material,
        front_matter(
            plan.head, plan.notes, path, writer=writer.name, prompt=writer.prompt, library=shelf.fingerprint
        ),
        unused=_unused(plan),
        findings=(*findings, *_softened(plan.notes.findings)),
    )
    written = relative_sources(written, path.parent, notes_root=Path.cwd(), past_root=shelf.root)
    text = write_draft(written)
    checked = check_draft(
        read_draft(text),
        plan.notes.facts,
        [
            past_text(one.model.section, one.model.report)._replace(quoted=True)
            for one in plan.material.compared.values()
        ],
        year=plan.head.year,
        period=plan.head.period,
        unit=plan.head.unit,
    )
    check_overwritable(path, settings.state)
    save_draft(path, text, settings.state)
    keep_notes(plan.notes, settings.state)
    return Drafted(path, written, checked, plan)


# --- the draft's surroundings -------------------------------------------------------------


def _report_text(report: Report) -> str:
    parts = (part for section in report.sections for part in (section.heading, section.text))
    return "\n".join((report.title, *parts))


def _unused(plan: Plan) -> tuple[UnusedFact, ...]:
    reasons = {row.id: row.reason for row in plan.unused}
    placed = {fact.id for section in plan.outline.all_sections for fact in section.facts}
    for fact in plan.notes.facts:
        if fact.id not in placed and fact.id not in reasons:
            reasons[fact.id] = "提纲里没有安排这一条"
    return tuple(UnusedFact(name, reason) for name, reason in reasons.items())


def _doubts(notes: Notes) -> dict[str, tuple[str, ...]]:
    """Return for each quantity in a contradiction the ids of those that say otherwise."""
    groups = [finding.quantities for finding in notes.findings if finding.code == "contradiction"]
    return {one: tuple(other for other in group if other != one) for group in groups for one in group}


def _softened(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings of the notes as a draft sees them: shown in it as 【待核】, and so no error of it."""
    return tuple(replace(finding, severity="warning") for finding in findings)
