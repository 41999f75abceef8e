"""What a draft leaves open: stripped numbers, placeholders, 【待补】 and 【待核】."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drafter.model import Numeral

_SCALES = "十百千万亿余多几"
_MEASURE = r"(?:万?亿?(?:元|人次|人|名|位|户|家|个|起|件|次|场|期|份|册|本|处|条|座|项|吨|亩|台|辆|篇|批|届|支|块|天|岁|班|栋|幢|%|％|[一-龥]))"
_PLACEHOLDER = re.compile(
    rf"(?:[×✕╳Xx＊*○〇□■▲△_＿]{{2,}}|[×＊□■▲_＿]+|若干|〔[^〔〕\d]{{0,4}}〕|〖[^〖〗]*〗)(?:余|多)?{_MEASURE}?"
)
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
    """Yield the masks and empty frames that stand where a number belongs: ××人, ___万元, 若干, 〔起〕, 20xx年."""
    last = 0
    for match in sorted(
        (*_PLACEHOLDER.finditer(text), *_MASKED_YEAR.finditer(text)), key=lambda m: m.start()
    ):
        if match.start() >= last and not _is_word(text, match):
            last = match.end()
            yield Span(*match.span())


def hole_span(text: str, hole: Numeral) -> Span:
    """Return the measure word left behind, with what was left of the number before it."""
    start = end = hole.start
    while start > 0 and text[start - 1] in _SCALES and text[start - 1 : start] not in {""}:
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


def _is_word(text: str, match: re.Match[str]) -> bool:
    """Tell whether the match is ordinary writing: 若干问题, a document number without its number aside."""
    found = match.group()
    if found.startswith("若干"):
        return found == "若干"
    return False
