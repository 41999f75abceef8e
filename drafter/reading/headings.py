"""Headings: which words open one, its level, and where its sentence ends.

The level follows the numbering: 一、 1 · （一） 2 · 1. or 1、 3 · （1） 4.
一是, 首先 and 第三, enumerate inside a text and open nothing.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from drafter.numbers.later import Later

_HAN = "一二三四五六七八九十"
_DIGITS = {mark: value for value, mark in enumerate("〇一二三四五六七八九")}
_MARKERS = (
    (1, re.compile(rf"(?P<n>[{_HAN}]{{1,3}})\s*[、．.]\s*(?![{_HAN}]+[、个月季组年号村区期类级次届中])")),
    (1, re.compile(rf"第(?P<n>[{_HAN}]{{1,3}})(?:部分|章)(?:[\s、:：.．]+|(?=[^\s，,。的内里中]))")),
    (2, re.compile(rf"第(?P<n>[{_HAN}]{{1,3}})节[\s、:：.．]+")),
    (2, re.compile(rf"[（(〔【\[]\s*(?P<n>[{_HAN}]{{1,3}})\s*[)）〕】\]]\s*[、．.]?\s*")),
    (2, re.compile(rf"(?P<n>[{_HAN}]{{1,3}})\s*[)）]\s*")),
    (2, re.compile(r"(?P<sign>[㈠-㈩])\s*[、．.]?\s*")),
    (3, re.compile(r"(?P<n>\d{1,2})\s*(?:[、．]|\.(?!\d))(?!\s*\d{1,3}[、./\-~—%％号])\s*")),
    (3, re.compile(r"(?P<sign>[⒈-⒛])\s*")),
    (4, re.compile(r"[（(]\s*(?P<n>\d{1,2})\s*[)）]\s*[、．.]?\s*")),
    (4, re.compile(r"(?P<n>\d{1,2})\s*[)）]\s*")),
    (4, re.compile(r"(?P<sign>[①-⑳⑴-⒇])\s*[、．.]?\s*")),
)
_OPEN = "“‘《（(「『〔【[<"
_SHUT = "”’》）)」』〕】]>"
_STOPS = "。！？!?"
_STOP = Later(r"[\u3400-\u9fff]\.[\u3400-\u9fff]")
_SIGNS = "★☆◆◇■□▲△▼※➤►▶ "
_LONG = 400
_COLON = re.compile(r"[：:]")
_LEAD = re.compile(r"([^，,。；;：:！？!?\d\s（(]{3,14})。(?=\S)")
_NO_LEAD = re.compile(
    r"[我了是共已其该此将均]|^(?:今年|目前|同时|此外|去年|全年|一|首先|通过|为|下|上|以上|以下|现|另)"
    r"|(?:如下|显著|明显|良好|提高|提升|进展|完成)$",
)


class Marker(NamedTuple):
    """The number that opens a heading: its level, its place in the order, and where its words begin."""

    level: int
    number: int
    end: int


class Heading(NamedTuple):
    """What a line opens: its level and number (0 for none), its sentence, and the body on the same line."""

    level: int
    number: int
    sentence: str
    rest: str = ""


def read_heading(words: str) -> Heading | None:
    """Return the numbered heading that `words` open with, or None.

    A list inside one sentence (（1）…；（2）…。) is no heading but text.
    """
    marker = read_marker(words)
    if marker is None:
        return None
    sentence, rest = split_heading(words, marker.end)
    inside = sentence[marker.end :]
    if any(
        _goes_on(inside[place + 1 :], marker) for place, mark in enumerate(inside) if mark in "；;，,。："
    ):
        return None
    return Heading(marker.level, marker.number, sentence, rest)


def _goes_on(words: str, before: Marker) -> bool:
    """Whether `words` open with the number that follows `before` in the same list."""
    following = read_marker(words.lstrip())
    return following is not None and following[:2] == (before.level, before.number + 1)


def read_marker(words: str) -> Marker | None:
    """Return the heading number that `words` open with, or None."""
    begin = len(words) - len(words.lstrip(_SIGNS)) if words[:1] in _SIGNS else 0
    head = words[begin : begin + 12]
    for level, pattern in _MARKERS:
        if found := pattern.match(head):
            parts = found.groupdict()
            return Marker(level, count_of(parts.get("n") or parts["sign"]), begin + found.end())
    return None


def count_of(sign: str) -> int:
    """Return the value of 一…九十九, of digits of any width, or of a sign such as ㈠ or ⑵."""
    if sign.isdecimal():
        return int(sign)
    if len(sign) == 1 and sign not in _HAN:
        return int(unicodedata.numeric(sign))
    tens, _, ones = sign.rpartition("十")
    if "十" not in sign:
        return _DIGITS[sign[-1]]
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def split_heading(words: str, begin: int) -> tuple[str, str]:
    """Return the heading sentence of `words`, whose text begins at `begin`, and what goes on behind it."""
    for cut in (_colon(words, begin), _space(words, begin)):
        if cut:
            return words[:cut].strip(), words[cut:].strip()
    cut = sentence_end(words, begin)
    return words[:cut].strip(), words[cut:].strip()


def sentence_end(words: str, begin: int = 0) -> int:
    """Return where the sentence that runs at `begin` ends, closing quotation marks included."""
    depth, first = 0, 0
    for place in range(begin, min(len(words), begin + _LONG)):
        mark = words[place]
        if mark in _OPEN:
            depth += 1
        elif mark in _SHUT:
            depth = max(0, depth - 1)
        elif mark in _STOPS or (mark == "." and _STOP.match(words, place - 1)):
            first = first or place + 1
            if not depth:
                return _behind_quotes(words, place + 1)
    return first or len(words)


def _behind_quotes(words: str, place: int) -> int:
    while place < len(words) and words[place] in "”’」』":
        place += 1
    return place


def _colon(words: str, begin: int) -> int:
    """Return the end of a short heading before a colon, when sentences follow it; else 0."""
    found = _COLON.search(words, begin, begin + 20)
    if not found or any(mark in words[begin : found.start()] for mark in "，,。；;《“"):
        return 0
    rest = words[found.end() :].strip()
    return found.end() if "。" in rest and len(rest) > 20 and not read_marker(rest) else 0


def _space(words: str, begin: int) -> int:
    """Return the end of a short heading before a space, when a long sentence follows it; else 0."""
    place = words.find(" ", begin + 4, begin + 32)
    if place < 0 or any(mark in words[begin:place] for mark in "。！？；;，,"):
        return 0
    rest = words[place + 1 :]
    first = rest[: sentence_end(rest)]
    long = len(first) > 20 and any(mark in first for mark in "，,") and first.endswith("。")
    return place if long else 0


def lead_in(words: str) -> str | None:
    """Return the short sentence that may head a paragraph (文明进社区。), or None."""
    found = _LEAD.match(words)
    if not found or _NO_LEAD.search(found[1]) or len(words) - found.end() < 10:
        return None
    return found[0]


def is_bare_heading(words: str) -> bool:
    """Whether `words` look like a heading that stands alone without a number."""
    return 2 <= len(words) <= 24 and not re.search(r"[，,。；;！!？?…]|[:：]$|\d{2,}", words)
