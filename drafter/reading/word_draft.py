"""A draft that was exported to Word, read back: its text, its marks, the front matter it carries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from drafter.draftfile import DraftText, Heading, Mark, read_draft
from drafter.draftfile.carried import DRAFT, STATE, from_properties, past_definitions, whole_label
from drafter.errors import ReadError
from drafter.model import Span
from drafter.reading.archive import parse_xml, read_parts
from drafter.reading.word import read_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drafter.reading.lines import Page

_WHAT = "Word 文件"
_PROPERTIES = "docProps/custom.xml"


def read_properties(data: bytes) -> Mapping[str, str]:
    """Return the custom properties of a Word file as texts.

    Raises:
        ReadError: no Word file, damaged, locked, or dangerous.
    """
    parts = read_parts(data, frozenset({_PROPERTIES}), what=_WHAT)
    if _PROPERTIES not in parts:
        return {}
    return {
        str(one.get("name")): "".join(str(node.text or "") for node in one.iter()).strip()
        for one in parse_xml(parts[_PROPERTIES], _WHAT)
        if one.get("name")
    }


def read_past_word(data: bytes, name: str) -> Page:
    """Return a Word file as a page of a past report; a draft that nobody signed off is none yet.

    Raises:
        ReadError: the file says that it is a draft; or it cannot be read.
    """
    if read_properties(data).get(STATE) == DRAFT:
        raise ReadError(
            "这是 drafter 导出的草稿，还没有定稿，不能当作往年总结。",
            hint="用 drafter export --final 定稿后再收进来。",
        )
    return read_word(data, name)


def read_word_draft(data: bytes, name: str) -> DraftText:
    """Return a Word file as a draft, offsets counting the characters of the text that it shows.

    The marks and the front matter of a file that drafter exported come with
    it; a Word file of somebody else is read as a text is.

    Raises:
        ReadError: no Word file, damaged, locked, or dangerous.
    """
    page = read_word(data, name)
    properties = read_properties(data)
    rows = frozenset(line.start for line in page.lines if line.table)
    if STATE not in properties:
        return replace(read_draft(page.text), rows=rows)
    return DraftText(
        source=page.text,
        plain=page.text,
        marks=tuple(
            Mark(span, whole, span)
            for span, label in page.marks
            if (whole := whole_label(label, properties)) is not None
        ),
        definitions=past_definitions(properties),
        meta=from_properties(properties),
        headings=_headings(page),
        offsets=tuple(range(len(page.text))),
        rows=rows,
    )


def _headings(page: Page) -> tuple[Heading, ...]:
    """Return the lines with a heading style, one level lower: level 1 of a draft is its title."""
    return tuple(
        Heading(line.level + 1, Span(line.start, line.end), page.text[line.start : line.end], None)
        for line in page.lines
        if line.level is not None
    )
