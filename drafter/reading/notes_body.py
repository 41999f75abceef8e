"""The body of notes, line by line: topics, bullets with their continuations, tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from drafter.model import Finding
from drafter.reading.notes_head import read_head, read_tail
from drafter.reading.notes_lines import is_row, row_blocks
from drafter.reading.notes_page import Entry, Page, spoken_place
from drafter.reading.notes_topics import counts_something, find_topics, topic_names
from drafter.reading.suspicions import is_marking

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from drafter.model import Where
    from drafter.reading.notes_lines import Line
    from drafter.reading.notes_topics import Topic

    Place = Callable[[Line, Line], Where]

_RULE = re.compile(r"(?:[-*_=~—]\s*){3,}$|`{3,}.*$|~{3,}.*$")
_TAGGED = re.compile(r"[【［](?P<name>[^【】［］\d]{1,12})[】］][:：]?\s*(?=\S)")
_NUMBERED_LABEL = re.compile(r"(?P<name>(?:\d{4}年)?[^\d：:，。；]{2,10})[：:](?=\S)")
_STOP = re.compile(r"[，。；、：,;:]$")
_COUNTED = re.compile(r"\d[万亿千百余多]*(?:[%％]|[^\W\d]{1,2})$")
_COUNTING = re.compile(r"[^\W\d]{2}[^，。；、：,;:]*\d")
_REMARK = re.compile(r"(?:注|备注|说明|附注)[:：]")
_JOINED = re.compile(r"(?:其中|包括|另外?|同时|同比|比上年|较上年)")


class _Open(NamedTuple):
    """An entry that may still go on in the next line."""

    topic: str
    parts: tuple[str, ...]
    first: Line
    last: Line


def read_body(lines: Sequence[Line], place: Place, plain: Callable[[str], str] = str) -> Page:
    """Return the entries of `lines`, what their head says, and the lines that are no facts.

    `place` tells where the words from one line to another stand, `plain` takes
    the markup out of them.
    """
    topics = find_topics(lines)
    header, skipped = read_head(lines, topics)
    signed, tail = read_tail(lines, topics)
    skipped |= tail | {index for index, line in enumerate(lines) if _says_nothing(line.text)}
    topics = {index: topic for index, topic in topics.items() if index not in skipped}
    names = topic_names(lines, topics)
    body = [
        line if index not in skipped and not _RULE.match(line.text) else line._replace(text="", mark="")
        for index, line in enumerate(lines)
    ]
    tables = _read_tables(body, place, names, header.year)
    opened = _open_entries(body, topics, names)
    found = [_entry(entry, place, plain) for entry in opened]
    found += [entry for table in tables for entry in table.entries]
    for table in tables:
        header = header.filled_by(table.header)
    asides = [_aside(lines[index], place) for index in sorted(skipped | set(topics))]
    asides += [aside for table in tables for aside in table.asides]
    entries = sorted((entry for entry in found if entry.text), key=_number)
    findings = [*_empty_topics(lines, topics, [_number(entry) for entry in entries], place)]
    findings += _broken_numbers(opened, place)
    findings += [finding for table in tables for finding in table.findings]
    return Page(tuple(entries), header.filled_by(signed), tuple(asides), tuple(findings))


def _says_nothing(text: str) -> bool:
    """Tell whether a line is a marking, or a remark on the notes themselves: `注：数据截至11月底`."""
    return is_marking(text) or (bool(_REMARK.match(text)) and not counts_something(text))


def _read_tables(lines: Sequence[Line], place: Place, names: Sequence[str], year: int | None) -> list[Page]:
    blocks = row_blocks(lines)
    if not blocks:
        return []
    from drafter.reading.notes_pipes import read_rows  # noqa: PLC0415 - few notes hold tables

    return [read_rows(lines[start:end], place, names[start], year) for start, end in blocks]


def _open_entries(lines: Sequence[Line], topics: Mapping[int, Topic], names: Sequence[str]) -> list[_Open]:
    found: list[_Open] = []
    is_open = False
    tag = ""
    marks = {topic.mark for topic in topics.values()} | {"chinese", "chinese-paren"}
    for index, line in enumerate(lines):
        if index in topics or is_row(line):
            is_open, tag = False, ""
        elif line.is_blank:
            is_open = is_open and bool(found[-1].first.mark)
        elif is_open and _goes_on(line, found[-1].first, after_gap=lines[index - 1].is_blank):
            last = found[-1]
            found[-1] = last._replace(parts=(*last.parts, line.text), last=line)
        else:
            bare, label = _take_label(line, marks)
            tag = label or ("" if line.mark in marks else tag)
            found.append(_Open(tag or names[index], (bare.text,), bare, bare))
            is_open = True
    return found


def _take_label(line: Line, marks: Collection[str]) -> tuple[Line, str]:
    """Return a line without the `【综治】` that it begins with, and the topic that it gives.

    A line such as `四、民生：低保3户` gives one too, if lines with its mark name topics.
    """
    tagged = _TAGGED.match(line.text)
    if tagged:
        rest = line._replace(text=line.text[tagged.end() :], start=line.start + tagged.end())
        return rest, tagged.group("name")
    numbered = _NUMBERED_LABEL.match(line.text) if line.mark in marks else None
    return line, numbered.group("name") if numbered else ""


def _goes_on(line: Line, first: Line, *, after_gap: bool) -> bool:
    """Tell whether `line` continues the entry that `first` began: indented and without a mark of its own."""
    if line.mark or line.indent <= first.indent or line.text.startswith("|"):
        return False
    if first.mark:
        return not after_gap or line.indent >= first.indent + 2
    return not after_gap and not first.text.endswith(("。", "；", "！", "？"))


def _entry(opened: _Open, place: Place, plain: Callable[[str], str]) -> Entry:
    text = opened.parts[0]
    for part in opened.parts[1:]:
        if re.search(r"[A-Za-z0-9]$", text) and re.match(r"[A-Za-z0-9]", part):
            text += " "
        elif not _STOP.search(text) and (
            _JOINED.match(part) or (_COUNTED.search(text) and _COUNTING.match(part))
        ):
            text += "，"
        text += part
    return Entry(opened.topic, plain(text), place(opened.first, opened.last))


def _number(entry: Entry) -> int:
    return entry.where.line or entry.where.paragraph or 0


def _aside(line: Line, place: Place) -> Entry:
    return Entry("", line.text, place(line, line))


def _empty_topics(
    lines: Sequence[Line], topics: Mapping[int, Topic], starts: Sequence[int], place: Place
) -> Iterator[Finding]:
    """Report the topics under which nothing stands, neither a fact nor a topic."""
    marks = [*sorted(topics), len(lines)]
    for index, following in pairwise(marks):
        end = lines[following].number if following < len(lines) else lines[-1].number + 1
        below = following < len(lines) and topics[following].rank > topics[index].rank
        first = bisect_right(starts, lines[index].number)
        if not below and (first == len(starts) or starts[first] >= end):
            where = place(lines[index], lines[index])
            message = f"「{topics[index].name}」下面没有内容（{spoken_place(where)}）。"
            hint = "没有这项工作就删去标题，有就补上。"
            yield Finding("empty-topic", "warning", message, hint=hint, where=(where,))


def _broken_numbers(opened: Sequence[_Open], place: Place) -> Iterator[Finding]:
    """Report a number that a line end cuts in two: it is not glued together in silence."""
    for entry in opened:
        for first, second in pairwise(entry.parts):
            if re.search(r"[\d０-９]$", first) and re.match(r"[\d０-９.．]", second):
                where = place(entry.first, entry.last)
                message = f"{spoken_place(where)}的数字被换行断开：「{first[-8:]}」与「{second[:8]}」。"
                hint = "请把这个数字写在同一行里。"
                yield Finding("broken-number", "warning", message, hint=hint, where=(where,))
