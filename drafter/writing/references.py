"""References: `{F1.1}` where a text must not hold the number itself, and the way back.

`fact_with_references` takes the numbers out of a fact, `put_numbers` puts them in
again. Between the two, no number can be typed, changed or rounded: a reference
is either that quantity or an error. A declared expression (`{F1.1+F2.1}`) is
worked out here, with a unit that follows from its operands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.model import Number, Words
from drafter.numbers.expressions import ExpressionError
from drafter.writing.derived import derive

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from drafter.model import Fact, Piece, Quantity

REFERENCE = re.compile(r"[{｛]([^{}｛｝]*)[}｝]")
_ID = re.compile(r"[FP]\d{1,6}\.\d{1,6}")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_STRAY_BRACE = re.compile(r"[{}｛｝]")
_SIGNS = str.maketrans({"×": "*", "÷": "/", "＋": "+", "－": "-", "−": "-", "／": "/", "（": "(", "）": ")"})
_VERB = "达"
"""达 before a number is a verb: it stays with the words, so that it is never printed twice."""


class ReferenceProblem(ValueError):  # noqa: N818 - it is a problem of the text, reported to its writer
    """A reference that names no quantity of the facts at hand, or an expression that has no value."""

    def __init__(self, label: str, reason: str) -> None:
        super().__init__(f"{{{label}}}：{reason}")
        self.label = label
        self.reason = reason


def fact_with_references(fact: Fact) -> str:
    """Return the words of `fact` with `{F1.1}` in place of each of its quantities.

    Braces that the note itself contains become full-width brackets, so that only
    a reference looks like one.
    """
    parts: list[str] = []
    end = 0
    for quantity in sorted(fact.quantities, key=lambda quantity: quantity.span):
        start = quantity.span.end - len(printed_surface(quantity))
        parts += [_without_braces(fact.text[end:start]), f"{{{quantity.id}}}"]
        end = quantity.span.end
    parts.append(_without_braces(fact.text[end:]))
    return "".join(parts)


def printed_surface(quantity: Quantity) -> str:
    """Return the quantity as a draft prints it: as in the note, without a leading verb 达."""
    return quantity.surface.removeprefix(_VERB)


def quantities_of(facts: Iterable[Fact]) -> dict[str, Quantity]:
    """Return the quantities of `facts` by their ids."""
    return {quantity.id: quantity for fact in facts for quantity in fact.quantities}


def put_numbers(
    text: str,
    facts: Mapping[str, Fact],
    past: Mapping[str, Quantity] | None = None,
) -> tuple[Piece, ...]:
    """Return `text` as pieces, each `{…}` being the number that it refers to.

    A reference is the id of a quantity of `facts` (by fact id) or of `past` (by
    `P1.2`), or an expression over such ids. The pieces hold no empty words, and
    joining their texts gives the text as it will be printed.

    Raises:
        ReferenceProblem: a reference names no quantity, or its expression cannot be worked out.

    """
    quantities = quantities_of(facts.values()) | dict(past or {})
    pieces: list[Piece] = []
    end = 0
    for match in REFERENCE.finditer(text):
        pieces.append(Words(_plain(text[end : match.start()])))
        pieces.append(_number(match[1], quantities))
        end = match.end()
    pieces.append(Words(_plain(text[end:])))
    return tuple(piece for piece in pieces if not (isinstance(piece, Words) and not piece.text))


def labels_in(text: str) -> tuple[str, ...]:
    """Return the labels of the references of `text` in order, spaces and typographic signs put right."""
    return tuple(clean_label(match[1]) for match in REFERENCE.finditer(text))


def clean_label(label: str) -> str:
    """Return `label` without spaces and with `+ - * / ( )` for their typographic forms."""
    return "".join(label.split()).translate(_SIGNS)


def is_single(label: str) -> bool:
    """Return whether `label` is one quantity's id and no expression."""
    return _ID.fullmatch(label) is not None


def _number(raw: str, quantities: Mapping[str, Quantity]) -> Number:
    label = clean_label(raw)
    if is_single(label):
        if label not in quantities:
            raise ReferenceProblem(label, "要点里没有这个编号")
        return Number(plain_surface(quantities[label]), label)
    try:
        return Number(derive(label, quantities), label)
    except ExpressionError as error:
        raise ReferenceProblem(label, str(error)) from error


def plain_surface(quantity: Quantity) -> str:
    """Return the quantity as a draft prints it: without 达 and thousands separators (GB/T 15835)."""
    return _THOUSANDS.sub("", printed_surface(quantity))


def _plain(words: str) -> str:
    if stray := _STRAY_BRACE.search(words):
        raise ReferenceProblem(stray[0], "花括号没有成对")
    return words


def _without_braces(words: str) -> str:
    return words.translate(str.maketrans("{}｛｝", "（）（）"))
