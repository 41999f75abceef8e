"""The model over `chat.completions`: the only home of the `openai` client.

Whatever the server does ends in one of three ways: a complete `Reply`, a
`BadReply` (it answered, uselessly: the writer asks again) or an `EndpointError`
(there is no talking to it: the work stops, finished sections are kept).
"""

from __future__ import annotations

import json
import re
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, cast

import httpx2
import openai

from drafter.engines.answers import CUT, ENDLESS, GARBAGE, read_completion, read_stream, said_by
from drafter.engines.endpoint import checked_key, checked_url, redacted
from drafter.engines.guarded import DeadlineError, Guarded, TooLongError, run_within
from drafter.engines.structured import Ladder, request_fields, shape_of, told, unwrapped
from drafter.errors import EndpointError
from drafter.writing.ports import BadReply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from openai.types.chat import ChatCompletionMessageParam

    from drafter.engines.endpoint import Endpoint
    from drafter.engines.structured import Shape
    from drafter.writing.outbox import Outbox
    from drafter.writing.ports import Message, Reply

TRIES = 3
"""How often one request is sent when the server is busy or the line breaks."""
MOST_REQUESTS = 600
"""Requests of one run: a draft of forty sections, each asked three times, five times over."""
MOST_BYTES = 30_000_000
"""Bytes sent in one run."""
_LONGEST_WAIT_S = 30.0
_MAX_BODY_BYTES = 16 * 1024 * 1024
_TOO_LONG = re.compile(
    r"context|too (?:long|large|many tokens)|maximum.*token|上下文|过长|超出.*长度", re.IGNORECASE
)
_OF_FORM = re.compile(r"response_format|grammar|json|schema|structured", re.IGNORECASE)
_KEPT = "已写好的各节都保存着，再运行一次会接着写。"


class OpenAIChat:
    """A model behind an OpenAI-compatible server; each request is in the outbox before it leaves.

    `timeout_s` of the endpoint is the time for one answer, all tries together.
    """

    def __init__(
        self, endpoint: Endpoint, outbox: Outbox, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        url = checked_url(endpoint)
        self._endpoint = endpoint
        self._outbox = outbox
        self._sleep = sleep
        self._ladder = Ladder(endpoint.structured, outbox.state, f"{endpoint.base_url} {endpoint.model}")
        self._masked: tuple[str, ...] = ()
        self._requests = 0
        self._bytes = 0
        self._http = httpx2.Client(
            transport=Guarded(
                url,
                record=self._record,
                headers=frozenset(endpoint.headers),
                ca_bundle=endpoint.ca_bundle,
                max_bytes=_MAX_BODY_BYTES,
            ),
            trust_env=False,
            follow_redirects=False,
        )
        self._client = openai.OpenAI(
            base_url=endpoint.base_url,
            api_key=checked_key(endpoint),
            default_headers=dict(endpoint.headers),
            http_client=self._http,
            timeout=endpoint.timeout_s,
            max_retries=0,
        )

    @property
    def name(self) -> str:
        """The model's name as configured."""
        return self._endpoint.model

    def close(self) -> None:
        """Close the connections to the server."""
        self._http.close()

    def ask(
        self,
        messages: Sequence[Message],
        on_text: Callable[[str], None] | None = None,
        masked: Sequence[str] = (),
    ) -> Reply | BadReply:
        """Return the model's answer to `messages`, see `drafter.writing.ports.ChatModel`.

        The answer is held to the references of the first question as far as the
        server can do that.

        Raises:
            EndpointError: no connection, no access, no such model, no model server, or no answer in time.
        """
        self._masked = tuple(masked)
        end = time.monotonic() + self._endpoint.timeout_s
        shape = shape_of(messages)
        attempt = 1
        while attempt <= TRIES:
            try:
                reply = run_within(
                    max(0.0, end - time.monotonic()),
                    lambda tell: self._request(messages, shape, tell),
                    on_text or _ignore,
                )
                return self._read(reply, shape)
            except DeadlineError:
                raise self._too_slow() from None
            except openai.APIStatusError as error:
                if shape and _is_of_form(error) and self._ladder.step_down():
                    continue
                wait = _wait_before(error, attempt)
                if wait is None:
                    return self._refused(error)
                cause = self._error_of_status(error)
            except openai.APITimeoutError:
                raise self._too_slow() from None
            except openai.APIConnectionError as error:
                wait, cause = 0.5 * 2 ** (attempt - 1), self._no_connection(error)
            if attempt == TRIES or not wait <= min(_LONGEST_WAIT_S, end - time.monotonic()):
                raise cause
            self._sleep(wait)
            attempt += 1
        raise AssertionError  # the last attempt returned or raised

    def _read(self, reply: Reply | BadReply, shape: Shape | None) -> Reply | BadReply:
        """Return the text of an answer, and take note of how the server keeps to its form."""
        if shape is None or isinstance(reply, BadReply):
            return reply
        rung = self._ladder.rung
        self._ladder.heard(reply, shape)
        return unwrapped(reply, rung)

    def _request(
        self, messages: Sequence[Message], shape: Shape | None, tell: Callable[[str], None]
    ) -> Reply | BadReply:
        rung = self._ladder.rung if shape else "text"
        heard: list[str] = []

        def hear(text: str) -> None:
            heard.append(text)
            tell(text)

        try:
            with self._client.chat.completions.create(
                model=self._endpoint.model,
                messages=[_as_sent(message) for message in told(messages, rung)],
                stream=True,
                **(request_fields(rung, shape) if shape else {}),
            ) as stream:
                kind = stream.response.headers.get("content-type", "").lower()
                if "event-stream" in kind:
                    return _stream(stream, hear)
                return self._whole(b"".join(stream.response.iter_bytes()), kind, tell)
        except TooLongError:
            return ENDLESS
        except (json.JSONDecodeError, UnicodeDecodeError, openai.APIResponseValidationError):
            return GARBAGE
        except httpx2.TimeoutException:
            raise DeadlineError from None
        except httpx2.RequestError:
            return CUT
        except (openai.APIStatusError, openai.APIConnectionError):
            raise
        except openai.OpenAIError as error:
            if heard:  # the server broke off an answer that it had begun, or found it out of form
                return CUT
            raise self._error("模型服务报错", str(error)) from error

    def _whole(self, body: bytes, kind: str, tell: Callable[[str], None]) -> Reply | BadReply:
        """Read the answer of a server that does not stream."""
        if "html" in kind or body.lstrip()[:1] == b"<":
            raise EndpointError(
                f"{self._endpoint.base_url} 回的是网页，不是模型的回答。",
                hint="请检查地址（通常以 /v1 结尾）和是否要先登录网络。",
            )
        answer = json.loads(body.decode())
        if isinstance(answer, dict) and answer.get("error") and not answer.get("choices"):
            raise self._error("模型服务报错", said_by(answer))
        reply = read_completion(answer)
        if not isinstance(reply, BadReply):
            tell(reply.text)
        return reply

    def _record(self, host: str, body: bytes) -> None:
        self._requests += 1
        self._bytes += len(body)
        if self._requests > MOST_REQUESTS or self._bytes > MOST_BYTES:
            raise self._error("本次运行发送的请求太多，已经停下", "", "请检查要点和往年材料是否过长")
        self._outbox.record(host=host, model=self._endpoint.model, body=body, masked=self._masked)

    def _refused(self, error: openai.APIStatusError) -> BadReply:
        if error.status_code in {400, 413, 422} and _TOO_LONG.search(str(error)):
            return BadReply("prompt-too-long", "提示超出了模型的长度")
        raise self._error_of_status(error) from None

    def _error_of_status(self, error: openai.APIStatusError) -> EndpointError:
        status = error.status_code
        said = said_by(error.body) or error.message
        if 300 <= status < 400:
            return self._error("模型服务要求转到别的地址，没有跟随", "", "请把 base_url 改成最终的地址")
        if status in {401, 403}:
            return self._error(f"模型服务不认这把密钥（{status}）", said, "请检查环境变量 OPENAI_API_KEY")
        if status == 404:
            return self._error(
                f"模型服务上没有这个地址或模型 {self.name}（404）", said, "请检查 base_url 和 model"
            )
        if status == 429:
            return self._error("模型服务太忙或额度用完（429）", said, "请稍后再试")
        if status >= 500:
            return self._error(f"模型服务出了故障（{status}）", said, "请稍后再试")
        return self._error(f"模型服务拒绝了请求（{status}）", said, "请检查模型名和设置")

    def _no_connection(self, error: openai.APIConnectionError) -> EndpointError:
        said = str(error.__cause__ or error)
        return self._error("连不上模型服务", said, f"请检查 {self._endpoint.base_url} 是否可达")

    def _too_slow(self) -> EndpointError:
        return self._error(
            f"模型 {self.name} 在 {self._endpoint.timeout_s:g} 秒内没有答完",
            "",
            "可在 drafter.toml 的 [llm] timeout_s 放宽",
        )

    def _error(self, what: str, said: str, hint: str = "请检查模型服务") -> EndpointError:
        said = redacted(said, self._endpoint)
        tail = f"：{said}" if said else ""
        return EndpointError(f"{what}{tail}。", hint=f"{hint}；{_KEPT}")


def _stream(chunks: Iterable[object], tell: Callable[[str], None]) -> Reply | BadReply:
    try:
        return read_stream(chunks, tell)
    except openai.APITimeoutError:
        raise DeadlineError from None
    except openai.APIConnectionError:
        return CUT


def _as_sent(message: Message) -> ChatCompletionMessageParam:
    return cast("ChatCompletionMessageParam", {"role": message.role, "content": message.content})


def _is_of_form(error: openai.APIStatusError) -> bool:
    """Return whether a server may have refused only the form that the answer was to have."""
    if error.status_code not in {400, 422, 501}:
        return False
    said = str(error)
    return _OF_FORM.search(said) is not None or _TOO_LONG.search(said) is None


def _wait_before(error: openai.APIStatusError, attempt: int) -> float | None:
    """Return how long to wait before the same request is worth sending again, None when it is not."""
    if error.status_code != 429 and error.status_code < 500:
        return None
    asked = _retry_after(error.response.headers.get("retry-after"))
    return asked if asked is not None else 0.5 * 2 ** (attempt - 1)


def _retry_after(value: str | None) -> float | None:
    if value is None:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None


def _ignore(_text: str) -> None:
    """Take no notice of the answer while it comes."""
