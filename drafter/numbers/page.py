"""The text under the reader's eye and what each reader hands back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drafter.numbers.folding import Folded, fold
from drafter.numbers.later import Later

if TYPE_CHECKING:
    from decimal import Decimal

    from drafter.model import Kind

_STOP = Later(r"[，,。；;：:！!？?、\n（）()《》“”\"\[\]【】]")
_SENTENCE_STOP = Later(r"[。；;！!？?\n]")
_REACH = 60
_LINE = 200


class Reading(NamedTuple):
    """What was read at `[start, end)` of the folded text; kind None for a word that counts nothing."""

    start: int
    end: int
    kind: Kind | None
    value: Decimal | None = None
    upper: Decimal | None = None
    iso: str | None = None
    unit: str | None = None
    approx: str | None = None


class Page:
    """A folded text with the places around a position."""

    __slots__ = ("folded", "text")

    def __init__(self, folded: Folded) -> None:
        self.folded = folded
        self.text = folded.text

    def before(self, at: int, size: int = 12) -> str:
        """Return up to `size` characters in front of `at`."""
        return self.text[max(0, at - size) : at]

    def after(self, at: int, size: int = 12) -> str:
        """Return up to `size` characters from `at` on."""
        return self.text[at : at + size]

    def clause_before(self, at: int) -> str:
        """Return what stands in front of `at` since the last punctuation mark."""
        text = self.before(at, _REACH)
        stops = list(_STOP.finditer(text))
        return text[stops[-1].end() :] if stops else text

    def sentence_before(self, at: int) -> str:
        """Return what stands in front of `at` since the last full stop, at most a line."""
        text = self.before(at, _REACH)
        stops = list(_SENTENCE_STOP.finditer(text))
        return text[stops[-1].end() :] if stops else text

    def sentence_after(self, at: int) -> str:
        """Return what follows `at` up to the next full stop, at most a line."""
        text = self.after(at, _REACH)
        stop = _SENTENCE_STOP.search(text)
        return text[: stop.start()] if stop else text

    def opens_quotation(self, at: int) -> bool:
        """Tell whether the character at `at` is an opening quotation mark; straight ones take turns."""
        mark = self.text[at]
        if mark in "“‘「『〝":
            return True
        if mark not in "\"'＂＇":
            return False
        line = self.text[max(self.text.rfind("\n", max(0, at - _LINE), at) + 1, at - _LINE) : at]
        return line.count(mark) % 2 == 0

    def line_start(self, at: int) -> bool:
        """Tell whether only white space and opening marks stand between the line's start and `at`."""
        start = self.text.rfind("\n", max(0, at - 24), at) + 1
        if start == 0 and at > 24:
            return False
        return not self.text[start:at].strip(" \t#*>-•·●◆■★")


def open_page(text: str) -> Page:
    """Return `text`, folded, ready to be read."""
    return Page(fold(text))
