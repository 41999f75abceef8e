"""A place of an input in its surroundings: the lines about a line, the rows about a cell."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.errors import DrafterError
from drafter.reading.decoding import decode
from drafter.reading.notes_page import spoken_place
from drafter.reading.private import mask_private

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Where

_REACH = 3
_HEAD_ROWS = 2
_MOST_COLUMNS = 12
_LONGEST = 1200
_PLAIN = frozenset({".txt", ".md", ".markdown", ".csv", ""})
"""Files whose lines are what any editor shows; those of other kinds are counted as they are read."""
_CELL = re.compile(r"([A-Z]{1,3})([0-9]+)")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_HEADING = re.compile(r"^\s*(?:#{1,6}\s|【[^】]{1,30}】\s*$|[一二三四五六七八九十]{1,3}、)")


class Row(NamedTuple):
    """One line, paragraph or row of a sheet: its number, its words or cells, and whether it is the place."""

    number: int
    cells: tuple[str, ...]
    hit: bool = False


class Around(NamedTuple):
    """A place with what stands round it; `columns` and `hit_column` only for a sheet, `gone` says why not."""

    file: str
    place: str
    rows: tuple[Row, ...] = ()
    columns: tuple[str, ...] = ()
    hit_column: int | None = None
    gone: str = ""


class Inputs:
    """The input files of one review, each read once; personal data in them is masked."""

    def __init__(self) -> None:
        """Start with no file read."""
        self._lines: dict[str, list[Row] | str] = {}
        self._sheets: dict[str, dict[str, list[Row]] | str] = {}

    def around(self, where: Where, file: Path | None = None) -> Around:
        """Return the surroundings of `where`; `file` is where its file lies when not at its name."""
        path = file or Path(where.file)
        shown = shown_path(where.file)
        if where.cell is not None:
            return self._around_cell(where, path, shown)
        rows = self._read_lines(path)
        number = where.line if where.line is not None else where.paragraph
        if isinstance(rows, str) or number is None:
            return Around(
                shown, spoken_place(where), gone=rows if isinstance(rows, str) else "没有写明第几行"
            )
        at = next((at for at, row in enumerate(rows) if row.number == number), None)
        if at is None:
            return Around(shown, spoken_place(where), gone="文件里已经没有这一处")
        window = _window(rows, at)
        return Around(
            shown, spoken_place(where), tuple(row._replace(hit=row.number == number) for row in window)
        )

    def _around_cell(self, where: Where, path: Path, shown: str) -> Around:
        place = spoken_place(where)
        sheets = self._read_sheets(path)
        if isinstance(sheets, str):
            return Around(shown, place, gone=sheets)
        found = _CELL.fullmatch(where.cell or "")
        rows = sheets.get(where.sheet or "", next(iter(sheets.values()), []))
        at = next((at for at, row in enumerate(rows) if found and row.number == int(found[2])), None)
        if found is None or at is None:
            return Around(shown, place, gone="表里已经没有这一格")
        window = [*rows[: min(_HEAD_ROWS, at)], *rows[max(_HEAD_ROWS, at - _REACH) : at + _REACH + 1]]
        window = window if at >= _HEAD_ROWS else rows[: at + _REACH + 1]
        column = _column_number(found[1])
        width = max((_width(row.cells) for row in window), default=0)
        kept = range(max(0, min(column + 2 - _MOST_COLUMNS, width - _MOST_COLUMNS)), width)[:_MOST_COLUMNS]
        cut = tuple(
            Row(row.number, tuple(_cell(row, at) for at in kept), row.number == int(found[2]))
            for row in window
        )
        while cut and not any(cut[-1].cells):
            cut = cut[:-1]
        columns = tuple(_column_name(at) for at in kept)
        return Around(shown, place, cut, columns, kept.index(column) if column in kept else None)

    def _read_lines(self, path: Path) -> list[Row] | str:
        key = str(path)
        if key not in self._lines:
            try:
                self._lines[key] = _lines_of(path)
            except (DrafterError, OSError) as error:
                self._lines[key] = _said(error)
        return self._lines[key]

    def _read_sheets(self, path: Path) -> dict[str, list[Row]] | str:
        key = str(path)
        if key not in self._sheets:
            try:
                self._sheets[key] = _sheets_of(path)
            except (DrafterError, OSError) as error:
                self._sheets[key] = _said(error)
        return self._sheets[key]


def shown_path(file: str) -> str:
    """Return a path as a page shows it: no further up than the folder that it lies in."""
    parts = file.split("/")
    is_far = file.startswith("/") or ".." in parts or _DRIVE.match(file) is not None
    return "/".join(parts[-2:]) if is_far else file


def _said(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "文件已经不在原处"
    return error.message.rstrip("。") if isinstance(error, DrafterError) else "文件读不出来"


def _lines_of(path: Path) -> list[Row]:
    data = path.read_bytes()
    if path.suffix.lower() == ".docx":
        from drafter.reading.word import read_word  # noqa: PLC0415 - heavy, and only Word files need it

        page = read_word(data, path.name)
        return [Row(line.number, (_masked(page.text[line.start : line.end]),)) for line in page.lines]
    if path.suffix.lower() not in _PLAIN:
        from drafter.reading.pages import read_page  # noqa: PLC0415 - only other past reports need it

        page, _ = read_page(data, path, path.name)
        return [Row(line.number, (_masked(page.text[line.start : line.end]),)) for line in page.lines]
    text, _ = decode(data)
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    return [Row(number, (_masked(line),)) for number, line in enumerate(lines, start=1)]


def _sheets_of(path: Path) -> dict[str, list[Row]]:
    from drafter.reading.notes_sheet import shown_cells  # noqa: PLC0415 - heavy, and only workbooks need it

    sheets = shown_cells(path.read_bytes())
    return {
        name: [Row(number, tuple(_masked(cell) for cell in cells)) for number, cells in rows]
        for name, rows in sheets.items()
    }


def _masked(text: str) -> str:
    return mask_private(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")


def _window(rows: Sequence[Row], at: int) -> list[Row]:
    """Return the lines about one, blank ones at the edges left out, with the heading they stand under."""
    start = max(0, at - _REACH)
    window = list(rows[start : at + _REACH + 1])
    heading = next((row for row in reversed(rows[:start]) if _HEADING.match(row.cells[0])), None)
    while window and not window[0].cells[0].strip() and window[0] is not rows[at]:
        window.pop(0)
    while window and not window[-1].cells[0].strip() and window[-1] is not rows[at]:
        window.pop()
    has_heading = any(_HEADING.match(row.cells[0]) for row in rows[start : at + 1])
    return [heading, *window] if heading is not None and not has_heading else window


def _width(cells: Sequence[str]) -> int:
    return max((at + 1 for at, cell in enumerate(cells) if cell.strip()), default=0)


def _cell(row: Row, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _column_name(number: int) -> str:
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
