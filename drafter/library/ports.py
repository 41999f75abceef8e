"""What the library asks of an embedding engine and of a vector store.

Real engines live in `drafter.engines`; tests bring small ones of their own.
Both kinds go through one shared contract test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]
    """Rows of length 1: float32, shape (number of texts, dim)."""


@dataclass(frozen=True, slots=True)
class EngineId:
    """What makes two vectors comparable; any difference asks for a new index.

    `weights` is a hash or a version of the weights, `prefix` what is put
    before queries and passages; `dim` is 0 when only an answer tells it.
    """

    name: str
    weights: str
    dim: int
    prefix: str = ""


class Embedder(Protocol):
    """Turns texts into vectors that can be compared by their dot product."""

    @property
    def id(self) -> EngineId:
        """The identity that is compared before an index is opened."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 per text, as something that is looked for."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 per text, as something that can be found."""
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """One section as it stands in the store; `id` is a hash of all that follows."""

    id: str
    text: str
    metadata: Mapping[str, str | int]


class Found(NamedTuple):
    """A row of the store with its vector."""

    row: Row
    vector: Vectors


class VectorStore(Protocol):
    """Keeps rows with their vectors; it never embeds anything itself."""

    def upsert(self, rows: Sequence[Row], vectors: Vectors) -> None:
        """Put `rows` in; a row whose id is there already is replaced."""
        ...

    def delete(self, ids: Sequence[str]) -> None:
        """Take rows out; unknown ids are ignored."""
        ...

    def count(self) -> int:
        """Return how many rows there are."""
        ...

    def nearest(self, vector: Vectors, n: int, where: Mapping[str, str | int]) -> list[Found]:
        """Return up to `n` rows by falling cosine to `vector`, shape (dim,), whose metadata equal `where`."""
        ...

    def rows(self, where: Mapping[str, str | int], *, texts: bool) -> list[Row]:
        """Return the rows whose metadata equal `where`, by their ids; without `texts` these are empty."""
        ...

    def get(self, ids: Sequence[str]) -> list[Row]:
        """Return the rows with these ids; unknown ids are left out."""
        ...

    def close(self) -> None:
        """Let go of the files; the store is not used afterwards."""
        ...


class StoreMaker(Protocol):
    """Opens stores in folders."""

    version: str

    def open(self, folder: Path, *, create: bool) -> VectorStore:
        """Return the store in `folder`.

        Raises:
            LibraryError: there is none and `create` is false, or it cannot be opened.
        """
        ...


class StoreServer(Protocol):
    """A server that keeps stores by name for many workspaces."""

    def open(self, name: str) -> VectorStore:
        """Return the store `name`, made if there is none yet.

        Raises:
            LibraryError: the server does not answer.
        """
        ...
