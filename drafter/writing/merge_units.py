"""A draft and a Word file as the same kind of sentences, so that they can be laid side by side.

Two sentences are the same whatever the width of their punctuation and whatever
spaces stand in them: the exporter and word processors change these by themselves.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from drafter.draftfile.lists import words_begin
from drafter.model import Span
from drafter.writing.edits import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from drafter.draftfile import DraftText
    from drafter.reading.lines import Page

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|[零〇一二两三四五六七八九十百千万亿]+|\S")
_LINE = re.compile(r"[^\r\n]+")
_RULED = re.compile(r"\|?[ \t]*:?-{2,}[-:| \t]*|(?:\|:?-:?)+\|?")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_QUOTES = str.maketrans("“”‘’。", "\"\"''.")


class Token(NamedTuple):
    """A number as a whole, a Latin word, or one character: `key` is what it is compared by."""

    key: str
    span: Span


class Unit(NamedTuple):
    """A sentence, or a row of a table: `span` in its text, whether it opens a paragraph, heading level."""

    span: Span
    text: str
    opens: bool
    level: int | None = None
    row: bool = False

    @property
    def words(self) -> str:
        """What the sentence is compared by."""
        return "".join(token.key for token in tokens(self.text))

    @property
    def key(self) -> str:
        """What the sentence is compared by, its place in the paragraph included."""
        return ("¶" if self.opens else "") + self.words


def tokens(text: str) -> list[Token]:
    """Return the tokens of `text` without white space; full-width forms count as half-width ones."""
    return [
        Token(unicodedata.normalize("NFKC", found[0]).translate(_QUOTES), Span(*found.span()))
        for found in _TOKEN.finditer(text)
    ]


def draft_units(draft: DraftText) -> list[Unit]:
    """Return the sentences of a draft in order; comments between its lines are none."""
    levels = {heading.span.start: heading.level for heading in draft.headings}
    hidden = _comments(draft.plain)
    rows = []
    for line in _LINE.finditer(draft.plain):
        start, end = _stripped(draft.plain, *line.span())
        words = draft.plain[start:end]
        begin = words_begin(words)
        ruled = begin == len(words) or (words[0] == "|" and _RULED.fullmatch(words))
        if not ruled and not _lies_in(hidden, start, end):
            rows.append((start + begin, end, levels.get(start)))
    return list(_units(draft.plain, rows))


def word_units(page: Page) -> list[Unit]:
    """Return the sentences of a Word file in order; its heading styles as levels of a draft."""
    hidden = _comments(page.text)
    rows = [
        (line.start, line.end, None if line.level is None else line.level + 1)
        for line in page.lines
        if not _lies_in(hidden, line.start, line.end)
    ]
    tables = {line.start for line in page.lines if line.table}
    return list(_units(page.text, rows, tables))


def _comments(text: str) -> list[Span]:
    """Return the comments that a person wrote between the lines; they are no part of the report."""
    return [Span(*found.span()) for found in _COMMENT.finditer(text)]


def _lies_in(spans: Iterable[Span], start: int, end: int) -> bool:
    return any(span.start <= start and end <= span.end for span in spans)


def _units(
    text: str, rows: Iterable[tuple[int, int, int | None]], tables: Iterable[int] = ()
) -> Iterator[Unit]:
    for start, end, level in rows:
        words = text[start:end]
        if start in tables or (words[0] == "|" and words.count("|") > 1):
            begin, finish = _stripped(text, start + (words[0] == "|"), end - (words[-1] == "|"))
            yield Unit(Span(begin, finish), text[begin:finish], opens=True, row=True)
            continue
        for number, span in enumerate(sentences(words)):
            begin, finish = _stripped(text, start + span.start, start + span.end)
            yield Unit(Span(begin, finish), text[begin:finish], number == 0, level if number == 0 else None)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def likeness(first: str, second: str) -> float:
    """Return from 0 to 1 how much of two sentences is the same, by pairs of characters."""
    return share(pairs(first), pairs(second))


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of characters of `text`."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset({text})


def share(first: frozenset[str], second: frozenset[str]) -> float:
    """Return from 0 to 1 how much two sets have in common."""
    return 2 * len(first & second) / (len(first) + len(second))


def join(units: Sequence[Unit]) -> str:
    """Return sentences as one text to show, paragraphs on lines of their own."""
    return "".join(("\n" if unit.opens and at else "") + unit.text for at, unit in enumerate(units))
