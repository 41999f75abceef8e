"""What a person's editor does to the lines of a draft: links in other spellings, bold, wrapped lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

LABEL = r"[FPfp(][FPfp0-9.+\-*/()]*"
_TITLE = r'"(?P<title>(?:\\.|[^"\\\r\n])*)"'
_LINK = re.compile(
    r"\[(?P<text>(?:\\.|[^\[\]\\])+)\]"
    rf"(?:\[(?P<label>{LABEL})?\]"
    rf"|\((?:<[^<>\r\n]*>|[^()\s<>]*[.#/][^()\s<>]*)(?:[ \t]+{_TITLE})?\))"
)
_NUMBER_LABEL = re.compile(LABEL)
_COUNTED = "[余多万亿千百元人名户件起次场个%％处家期份册亩公里米吨条台套项支批株届岁天月年日周季度位]"
_BOLD = (
    r"(?<![\\*])\*\*(?:"
    r"(?:\d|\[)[^*\r\n]{0,40}?"
    rf"|[\u4e00-\u9fff“”、]{{2,20}}(?=\*\*(?!{_COUNTED}))"
    r"|(?:(?<=^\*\*)|(?<=[，。；：、（\s]\*\*))[^*\s][^*\r\n]{3,}?(?=\*\*(?:[，。；：、）\s]|$))"
    r")(?<![\\*\s])\*\*(?!\*)"
)
"""Compiled where a draft has any asterisks, which few have."""
_BREAK = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t]*")
_BLOCK = re.compile(
    r"[|>#*+-]|\d{1,3}[.．、)）]|[（(]?[一二三四五六七八九十]{1,3}[、）)．.]|第[一二三四五六七八九十]|【|[一二三四五六七八九十]是"
)
_UNIT = re.compile(
    r"余|多|万|亿|元|人|名|户|件|起|次|场|个|%|％|处|家|期|份|册|亩|公里|米|吨|条|台|套|项|支|批|株"
)
_LONG = 30
_END = "。！？；：!?;:|"


class Link(NamedTuple):
    """A link as it stands in the source: the whole, its words, its label if it has one of ours."""

    span: Span
    words: Span
    label: str


def links(text: str, start: int, end: int) -> Iterator[Link]:
    """Yield the links of a block, inline and collapsed ones too; an escaped bracket opens none."""
    position = start
    while (found := _LINK.search(text, position, end)) is not None:
        backslashes = 0
        while found.start() - backslashes > start and text[found.start() - backslashes - 1] == "\\":
            backslashes += 1
        if backslashes % 2:
            position = found.start() + 1
            continue
        label = found["label"] or found["title"] or ""
        label = label.upper() if _NUMBER_LABEL.fullmatch(label) else ""
        yield Link(Span(*found.span()), _without_bold(text, Span(*found.span("text"))), label)
        position = found.end()


def _without_bold(text: str, span: Span) -> Span:
    """Return the words of a link without the asterisks round all of them."""
    for sign in ("**", "*"):
        words = text[span.start : span.end]
        if len(words) > 2 * len(sign) and words.startswith(sign) and words.endswith(sign):
            return Span(span.start + len(sign), span.end - len(sign))
    return span


def emphasis(text: str, start: int, end: int) -> frozenset[int]:
    """Return the offsets of asterisks that make a link, a number or a whole phrase bold.

    Two asterisks in place of a number (**人) are none.
    """
    if text.find("**", start, end) < 0:
        return frozenset()
    found: set[int] = set()
    for match in re.compile(_BOLD, re.MULTILINE).finditer(text, start, end):
        found.update((match.start(), match.start() + 1, match.end() - 1, match.end() - 2))
    return frozenset(found)


def line_ends(text: str, start: int, end: int) -> frozenset[int]:
    """Return the offsets of line ends, with the spaces round them."""
    return frozenset(at for match in _BREAK.finditer(text, start, end) for at in range(*match.span()))


def soft_breaks(text: str, start: int, end: int) -> frozenset[int]:
    """Return the offsets of line ends at which an editor wrapped a sentence, not its author."""
    found: set[int] = set()
    last = start
    for match in _BREAK.finditer(text, start, end):
        before, after = text[last : match.start()], text[match.end() : match.end() + 8]
        if before and after and _goes_on(before, after):
            found.update(range(*match.span()))
        last = match.end()
    return frozenset(found)


def _goes_on(before: str, after: str) -> bool:
    if _BLOCK.match(after) or before.startswith("|") or before[-1] in _END:
        return False
    if before[-1] in "，、," or after[0] in "，。、；）,;)%％":
        return True
    if before[-1].isdigit():
        return _UNIT.match(after) is not None
    return len(before) >= _LONG and not before[-1].isspace()
