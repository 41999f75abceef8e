"""Reads a draft file, ours or one that a person edited, into plain text and marks.

The syntax is that of full reference links of CommonMark, `[31起][F3.1]`, with
labels as drafter writes them. Text without any of it reads as itself, so that
the same reader serves plain text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from drafter.draftfile.front import read_front_matter
from drafter.draftfile.inline import LABEL, emphasis, line_ends, links, soft_breaks
from drafter.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_EOL = r"(?:\r\n|\r|\n|\Z)"
_FRONT_MATTER = re.compile(
    rf"\A\ufeff?---[ \t]*{_EOL}(.*?)(?:^|(?<=\r))---[ \t]*{_EOL}", re.DOTALL | re.MULTILINE
)
_DEFINITION = re.compile(
    rf"[ ]{{0,3}}\[(?P<label>{LABEL})\]:[ \t]*(?:<(?P<target>[^<>\r\n]*)>|(?P<bare>[^\s<>]+))"
    rf"""(?:[ \t]+(?:"(?P<title>(?:\\.|[^"\\\r\n])*)"|'(?P<single>(?:\\.|[^'\\\r\n])*)'))?[ \t]*{_EOL}""",
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")


class Mark(NamedTuple):
    """A link of the draft: `span` of its text in the plain text, `source_span` of the whole link."""

    span: Span
    label: str
    source_span: Span


class Definition(NamedTuple):
    """Where a label points to: `path` relative to the draft's folder, `place` such as `L12`."""

    label: str
    path: str
    place: str
    title: str


class Heading(NamedTuple):
    """A heading line: number of `#`, `span` of its words in the plain text, label of its link."""

    level: int
    span: Span
    text: str
    label: str | None


@dataclass(frozen=True, slots=True)
class DraftText:
    """A draft as read: `plain` is the report without syntax, front matter and definitions.

    `rows` are the offsets in `source` of lines that are rows of a Word file's tables.
    """

    source: str
    plain: str
    marks: tuple[Mark, ...] = ()
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    meta: Mapping[str, Any] = field(default_factory=dict)
    headings: tuple[Heading, ...] = ()
    offsets: tuple[int, ...] = ()
    rows: frozenset[int] = frozenset()

    def to_source(self, span: Span) -> Span:
        """Return where characters `span` of the plain text stand in the source."""
        if span.start >= len(self.offsets):
            end = self.offsets[-1] + 1 if self.offsets else len(self.source)
            return Span(end, end)
        start = self.offsets[span.start]
        return Span(start, self.offsets[span.end - 1] + 1 if span.end > span.start else start)

    def to_plain(self, span: Span) -> Span:
        """Return where characters `span` of the source stand in the plain text."""
        return Span(bisect_left(self.offsets, span.start), bisect_left(self.offsets, span.end))


def read_draft(text: str) -> DraftText:
    """Return the plain text of a draft with its marks, definitions, headings and front matter.

    Raises:
        ReadError: the front matter is not YAML.
    """
    front = _FRONT_MATTER.match(text)
    meta = read_front_matter(front[1]) if front else {}
    definitions: dict[str, Definition] = {}
    plain = _Plain()
    for start, end, definition in read_blocks(text):
        if definition is None:
            plain.add_block(text, start, end)
        elif definition.label not in definitions:
            definitions[definition.label] = definition
    return DraftText(
        source=text,
        plain="".join(plain.characters),
        marks=tuple(plain.marks),
        definitions=definitions,
        meta=meta,
        headings=tuple(plain.headings),
        offsets=tuple(plain.offsets),
    )


def read_blocks(text: str) -> Iterator[tuple[int, int, Definition | None]]:
    """Yield runs of lines that links may cross, blank lines and headings alone, and definitions."""
    front = _FRONT_MATTER.match(text)
    open_from: int | None = None
    for line in _LINE.finditer(text, front.end() if front else 0):
        begin, end = line.span()
        found = _DEFINITION.match(text, begin)
        apart = found is not None or _HEADING.match(line.group()) or not line.group().strip()
        if not apart:
            open_from = begin if open_from is None else open_from
            continue
        if open_from is not None:
            yield open_from, begin, None
            open_from = None
        yield begin, end, _definition(found) if found else None
    if open_from is not None:
        yield open_from, len(text), None


def _definition(found: re.Match[str]) -> Definition:
    path, _, place = (found["target"] or found["bare"] or "").partition("#")
    title = _ESCAPE.sub(r"\1", found["title"] or found["single"] or "")
    return Definition(found["label"].upper(), unquote(path), unquote(place), title)


class _Plain:
    """Collects the characters of the plain text with their offsets in the source."""

    def __init__(self) -> None:
        self.characters: list[str] = []
        self.offsets: list[int] = []
        self.marks: list[Mark] = []
        self.headings: list[Heading] = []

    def add_block(self, text: str, start: int, end: int) -> None:
        """Take in some lines, the end of the last one included."""
        heading = _HEADING.match(text[start:end])
        plain_start = len(self.characters)
        marks_before = len(self.marks)
        self._add_inline(text, start + heading.end() if heading else start, end)
        if heading is None:
            return
        words = "".join(self.characters[plain_start:])
        stripped = words.rstrip()
        labels = [mark.label for mark in self.marks[marks_before:] if mark.label.startswith("P")]
        self.headings.append(
            Heading(
                len(heading[1]),
                Span(plain_start, plain_start + len(stripped)),
                stripped,
                labels[0] if labels else None,
            ),
        )

    def _add_inline(self, text: str, start: int, end: int) -> None:
        left_out = soft_breaks(text, start, end) | emphasis(text, start, end)
        position = start
        for link in links(text, start, end):
            self._add_words(text, position, link.span.start, left_out)
            plain_start = len(self.characters)
            within = left_out | line_ends(text, *link.words)
            self._add_words(text, *link.words, within)
            if link.label:
                self.marks.append(Mark(Span(plain_start, len(self.characters)), link.label, link.span))
            position = link.span.end
        self._add_words(text, position, end, left_out)

    def _add_words(self, text: str, start: int, end: int, left_out: frozenset[int]) -> None:
        position = start
        while position < end:
            if _ESCAPE.match(text, position, end):
                position += 1
            if position not in left_out and position < end:
                self.characters.append(text[position])
                self.offsets.append(position)
            position += 1
