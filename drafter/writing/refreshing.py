"""A draft after its notes have changed: the sentences and places to fill concerned, and nothing else.

No model is asked. A number that has changed is printed anew in its manner, one
worked out is worked out again, a place to fill is filled, words of a bullet that
stand in the draft as they stood in the notes follow it. What vanished from the
notes stays, as plain words with 【待核】 behind them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.draftfile import read_draft
from drafter.draftfile.definitions import with_definitions
from drafter.draftfile.places import place_of
from drafter.model import Source, Span
from drafter.numbers.expressions import operands_of, worked
from drafter.writing.doubting import raise_doubts, settle_doubts
from drafter.writing.edits import (
    Edit,
    apply_edits,
    outermost,
    sentences,
    shown,
    source_span,
    with_label,
    words_span,
)
from drafter.writing.filling import fill, refresh_closings
from drafter.writing.old_notes import old_facts, plain_words
from drafter.writing.references import quantities_of
from drafter.writing.refresh_work import Change, Event, FactChange, Refreshed, Work
from drafter.writing.reprinting import reprint, reprint_derived
from drafter.writing.requantities import renew
from drafter.writing.rewording import GONE, reword
from drafter.writing.turning import turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from drafter.draftfile import DraftText, Mark
    from drafter.model import Fact, Quantity

LOST = "【待核：要点里已没有这个数】"
UNCOUNTABLE = "【待核：要点改了，这个数算不出来】"


def refresh_text(  # noqa: PLR0913 - the old notes, the new ones, and what is known of both
    draft: DraftText,
    facts: Sequence[Fact],
    *,
    groups: Sequence[Sequence[str]] = (),
    past: Mapping[str, Quantity] | None = None,
    withheld: Iterable[str] = (),
    before: Sequence[Fact] = (),
) -> Refreshed:
    """Return `draft` as the notes now have it.

    `facts` name their files as the definitions of the draft do. `groups` are the
    ids of numbers that contradict each other, `past` the numbers of past passages
    by their ids, `withheld` the facts that must not be written about, `before` the
    facts of the old notes where they were kept.
    """
    labels = [mark.label for mark in draft.marks]
    used = frozenset(name for label in labels for name in operands_of(label))
    old = old_facts(draft.definitions, labels, before)
    renewed = renew(old, facts, used)
    doubts = {one: tuple(other for other in group if other != one) for group in groups for one in group}
    work = Work(draft, facts, renewed, quantities_of(facts) | dict(past or {}), doubts)
    settle_doubts(work)
    refresh_closings(work)
    reword(work)
    for mark in work.number_marks():
        _refresh_mark(work, mark)
    _doubt_vanished(work)
    raise_doubts(work)
    fill(work, frozenset(withheld))
    return _finished(work)


# --- numbers ----------------------------------------------------------------------------------


def _refresh_mark(work: Work, mark: Mark) -> None:
    label = work.renewed.relabelled(mark.label)
    if label is None:
        return
    names = operands_of(mark.label)
    printed = work.printed(mark)
    if names == (mark.label,):
        old, new = work.renewed.before(mark.label), work.quantities[label]
        again, kind = reprint(printed, old, new), "number"
    else:
        again, kind = reprint_derived(printed, mark.label, label, work.renewed, work.quantities), "derived"
        if (again is None or again.startswith("0")) and again != printed and _turn(work, mark, label):
            return
        if again is None:
            _unlink(work, mark, UNCOUNTABLE)
            work.note("deleted", mark.span.start, names[0])
            return
    if again is None:
        work.note("kept", mark.span.start, names[0])
    elif again != printed:
        for name in names if kind == "derived" else names[:1]:
            if name.startswith("F"):
                work.note(kind, mark.span.start, name)
    if label != mark.label or again not in {None, printed}:
        work.edits.append(with_label(work.draft, mark, label, None if again == printed else again))
        work.relabelled += label != mark.label


def _turn(work: Work, mark: Mark, label: str) -> bool:
    """Let a comparison say the opposite, if that is what the numbers now say; return whether it did."""
    turned = turn(work.draft.plain[: mark.span.start], label, work.quantities)
    if turned is None:
        return False
    words = Span(mark.span.start - len(turned.words), mark.span.start)
    edit = (
        with_label(work.draft, mark, turned.label, turned.printed)
        if turned.label
        else Edit(mark.source_span, "")
    )
    start = work.draft.to_source(words).start
    work.edits.append(Edit(Span(start, edit.span.end), turned.says + edit.text))
    work.settle(mark.source_span)
    for name in operands_of(mark.label):
        if name[0] == "F":
            work.note("derived", mark.span.start, name)
    return True


def _unlink(work: Work, mark: Mark, doubt: str = "") -> None:
    words = words_span(work.draft, mark)
    work.edits.append(Edit(mark.source_span, work.draft.source[words.start : words.end] + doubt))
    work.settle(mark.source_span)


def _doubt_vanished(work: Work) -> None:
    """Take the links off numbers that the notes no longer have, and say so once a sentence and bullet."""
    places = sentences(work.draft.plain)
    last: dict[tuple[int, str], Mark] = {}
    gone = [mark for mark in work.number_marks() if work.renewed.relabelled(mark.label) is None]
    for mark in gone:
        at = next((n for n, span in enumerate(places) if span.start <= mark.span.start < span.end), -1)
        last[at, _missing(work, mark)[0]] = mark
    for mark in gone:
        name, doubt = _missing(work, mark)
        ends = any(mark is other for other in last.values())
        _unlink(work, mark, doubt if ends else "")
        work.note("deleted", mark.span.start, name)


def _missing(work: Work, mark: Mark) -> tuple[str, str]:
    """Return the first number of a mark that vanished, and what to say of it."""
    numbers = work.renewed.numbers
    name = next(name for name in operands_of(mark.label) if name[0] == "F" and name not in numbers)
    whole = int(name[1:].partition(".")[0]) not in work.renewed.facts
    return name, GONE if whole else LOST


# --- the result ---------------------------------------------------------------------------------


def _finished(work: Work) -> Refreshed:
    draft = work.draft
    body = apply_edits(draft.source, work.edits)
    known = {fact.id: fact for fact in work.facts}
    sources: dict[str, Source] = {}
    after = read_draft(body)
    for label in dict.fromkeys(mark.label for mark in after.marks):
        source = _source(label, draft, known, work.quantities)
        if source is not None and _differs(source, after, label):
            sources[label] = source
    text = with_definitions(draft.source, body, sources)
    matched = {fact.id for fact in work.renewed.facts.values()}
    printed = {name for mark in after.marks for name in operands_of(mark.label)}
    unprinted = tuple(
        quantity.id
        for number, fact in work.renewed.facts.items()
        if work.renewed.has_changed(number)
        for quantity in fact.quantities
        if quantity.id not in printed and quantity not in work.renewed.numbers.values()
    )
    added = tuple(fact.id for fact in work.facts if fact.id not in matched)
    return Refreshed(text, _changes(work), work.relabelled, added, unprinted)


def _source(
    label: str, draft: DraftText, facts: Mapping[str, Fact], quantities: Mapping[str, Quantity]
) -> Source | None:
    names = operands_of(label)
    ids = [name.partition(".")[0] for name in names]
    if not names or not all(one in facts for one in ids if one[0] == "F") or "F" not in label:
        return None
    if (label,) == names:
        return Source(facts[ids[0]].where, facts[ids[0]].text)
    if any(name not in quantities for name in names):
        return None
    where = facts[next(one for one in ids if one[0] == "F")].where
    passage = next((one for one in ids if one[0] == "P"), None)
    if passage is not None:
        own = re.compile(rf"\b{passage}(?!\d)")
        place = next((d for name, d in draft.definitions.items() if own.search(name)), None)
        if place is None:
            return None
        where = place_of(place.path, place.place)
    return Source(where, worked(label, quantities))


def _differs(source: Source, after: DraftText, label: str) -> bool:
    one = after.definitions.get(label)
    wanted = (source.where.file.replace("\\", "/"), source.where.place, plain_words(source.title))
    return one is None or (one.path, one.place, one.title) != wanted


def _changes(work: Work) -> tuple[Change, ...]:
    """Return what happened, sentence by sentence."""
    draft = work.draft
    edits = outermost(work.edits)
    changes = []
    for span in sentences(draft.plain):
        events = [event for event in work.events if span.start <= event.at < span.end]
        if not events:
            continue
        before, after = shown(draft.source, edits, source_span(draft, span))
        kinds = tuple(dict.fromkeys(event.kind for event in events))
        line = draft.source.count("\n", 0, draft.to_source(span).start) + 1
        facts = tuple(dict.fromkeys(_fact_change(work, event) for event in events))
        changes.append(Change(kinds, line, before, after, facts))
    return tuple(changes)


def _fact_change(work: Work, event: Event) -> FactChange:
    old = work.renewed.old.get(event.old) if event.old is not None else None
    new = event.new
    place = f"{new.where.file}#{new.where.place}" if new else f"{old.path}#{old.place}" if old else ""
    return FactChange(
        new.id if new else None,
        old.id if old else None,
        place,
        old.text if old else None,
        new.text if new else None,
    )
