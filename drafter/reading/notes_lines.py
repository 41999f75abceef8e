"""One line of notes: its mark (`-`, `1.`, `（1）`, `一、`, `##`), its text and its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_BLANK = " \t\u3000\u00a0\ufeff\u200b\f\v\u2028\u2029\u0085"
_MARKS = (
    ("heading", re.compile(r"#{1,6}(?=[\s\u3000]|[^\s#\d])[\s\u3000]*")),
    ("bullet", re.compile(r"[-*+](?:[\s\u3000]+|(?=[^\W\d_]|[“《【（]))(?:\[[ xX]\]\s+)?")),
    ("bullet", re.compile(r"[•·●○■□◆◇▪▫►▶➢➤✓✔√★☆※◎]+[\s\u3000]*")),
    ("bullet", re.compile(r"[–—]{1,2}[\s\u3000]+")),
    (
        "chinese",
        re.compile(r"[一二三四五六七八九十]{1,3}[、.．](?![一二三四五六七八九十]{1,2}[月、])[\s\u3000]*"),
    ),
    (
        "chinese-paren",
        re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）][、.．]?[\s\u3000]*|[㈠-㈩][\s\u3000]*"),
    ),
    ("arabic", re.compile(r"[0-9０-９]{1,2}(?:[.．](?!\d)|[.．](?=(?:19|20)\d{2}年)|[)）])[、]?[\s\u3000]*")),
    ("arabic", re.compile(r"[0-9０-９]{1,2}、(?!\d{1,3}[号月日、—#\-楼栋幢])[\s\u3000]*|[⒈-⒛][\s\u3000]*")),
    ("paren", re.compile(r"[(（][0-9０-９]{1,2}[)）][、.．]?[\s\u3000]*|[⑴-⒇][\s\u3000]*")),
    ("circled", re.compile(r"[①-⑳❶-❿➀-➓][、.．]?[\s\u3000]*")),
)
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_COMMENT = re.compile(r"<!--.*?-->|(?:^|(?<=\r))[ ]{0,3}<!--.*\Z", re.DOTALL | re.MULTILINE)
"""One that is never closed hides all that follows only where it opens a line, as Markdown has it."""


class Line(NamedTuple):
    """One line: `number` from 1, `indent` in columns, `mark` its kind or "", `text` without mark and margins.

    `start` and `end` are the place of `text` in the file, `level` counts the `#` of a heading.
    """

    number: int
    indent: int
    mark: str
    text: str
    start: int
    end: int
    level: int = 0

    @property
    def is_blank(self) -> bool:
        """Nothing stands here."""
        return not self.text


def read_lines(text: str) -> tuple[Line, ...]:
    """Return every line of `text`, with any kind of line ends; HTML comments are white space."""
    seen = _COMMENT.sub(lambda comment: re.sub(r"[^\r\n]", " ", comment.group()), text)
    return tuple(_lines(seen))


def comments(text: str) -> tuple[tuple[int, str], ...]:
    """Return the HTML comments of `text` with their offsets: no reader of the paper sees them."""
    return tuple((match.start(), match.group()) for match in _COMMENT.finditer(text))


def take_mark(text: str) -> tuple[str, int]:
    """Return the kind of the mark that `text` begins with ("" for none) and its length."""
    for kind, pattern in _MARKS:
        match = pattern.match(text)
        if match:
            return kind, match.end()
    return "", 0


def row_blocks(lines: Sequence[Line]) -> tuple[tuple[int, int], ...]:
    """Return the runs of lines that are rows of a table, as `[start, end)`."""
    blocks: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if not is_row(line):
            continue
        if blocks and blocks[-1][1] == index:
            blocks[-1] = (blocks[-1][0], index + 1)
        else:
            blocks.append((index, index + 1))
    return tuple(blocks)


def is_row(line: Line) -> bool:
    """Tell whether a line is a row of a table: strokes at its start and in it, or a tab between words."""
    return (line.text.startswith("|") and line.text.count("|") > 1) or (not line.mark and "\t" in line.text)


def _lines(text: str) -> Iterator[Line]:
    for number, match in enumerate(_LINE.finditer(text), start=1):
        if match.start() == len(text) and number > 1:
            return
        yield _line(number, match.group(1), match.start())


def _line(number: int, raw: str, offset: int) -> Line:
    at = _skip_blank(raw, 0)
    margin = raw[:at]
    quote = _QUOTE.match(raw, at)
    if quote:
        at = _skip_blank(raw, quote.end())
        margin += raw[quote.end() : at]
    indent = sum(4 if char == "\t" else 2 if char == "\u3000" else 1 for char in margin)
    mark, length = take_mark(raw[at:])
    at = _skip_blank(raw, at + length)
    text = raw[at:].rstrip(_BLANK)
    level = 0
    if mark == "heading":
        level = len(raw[:at]) - len(raw[:at].replace("#", ""))
        text = text.rstrip("#").rstrip(_BLANK)
    return Line(number, indent, mark, text, offset + at, offset + at + len(text), level)


def _skip_blank(raw: str, at: int) -> int:
    return len(raw) - len(raw[at:].lstrip(_BLANK))
