"""Notes in text and Markdown → entries: one bullet, numbered item or line is one entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.model import Finding, Span, Where
from drafter.reading.notes_head import read_front_matter, read_head, read_tail, split_front_matter
from drafter.reading.notes_lines import comments, read_lines
from drafter.reading.notes_page import Entry, Page
from drafter.reading.notes_pipes import is_row, read_rows, row_blocks
from drafter.reading.notes_topics import find_topics, topic_names
from drafter.reading.suspicions import is_marking

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from drafter.reading.notes_lines import Line
    from drafter.reading.notes_topics import Topic

_RULE = re.compile(r"(?:[-*_=~—]\s*){3,}$|`{3,}.*$|~{3,}.*$")
_SETEXT = re.compile(r"={3,}$")
_TAGGED = re.compile(r"[【［](?P<name>[^【】［］]{1,12})[】］][:：]?\s*(?=\S)")
_NUMBERED_LABEL = re.compile(r"(?P<name>[^\d：:，。；]{2,10})[：:](?=\S)")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])")
_EMPHASIS = re.compile(r"(\*\*|__|~~|`)(?=\S)(.+?)(?<=\S)\1")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>|~])")
_JOINED = re.compile(r"(?:其中|包括|另外?|同时|同比|比上年|较上年)")


class _Open(NamedTuple):
    """An entry that may still go on in the next line."""

    topic: str
    parts: tuple[str, ...]
    first: Line
    last: Line


def read_text(text: str, file: str, *, markdown: bool = False) -> Page:
    """Return the entries of `text`, what its head says, and the lines that are no facts."""
    lines, front = split_front_matter(_without_setext(read_lines(text)))
    topics = find_topics(lines)
    header, skipped = read_head(lines, topics)
    signed, tail = read_tail(lines, topics)
    skipped |= tail | {index for index, line in enumerate(lines) if is_marking(line.text)}
    topics = {index: topic for index, topic in topics.items() if index not in skipped}
    names = topic_names(lines, topics)
    body = [
        line if index not in skipped and not _RULE.match(line.text) else line._replace(text="", mark="")
        for index, line in enumerate(lines)
    ]
    tables = [read_rows(lines[start:end], file, names[start]) for start, end in row_blocks(body)]
    opened = _open_entries(body, topics, names)
    entries = [_entry(entry, file, markdown=markdown) for entry in opened]
    entries += [entry for table in tables for entry in table.entries]
    for table in tables:
        header = header.filled_by(table.header)
    asides = [_aside(line, file) for line in front]
    asides += [_aside(lines[index], file) for index in sorted(skipped | set(topics))]
    asides += [Entry("", words, Where(file, _line_at(text, at))) for at, words in comments(text)]
    asides += [aside for table in tables for aside in table.asides]
    starts = sorted(entry.where.line or 0 for entry in entries)
    findings = [*_empty_topics(lines, topics, starts, file), *_broken_numbers(opened, file)]
    findings += [finding for table in tables for finding in table.findings]
    return Page(
        tuple(sorted((entry for entry in entries if entry.text), key=lambda entry: entry.where.line or 0)),
        read_front_matter(front).filled_by(header).filled_by(signed),
        tuple(asides),
        tuple(findings),
    )


def plain_inline(text: str) -> str:
    """Return `text` without Markdown emphasis, links, tags and escapes: what a reader would see."""
    bare = _LINK.sub(r"\1", text)
    bare = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", bare))
    return _ESCAPE.sub(r"\1", _TAG.sub("", bare)).strip()


def _without_setext(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Turn a line underlined with `===` into a heading."""
    seen = list(lines)
    for index, line in enumerate(lines[1:], start=1):
        above = seen[index - 1]
        if _SETEXT.match(line.text) and above.text and not above.mark:
            seen[index - 1] = above._replace(mark="heading", level=1)
            seen[index] = line._replace(text="")
    return tuple(seen)


def _open_entries(lines: Sequence[Line], topics: Mapping[int, Topic], names: Sequence[str]) -> list[_Open]:
    found: list[_Open] = []
    is_open = False
    tag: tuple[str, str] | None = None
    for index, line in enumerate(lines):
        if index in topics or is_row(line):
            is_open, tag = False, None
        elif line.is_blank:
            is_open = is_open and bool(found[-1].first.mark)
        elif is_open and _goes_on(line, found[-1].first, after_gap=lines[index - 1].is_blank):
            last = found[-1]
            found[-1] = last._replace(parts=(*last.parts, line.text), last=line)
        else:
            topic = names[index]
            tagged = _TAGGED.match(line.text)
            if tagged:
                tag = (topic, tagged.group("name"))
                line = line._replace(text=line.text[tagged.end() :], start=line.start + tagged.end())
            numbered = _NUMBERED_LABEL.match(line.text) if line.mark.startswith("chinese") else None
            if numbered:
                tag = (topic, numbered.group("name"))
            found.append(_Open(tag[1] if tag else topic, (line.text,), line, line))
            is_open = True
    return found


def _goes_on(line: Line, first: Line, *, after_gap: bool) -> bool:
    """Tell whether `line` continues the entry that `first` began: indented and without a mark of its own."""
    if line.mark or line.indent <= first.indent or line.text.startswith("|"):
        return False
    if first.mark:
        return not after_gap or line.indent >= first.indent + 2
    return not after_gap and not first.text.endswith(("。", "；", "！", "？"))


def _entry(opened: _Open, file: str, *, markdown: bool) -> Entry:
    text = opened.parts[0]
    for part in opened.parts[1:]:
        spaced = re.search(r"[A-Za-z0-9]$", text) and re.match(r"[A-Za-z0-9]", part)
        if spaced:
            text += " "
        elif _JOINED.match(part) and not re.search(r"[，。；、：,;:]$", text):
            text += "，"
        text += part
    span = Span(opened.first.start, opened.last.end)
    return Entry(
        opened.topic, plain_inline(text) if markdown else text, Where(file, opened.first.number, span=span)
    )


def _line_at(text: str, at: int) -> int:
    return len(re.findall(r"\r\n|\r|\n", text[:at])) + 1


def _aside(line: Line, file: str) -> Entry:
    return Entry("", line.text, Where(file, line.number, span=Span(line.start, line.end)))


def _empty_topics(
    lines: Sequence[Line], topics: Mapping[int, Topic], starts: Sequence[int], file: str
) -> Iterator[Finding]:
    """Report the topics under which nothing stands, neither a fact nor a topic."""
    marks = sorted(topics)
    for place, index in enumerate(marks):
        following = marks[place + 1] if place + 1 < len(marks) else None
        end = lines[following].number if following is not None else len(lines) + 1
        below = following is not None and topics[following].rank > topics[index].rank
        if not below and not any(lines[index].number < start < end for start in starts):
            where = _aside(lines[index], file).where
            message = f"「{topics[index].name}」下面没有内容（第 {lines[index].number} 行）。"
            yield Finding(
                "empty-topic", "warning", message, hint="没有这项工作就删去标题，有就补上。", where=(where,)
            )


def _broken_numbers(opened: Sequence[_Open], file: str) -> Iterator[Finding]:
    """Report a number that a line end cuts in two: it is not glued together in silence."""
    for entry in opened:
        for first, second in zip(entry.parts, entry.parts[1:], strict=False):
            if re.search(r"[\d０-９]$", first) and re.match(r"[\d０-９.．]", second):
                where = Where(file, entry.first.number, span=Span(entry.first.start, entry.last.end))
                message = f"第 {entry.first.number} 行的数字被换行断开：「{first[-8:]}」与「{second[:8]}」。"
                yield Finding(
                    "broken-number", "warning", message, hint="请把这个数字写在同一行里。", where=(where,)
                )
