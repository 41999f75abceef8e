"""One row of a table in words: `走访慰问困难党员 | 38 | 人` → 走访慰问困难党员38人."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.reading.notes_cells import is_unit, split_unit
from drafter.reading.notes_lines import take_mark
from drafter.reading.notes_page import Entry
from drafter.reading.private import mask_private

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.reading.notes_cells import Cell, Column

_NUMBERS = frozenset({"value", "plan", "done", "prior", "growth", "rate", ""})
_MAIN = ("value", "done")
_NAMES = {"plan": "任务", "done": "完成", "prior": "上年"}
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

    @property
    def measure(self) -> str:
        """The measure word of its numbers: its own, or the one that its label gives."""
        return self.unit or split_unit(self.label)[1]

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


def sort_row(row: Sequence[Cell], columns: Sequence[Column], category: str) -> Row:
    """Return `row` sorted by `columns`; `category` stands where its own is blank."""
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
    )


def row_entries(row: Row, topic: str) -> Iterator[Entry]:
    """Yield what `row` says: one entry, or one for each column that names a thing of its own."""
    notes = _remarks(row.notes)
    own_things = [pair for pair in row.values if not pair[0].role and pair[0].year is None]
    if len(own_things) > 1 or (own_things and len(row.values) > 1 and len(own_things) == len(row.values)):
        for column, cell in row.values:
            name, unit = split_unit(column.name)
            words = _measured(row.label + name, cell.text, column.unit or unit)
            yield Entry(topic, words + notes, cell.where)
            notes = ""
        return
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
    latest = max((column.year for column, _ in row.values if column.year), default=None)
    if len(row.values) == 1:
        column, cell = row.values[0]
        name = (
            ""
            if column.role in {"value", "done"} or column.year == latest is not None
            else _name(column, latest)
        )
        if name and not row.label:
            label, unit = (name, unit) if column.unit else split_unit(name)
            name = ""
        return _measured(label + name, cell.text, column.unit or unit)
    words = []
    for column, cell in row.values:
        is_rate = column.role in {"growth", "rate"} or column.name.endswith(("率", "比"))
        measure = column.unit or ("" if is_rate else unit)
        text = cell.text
        name = _name(column, latest)
        if column.role == "growth":
            name, text = _growth(text)
        words.append(_measured(name, text, measure))
    return label + "，".join(words)


def _name(column: Column, latest: int | None) -> str:
    if column.year is not None and latest is not None:
        return {0: "今年", 1: "上年"}.get(latest - column.year, f"{column.year}年")
    if column.role == "value":
        if column.name == "金额":
            return "金额"
        return "今年" if column.name.startswith(("本", "今")) else ""
    return _NAMES.get(column.role, column.name)


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
    latest = max((column.year for column, _ in row.values if column.year), default=None)
    for column, cell in row.values:
        if column.role in _MAIN or (latest is not None and column.year == latest):
            return cell
    return row.values[0][1]


def _bare(text: str) -> str:
    stripped = text.strip()
    rest = stripped[take_mark(stripped)[1] :].strip()
    return re.sub(r"[:：]$", "", rest or stripped)
