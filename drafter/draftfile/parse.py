"""Reads a draft file, ours or one that a person edited, into plain text and marks.

The syntax is that of full reference links of CommonMark, `[31起][F3.1]`, with
labels as drafter writes them. Text without any of it reads as itself, so that
the same reader serves plain text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from drafter.errors import ReadError
from drafter.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LABEL = r"[FP(][FP0-9.+\-*/()]*"
_EOL = r"(?:\r\n|\r|\n|\Z)"
_FRONT_MATTER = re.compile(rf"\A\ufeff?---[ \t]*{_EOL}(.*?)^---[ \t]*{_EOL}", re.DOTALL | re.MULTILINE)
_DEFINITION = re.compile(
    rf"^\[(?P<label>{LABEL})\]: <(?P<target>[^<>\r\n]*)>"
    rf'(?: "(?P<title>(?:\\.|[^"\\\r\n])*)")?[ \t]*{_EOL}',
    re.MULTILINE,
)
_LINK = re.compile(rf"\[(?P<text>(?:\\.|[^\[\]\\])+)\]\[(?P<label>{LABEL})\]")
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
    """A draft as read: `plain` is the report without syntax, front matter and definitions."""

    source: str
    plain: str
    marks: tuple[Mark, ...] = ()
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    meta: Mapping[str, Any] = field(default_factory=dict)
    headings: tuple[Heading, ...] = ()
    offsets: tuple[int, ...] = ()

    def to_source(self, span: Span) -> Span:
        """Return where characters `span` of the plain text stand in the source."""
        if span.start >= len(self.offsets):
            end = self.offsets[-1] + 1 if self.offsets else len(self.source)
            return Span(end, end)
        start = self.offsets[span.start]
        return Span(start, self.offsets[span.end - 1] + 1 if span.end > span.start else start)


def read_draft(text: str) -> DraftText:
    """Return the plain text of a draft with its marks, definitions, headings and front matter.

    Raises:
        ReadError: the front matter is not YAML.
    """
    front = _FRONT_MATTER.match(text)
    meta = _read_meta(front[1]) if front else {}
    body_start = front.end() if front else 0
    definitions: dict[str, Definition] = {}
    plain = _Plain()
    for line in _LINE.finditer(text, body_start):
        if found := _DEFINITION.match(text, line.start()):
            if found["label"] not in definitions:
                definitions[found["label"]] = _definition(found)
            continue
        plain.add_line(text, line.start(), line.end())
    return DraftText(
        source=text,
        plain="".join(plain.characters),
        marks=tuple(plain.marks),
        definitions=definitions,
        meta=meta,
        headings=tuple(plain.headings),
        offsets=tuple(plain.offsets),
    )


def _read_meta(text: str) -> dict[str, Any]:
    import yaml  # noqa: PLC0415 - only files with front matter pay for it

    try:
        meta = yaml.safe_load(text)
    except yaml.YAMLError as error:
        line = f"第{mark.line + 2}行" if (mark := getattr(error, "problem_mark", None)) else "其中"
        raise ReadError(
            f"草稿开头的说明（front matter）{line}写得不对。", hint="请恢复开头两行 --- 之间的内容。"
        ) from error
    return meta if isinstance(meta, dict) else {}


def _definition(found: re.Match[str]) -> Definition:
    path, _, place = found["target"].partition("#")
    title = _ESCAPE.sub(r"\1", found["title"] or "")
    return Definition(found["label"], unquote(path), unquote(place), title)


class _Plain:
    """Collects the characters of the plain text with their offsets in the source."""

    def __init__(self) -> None:
        self.characters: list[str] = []
        self.offsets: list[int] = []
        self.marks: list[Mark] = []
        self.headings: list[Heading] = []

    def add_line(self, text: str, start: int, end: int) -> None:
        """Take in one line, its end included."""
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
        position = start
        for link in _links(text, start, end):
            self._add_words(text, position, link.start())
            plain_start = len(self.characters)
            self._add_words(text, link.start("text"), link.end("text"))
            self.marks.append(
                Mark(Span(plain_start, len(self.characters)), link["label"], Span(link.start(), link.end())),
            )
            position = link.end()
        self._add_words(text, position, end)

    def _add_words(self, text: str, start: int, end: int) -> None:
        position = start
        while position < end:
            if _ESCAPE.match(text, position, end):
                position += 1
            self.characters.append(text[position])
            self.offsets.append(position)
            position += 1


def _links(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the links of one line; an escaped opening bracket opens none."""
    position = start
    while (link := _LINK.search(text, position, end)) is not None:
        backslashes = 0
        while link.start() - backslashes > start and text[link.start() - backslashes - 1] == "\\":
            backslashes += 1
        if backslashes % 2:
            position = link.start() + 1
            continue
        yield link
        position = link.end()
