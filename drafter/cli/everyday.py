"""facts and check: the commands that people call all day, so they start without loading typer.

Typer takes longer to load than either of them to work. A call in which every
word is a file or an option in its plain form is understood here; any other
(help, `--notes=FILE`, an unknown option, a missing file) is left to typer,
which hands the same arguments to the same functions or says what is wrong.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.errors import FinalChangedError


def run_facts(notes: Sequence[Path], *, json: bool) -> int:
    """Show what was read from `notes` and return the exit code.

    Raises:
        ReadError: notes cannot be read.
        UsageError: a path is no file.
    """
    from drafter.reading.notes import read_notes

    read = read_notes(notes)
    if json:
        parts = ("facts", "findings", "unit", "year", "period")
        _print_json({part: getattr(read, part) for part in parts})
    else:
        from drafter.showing.facts_view import show_facts
        from drafter.showing.terminal import Terminal

        show_facts(read, Terminal())
    return 1 if any(finding.severity == "error" for finding in read.findings) else 0


def run_check(
    draft: Path, notes: Sequence[Path], past: Sequence[Path], *, used: bool = False, json: bool = False
) -> int:
    """Show what a check of `draft` finds, with `used` where each fact stands too; return the exit code.

    Raises:
        ReadError: the draft, its notes or a past report cannot be read.
        UsageError: the draft names no notes and none are given.
    """
    from drafter.errors import FinalChangedError
    from drafter.workflow import checking

    try:
        loaded = checking.load(draft, notes, past)
    except FinalChangedError as error:
        return _show_changed(error, json=json)
    checked = checking.look_back(loaded, checking.trace(loaded))
    if json:
        _print_json(checked)
    else:
        from drafter.showing.check_view import show_check

        source = "" if draft.suffix.lower() == ".docx" else loaded.text.source
        show_check(checked, source, loaded.notes.facts, used=used)
    return 0 if checked.ok else 1


def _show_changed(error: FinalChangedError, *, json: bool) -> int:
    """Show which parts of a final text are no longer as they were, though nothing else can be checked."""
    from drafter.model import Check

    checked = Check(ok=False, findings=error.findings)
    if json:
        _print_json(checked)
    else:
        from drafter.showing.check_view import show_check

        show_check(checked, "")
    return 1


def _print_json(value: object) -> None:
    from drafter.showing.json_view import dump

    sys.stdout.write(dump(value) + "\n")


def run_plain(arguments: Sequence[str]) -> int | None:
    """Run a plain call of facts or check and return its exit code; None, and nothing done, for any other."""
    if arguments[:1] == ["facts"]:
        call = _plain(arguments[1:], flags=("--json",))
        return run_facts(call[""], json=bool(call["--json"])) if call and call[""] else None
    if arguments[:1] == ["check"]:
        call = _plain(arguments[1:], flags=("--used", "--json"), options=("--notes", "--past"))
        if call and len(call[""]) == 1:
            used, json = bool(call["--used"]), bool(call["--json"])
            return run_check(call[""][0], call["--notes"], call["--past"], used=used, json=json)
    return None


def _plain(
    words: Sequence[str], *, flags: Sequence[str], options: Sequence[str] = ()
) -> dict[str, list[Path]] | None:
    """Return the files named bare (under an empty name) and behind each option; None if not plain."""
    call: dict[str, list[Path]] = {name: [] for name in ("", *flags, *options)}
    following = iter(words)
    for word in following:
        value = next(following, "") if word in options else word
        if not value or (value.startswith("-") and word not in flags):
            return None
        call[word if word in call else ""].append(Path(value))
    return call
