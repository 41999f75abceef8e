"""A generation as a search sees it: arrays in memory, texts by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from drafter.library.generation import dump_array, parse_array, read_parts
from drafter.library.words import count_documents

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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
) -> Mapping[str, bytes]:
    """Return the parts of a snapshot as bytes, by name.

    The mean of the passages is steadied by `generic_passages`, so that a
    library of one section is no special case.
    """
    passage_mean = np.concatenate([vectors, generic_passages]).mean(axis=0)
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    ends = np.cumsum([len(data) for data in encoded], dtype=np.int64)
    arrays: dict[str, npt.NDArray[Any]] = {
        "vectors.npy": centred(vectors, passage_mean),
        "means.npy": np.stack([passage_mean, generic_queries.mean(axis=0)]),
        "rows.npy": rows,
        "counts.npy": count_documents(texts),
        "ends.npy": ends,
    }
    return {**{name: dump_array(array) for name, array in arrays.items()}, "texts.bin": b"".join(encoded)}


def centred(vectors: Vectors, mean: Vectors) -> Vectors:
    """Return `vectors` without what all have in common, each of length 1 again."""
    moved = vectors - mean
    unit: Vectors = (moved / np.maximum(np.linalg.norm(moved, axis=-1, keepdims=True), 1e-9)).astype(
        np.float32
    )
    return unit
