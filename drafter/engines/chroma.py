"""Chroma as the vector store: embedded, one collection a folder, vectors always given to it.

Chroma's own embedding function is never set: with none, documents without
vectors would make it download a model. Cosine is asked for by configuration.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from drafter.errors import LibraryError
from drafter.library.ports import Found, Row
from drafter.storage import make_private

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from drafter.library.ports import Vectors

_COLLECTION = "sections"
_PAGE = 1000


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


class ChromaServer:
    """A Chroma server; many workspaces, on many machines, may use it at once."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client: Any = None

    def open(self, name: str) -> ChromaStore:
        """Return the collection `name`, made if there is none yet.

        Raises:
            LibraryError: the address is no address, or nothing answers there as Chroma does.
        """
        parts = urlsplit(self._url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise LibraryError(
                f"资料库地址 {self._url!r} 不是网址。",
                hint='例如 drafter.toml 的 [library] url = "http://127.0.0.1:8000"。',
            )
        import chromadb  # noqa: PLC0415 - a second of start-up
        import httpx  # noqa: PLC0415 - what Chroma talks to its server with
        from chromadb.config import Settings  # noqa: PLC0415 - the same

        try:
            if self._client is None:
                self._client = chromadb.HttpClient(
                    host=parts.hostname,
                    port=parts.port or (443 if parts.scheme == "https" else 80),
                    ssl=parts.scheme == "https",
                    settings=Settings(anonymized_telemetry=False),
                )
            collection = self._client.get_or_create_collection(
                name,
                configuration={"hnsw": {"space": "cosine"}},
                embedding_function=None,
            )
        except (chromadb.errors.ChromaError, ValueError, OSError, httpx.HTTPError) as error:
            raise LibraryError(
                f"资料库服务器 {parts.hostname} 没有应答：{_line(error)}。",
                hint="检查 drafter.toml 的 [library] url 和服务是否在运行（chroma run）；没有改动任何东西。",
            ) from error
        return ChromaStore(self._client, collection, shared=True)


class ChromaStore:
    """One collection; `shared` means that its client serves other collections too."""

    def __init__(self, client: Any, collection: Any, *, shared: bool = False) -> None:  # noqa: ANN401 - Chroma's types load Chroma
        self._client = client
        self._shared = shared
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

    def nearest(self, vector: Vectors, n: int, where: Mapping[str, str | int]) -> list[Found]:
        """Return up to `n` rows by falling cosine to `vector` among those whose metadata equal `where`."""
        found = self._do(
            "查询",
            self._collection.query,
            query_embeddings=[vector],
            n_results=n,
            where=_terms(where),
            include=["documents", "metadatas", "embeddings"],
        )
        rows = _rows(found["ids"][0], found["documents"][0], found["metadatas"][0])
        return [Found(row, vector) for row, vector in zip(rows, found["embeddings"][0], strict=True)]

    def rows(self, where: Mapping[str, str | int], *, texts: bool) -> list[Row]:
        """Return the rows whose metadata equal `where`, by their ids."""
        rows: list[Row] = []
        include = ["metadatas", "documents"] if texts else ["metadatas"]
        while True:
            part = self._do(
                "读取",
                self._collection.get,
                where=_terms(where),
                include=include,
                limit=_PAGE,
                offset=len(rows),
            )
            rows += _rows(part["ids"], part["documents"] or [""] * len(part["ids"]), part["metadatas"])
            if len(part["ids"]) < _PAGE:
                return sorted(rows, key=lambda row: row.id)

    def get(self, ids: Sequence[str]) -> list[Row]:
        """Return the rows with these ids; unknown ids are left out."""
        part = self._do("读取", self._collection.get, ids=list(ids), include=["metadatas", "documents"])
        return _rows(part["ids"], part["documents"], part["metadatas"])

    def close(self) -> None:
        """Let go of the files."""
        if not self._shared:
            self._client.close()

    def _do(self, what: str, act: Any, **given: Any) -> Any:  # noqa: ANN401 - as above
        import chromadb  # noqa: PLC0415 - loaded already
        import httpx  # noqa: PLC0415 - what Chroma talks to its server with

        try:
            return act(**given)
        except (chromadb.errors.ChromaError, httpx.HTTPError, ValueError) as error:
            raise _failed(what, error) from error


def _terms(where: Mapping[str, str | int]) -> dict[str, Any] | None:
    """Return `where` as Chroma asks for it."""
    terms: list[dict[str, Any]] = [{key: value} for key, value in where.items()]
    return {"$and": terms} if len(terms) > 1 else (terms[0] if terms else None)


def _rows(ids: Sequence[str], texts: Sequence[str], metadata: Sequence[Mapping[str, str | int]]) -> list[Row]:
    return [Row(*row) for row in zip(ids, texts, metadata, strict=True)]


def _storable(value: str | int) -> str | int:
    """Return `value` as Chroma takes it: half a surrogate pair, as odd file names hold, is written out."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _failed(what: str, error: Exception) -> LibraryError:
    return LibraryError(
        f"向量库{what}出错：{_line(error)}。",
        hint="检查磁盘空间后运行 drafter index --rebuild；总结原文不受影响。",
    )


def _line(error: Exception) -> str:
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
