"""Writing a new generation: texts, vectors and the store, none of them in memory as a whole."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from importlib import resources
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from drafter.errors import LibraryError
from drafter.library.arrays import dump_array, parse_array
from drafter.library.files import hash_bytes, hash_folder, write_hashed
from drafter.library.generation import STORE, current_name, generation_folder, switch
from drafter.library.layout import read_rows
from drafter.library.snapshot import write_vectors
from drafter.library.vectors import checked_vectors, engine_key
from drafter.library.work import RECORDS
from drafter.storage import write_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from drafter.library.generation import Manifest
    from drafter.library.layout import Layout
    from drafter.library.ports import Embedder, Row, StoreMaker, Vectors, VectorStore
    from drafter.library.vectors import VectorCache
    from drafter.library.work import Entry, Line

STORE_BATCH = 1000
_DIGEST = 64
_DATA = resources.files("drafter.library").joinpath("data")


def write_generation(  # noqa: PLR0913 - all but three by name only
    state: Path,
    layout: Layout,
    manifest: Manifest,
    *,
    name: str,
    entries: Sequence[Entry],
    cache: VectorCache,
    generic: tuple[Vectors, Vectors],
    stores: StoreMaker,
    base: bool,
) -> None:
    """Write what is missing of generation `name`, whose texts are there, and let it serve.

    `manifest` says by whom and from what, and the hashes of the texts; the rest
    of it is filled in here. With `base` the store of the serving generation is
    copied and only the difference is put in; the caller has made sure that it
    is whole.

    Raises:
        LibraryError: the store does not hold what was put in.
    """
    folder = generation_folder(state, name)
    keys = [line.key for line in layout.lines]
    ids = json.dumps([line.id for line in layout.lines]).encode()
    parts: Mapping[str, str] = {
        **manifest.parts,
        "ids.json": write_hashed(folder / "ids.json", [ids]),
        "rows.npy": write_hashed(folder / "rows.npy", [dump_array(layout.numbers)]),
        **write_vectors(
            folder,
            lambda: cache.batches(keys, generic[0].shape[1]),
            len(keys),
            generic,
        ),
    }
    there: set[str] = set()
    if base:
        serving = generation_folder(state, current_name(state) or "")
        shutil.copytree(serving / STORE, folder / STORE)
        there = set(json.loads((serving / "ids.json").read_bytes()))
    store = stores.open(folder / STORE, create=not base)
    try:
        rows = read_rows(state / RECORDS, entries, but=there)
        fill_store(store, rows, cache, wanted={line.id for line in layout.lines}, there=there)
    finally:
        store.close()
    switch(
        state,
        name,
        replace(
            manifest,
            count=len(layout.lines),
            fingerprint=layout.fingerprint,
            units=layout.units,
            periods=layout.periods,
            parts=parts,
            store=hash_folder(folder / STORE),
        ),
    )


def fill_store(
    store: VectorStore,
    new: Iterator[tuple[Line, Row]],
    cache: VectorCache,
    *,
    wanted: set[str],
    there: set[str],
) -> None:
    """Make `store`, which holds the ids `there`, hold exactly `wanted`; `new` are those it lacks.

    Raises:
        LibraryError: its count differs afterwards.
    """
    gone = sorted(there - wanted)
    for start in range(0, len(gone), STORE_BATCH):
        store.delete(gone[start : start + STORE_BATCH])
    while batch := list(islice(new, STORE_BATCH)):
        store.upsert([row for _, row in batch], cache.rows([line.key for line, _ in batch], cache.dim))
    if store.count() != len(wanted):
        raise LibraryError(
            f"向量库里有 {store.count()} 节，应当是 {len(wanted)} 节。",
            hint="运行 drafter index --rebuild 重建；原来的索引没有动。",
        )


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
