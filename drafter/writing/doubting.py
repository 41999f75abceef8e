"""Contradictions of the notes as a draft tells them, 【待核：要点另一处写作521名】: put in, taken away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.model import Span
from drafter.writing.edits import Edit, source_span
from drafter.writing.references import plain_surface

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.draftfile import Mark
    from drafter.writing.refresh_work import Work

_OTHERWISE = "【待核：要点另一处写作"
_DOUBT = re.compile(re.escape(_OTHERWISE) + r"[^【】]*】")
_DOUBTS_BEFORE = re.compile(r"(?:【待核[^【】]*】)+\Z")


def settle_doubts(work: Work) -> None:
    """Take away what drafter said of a contradiction that the notes no longer have.

    What else it said of the other bullet, ，其中35岁以下占三成, goes on behind the number.
    """
    marks = work.number_marks()
    for found in _DOUBT.finditer(work.draft.plain):
        inside = [m for m in marks if found.start() <= m.span.start < found.end()]
        owner = _owner(work, marks, found.start())
        rival = _rival(work, owner, inside) if owner is not None else None
        if owner is None or rival is None:
            continue
        mine, other = work.renewed.relabelled(owner.label), work.renewed.relabelled(rival.label)
        if mine is None or other in work.doubts.get(mine, ()):
            continue
        rest = work.draft.plain[rival.span.end : found.end() - 1]
        kept = rest.startswith("，") and all(work.renewed.relabelled(m.label) for m in inside)
        spans = [source_span(work.draft, Span(found.start(), rival.span.end if kept else found.end()))]
        if kept:
            spans.append(source_span(work.draft, Span(found.end() - 1, found.end())))
        for span in spans:
            work.edits.append(Edit(span, ""))
            work.settle(span)
        work.note("settled", owner.span.start, owner.label)


def _rival(work: Work, owner: Mark, inside: Sequence[Mark]) -> Mark | None:
    """Return which of the numbers of a doubt contradicts the one it stands behind: one of its unit."""
    if len(inside) == 1:
        return inside[0]
    mine = work.renewed.before(owner.label)
    same = [m for m in inside if (one := work.renewed.before(m.label)) and mine and one.unit == mine.unit]
    return same[0] if len(same) == 1 else None


def _owner(work: Work, marks: Sequence[Mark], at: int) -> Mark | None:
    """Return the number that a doubt at `at` stands behind, other doubts between them left out."""
    before = _DOUBTS_BEFORE.search(work.draft.plain, 0, at)
    end = before.start() if before else at
    return next((mark for mark in marks if mark.span.end == end), None)


def raise_doubts(work: Work) -> None:
    """Say beside a number what the notes say of it elsewhere, where that is new."""
    for mark in work.number_marks():
        label = work.renewed.relabelled(mark.label)
        others = work.doubts.get(label or "", ())
        if not others or _inside_doubt(work, mark):
            continue
        said = _said_behind(work, mark)
        news = [o for o in others if o not in said and (_is_news(work, o) or _is_news(work, label or ""))]
        if news:
            doubt = "".join(f"{_OTHERWISE}[{plain_surface(work.quantities[o])}][{o}]】" for o in news)
            earlier = next((e for e in work.edits if e.span == mark.source_span), None)
            text = work.draft.source[mark.source_span.start : mark.source_span.end]
            if earlier is not None:
                work.edits.remove(earlier)
                text = earlier.text
            work.edits.append(Edit(mark.source_span, text + doubt))
            work.note("contradiction", mark.span.start, mark.label)


def _inside_doubt(work: Work, mark: Mark) -> bool:
    return any(f.start() <= mark.span.start < f.end() for f in _DOUBT.finditer(work.draft.plain))


def _said_behind(work: Work, mark: Mark) -> set[str | None]:
    """Return the labels, as they are now, of what stands behind a number as said elsewhere."""
    spans: list[Span] = []
    end = mark.span.end
    while (found := _DOUBT.match(work.draft.plain, end)) is not None:
        spans.append(Span(*found.span()))
        end = found.end()
    return {
        work.renewed.relabelled(m.label)
        for m in work.draft.marks
        for span in spans
        if span.start <= m.span.start < span.end
    }


def _is_news(work: Work, name: str) -> bool:
    """Tell whether a number of the notes is new, or has another value than the draft knows."""
    before = next((old for old, new in work.renewed.numbers.items() if new.id == name), None)
    old = work.renewed.before(before) if before else None
    return old is None or (old.value, old.unit) != (work.quantities[name].value, work.quantities[name].unit)
