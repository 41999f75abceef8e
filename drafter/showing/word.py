"""A draft as a Word file: GB/T 9704 by styles, its doubtful places marked, its sources as comments.

The file carries the draft with it (`drafter.draftfile.carried`), so that it can
be checked and taken back without the draft file.
"""

from __future__ import annotations

import io
import zipfile
from bisect import bisect_left
from itertools import groupby
from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu

from drafter.draftfile.carried import AUTHOR, bookmark_of, long_labels
from drafter.showing.word_blocks import cells_of, read_blocks
from drafter.showing.word_marking import Marking
from drafter.showing.word_page import drop_draft_header, put_draft_header, put_page_numbers
from drafter.showing.word_pieces import as_xml, cut, put_right
from drafter.showing.word_properties import put_properties
from drafter.showing.word_template import has_indent, is_numbered, size_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drafter.draftfile import DraftText
    from drafter.model import Span
    from drafter.showing.word_blocks import Block
    from drafter.showing.word_comments import Comment
    from drafter.showing.word_template import Template

_NARROW, _WIDE = 6, 18
"""Characters that a column of a table has room for at least, and at most, before its words are wrapped."""
_INITIALS = "核"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_INDENT, _TWIPS = "200", 10
"""Two characters; and for programs that count no characters, so many twips for each half point."""
_COLOURS = {"error": WD_COLOR_INDEX.YELLOW, "open": WD_COLOR_INDEX.TURQUOISE}


def write_word(
    draft: DraftText,
    template: Template,
    properties: Mapping[str, str],
    marking: Marking = Marking(),  # noqa: B008 - a frozen value
) -> bytes:
    """Return the Word file of a draft; the same arguments give the same bytes.

    Raises:
        ReadError: the template's own properties are damaged.
    """
    writer = _Writer(draft, template, marking)
    writer.write()
    word = template.word
    if template.own:
        put_page_numbers(word)
    if marking.final:
        drop_draft_header(word)
    else:
        put_draft_header(word)
    put_properties(word, {**properties, **long_labels(writer.labels)})
    _name(word, str(draft.meta.get("title") or ""))
    return _saved(word)


class _Writer:
    """Writes the paragraphs of one draft into a document."""

    def __init__(self, draft: DraftText, template: Template, marking: Marking) -> None:
        self.draft = draft
        self.words = put_right(draft.plain)
        self.template = template
        self.marking = marking
        self.edges = sorted(
            {end for mark in draft.marks for end in mark.span}
            | {end for c in marking.comments for end in c.span}
        )
        self.indented = has_indent(template, template.styles["body"])
        self.indent = 2 * _TWIPS * size_of(template, template.styles["body"])
        self.runs: list[tuple[int, Any]] = []
        self.labels: list[str] = []

    def write(self) -> None:
        """Write the whole draft, then the comments on what was written."""
        row = False
        for row, blocks in groupby(read_blocks(self.draft), key=lambda block: block.kind == "row"):
            if row:
                self._table(list(blocks))
            else:
                for block in blocks:
                    self._block(block)
        if row:
            # Word wants a paragraph behind a table that ends the text
            self.template.word.add_paragraph()._p.style = self.template.styles["table"]  # noqa: SLF001 - styles by id
        for comment in self.marking.comments:
            self._comment(comment)

    def _block(self, block: Block) -> None:
        part = block.kind if block.kind in self.template.styles else f"heading{block.level}"
        paragraph = self.template.word.add_paragraph()
        paragraph._p.style = self.template.styles[part]  # noqa: SLF001 - styles by id: names differ by language
        if is_numbered(self.template, self.template.styles[part]):
            _without_number(paragraph)
        if block.kind == "body" and not self.indented:
            indent = OxmlElement("w:ind")
            indent.set(qn("w:firstLineChars"), _INDENT)
            indent.set(qn("w:firstLine"), str(self.indent))
            paragraph._p.get_or_add_pPr().append(indent)  # noqa: SLF001 - indents by characters
        paragraph.paragraph_format.page_break_before = True if block.kind == "appendix" else None
        self._fill(paragraph, block.span, block.opening, f"LeadIn{block.level}")

    def _table(self, rows: list[Block]) -> None:
        cells = [cells_of(self.draft.plain, row) for row in rows]
        columns = max(len(row) for row in cells)
        table = self.template.word.add_table(len(rows), columns)
        table._tbl.tblPr.style = "TableGrid"  # noqa: SLF001 - styles by id
        for number, spans in enumerate(cells):
            for place, span in enumerate(spans):
                paragraph = table.cell(number, place).paragraphs[0]
                paragraph._p.style = self.template.styles["table"]  # noqa: SLF001 - styles by id
                self._fill(paragraph, span, 0, "")
        sizes = [[span.end - span.start for span in row] for row in cells]
        longest = (max(row[place] for row in sizes if place < len(row)) for place in range(columns))
        _widen(table, [min(max(length, _NARROW), _WIDE) for length in longest])
        head = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - repeated heads are not in python-docx
        head.append(OxmlElement("w:tblHeader"))

    def _fill(self, paragraph: Any, span: Span, opening: int, opening_style: str) -> None:  # noqa: ANN401 - of python-docx, which has no types
        marks = [
            mark for mark in self.draft.marks if mark.span.start < span.end and span.start < mark.span.end
        ]
        for piece in cut(span, opening, self.marking.doubts, self.edges):
            for mark in marks:
                if max(mark.span.start, span.start) == piece.span.start:
                    self._bookmark(paragraph, mark.label)
            run = paragraph.add_run(as_xml(self.words[piece.span.start : piece.span.end]))
            if piece.opening and opening_style:
                run._r.get_or_add_rPr().style = opening_style  # noqa: SLF001 - styles by id
            if piece.doubt:
                run.font.highlight_color = _COLOURS[piece.doubt]
            self.runs.append((piece.span.start, run))
            for mark in marks:
                if min(mark.span.end, span.end) == piece.span.end:
                    self._end_bookmark(paragraph)

    def _bookmark(self, paragraph: Any, label: str) -> None:  # noqa: ANN401 - as above
        self.labels.append(label)
        start = OxmlElement("w:bookmarkStart")
        start.set(qn("w:id"), str(len(self.labels)))
        start.set(qn("w:name"), bookmark_of(label, len(self.labels)))
        paragraph._p.append(start)  # noqa: SLF001 - bookmarks are not in python-docx

    def _end_bookmark(self, paragraph: Any) -> None:  # noqa: ANN401 - as above
        end = OxmlElement("w:bookmarkEnd")
        end.set(qn("w:id"), str(len(self.labels)))
        paragraph._p.append(end)  # noqa: SLF001 - as above

    def _comment(self, comment: Comment) -> None:
        first = bisect_left(self.runs, comment.span.start, key=lambda run: run[0])
        last = bisect_left(self.runs, comment.span.end, key=lambda run: run[0])
        runs = [run for _, run in self.runs[first:last]]
        if not runs:
            return
        made = self.template.word.add_comment(
            [runs[0], runs[-1]], text=as_xml(comment.text), author=AUTHOR, initials=_INITIALS
        )
        made._comment_elm.attrib.pop(qn("w:date"), None)  # noqa: SLF001 - no clock: the same draft, the same file


def _widen(table: Any, shares: list[int]) -> None:  # noqa: ANN401 - a table of python-docx
    """Give each column of a table its share of the whole width."""
    columns = list(table.columns)
    whole = sum(int(column.width or 0) for column in columns)
    for column, share in zip(columns, shares, strict=True):
        width = Emu(whole * share // sum(shares))
        column.width = width
        for cell in column.cells:
            cell.width = width


def _without_number(paragraph: Any) -> None:  # noqa: ANN401 - a paragraph of python-docx
    """Keep Word from numbering a paragraph of a numbered style: the draft has its own 一、（一）."""
    numbers = OxmlElement("w:numPr")
    for name in ("w:ilvl", "w:numId"):
        one = OxmlElement(name)
        one.set(qn("w:val"), "0")
        numbers.append(one)
    paragraph._p.get_or_add_pPr()._insert_numPr(numbers)  # noqa: SLF001 - numbering is not in python-docx


def _name(word: Any, title: str) -> None:  # noqa: ANN401 - a document of python-docx
    """Write the title into the file's own properties, and no date."""
    core = word.core_properties
    core.title = as_xml(title)
    core.last_modified_by = AUTHOR
    for child in list(core._element):  # noqa: SLF001 - python-docx sets dates, and cannot take them away
        if child.tag.endswith("}modified"):
            core._element.remove(child)  # noqa: SLF001 - as above


def _saved(word: Any) -> bytes:  # noqa: ANN401 - a document of python-docx
    """Return the bytes of a document, the dates of its parts always the same."""
    made, target = io.BytesIO(), io.BytesIO()
    word.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, parts.read(name))
    return target.getvalue()
