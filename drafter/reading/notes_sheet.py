"""Workbooks and csv files of notes → tables → entries, every value with the address of its cell."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from drafter.errors import ReadError
from drafter.model import Finding, Where
from drafter.reading.archive import read_parts
from drafter.reading.cell_format import display
from drafter.reading.notes_cells import Cell
from drafter.reading.notes_header import Header, read_period, read_title
from drafter.reading.notes_page import Entry, Page
from drafter.reading.notes_table import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

_WHAT = "工作簿"
_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表|sheet ?)\s*\d*$", re.IGNORECASE)
_MOST_CELLS = 200_000
_MOST_SHOWN = 10_000


def read_csv(text: str, file: str) -> Page:
    """Return the entries of a csv file; places are lines.

    Raises:
        ReadError: a line is no csv.
    """
    bare = text.removeprefix("\ufeff")
    first = next((line for line in bare.splitlines() if line.strip()), "")
    delimiter = max(",\t;", key=first.count)
    rows: list[list[Cell]] = []
    reader = csv.reader(io.StringIO(bare, newline=""), delimiter=delimiter)
    line = 1
    try:
        for row in reader:
            rows.append([Cell.of(value, Where(file, line)) for value in row])
            line = reader.line_num + 1
    except csv.Error as error:
        raise ReadError(
            f"第 {line} 行不是有效的 csv：{error}。", hint="请在 Excel/WPS 中重新另存为 csv。"
        ) from error
    return read_table(rows)


def read_workbook(data: bytes, file: str) -> Page:
    """Return the entries of a workbook, sheet by sheet; what is hidden is reported, not read.

    Raises:
        ReadError: no workbook, a damaged one, or a formula whose value is not stored.
    """
    _check(data)
    values, formulas = _load(data), _load(data, formulas=True)
    pages = []
    header = Header()
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            pages.append(_hidden(f"{sheet.title} 表是隐藏的，没有读入。", Where(file, sheet=sheet.title)))
            continue
        if (sheet.max_row or 0) * (sheet.max_column or 0) > _MOST_CELLS:
            raise ReadError(f"{sheet.title} 表太大。", hint="请删去多余的空行空列，或另存要用的部分。")
        topic = _topic(sheet.title)
        header = header.filled_by(read_title(sheet.title) or Header(None, *read_period(sheet.title)))
        page = read_table(_rows(sheet, formulas[sheet.title], file), topic)
        asides = (*page.asides, Entry("", sheet.title, Where(file, sheet=sheet.title)))
        pages.append(page._replace(asides=asides, findings=(*page.findings, *_unseen(sheet, file))))
    said = Header()
    for page in pages:
        said = said.filled_by(page.header)
    return Page(
        tuple(entry for page in pages for entry in page.entries),
        said.filled_by(_properties(values)).filled_by(header),
        tuple(aside for page in pages for aside in page.asides),
        tuple(finding for page in pages for finding in page.findings),
    )


def shown_cells(data: bytes) -> dict[str, list[tuple[int, list[str]]]]:
    """Return the rows of each visible sheet as (number, cells from column A on); hidden ones are left out.

    Raises:
        ReadError: no workbook, or a damaged one.
    """
    _check(data)
    book = _load(data)
    return {sheet.title: _shown_rows(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"}


def _shown_rows(sheet: Worksheet) -> list[tuple[int, list[str]]]:
    hidden = {key for key, dimension in sheet.column_dimensions.items() if dimension.hidden}
    return [
        (
            number,
            [
                ""
                if cell.value is None or cell.column_letter in hidden
                else display(cell.value, cell.number_format).strip()
                for cell in row
            ],
        )
        for number, row in enumerate(sheet.iter_rows(max_row=_MOST_SHOWN), start=1)
        if not sheet.row_dimensions[number].hidden
    ]


def _check(data: bytes) -> None:
    """Look into the container before the parser does: every part is inflated under the limits once.

    Raises:
        ReadError: no workbook, damaged, encrypted or dangerous.
    """
    if "xl/workbook.xml" not in read_parts(data, frozenset({"xl/workbook.xml"}), what=_WHAT):
        raise ReadError("内容不是 Excel 工作簿。", hint="请用 Excel 或 WPS 打开确认，另存为 .xlsx 后再试。")
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        parts = frozenset(name for name in container.namelist() if name.endswith((".xml", ".rels")))
    read_parts(data, parts, what=_WHAT)


def _load(data: bytes, *, formulas: bool = False) -> Any:  # noqa: ANN401 - openpyxl has no types
    """Return the workbook, with its stored values or with its formulas."""
    import openpyxl  # noqa: PLC0415 - heavy, and only workbooks need it

    try:
        return openpyxl.load_workbook(io.BytesIO(data), data_only=not formulas)
    except (KeyError, ValueError, TypeError, AttributeError, OSError, SyntaxError) as error:
        raise ReadError(
            "工作簿损坏，读不出来。", hint="请在 Excel/WPS 中打开，另存为新的 xlsx 再试。"
        ) from error


def _rows(sheet: Worksheet, formulas: Worksheet, file: str) -> list[list[Cell]]:
    merged = _merged(sheet)
    hidden = {key for key, dimension in sheet.column_dimensions.items() if dimension.hidden}
    rows = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if sheet.row_dimensions[number].hidden:
            continue
        cells = []
        for cell in row:
            if getattr(cell, "column_letter", "") in hidden:
                continue
            anchor = merged.get((cell.row, cell.column))
            source = sheet.cell(*anchor) if anchor else cell
            text = _displayed(source, formulas, file)
            cells.append(
                Cell(text, Where(file, sheet=sheet.title, cell=source.coordinate), carried=anchor is not None)
            )
        rows.append(cells)
    return rows


def _merged(sheet: Worksheet) -> Mapping[tuple[int, int], tuple[int, int]]:
    """Return, for each cell that a merged range covers, the cell that holds its value."""
    return {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
        if (row, column) != (area.min_row, area.min_col)
    }


def _displayed(cell: SheetCell, formulas: Worksheet, file: str) -> str:
    """Return the words of `cell` as its sheet shows them.

    Raises:
        ReadError: a formula without a stored value, or with an error for its value.
    """
    formula = formulas[cell.coordinate]
    where = Where(file, sheet=formulas.title, cell=cell.coordinate)
    if formula.data_type == "f" and cell.value is None:
        raise ReadError(
            f"{where.place} 是公式，但文件里没有它的计算结果。",
            hint="请在 Excel/WPS 中打开保存一次，再运行。",
        )
    if cell.data_type == "e":
        raise ReadError(
            f"{where.place} 的公式出错（{cell.value}）。", hint="请在 Excel/WPS 中改正后保存，再运行。"
        )
    return display(cell.value, cell.number_format).strip()


def _topic(title: str) -> str:
    bare = title.strip()
    if _DEFAULT_NAME.match(bare) or read_title(bare) is not None or read_period(bare)[0] is not None:
        return ""
    return bare


def _properties(book: Any) -> Header:  # noqa: ANN401 - openpyxl has no types
    title = book.properties.title
    return (read_title(title) if isinstance(title, str) else None) or Header()


def _unseen(sheet: Worksheet, file: str) -> Iterator[Finding]:
    rows = [number for number, dimension in sheet.row_dimensions.items() if dimension.hidden]
    columns = [key for key, dimension in sheet.column_dimensions.items() if dimension.hidden]
    where = Where(file, sheet=sheet.title)
    for word, hidden in (("行", rows), ("列", columns)):
        if hidden:
            listing = "、".join(map(str, hidden[:10]))
            message = f"{sheet.title} 表隐藏的{word}没有读入：{listing}。"
            yield Finding("hidden-cells", "warning", message, hint="要用就取消隐藏后保存。", where=(where,))


def _hidden(message: str, where: Where) -> Page:
    finding = Finding("hidden-cells", "warning", message, hint="要用就取消隐藏后保存。", where=(where,))
    return Page((), findings=(finding,))
