"""Vectors by content: what was embedded once is never embedded again.

A pack is one file of vectors with the keys of their texts, named by the hash
of its bytes, so that damage shows. Packs are written while embedding goes on:
an interrupted run continues where it stopped.
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

import numpy as np

from drafter.errors import LibraryError
from drafter.library.files import hash_bytes
from drafter.storage import make_private, write_file

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from drafter.library.ports import EngineId, Vectors

_MANY_PACKS = 40


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


class VectorCache:
    """The packs of one engine in one folder."""

    def __init__(self, folder: Path, engine: EngineId) -> None:
        self._folder = folder / engine_key(engine)
        self._vectors: dict[str, Vectors] = {}
        self._packs: list[Path] = []

    def load(self) -> None:
        """Read every pack; one that is damaged is taken away, its texts will be embedded anew."""
        for pack in sorted(self._folder.glob("*.npz")):
            data = pack.read_bytes()
            if hash_bytes(data)[:32] != pack.stem:
                pack.unlink()
                continue
            with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
                self._vectors.update(zip(arrays["keys"].tolist(), arrays["vectors"], strict=True))
            self._packs.append(pack)

    @property
    def dim(self) -> int:
        """How long the vectors are; 0 when there are none."""
        return next((len(vector) for vector in self._vectors.values()), 0)

    def __contains__(self, key: str) -> bool:
        return key in self._vectors

    def put(self, keys: Sequence[str], vectors: Vectors) -> None:
        """Keep `vectors`, one row a key, on disk before anything relies on them."""
        self._vectors.update(zip(keys, vectors, strict=True))
        self._packs.append(self._write(keys, vectors))

    def rows(self, keys: Sequence[str], dim: int) -> Vectors:
        """Return the vectors of `keys`, all of which are there, in their order: shape (len(keys), dim).

        Raises:
            LibraryError: the engine gave vectors of several lengths.
        """
        found = [self._vectors[key] for key in keys]
        if any(vector.shape != (dim,) for vector in found):
            raise LibraryError(
                "向量模型前后给出的向量长度不一样。",
                hint=f"换了模型却没有换名称？删去 {self._folder} 后再运行 drafter index。",
            )
        return np.stack(found) if found else np.zeros((0, dim), dtype=np.float32)

    def tidy(self, wanted: Collection[str]) -> None:
        """Write the packs together when they have become many, or mostly unwanted."""
        stale = len(self._vectors) > 2 * len(wanted) + 1000
        if len(self._packs) <= _MANY_PACKS and not stale:
            return
        keys = sorted(key for key in set(wanted) if key in self._vectors)
        old = self._packs
        self._packs = [self._write(keys, np.stack([self._vectors[key] for key in keys]))] if keys else []
        for pack in old:
            if pack not in self._packs:
                pack.unlink(missing_ok=True)

    def _write(self, keys: Sequence[str], vectors: Vectors) -> Path:
        buffer = io.BytesIO()
        np.savez(buffer, keys=np.array(keys, dtype="U32"), vectors=vectors)
        data = buffer.getvalue()
        path = make_private(self._folder) / f"{hash_bytes(data)[:32]}.npz"
        write_file(path, data)
        return path
