"""A library on a server, shared by many workspaces: each puts its own reports in and finds everybody's.

Two stores per embedding engine: `files` keeps how each file was read, as
JSON; `sections` keeps the sections with their vectors. Rows are never changed,
only added and, when their file is gone or changed, taken away by the workspace
that put them in. First the record of a file, then its sections; first the new
rows, then the old ones away: a reader in between finds old or new.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from drafter.library.asking import check_call, find_unit, match_unit
from drafter.library.closing import Closing
from drafter.library.files import hash_bytes, resolve_paths
from drafter.library.index import Progress, embed_missing, make_report
from drafter.library.layout import entry_of, lay_out, read_record, read_rows
from drafter.library.lock import hold_lock
from drafter.library.ranking import CANDIDATES, Wanted, rank
from drafter.library.records import load_record, parse_file, save_record
from drafter.library.shared_rows import record_row, section_row, snapshot_of
from drafter.library.snapshot import FILE, REPORT, SECTION, centred, write_texts
from drafter.library.survey import Survey, keep_others, merge_copies, read_files, record_key
from drafter.library.vectors import VectorCache, checked_vectors, engine_key
from drafter.library.writing import embed_generic
from drafter.model import Hit
from drafter.storage import make_private, write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy.typing as npt

    from drafter.library.layout import Layout
    from drafter.library.ports import Found, Row, StoreServer, VectorStore
    from drafter.library.ranking import Scored
    from drafter.library.work import Entry, IndexReport, Workshop
    from drafter.model import ReadFile

_BATCH = 500


class _Stores(NamedTuple):
    files: VectorStore
    sections: VectorStore


class SharedLibrary(Closing):
    """The same as `drafter.library.library.Library`, over a server."""

    def __init__(self, shop: Workshop, server: StoreServer, *, own_unit: str | None = None) -> None:
        self._shop = shop
        self._server = server
        self._own_unit = own_unit
        self._opened: _Stores | None = None
        self._read: dict[str, ReadFile] = {}

    def index(
        self,
        paths: Iterable[Path | str] | Path | str,
        *,
        rebuild: bool = False,
        progress: Callable[[Progress], None] | None = None,
    ) -> IndexReport:
        """Put the reports under `paths` on the server and return what was done.

        The reports of other workspaces are left alone, and so are this one's
        outside `paths` that still exist, unless `rebuild` starts from nothing.

        Raises:
            UsageError: a path does not exist.
            LibraryError: another command of this workspace is at it, or the server does not answer.
        """
        tell = progress or (lambda _: None)
        full = resolve_paths(self._shop.root, paths)
        with hold_lock(self._shop.state):
            owner = self._owner()
            rows = self._stores().files.rows({"owner": owner}, texts=True)
            before = {str(row.metadata["file"]): str(row.metadata["sha256"]) for row in rows}
            known = {} if rebuild else self._known(rows, owner)
            survey = Survey()
            read_files(self._shop, full, known, survey, tell)
            if not rebuild:
                keep_others(self._shop, full, before, known, survey)
            entries = merge_copies(survey.entries.values(), survey)
            layout = lay_out(entries, engine_key(self._shop.embedder.id))
            embedded = self._put(owner, entries, layout, tell)
            report = make_report(survey, before, entries, layout, embedded)
            return replace(report, fingerprint=self.fingerprint)

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
        """Return up to `k` sections most like `query`, best first, as `Library.search` does.

        Raises:
            UsageError: an empty query, `k` below 1, or a unit that no report is of.
            LibraryError: the server does not answer.
        """
        check_call(query, k)
        stores = self._stores()
        units = self._units() if unit is not None else ()
        where: dict[str, str | int] = {}
        if unit is not None:
            where["unit"] = units[find_unit(unit, units)]
        if year is not None:
            where["year"] = year
        raw = checked_vectors(self._shop.embedder.embed_queries([query]), 1, self._shop.embedder.id.dim)[0]
        passages, notes = embed_generic(self._shop.state, self._shop.embedder)
        mean = notes.mean(axis=0)
        found = stores.sections.nearest(centred(raw, mean), CANDIDATES, where)
        snapshot, keys = snapshot_of(found, passages.mean(axis=0), mean)
        wanted = Wanted(
            text=query,
            vector=raw,
            k=k,
            own_unit=match_unit(own_unit or self._own_unit or "", snapshot.units),
            period=snapshot.periods.index(period) if period in snapshot.periods else None,
            per_file=per_file,
        )
        scored = rank(snapshot, wanted)
        self._load([keys[int(snapshot.rows[one.row, FILE])] for one in scored])
        hits = (self._hit(one, snapshot.rows[one.row], keys, found) for one in scored)
        return [hit for hit in hits if hit is not None]

    def files(self) -> tuple[ReadFile, ...]:
        """Return every file of the library, of whatever workspace, as it was read.

        Raises:
            LibraryError: the server does not answer.
        """
        rows = self._stores().files.rows({}, texts=True)
        return tuple(sorted((parse_file(row.text.encode()) for row in rows), key=lambda file: file.file))

    @property
    def fingerprint(self) -> str:
        """A hash of everything that can be found."""
        names = [row.id for row in self._stores().files.rows({}, texts=False)]
        return hash_bytes("\n".join([engine_key(self._shop.embedder.id), *names]).encode())

    @property
    def is_indexed(self) -> bool:
        """Whether anything is there."""
        return len(self) > 0

    def __len__(self) -> int:
        return self._stores().sections.count()

    def close(self) -> None:
        """Let go of the stores; the library opens again by itself when used."""
        if self._opened is not None:
            self._opened.files.close()
            self._opened.sections.close()
        self._opened = None

    def _stores(self) -> _Stores:
        """Return the stores of the present engine: vectors of two engines never meet."""
        if self._opened is None:
            key = engine_key(self._shop.embedder.id)
            self._opened = _Stores(
                self._server.open(f"drafter-files-{key}"),
                self._server.open(f"drafter-sections-{key}"),
            )
        return self._opened

    def _owner(self) -> str:
        """Return the name under which this workspace puts in its reports."""
        path = make_private(self._shop.state) / "owner"
        if not path.is_file():
            write_file(path, secrets.token_hex(8).encode())
        return path.read_text(encoding="utf-8").strip()

    def _known(self, rows: Sequence[Row], owner: str) -> dict[str, Entry]:
        """Return the files on the server that were read in the present way."""
        known = {}
        for row in rows:
            name = str(row.metadata["file"])
            key = record_key(self._shop, name, str(row.metadata["sha256"]))
            if row.id != f"{owner}-{key}":
                continue
            file = parse_file(row.text.encode())
            if load_record(self._shop.records, key) is None:
                save_record(make_private(self._shop.records), key, file)
            known[name] = entry_of(file, key)
        return known

    def _put(
        self,
        owner: str,
        entries: Sequence[Entry],
        layout: Layout,
        tell: Callable[[Progress], None],
    ) -> int:
        """Make the server hold exactly `entries` for `owner`; return how many texts were embedded."""
        stores, records = self._stores(), self._shop.records
        wanted = {f"{owner}-{entry.key}": entry for entry in entries}
        old_rows = {row.id for row in stores.sections.rows({"owner": owner}, texts=False)}
        old_records = {row.id for row in stores.files.rows({"owner": owner}, texts=False)}
        there = {line.id for line in layout.lines if f"{owner}-{line.id}" in old_rows}
        new = {line.id: at for at, line in enumerate(layout.lines) if line.id not in there}
        cache = VectorCache(self._shop.state / "vectors", self._shop.embedder.id)
        cache.load()
        with TemporaryDirectory(dir=self._shop.state) as place:
            words = (row.text for _, row in read_rows(records, entries, but=there))
            texts, _ = write_texts(Path(place), words)
            lines = [layout.lines[at] for at in new.values()]
            embedded = embed_missing(self._shop.embedder, lines, texts, cache, tell)
        for key in sorted(wanted.keys() - old_records):
            row = record_row(key, read_record(records, wanted[key]), owner)
            stores.files.upsert([row], np.ones((1, 1), dtype=np.float32))
        rows, done = read_rows(records, entries, but=there), 0
        while part := list(islice(rows, _BATCH)):
            tell(Progress("store", done, len(new)))
            places = [layout.numbers[new[line.id]] for line, _ in part]
            stores.sections.upsert(
                [
                    section_row(owner, row, entries[int(place[FILE])].key, place)
                    for (_, row), place in zip(part, places, strict=True)
                ],
                cache.rows([line.key for line, _ in part], cache.dim),
            )
            done += len(part)
        stores.sections.delete(sorted(old_rows - {f"{owner}-{line.id}" for line in layout.lines}))
        stores.files.delete(sorted(old_records - wanted.keys()))
        tell(Progress("store", len(new), len(new)))
        return embedded

    def _hit(
        self,
        one: Scored,
        place: npt.NDArray[np.int32],
        keys: Sequence[str],
        found: Sequence[Found],
    ) -> Hit | None:
        """Return a hit with its report, or None when its workspace has just taken it away."""
        file = self._read.get(keys[int(place[FILE])])
        if file is None:
            return None
        report = file.reports[int(place[REPORT])]
        why = one.why()
        if one.similar:
            why["similar"] = [_twin(found[row].row) for row in one.similar]
        return Hit(one.score, report.sections[int(place[SECTION])], report, why)

    def _units(self) -> tuple[str, ...]:
        """Return the units that there are reports of."""
        rows = self._stores().files.rows({}, texts=False)
        return tuple(
            sorted({unit for row in rows for unit in str(row.metadata["units"]).split("\n") if unit})
        )

    def _load(self, keys: Iterable[str]) -> None:
        """Fetch the records that were not needed before; a record just taken away stays unknown."""
        missing = sorted(set(keys) - self._read.keys())
        if missing:
            for row in self._stores().files.get(missing):
                self._read[row.id] = parse_file(row.text.encode())


def _twin(row: Row) -> dict[str, object]:
    """Return what a hit says about another version of its story."""
    about = row.metadata
    return {
        "id": about["section"],
        "title": about["title"],
        "unit": about["unit"] or None,
        "year": about["year"] or None,
    }
