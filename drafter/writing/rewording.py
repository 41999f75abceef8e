"""Words of a bullet that has changed, followed in the draft where it says them as the notes did.

A clause that the draft took over whole is put anew as a fresh draft would put
it. Of one that stands in a frame of the past, only the words beside its number
follow, and only where the draft has them as the old bullet had. Anything else is
left for a person, and named.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import product
from typing import TYPE_CHECKING

from drafter.draftfile.render import write_paragraph
from drafter.model import Span
from drafter.writing.edits import Edit, sentences, source_span
from drafter.writing.frames import fact_clauses
from drafter.writing.references import ReferenceProblem, put_numbers
from drafter.writing.refresh_work import Event
from drafter.writing.sentences import full_width
from drafter.writing.telling import formal_clause, own_words

if TYPE_CHECKING:
    from drafter.draftfile import Mark
    from drafter.model import Fact
    from drafter.writing.frames import Clause
    from drafter.writing.refresh_work import Work

GONE = "【待核：要点已删去这条】"
OMITTED = "【待核：要点已删去这半句】"
_WORD = 8
"""Words said twice in a row are looked for up to this length."""
_SAID = 0.8
"""From this share of its pairs of characters on, a sentence says what a bullet without numbers said."""


def reword(work: Work) -> None:
    """Make the edits for bullets whose words, not only whose numbers, have changed."""
    for number, fact in work.renewed.facts.items():
        old = work.renewed.old[number]
        if not work.renewed.has_changed(number):
            continue
        before, after = fact_clauses(old.fact), fact_clauses(fact)
        pairs, dropped, added = _paired(work, before, after)
        for one, other in pairs:
            if one.bare != other.bare:
                _follow(work, number, (old.fact, one), (fact, other))
        if len(dropped) == len(added):
            for one, other in zip(dropped, added, strict=True):
                _replace(work, number, (old.fact, one), (fact, other))
        else:
            for one in dropped:
                _omit(work, number, (old.fact, one), fact)
    for number, old in work.renewed.old.items():
        if number not in work.renewed.facts and old.text and not old.quantities:
            _doubt_words(work, number, old.text)


def _doubt_words(work: Work, number: int, text: str) -> None:
    """Say of a sentence that it says what a bullet without numbers said, which the notes no longer have."""
    said = _pairs(text)
    plain = work.draft.plain
    shares = [(len(said & _pairs(plain[slice(*span)])) / len(said), span) for span in sentences(plain)]
    share, span = max(shares, default=(0.0, Span(0, 0)))
    if said and share >= _SAID:
        end = span.start + len(plain[slice(*span)].rstrip("。！？"))
        at = source_span(work.draft, Span(end - 1, end)).end
        inside = next((m for m in work.draft.marks if m.span.start < end < m.span.end), None)
        if inside is None and not plain.startswith(GONE, end):
            work.edits.append(Edit(Span(at, at), GONE))
            work.events.append(Event("deleted", span.start, number))


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1) if text[at : at + 2].isalnum()}


def _paired(
    work: Work, before: tuple[Clause, ...], after: tuple[Clause, ...]
) -> tuple[list[tuple[Clause, Clause]], list[Clause], list[Clause]]:
    """Return clauses with the same numbers in pairs; then those without numbers that went, and came."""
    numbers = work.renewed.numbers
    pairs = []
    for one in before:
        now = [numbers[slot.label].id for slot in one.slots if slot.label in numbers]
        same = [other for other in after if [slot.label for slot in other.slots] == now]
        if one.slots and len(now) == len(one.slots) and len(same) == 1:
            pairs.append((one, same[0]))
    said, says = {one.text for one in before}, {other.text for other in after}
    dropped = [one for one in before if not one.slots and one.text not in says]
    added = [other for other in after if not other.slots and other.text not in said]
    return pairs, dropped, added


def _rendered(fact: Fact, clause: Clause, *, first: bool, formally: bool = True) -> str | None:
    """Return a clause as the source of a draft has it, None where it leaves a number out."""
    clause = formal_clause(clause) if formally else clause
    if any(not slot.label for slot in clause.slots):
        return None
    try:
        return write_paragraph(put_numbers(own_words(clause, first=first), {fact.id: fact}))
    except ReferenceProblem:
        return None


def _place(work: Work, fact: Fact, clause: Clause) -> tuple[Span, bool] | None:
    """Return where the draft says a clause as a fresh draft would, and whether it opens its bullet there."""
    for formally, first in product((True, False), repeat=2):
        text = _rendered(fact, clause, first=first, formally=formally)
        span = work.find(text) if text else None
        if span is not None:
            return span, first
    return None


def _replace(work: Work, number: int, old: tuple[Fact, Clause], new: tuple[Fact, Clause]) -> bool:
    place = _place(work, *old)
    text = _rendered(*new, first=place[1]) if place else None
    if place is None or text is None:
        return False
    source = work.draft.source
    text = _joining(source[: place[0].start], text, source[place[0].end :])
    _edit(work, place[0], text, Event("words", _plain_at(work, place[0]), number, new[0]))
    return True


def _omit(work: Work, number: int, old: tuple[Fact, Clause], new: Fact) -> None:
    place = _place(work, *old)
    if place is not None:
        span = place[0]
        text = work.draft.source[span.start : span.end] + OMITTED
        _edit(work, span, text, Event("deleted", _plain_at(work, span), number, new))


def _edit(work: Work, span: Span, text: str, event: Event) -> None:
    work.edits.append(Edit(span, text))
    work.settle(span)
    work.events.append(event)


def _plain_at(work: Work, span: Span) -> int:
    return bisect_left(work.draft.offsets, span.start)


def _follow(work: Work, number: int, old: tuple[Fact, Clause], new: tuple[Fact, Clause]) -> None:
    """Let the draft follow a clause whose words changed: whole, else beside its numbers, else told."""
    if _replace(work, number, old, new):
        return
    marks = [mark for mark in work.number_marks() if mark.label in {slot.label for slot in old[1].slots}]
    if not marks:
        return
    ordered = [mark.label for mark in marks] == [slot.label for slot in old[1].slots]
    followed = ordered and _beside(work, number, marks, old[1], new)
    if not followed:
        work.events.append(Event("reworded", marks[0].span.start, number, new[0]))


def _beside(work: Work, number: int, marks: list[Mark], old: Clause, new: tuple[Fact, Clause]) -> bool:
    """Change the words beside the numbers of a clause, if the draft has all that changed as the notes had."""
    plain = work.draft.plain
    edits: list[tuple[Span, str]] = []
    for rank, (was, now) in enumerate(zip(old.parts, new[1].parts, strict=True)):
        if was == now:
            continue
        said, says = full_width(was.strip()), full_width(now.strip())
        start = marks[rank - 1].span.end if rank else 0
        end = marks[rank].span.start if rank < len(marks) else len(plain)
        if not rank:
            start = end - len(said)
        elif rank == len(marks):
            end = start + len(said)
        if not said or plain[start:end] != said:
            return False
        edits.append((Span(start, end), _joining(plain[:start], says, plain[end:])))
    for span, says in edits:
        work.edits.append(Edit(source_span(work.draft, span), says))
        work.events.append(Event("words", marks[0].span.start, number, new[0]))
    return True


def _joining(before: str, words: str, after: str) -> str:
    """Return `words` without what stands before or behind them already."""
    words = words[_overlap(before, words) :]
    return words[: len(words) - _overlap(words, after)]


def _overlap(before: str, after: str) -> int:
    """Return how many characters that end `before` begin `after`: one of two is no word said twice."""
    most = min(len(before), len(after), _WORD)
    return next((n for n in range(most, 1, -1) if before.endswith(after[:n])), 0)
