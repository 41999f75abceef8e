"""Chroma as the vector store: embedded, one collection a folder, vectors always given to it.

Chroma's own embedding function is never set: with none, documents without
vectors would make it download a model. Cosine is asked for by configuration.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from drafter.errors import LibraryError
from drafter.library.files import make_private

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from drafter.library.ports import Row, Vectors

_COLLECTION = "sections"


class ChromaStores:
    """Opens embedded Chroma stores; importing Chroma itself waits for the first."""

    def __init__(self) -> None:
        self.version = f"chroma {version('chromadb')}"

    def open(self, folder: Path, *, create: bool) -> ChromaStore:
        """Return the store in `folder`.

        Raises:
            LibraryError: there is none and `create` is false, or Chroma cannot open it.
        """
        import chromadb  # noqa: PLC0415 - a second of start-up
        from chromadb.config import Settings  # noqa: PLC0415 - the same

        make_private(folder)
        try:
            client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
            if create:
                collection = client.create_collection(
                    _COLLECTION,
                    configuration={"hnsw": {"space": "cosine"}},
                    embedding_function=None,
                )
            else:
                collection = client.get_collection(_COLLECTION, embedding_function=None)
        except (chromadb.errors.ChromaError, ValueError) as error:
            raise _failed("打开", error) from error
        return ChromaStore(client, collection)


class ChromaStore:
    """One collection of sections."""

    def __init__(self, client: Any, collection: Any) -> None:  # noqa: ANN401 - Chroma's types load Chroma
        self._client = client
        self._collection = collection
        self._batch = int(client.get_max_batch_size())

    def upsert(self, rows: Sequence[Row], vectors: Vectors) -> None:
        """Put `rows` in, in batches that Chroma takes."""
        for start in range(0, len(rows), self._batch):
            part = rows[start : start + self._batch]
            self._do(
                "写入",
                self._collection.upsert,
                ids=[row.id for row in part],
                embeddings=vectors[start : start + self._batch],
                documents=[_storable(row.text) for row in part],
                metadatas=[{key: _storable(value) for key, value in row.metadata.items()} for row in part],
            )

    def delete(self, ids: Sequence[str]) -> None:
        """Take rows out; unknown ids are ignored."""
        for start in range(0, len(ids), self._batch):
            self._do("删除", self._collection.delete, ids=list(ids[start : start + self._batch]))

    def count(self) -> int:
        """Return how many rows there are."""
        return int(self._do("清点", self._collection.count))

    def nearest(self, vector: Vectors, n: int, where: Mapping[str, str | int]) -> list[str]:
        """Return up to `n` ids by falling cosine to `vector` among the rows whose metadata equal `where`."""
        terms: list[dict[str, str | int]] = [{key: value} for key, value in where.items()]
        found = self._do(
            "查询",
            self._collection.query,
            query_embeddings=[vector],
            n_results=n,
            where={"$and": terms} if len(terms) > 1 else (terms[0] if terms else None),
            include=[],
        )
        return list(found["ids"][0])

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()

    def _do(self, what: str, act: Any, **given: Any) -> Any:  # noqa: ANN401 - as above
        import chromadb  # noqa: PLC0415 - loaded already

        try:
            return act(**given)
        except (chromadb.errors.ChromaError, ValueError) as error:
            raise _failed(what, error) from error


def _storable(value: str | int) -> str | int:
    """Return `value` as Chroma takes it: half a surrogate pair, as odd file names hold, is written out."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _failed(what: str, error: Exception) -> LibraryError:
    line = str(error).splitlines()[0] if str(error) else type(error).__name__
    return LibraryError(
        f"向量库{what}出错：{line}。",
        hint="检查磁盘空间后运行 drafter index --rebuild；总结原文不受影响。",
    )
