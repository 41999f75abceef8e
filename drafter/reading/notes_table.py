"""A table of notes → entries: headings, topics, rows and the rows that add up others."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from drafter.model import Finding
from drafter.reading.notes_cells import is_heading_row, is_known_heading, read_column, split_unit
from drafter.reading.notes_header import Header, is_unit_name, read_header_line, read_title
from drafter.reading.notes_page import Entry, Page, spoken_place
from drafter.reading.notes_rows import is_remark, is_total, loose_entry, row_entries, sort_row
from drafter.reading.notes_topics import clean_topic
from drafter.reading.notes_totals import check_totals, with_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.reading.notes_cells import Cell, Column
    from drafter.reading.notes_rows import Row

_COUNTS = re.compile(r"[0-9０-９]")
_DATE = re.compile(r"\d{2,4}年|\d{1,2}月|\d{1,2}日|[（）()\s—\-年月日]")


class _Head(NamedTuple):
    """The rows above the columns' names, and those names."""

    header: Header
    asides: tuple[Entry, ...]
    columns: tuple[Column, ...] | None
    first: int
    topic: str


def read_table(rows: Sequence[Sequence[Cell]], topic: str = "", year: int | None = None) -> Page:
    """Return the entries of a table, its rows given from the top, blank cells included.

    With named columns a row such as `指标|数值|单位|备注` is one entry; where
    the columns name different things, each cell is. Rows that only name a topic
    hold until the next such row; a blank category is that of the row above.
    `year` is that of the report, if the table itself does not say so.
    """
    head = _read_head(rows)
    reading = _Reading(head.header, list(head.asides), head.topic or topic, year)
    columns = head.columns
    for index in range(head.first, len(rows)):
        if is_known_heading(rows[index]):
            columns, _ = _columns(rows, index)
            reading.asides += [Entry("", cell.text, cell.where) for cell in rows[index] if cell.text]
        elif any(cell.text for cell in rows[index]):
            _read_row(reading, rows[index], columns)
    reading.name_topic(None)
    reading.ask_for_missing()
    findings = (*reading.findings, *check_totals(reading.rows))
    return Page(tuple(reading.entries), reading.header, tuple(reading.asides), findings)


@dataclass
class _Reading:
    """What has been read of a table so far."""

    header: Header
    asides: list[Entry]
    topic: str
    year: int | None = None
    category: str = ""
    entries: list[Entry] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unfilled: list[tuple[Row, str]] = field(default_factory=list)
    named: tuple[Cell, int] | None = None
    """The last row that only named a topic, and how many entries there were then."""

    def name_topic(self, cell: Cell | None) -> None:
        """Let `cell` name the topic of what follows; a topic that nothing followed was an entry itself."""
        if self.named and self.named[1] == len(self.entries):
            self.entries.append(Entry(self.topic, self.named[0].text, self.named[0].where))
        self.named = (cell, len(self.entries)) if cell is not None else None
        self.category = clean_topic(cell.text) if cell is not None else self.category

    def ask_for_missing(self) -> None:
        """Report the numbers of this year that are not filled in, whatever else their rows say.

        Where no row gives more than the number of a part of the year, none lacks that of the whole.
        """
        is_whole = any(row.values and row.missing is None for row in self.rows)
        for row, label in self.unfilled:
            if row.missing is not None and (is_whole or not row.has_part):
                where = row.missing.where
                message = f"「{_bare_name(label) or row.category}」今年没有填数（{spoken_place(where)}）。"
                hint = "目标数、上年数不能当作今年的数；有数就填上，没有就删去这一行。"
                self.findings.append(Finding("no-value", "warning", message, hint=hint, where=(where,)))

    def leave_out(self, cells: Sequence[Cell]) -> None:
        """Take a row without a number as no fact; say so unless a stroke stands for the number."""
        self.asides += [Entry("", cell.text, cell.where) for cell in cells]
        words = [cell.text for cell in cells if not cell.is_empty]
        if len(words) == len(cells):
            where = cells[0].where
            message = f"{spoken_place(where)}这一行没有数：{'、'.join(words)[:40]}。"
            hint = "有数就填上，没有就删去这一行。"
            self.findings.append(Finding("no-value", "warning", message, hint=hint, where=(where,)))


def _read_row(reading: _Reading, row: Sequence[Cell], columns: tuple[Column, ...] | None) -> None:
    filled = [cell for cell in row if cell.text and not cell.carried] or [cell for cell in row if cell.text]
    is_alone = len({cell.text for cell in row if cell.text}) == 1
    said = _keyed(filled)
    if said is not None or is_remark(filled[0].text):
        reading.header = reading.header.filled_by(said or Header())
        reading.asides += [Entry("", cell.text, cell.where) for cell in filled]
    elif is_alone and _is_topic(filled[0].text):
        reading.name_topic(filled[0])
    elif columns is None or is_alone:
        reading.entries.append(loose_entry(row, reading.category or reading.topic))
    else:
        found = sort_row(row, columns, reading.category, reading.header.year or reading.year)
        reading.category = found.category
        is_sum = found.is_total
        if is_sum:
            found = with_unit(found, reading.rows)
        place = reading.topic if is_sum and _is_grand(found.label) else found.category or reading.topic
        named = found._replace(label=place + found.label) if _is_bare(found.label) else found
        said_here = list(row_entries(named, place))
        reading.entries += said_here
        reading.rows.append(found)
        if found.missing is not None and found.values:
            reading.unfilled.append((found, named.label))
            reading.asides += [Entry("", cell.text, cell.where) for cell in filled]
        elif not said_here:
            reading.leave_out(filled)


def _read_head(rows: Sequence[Sequence[Cell]]) -> _Head:
    header, topic = Header(), ""
    asides: list[Entry] = []
    for index, row in enumerate(rows):
        filled = [cell for cell in row if cell.text]
        if not filled:
            continue
        below = next((other for other in rows[index + 1 :] if any(cell.text for cell in other)), ())
        if below and is_heading_row(row, below):
            columns, first = _columns(rows, index)
            asides += [
                Entry("", cell.text, cell.where) for named in rows[index:first] for cell in named if cell.text
            ]
            return _Head(header, tuple(asides), columns, first, topic)
        said = _keyed(filled) or _title(filled)
        lonely = len({cell.text for cell in filled}) == 1
        if said is None and not (lonely and not asides and _followed_by_headings(rows, index)):
            return _Head(header, tuple(asides), None, index, topic)
        if said is None:
            topic = clean_topic(filled[0].text)
        header = header.filled_by(said or Header())
        asides += [Entry("", cell.text, cell.where) for cell in filled]
    return _Head(header, tuple(asides), None, len(rows), topic)


def _columns(rows: Sequence[Sequence[Cell]], index: int) -> tuple[tuple[Column, ...], int]:
    """Return the columns named by row `index`, together with a second row of names under merged ones."""
    upper = [cell.text for cell in rows[index]]
    below = rows[index + 1] if index + 1 < len(rows) else ()
    is_second = (
        any(cell.carried and cell.text == top for cell, top in zip(below, upper, strict=False))
        and any(cell.text and cell.text != top for cell, top in zip(below, upper, strict=False))
        and not any(cell.is_measured for cell in below)
    )
    if not is_second:
        return tuple(read_column(name) for name in upper), index + 1
    names, last = [], ""
    for top, cell in zip(upper, below, strict=False):
        last = top or last
        both = cell.text if not last or cell.text == last else last + cell.text
        column = read_column(cell.text)
        names.append(column if column.role and column.role not in {"label", "value"} else read_column(both))
    return tuple(names), index + 2


def _followed_by_headings(rows: Sequence[Sequence[Cell]], index: int) -> bool:
    below = next((row for row in rows[index + 1 :] if any(cell.text for cell in row)), None)
    return below is not None and (
        is_heading_row(below) or _keyed([cell for cell in below if cell.text]) is not None
    )


def _keyed(cells: Sequence[Cell]) -> Header | None:
    """Return what a row of `单位：…`, `时间：…` says; a key and its value may stand in two cells."""
    texts = list(dict.fromkeys(cell.text for cell in cells))
    header, index = Header(), 0
    while index < len(texts):
        said = read_header_line(texts[index])
        step = 1
        if said == Header() and texts[index].rstrip().endswith(("：", ":")) and index + 1 < len(texts):
            said, step = read_header_line(texts[index] + texts[index + 1]), 2
        if said is None:
            return None
        header = header.filled_by(said)
        index += step
    return header if texts else None


def _title(cells: Sequence[Cell]) -> Header | None:
    if len({cell.text for cell in cells}) != 1:
        return None
    text = cells[0].text
    if is_unit_name(text) and not _COUNTS.search(text):
        return Header(unit=text)
    return read_title(text)


def _is_topic(text: str) -> bool:
    return len(text) <= 20 and not _COUNTS.search(_DATE.sub("", text)) and not text.endswith(("。", "；"))


def _bare_name(label: str) -> str:
    """Return a label without the measure word in brackets behind it."""
    return split_unit(label)[0] if label.endswith(("）", ")")) else label


def _is_bare(label: str) -> bool:
    """Tell whether a label is nothing but 合计, 小计 or the like, and does not say what it adds up."""
    return is_total(label) and not re.sub(r"\s|[小合总共]计|总数|累计|总和|[:：]", "", label)


def _is_grand(label: str) -> bool:
    """Tell whether a total is that of the whole table: a bare 合计 or 总计, no 小计."""
    return "小" not in label and _is_bare(label)
