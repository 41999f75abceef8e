"""The notes as a draft was made from them, kept so that a later refresh knows every bullet of then.

A draft's own definitions know only the bullets whose numbers it prints; here
are the others too. Without what is kept (another machine) a refresh does with
the definitions.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from drafter.draftfile.places import place_of
from drafter.model import Fact
from drafter.numbers.slots import read_quantities
from drafter.reading.notes_gaps import without_masks
from drafter.storage import make_private, write_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from drafter.model import Notes

_FOLDER = "history"


def keep_notes(notes: Notes, state: Path) -> None:
    """Keep the bullets of `notes` in the state folder.

    Raises:
        OSError: the disk refuses.
    """
    files = [file.file for file in notes.files]
    rows = [
        {
            "topic": fact.topic,
            "text": fact.text,
            "file": files.index(fact.where.file) if fact.where.file in files else None,
            "place": fact.where.place,
        }
        for fact in notes.facts
    ]
    make_private(state)
    folder = make_private(state / _FOLDER)
    kept = folder / _name([file.sha256 for file in notes.files])
    write_file(kept, json.dumps({"facts": rows}, ensure_ascii=False, indent=1).encode("utf-8"))


def kept_facts(rows: Sequence[tuple[str, str]], state: Path) -> tuple[Fact, ...]:
    """Return the bullets of the notes `rows` (path, sha256) as they were; none where they were not kept."""
    kept = state / _FOLDER / _name([sha256 for _, sha256 in rows])
    try:
        held = json.loads(kept.read_text(encoding="utf-8"))["facts"]
        return tuple(_fact(number, row, rows) for number, row in enumerate(held, start=1))
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return ()


def _fact(number: int, row: Any, rows: Sequence[tuple[str, str]]) -> Fact:  # noqa: ANN401 - decoded JSON
    path = rows[row["file"]][0] if row["file"] is not None else ""
    text, name = str(row["text"]), f"F{number}"
    return Fact(
        name,
        str(row["topic"]),
        text,
        place_of(path, str(row["place"])),
        without_masks(read_quantities(text, name)),
    )


def _name(hashes: Sequence[str]) -> str:
    return f"notes-{hashlib.sha256(' '.join(hashes).encode()).hexdigest()[:12]}.json"
