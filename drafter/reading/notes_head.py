"""The head and the end of notes in text: front matter, title, `单位：` and `时间：`, signature."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.reading.notes_header import Header, is_unit_name, read_header_line, read_period, read_title
from drafter.reading.suspicions import is_marking

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.reading.notes_lines import Line
    from drafter.reading.notes_topics import Topic

_PARTS = re.compile(r"[\s\u3000]{2,}|\t|[；;]")
_PARENTHESISED = re.compile(r"[(（].{1,30}[)）]$")
_DATE_LINE = re.compile(
    r"[(（]?(?:\d{4}|[一二〇○零九]{4})年(?:[\d一二三四五六七八九十]{1,3}月)?(?:[\d一二三四五六七八九十]{1,3}日)?[)）]?$",
)
_HEAD_LINES = 8
_TAIL_LINES = 4


def split_front_matter(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the lines, those of a YAML front matter emptied, and the front matter's own lines."""
    if not lines or lines[0].text != "---":
        return lines, ()
    ends = (index for index, line in enumerate(lines[1:], start=1) if line.text in {"---", "..."})
    end = next(ends, None)
    if end is None:
        return lines, ()
    emptied = (line._replace(text="", mark="") for line in lines[: end + 1])
    return (*emptied, *lines[end + 1 :]), tuple(line for line in lines[1:end] if line.text)


def read_front_matter(lines: Sequence[Line]) -> Header:
    """Return what the lines of a front matter say: `单位: 云溪社区`, `year: 2025`."""
    header = Header()
    for line in lines:
        header = header.filled_by(read_header_line(re.sub(r"\s+#.*$", "", line.text)) or Header())
    return header


def read_head(lines: Sequence[Line], topics: Mapping[int, Topic]) -> tuple[Header, set[int]]:
    """Return what the title and the lines under it say, and their indexes; the first other line ends it."""
    header = Header()
    skipped: set[int] = set()
    titled = False
    filled = [index for index, line in enumerate(lines) if not line.is_blank]
    for place, index in enumerate(filled[:_HEAD_LINES]):
        line = lines[index]
        said = Header() if is_marking(line.text) else _read_head_line(line.text)
        if said is None and not titled and line.mark in {"", "heading"}:
            said = _read_first_line(line, topics, filled[place + 1 :], lines)
            titled = True
        if said is None:
            break
        skipped.add(index)
        header = header.filled_by(said)
    return header, skipped


def _read_first_line(
    line: Line, topics: Mapping[int, Topic], rest: Sequence[int], lines: Sequence[Line]
) -> Header | None:
    title = read_title(line.text)
    if title is not None:
        return title
    lonely = line.level == 1 and not any(lines[index].level == 1 for index in rest)
    if lonely and any(lines[index].level > 1 for index in rest if index in topics):
        return Header(line.text if is_unit_name(line.text) else None, *read_period(line.text))
    if not line.mark and is_unit_name(line.text) and len(rest) > 1:
        return Header(unit=line.text)
    return None


def _read_head_line(text: str) -> Header | None:
    """Return what a line under the title says: `单位：…  时间：…`, a date, a name in parentheses."""
    said = [read_header_line(part) for part in _PARTS.split(text) if part]
    if said and all(part is not None for part in said):
        header = Header()
        for part in said:
            header = header.filled_by(part or Header())
        return header
    bare = re.sub(r"\s", "", text)
    if _DATE_LINE.match(bare):
        year, period = read_period(bare)
        return Header(year=year, period=period) if "日" not in bare else Header()
    if _PARENTHESISED.match(bare) and is_unit_name(bare[1:-1]):
        return Header(unit=bare[1:-1])
    return None


def read_tail(lines: Sequence[Line], topics: Mapping[int, Topic]) -> tuple[Header, set[int]]:
    """Return who signed at the end, and the indexes of the signature and its date."""
    filled = [index for index, line in enumerate(lines) if not line.is_blank][-_TAIL_LINES:]
    header = Header()
    skipped: set[int] = set()
    for index in reversed(filled):
        line = lines[index]
        bare = re.sub(r"\s", "", line.text)
        keyed = read_header_line(line.text)
        if line.mark or index in topics:
            break
        if keyed is not None:
            header = header.filled_by(keyed)
        elif skipped and is_unit_name(bare):
            header = header.filled_by(Header(unit=bare))
        elif not _DATE_LINE.match(bare):
            break
        skipped.add(index)
    return header, skipped
