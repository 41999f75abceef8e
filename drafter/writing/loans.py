"""Loans: words of an answer that were carried over from the past sections it was shown.

Found by comparison, since no model can be trusted to say so. A clause with a
number in it is a frame for this year's facts and no loan; any other run of
eight characters or more that stands in a past section, and not in the notes, is
marked as that section's.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from drafter.model import Borrowed, Number, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from drafter.model import Paragraph, Piece

SHORTEST_LOAN = 8
"""Chinese characters; shorter runs are everybody's words."""
LARGEST_SHARE = 2 / 3
"""How much of one item may be carried over; a whole section is trimmed to a third."""
_STOPS = "，。；：！？"
_HAN = re.compile(r"[\u3400-\u9fff]")
_HEADING = re.compile(r"(?:[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.．、])[^。，；：]{2,24}。")
_BLANK = re.compile(r"〔[^〔〕]*〕")


def mark_loans(paragraph: Paragraph, past: Mapping[str, str], own: str) -> Paragraph:
    """Return `paragraph` with the words carried over from `past` (label to text shown) as `Borrowed`.

    What stands in `own`, the words of this year's notes, is no loan, and the
    heading that a paragraph begins with belongs to the section's structure.
    """
    marked: list[Piece] = []
    if paragraph and isinstance(paragraph[0], Words) and (heading := _HEADING.match(paragraph[0].text)):
        marked.append(Words(heading[0]))
        paragraph = (Words(paragraph[0].text[heading.end() :]), *paragraph[1:])
    for index, piece in enumerate(paragraph):
        if not isinstance(piece, Words):
            marked.append(piece)
            continue
        after_number = index > 0 and isinstance(paragraph[index - 1], Number)
        before_number = index + 1 < len(paragraph) and isinstance(paragraph[index + 1], Number)
        head, middle, tail = _frame_parts(piece.text, after_number=after_number, before_number=before_number)
        marked += [Words(head), *_with_loans(middle, past, own), Words(tail)]
    return _joined(marked)


def _frame_parts(text: str, *, after_number: bool, before_number: bool) -> tuple[str, str, str]:
    """Return what belongs to the number before, what stands for itself, what leads to the number after."""
    stops = [index + 1 for index, char in enumerate(text) if char in _STOPS]
    if not stops:
        is_frame = after_number or before_number
        return (text, "", "") if is_frame else ("", text, "")
    start = stops[0] if after_number else 0
    end = stops[-1] if before_number else len(text)
    return text[:start], text[start:end], text[end:]


def _with_loans(text: str, past: Mapping[str, str], own: str) -> Iterator[Piece]:
    while text:
        start, length, label = _longest_loan(text, past, own)
        if length == 0:
            yield Words(text)
            return
        yield from _with_loans(text[:start], past, own)
        yield Borrowed(text[start : start + length], label)
        text = text[start + length :]


def _longest_loan(text: str, past: Mapping[str, str], own: str) -> tuple[int, int, str]:
    best = (0, 0, "")
    for label, shown in past.items():
        for stretch in _BLANK.split(shown):
            match = SequenceMatcher(None, text, stretch, autojunk=False).find_longest_match()
            start, length = _trimmed(text, match.a, match.size)
            run = text[start : start + length]
            if length > best[1] and len(_HAN.findall(run)) >= SHORTEST_LOAN and run.strip(_STOPS) not in own:
                best = (start, length, label)
    return best


def _trimmed(text: str, start: int, length: int) -> tuple[int, int]:
    """Leave out stops at the beginning; a stop at the end goes with the loan."""
    while length and text[start] in _STOPS:
        start, length = start + 1, length - 1
    return start, length


def _joined(pieces: Sequence[Piece]) -> Paragraph:
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if isinstance(piece, Words) and not piece.text:
            continue
        if isinstance(piece, Words) and isinstance(last, Words):
            joined[-1] = Words(last.text + piece.text)
        else:
            joined.append(piece)
    return tuple(joined)
