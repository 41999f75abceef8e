"""Header and footer: page numbers — 1 — outside on the page, and 草稿 where a draft is no final text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as Word

_DRAFT = "草稿"


def put_page_numbers(word: Word) -> None:
    """Write — 1 — below the text: right on odd pages, left on even ones, one character from the edge."""
    section = word.sections[0]
    for footer, align, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "rightChars"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "leftChars"),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        _style(word, paragraph, "Footer")
        indent = OxmlElement("w:ind")
        indent.set(qn(f"w:{side}"), "100")
        paragraph._p.get_or_add_pPr().append(indent)  # noqa: SLF001 - indents by characters are not in python-docx
        _order(paragraph._p.pPr)  # noqa: SLF001 - as above
        paragraph.add_run("— ")
        _page_field(paragraph)
        paragraph.add_run(" —")


def put_draft_header(word: Word) -> None:
    """Write 草稿 into every header that a page of the document may show, once."""
    for header in _headers(word):
        header.is_linked_to_previous = False
        if any(paragraph.text.strip() == _DRAFT for paragraph in header.paragraphs):
            continue
        paragraph = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
        if paragraph.text.strip():
            paragraph = paragraph.insert_paragraph_before()
        paragraph.add_run(_DRAFT)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _style(word, paragraph, "Header")


def drop_draft_header(word: Word) -> None:
    """Take 草稿 out of the headers of a template that was such a copy once."""
    for header in _headers(word):
        if header.is_linked_to_previous:
            continue
        for paragraph in header.paragraphs:
            if paragraph.text.strip() == _DRAFT:
                paragraph.clear()


def _headers(word: Word) -> Iterator[Any]:
    """Yield the headers that pages of a document may show."""
    even = word.settings.odd_and_even_pages_header_footer
    for section in word.sections:
        yield section.header
        if even:
            yield section.even_page_header
        if section.different_first_page_header_footer:
            yield section.first_page_header


def _style(word: Word, paragraph: Any, name: str) -> None:  # noqa: ANN401 - a paragraph of python-docx, which has no types
    styles = word.styles.element
    if any(style.get(qn("w:styleId")) == name for style in styles.findall(qn("w:style"))):
        paragraph._p.get_or_add_pPr().get_or_add_pStyle().set(qn("w:val"), name)  # noqa: SLF001 - styles by id


def _order(properties: Any) -> None:  # noqa: ANN401 - an element of lxml
    """Put the indent where the format wants it: before the alignment."""
    indent, align = properties.find(qn("w:ind")), properties.find(qn("w:jc"))
    if indent is not None and align is not None:
        align.addprevious(indent)


def _page_field(paragraph: Any) -> None:  # noqa: ANN401 - a paragraph of python-docx
    for kind, words in (("begin", ""), ("", " PAGE "), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run()._r  # noqa: SLF001 - fields are not in python-docx
        if kind == "shown":
            run.text = words
        elif kind:
            sign = OxmlElement("w:fldChar")
            sign.set(qn("w:fldCharType"), kind)
            run.append(sign)
        else:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = words
            run.append(code)
