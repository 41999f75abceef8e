"""Everyday words of bullets in the form that official texts give them (`data/formal.txt`)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from drafter.writing.words import cut, lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPARED = re.compile(r"\{[^{}]*\}|“[^“”]*”|「[^「」]*」|《[^《》]*》|（[^（）]*）|\([^()]*\)|【[^【】]*】")
"""References, quotations, titles, remarks and marks: what stands there stays as it was written."""
_NOUN = "nj"
_JOINED = "njabl"


def formal(text: str) -> str:
    """Return `text` with each everyday word that stands alone in its official form."""
    for said, official in _pairs():
        text = _replace(text, said, official)
    return text


def formal_outside(text: str) -> str:
    """Return `text` put formally, but for references, quotations, titles and what stands in brackets.

    A noun that is part of a longer expression (空巢老人) stays as it is.
    """
    pairs = [pair for pair in _pairs() if pair[0] in text and not _is_part_of_a_name(text, pair[0])]
    parts, end = [], 0
    for found in _SPARED.finditer(text):
        parts += [_outside(text[end : found.start()], pairs), found[0]]
        end = found.end()
    return "".join((*parts, _outside(text[end:], pairs)))


def _outside(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    for said, official in pairs:
        text = _replace(text, said, official)
    return text


def _is_part_of_a_name(text: str, noun: str) -> bool:
    """Return whether a noun stands somewhere right beside another word that it belongs to."""
    tokens = cut(text)
    for at, token in enumerate(tokens):
        if token.text != noun or len(noun) == 1 or token.tag[0] not in _NOUN:
            continue
        before = at and tokens[at - 1].tag[0] in f"{_JOINED}v"
        if before or any(after.tag[0] in _JOINED for after in tokens[at + 1 : at + 2]):
            return True
    return False


def _replace(text: str, said: str, official: str) -> str:
    start = 0
    while (at := text.find(said, start)) >= 0:
        start = at + 1
        edges = _edges(text)
        if at in edges and at + len(said) in edges:
            text = text[:at] + official + text[at + len(said) :]
            start = at + len(official)
    return text


def _edges(text: str) -> frozenset[int]:
    """Return where words begin and end."""
    ends = [0]
    for token in cut(text):
        ends.append(ends[-1] + len(token.text))
    return frozenset(ends)


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    pairs = (line.split() for line in lines_of("formal"))
    return tuple(sorted(((said, official) for said, official in pairs), key=lambda pair: -len(pair[0])))
