"""Past sections with their numbers, dates and names taken out, so that none can reach a draft.

A blank keeps the measure word, `〔起〕`: what kind of number stood there is the
manner of the unit, the number itself is last year's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.numbers import read_numerals
from drafter.writing.borrowing import Surroundings, names_in, stale_words

if TYPE_CHECKING:
    from drafter.model import Numeral

NAME_BLANK = "〔名称〕"


def blank_of(numeral: Numeral) -> str:
    """Return the typed blank of one numeral."""
    if numeral.kind == "percent":
        return "〔%〕"
    if numeral.kind == "date":
        return "〔日期〕"
    if numeral.kind == "ordinal":
        return "〔序数〕"
    return f"〔{numeral.unit or '数'}〕"


def blank_numbers(text: str, around: Surroundings | None = None) -> str:
    """Return `text` with a typed blank for every number, date, mask and hole.

    With `around`, names and words of their time that this year's notes do not
    use become `〔名称〕` as well. Numerals of names that stay (三个代表) go
    unless the notes use them.
    """
    parts: list[str] = []
    end = 0
    for numeral in read_numerals(text):
        keeps = numeral.kind == "structural" or (
            numeral.kind == "name" and (around is None or around.knows(numeral.surface))
        )
        if keeps:
            continue
        is_name = numeral.kind == "name"
        parts += [text[end : numeral.start], NAME_BLANK if is_name else blank_of(numeral)]
        end = numeral.end
        if numeral.kind == "hole" and numeral.unit and text.startswith(numeral.unit, end):
            end += len(numeral.unit)
    parts.append(text[end:])
    blanked = "".join(parts)
    if around is None:
        return blanked
    for name in sorted(
        {*names_in(_without_blanks(blanked), around), *stale_words(blanked, around)}, key=len, reverse=True
    ):
        if len(name) > 1:
            blanked = blanked.replace(name, NAME_BLANK)
    return blanked


def _without_blanks(text: str) -> str:
    return "，".join(part.partition("〕")[2] if "〕" in part else part for part in text.split("〔"))
