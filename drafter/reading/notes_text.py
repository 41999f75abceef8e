"""Notes in text and Markdown → entries: one bullet, numbered item or line is one entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.model import Finding, Span, Where
from drafter.reading.notes_header import Header, is_unit_name, read_header_line, read_period, read_title
from drafter.reading.notes_lines import comments, read_lines
from drafter.reading.notes_page import Entry, Page
from drafter.reading.notes_topics import find_topics, topic_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from drafter.reading.notes_lines import Line
    from drafter.reading.notes_topics import Topic

_RULE = re.compile(r"(?:[-*_=~—]\s*){3,}$|`{3,}.*$|~{3,}.*$")
_SETEXT = re.compile(r"={3,}$")
_PARTS = re.compile(r"[\s\u3000]{2,}|\t|[；;]")
_PARENTHESISED = re.compile(r"[(（].{1,30}[)）]$")
_DATE_LINE = re.compile(
    r"[(（]?(?:\d{4}|[一二〇○零九\d]{4})年(?:[\d一二三四五六七八九十]{1,3}月)?(?:[\d一二三四五六七八九十]{1,3}日)?[)）]?$"
)
_TAGGED = re.compile(r"[【［](?P<name>[^【】［］]{1,12})[】］][:：]?\s*(?=\S)")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])")
_EMPHASIS = re.compile(r"(\*\*|__|~~|`)(?=\S)(.+?)(?<=\S)\1")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>|~])")
_HEAD_LINES = 8


class _Open(NamedTuple):
    """An entry that may still go on in the next line."""

    topic: str
    parts: tuple[str, ...]
    first: Line
    last: Line


def read_text(text: str, file: str, *, markdown: bool = False) -> Page:
    """Return the entries of `text`, what its head says, and the lines that are no facts."""
    lines, head = _without_front_matter(_without_setext(read_lines(text)))
    topics = find_topics(lines)
    header, skipped = _read_head(lines, topics)
    tail_header, tail = _read_tail(lines, topics)
    skipped |= tail
    topics = {index: topic for index, topic in topics.items() if index not in skipped}
    names = topic_names(lines, topics)
    body = [
        line if index not in skipped and not _RULE.match(line.text) else line._replace(text="", mark="")
        for index, line in enumerate(lines)
    ]
    opened = _open_entries(body, topics, names)
    entries = tuple(_entry(entry, file, markdown=markdown) for entry in opened)
    asides = [_aside(line, file) for line in head]
    asides += [_aside(lines[index], file) for index in sorted(skipped | set(topics))]
    asides += [Entry("", words, Where(file, text.count("\n", 0, at) + 1)) for at, words in comments(text)]
    findings = (*_empty_topics(lines, topics, opened, file), *_broken_numbers(opened, file))
    front = _read_lines_of_head(head)
    return Page(
        tuple(entry for entry in entries if entry.text),
        front.filled_by(header).filled_by(tail_header),
        tuple(asides),
        findings,
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


def _without_front_matter(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the lines, those of a YAML front matter emptied, and the front matter's own lines."""
    if not lines or lines[0].text != "---":
        return lines, ()
    ends = (index for index, line in enumerate(lines[1:], start=1) if line.text in {"---", "..."})
    end = next(ends, None)
    if end is None:
        return lines, ()
    emptied = (line._replace(text="", mark="") for line in lines[: end + 1])
    return (*emptied, *lines[end + 1 :]), tuple(line for line in lines[1:end] if line.text)


def _read_lines_of_head(lines: Sequence[Line]) -> Header:
    header = Header()
    for line in lines:
        header = header.filled_by(read_header_line(re.sub(r"\s+#.*$", "", line.text)) or Header())
    return header


def _read_head(lines: Sequence[Line], topics: Mapping[int, Topic]) -> tuple[Header, set[int]]:
    """Return what the title and the lines under it say, and their indexes; the first other line ends it."""
    header = Header()
    skipped: set[int] = set()
    filled = [index for index, line in enumerate(lines) if not line.is_blank]
    for place, index in enumerate(filled[:_HEAD_LINES]):
        line = lines[index]
        said = _read_head_line(line.text)
        if said is None and not skipped and line.mark in {"", "heading"}:
            said = _read_first_line(line, topics, filled[place + 1 :], lines)
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
        return Header(unit=line.text if is_unit_name(line.text) else None)
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


def _read_tail(lines: Sequence[Line], topics: Mapping[int, Topic]) -> tuple[Header, set[int]]:
    """Return who signed at the end, and the indexes of the signature and its date."""
    filled = [index for index, line in enumerate(lines) if not line.is_blank][-4:]
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


def _open_entries(lines: Sequence[Line], topics: Mapping[int, Topic], names: Sequence[str]) -> list[_Open]:
    found: list[_Open] = []
    is_open = False
    tag: tuple[str, str] | None = None
    for index, line in enumerate(lines):
        if index in topics:
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
        text = f"{text} {part}" if spaced else text + part
    span = Span(opened.first.start, opened.last.end)
    return Entry(
        opened.topic, plain_inline(text) if markdown else text, Where(file, opened.first.number, span=span)
    )


def _aside(line: Line, file: str) -> Entry:
    return Entry("", line.text, Where(file, line.number, span=Span(line.start, line.end)))


def _empty_topics(
    lines: Sequence[Line], topics: Mapping[int, Topic], opened: Sequence[_Open], file: str
) -> Iterator[Finding]:
    """Report the topics under which nothing stands, neither a fact nor a topic."""
    starts = sorted([*(entry.first.number for entry in opened)])
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
