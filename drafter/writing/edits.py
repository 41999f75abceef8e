"""Changes to a draft as edits of its source: everything between two of them keeps its bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.draftfile import read_draft
from drafter.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from drafter.draftfile import DraftText, Mark

_SENTENCE_END = re.compile(r"[。！？]+[”’」）)]*|[\r\n]+")


class Edit(NamedTuple):
    """`text` in place of the characters `span` of the source."""

    span: Span
    text: str


def apply_edits(source: str, edits: Iterable[Edit]) -> str:
    """Return `source` with `edits` made; one that lies within another is left out."""
    parts: list[str] = []
    end = 0
    for edit in outermost(edits):
        parts += [source[end : edit.span.start], edit.text]
        end = edit.span.end
    return "".join((*parts, source[end:]))


def outermost(edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits in order of their place, without those that lie within others."""
    kept: list[Edit] = []
    for edit in sorted(
        edits, key=lambda edit: (edit.span.start, edit.span.end > edit.span.start, -edit.span.end)
    ):
        if not kept or edit.span.start >= kept[-1].span.end:
            kept.append(edit)
    return kept


def sentences(plain: str) -> list[Span]:
    """Return the sentences of a plain text, their stops included; lines are never joined."""
    found: list[Span] = []
    start = 0
    for match in _SENTENCE_END.finditer(plain):
        end = match.start() if match[0][0] in "\r\n" else match.end()
        if plain[start:end].strip():
            found.append(Span(start, end))
        start = match.end()
    if plain[start:].strip():
        found.append(Span(start, len(plain)))
    return found


def words_span(draft: DraftText, mark: Mark) -> Span:
    """Return where the words of a link stand in the source, without its brackets."""
    return draft.to_source(mark.span)


def source_span(draft: DraftText, span: Span) -> Span:
    """Return where a stretch of the plain text stands in the source, whole links included."""
    found = draft.to_source(span)
    start, end = found
    for mark in draft.marks:
        if mark.span.start < span.end and span.start < mark.span.end:
            start, end = min(start, mark.source_span.start), max(end, mark.source_span.end)
    return Span(start, end)


def with_label(draft: DraftText, mark: Mark, label: str, printed: str | None = None) -> Edit:
    """Return the edit that gives a link another label and, if need be, other words."""
    words, link = words_span(draft, mark), mark.source_span
    said = draft.source[words.start : words.end] if printed is None else printed
    closing = re.sub(re.escape(mark.label), label, draft.source[words.end : link.end], flags=re.IGNORECASE)
    return Edit(link, draft.source[link.start : words.start] + said + closing)


def shown(source: str, edits: Sequence[Edit], within: Span) -> tuple[str, str]:
    """Return the plain words of a stretch of the source before and after `edits`."""
    inside = [edit for edit in edits if within.start <= edit.span.start and edit.span.end <= within.end]
    moved = [Edit(Span(e.span.start - within.start, e.span.end - within.start), e.text) for e in inside]
    before = source[within.start : within.end]
    return read_draft(before).plain.strip(), read_draft(apply_edits(before, moved)).plain.strip()
