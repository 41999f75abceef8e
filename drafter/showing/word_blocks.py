"""A draft as the paragraphs of an official document: title, headings, text, rows of tables."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from drafter.draftfile.lists import words_begin
from drafter.model import Span
from drafter.reading.headings import read_heading, read_marker

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from drafter.draftfile import DraftText, Heading

_LINE = re.compile(r"[^\r\n]+")
_TITLE = re.compile(r"[^。；;]{4,60}(?:总结|报告|汇报|小结|计划|要点|情况|综述|述职)[^。；;]{0,20}")
_RULED = re.compile(r"\|?[ \t]*:?-{2,}[-:| \t]*|(?:\|:?-:?)+\|?")
_CELL = re.compile(r"(?:\\\||[^|])+")
_LEAD_IN = re.compile(r"[^，,。；;：:！？!?\d]{3,20}。")
_APPENDIX = ("附件", "附表")
_ROW_BELOW = re.compile(r"\s*\|")
_DATE = re.compile(
    r"[\d二〇○零一三四五六七八九]{4}年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日"
)
_NAME = re.compile(r"[^\s，。；：、！？,;:!?\d]{2,25}")
_NUMBER = re.compile(r"\d(?!\d*年)")
_FIGURE = re.compile(r"[^\d“]\d[\d.,]*(?![\d年])[^\s”]{1,4}$")
_CLAUSES = re.compile(r"[，,；;：:]|。$")
_FEWEST = 3
"""A text has more than its title, who signs and a date."""
_DEEPEST = 4
_HEADING = 60


class Block(NamedTuple):
    """One paragraph of the document, `span` in the plain text of the draft.

    `kind` is `title`, `heading`, `body`, `row`, `closing` (who signs, the date) or
    `appendix`, which begins a page; `level` that of a heading, or of the heading
    sentence that opens a body paragraph and ends at `opening`; of a row 1 where
    its bars stand only between the cells.
    """

    kind: str
    level: int
    span: Span
    opening: int = 0


def read_blocks(draft: DraftText) -> tuple[Block, ...]:
    """Return the paragraphs of a draft in order.

    Every character but white space and the signs of Markdown (lists, quotations,
    rules, fences) lies in one of them.
    """
    blocks = list(_blocks(draft))
    end = next((place for place, block in enumerate(blocks) if block.kind == "appendix"), len(blocks))
    return (*_signed(draft, blocks[:end]), *blocks[end:])


def _signed(draft: DraftText, blocks: list[Block]) -> list[Block]:
    """Return the paragraphs of a text, a date that ends it and the name above that as its closing."""
    words = [draft.plain[block.span.start : block.span.end] for block in blocks]
    if len(blocks) < _FEWEST or not _DATE.fullmatch(words[-1]):
        return blocks
    named = blocks[-2].kind == "body" and _NAME.fullmatch(words[-2])
    last = 2 if named else 1
    return [*blocks[:-last], *(Block("closing", 0, block.span) for block in blocks[-last:])]


def cells_of(plain: str, row: Block) -> tuple[Span, ...]:
    """Return the words of each cell of a row, without the white space around them."""
    if row.level:
        bars = (place for place in range(*row.span) if plain[place] == "|")
        edges = pairwise((row.span.start - 1, *bars, row.span.end))
        return tuple(_stripped(plain, Span(start + 1, end)) for start, end in edges)
    inside = Span(row.span.start + 1, row.span.end)
    return tuple(_stripped(plain, Span(*cell.span())) for cell in _CELL.finditer(plain, *inside))


def _blocks(draft: DraftText) -> Iterator[Block]:
    plain = draft.plain
    headings = {heading.span.start: heading for heading in draft.headings}
    lead_ins = {mark.span.start: mark.span.end for mark in draft.marks if mark.label.startswith("P")}
    first = True
    for line in _LINE.finditer(plain):
        span = _stripped(plain, Span(*line.span()))
        words = plain[span.start : span.end]
        begin = words_begin(words)
        if _is_row_of_word(draft, line.start()):
            yield Block("row", 1, span)
        elif begin == len(words) or (words[0] == "|" and _RULED.fullmatch(words)):
            continue
        elif begin:
            yield Block("body", 0, Span(span.start + begin, span.end))
        elif words.startswith(_APPENDIX) and _is_above_row(draft, span.end):
            yield Block("appendix", 1, span)
        else:
            yield _block(draft, span, headings, lead_ins.get(span.start, 0), first=first)
        first = False


def _is_row_of_word(draft: DraftText, place: int) -> bool:
    return draft.offsets[place] in draft.rows if draft.rows else False


def _is_above_row(draft: DraftText, end: int) -> bool:
    following = _LINE.search(draft.plain, end)
    row = following is not None and _is_row_of_word(draft, following.start())
    return row or _ROW_BELOW.match(draft.plain, end) is not None


def _block(
    draft: DraftText, span: Span, headings: Mapping[int, Heading], lead_in: int, *, first: bool
) -> Block:
    words = draft.plain[span.start : span.end]
    if words[0] == "|" and words.count("|") > 1:
        return Block("row", 0, span)
    marked = headings.get(span.start)
    if first and _is_title(words, marked, str(draft.meta.get("title") or "")):
        return Block("title", 0, span)
    return _headed(draft, span, marked, lead_in)


def _headed(draft: DraftText, span: Span, marked: Heading | None, lead_in: int) -> Block:
    """Return a line as a heading, as text that a heading sentence opens, or as plain text."""
    words = draft.plain[span.start : span.end]
    numbered = read_heading(words)
    if marked is not None:
        level = numbered.level if numbered else max(1, marked.level - 1)
        return Block("heading", min(level, _DEEPEST), span)
    if numbered is not None and len(numbered.sentence) <= _HEADING:
        if numbered.rest:
            return Block("body", numbered.level, span, span.start + len(numbered.sentence))
        if not words.endswith(("；", ";", "，")) and not _is_item(words, numbered.level):
            return Block("heading", numbered.level, span)
    if lead_in and _LEAD_IN.fullmatch(draft.plain, span.start, lead_in):
        return Block("body", 3, span, lead_in)
    return Block("body", 0, span)


def _is_item(words: str, level: int) -> bool:
    """Tell whether a numbered line is an item of a list rather than a heading: it gives a figure."""
    number = read_marker(words)
    said = words[number.end :] if number else words
    counts = _FIGURE.search(said) is not None or (_NUMBER.search(said) and _CLAUSES.search(said))
    return level > 1 and bool(counts)


def _is_title(words: str, marked: Heading | None, title: str) -> bool:
    if marked is not None:
        return marked.level == 1 and read_heading(words) is None
    return words == title or (_TITLE.fullmatch(words) is not None and read_heading(words) is None)


def _stripped(plain: str, span: Span) -> Span:
    words = plain[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))
