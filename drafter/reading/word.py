"""Word files: what Word shows, with automatic numbers; what it hides or leaves undecided is reported.

Unaccepted insertions are read as text and deletions left out, and every such
place is reported with its numbers, so that 500 → 1500 is never read as
5001500, nor as nothing, nor in silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from drafter.draftfile.carried import AUTHOR
from drafter.errors import ReadError
from drafter.model import Dropped, Remark, Span, Where
from drafter.reading.archive import parse_xml, read_parts
from drafter.reading.lines import Line, Page, clean
from drafter.reading.numbering import Numbering, W, value_of
from drafter.reading.word_marks import marks_in, name_ends, sign_of, without_signs

if TYPE_CHECKING:
    from collections.abc import Iterator

_WHAT = "Word 文件"
_BODY = "word/document.xml"
_PARTS = frozenset(
    {
        _BODY,
        "word/styles.xml",
        "word/numbering.xml",
        "word/comments.xml",
        "word/footnotes.xml",
        "word/endnotes.xml",
        "word/_rels/document.xml.rels",
    }
)
_PARAGRAPHS = 50_000
_DIGIT = re.compile(r"[\d〇一二三四五六七八九十百千万亿]")
_SHOWN = 40
_BLOCKS = ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
_INLINE = (
    "hyperlink",
    "smartTag",
    "sdt",
    "sdtContent",
    "fldSimple",
    "bdo",
    "dir",
    "customXml",
    "rubyBase",
    "ruby",
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


@dataclass(slots=True)
class Words:
    """The words of one paragraph, and those that a reader of the file does not simply see."""

    shown: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """One line of the file as it is shown: a paragraph, or a row of a table."""

    number: int
    text: str
    level: int | None = None
    table: bool = False
    contents: bool = False


class _Reader:
    """Walks one document in reading order."""

    def __init__(self, name: str, numbering: Numbering) -> None:
        self.name = name
        self.numbering = numbering
        self.number = 0
        self.rows: list[Row] = []
        self.remarks: list[Remark] = []
        self._merging = ""

    def remark(self, code: str, message: str) -> None:
        self.remarks.append(Remark(code, message, Where(self.name, paragraph=self.number or None)))

    def walk(self, parent: Any) -> None:  # noqa: ANN401 - an element of lxml
        for child in parent:
            kind = _kind(child)
            if kind == "p":
                self._paragraph(child)
            elif kind == "tbl":
                self._table(child)
            elif kind in _BLOCKS:
                self.walk(child)

    def _paragraph(self, paragraph: Any) -> None:  # noqa: ANN401 - an element of lxml
        self.number += 1
        text, ended = self._read(paragraph)
        if not ended:
            self._merging += text
            return
        properties = paragraph.find(f"{W}pPr")
        text, self._merging = self._merging + text, ""
        label = self.numbering.label(properties)
        if text.strip():
            level = self.numbering.outline_level(properties)
            contents = self.numbering.is_contents(properties)
            self.rows.append(Row(self.number, label + text.lstrip(), level, contents=contents))

    def _read(self, paragraph: Any) -> tuple[str, bool]:  # noqa: ANN401 - an element of lxml
        """Return the text of a paragraph and whether it ends there: its end may be deleted."""
        words = Words()
        _collect(paragraph, words, inserted=False)
        self._report(words)
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        ended = mark is None or (mark.find(f"{W}del") is None and mark.find(f"{W}moveFrom") is None)
        return "".join(words.shown), ended

    def _report(self, words: Words) -> None:
        gone, come = clean("".join(words.deleted)), clean("".join(words.inserted))
        if gone or come:
            self.remark("tracked-change", _revision(gone, come))
        if hidden := clean("".join(words.hidden)):
            self.remark("hidden-text", f"隐藏文字没有读：“{hidden[:_SHOWN]}”")
        for box in words.boxes:
            self.remark("text-box", f"文本框里的文字没有读：“{box[:_SHOWN]}”")

    def _table(self, table: Any) -> None:  # noqa: ANN401 - an element of lxml
        for row in _rows(table):
            first = self.number + 1
            cells = [self._cell(cell) for cell in _cells(row)]
            removed = row.find(f"{W}trPr/{W}del") is not None
            if removed:
                self.remark("tracked-change", _revision(clean(" ".join(cells)), ""))
            elif any(cells):
                self.rows.append(Row(first, " | ".join(cells), table=True))

    def _cell(self, cell: Any) -> str:  # noqa: ANN401 - an element of lxml
        """Return the text of a cell; nested tables in it are read as words."""
        words = []
        for paragraph in cell.iter(f"{W}p"):
            self.number += 1
            text, _ = self._read(paragraph)
            words.append(self.numbering.label(paragraph.find(f"{W}pPr")) + text if text.strip() else "")
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        return "" if goes_on else clean(" ".join(word for word in words if word))


def read_word(data: bytes, name: str) -> Page:
    """Return a Word file as a page whose lines are its paragraphs and table rows.

    Raises:
        ReadError: no Word file, damaged, locked, or dangerous.
    """
    parts = read_parts(data, _PARTS, what=_WHAT)
    if _BODY not in parts:
        raise ReadError(
            f"内容不是{_WHAT}（里面没有正文）。", hint="请用 Word 或 WPS 打开确认，另存为 .docx 后再试。"
        )
    if len(re.findall(rb"<w:p[ />]", parts[_BODY])) > _PARAGRAPHS:
        raise ReadError(f"{_WHAT}的段落多得不像一份总结（上限 {_PARAGRAPHS} 段），没有读。")
    roots = {part: parse_xml(content, _WHAT) for part, content in parts.items()}
    reader = _Reader(name, Numbering(roots.get("word/numbering.xml"), roots.get("word/styles.xml")))
    body = roots[_BODY].find(f"{W}body")
    if body is None:
        raise ReadError(f"{_WHAT}已损坏（没有正文）。", hint="请用 Word 或 WPS 打开修复，另存后再试。")
    name_ends(body)
    reader.walk(body)
    remarks = (*reader.remarks, *_asides(roots, name))
    return _page(reader.rows, remarks)


def _page(rows: list[Row], remarks: tuple[Remark, ...]) -> Page:
    lines: list[Line] = []
    dropped: list[Dropped] = []
    marks: list[tuple[Span, str]] = []
    pieces: list[str] = []
    place = 0
    for row in rows:
        for rank, marked in enumerate(clean(one) for one in row.text.split("\n")):
            words = clean(without_signs(marked))
            if not words:
                continue
            marks += marks_in(marked, words, place)
            end = place + len(words)
            if row.contents:
                dropped.append(Dropped(Span(place, end), "contents", words))
            else:
                gap = rank == 0
                lines.append(Line(row.number, place, end, place, 0, gap, row.level, row.table))
            pieces.append(words)
            place = end + 1
    return Page(
        "\n".join(pieces),
        tuple(lines),
        paragraphs=True,
        dropped=tuple(dropped),
        remarks=remarks,
        marks=tuple(marks),
    )


def _kind(element: Any) -> str:  # noqa: ANN401 - an element of lxml
    """Return the local name of an element."""
    return str(element.tag).rpartition("}")[2]


def _rows(table: Any) -> Iterator[Any]:  # noqa: ANN401 - an element of lxml
    for child in table:
        if _kind(child) == "tr":
            yield child
        elif _kind(child) in _BLOCKS:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:  # noqa: ANN401 - an element of lxml
    for child in row:
        if _kind(child) == "tc":
            yield child
        elif _kind(child) in _BLOCKS:
            yield from _cells(child)


def _collect(parent: Any, words: Words, *, inserted: bool) -> None:  # noqa: ANN401 - an element of lxml
    for child in parent:
        kind = _kind(child)
        if kind == "r":
            _run(child, words, inserted=inserted)
        elif kind in ("bookmarkStart", "bookmarkEnd"):
            words.shown.append(sign_of(child))
        elif kind in ("ins", "moveTo"):
            _collect(child, words, inserted=True)
        elif kind in ("del", "moveFrom"):
            words.deleted.extend(str(node.text or "") for node in child.iter(f"{W}delText", f"{W}t"))
        elif kind in ("oMath", "oMathPara"):
            words.shown.append("".join(str(node.text or "") for node in child.iter() if _kind(node) == "t"))
        elif kind in _INLINE:
            _collect(child, words, inserted=inserted)


def _run(run: Any, words: Words, *, inserted: bool) -> None:  # noqa: ANN401 - an element of lxml
    properties = run.find(f"{W}rPr")
    vanish = value_of(properties, "vanish") if properties is not None else None
    hidden = vanish is not None and vanish not in ("0", "false", "off")
    for child in run:
        kind = _kind(child)
        text = str(child.text or "") if kind == "t" else _SIGNS.get(kind, "")
        if kind == "ruby":
            _collect(child, words, inserted=inserted)
        elif kind in ("drawing", "pict", "object", "AlternateContent"):
            words.boxes.extend(_boxes(child))
        elif kind == "delText":
            words.deleted.append(str(child.text or ""))
        elif hidden:
            words.hidden.append(text)
        else:
            words.shown.append(text)
            if inserted:
                words.inserted.append(text)


def _boxes(drawing: Any) -> list[str]:  # noqa: ANN401 - an element of lxml
    """Return the words of the text boxes of a drawing, each once though it is stored in two forms."""
    texts = (
        clean("".join(str(node.text or "") for node in box.iter(f"{W}t")))
        for box in drawing.iter(f"{W}txbxContent")
    )
    return list(dict.fromkeys(text for text in texts if text))


def _revision(gone: str, come: str) -> str:
    parts = ([f"删去“{gone[:_SHOWN]}”"] if gone else []) + ([f"加入“{come[:_SHOWN]}”"] if come else [])
    numbers = "，涉及数字" if _DIGIT.search(gone + come) else ""
    return f"有未接受的修订{numbers}：{'、'.join(parts)}；已按加入、删去之后的文字读，请在 Word 里确认。"


def _asides(roots: dict[str, Any], name: str) -> Iterator[Remark]:
    """Yield what stands beside the text: comments, notes, links to files elsewhere."""
    for part, code, what, tag in (
        ("word/comments.xml", "comment", "批注", "comment"),
        ("word/footnotes.xml", "footnote", "脚注", "footnote"),
        ("word/endnotes.xml", "endnote", "尾注", "endnote"),
    ):
        for node in roots[part].iter(f"{W}{tag}") if part in roots else ():
            words = clean("".join(str(text.text or "") for text in node.iter(f"{W}t")))
            if words and node.get(f"{W}author") != AUTHOR:
                yield Remark(code, f"{what}没有读：“{words[:_SHOWN]}”", Where(name))
    for node in roots.get("word/_rels/document.xml.rels", ()):
        if node.get("TargetMode") == "External" and not str(node.get("Type", "")).endswith("/hyperlink"):
            yield Remark(
                "external", f"引用了外部文件，没有去取：{str(node.get('Target', ''))[:80]}", Where(name)
            )
