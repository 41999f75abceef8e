"""How much of a section is carried over from the past, and keeping that little."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.model import Borrowed, Doubt, Number, ToFill, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Paragraph, Piece

LENT_SHARE = 1 / 3
"""At most this share of a section's characters is carried over from the past."""


def lent_share(paragraphs: Sequence[Sequence[Piece]]) -> float:
    """Return what share of the characters of `paragraphs` is carried over from the past."""
    pieces = [piece for paragraph in paragraphs for piece in paragraph]
    lent = sum(len(piece.text) for piece in pieces if isinstance(piece, Borrowed))
    total = sum(len(_printed(piece)) for piece in pieces)
    return lent / total if total else 0.0


def trim_lent(paragraphs: Sequence[Paragraph], share: float = LENT_SHARE) -> tuple[Paragraph, ...]:
    """Return `paragraphs` with borrowed words taken out, longest first, until they keep within `share`."""
    trimmed = [list(paragraph) for paragraph in paragraphs]
    while lent_share(trimmed) > share:
        length, at, place = max(
            (len(piece.text), -at, -place)
            for at, paragraph in enumerate(trimmed)
            for place, piece in enumerate(paragraph)
            if isinstance(piece, Borrowed)
        )
        taken = trimmed[-at].pop(-place)
        if length and isinstance(taken, Borrowed):
            _mend_stop(trimmed[-at], -place, taken.text[-1])
    return tuple(tuple(paragraph) for paragraph in trimmed if paragraph)


def _mend_stop(paragraph: list[Piece], index: int, stop: str) -> None:
    """Give the words before a place where a borrowed clause ended a sentence that clause's stop."""
    if stop != "。" or index == 0:
        return
    before = paragraph[index - 1]
    if isinstance(before, Words | Borrowed) and before.text.endswith(("，", "；")):
        paragraph[index - 1] = before._replace(text=before.text[:-1] + stop)


def _printed(piece: Piece) -> str:
    match piece:
        case Number():
            return piece.surface
        case Words() | Borrowed():
            return piece.text
        case ToFill() | Doubt():
            return f"【待补：{piece.what}】"
