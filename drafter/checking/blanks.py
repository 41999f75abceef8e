"""What a draft leaves open: stripped numbers, placeholders, 【待补】 and 【待核】."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drafter.model import Numeral

_SCALES = "十百千万亿余多几"
_MASK = r"[×✕╳Xx＊*○〇□■▲△_＿]{2,}|(?:[＊□■▲_＿]|(?<!\d)×(?!\d))+|〔[^〔〕\d]{0,4}〕"
_PLACEHOLDER = re.compile(rf"(?:{_MASK})(?:余|多)?(?:万|亿)?(?:[%％]|人次|[^\W\d_A-Za-z])?")
_MASKED_YEAR = re.compile(r"(?:20|19)?[xX×＊*○□]{2,4}年")
_OPEN = re.compile(r"【(?P<kind>待补|待核)(?:：|:)?(?P<what>[^】]*)】")


class Open(NamedTuple):
    """A place that only a person can fill; `code` is `todo`, `doubt` or `placeholder`."""

    code: str
    span: Span
    what: str


def open_places(text: str) -> tuple[Open, ...]:
    """Return every 【待补：…】 and 【待核：…】 of `text`."""
    return tuple(
        Open("todo" if m["kind"] == "待补" else "doubt", Span(*m.span()), m["what"])
        for m in _OPEN.finditer(text)
    )


def placeholders(text: str) -> Iterator[Span]:
    """Yield the masks and empty frames where a number belongs: ××人, ___万元, 〔起〕, 20xx年."""
    last = 0
    for match in sorted(
        (*_PLACEHOLDER.finditer(text), *_MASKED_YEAR.finditer(text)), key=lambda m: m.start()
    ):
        if match.start() >= last:
            last = match.end()
            yield Span(*match.span())


def hole_span(text: str, hole: Numeral) -> Span:
    """Return the measure word left behind, with what was left of the number before it."""
    start = end = hole.start
    while start > 0 and text[start - 1] in _SCALES:
        start -= 1
    unit = hole.unit or ""
    while end < len(text) and text[end] in _SCALES and not text.startswith(unit, end):
        end += 1
    if unit and text.startswith(unit, end):
        end += len(unit)
    elif text.startswith(("%", "％"), end):
        end += 1
    if end == hole.start:
        end = min(len(text), hole.start + max(1, len(unit)))
    return Span(min(start, hole.start), end)
