"""Pages that lost their line ends: headings in the middle of one long line are found by their order."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from drafter.reading.headings import read_marker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.reading.lines import Line, Page

_LONG = 600
_MIDDLING = 240
_CLOSED = "。！？"
_TOP = re.compile(r"(?<=[。！？；;：:”）)\s])(?=[一二三四五六七八九十]{1,3}、)")
_BELOW = re.compile(r"(?<![（(〔《])(?=[（(][一二三四五六七八九十]{1,3}[)）])")


def unfold(page: Page, lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines, those longer than a paragraph cut before the headings inside them.

    A line is cut only where numbers of one kind stand in order from 一 on, at
    least two of them: （一）… （二）…. A single 一、 may be anything.
    """
    for line in lines:
        if line.end - line.body < _MIDDLING or line.table or line.level is not None:
            yield line
            continue
        yield from _cut(page, line)


def _cut(page: Page, line: Line) -> Iterator[Line]:
    begin = line.start
    long = line.end - line.body >= _LONG
    tops = _ordered(page.text, _TOP, line.body, line.end, long=long)
    bounds = [line.body, *tops, line.end]
    below = [
        place
        for start, end in pairwise(bounds)
        for place in _ordered(page.text, _BELOW, start, end, long=long)
    ]
    for place in [*sorted({*tops, *below} - {line.body}), line.end]:
        words = page.text[begin:place].rstrip()
        if words:
            body = max(begin, line.body)
            yield replace(
                line, start=begin, end=begin + len(words), body=body, gap=line.gap or begin > line.start
            )
            begin = place


def _ordered(text: str, pattern: re.Pattern[str], start: int, end: int, *, long: bool) -> list[int]:
    """Return the places of the numbers that follow one another from 1 on, when there are two at least.

    In a line that is not very `long` they count only behind a full stop.
    """
    places: list[int] = []
    for found in pattern.finditer(text, start, end):
        marker = read_marker(text[found.start() : found.start() + 12])
        closed = long or found.start() == start or text[found.start() - 1] in _CLOSED
        if closed and marker and marker.number == len(places) + 1:
            places.append(found.start())
    return places if len(places) > 1 else []
