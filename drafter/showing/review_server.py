"""Serves the reviewer's page to this machine alone, and keeps each decision at once."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from drafter.draftfile.decisions import parse_decision
from drafter.errors import DrafterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from drafter.model.decisions import Decision

_LONGEST = 1_000_000
_TIMEOUT_S = 20


@dataclass(frozen=True, slots=True)
class Service:
    """What the server asks for: the page, a fingerprint of what lies on the disk, a decision to be kept.

    `save` takes the decision and whether it is taken back, and returns the name of the file.
    """

    page: Callable[[], str]
    stamp: Callable[[], str]
    save: Callable[[Decision, bool], str]
    policy: str


class ReviewServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1 only; nothing is given out without the token of its address."""

    daemon_threads = True

    def __init__(self, service: Service, port: int = 0) -> None:
        """Take a free port, and a new token that nobody can guess."""
        self.service = service
        self.token = secrets.token_urlsafe(24)
        super().__init__(("127.0.0.1", port), _Handler)
        self.hosts = frozenset(f"{name}:{self.server_port}" for name in ("127.0.0.1", "localhost"))

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.server_port}/{self.token}/"


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    timeout = _TIMEOUT_S
    server_version = "drafter"
    sys_version = ""

    def do_GET(self) -> None:
        """Give the page, made anew from what lies on the disk."""
        if not self._is_ours("/"):
            return
        try:
            page = self.server.service.page()
        except (DrafterError, OSError) as error:
            self._answer(HTTPStatus.CONFLICT, f"{error}\n".encode("utf-8", "replace"), "text/plain")
            return
        self._answer(HTTPStatus.OK, page.encode("utf-8", "backslashreplace"), "text/html")

    def do_POST(self) -> None:
        """Keep one decision, unless the draft or its notes are no longer those of the page."""
        if not self._is_ours("/save"):
            return
        status, said = self._keep()
        self._answer(
            status, json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"), "application/json"
        )

    def _keep(self) -> tuple[HTTPStatus, dict[str, str]]:
        try:
            sent = self._sent()
            decision = parse_decision(sent.get("decision"))
        except (ValueError, RecursionError):
            return HTTPStatus.BAD_REQUEST, {"message": "送来的决定读不懂。"}
        if not decision.by.strip():
            return HTTPStatus.BAD_REQUEST, {"message": "决定要有人署名。"}
        service = self.server.service
        try:
            if service.stamp() != sent.get("stamp"):
                said = "草稿或要点改过了，这个决定没有存。请刷新本页（F5）再看。"
                return HTTPStatus.CONFLICT, {"message": said}
            return HTTPStatus.OK, {"file": service.save(decision, bool(sent.get("withdrawn")))}
        except (DrafterError, OSError) as error:
            return HTTPStatus.INTERNAL_SERVER_ERROR, {"message": str(error)}

    def _sent(self) -> dict[str, Any]:
        """Return the body of a request.

        Raises:
            ValueError: it is no JSON object, or too long.
        """
        length = int(self.headers.get("Content-Length") or 0)
        if not 0 < length <= _LONGEST:
            raise ValueError("length")
        sent = json.loads(self.rfile.read(length).decode("utf-8"))
        if not isinstance(sent, dict):
            raise ValueError("no object")  # noqa: TRY004 - of a value, not of a call
        return sent

    def _is_ours(self, path: str) -> bool:
        """Tell whether a request comes from our own page at our own address; any other is refused."""
        host, origin = self.headers.get("Host"), self.headers.get("Origin")
        known = host in self.server.hosts and origin in {None, f"http://{host}"}
        plain = self.command == "GET" or self.headers.get_content_type() == "application/json"
        right = secrets.compare_digest(self.path.encode(), f"/{self.server.token}{path}".encode())
        if known and plain and right:
            return True
        self.close_connection = True
        self._answer(HTTPStatus.FORBIDDEN, "地址不对。\n".encode(), "text/plain")
        return False

    def _answer(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in (
            ("Content-Type", f"{kind}; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Content-Security-Policy", f"{self.server.service.policy}; frame-ancestors 'none'"),
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal belongs to the person who reviews."""
