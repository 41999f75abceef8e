"""Laying out the sections of all files as rows, and writing them as a new generation."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from importlib import resources
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from drafter.errors import LibraryError
from drafter.library.files import hash_bytes, hash_folder
from drafter.library.generation import (
    STORE,
    FileEntry,
    Manifest,
    current_name,
    damaged,
    dump_array,
    generation_folder,
    new_generation,
    parse_array,
    read_parts,
    switch,
)
from drafter.library.ports import Row
from drafter.library.snapshot import make_parts
from drafter.library.vectors import checked_vectors, engine_key
from drafter.storage import write_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt

    from drafter.library.ports import Embedder, StoreMaker, Vectors, VectorStore
    from drafter.library.work import Entry
    from drafter.model import ReadFile, Report, Section

_LONGEST = 20_000
"""Characters of a section that are embedded and stored; longer ones are cut there, not in the record."""
_STORE_BATCH = 1000
_DIGEST = 64
_DATA = resources.files("drafter.library").joinpath("data")


class Layout(NamedTuple):
    """The sections of a library in their order: as rows of the store and as numbers for ranking."""

    rows: tuple[Row, ...]
    numbers: npt.NDArray[np.int32]
    units: tuple[str, ...]
    periods: tuple[str, ...]
    fingerprint: str


def embedded_text(section: Section) -> str:
    """Return the words of `section` that are embedded: its own heading, then its text."""
    return f"{section.heading}\n{section.text}".strip()[:_LONGEST]


def lay_out(entries: Sequence[Entry], engine: str) -> Layout:
    """Return the rows of all sections of `entries`; the fingerprint is that of everything in them."""
    reports = [report for entry in entries for report in entry.file.reports]
    units = tuple(sorted({report.unit for report in reports if report.unit}))
    periods = tuple(sorted({report.period for report in reports if report.period}))
    unit_at = {unit: i for i, unit in enumerate(units)}
    period_at = {period: i for i, period in enumerate(periods)}
    rows: list[Row] = []
    numbers: list[tuple[int, ...]] = []
    for f, entry in enumerate(entries):
        for r, report in enumerate(entry.file.reports):
            for s, section in enumerate(report.sections):
                rows.append(_row(entry.file, report, section, f"{r}.{s}"))
                unit = unit_at.get(report.unit or "", -1)
                period = period_at.get(report.period or "", -1)
                numbers.append((f, r, s, unit, report.year or 0, period, len(section.text)))
    table = np.array(numbers, dtype=np.int32).reshape(len(numbers), 7)
    fingerprint = hash_bytes("\n".join([engine, *(row.id for row in rows)]).encode())
    return Layout(tuple(rows), table, units, periods, fingerprint)


def write_generation(  # noqa: PLR0913 - all but three by name only
    state: Path,
    layout: Layout,
    manifest: Manifest,
    *,
    vectors: Vectors,
    generic: tuple[Vectors, Vectors],
    stores: StoreMaker,
    base: bool,
) -> None:
    """Write `layout` with its `vectors` as a new generation and let it serve.

    `manifest` says by whom and from what; the rest of it is filled in here.
    With `base` the store of the serving generation is copied and only the
    difference is put in; the caller has made sure that it is whole.

    Raises:
        LibraryError: the store does not hold what was put in.
    """
    texts = [row.text for row in layout.rows]
    name, folder = new_generation(state)
    parts: dict[str, str] = {}
    ids = json.dumps([row.id for row in layout.rows]).encode()
    for part, data in chain([("ids.json", ids)], make_parts(texts, vectors, layout.numbers, *generic)):
        write_file(folder / part, data)
        parts[part] = hash_bytes(data)
    there: set[str] = set()
    if base:
        serving = generation_folder(state, current_name(state) or "")
        shutil.copytree(serving / STORE, folder / STORE)
        there = set(json.loads((serving / "ids.json").read_bytes()))
    store = stores.open(folder / STORE, create=not base)
    try:
        fill_store(store, layout.rows, vectors, there)
    finally:
        store.close()
    switch(
        state,
        name,
        replace(
            manifest,
            count=len(layout.rows),
            fingerprint=layout.fingerprint,
            units=layout.units,
            periods=layout.periods,
            parts=parts,
            store=hash_folder(folder / STORE),
        ),
    )


def fill_store(store: VectorStore, rows: Sequence[Row], vectors: Vectors, there: set[str]) -> None:
    """Make `store`, which holds the ids `there`, hold exactly `rows`.

    Raises:
        LibraryError: its count differs afterwards.
    """
    wanted = {row.id for row in rows}
    gone = sorted(there - wanted)
    for start in range(0, len(gone), _STORE_BATCH):
        store.delete(gone[start : start + _STORE_BATCH])
    new = [i for i, row in enumerate(rows) if row.id not in there]
    for start in range(0, len(new), _STORE_BATCH):
        batch = new[start : start + _STORE_BATCH]
        store.upsert([rows[i] for i in batch], vectors[batch])
    if store.count() != len(wanted):
        raise LibraryError(
            f"向量库里有 {store.count()} 节，应当是 {len(wanted)} 节。",
            hint="运行 drafter index --rebuild 重建；原来的索引没有动。",
        )


def file_entries(entries: Sequence[Entry]) -> tuple[FileEntry, ...]:
    """Return `entries` as a manifest names them."""
    return tuple(FileEntry(e.file.file, e.file.sha256, e.key, e.copies) for e in entries)


def check_parts(state: Path, manifest: Manifest) -> None:
    """Make sure that every part of the serving generation is what was written.

    Raises:
        LibraryError: one is missing or was changed.
    """
    name = current_name(state)
    if name is None:
        raise damaged("没有现用的一代")
    read_parts(generation_folder(state, name), manifest, tuple(manifest.parts))


def embed_generic(state: Path, embedder: Embedder) -> tuple[Vectors, Vectors]:
    """Return the vectors of the generic passages and of the generic notes.

    Those of the bundled engine are shipped, others kept from the first time on.
    """
    passages, notes = _lines("generic_passages.txt"), _lines("generic_notes.txt")
    key = hash_bytes("\n".join([engine_key(embedder.id), *passages, *notes]).encode())[:16]
    name = f"generic-{key}.npy"
    shipped = _DATA.joinpath(name)
    path = state / "vectors" / name
    kept = shipped if shipped.is_file() else path
    data = kept.read_bytes() if kept.is_file() else b""
    if hash_bytes(data[_DIGEST:]).encode() != data[:_DIGEST]:
        rows = np.concatenate(
            [
                checked_vectors(embedder.embed_passages(passages), len(passages), embedder.id.dim),
                checked_vectors(embedder.embed_queries(notes), len(notes), embedder.id.dim),
            ],
        )
        body = dump_array(rows)
        data = hash_bytes(body).encode() + body
        path.parent.mkdir(exist_ok=True, mode=0o700)
        write_file(path, data)
    both: Vectors = parse_array(data[_DIGEST:])
    return both[: len(passages)], both[len(passages) :]


def _lines(name: str) -> list[str]:
    text = _DATA.joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _row(file: ReadFile, report: Report, section: Section, place: str) -> Row:
    """Return `section` as a row whose id is a hash of everything in it and of its place."""
    metadata: dict[str, str | int] = {
        "file": file.file,
        "title": report.title,
        "unit": report.unit or "",
        "year": report.year or 0,
        "period": report.period or "",
        "heading": section.heading,
        "section": section.id,
    }
    text = embedded_text(section)
    words = json.dumps([file.sha256, place, text, metadata], ensure_ascii=False, sort_keys=True)
    return Row(hash_bytes(words.encode("utf-8", "surrogatepass"))[:32], text, metadata)
