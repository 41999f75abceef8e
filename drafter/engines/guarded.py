"""The way out: an HTTP transport that goes to one host only, records first, and stops in time.

Only this module and `drafter.engines.chat` touch the network client. Redirects,
proxies and the environment's headers play no part.
"""

from __future__ import annotations

import queue
import ssl
import threading
import time
from typing import TYPE_CHECKING, Any, TypeVar

import httpx2

from drafter.errors import EndpointError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

_OWN_HEADERS = frozenset(
    {"host", "content-length", "content-type", "accept", "accept-encoding", "authorization", "connection"}
)
"""All that is sent besides the configured headers: nothing about the machine or its environment."""


class DeadlineError(Exception):
    """The time for one answer is over."""


class TooLongError(Exception):
    """The server sent more than an answer can be."""


class Guarded(httpx2.BaseTransport):
    """Sends requests to the host of `base_url` alone, each recorded before it leaves.

    `record` gets host and body and raises to forbid the sending.
    """

    def __init__(
        self,
        base_url: httpx2.URL,
        *,
        record: Callable[[str, bytes], None],
        headers: frozenset[str],
        ca_bundle: str | None,
        max_bytes: int,
    ) -> None:
        self._host = _authority(base_url)
        self._record = record
        self._headers = _OWN_HEADERS | {name.lower() for name in headers}
        self._max_bytes = max_bytes
        self._inner = httpx2.HTTPTransport(verify=_trust(ca_bundle), trust_env=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send `request` and return the response, its body limited in size.

        Raises:
            EndpointError: it goes to another host than the one that was set.
        """
        if _authority(request.url) != self._host:
            raise EndpointError(f"不向没有设置过的地址发送：{request.url.host}。")
        for name in [name for name in request.headers if name.lower() not in self._headers]:
            del request.headers[name]
        self._record(request.url.netloc.decode("ascii"), request.read())
        response = self._inner.handle_request(request)
        assert isinstance(response.stream, httpx2.SyncByteStream)  # noqa: S101 - for mypy: this client is synchronous
        response.stream = _Limited(response.stream, self._max_bytes)
        return response

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


class _Limited(httpx2.SyncByteStream):
    def __init__(self, inner: httpx2.SyncByteStream, max_bytes: int) -> None:
        self._inner = inner
        self._max_bytes = max_bytes

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for part in self._inner:
            size += len(part)
            if size > self._max_bytes:
                raise TooLongError
            yield part

    def close(self) -> None:
        self._inner.close()


def run_within(
    seconds: float, work: Callable[[Callable[[str], None]], T], on_text: Callable[[str], None]
) -> T:
    """Return what `work` returns, or stop waiting for it after `seconds`.

    `work` runs in a thread of its own, since a server that sends a byte now and
    then can hold any blocking call for ever; what it tells is passed to
    `on_text` in the calling thread.

    Raises:
        DeadlineError: the time is over.
    """
    told: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
    over = threading.Event()

    def tell(text: str) -> None:
        if over.is_set():
            raise DeadlineError
        if text:
            told.put(("text", text))

    def run() -> None:
        try:
            told.put(("done", work(tell)))
        except BaseException as error:  # noqa: BLE001 - raised again in the calling thread, whatever it is
            told.put(("failed", error))

    end = time.monotonic() + seconds
    threading.Thread(target=run, daemon=True).start()
    try:
        while True:
            what, value = told.get(timeout=max(0.0, end - time.monotonic()))
            if what == "text":
                on_text(value)
            elif what == "done":
                return value  # type: ignore[no-any-return] # the queue carries texts and one T
            else:
                raise value
    except queue.Empty:
        raise DeadlineError from None
    finally:
        over.set()


def _authority(url: httpx2.URL) -> str:
    port = url.port or {"http": 80, "https": 443}.get(url.scheme)
    return f"{url.scheme}://{url.host}:{port}"


def _trust(ca_bundle: str | None) -> ssl.SSLContext | bool:
    if ca_bundle is None:
        return True
    try:
        return ssl.create_default_context(cafile=ca_bundle)
    except (OSError, ssl.SSLError) as error:
        raise EndpointError(
            f"证书文件 {ca_bundle} 用不了：{error}。",
            hint="请检查 drafter.toml 里 [llm] ca_bundle。",
        ) from error
