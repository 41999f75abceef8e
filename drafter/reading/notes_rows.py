"""One row of a table in words: `走访慰问困难党员 | 38 | 人` → 走访慰问困难党员38人."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.reading.notes_cells import is_unit, split_unit
from drafter.reading.notes_gaps import is_open
from drafter.reading.notes_lines import take_mark
from drafter.reading.notes_page import Entry
from drafter.reading.private import mask_private

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.reading.notes_cells import Cell, Column

_NUMBERS = frozenset({"value", "plan", "done", "prior", "growth", "rate", ""})
_MAIN = ("value", "done")
_NAMES = {"plan": "任务", "done": "完成", "prior": "上年"}
_WHOLE_YEAR = ("全年", "年度", "本年", "今年", "截")
_TOTAL = re.compile(r"(?:小计|合计|总计|共计|总数|累计|总和)[:：]?$")
_SIGNED = re.compile(r"[-−]\s*(?=\d)")
_NOTE = re.compile(r"(?:注|备注|说明|附注|数据来源|填报说明)[:：\d]")


class Row(NamedTuple):
    """A row sorted by what its columns hold."""

    category: str
    label: str
    unit: str
    notes: tuple[str, ...]
    prose: tuple[Cell, ...]
    values: tuple[tuple[Column, Cell], ...]
    remark: Cell | None = None
    """The first cell of remarks, for a row that has nothing else to say."""
    latest: int | None = None
    """The year of the columns that hold this year's numbers, for a table with years for columns."""
    missing: Cell | None = None
    """The empty cell of this year's number, for a row that only says what was planned or was before."""

    @property
    def measure(self) -> str:
        """The measure word of its numbers: its own, or the one that its label gives."""
        return self.unit or split_unit(self.label)[1]

    @property
    def has_part(self) -> bool:
        """It gives this year's number for a part of the year."""
        return any(_is_part(self, column) for column, _ in self.values)

    @property
    def is_total(self) -> bool:
        """The row adds up others."""
        return is_total(self.label)


def is_total(label: str) -> bool:
    """Tell whether a row with this label adds up others: 小计, 合 计, 总计."""
    return bool(_TOTAL.search(re.sub(r"\s", "", label)))


def is_remark(text: str) -> bool:
    """Tell whether a line of a table is a remark on it and no fact, such as `注：`."""
    return bool(_NOTE.match(text))


def sort_row(row: Sequence[Cell], columns: Sequence[Column], category: str, year: int | None = None) -> Row:
    """Return `row` sorted by `columns`; `category` stands where its own is blank, `year` is the report's."""
    texts: dict[str, list[str]] = {}
    remark: Cell | None = None
    prose: list[Cell] = []
    values: list[tuple[Column, Cell]] = []
    for cell, column in zip(row, columns, strict=False):
        if cell.is_empty:
            continue
        is_loose = not column.role and column.year is None and not cell.is_measured
        if is_loose and not values and "label" not in texts:
            texts.setdefault("label", []).append(cell.text)
        elif is_loose:
            texts.setdefault("note", []).append(f"{column.name}：{cell.text}" if column.name else cell.text)
        elif column.role in _NUMBERS:
            values.append((column, cell))
        elif column.role == "prose":
            prose.append(cell)
        else:
            texts.setdefault(column.role, []).append(cell.text)
            remark = remark or (cell if column.role == "note" else None)
    label = "".join(_bare(text) for text in (*texts.get("label", ()), *texts.get("part", ())))
    own = "".join(texts.get("category", ()))
    years = {column.year for column in columns if column.year is not None}
    latest = (year or max(years)) if years else None
    if not label and is_total(own):
        label, own = own, ""
    return Row(
        _bare(own) or category,
        re.sub(r"\s", "", label) if is_total(label) else label,
        "".join(texts.get("unit", ())),
        tuple(texts.get("note", ())),
        tuple(prose),
        tuple(values),
        remark,
        latest,
        _missing(row, columns, latest),
    )


def _missing(row: Sequence[Cell], columns: Sequence[Column], latest: int | None) -> Cell | None:
    """Return the cell where this year's number should stand, if no such cell of `row` is filled.

    A number under the name of a thing of its own is one of this year too.
    """
    open_cells = []
    has_whole = any(_is_result(column, latest) and not column.is_part for column in columns)
    for cell, column in zip(row, columns, strict=False):
        is_empty = cell.is_empty or is_open(cell.text)
        is_result = _is_result(column, latest) and not (has_whole and column.is_part)
        if (is_result and not is_empty) or (not column.role and column.year is None and cell.is_measured):
            return None
        if is_result:
            open_cells.append(cell)
    return open_cells[0] if open_cells else None


def _is_result(column: Column, latest: int | None) -> bool:
    return column.role in _MAIN or (column.year is not None and column.year == latest)


def row_entries(row: Row, topic: str) -> Iterator[Entry]:
    """Yield what `row` says: one entry, or one for each column that names a thing of its own."""
    notes = _remarks(row.notes)
    own_things = [pair for pair in row.values if not pair[0].role and pair[0].year is None]
    if len(own_things) > 1 or (own_things and len(row.values) > 1 and len(own_things) == len(row.values)):
        bracketed = not row.unit and row.label.endswith(("）", ")"))
        label, shared = split_unit(row.label) if bracketed else (row.label, row.unit)
        for column, cell in row.values:
            name, unit = split_unit(column.name)
            measure = column.unit or unit or ("" if column.is_rate else shared)
            words = _measured(label + name, cell.text, measure)
            yield Entry(topic, words + notes, cell.where)
            notes = ""
        return
    if row.missing is not None:
        row = row._replace(
            values=tuple(pair for pair in row.values if pair[0].is_rate or _is_part(row, pair[0]))
        )
    if row.values:
        yield Entry(topic, _series(row) + notes, _main_cell(row).where)
    for cell in row.prose:
        words = cell.text if not row.label or cell.text.startswith(row.label) else f"{row.label}：{cell.text}"
        yield Entry(topic, words + ("" if row.values else notes), cell.where)
    if row.remark is not None and not row.values and not row.prose:
        yield Entry(topic, row.label + notes, row.remark.where)


def loose_entry(row: Sequence[Cell], topic: str) -> Entry:
    """Return what a row of a table without headings says: words, number, measure word, remarks."""
    cells = [cell for cell in row if not cell.is_empty]
    if len(cells) > 2 and cells[0].is_number and not cells[1].is_measured:
        cells = cells[1:]
    place = next((index for index, cell in enumerate(cells) if cell.is_measured), None)
    if place is None:
        words = "：".join(dict.fromkeys(_bare(cell.text) for cell in cells))
        return Entry(topic, words, cells[0].where)
    label = "".join(_bare(cell.text) for cell in cells[:place])
    rest = [cell.text for cell in cells[place + 1 :]]
    unit = rest.pop(0) if rest and (is_unit(rest[0]) or rest[0] in {"%", "％"}) else ""
    return Entry(topic, _measured(label, cells[place].text, unit) + _remarks(rest), cells[place].where)


def _remarks(notes: Sequence[str]) -> str:
    """Return remarks as they follow a number: those that count behind a comma, others in brackets."""
    words = []
    for note in notes:
        bracketed = note.startswith(("（", "("))
        counts = re.search(r"\d", mask_private(note)) is not None
        words.append(note if bracketed else f"，{note}" if counts else f"（{note}）")
    return "".join(words)


def _series(row: Row) -> str:
    """Return the numbers of a row, each with the name of its column where there are several."""
    label, unit = (row.label, row.unit) if row.unit else split_unit(row.label)
    if len(row.values) == 1:
        column, cell = row.values[0]
        is_plain = column.role in {"value", "done"} or column.year == row.latest is not None
        name = "" if is_plain and not column.is_part else _name(column, row.latest)
        if name and not row.label:
            label, unit = (name, unit) if column.unit else split_unit(name)
            name = ""
        return _measured(label + name, cell.text, column.unit or ("" if column.is_rate else unit))
    words = []
    for column, cell in sorted(row.values, key=lambda pair: _order(row, pair[0])):
        measure = column.unit or ("" if column.is_rate else unit)
        text = cell.text
        name = _name(column, row.latest)
        if column.role == "growth":
            name, text = _growth(text)
        words.append(_measured(name, text, measure))
    return label + "，".join(words)


def _order(row: Row, column: Column) -> int:
    """Return where a number stands in a sentence: this year's result first, that of a part of it last."""
    if not _is_result(column, row.latest):
        return 1
    return 2 if column.is_part and row.missing is None else 0


def _is_part(row: Row, column: Column) -> bool:
    return column.is_part and _is_result(column, row.latest)


def _name(column: Column, latest: int | None) -> str:
    if column.is_part:
        return column.name
    if column.year is not None and latest is not None:
        return {0: "今年", 1: "上年"}.get(latest - column.year, f"{column.year}年")
    if column.role == "value":
        if column.name == "金额":
            return "金额"
        return "今年" if column.name.startswith(("本", "今")) else ""
    if column.role in {"plan", "done"} and column.name.startswith(_WHOLE_YEAR):
        return re.sub(r"[数值]$", "", column.name)
    return "年初" if column.name.startswith("年初") else _NAMES.get(column.role, column.name)


def _growth(text: str) -> tuple[str, str]:
    """Return the verb and the amount of a change: `-3.1%` → 同比下降, 3.1%."""
    if _SIGNED.match(text):
        return "同比下降", _SIGNED.sub("", text, count=1)
    if text.lstrip("+＋ ")[:1].isdigit():
        return "同比增长", text.lstrip("+＋ ")
    return "同比", text


def _measured(label: str, value: str, unit: str) -> str:
    """Return label, number and measure word as one would write them; what stands there twice stands once."""
    number = value.strip()
    bare_unit = unit.strip()
    if bare_unit and re.search(r"[\d０-９]\s*[万亿千百]?[余多]?$", number):
        number += bare_unit
    is_words = not re.match(r"[\d<>≥≤约近超逾+\-−０-９]", number)
    return f"{label}：{number}" if label and is_words else label + number


def _main_cell(row: Row) -> Cell:
    return min(row.values, key=lambda pair: _order(row, pair[0]))[1]


def _bare(text: str) -> str:
    stripped = text.strip()
    rest = stripped[take_mark(stripped)[1] :].strip()
    return re.sub(r"[:：]$", "", rest or stripped)
