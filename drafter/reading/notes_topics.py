"""Which lines of notes are topics, and the topic that each other line stands under."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.reading.notes_header import read_period
from drafter.reading.notes_lines import take_mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.reading.notes_lines import Line

_RANKS = {"chinese": 0, "chinese-paren": 1, "": 1.5, "arabic": 2, "paren": 3, "circled": 4, "bullet": 5}
_LABEL_RANK = 1.5
_DECIMAL_RANK = 1.2
_ITEM_RANK = 2
_LONGEST = 30
_LONGEST_LONE = 12
_BOXED = re.compile(
    r"[【\[［〔](?P<name>[^【】\[\]［］〔〕]{1,20})[】\]］〕]$|\*\*(?P<bold>[^*]{1,20}?)[:：]?\*\*[:：]?$"
)
_LABEL = re.compile(r"(?P<name>[^，。；,;!?！？:：]{1,20})[:：]$")
_DECIMAL = re.compile(r"\d{1,2}(?:[.．]\d{1,2}){1,3}[.．、]?\s*(?P<name>[^\W\d].*)$")
_DATE = re.compile(r"\d{2,4}\s*年|(?:\d{1,2}\s*[-—~至]\s*)?\d{1,2}\s*月(?:份)?|\d{1,2}\s*[日号]")
_COUNTS = re.compile(r"[0-9０-９%％]")
_STOPS = re.compile(r"[，。；！？,;!?]")
_DRESS = re.compile(r"[*_`《》]+|[:：]$")


class Topic(NamedTuple):
    """A line that names what follows: its rank (lower is higher up), indent and name."""

    rank: float
    indent: int
    name: str
    mark: str


def find_topics(lines: Sequence[Line]) -> dict[int, Topic]:
    """Return the topics of `lines` by index.

    Lines with `#`, `【综治】` or `综治：` alone are topics. A numbered or bulleted
    line is one if it counts nothing and lower items follow it; a short bare line
    if bullets follow it.
    """
    following = _following(lines)
    found = {}
    for index, line in enumerate(lines):
        if line.is_blank or _counts_alone(line, following[index]):
            continue
        topic = _marked_topic(line) or _decimal_topic(line, following[index])
        topic = topic or _numbered_topic(line, following[index]) or _lone_topic(lines, index)
        if topic:
            found[index] = topic
    return _with_empty_siblings(lines, found)


def topic_names(lines: Sequence[Line], topics: Mapping[int, Topic]) -> list[str]:
    """Return, line by line, the name of the topic that it stands under ("" for none)."""
    stack: list[Topic] = []
    names = []
    for index, line in enumerate(lines):
        if index in topics:
            topic = topics[index]
            while stack and not _is_below(topic, stack[-1]):
                stack.pop()
            stack.append(topic)
        elif not line.is_blank:
            while stack and _is_closed_by(line, stack[-1]):
                stack.pop()
        names.append(_name(stack))
    return names


def clean_topic(text: str) -> str:
    """Return the bare name of a topic: without number, emphasis, brackets and colon."""
    bare = _DRESS.sub("", text.strip()).strip()
    boxed = _BOXED.match(bare)
    if boxed:
        bare = boxed.group("name") or boxed.group("bold")
    bare = bare[take_mark(bare)[1] :].strip() or bare
    return re.sub(r"[:：]$", "", bare).strip()


def _marked_topic(line: Line) -> Topic | None:
    if line.mark == "heading":
        return Topic(line.level - 10, line.indent, clean_topic(line.text), "heading")
    if line.mark in {"", "chinese", "chinese-paren"}:
        boxed = _BOXED.match(line.text) or _LABEL.match(line.text)
        if boxed and not counts_something(line.text):
            rank = _RANKS[line.mark] if line.mark else _LABEL_RANK
            return Topic(rank, line.indent, clean_topic(line.text), line.mark)
    return None


def _decimal_topic(line: Line, following: Line | None) -> Topic | None:
    """Return the topic of a line such as `1.1 组织建设` with marked lines under it."""
    numbered = _DECIMAL.match(line.text) if not line.mark else None
    if numbered is None or following is None or not following.mark:
        return None
    if not _names_something(numbered.group("name"), _LONGEST):
        return None
    return Topic(_DECIMAL_RANK, line.indent, clean_topic(numbered.group("name")), "decimal")


def _numbered_topic(line: Line, following: Line | None) -> Topic | None:
    if not line.mark or following is None or not _names_something(line.text, _LONGEST):
        return None
    if line.text.endswith(("：", ":")) and following.mark not in {line.mark, "heading"}:
        return Topic(_RANKS[line.mark], line.indent, clean_topic(line.text), line.mark)
    rank, next_rank = _RANKS[line.mark], _RANKS.get(following.mark, -1)
    deeper = bool(following.mark) and following.indent > line.indent
    lower = next_rank > rank and (bool(following.mark) or rank < _ITEM_RANK)
    if not (deeper or lower):
        return None
    return Topic(rank, line.indent, clean_topic(line.text), line.mark)


def _lone_topic(lines: Sequence[Line], index: int) -> Topic | None:
    line = lines[index]
    if line.mark or index + 1 >= len(lines) or lines[index + 1].is_blank:
        return None
    if not _names_something(line.text, _LONGEST_LONE) or _STOPS.search(line.text) or "|" in line.text:
        return None
    following = lines[index + 1]
    after_gap = index == 0 or lines[index - 1].is_blank
    if following.mark in _RANKS and following.mark and following.indent >= line.indent:
        return Topic(_LABEL_RANK, line.indent, clean_topic(line.text), "")
    if after_gap and len(line.text) <= 8 and not following.mark and not _names_something(following.text, 12):
        return Topic(_LABEL_RANK, line.indent, clean_topic(line.text), "")
    return None


def _counts_alone(line: Line, following: Line | None) -> bool:
    """Tell whether a `#` line counts something and nothing follows it: a fact marked as a heading."""
    if line.mark != "heading" or not counts_something(line.text):
        return False
    return following is None or (following.mark == "heading" and following.level <= line.level)


def _with_empty_siblings(lines: Sequence[Line], found: dict[int, Topic]) -> dict[int, Topic]:
    """Add the numbered lines with nothing under them whose like are topics elsewhere in the file."""
    styles = {topic.mark for topic in found.values()} & {"chinese", "chinese-paren"}
    for index, line in enumerate(lines):
        if index not in found and line.mark in styles and _names_something(line.text, _LONGEST_LONE):
            found[index] = Topic(_RANKS[line.mark], line.indent, clean_topic(line.text), line.mark)
    return dict(sorted(found.items()))


def _following(lines: Sequence[Line]) -> list[Line | None]:
    after: list[Line | None] = []
    current: Line | None = None
    for line in reversed(lines):
        after.append(current)
        current = current if line.is_blank else line
    return after[::-1]


def _is_below(topic: Topic, other: Topic) -> bool:
    return topic.rank > other.rank or (topic.rank == other.rank and topic.indent > other.indent)


def _is_closed_by(line: Line, topic: Topic) -> bool:
    """Tell whether an ordinary line ends the reach of `topic`: a sibling of the item that named it."""
    if line.mark and line.mark == topic.mark and line.indent <= topic.indent:
        return True
    if topic.rank < _ITEM_RANK or line.indent > topic.indent:
        return False
    return bool(line.mark) and _RANKS.get(line.mark, -1) <= topic.rank


def _name(stack: Sequence[Topic]) -> str:
    if not stack:
        return ""
    name = stack[-1].name
    is_period = read_period(name)[1] is not None and len(name) <= 8
    return f"{stack[-2].name}（{name}）" if is_period and len(stack) > 1 else name


def _names_something(text: str, longest: int) -> bool:
    return (
        0 < len(text) <= longest
        and not counts_something(text)
        and not text.endswith(("。", "；", ";", "！", "，"))
    )


def counts_something(text: str) -> bool:
    """Tell whether a number stands in `text` that is no year, month or day."""
    return bool(_COUNTS.search(_DATE.sub("", text)))
