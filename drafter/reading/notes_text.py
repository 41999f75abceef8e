"""Notes in text and Markdown → entries: one bullet, numbered item or line is one entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.model import Span, Where
from drafter.reading.notes_body import read_body
from drafter.reading.notes_head import read_front_matter, split_front_matter
from drafter.reading.notes_lines import comments, read_lines
from drafter.reading.notes_page import Entry, Page

if TYPE_CHECKING:
    from drafter.reading.notes_lines import Line

_SETEXT = re.compile(r"={3,}$")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])")
_EMPHASIS = re.compile(r"(\*\*|(?<!\w)__|~~|`)(?=[^\s_])(.+?)(?<=[^\s_])\1")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>|~])")


def read_text(text: str, file: str, *, markdown: bool = False) -> Page:
    """Return the entries of `text`, what its head says, and the lines that are no facts."""

    def place(first: Line, last: Line) -> Where:
        return Where(file, first.number, span=Span(first.start, last.end))

    lines, front = split_front_matter(_without_setext(read_lines(text)))
    page = read_body(lines, place, plain_inline if markdown else str)
    unseen = [Entry("", line.text, place(line, line)) for line in front]
    unseen += [Entry("", words, Where(file, _line_at(text, at))) for at, words in comments(text)]
    return page._replace(
        header=read_front_matter(front).filled_by(page.header),
        asides=(*unseen, *page.asides),
    )


def plain_inline(text: str) -> str:
    """Return `text` without Markdown emphasis, links, tags and escapes: what a reader would see."""
    bare = _LINK.sub(r"\1", text)
    bare = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", bare))
    return _ESCAPE.sub(r"\1", _TAG.sub("", bare)).strip()


def _without_setext(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Turn a line underlined with `===` into a heading."""
    seen = list(lines)
    for index, line in enumerate(lines[1:], start=1):
        above = seen[index - 1]
        if _SETEXT.match(line.text) and above.text and not above.mark:
            seen[index - 1] = above._replace(mark="heading", level=1)
            seen[index] = line._replace(text="")
    return tuple(seen)


def _line_at(text: str, at: int) -> int:
    return len(re.findall(r"\r\n|\r|\n", text[:at])) + 1
