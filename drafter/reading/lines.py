"""A page as lines: where each begins and ends, and what its markup says about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from drafter.model import Dropped, Remark, Span

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACES = re.compile(r"\s+")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\[\]]{0,200})\]\([^()\s]{1,500}\)")


@dataclass(frozen=True, slots=True)
class Line:
    """The characters `[start, end)` of one line without the white space around them.

    `body` is where the words begin, behind markup such as `## `. `gap` says
    that a blank line stands before it, `level` what heading level its markup
    gives it, `table` that it is a row of a table, `full` whether it reaches
    the right margin of its page, where that is known.
    """

    number: int
    start: int
    end: int
    body: int
    indent: int = 0
    gap: bool = True
    level: int | None = None
    table: bool = False
    full: bool | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One file as text with its lines; `paragraphs` says that the line numbers count Word paragraphs.

    `meta` holds what the file says about itself (front matter, properties),
    `markdown` says that its words may carry inline markup, `marks` are those
    of a draft that was exported to Word, with their labels.
    """

    text: str
    lines: tuple[Line, ...]
    paragraphs: bool = False
    meta: Mapping[str, Any] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()
    remarks: tuple[Remark, ...] = ()
    markdown: bool = False
    marks: tuple[tuple[Span, str], ...] = ()


def split_lines(text: str, start: int = 0) -> tuple[Line, ...]:
    """Return the lines of `text[start:]` that are not blank, numbered from 1 over the whole text."""
    lines = []
    gap = True
    for number, begin, end in _breaks(text):
        words = text[begin:end]
        stripped = words.strip()
        if not stripped or begin < start:
            gap = True
            continue
        indent = len(words) - len(words.lstrip())
        first = begin + indent
        lines.append(Line(number, first, first + len(stripped), first, indent, gap))
        gap = False
    return tuple(lines)


def _breaks(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield number, start and end of every line; only real line ends count for the number."""
    number, begin = 1, 0
    for found in _BREAK.finditer(text):
        yield number, begin, found.start()
        begin = found.end()
        number += found.group() in ("\r\n", "\n", "\r")
    yield number, begin, len(text)


def words_of(page: Page, line: Line) -> str:
    """Return the words of a line as a reader sees them."""
    words = page.text[line.body : line.end]
    if page.markdown:
        words = _LINK.sub(r"\1", _STRONG.sub(r"\2", words))
    return clean(words)


def width(words: str) -> int:
    """Return how many columns `words` fill on a screen: a Chinese character two, a Latin one."""
    return len(words) + sum(mark > "\u2e7f" for mark in words)


def clean(text: str) -> str:
    """Return `text` without invisible characters, its inner white space as single spaces."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()
