"""Vectors by content: what was embedded once is never embedded again.

A pack is one file of vectors behind the keys of their texts, named by the
hash of its bytes, so that damage shows. Packs are written while embedding goes
on: an interrupted run continues where it stopped. In memory are only the keys.
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from drafter.errors import LibraryError
from drafter.library.arrays import array_head
from drafter.library.files import hash_bytes, hash_file, hash_pieces
from drafter.storage import make_private, write_pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from drafter.library.ports import EngineId, Vectors

_MANY_PACKS = 40
_BATCH = 1000


def text_key(text: str) -> str:
    """Return the key under which the vector of `text` is kept."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def engine_key(engine: EngineId) -> str:
    """Return the name of the folder that keeps the vectors of `engine`."""
    parts = (engine.name, engine.weights, str(engine.dim), engine.prefix)
    return hash_bytes("\n".join(parts).encode())[:16]


def checked_vectors(vectors: Vectors, count: int, dim: int) -> Vectors:
    """Return `vectors` with rows of length 1; `dim` 0 stands for any.

    Raises:
        LibraryError: wrong shape, not finite, or a row of length 0.
    """
    rows = np.asarray(vectors, dtype=np.float32)
    if rows.ndim != 2 or rows.shape[0] != count or rows.shape[1] != (dim or rows.shape[1]):
        raise LibraryError(
            f"向量模型给出的形状是 {rows.shape}，应当是 {(count, dim or '任意')}。",
            hint="检查 drafter.toml 的 [embedding] 设置；原来的索引没有动。",
        )
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or (lengths <= 0).any():
        raise LibraryError(
            "向量模型给出了不能用的向量（无穷大、非数或全零）。",
            hint="换一个模型，或重新安装；原来的索引没有动。",
        )
    unit: Vectors = rows / lengths
    return unit


class _Pack(NamedTuple):
    """One file of vectors: where they begin in it, and how long they are."""

    path: Path
    offset: int
    dim: int


class VectorCache:
    """The packs of one engine in one folder."""

    def __init__(self, folder: Path, engine: EngineId) -> None:
        self._folder = folder / engine_key(engine)
        self._places: dict[str, tuple[int, int]] = {}
        self._packs: list[_Pack] = []

    def load(self) -> None:
        """Read the keys of every pack; a damaged pack is taken away, its texts will be embedded anew."""
        for path in sorted(self._folder.glob("*.pack")):
            if hash_file(path)[:32] != path.stem:
                path.unlink()
                continue
            self._take(path)

    @property
    def dim(self) -> int:
        """How long the vectors are; 0 when there are none."""
        return self._packs[0].dim if self._packs else 0

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def put(self, keys: Sequence[str], vectors: Vectors) -> None:
        """Keep `vectors`, one row a key, on disk before anything relies on them."""
        self._take(self._write(keys, vectors.shape[1], lambda: [vectors]))

    def rows(self, keys: Sequence[str], dim: int) -> Vectors:
        """Return the vectors of `keys`, all of which are there, in their order: shape (len(keys), dim).

        Raises:
            LibraryError: the engine gave vectors of several lengths.
        """
        rows = np.empty((len(keys), dim), dtype=np.float32)
        by_pack: dict[int, list[tuple[int, int]]] = {}
        for at, key in enumerate(keys):
            number, place = self._places[key]
            by_pack.setdefault(number, []).append((place, at))
        for number, places in by_pack.items():
            pack = self._packs[number]
            if pack.dim != dim:
                raise LibraryError(
                    "向量模型前后给出的向量长度不一样。",
                    hint=f"换了模型却没有换名称？删去 {self._folder} 后再运行 drafter index。",
                )
            with pack.path.open("rb") as stream:
                for place, at in sorted(places):
                    stream.seek(pack.offset + place * dim * rows.itemsize)
                    stream.readinto(rows[at].data)
        return rows

    def batches(self, keys: Sequence[str], dim: int) -> Iterator[Vectors]:
        """Yield the vectors of `keys` as `rows` does, some at a time."""
        for start in range(0, len(keys), _BATCH):
            yield self.rows(keys[start : start + _BATCH], dim)

    def tidy(self, wanted: Collection[str]) -> None:
        """Write the packs together when they have become many, or mostly unwanted."""
        stale = len(self._places) > 2 * len(wanted) + 1000
        if len(self._packs) <= _MANY_PACKS and not stale:
            return
        old, dim = self._packs, self.dim
        keys = sorted(key for key in wanted if key in self._places)
        path = self._write(keys, dim, lambda: self.batches(keys, dim)) if keys else None
        self._packs, self._places = [], {}
        if path is not None:
            self._take(path)
        for pack in old:
            if pack.path != path:
                pack.path.unlink(missing_ok=True)

    def _write(self, keys: Sequence[str], dim: int, batches: Callable[[], Iterable[Vectors]]) -> Path:
        """Write a pack and return where it is."""
        head = io.BytesIO()
        np.save(head, np.array(keys, dtype="S32"), allow_pickle=False)

        head.write(array_head((len(keys), dim), "<f4"))

        def pieces() -> Iterator[bytes]:
            yield head.getvalue()
            yield from (np.ascontiguousarray(batch, dtype="<f4").tobytes() for batch in batches())

        path = make_private(self._folder) / f"{hash_pieces(pieces())[:32]}.pack"
        write_pieces(path, pieces())
        return path

    def _take(self, path: Path) -> None:
        """Remember which vectors the pack at `path` holds."""
        with path.open("rb") as stream:
            keys = np.load(stream, allow_pickle=False)
            np.lib.format.read_magic(stream)
            (_, dim), _, _ = np.lib.format.read_array_header_1_0(stream)
            pack = _Pack(path, stream.tell(), dim)
        number = len(self._packs)
        self._packs.append(pack)
        self._places.update((key.decode(), (number, at)) for at, key in enumerate(keys.tolist()))
