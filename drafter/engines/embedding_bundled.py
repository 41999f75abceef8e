"""The bundled model: multilingual-e5-small for Chinese, run by ONNX Runtime on any machine, offline.

`model/` says where the weights come from. Each text runs alone, so that its
vector depends on nothing but itself; many texts run side by side on threads.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from drafter.errors import LibraryError
from drafter.library.ports import EngineId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.library.ports import Vectors

MODEL = Path(__file__).with_name("model")
_START, _END = 0, 2
_SPACES = re.compile(" {2,}")


class BundledE5:
    """The engine of a default installation; weights are loaded, and checked, at first use."""

    def __init__(self, folder: Path = MODEL) -> None:
        self._folder = folder

    @cached_property
    def _about(self) -> dict[str, Any]:
        try:
            about: dict[str, Any] = json.loads((self._folder / "model.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise _broken("model.json") from error
        return about

    @cached_property
    def id(self) -> EngineId:
        """The identity of the bundled weights."""
        return EngineId(
            name=f"{self._about['name']}（自带）",
            weights=self._about["sha256"]["encoder.onnx"][:16],
            dim=int(self._about["dim"]),
            prefix="|".join(self._about["prefixes"]),
        )

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 per text, with the prefix of queries."""
        return self._embed(texts, self._about["prefixes"][0])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 per text, with the prefix of passages."""
        return self._embed(texts, self._about["prefixes"][1])

    def _embed(self, texts: Sequence[str], prefix: str) -> Vectors:
        tokens = [self._tokens(prefix + text) for text in texts]
        rows = np.zeros((len(texts), self.id.dim), dtype=np.float32)
        if len(texts) == 1:
            rows[0] = self._pool(tokens[0])
        elif texts:
            _ = self._session
            longest_first = sorted(range(len(texts)), key=lambda i: -len(tokens[i]))
            pool = ThreadPoolExecutor(_threads())
            try:
                rows[longest_first] = list(pool.map(self._pool, [tokens[i] for i in longest_first]))
            finally:
                pool.shutdown(cancel_futures=True)
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    def _tokens(self, text: str) -> list[int]:
        """Return the tokens of `text` after its characters were brought to their plain forms."""
        plain = _SPACES.sub(" ", text.translate(self._charmap))
        ids: list[int] = self._tokenizer.encode(plain, add_special_tokens=False).ids
        return ids

    def _pool(self, tokens: list[int]) -> Vectors:
        """Return the mean over all tokens; a text longer than the model takes goes through in windows."""
        size = int(self._about["longest"]) - 2
        total = np.zeros(self.id.dim, dtype=np.float32)
        for start in range(0, max(1, len(tokens)), size):
            window = tokens[start : start + size]
            hidden = self._session.run(None, {"ids": np.array([[_START, *window, _END]], dtype=np.int64)})[0][
                0
            ]
            total += hidden.mean(axis=0) * max(1, len(window))
        return total

    @cached_property
    def _session(self) -> Any:  # noqa: ANN401 - the package has no types
        import onnxruntime  # noqa: PLC0415 - only when something is embedded

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            self._checked("encoder.onnx"),
            options,
            providers=["CPUExecutionProvider"],
        )

    @cached_property
    def _tokenizer(self) -> Any:  # noqa: ANN401 - the package has no types
        from tokenizers import Tokenizer  # noqa: PLC0415 - only when something is embedded

        return Tokenizer.from_str(self._checked("tokenizer.json").decode("utf-8"))

    @cached_property
    def _charmap(self) -> dict[int, str]:
        charmap: dict[str, str] = json.loads(self._checked("charmap.json"))
        return str.maketrans(charmap)

    def _checked(self, name: str) -> bytes:
        """Return the bytes of a file of the model.

        Raises:
            LibraryError: it is missing or not what was shipped.
        """
        try:
            data = (self._folder / name).read_bytes()
        except OSError as error:
            raise _broken(name) from error
        if hashlib.sha256(data).hexdigest() != self._about["sha256"][name]:
            raise _broken(name)
        return data


def _threads() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _broken(name: str) -> LibraryError:
    return LibraryError(
        f"自带的向量模型不完整（{name}）。",
        hint="请重新安装 drafter：pip install --force-reinstall drafter。",
    )
