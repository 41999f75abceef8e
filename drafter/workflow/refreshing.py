"""Refreshing: the notes have changed, and the sentences of a draft that rest on them follow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.checking.book import open_book
from drafter.draftfile import read_draft
from drafter.draftfile.front import with_notes
from drafter.errors import UsageError
from drafter.model import UnusedFact
from drafter.reading.notes import read_notes
from drafter.reading.notes_withheld import withheld
from drafter.workflow.checking import load, trace
from drafter.writing.keeping import keep_notes, kept_facts
from drafter.writing.paths import named_from, relative_to
from drafter.writing.refresh_work import Refreshed
from drafter.writing.refreshing import refresh_text
from drafter.writing.restoring import restore
from drafter.writing.saving import open_draft, save_changed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.draftfile import DraftText
    from drafter.model import Check, Notes, Quantity
    from drafter.workflow.checking import Loaded


@dataclass(frozen=True)
class Result:
    """What a refresh did or, as a dry run, would do; `backup` is where the version before it is kept."""

    path: Path
    refreshed: Refreshed
    check: Check
    notes: Notes
    unused: tuple[UnusedFact, ...]
    same_notes: bool
    changed: bool
    backup: Path | None = None


def refresh(path: Path, notes_files: Sequence[Path], state: Path, *, dry_run: bool = False) -> Result:
    """Render the sentences and places to fill anew that changed notes concern; the rest keeps its bytes.

    Raises:
        ReadError: the draft or its notes cannot be read.
        UsageError: the draft names no notes, or has no marks to go by.
        DraftChangedError: another program changed the draft meanwhile.
    """
    file = open_draft(path)
    loaded = load(path, notes_files)
    notes = read_notes(list(notes_files) or [Path(one.file) for one in loaded.notes.files])
    loaded = replace(loaded, notes=notes, text=read_draft(file.text), findings=())
    rows = [(relative_to(one.file, path.parent), one.sha256) for one in notes.files]
    if _rows(loaded.text) == rows:
        return Result(path, Refreshed(file.text), trace(loaded), notes, (), same_notes=True, changed=False)
    if not loaded.text.marks:
        raise UsageError(
            "草稿里没有出处标记，认不出哪句出自哪条要点。", hint="请用 drafter check 核对这份草稿。"
        )
    reasons = withheld(notes)
    groups = [finding.quantities for finding in notes.findings if finding.code == "contradiction"]
    facts = named_from(notes, path.parent)
    before = kept_facts(_rows(loaded.text), state)
    refreshed = refresh_text(
        loaded.text, facts, groups=groups, past=_past(loaded), withheld=reasons, before=before
    )

    def traced(draft: DraftText) -> Check:
        return trace(replace(loaded, text=draft))

    restored, settled = restore(loaded.text, refreshed.text, facts, traced)
    refreshed = replace(refreshed, changes=(*refreshed.changes, *settled))
    text = with_notes(restored, rows)
    check = traced(read_draft(text))
    unused = _unused(check, refreshed, reasons)
    backup = None if dry_run or text == file.text else save_changed(file, text, state, edited=False)
    if backup is not None:
        keep_notes(notes, state)
    return Result(
        path,
        replace(refreshed, text=text, unprinted=_unprinted(check, refreshed)),
        check,
        notes,
        unused,
        same_notes=False,
        changed=text != file.text,
        backup=backup,
    )


def _unprinted(check: Check, refreshed: Refreshed) -> tuple[str, ...]:
    """Return the added numbers that the draft does not hold, with a mark or without."""
    found = {name for number in check.numbers for name in number.facts}
    return tuple(name for name in refreshed.unprinted if name not in found)


def _rows(text: DraftText) -> list[tuple[str, str]]:
    rows = text.meta.get("notes")
    return (
        [(str(row.get("path")), str(row.get("sha256"))) for row in rows if isinstance(row, dict)]
        if isinstance(rows, list)
        else []
    )


def _past(loaded: Loaded) -> Mapping[str, Quantity]:
    """Return the numbers of past passages that labels of the draft name, by their ids."""
    if not loaded.past:
        return {}
    book = open_book(loaded.notes.facts, loaded.past, loaded.text.definitions, loaded.notes.year)
    return {name: quantity for name, quantity in book.quantities.items() if name.startswith("P")}


def _unused(check: Check, refreshed: Refreshed, reasons: Mapping[str, str]) -> tuple[UnusedFact, ...]:
    added = set(refreshed.added)
    return tuple(
        UnusedFact(
            name, reasons.get(name) or ("新要点，没有对得上的【待补】" if name in added else "草稿没有用到")
        )
        for name in check.unused_facts
    )
