"""Answers that were accepted, kept so that an interrupted run goes on where it stopped.

What is kept is the answer with its references, never its numbers: it is judged
again and gets this year's numbers anew when it is taken up, so that changed
notes or an edited file can put no wrong number into a draft.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.writing.ports import Message

DRAFTS_FOLDER = "drafts"


@dataclass(frozen=True, slots=True)
class Kept:
    """How the asking for one section ended: an accepted `answer`, or None and the reasons for it."""

    answer: str | None
    attempts: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finished:
    """The kept answers of one draft; `folder` is `.drafter/drafts/KEY`."""

    folder: Path

    def load(self, messages: Sequence[Message], model: str) -> Kept | None:
        """Return what was kept for exactly these messages to this model; a damaged file counts as none."""
        try:
            read = json.loads(self._file(messages, model).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return _kept(read)

    def save(self, messages: Sequence[Message], model: str, kept: Kept) -> None:
        """Keep `kept`, whole or not at all."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._file(messages, model)
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(asdict(kept), stream, ensure_ascii=False)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).replace(file)
        finally:
            Path(name).unlink(missing_ok=True)

    def clear(self) -> None:
        """Forget everything kept, once the draft stands."""
        if self.folder.is_dir():
            for file in self.folder.iterdir():
                file.unlink(missing_ok=True)
            self.folder.rmdir()

    def _file(self, messages: Sequence[Message], model: str) -> Path:
        asked = json.dumps([model, *messages], ensure_ascii=False)
        return self.folder / f"{hashlib.sha256(asked.encode()).hexdigest()[:32]}.json"


def _kept(read: Any) -> Kept | None:  # noqa: ANN401 - whatever the file holds
    match read:
        case {"answer": str() as answer, "attempts": int() as attempts, "reasons": list() as reasons}:
            return Kept(answer, attempts, tuple(str(reason) for reason in reasons))
        case _:
            return None
