"""One writer at a time: two at once damage the vector store without any error."""

from __future__ import annotations

import json
import os
import socket
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.errors import LibraryError
from drafter.storage import make_private, write_file

if TYPE_CHECKING:
    from collections.abc import Iterator

WAIT_S = 5.0


@contextmanager
def hold_lock(state: Path, *, wait_s: float = WAIT_S) -> Iterator[None]:
    """Hold the lock of the folder `state` for a whole command; the system frees it if the process dies.

    Raises:
        LibraryError: somebody else holds it for longer than `wait_s` seconds, or it cannot be made.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only writers need it, and it takes 20 ms

    try:
        make_private(state)
        lock = FileLock(state / "lock", timeout=wait_s)
        lock.acquire()
    except Timeout:
        raise LibraryError(
            f"资料库正被另一个命令使用：{_holder(state)}。",
            hint="等它结束后再运行一次；原来的索引没有动。",
        ) from None
    except OSError as error:
        raise LibraryError(
            f"不能写入 {state}（{error.strerror}）。",
            hint="检查文件夹的权限和磁盘空间，或在 drafter.toml 的 [library] path 里换一个位置。",
        ) from error
    try:
        write_file(state / "lock.json", _myself())
        yield
    finally:
        (state / "lock.json").unlink(missing_ok=True)
        lock.release()


def _myself() -> bytes:
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]]).strip()
    who = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "command": command,
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    return json.dumps(who, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _holder(state: Path) -> str:
    """Return who holds the lock, as far as it has said so."""
    try:
        who = json.loads((state / "lock.json").read_text(encoding="utf-8"))
        return f"{who['command']}（进程 {who['pid']}，主机 {who['host']}，自 {who['since']}）"
    except (OSError, ValueError, KeyError, TypeError):
        return "不知是谁"
