"""How a section stands between two steps: its items, its rows, where its labels point; as JSON and back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from drafter.draftfile import read_draft
from drafter.model import Source, Where
from drafter.writing.rewriting import Item, Sentence, read_items, write_items
from drafter.writing.rewriting_rows import Row, same_rows, with_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drafter.draftfile.edit import Part


@dataclass(frozen=True, slots=True)
class State:
    """A section between two steps.

    `sources` are those of all labels in its rows. `writer`, `attempts` and
    `reasons` say where the new sentences come from; `model` is the place of the
    past section that was chosen to be followed.
    """

    items: tuple[Item, ...]
    rows: tuple[Row, ...]
    sources: Mapping[str, Source] = field(default_factory=dict)
    writer: str = ""
    attempts: int = 0
    reasons: tuple[str, ...] = ()
    model: str = ""

    @property
    def is_pending(self) -> bool:
        """Whether there is anything to accept or to reject."""
        return any(row.status == "open" for row in self.rows)

    def blocks(self, *, wanted: bool = False) -> list[str]:
        """Return the blocks of the section as the draft has them, or as it would with all that is open."""
        return write_items(with_rows(self.items, self.rows, wanted=wanted))

    def sentences(self, *, wanted: bool = False) -> tuple[Item, ...]:
        """Return the items with the sentences that the draft has, or would have."""
        return with_rows(self.items, self.rows, wanted=wanted)


def state_of(text: str, part: Part) -> State:
    """Return the state of a section as it stands in the draft `text`."""
    items = read_items(text, part)
    draft = read_draft(text)
    reach = range(part.span.start, part.span.end)
    labels = {mark.label for mark in draft.marks if mark.source_span.start in reach}
    sources = {
        label: Source(Where(one.path, cell=one.place or None), one.title)
        for label, one in draft.definitions.items()
        if label in labels
    }
    return State(items, same_rows(items), sources)


def to_json(state: State) -> dict[str, Any]:
    """Return a state as JSON."""
    return {
        "items": [
            [one.address, one.heading, one.level, one.head, one.run_in, one.label] for one in state.items
        ],
        "rows": [
            [row.item, [list(s) for s in row.old], [list(s) for s in row.new], row.status]
            for row in state.rows
        ],
        "sources": {
            label: [one.where.file, one.where.place, one.title] for label, one in state.sources.items()
        },
        "writer": state.writer,
        "attempts": state.attempts,
        "reasons": list(state.reasons),
        "model": state.model,
    }


def from_json(read: Mapping[str, Any]) -> State:
    """Return the state in `read`.

    Raises:
        ValueError: it is no state.
    """
    try:
        items = tuple(
            Item(address, heading, level, head, (), run_in=run_in, label=label)
            for address, heading, level, head, run_in, label in read["items"]
        )
        rows = tuple(
            Row(item, tuple(Sentence(*s) for s in old), tuple(Sentence(*s) for s in new), status)
            for item, old, new, status in read["rows"]
        )
        sources = {
            label: Source(Where(path, cell=place or None), title)
            for label, (path, place, title) in read["sources"].items()
        }
        return State(
            with_rows(items, rows),
            rows,
            sources,
            str(read["writer"]),
            int(read["attempts"]),
            tuple(map(str, read["reasons"])),
            str(read["model"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("no state of a section") from error
