"""Rewriting without a model: a section made shorter, longer, more formal, a list, one sentence.

Each way moves and joins what stands there, and adds at most words that may be
borrowed. Numbers go along with their labels: none is written, changed or left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.model import Borrowed, Doubt, Number, ToFill, Words
from drafter.numbers.chinese import write_chinese
from drafter.numbers.expressions import operands
from drafter.writing.formal import formal
from drafter.writing.rewriting import Sentence, read_pieces, sentences_of, write_sentence
from drafter.writing.sentences import full_width
from drafter.writing.words import cut, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from drafter.model import Piece
    from drafter.writing.rewriting import Item

Unit = tuple["Piece", ...]
"""A sentence or a part of one that can stand for itself, its stop included."""
_STOP = re.compile(r"[。；，、！？;,]+$")
_CLAUSE = re.compile(r"[^，]*，|[^，]+$")
_ENUMERATOR = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}是|首先[，,]?|其次[，,]?|再次[，,]?|最后，|[（(]\d{1,2}[）)]|\d{1,2}[.．、](?!\d)|[①-⑩])"
)
_LEANS = re.compile(r"其中|其余|剩|余下|另有|还有|同时|此外|已|未|并|累计|较|比|占|同比")
_CLOSING = re.compile(r"现将.{0,20}如下|特此报告|以上.{0,8}(?:汇报|报告)")
_BEFORE_NOUN = frozenset({"各类", "各项", "各种"})


class _Points(NamedTuple):
    """What an item says: words that lead in (…如下：), its points, a sentence that closes."""

    lead: Unit
    points: list[Unit]
    close: Unit


def shorter(item: Item) -> tuple[Sentence, ...]:
    """Return the item without borrowed words and padding, its sentences joined."""
    lead, points, close = _points(item, whole=True)
    kept = [lean for unit in points if (lean := _without_padding(_without_loans(unit)))]
    return _written(item, _without_padding(lead), kept, "；", close)


def merged(item: Item) -> tuple[Sentence, ...]:
    """Return the item as one sentence of one paragraph, without enumeration."""
    lead, points, close = _points(item, whole=True)
    return _written(item, lead, [_without_enumerator(unit) for unit in points], "；", close)


def listed(item: Item) -> tuple[Sentence, ...]:
    """Return the item as 一是…；二是…; one that is such a list already as numbered paragraphs."""
    lead, points, close = _points(item)
    if len(points) < 2:
        return item.sentences
    loan = _loan(points[0])
    points[0] = points[0][len(loan) :]
    bare = [_without_enumerator(unit) for unit in points]
    if any(_ENUMERATOR.match(_text(unit)) for unit in points):
        rows = [(Words(f"{at}."), *_stopped(unit, "。")) for at, unit in enumerate(bare, 1)]
        return sentences_of([part for part in ((*lead, *loan), *rows, close) if part], first_opens=True)
    numbered = [(Words(f"{write_chinese(at)}是"), *unit) for at, unit in enumerate(bare, 1)]
    return _written(item, (*lead, *loan), numbered, "；", close)


def split(item: Item) -> tuple[Sentence, ...]:
    """Return the item with a sentence for each of its points."""
    lead, points, close = _points(item)
    return _written(item, lead, [_without_enumerator(unit) for unit in points], "。", close)


def longer(
    item: Item, loans: Callable[[str], tuple[Borrowed | None, Borrowed | None]]
) -> tuple[Sentence, ...]:
    """Return the item with a sentence for each point, led in and closed by words that may be borrowed.

    `loans` gives, for the words of the item, a clause that leads in and one that closes.
    """
    lead, points, close = _points(item)
    units = [_without_enumerator(unit) for unit in points]
    if not units:
        return item.sentences
    first, last = loans("".join(map(_text, units)))
    if first is not None:
        units[0] = (first._replace(text=_STOP.sub("", first.text) + "，"), *units[0])
    if last is not None:
        units[-1] = (*_stopped(units[-1], "，"), last._replace(text=_STOP.sub("", last.text) + "。"))
    return _written(item, lead, units, "。", close)


def more_formal(item: Item) -> tuple[Sentence, ...]:
    """Return the item in the words of official texts; sentences that have none to change stay as they are."""
    changed = []
    for sentence in item.sentences:
        pieces = read_pieces(sentence.source)
        put = tuple(Words(formal(full_width(one.text))) if isinstance(one, Words) else one for one in pieces)
        changed.append(sentence if put == pieces else write_sentence(put, opens=sentence.opens))
    return tuple(changed)


def turned(item: Item) -> tuple[Sentence, ...]:
    """Return the item in another order: the first point goes last, with what leans on it."""
    return _ordered(item, lambda groups: [*groups[1:], groups[0]])


def moved(item: Item, words: str, *, last: bool) -> tuple[Sentence, ...]:
    """Return the item with the points that speak of `words` put first, or last."""

    def order(groups: list[list[Unit]]) -> list[list[Unit]]:
        named = [group for group in groups if any(words in _text(unit) for unit in group)]
        others = [group for group in groups if group not in named]
        return [*others, *named] if last else [*named, *others]

    return _ordered(item, order)


def _ordered(item: Item, order: Callable[[list[list[Unit]]], list[list[Unit]]]) -> tuple[Sentence, ...]:
    lead, points, close = _points(item)
    enumerated = any(_ENUMERATOR.match(_text(unit)) for unit in points)
    groups: list[list[Unit]] = []
    for unit in map(_without_enumerator, points):
        if groups and _LEANS.match(_text(unit)):
            groups[-1].append(unit)
        else:
            groups.append([unit])
    if len(groups) < 2 or (placed := order(groups)) == groups:
        return item.sentences
    units = [unit for group in placed for unit in group]
    if enumerated:
        units = [(Words(f"{write_chinese(at)}是"), *unit) for at, unit in enumerate(units, 1)]
    return _written(item, lead, units, "；" if enumerated else "。", close)


# --- points -------------------------------------------------------------------------------


def _points(item: Item, *, whole: bool = False) -> _Points:
    """Return what the item says, point by point: sentences, cut further (unless `whole`) by their facts."""
    units = [read_pieces(one.source.strip()) for one in item.sentences if one.source.strip()]
    lead: list[Piece] = []
    close: Unit = ()
    if units and _CLOSING.search(_text(units[-1])):
        close = units.pop()
    if units and not item.heading and not _has_number(units[0]):
        lead += units.pop(0)
    if units and isinstance(first := units[0][0], Words) and "：" in first.text:
        before, colon, after = first.text.partition("：")
        lead.append(Words(before + colon))
        units[0] = (Words(after), *units[0][1:]) if after else units[0][1:]
    by_clause = item.role != "body" and len(units) == 1
    cut_up = (lambda unit: [unit]) if whole else _clauses if by_clause else _by_fact
    return _Points(tuple(lead), [point for unit in units if unit for point in cut_up(unit)], close)


def _by_fact(unit: Unit) -> list[Unit]:
    points: list[list[Piece]] = [[]]
    facts: set[str] = set()
    for clause in _clauses(unit):
        said = {
            name.partition(".")[0]
            for one in clause
            if isinstance(one, Number)
            for name in operands(one.label)
        }
        own_words = isinstance(clause[0], Words) and len(clause[0].text) > 1
        if said and facts and not said & facts and own_words and not _LEANS.match(_text(clause)):
            points.append([])
            facts = set()
        facts |= said
        points[-1] += clause
    return [tuple(point) for point in points if point]


def _clauses(unit: Unit) -> list[Unit]:
    """Return a unit cut after commas; borrowed words stay whole."""
    clauses: list[list[Piece]] = [[]]
    for piece in unit:
        parts: Iterable[Piece] = (piece,)
        if isinstance(piece, Words):
            parts = [Words(found[0]) for found in _CLAUSE.finditer(piece.text)]
        for part in parts:
            clauses[-1].append(part)
            if _text((part,)).endswith("，"):
                clauses.append([])
    return [tuple(clause) for clause in clauses if clause]


def _has_number(unit: Unit) -> bool:
    return any(isinstance(one, Number | ToFill) for one in unit)


def _text(unit: Sequence[Piece]) -> str:
    return "".join(
        one.surface if isinstance(one, Number) else one.text
        for one in unit
        if not isinstance(one, ToFill | Doubt)
    )


def _written(item: Item, lead: Unit, points: Sequence[Unit], stop: str, close: Unit) -> tuple[Sentence, ...]:
    """Return points as sentences of one paragraph, each ended by `stop`, the last by a full stop."""
    pieces: list[Piece] = [*lead]
    for at, unit in enumerate(points):
        pieces += _stopped(unit, "。" if at + 1 == len(points) else stop)
    opens = bool(item.sentences) and item.sentences[0].opens
    return sentences_of([(*pieces, *close)], first_opens=opens) if pieces or close else ()


def _stopped(unit: Unit, stop: str) -> Unit:
    """Return a unit that ends in `stop`, whatever it ended in."""
    if not unit:
        return unit
    last = unit[-1]
    if not isinstance(last, Words | Borrowed):
        return (*unit, Words(stop))
    if last.text.rstrip().endswith(("！", "？", "：")):
        return unit
    words = _STOP.sub("", last.text.rstrip())
    return (*unit[:-1], last._replace(text=words + stop)) if words else _stopped(unit[:-1], stop)


def _without_enumerator(unit: Unit) -> Unit:
    if not unit or not isinstance(unit[0], Words):
        return unit
    words = _ENUMERATOR.sub("", unit[0].text)
    return (Words(words), *unit[1:]) if words else unit[1:]


def _loan(unit: Unit) -> Unit:
    """Return the borrowed clause that leads in, before 一是, if there is one."""
    first = unit[0] if len(unit) > 1 else None
    return (first,) if isinstance(first, Borrowed) and first.text.endswith("，") else ()


# --- words --------------------------------------------------------------------------------


def _without_loans(unit: Unit) -> Unit:
    """Return a unit without borrowed words; nothing where it is nothing else."""
    kept = [one for one in unit if not isinstance(one, Borrowed)]
    if not any(isinstance(one, Number | ToFill) or len(_text((one,)).strip("，。；")) > 1 for one in kept):
        return ()
    return tuple(kept)


def _without_padding(unit: Unit) -> Unit:
    return tuple(Words(_lean(one.text)) if isinstance(one, Words) else one for one in unit)


def _lean(text: str) -> str:
    tokens = cut(text)
    kept: list[str] = []
    for at, token in enumerate(tokens):
        following = tokens[at + 1].tag[0] if at + 1 < len(tokens) else "x"
        wanted = "nlvai" if token.text in _BEFORE_NOUN else "v"
        if token.text not in words_of("padding") or following not in wanted:
            kept.append(token.text)
    return "".join(kept)
