"""Vectors from an OpenAI-compatible `/v1/embeddings` server, recorded before they are asked for."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

import httpx2
import numpy as np
import openai

from drafter.engines.embedding_prefixes import prefixes_of
from drafter.engines.endpoint import checked_key, checked_url, redacted
from drafter.engines.guarded import DeadlineError, Guarded, TooLongError, run_within
from drafter.errors import EndpointError
from drafter.library.ports import EngineId

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from drafter.engines.endpoint import Endpoint
    from drafter.library.ports import Vectors

_BATCH = 16
_TRIES = 2
_MAX_BODY_BYTES = 64 * 1024 * 1024
_HINT = "检查 drafter.toml 的 [embedding] 设置和服务是否在运行；已算好的向量都保存着，再运行一次会接着算。"


class EndpointEmbedder:
    """A model behind a server. `record` gets host and body before they leave and raises to forbid it."""

    def __init__(self, endpoint: Endpoint, record: Callable[[str, bytes], None]) -> None:
        self._endpoint = endpoint
        self._record = record
        self._prefixes = prefixes_of(endpoint.model)

    @cached_property
    def id(self) -> EngineId:
        """The identity: the model's name and its server, which alone knows the weights."""
        return EngineId(self._endpoint.model, checked_url(self._endpoint).host, 0, "|".join(self._prefixes))

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text, as something that is looked for.

        Raises:
            EndpointError: no connection, no access, or an answer that is no vectors.
        """
        return self._embed([self._prefixes.query + text for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text, as something that can be found.

        Raises:
            EndpointError: as `embed_queries`.
        """
        return self._embed([self._prefixes.passage + text for text in texts])

    def _embed(self, texts: list[str]) -> Vectors:
        parts = [self._ask(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
        try:
            return np.concatenate(parts)
        except ValueError as error:
            raise EndpointError("向量服务前后给出的长度不一样。", hint=_HINT) from error

    def _ask(self, texts: list[str]) -> Vectors:
        """Return the rows of one request.

        Raises:
            EndpointError: as `embed_queries`.
        """
        try:
            answer = run_within(self._endpoint.timeout_s, lambda _: self._request(texts), lambda _: None)
        except (DeadlineError, openai.APITimeoutError):
            raise EndpointError(
                f"向量服务在 {self._endpoint.timeout_s:g} 秒内没有应答。", hint=_HINT
            ) from None
        except TooLongError:
            raise EndpointError("向量服务回得太长，不是向量。", hint=_HINT) from None
        except (openai.OpenAIError, httpx2.HTTPError, UnicodeDecodeError, json.JSONDecodeError) as error:
            raise EndpointError(
                f"向量服务出错：{redacted(str(error), self._endpoint)}。", hint=_HINT
            ) from error
        return _read_rows(answer, len(texts))

    def _request(self, texts: list[str]) -> Any:  # noqa: ANN401 - whatever a server sends
        body = {"model": self._endpoint.model, "input": texts, "encoding_format": "float"}
        return self._client.post("/embeddings", cast_to=object, body=body)

    @cached_property
    def _client(self) -> openai.OpenAI:
        transport = Guarded(
            checked_url(self._endpoint),
            record=self._record,
            headers=frozenset(self._endpoint.headers),
            ca_bundle=self._endpoint.ca_bundle,
            max_bytes=_MAX_BODY_BYTES,
        )
        return openai.OpenAI(
            base_url=self._endpoint.base_url,
            api_key=checked_key(self._endpoint),
            default_headers=dict(self._endpoint.headers),
            http_client=httpx2.Client(transport=transport, trust_env=False, follow_redirects=False),
            timeout=self._endpoint.timeout_s,
            max_retries=_TRIES,
        )


def _read_rows(answer: Any, count: int) -> Vectors:  # noqa: ANN401 - whatever a server sent
    """Return the vectors of an answer in the order of their texts.

    Raises:
        EndpointError: there is not exactly one for each, or they are no numbers of one length.
    """
    try:
        rows = {int(item["index"]): item["embedding"] for item in answer["data"]}
        vectors = np.array([rows[i] for i in range(count)], dtype=np.float32)
    except (TypeError, KeyError, ValueError) as error:
        raise EndpointError("向量服务的回答里没有每段文字各一个向量。", hint=_HINT) from error
    if len(rows) != count or vectors.ndim != 2 or not vectors.shape[1]:
        raise EndpointError("向量服务的回答里没有每段文字各一个向量。", hint=_HINT)
    return vectors
