"""Export: a draft checked before it leaves as a Word file, and what the file carries of it.

The bytes are made by `drafter.showing.word`; this is what comes before and after.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafter.draftfile.carried import DRAFT, FINAL, past_properties, to_properties
from drafter.errors import ReadError, UsageError
from drafter.workflow.appendix import Appendix, with_appendix
from drafter.workflow.checking import load, look_back, trace
from drafter.workflow.finalizing import CHANGED, is_final_word, seal
from drafter.writing.indicators import HEADING
from drafter.writing.paths import relative_to
from drafter.writing.saving import WORDS, check_overwritable, keep_version, save_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Check, Finding
    from drafter.workflow.checking import Loaded

_NOTES_CHANGED = "notes-changed"


@dataclass(frozen=True)
class Export:
    """A checked draft that is to become the Word file `out`; as a final text it may be `blocked`."""

    loaded: Loaded
    check: Check
    out: Path
    final: bool = False
    appendix: int = 0
    """How many indicators the table of the appendix holds."""
    left_out: tuple[str, ...] = ()
    """Indicators that do not read clearly outside their sentence."""

    @property
    def blocked(self) -> bool:
        """Whether nothing may be written."""
        return self.final and not self.check.ok


def prepare(  # noqa: PLR0913 - what a call names, each of it optional
    draft: Path,
    out: Path | None,
    state: Path,
    notes: Sequence[Path] = (),
    past: Sequence[Path] = (),
    *,
    final: bool = False,
    table: bool = True,
) -> Export:
    """Check a draft that is to be exported to `out` (by default beside it).

    Where the notes were tables, one of the indicators that the draft uses is
    added as an appendix, unless `table` is false. For a final text 【待补】,
    【待核】 and notes that changed since are errors.

    Raises:
        DraftChangedError: a person edited the Word file that stands there.
        ReadError: the draft, its notes or its decisions cannot be read.
        UsageError: no notes are known, or `out` is the Word file of a final text.
    """
    out = out or draft.parent / f"{draft.stem}.docx"
    if _real(out) == _real(draft):
        raise UsageError(f"{out} 就是要导出的草稿，没有覆盖它。", hint="请用 -o 换一个文件名。")
    check_overwritable(out, state, WORDS)
    if is_final_word(draft, out, of_others=final):
        raise UsageError(f"{out} 是已经定稿的 Word 文件，没有覆盖它。", hint="请用 -o 换一个文件名。")
    loaded = load(draft, notes, past)
    if final:
        known = tuple(finding for finding in loaded.findings if finding.code != CHANGED)
        loaded = replace(loaded, findings=known)
    checked = look_back(loaded, trace(loaded, final=final), final=final)
    added = with_appendix(loaded, checked) if table else Appendix(loaded)
    if added.rows:
        loaded = added.loaded
        checked = look_back(loaded, trace(loaded, final=final), final=final)
    if final:
        findings = (*_changed_notes(loaded), *(_as_error(finding) for finding in checked.findings))
        findings = tuple(dict.fromkeys(findings))
        checked = replace(checked, findings=findings, ok=all(one.severity != "error" for one in findings))
    return Export(loaded, checked, out, final, added.rows, added.left_out)


def properties(export: Export) -> dict[str, str]:
    """Return what the Word file carries of its draft, paths relative to its own folder."""
    loaded, home = export.loaded, export.loaded.file.parent
    folder = export.out.parent
    meta: dict[str, Any] = dict(loaded.text.meta)
    for key in ("unit", "year", "period"):
        meta[key] = meta.get(key) or getattr(loaded.notes, key)
    named = meta.get("notes")
    rows = [row for row in named if isinstance(row, dict)] if isinstance(named, list) else []
    by_name = {_real(home / str(row.get("path"))): row for row in rows}
    meta["notes"] = [
        {
            "path": relative_to(file.file, folder),
            "sha256": by_name.get(_real(Path(file.file)), {}).get("sha256") or file.sha256,
        }
        for file in loaded.notes.files
    ]
    if export.appendix:
        meta["appendix"] = HEADING
    meta["draft"] = relative_to(loaded.file, folder)
    meta["draft_sha256"] = hashlib.sha256(loaded.file.read_bytes()).hexdigest()
    past = [
        one._replace(path=relative_to(home / one.path, folder)) for one in loaded.text.definitions.values()
    ]
    return {**to_properties(meta, FINAL if export.final else DRAFT), **past_properties(past)}


def save(export: Export, data: bytes, state: Path) -> Path | None:
    """Write the Word file; of a final text also the record, whose path is returned.

    Raises:
        DraftChangedError: a person edited the Word file meanwhile.
        ReadError: the disk refuses; what stood there before is untouched.
    """
    check_overwritable(export.out, state, WORDS)
    save_bytes(export.out, data, state, "Word 文件")
    _keep(export, state)
    if not export.final:
        return None
    loaded = export.loaded
    return seal(loaded.file, [Path(file.file) for file in loaded.notes.files], loaded.text, export.out)


def _keep(export: Export, state: Path) -> None:
    """Keep the draft as it was exported, so that edits in Word can be told from later ones in the draft.

    Raises:
        ReadError: the disk refuses; the Word file is written.
    """
    file = export.loaded.file
    try:
        keep_version(file, file.read_bytes(), state)
    except OSError as error:
        raise ReadError(
            f"Word 文件写好了，但导出时的草稿没有存住：{error.strerror}。", hint="请检查磁盘空间和权限。"
        ) from error


def _changed_notes(loaded: Loaded) -> list[Finding]:
    """Return the notes of the front matter that changed since the draft was written."""
    from drafter.reading.drafts import notes_of  # noqa: PLC0415 - only a final text needs it twice

    if not isinstance(loaded.text.meta.get("notes"), list):
        return []
    return [_as_error(finding) for finding in notes_of(loaded.text, loaded.file, ())[1]]


def _as_error(finding: Finding) -> Finding:
    """Return a finding as a final text has it: changed notes are an error there."""
    return replace(finding, severity="error") if finding.code == _NOTES_CHANGED else finding


def _real(file: Path) -> str:
    return os.path.normcase(os.path.realpath(file))
