"""Any sentence-transformers model of this machine, by name or in a folder: an extra of the installation.

Nothing is downloaded here: a hub would be asked at every start, and an office
without internet would wait minutes for the answer.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from drafter.engines.embedding_prefixes import prefixes_of
from drafter.errors import LibraryError
from drafter.library.ports import EngineId

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from drafter.library.ports import Vectors

_ENDS = 1 << 20
_BATCH = 16


class LocalEmbedder:
    """Runs a model on this machine; code that a model brings along is never run."""

    def __init__(self, model: str, workspace: Path) -> None:
        folder = workspace / model
        self._model_name = str(folder) if folder.is_dir() else model
        self._folder = folder if folder.is_dir() else None
        self._shown = model
        self._prefixes = prefixes_of(model)

    @cached_property
    def id(self) -> EngineId:
        """The identity: for a folder with a hash over its files, for a name just that."""
        weights = _hash_ends(self._folder) if self._folder is not None else "hub"
        return EngineId(self._shown, weights, 0, "|".join(self._prefixes))

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 per text, as something that is looked for."""
        return self._embed([self._prefixes.query + text for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 per text, as something that can be found."""
        return self._embed([self._prefixes.passage + text for text in texts])

    def _embed(self, texts: list[str]) -> Vectors:
        vectors = self._model.encode(
            texts,
            batch_size=_BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
            prompt="",
        )
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401 - the package comes untyped here
        try:
            from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - five seconds, an extra
        except ImportError as error:
            raise LibraryError(
                f"向量模型 {self._shown} 要用 sentence-transformers，这里没有装。",
                hint="pip install 'drafter[sentence-transformers]'，或在 drafter.toml 里改回 bundled。",
            ) from error
        try:
            return SentenceTransformer(
                self._model_name,
                device="cpu",
                trust_remote_code=False,
                local_files_only=True,
            )
        except (OSError, ValueError) as error:
            raise LibraryError(
                f"向量模型 {self._shown} 不在这台机器上，或者不完整（{type(error).__name__}）。",
                hint=f"drafter 不替您下载：先运行 hf download {self._shown}，或在设置里写它的文件夹。",
            ) from error


def _hash_ends(folder: Path) -> str:
    """Return a hash over names, sizes, first and last MiB of the files in `folder`."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.startswith("."):
            continue
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}\n{size}\n".encode())
        with path.open("rb") as stream:
            digest.update(stream.read(_ENDS))
            if size > 2 * _ENDS:
                stream.seek(size - _ENDS)
            digest.update(stream.read(_ENDS))
    return digest.hexdigest()[:16]
