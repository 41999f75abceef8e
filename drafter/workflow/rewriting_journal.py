"""The journal of rewriting a draft: every step on disk before it is acknowledged, none ever changed.

One file a draft, one JSON record a line. A line that a crash cut off counts as
never written. Undo and redo are records of their own, so that nothing is lost
by either.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from drafter.errors import DraftChangedError, ReadError
from drafter.storage import make_private, sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = "rewrites"
WAIT_S = 5.0


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was done to a section, by whom and when, and how things stood after it.

    `parent` is the step before it, 0 for none. `state` is JSON; a step that
    `writes` counts only once its draft stands.
    """

    number: int
    parent: int
    section: str
    what: str
    at: str
    by: str
    state: dict[str, Any]
    details: dict[str, Any] = field(default_factory=dict)
    writes: bool = False
    done: bool = True


@dataclass(frozen=True, slots=True)
class Trail:
    """The steps of one section, and the one that it stands at."""

    steps: tuple[Step, ...] = ()
    head: int = 0
    redo: tuple[int, ...] = ()

    def step(self, number: int) -> Step | None:
        """Return a step by its number."""
        return next((one for one in self.steps if one.number == number), None)

    @property
    def current(self) -> Step | None:
        """The step that the section stands at."""
        return self.step(self.head)


class Journal:
    """The journal of one draft; what was read of it once is not read again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: list[dict[str, Any]] = []
        self._size = 0

    @classmethod
    def of(cls, file: Path, state: Path) -> Journal:
        """Return the journal of a draft; nothing is written yet."""
        key = hashlib.sha256(str(file.absolute()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return cls(state / FOLDER / f"{key}.jsonl")

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the draft's lock; the system frees it if the process dies.

        Raises:
            DraftChangedError: another command holds it for longer than `WAIT_S` seconds.
            ReadError: the state folder cannot be written.
        """
        from filelock import FileLock, Timeout  # noqa: PLC0415 - only writers need it

        try:
            make_private(self.path.parent)
            lock = FileLock(self.path.with_suffix(".lock"), timeout=WAIT_S)
            lock.acquire()
        except Timeout:
            raise DraftChangedError(
                "这份草稿正被另一个 drafter 命令改写，没有写入。", hint="等它结束后再运行一次。"
            ) from None
        except OSError as error:
            raise self._refused(error) from error
        try:
            yield
        finally:
            lock.release()

    def append(self, record: dict[str, Any]) -> None:
        """Write one record so that it survives a power cut.

        Raises:
            ReadError: the disk refuses; the records before it stand.
        """
        line = json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
        try:
            make_private(self.path.parent)
            is_new = not self.path.exists()
            with self.path.open("ab") as out:
                if self._is_torn():
                    line = b"\n" + line
                out.write(line)
                out.flush()
                os.fsync(out.fileno())
            if is_new:
                self.path.chmod(0o600)
                sync_folder(self.path.parent)
        except OSError as error:
            raise self._refused(error) from error

    def read(self, section: str) -> Trail:
        """Return the steps of `section` as far as they were written whole."""
        steps: dict[int, Step] = {}
        head = 0
        redo: list[int] = []
        for record in self._records():
            match record:
                case {"step": int() as number, "section": str() as of} if of == section:
                    steps[number] = _step(record)
                    if steps[number].done:
                        head, redo = number, []
                case {"done": int() as number} if number in steps:
                    one = steps[number]
                    steps[number] = Step(**{**_fields(one), "done": True})
                    head, redo = number, []
                case {"undo": int() as number, "section": str() as of} if of == section and number in steps:
                    head, redo = steps[number].parent, [*redo, number]
                case {"redo": int() as number, "section": str() as of} if of == section and number in steps:
                    head, redo = number, redo[:-1]
        return Trail(tuple(steps.values()), head, tuple(redo))

    def next_number(self) -> int:
        """Return the number of the next step of any section."""
        numbers = [record["step"] for record in self._records() if isinstance(record.get("step"), int)]
        return max(numbers, default=0) + 1

    def _records(self) -> list[dict[str, Any]]:
        """Return all records that were written whole."""
        try:
            with self.path.open("rb") as file:
                if file.seek(0, os.SEEK_END) < self._size:
                    self._known, self._size = [], 0
                file.seek(self._size)
                data = file.read()
        except FileNotFoundError:
            self._known, self._size = [], 0
            return self._known
        except OSError as error:
            raise ReadError(
                f"改写记录 {self.path} 读不出来：{error.strerror}。", hint="请检查权限；草稿没有动。"
            ) from error
        whole = data[: data.rfind(b"\n") + 1]
        self._size += len(whole)
        for line in whole.split(b"\n"):
            try:
                record = json.loads(line.decode("utf-8", "surrogatepass"))
            except ValueError:
                continue
            if isinstance(record, dict):
                self._known.append(record)
        return self._known

    def _is_torn(self) -> bool:
        """Return whether the last line was cut off."""
        with self.path.open("rb") as file:
            if not file.seek(0, os.SEEK_END):
                return False
            file.seek(-1, os.SEEK_END)
            return file.read() != b"\n"

    def _refused(self, error: OSError) -> ReadError:
        return ReadError(
            f"drafter 自己的文件夹 {self.path.parent} 写不进去：{error.strerror}，草稿没有动。",
            hint="请检查磁盘空间和权限。",
        )


def record_of(step: Step) -> dict[str, Any]:
    """Return a step as a record of the journal."""
    fields = _fields(step)
    return {"step": fields.pop("number"), **fields}


def _fields(step: Step) -> dict[str, Any]:
    return {name: getattr(step, name) for name in Step.__slots__}


def _step(record: dict[str, Any]) -> Step:
    return Step(
        number=record["step"],
        parent=int(record.get("parent") or 0),
        section=record["section"],
        what=str(record.get("what", "")),
        at=str(record.get("at", "")),
        by=str(record.get("by", "")),
        state=record.get("state") or {},
        details=record.get("details") or {},
        writes=bool(record.get("writes")),
        done=bool(record.get("done", True)),
    )
