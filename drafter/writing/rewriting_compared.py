"""Comparisons with last year: taken out before a section is written anew, put back behind their numbers.

比上年减少4起 rests on a number of a past report, which no writer of sentences
is shown. It goes wherever the number of this year goes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.model import Number, Words
from drafter.numbers.expressions import operands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Paragraph, Piece

_PAST = re.compile(r"P\d+\.\d+")
_STOP = re.compile(r"[，；。！？]")
_LEADS = re.compile(r"[，（(]?[^，；。！？（(]*\Z")
_FOLLOWS = re.compile(r"[^，；。！？]*")


class Compared(NamedTuple):
    """A comparison: its clause, and the label of the number that it stands behind."""

    label: str
    clause: Paragraph


def without_comparisons(pieces: Sequence[Piece]) -> tuple[Paragraph, tuple[Compared, ...]]:
    """Return pieces without the clauses that compare with a number of a past report, and those clauses."""
    kept: list[Piece] = []
    found: list[Compared] = []
    rest = ""
    for at, whole in enumerate(pieces):
        piece = Words(whole.text.removeprefix(rest)) if isinstance(whole, Words) else whole
        rest = ""
        before = kept[-1] if kept else None
        label = _own_label(piece)
        if not isinstance(piece, Number) or not label or not isinstance(before, Words):
            kept.append(piece)
            continue
        lead = _LEADS.search(before.text)
        words = lead[0] if lead else ""
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        follows = _FOLLOWS.match(following.text) if isinstance(following, Words) else None
        rest = follows[0] if follows else ""
        kept[-1] = Words(before.text[: len(before.text) - len(words)])
        found.append(Compared(label, (Words(words), piece, *([Words(rest)] if rest else []))))
    return tuple(one for one in kept if not isinstance(one, Words) or one.text), tuple(found)


def with_comparisons(pieces: Sequence[Piece], compared: Sequence[Compared]) -> Paragraph:
    """Return pieces with each clause behind the clause of the number that it compares."""
    written: list[Piece] = []
    waiting: list[Compared] = []
    left = list(compared)
    for piece in pieces:
        stop = _STOP.search(piece.text) if isinstance(piece, Words) and waiting else None
        if isinstance(piece, Words) and stop is not None:
            written += [Words(piece.text[: stop.start()])] if stop.start() else []
            written += [part for one in waiting for part in one.clause]
            written.append(Words(piece.text[stop.start() :]))
            waiting = []
            continue
        written.append(piece)
        if isinstance(piece, Number):
            here = [one for one in left if one.label == piece.label]
            waiting += here
            left = [one for one in left if one not in here]
    return (*written, *(part for one in waiting for part in one.clause))


def with_all_comparisons(paragraphs: Sequence[Paragraph], compared: Sequence[Compared]) -> list[Paragraph]:
    """Return paragraphs with each clause behind its number, in whichever of them that stands."""
    return [
        with_comparisons(
            paragraph,
            [
                one
                for one in compared
                if any(isinstance(p, Number) and p.label == one.label for p in paragraph)
            ],
        )
        for paragraph in paragraphs
    ]


def _own_label(piece: Piece) -> str:
    """Return the number of this year that a comparison is about, empty for a piece that is none."""
    if not isinstance(piece, Number) or not _PAST.search(piece.label):
        return ""
    return next((name for name in operands(piece.label) if name.startswith("F")), "")
