"""The words of a paragraph cut where their look or their source changes, and their punctuation put right."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from drafter.model import Check, Finding, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from drafter.draftfile import DraftText

_OPEN = re.compile(r"【(?:待补|待核)[^】\r\n]*】")
_WIDE = str.maketrans(",:;!?()", "，：；！？（）")
_STOPS = re.compile(r"[,:;!?]")
_QUOTED = re.compile(r'(?<![0-9A-Za-z])"([^"\r\n]*)"')
_FULL_STOP = re.compile(r"\.(?=[ \t]*(?:[\r\n]|\Z))")
_BRACKETS = re.compile(r"\(([^()\r\n]{1,60})\)")
_CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…]")
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Piece(NamedTuple):
    """Words of one look: `opening` of a paragraph, `doubt` (`error`, `open` or empty), mark, comments."""

    span: Span
    opening: bool
    doubt: str


def cut(span: Span, opening: int, doubts: Iterable[tuple[Span, str]], edges: Sequence[int]) -> list[Piece]:
    """Return the pieces of `span`: cut at `opening`, round doubtful words and at the sorted `edges`."""
    within = [(place, kind) for place, kind in doubts if place.start < span.end and span.start < place.end]
    cuts = {span.start, span.end, *edges[bisect_left(edges, span.start) : bisect_left(edges, span.end)]}
    cuts.update(end for place, _ in within for end in place if span.start < end < span.end)
    if span.start < opening < span.end:
        cuts.add(opening)
    ends = sorted(cuts)
    return [
        Piece(
            Span(start, end),
            end <= opening,
            next((kind for place, kind in within if place.start <= start and end <= place.end), ""),
        )
        for start, end in pairwise(ends)
    ]


def doubts_of(draft: DraftText, check: Check) -> list[tuple[Span, str]]:
    """Return the words that a person must look at: failing numbers and findings first, then what is open."""
    found = [(draft.to_plain(finding.span), "error") for finding in _errors(check) if finding.span]
    found += [(Span(*match.span()), "open") for match in _OPEN.finditer(draft.plain)]
    return [(span, kind) for span, kind in found if span.end > span.start]


def _errors(check: Check) -> list[Finding]:
    return [
        finding
        for finding in check.findings
        if finding.severity == "error" and finding.code not in ("todo", "doubt")
    ]


def put_right(words: str) -> str:
    """Return `words` with half-width , : ; ! ? ( ) " beside Chinese characters as full-width ones, as many.

    So does a full stop that ends a line. Numbers such as 1,234 and 8:30, and
    anything between Latin letters or digits, stay as they are.

    >>> put_right("(一)受理38起,成功38起,发放1,234份(册);见http://a.cn:80")
    '（一）受理38起，成功38起，发放1,234份（册）；见http://a.cn:80'
    """
    chars = list(words)
    for found in _STOPS.finditer(words):
        before, after = words[: found.start()][-1:], words[found.end() :][:1]
        leads = found.group() not in "!?" and before and not before.isspace()
        if _CHINESE.match(before) or (leads and _CHINESE.match(after)):
            chars[found.start()] = found.group().translate(_WIDE)
    for found in _FULL_STOP.finditer(words):
        if _CHINESE.match(words[: found.start()][-1:]):
            chars[found.start()] = "。"
    for found in _BRACKETS.finditer(words):
        around = words[: found.start()][-1:] + words[found.end() :][:1]
        if _CHINESE.search(found[1]) or _CHINESE.search(around):
            chars[found.start()], chars[found.end() - 1] = "（", "）"
    for found in _QUOTED.finditer(words):
        around = words[: found.start()][-1:] + words[found.end() :][:1]
        if _CHINESE.search(found[1]) or _CHINESE.search(around):
            chars[found.start()], chars[found.end() - 1] = "“", "”"
    return "".join(chars)


def as_xml(words: str) -> str:
    """Return `words` with characters that XML cannot hold shown as their codes."""
    return _NOT_XML.sub(lambda found: found.group().encode("unicode_escape", "surrogatepass").decode(), words)
