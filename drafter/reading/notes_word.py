"""Notes in Word → entries: paragraphs and rows of tables, as Word shows them."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from drafter.model import Finding, Where
from drafter.reading.archive import read_parts
from drafter.reading.notes_body import read_body
from drafter.reading.notes_header import Header, read_title
from drafter.reading.notes_lines import Line, is_row, take_mark
from drafter.reading.notes_page import Entry, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.reading.lines import Page as WordPage

_CORE = "docProps/core.xml"
_TITLE = re.compile(r"<dc:title[^>]*>([^<]*)</dc:title>")


def read_word_notes(data: bytes, file: str) -> Page:
    """Return the entries of a Word file; places are paragraphs, a row of a table that of its first cell.

    Unaccepted changes are read as accepted, and reported with the numbers
    concerned; hidden words are reported, not read.

    Raises:
        ReadError: no Word file, damaged, locked, or dangerous.
    """
    from drafter.reading.word import read_word  # noqa: PLC0415 - heavy, and only Word files need it

    def place(first: Line, last: Line) -> Where:  # noqa: ARG001 - the paragraph it begins in
        return Where(file, paragraph=first.number)

    word = read_word(data, file)
    page = read_body(_lines(word), place)
    remarks = tuple(
        Finding(remark.code, "warning", remark.message, where=(remark.where,) if remark.where else ())
        for remark in word.remarks
    )
    unseen = tuple(Entry("", remark.message, remark.where or Where(file)) for remark in word.remarks)
    return page._replace(
        header=page.header.filled_by(_properties(data)),
        asides=(*page.asides, *unseen),
        findings=(*page.findings, *remarks),
    )


def _lines(word: WordPage) -> Sequence[Line]:
    lines: list[Line] = []
    for line in word.lines:
        text = word.text[line.body : line.end]
        at = line.body
        mark, length = ("", 0) if line.table else take_mark(text)
        if line.table:
            text = f"| {text} |"
        elif line.level:
            mark, length = "heading", 0
        words = text[length:].lstrip()
        level = line.level or 0 if mark == "heading" else 0
        if lines and line.number > lines[-1].number + 1 and not (line.table and is_row(lines[-1])):
            lines.append(Line(line.number - 1, 0, "", "", at, at))
        lines.append(Line(line.number, 0, mark, words, at, at + len(words), level))
    return lines


def _properties(data: bytes) -> Header:
    core = read_parts(data, frozenset({_CORE}), what="Word 文件").get(_CORE, b"")
    title = _TITLE.search(core.decode("utf-8", "replace"))
    return (read_title(unescape(title.group(1))) if title else None) or Header()
