"""facts, check and search: the commands that people call all day, so they start without loading typer.

Typer takes longer to load than most of them to work. A call in which every
word is a file or an option in its plain form is understood here; any other
(help, `--notes=FILE`, an unknown option, a missing file) is left to typer,
which hands the same arguments to the same functions or says what is wrong.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.errors import FinalChangedError

MOST_HITS = 5
"""So many hits of a search are shown where no other number is asked for."""


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


def run_search(
    folder: Path,
    query: str,
    *,
    k: int = MOST_HITS,
    unit: str | None = None,
    year: int | None = None,
    json: bool = False,
) -> int:
    """Show the past sections most like `query` and return the exit code.

    Raises:
        UsageError: an empty query, `k` below 1, or a unit that no report is of.
        LibraryError: nothing was indexed, or the index cannot be used.
    """
    from drafter.settings import load_settings
    from drafter.wiring import open_library

    with open_library(folder, load_settings(folder)) as opened:
        hits = opened.search(query, k=k, unit=unit, year=year)
    if json:
        from drafter.showing.json_view import hit_json

        _print_json({"hits": [hit_json(hit) for hit in hits]})
    else:
        from drafter.showing.library_view import show_hits

        show_hits(hits, query)
    return 0


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
    """Run a plain call of an everyday command and return its exit code; None, with nothing done, else."""
    folder = None
    if len(arguments) > 2 and arguments[0] == "-C":
        folder, arguments = Path(arguments[1]), arguments[2:]
    command, words = (arguments[0], arguments[1:]) if arguments else ("", ())
    if command == "facts" and (call := _plain(words, "--json")) and call.bare:
        return run_facts([Path(word) for word in call.bare], json="--json" in call.flags)
    if command == "check" and (call := _plain(words, "--used", "--json", options=("--notes", "--past"))):
        return _check(call) if len(call.bare) == 1 else None
    if command == "search" and (call := _plain(words, "--json", options=("-k", "--unit", "--year"))):
        return _search(call, folder) if call.bare else None
    return None


def _check(call: _Call) -> int:
    notes, past = ([Path(word) for word in call.options[name]] for name in ("--notes", "--past"))
    return run_check(
        Path(call.bare[0]), notes, past, used="--used" in call.flags, json="--json" in call.flags
    )


def _search(call: _Call, folder: Path | None) -> int | None:
    from drafter.settings import find_workspace

    if (folder is not None and not folder.is_dir()) or any(len(given) > 1 for given in call.options.values()):
        return None
    k, unit, year = (
        call.options[name][0] if call.options[name] else None for name in ("-k", "--unit", "--year")
    )
    if any(number is not None and not (number.isascii() and number.isdigit()) for number in (k, year)):
        return None
    return run_search(
        folder.absolute() if folder is not None else find_workspace(Path.cwd()),
        " ".join(call.bare),
        k=int(k) if k is not None else MOST_HITS,
        unit=unit,
        year=int(year) if year is not None else None,
        json="--json" in call.flags,
    )


class _Call(NamedTuple):
    """The words of a call: those that stand bare, the flags, and what was given behind each option."""

    bare: list[str]
    flags: set[str]
    options: dict[str, list[str]]


def _plain(words: Sequence[str], *flags: str, options: Sequence[str] = ()) -> _Call | None:
    """Return the words of a call by what they are, None where one needs a second thought."""
    call = _Call([], set(), {name: [] for name in options})
    following = iter(words)
    for word in following:
        if word in flags:
            call.flags.add(word)
            continue
        value = next(following, "") if word in options else word
        if not value or value.startswith("-"):
            return None
        call.options.get(word, call.bare).append(value)
    return call
