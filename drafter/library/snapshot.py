"""A generation as a search sees it: arrays in memory, texts by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from drafter.library.generation import dump_array, parse_array, read_parts
from drafter.library.words import count_documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from drafter.library.generation import Manifest
    from drafter.library.ports import Vectors
    from drafter.library.words import Counts

PARTS = ("vectors.npy", "means.npy", "rows.npy", "counts.npy", "texts.bin", "ends.npy")
FILE, REPORT, SECTION, UNIT, YEAR, PERIOD, BODY = range(7)
"""Columns of `rows`: unit and period are indexes into the manifest's lists or -1, year may be 0."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What ranking works on. `vectors` are centred; `rows` has one line of seven numbers a section."""

    vectors: Vectors
    passage_mean: Vectors
    query_mean: Vectors
    rows: npt.NDArray[np.int32]
    counts: Counts
    units: tuple[str, ...]
    periods: tuple[str, ...]
    texts: bytes
    ends: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rows)

    def text(self, row: int) -> str:
        """Return the heading and the text of section `row`, as they were embedded."""
        start = int(self.ends[row - 1]) if row else 0
        return self.texts[start : int(self.ends[row])].decode("utf-8", "surrogatepass")


def read_snapshot(folder: Path, manifest: Manifest) -> Snapshot:
    """Return the snapshot of the generation in `folder`.

    Raises:
        LibraryError: a part is missing or was changed since it was written.
    """
    parts = read_parts(folder, manifest, PARTS)
    means = parse_array(parts["means.npy"])
    return Snapshot(
        vectors=parse_array(parts["vectors.npy"]),
        passage_mean=means[0],
        query_mean=means[1],
        rows=parse_array(parts["rows.npy"]),
        counts=parse_array(parts["counts.npy"]),
        units=manifest.units,
        periods=manifest.periods,
        texts=parts["texts.bin"],
        ends=parse_array(parts["ends.npy"]),
    )


def make_parts(
    texts: Sequence[str],
    vectors: Vectors,
    rows: npt.NDArray[np.int32],
    generic_passages: Vectors,
    generic_queries: Vectors,
) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of a snapshot, name and bytes, one at a time: each may be as large as the library.

    The mean of the passages is steadied by `generic_passages`, so that a
    library of one section is no special case.
    """
    total = vectors.sum(axis=0, dtype=np.float64) + generic_passages.sum(axis=0, dtype=np.float64)
    passage_mean = (total / (len(vectors) + len(generic_passages))).astype(np.float32)
    yield "vectors.npy", dump_array(centred(vectors, passage_mean))
    yield "means.npy", dump_array(np.stack([passage_mean, generic_queries.mean(axis=0)]))
    yield "rows.npy", dump_array(rows)
    yield "counts.npy", dump_array(count_documents(texts))
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    yield "ends.npy", dump_array(np.cumsum([len(data) for data in encoded], dtype=np.int64))
    yield "texts.bin", b"".join(encoded)


def centred(vectors: Vectors, mean: Vectors) -> Vectors:
    """Return `vectors` without what all have in common, each of length 1 again."""
    unit: Vectors = (vectors - mean).astype(np.float32, copy=False)
    unit /= np.maximum(np.linalg.norm(unit, axis=-1, keepdims=True), np.float32(1e-9))
    return unit
