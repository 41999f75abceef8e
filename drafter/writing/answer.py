"""An answer of a model turned into pieces: references into numbers, places to fill into marks.

A number enters a section here by its reference and in no other way: every other
numeral of the printed text is found by reading it anew, and refused.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from drafter.model import FACT_KINDS, Borrowed, Doubt, Number, Span, ToFill, Words
from drafter.numbers import read_numerals
from drafter.writing.references import REFERENCE, ReferenceProblem, clean_label, put_numbers, quantities_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from drafter.model import Fact, Numeral, Paragraph, Piece, Quantity

_MARK = re.compile(r"【(待补|待核)[:：]([^【】{}]{1,40})】")
_CLAUSE_END = re.compile(r"[，；。！？：]")
_LONGER_WORD = re.compile(
    r"人[员民口大群次数均]|户[籍次均数]|家[庭次属]|次[数日]|期[间末次]|名[称额单次]|个[人别体]|件[次数]"
)
"""A measure word that begins another word: no unit typed twice."""
_LIST_MARK = re.compile(r"\A[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）).．、]")
_STUCK_BEFORE = re.compile(r"[零〇一二两三四五六七八九十百千万亿半几数第近约超逾.．\d]\Z")
_STUCK_AFTER = re.compile(r"[余多万亿千百十几%％‰.．\d]|以上|以下|左右|上下")
_APPROXIMATE = ("近", "约", "超过", "超", "达到", "达", "逾", "至少", "不足", "不到")


def read_answer(text: str, facts: Mapping[str, Fact]) -> tuple[tuple[Paragraph, ...], tuple[str, ...]]:
    """Return the paragraphs of `text`, a tidied answer, and in Chinese what is wrong with its numbers.

    With anything wrong, the paragraphs are not to be used.
    """
    quantities = quantities_of(facts.values())
    paragraphs: list[Paragraph] = []
    problems: list[str] = []
    for line in text.split("\n"):
        try:
            paragraphs.append(_pieces(_without_doubled_units(line, quantities), facts))
        except ReferenceProblem as problem:
            problems.append(str(problem))
    return tuple(paragraphs), tuple(dict.fromkeys(problems))


def typed_numbers(paragraphs: Sequence[Paragraph], allowed: Sequence[str]) -> tuple[str, ...]:
    """Return in Chinese which numerals stand in `paragraphs` that no reference put there.

    `allowed` are texts (this year's facts, the heading, unit, period) whose names
    may be typed: 八进社区, 二街.
    """
    return tuple(
        dict.fromkeys(problem for paragraph in paragraphs for problem in _typed_in(paragraph, allowed))
    )


def printed(paragraph: Paragraph) -> str:
    """Return the text of `paragraph` as a reader sees it."""
    return "".join(_shown(piece) for piece in paragraph)


def _pieces(line: str, facts: Mapping[str, Fact]) -> Paragraph:
    pieces: list[Piece] = []
    end = 0
    for match in _MARK.finditer(line):
        pieces += put_numbers(line[end : match.start()], facts)
        pieces.append(ToFill(match[2]) if match[1] == "待补" else Doubt(match[2]))
        end = match.end()
    pieces += put_numbers(line[end:], facts)
    return tuple(pieces)


def _without_doubled_units(line: str, quantities: Mapping[str, Quantity]) -> str:
    """Leave out a unit or an approximation that is typed beside a reference that brings it along."""
    parts: list[str] = []
    end = 0
    for match in REFERENCE.finditer(line):
        quantity = quantities.get(clean_label(match[1]))
        words = line[end : match.start()]
        lead = next((word for word in _APPROXIMATE if quantity and quantity.surface.startswith(word)), None)
        parts += [words.removesuffix(lead) if lead and lead != "达" else words, match[0]]
        end = match.end()
        unit = _unit_as_printed(quantity)
        if unit and line.startswith(unit, end) and not _LONGER_WORD.match(line, end):
            end += len(unit)
    return "".join((*parts, line[end:]))


def _unit_as_printed(quantity: Quantity | None) -> str:
    if quantity is None:
        return ""
    if quantity.kind == "percent":
        return "%"
    unit = quantity.unit or ""
    return unit if unit and quantity.surface.endswith(unit) else ""


def _typed_in(paragraph: Paragraph, allowed: Sequence[str]) -> Iterator[str]:
    for piece in paragraph:
        if isinstance(piece, ToFill | Doubt) and any(
            one.kind in FACT_KINDS for one in read_numerals(piece.what)
        ):
            yield f"【】里写了数：{piece.what}"
    yield from _stuck_to_numbers(paragraph)
    paragraph = tuple(_unsaid(piece) for piece in paragraph)
    spans = list(_number_spans(paragraph))
    text = printed(paragraph)
    for numeral in read_numerals(text):
        if numeral.kind == "structural":
            continue
        if numeral.kind == "name":
            if not any(numeral.surface in given for given in allowed):
                yield f"写了要点里没有的“{numeral.surface}”"
        elif numeral.kind == "hole":
            if not _has_number(text, numeral.start, spans):
                yield f"“{text[max(0, numeral.start - 4) : numeral.end + 4]}”里缺了数"
        elif numeral.kind in FACT_KINDS and not _is_put(numeral, spans, text, allowed):
            yield f"自己写了数“{numeral.surface}”，数只能写编号"


def _stuck_to_numbers(paragraph: Paragraph) -> Iterator[str]:
    """Yield what is typed right beside a number and would change it: 万486人次, 60盏以上."""
    for left, right in pairwise(paragraph):
        if isinstance(left, Number) == isinstance(right, Number):
            continue
        if isinstance(right, Number):
            words = _LIST_MARK.sub("", printed((left,)))
            if stuck := _STUCK_BEFORE.search(words):
                yield f"{{{right.label}}} 前面写了“{stuck[0]}”"
        elif isinstance(left, Number) and (stuck := _STUCK_AFTER.match(printed((right,)))):
            yield f"{{{left.label}}} 后面写了“{stuck[0]}”"


def _unsaid(piece: Piece) -> Piece:
    """Return a place to fill without what is to be filled in: it is read on its own."""
    return type(piece)("") if isinstance(piece, ToFill | Doubt) else piece


def _has_number(text: str, position: int, spans: Sequence[Span]) -> bool:
    """Return whether the clause at `position` has a number: its measure word is then no orphan."""
    start = max((match.end() for match in _CLAUSE_END.finditer(text, 0, position)), default=0)
    match = _CLAUSE_END.search(text, position)
    end = match.start() if match else len(text)
    return any(start <= span.start < end for span in spans)


def _is_put(numeral: Numeral, spans: Sequence[Span], text: str, allowed: Sequence[str]) -> bool:
    """Return whether `numeral` is a number that a reference put in, with nothing typed to it."""
    for span in spans:
        if numeral.start < span.end and span.start < numeral.end:
            before, after = text[numeral.start : span.start], text[span.end : numeral.end]
            return before in {"", "达", "达到", "共", "每"} and after == ""
    return numeral.surface in allowed


def _number_spans(paragraph: Paragraph) -> Iterator[Span]:
    position = 0
    for piece in paragraph:
        length = len(_shown(piece))
        if isinstance(piece, Number):
            yield Span(position, position + length)
        position += length


def _shown(piece: Piece) -> str:
    match piece:
        case Words(text) | Borrowed(text, _):
            return text
        case Number(surface, _):
            return surface
        case ToFill(what):
            return f"【待补：{what}】"
        case Doubt(what):
            return f"【待核：{what}】"
