"""Places of notes where a number is to be filled in: `走访__户`, `参加 人次`, `（待定）名`, `待核实`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from drafter.model import Finding, Span
from drafter.numbers.reader import read_numerals
from drafter.numbers.units import load_units
from drafter.reading.notes_page import spoken_place
from drafter.reading.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.model import Fact, Numeral, Quantity

_SIGNS = "×✕╳xX＊*○〇●□■▲△_＿?？…〔"
_MASKED = re.compile(rf"第?[{re.escape(_SIGNS)}]|若干|[nN](?=[^\x00-\x7f])|(?:19|20)[xX×＊*○□]")
_LIKELY = re.compile(rf"[{re.escape(_SIGNS)}（(\s待未尚暂nN%％]|若干|数据|[^\W\d](?:人次|万元|[户家场]次)")
_EMPTY = r"[（(【\[]\s*[)）\]】]|[□■▢_＿]+"
_LOOSE = r"(?<![?？])[?？](?![?？])|(?<=[^\W\d_])[：:]?[ \u3000]{2,}"
_CLAUSE_ENDS = "，。；;！!\n"
_LONGEST = 40


def find_gaps(facts: Sequence[Fact]) -> Iterator[Finding]:
    """Yield a warning for each place of `facts` where a number is missing, with the words around it."""
    for fact in facts:
        clauses = dict.fromkeys(_clause(fact.text, span) for span in gaps(fact.text))
        for clause in clauses:
            message = f"{spoken_place(fact.where)}「{clause}」缺数。"
            hint = "有数就填上，没有就删去这半句。"
            yield Finding("gap", "warning", message, hint=hint, where=(fact.where,))


def gaps(text: str) -> tuple[Span, ...]:
    """Return the places of `text` where a number is missing: blanks, masks, and words such as 待核实."""
    if not _LIKELY.search(text):
        return ()
    numerals = read_numerals(text)
    found = {
        Span(numeral.start, numeral.end)
        for numeral in numerals
        if _is_hole(text, numeral) or _is_mask(numeral.kind, numeral.surface, read=numeral.value is not None)
    }
    found |= {Span(*match.span()) for match in _frames().finditer(text)}
    counted = [numeral.start for numeral in numerals if numeral.value is not None]
    found |= {Span(*match.span()) for match in _words().finditer(text) if _stands_alone(text, match, counted)}
    return tuple(sorted(found))


def without_masks(quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Return `quantities` without those that only hold the place of a number; the others keep their ids."""
    return tuple(one for one in quantities if not _is_mask(one.kind, one.surface, read=one.value is not None))


def is_open(text: str) -> bool:
    """Tell whether a cell of a table holds the place of a number and nothing else: `待统计`, `××`."""
    bare = re.sub(r"[\s（()）：:]", "", text)
    return bare in _word_set() or (bool(bare) and not bare.strip(_SIGNS + "〕＿"))


def _is_mask(kind: str, surface: str, *, read: bool) -> bool:
    return not read and kind not in {"name", "structural", "hole"} and bool(_MASKED.match(surface))


def _is_hole(text: str, numeral: Numeral) -> bool:
    """Tell whether a number was left out here: a space is left, or a measure word that no word ends in."""
    near = text[max(0, numeral.start - 1) : numeral.start + 1]
    return numeral.kind == "hole" and (
        any(sign.isspace() for sign in near) or len(numeral.unit or "") > 1 or numeral.unit in {"%", "％"}
    )


def _stands_alone(text: str, match: re.Match[str], counted: Sequence[int]) -> bool:
    """Tell whether a word such as 待核实 stands for a number and is no remark on one: 低保36户，待核实."""
    if match["unit"]:
        return True
    start = max(text.rfind(sign, 0, match.start()) for sign in _CLAUSE_ENDS) + 1
    if any(start <= place < match.start() for place in counted):
        return False
    opening = max(text.rfind(sign, start, match.start()) for sign in "（(") + 1
    is_bare = len(re.sub(r"\W", "", text[max(start, opening) : match.start()])) < 2
    return not (is_bare and any(place < start for place in counted))


def _clause(text: str, span: Span) -> str:
    start = max(text.rfind(sign, 0, span.start) for sign in _CLAUSE_ENDS) + 1
    ends = [end for sign in _CLAUSE_ENDS if (end := text.find(sign, span.end)) >= 0]
    return text[start : min(ends, default=len(text))].strip()[:_LONGEST]


@cache
def _frames() -> re.Pattern[str]:
    """Return what an empty frame in front of a measure word looks like."""
    units = _units()
    ends = r"(?=[，。；、,;)）]|\s*$)"
    return re.compile(
        rf"(?:{_EMPTY})(?=[余多]?[万亿]?(?:{units}))|(?:{_LOOSE})(?=[余多]?[万亿]?(?:{units}){ends})"
    )


@cache
def _words() -> re.Pattern[str]:
    words = "|".join(sorted(load_words("gap_words"), key=len, reverse=True))
    units = _units()
    return re.compile(
        rf"[（(]\s*(?:{words})[^）)]{{0,4}}[）)](?P<unit>(?=(?:{units})))?|(?:{words})(?=[，。；、,;）)]|\s*$)"
    )


@cache
def _units() -> str:
    return "|".join(map(re.escape, sorted(load_units(), key=len, reverse=True)))


@cache
def _word_set() -> frozenset[str]:
    return frozenset(load_words("gap_words"))
