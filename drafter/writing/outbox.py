"""The outbox: a line about every request, written before the request leaves.

The line says what left (hash and size), when, where to and what was masked;
never the words themselves and never a key.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from drafter.errors import EndpointError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

OUTBOX_FILE = "outbox.jsonl"


def _now() -> datetime:
    return datetime.now(tz=UTC)


@dataclass(frozen=True, slots=True)
class Outbox:
    """The record of what was sent from one workspace; `state` is its `.drafter` folder."""

    state: Path
    now: Callable[[], datetime] = _now

    def record(self, *, host: str, model: str, body: bytes, masked: Sequence[str] = ()) -> None:
        """Append a line about `body`, which is about to be sent to `host`, and flush it to the disk.

        Raises:
            EndpointError: the line cannot be written; then nothing may be sent.
        """
        line = json.dumps(
            {
                "time": self.now().astimezone(UTC).isoformat(timespec="seconds"),
                "host": host,
                "model": model,
                "sha256": hashlib.sha256(body).hexdigest(),
                "bytes": len(body),
                "masked": list(masked),
            },
            ensure_ascii=False,
        )
        try:
            self._append(line.encode() + b"\n")
        except OSError as error:
            raise EndpointError(
                f"外发记录 {self.state / OUTBOX_FILE} 写不进去（{error.strerror}），所以没有发送。",
                hint="请检查磁盘空间和文件夹权限，再运行一次会接着写。",
            ) from error

    def _append(self, line: bytes) -> None:
        self.state.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        handle = os.open(self.state / OUTBOX_FILE, flags, 0o600)
        try:
            os.write(handle, line)
            os.fsync(handle)
        finally:
            os.close(handle)
