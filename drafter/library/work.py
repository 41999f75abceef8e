"""What an index run works with, and what it tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from drafter.library.ports import Embedder, StoreMaker
    from drafter.model import ReadFile, Remark


RECORDS = "reports"
"""The folder of the state that keeps how each file was read."""


class Progress(NamedTuple):
    """How far one stage of indexing is."""

    stage: Literal["read", "embed", "store"]
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an `index` run found and did; the names are files relative to the workspace."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    refused: tuple[ReadFile, ...] = ()
    files: int = 0
    reports: int = 0
    sections: int = 0
    embedded: int = 0
    warnings: tuple[Remark, ...] = ()
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What indexing works with: where, with which engines, and how files are read."""

    root: Path
    state: Path
    embedder: Embedder
    stores: StoreMaker
    read: Callable[[Path, Path], ReadFile]
    splitter: str

    @property
    def records(self) -> Path:
        """Where it is kept how each file was read."""
        return self.state / RECORDS


class Line(NamedTuple):
    """One section while the library is laid out; its words stay on disk, so that any number fits in memory.

    `id` is that of its row, `key` that of its vector, `size` the characters that are embedded.
    """

    id: str
    key: str
    size: int
    report: int
    section: int
    unit: str
    year: int
    period: str
    body: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the library: the key of its record, its sections, and other files with the same bytes."""

    file: str
    sha256: str
    key: str
    reports: int
    lines: tuple[Line, ...]
    copies: tuple[str, ...] = ()
