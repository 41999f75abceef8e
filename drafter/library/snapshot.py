"""A generation as a search sees it: arrays in memory, texts by row."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from drafter.library.arrays import array_head, dump_array, parse_array
from drafter.library.files import write_hashed
from drafter.library.generation import read_parts
from drafter.library.words import count_document, no_documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
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


def write_texts(folder: Path, texts: Iterable[str]) -> tuple[Texts, dict[str, str]]:
    """Write `texts`, where each ends, and the counts of their pairs; return them and the parts' hashes."""
    ends = array("q")
    counts = no_documents()

    def pieces() -> Iterator[bytes]:
        for text in texts:
            count_document(counts, text)
            data = text.encode("utf-8", "surrogatepass")
            ends.append((ends[-1] if ends else 0) + len(data))
            yield data

    parts = {"texts.bin": write_hashed(folder / "texts.bin", pieces())}
    places = np.array(ends, dtype=np.int64)
    for name, numbers in (("ends.npy", places), ("counts.npy", counts)):
        parts[name] = write_hashed(folder / name, [dump_array(numbers)])
    return Texts(folder / "texts.bin", places), parts


class Texts:
    """The texts of a library in their file, read from it one at a time."""

    def __init__(self, file: Path, ends: npt.NDArray[np.int64]) -> None:
        self._file = file
        self._ends = ends

    def some(self, rows: Iterable[int]) -> list[str]:
        """Return the texts of `rows`."""
        found = []
        with self._file.open("rb") as stream:
            for row in rows:
                start = int(self._ends[row - 1]) if row else 0
                stream.seek(start)
                found.append(stream.read(int(self._ends[row]) - start).decode("utf-8", "surrogatepass"))
        return found


def write_vectors(
    folder: Path,
    batches: Callable[[], Iterable[Vectors]],
    count: int,
    generic: tuple[Vectors, Vectors],
) -> dict[str, str]:
    """Write `count` vectors without what all have in common, and the means; return the parts' hashes.

    The mean of the passages is steadied by the `generic` passages, so that a
    library of one section is no special case.
    """
    passages, queries = generic
    total = passages.sum(axis=0, dtype=np.float64)
    for batch in batches():
        total += batch.sum(axis=0, dtype=np.float64)
    mean = (total / (count + len(passages))).astype(np.float32)
    head = array_head((count, passages.shape[1]), "<f4")
    pieces = (centred(batch, mean).tobytes() for batch in batches())
    means = dump_array(np.stack([mean, queries.mean(axis=0)]))
    return {
        "vectors.npy": write_hashed(folder / "vectors.npy", chain([head], pieces)),
        "means.npy": write_hashed(folder / "means.npy", [means]),
    }


def centred(vectors: Vectors, mean: Vectors) -> Vectors:
    """Return `vectors` without what all have in common, each of length 1 again."""
    unit: Vectors = (vectors - mean).astype(np.float32, copy=False)
    unit /= np.maximum(np.linalg.norm(unit, axis=-1, keepdims=True), np.float32(1e-9))
    return unit
