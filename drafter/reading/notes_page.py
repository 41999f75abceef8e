"""What every kind of notes file is read into, before its facts are numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drafter.reading.notes_header import Header

if TYPE_CHECKING:
    from drafter.model import Finding, Where


class Entry(NamedTuple):
    """One bullet, line or row: what it says, the topic it stands under and its place."""

    topic: str
    text: str
    where: Where


def spoken_place(where: Where) -> str:
    """Return the place within its file as one says it: 第12行, 第3段, 民政!C4."""
    if where.cell is None and where.paragraph is not None:
        return f"第{where.paragraph}段"
    if where.cell is None and where.line is not None:
        return f"第{where.line}行"
    return where.place


class Page(NamedTuple):
    """One file of notes: its facts, what its head says, the lines that are no facts, and remarks on it."""

    entries: tuple[Entry, ...]
    header: Header = Header()
    asides: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()
