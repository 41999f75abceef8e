"""How far long work is: a moving line on a terminal, plain lines elsewhere; always on stderr."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from drafter.showing.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from rich.status import Status

    from drafter.library.index import Progress

_STAGES = {"read": "读往年总结", "embed": "计算向量", "store": "存入资料库"}


class Steps:
    """Says what is being done; nothing of it goes to stdout."""

    def __init__(self) -> None:
        self._console = Terminal(stderr=True)
        self._status: Status | None = None
        self._said = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def say(self, words: str) -> None:
        """Show what is being done now."""
        if words == self._said:
            return
        self._said = words
        if not self._console.is_terminal:
            self._console.print(words, markup=False, soft_wrap=True)
        elif self._status is None:
            self._status = self._console.status(words)
            self._status.start()
        else:
            self._status.update(words)

    def counting(self, words: str) -> Callable[[str], None]:
        """Return what shows, on a terminal, how many characters of an answer have come so far."""
        come = 0

        def count(text: str) -> None:
            nonlocal come
            come += len(text)
            if self._console.is_terminal:
                self.say(f"{words} 已收到 {come} 字")

        return count

    def on_index(self, progress: Progress) -> None:
        """Show how far indexing is: each count on a terminal, each stage once elsewhere."""
        stage = _STAGES[progress.stage]
        if self._console.is_terminal:
            self.say(f"{stage} {progress.done}/{progress.total}")
        elif progress.done >= progress.total:
            self.say(f"{stage} {progress.total}")

    def pause(self) -> None:
        """Take the moving line off the screen, so that something else can be shown or asked."""
        self._stop()
        self._said = ""

    def _stop(self) -> None:
        if self._status is not None:
            self._status.stop()
            self._status = None
