"""Links of a sentence that a person typed: kept where nothing changed, else found anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.model import FACT_KINDS, Borrowed, Number, Words
from drafter.numbers import read_numerals
from drafter.writing.linking import label_of
from drafter.writing.rewriting import read_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from drafter.model import Fact, NumberCheck, Paragraph, Piece, Span

_BEFORE = frozenset({"", "达", "达到", "共", "每", "为"})
_NEAR = 8
"""So many characters before a number tell which it is."""


def keep_links(typed: str, known: Sequence[Piece]) -> Paragraph:
    """Return a typed sentence as pieces: what stands in `known` unchanged keeps its link.

    `known` are the pieces of the sentence before. Links that the person typed
    in the manner of the file stay as well.
    """
    pieces: list[Piece] = []
    left = list(known)
    texts = [one.text[-_NEAR:] if isinstance(one, Words) else "" for one in known]
    before = {one: text for text, one in zip(texts, known[1:], strict=False) if isinstance(one, Number)}
    for piece in read_pieces(typed):
        if not isinstance(piece, Words):
            pieces.append(piece)
            continue
        for part in _with_loans(piece.text, left):
            pieces += _with_numbers(part.text, left, before) if isinstance(part, Words) else [part]
    return tuple(pieces)


def _with_loans(text: str, known: list[Piece]) -> Iterator[Words | Borrowed]:
    """Yield `text` with the borrowed words that are still in it as such; their last stop may have changed."""
    for piece in known:
        if not isinstance(piece, Borrowed):
            continue
        words = next((w for w in (piece.text, piece.text.rstrip("，。；")) if len(w) > 3 and w in text), "")
        if words:
            before, _, after = text.partition(words)
            known.remove(piece)
            yield from _with_loans(before, known) if before else ()
            yield Borrowed(words, piece.label)
            yield from _with_loans(after, known) if after else ()
            return
    if text:
        yield Words(text)


def _with_numbers(text: str, known: list[Piece], before: Mapping[Number, str]) -> Iterator[Piece]:
    """Yield `text` with each number that was there before linked as it was, each as often as it was.

    Of equal numbers the one is taken before which the same words stood.
    """
    end = 0
    for numeral in read_numerals(text):
        if numeral.kind not in FACT_KINDS or numeral.start < end:
            continue
        alike = [
            one
            for one in known
            if isinstance(one, Number)
            and numeral.surface.endswith(one.surface)
            and numeral.surface.removesuffix(one.surface) in _BEFORE
        ]
        if not alike:
            continue
        words = set(text[max(0, numeral.start - _NEAR) : numeral.start])
        kept = max(alike, key=lambda one: len(words & set(before.get(one, ""))))
        known.remove(kept)
        start = numeral.end - len(kept.surface)
        if start > end:
            yield Words(text[end:start])
        yield kept
        end = numeral.end
    if end < len(text):
        yield Words(text[end:])


def link_found(pieces: Sequence[Piece], found: Iterable[tuple[Span, NumberCheck]]) -> Paragraph:
    """Return pieces in which the numbers that the checker traced are linked to what it traced them to.

    `found` gives, with each number, its span in the plain text of `pieces`.
    """
    wanted = sorted(found, key=lambda one: one[0])
    linked: list[Piece] = []
    start = 0
    for piece in pieces:
        text = piece.surface if isinstance(piece, Number) else piece.text if isinstance(piece, Words) else ""
        length = len(_printed(piece))
        if isinstance(piece, Words):
            end = 0
            for span, number in wanted:
                label = label_of(number)
                begin, finish = span.start - start, span.end - start
                if label is None or begin < end or finish > length:
                    continue
                verb = len(number.surface) - len(number.surface.removeprefix("达"))
                linked += [Words(text[end : begin + verb])] if begin + verb > end else []
                linked.append(Number(text[begin + verb : finish], label))
                end = finish
            linked += [Words(text[end:])] if end < length else []
        else:
            linked.append(piece)
        start += length
    return tuple(linked)


def labels_of_pieces(pieces: Iterable[Piece]) -> tuple[str, ...]:
    """Return the labels in `pieces`, each once, in order."""
    return tuple(dict.fromkeys(one.label for one in pieces if isinstance(one, Number | Borrowed)))


def _printed(piece: Piece) -> str:
    match piece:
        case Number(surface, _):
            return surface
        case Words(text) | Borrowed(text, _):
            return text
        case other:
            return f"【待补：{other.what}】"


def facts_said(text: str, numbers: Sequence[NumberCheck], facts: Mapping[str, Fact]) -> tuple[Fact, ...]:
    """Return the facts behind a text in the order in which it says them.

    Those of its numbers, and those without numbers that it says in their words.
    """
    from drafter.writing.words import content_words, covers  # noqa: PLC0415 - the dictionary loads late

    names: dict[str, None] = {}
    for number in numbers:
        names.update(dict.fromkeys(name.partition(".")[0] for name in number.facts))
    topics = {facts[name].topic for name in names if name in facts}
    for fact in facts.values():
        words = content_words(fact.text)
        is_near = not names or fact.topic in topics
        if (
            not fact.quantities
            and words
            and is_near
            and sum(covers(text, w) for w in words) >= len(words) * 0.6
        ):
            names.setdefault(fact.id)
    return tuple(facts[name] for name in names if name in facts)
