"""Chinese text in lines of a given width: no line begins with a full stop, no number is torn apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.measure import Measurement
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, ConsoleOptions

_PIECE = re.compile(
    r"[（《〈“‘【〔(]*"
    r"(?:\d+(?:[.,:]\d+)*[%‰亿万千百]?[\u4e00-\u9fff]?|[A-Za-z]+|.)"
    r"[，。；：、！？）》〉”’】〕…—,;:!?)%‰]*",
    re.DOTALL,
)
_NARROW = 8
"""Below this many columns, lines are cut wherever they end."""


class Wrapped:
    """Styled words that wrap as Chinese does; lines after the first are set in by `indent` columns."""

    def __init__(self, words: Text | str, indent: int = 0) -> None:
        """Take the words to wrap."""
        self._words = Text(words) if isinstance(words, str) else words
        self._indent = indent

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Return how narrow and how wide the words may be set."""
        widest = max((cell_len(line) for line in self._words.plain.split("\n")), default=0)
        return Measurement(min(widest, _NARROW), widest).with_maximum(options.max_width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """Yield the lines."""
        for number, line in enumerate(wrap(self._words, options.max_width, self._indent)):
            yield Text(" " * self._indent if number else "", no_wrap=True, overflow="fold").append_text(line)


def wrap(words: Text, width: int, indent: int = 0) -> list[Text]:
    """Return `words` in lines of at most `width` columns, those after the first `indent` narrower."""
    cuts: list[int] = []
    room = width
    for found in _PIECE.finditer(words.plain):
        piece = found[0]
        if cell_len(piece) > max(width - indent, 1) or width - indent < _NARROW:
            parts = [(found.start() + at, one) for at, one in enumerate(piece)]
        else:
            parts = [(found.start(), piece)]
        for start, part in parts:
            if part.startswith("\n"):
                cuts.append(start + 1)
                room = width - indent - cell_len(part[1:])
                continue
            needed = cell_len(part.rstrip(" "))
            if needed > room and start > (cuts[-1] if cuts else 0):
                cuts.append(start)
                room = width - indent
            room -= cell_len(part)
    lines = list(words.divide(cuts))
    for line in lines:
        line.rstrip()
    return lines or [Text()]
