"""The library: what past reports hold, found by likeness."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from drafter.errors import LibraryError
from drafter.library.asking import check_call, find_unit, match_unit
from drafter.library.closing import Closing
from drafter.library.files import hash_bytes, hash_file, resolve_paths
from drafter.library.generation import (
    current_name,
    damaged,
    generation_folder,
    open_manifest,
)
from drafter.library.index import Progress, mismatch, update_library
from drafter.library.lock import hold_lock
from drafter.library.ranking import Wanted, rank
from drafter.library.records import load_record
from drafter.library.snapshot import FILE, REPORT, SECTION, read_snapshot
from drafter.library.vectors import checked_vectors
from drafter.model import Hit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from drafter.library.generation import Manifest
    from drafter.library.index import IndexReport, Workshop
    from drafter.library.ports import Vectors
    from drafter.library.ranking import Scored
    from drafter.library.snapshot import Snapshot
    from drafter.model import ReadFile, Report, Section

_EMPTY = hash_bytes(b"")
_T = TypeVar("_T")


@dataclass(slots=True)
class _Open:
    """The generation that is being read, with what was needed of it so far."""

    name: str
    manifest: Manifest
    read: dict[int, ReadFile] = field(default_factory=dict)
    stale: dict[int, str | None] = field(default_factory=dict)
    snapshot: Snapshot | None = None


class Library(Closing):
    """Past sections by likeness. One object may live long: it notices when another process re-indexes."""

    def __init__(self, shop: Workshop, *, own_unit: str | None = None) -> None:
        self._shop = shop
        self._own_unit = own_unit
        self._opened: _Open | None = None

    def index(
        self,
        paths: Iterable[Path | str] | Path | str,
        *,
        rebuild: bool = False,
        progress: Callable[[Progress], None] | None = None,
    ) -> IndexReport:
        """Take in the reports under `paths` (files or folders) and return what was done.

        Only what changed is read, only what is new embedded. Files that no
        longer exist are forgotten, files outside `paths` kept, unless
        `rebuild` starts from nothing.

        Raises:
            UsageError: a path does not exist.
            LibraryError: another command holds the library, or an engine failed.
        """
        full = resolve_paths(self._shop.root, paths)
        with hold_lock(self._shop.state):
            try:
                return update_library(
                    self._shop, full, rebuild=rebuild, progress=progress or (lambda _: None)
                )
            except OSError as error:
                raise LibraryError(
                    f"写索引时出错：{error.strerror or error}。",
                    hint="检查磁盘空间和权限后再运行一次；原来的索引没有动，已算好的向量会直接取用。",
                ) from error

    def search(  # noqa: PLR0913 - the four that matter, and three preferences by name only
        self,
        query: str,
        k: int = 5,
        unit: str | None = None,
        year: int | None = None,
        *,
        own_unit: str | None = None,
        period: str | None = None,
        per_file: int | None = 2,
    ) -> list[Hit]:
        """Return up to `k` sections most like `query`, best first; fewer when there are no more.

        `unit` and `year` restrict; `own_unit` (by default the workspace's)
        and `period` only decide between sections equally like the query.

        Raises:
            UsageError: an empty query, `k` below 1, or a unit that no report is of.
            LibraryError: nothing was indexed, or the index cannot be used.
        """
        check_call(query, k)

        def find(opened: _Open | None) -> list[Hit]:
            if opened is None:
                raise LibraryError("还没有索引。", hint="先运行 drafter index 把往年总结收进来。")
            units, periods = opened.manifest.units, opened.manifest.periods
            wanted_unit = find_unit(unit, units) if unit is not None else None
            if not opened.manifest.count:
                return []
            snapshot = self._snapshot(opened)
            wanted = Wanted(
                text=query,
                vector=self._embed_query(query, snapshot.vectors.shape[1]),
                k=k,
                unit=wanted_unit,
                year=year,
                own_unit=match_unit(own_unit or self._own_unit or "", units),
                period=periods.index(period) if period in periods else None,
                per_file=per_file,
            )
            opened.stale.clear()
            return [self._hit(opened, snapshot, scored) for scored in rank(snapshot, wanted)]

        return self._with_present_index(find)

    def files(self) -> tuple[ReadFile, ...]:
        """Return every file of the library as it was read, in the order of names.

        Raises:
            LibraryError: the index cannot be used.
        """

        def read(opened: _Open | None) -> tuple[ReadFile, ...]:
            count = len(opened.manifest.files) if opened is not None else 0
            return tuple(self._file(opened, number) for number in range(count)) if opened else ()

        return self._with_present_index(read)

    @property
    def fingerprint(self) -> str:
        """A hash of everything that can be found; the same for the same content and engine."""
        opened = self._open()
        return opened.manifest.fingerprint if opened is not None else _EMPTY

    @property
    def is_indexed(self) -> bool:
        """Whether anything was ever indexed here."""
        return current_name(self._shop.state) is not None

    def __len__(self) -> int:
        opened = self._open()
        return opened.manifest.count if opened is not None else 0

    def close(self) -> None:
        """Let go of what was read; the library opens again by itself when used."""
        self._opened = None

    def _open(self) -> _Open | None:
        """Return the generation that serves now, compared with the present engines before it is used."""
        name = current_name(self._shop.state)
        if self._opened is not None and self._opened.name == name:
            return self._opened
        self._opened = None
        manifest = open_manifest(self._shop.state)
        if manifest is None:
            return None
        if why := mismatch(self._shop, manifest):
            raise LibraryError(
                f"{why}。",
                hint="运行 drafter index 更新，或 drafter index --rebuild 从头重建；算过的向量会直接取用。",
            )
        self._opened = _Open(name or "", manifest)
        return self._opened

    def _with_present_index(self, use: Callable[[_Open | None], _T]) -> _T:
        """Return what `use` makes of the index; once more if it was replaced under its hands."""
        opened = self._open()
        try:
            return use(opened)
        except LibraryError:
            if opened is None or current_name(self._shop.state) == opened.name:
                raise
            return use(self._open())

    def _embed_query(self, query: str, dim: int) -> Vectors:
        row: Vectors = checked_vectors(self._shop.embedder.embed_queries([query]), 1, dim)[0]
        return row

    def _snapshot(self, opened: _Open) -> Snapshot:
        if opened.snapshot is None:
            opened.snapshot = read_snapshot(
                generation_folder(self._shop.state, opened.name),
                opened.manifest,
            )
        return opened.snapshot

    def _file(self, opened: _Open, number: int) -> ReadFile:
        """Return file `number` of the manifest from its record."""
        file = opened.read.get(number)
        if file is None:
            entry = opened.manifest.files[number]
            file = load_record(self._shop.records, entry.key)
            if file is None or file.sha256 != entry.sha256:
                raise damaged(f"{entry.file} 的读取记录缺失或已损坏")
            opened.read[number] = file
        return file

    def _stale(self, opened: _Open, number: int) -> str | None:
        """Return what became of file `number` since it was indexed; looked at once a search."""
        if number not in opened.stale:
            entry = opened.manifest.files[number]
            opened.stale[number] = _changed_since(self._shop.root / entry.file, entry.sha256)
        return opened.stale[number]

    def _place(self, opened: _Open, snapshot: Snapshot, row: int) -> tuple[Report, Section]:
        numbers = snapshot.rows[row]
        report = self._file(opened, int(numbers[FILE])).reports[int(numbers[REPORT])]
        return report, report.sections[int(numbers[SECTION])]

    def _hit(self, opened: _Open, snapshot: Snapshot, scored: Scored) -> Hit:
        report, section = self._place(opened, snapshot, scored.row)
        why = scored.why()
        if scored.similar:
            places = [self._place(opened, snapshot, row) for row in scored.similar]
            why["similar"] = [
                {"id": other.id, "title": where.title, "unit": where.unit, "year": where.year}
                for where, other in places
            ]
        if stale := self._stale(opened, int(snapshot.rows[scored.row][FILE])):
            why["stale"] = stale
        return Hit(score=scored.score, section=section, report=report, why=why)


def _changed_since(file: Path, sha256: str) -> str | None:
    """Return what became of `file` since it was indexed, or None if it is byte by byte the same."""
    try:
        return None if hash_file(file) == sha256 else "原文在收进资料库之后改动过"
    except OSError:
        return "原文已不在原处"
