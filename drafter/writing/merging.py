"""Sentences that were edited in Word, taken back into the draft with the marks of what stayed the same.

A number is taken as a whole: it keeps its mark if it came back as it was printed,
else it is what the editor typed, without a mark until it is traced. Sentences
that nobody touched keep their bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from drafter.draftfile import read_draft
from drafter.draftfile.definitions import line_end
from drafter.draftfile.render import write_paragraph
from drafter.model import FACT_KINDS, Borrowed, Number, Span, Words
from drafter.numbers import read_numerals
from drafter.reading.headings import read_heading
from drafter.writing.edits import Edit, apply_edits, source_span
from drafter.writing.merge_units import Unit, draft_units, likeness, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.draftfile import DraftText, Mark
    from drafter.model import Paragraph, Piece
    from drafter.writing.merge_groups import Group

_WORTH_A_MARK = 4
"""From so many characters on, what is left of borrowed words keeps its link."""
_SAME = 0.35
_MOST_PAIRS = 4_000_000
"""Beyond so many pairs of tokens a change is a new text, and is not laid beside the old one."""
_HEADING = 40
_BAR_BEFORE = re.compile(r"\|[ \t]*\Z")
_BAR_AFTER = re.compile(r"[ \t]*\|")
_RULED = re.compile(r"(?:\r\n|\r|\n)\|?[ \t]*:?-{2,}[-:| \t]*(?=[\r\n]|\Z)")
"""The line that sets the head of a table apart."""


class Stretch(NamedTuple):
    """Words of a sentence: characters `span` of the draft's plain text, or `text` as it was typed."""

    text: str
    span: Span | None = None


@dataclass(frozen=True)
class Merged:
    """The draft with the accepted changes; `places` are where they stand in its source."""

    text: str
    places: tuple[Span, ...]


def merge_text(
    draft: DraftText, word: Sequence[Unit], groups: Sequence[Group], every: Sequence[Group]
) -> Merged:
    """Return the draft with the changes `groups` taken over.

    `every` are all changes, accepted or not: a sentence that moved is looked for
    among what was taken out elsewhere.
    """
    draft = _cut_links(draft, [group.draft for group in groups])
    units = draft_units(draft)
    moved = {unit.words: unit for group in every for unit in units[slice(*group.draft)]}
    spans = [_whole(draft, unit) for unit in units]
    edits = [_edit(draft, units, spans, word[slice(*group.word)], group.draft, moved) for group in groups]
    text = apply_edits(draft.source, edits)
    places, shift = [], 0
    for edit in sorted(edits):
        start = edit.span.start + shift
        places.append(Span(start, start + len(edit.text)))
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    return Merged(text, tuple(places))


def _cut_links(draft: DraftText, ranges: Sequence[tuple[int, int]]) -> DraftText:
    """Return the draft with links that reach beyond a changed sentence cut at its ends."""
    units = draft_units(draft)
    changed = [units[at].span for one in ranges for at in range(*one)]
    ends = sorted({end for span in changed for end in span})
    cuts = []
    for mark in draft.marks:
        for end in ends:
            if mark.span.start < end < mark.span.end:
                at = draft.offsets[end - 1] + 1
                cuts.append(Edit(Span(at, at), f"][{mark.label}]["))
    return read_draft(apply_edits(draft.source, cuts)) if cuts else draft


def _edit(  # noqa: PLR0913, PLR0917 - both texts, and where the change stands in each
    draft: DraftText,
    units: Sequence[Unit],
    spans: Sequence[Span],
    new: Sequence[Unit],
    old: tuple[int, int],
    moved: Mapping[str, Unit],
) -> Edit:
    """Return the edit that puts the sentences `new` in place of those of the draft from `old` on."""
    first, end = old
    eol = line_end(draft.source)
    start = spans[first - 1].end if first else _line_start(draft, spans)
    finish = spans[end - 1].end if end > first else start
    if first == end and first and new[0].row and units[first - 1].row:
        ruled = _RULED.match(draft.source, start)
        start = finish = ruled.end() if ruled else start
    lead = draft.source[start : spans[first].start] if first < len(spans) else ""
    written = _compose(draft, units[first:end], new, moved)
    parts = []
    for number, (unit, words) in enumerate(zip(new, written, strict=True)):
        same = number == 0 and end > first and units[first].opens == unit.opens
        same = same and _is_heading_alike(units[first], unit, title=end == 1)
        if same:
            parts.append(lead)
        elif unit.opens:
            apart = 1 if unit.row and _after_row(units, first, new, number) else 2
            parts.append((eol * apart if first or number else "") + _hashes(unit))
        parts.append(f"| {words} |" if unit.row else words)
    if not new and "<!--" in lead:
        parts.append(lead[: lead.rindex("-->") + 3] if "-->" in lead else "")
    if first and end > first and not new and units[first].row:
        parts.append(lead.rstrip() if units[first - 1].row else eol)
    if not first and end == first and units:
        parts.append(eol * 2)
    return Edit(Span(start, finish), "".join(parts))


def _whole(draft: DraftText, unit: Unit) -> Span:
    """Return where a sentence stands in the source, links whole; a row of a table with its outer bars."""
    span = source_span(draft, unit.span)
    if not unit.row:
        return span
    before = _BAR_BEFORE.search(draft.source, max(0, span.start - 4), span.start)
    after = _BAR_AFTER.match(draft.source, span.end)
    return Span(before.start() if before else span.start, after.end() if after else span.end)


def _line_start(draft: DraftText, spans: Sequence[Span]) -> int:
    """Return where the line of the first sentence begins, its heading signs included."""
    at = spans[0].start if spans else draft.to_source(Span(0, 0)).start
    return max(draft.source.rfind("\n", 0, at), draft.source.rfind("\r", 0, at)) + 1


def _after_row(units: Sequence[Unit], first: int, new: Sequence[Unit], number: int) -> bool:
    if not first and not number:
        return False
    before = new[number - 1] if number else units[first - 1]
    return before.row


def _is_like(old: Unit, new: Unit) -> bool:
    return likeness(old.words, new.words) >= _SAME


def _is_heading_alike(old: Unit, new: Unit, *, title: bool) -> bool:
    """Tell whether a sentence stays what it was, heading or none; a new title is one in whatever style."""
    return (title and old.level == 1) or _heads(new) == (old.level is not None) or _is_like(old, new)


def _heads(unit: Unit) -> bool:
    return bool(_hashes(unit))


def _hashes(unit: Unit) -> str:
    """Return what makes a new paragraph a heading: its style in Word, or a number before a short line."""
    if unit.level is not None and unit.opens:
        return "#" * min(unit.level, 6) + " "
    found = read_heading(unit.text)
    short = unit.opens and len(unit.text) <= _HEADING and not unit.text.endswith(("。", "；", "，", "："))
    return "#" * (found.level + 1) + " " if found is not None and short and not found.rest else ""


# --- words and marks ------------------------------------------------------------------------------


def _compose(
    draft: DraftText, old: Sequence[Unit], new: Sequence[Unit], moved: Mapping[str, Unit]
) -> list[str]:
    """Return the sentences `new` as source, their words taken from the draft where it has them."""
    here = {unit.words for unit in old}
    mine = [
        (token.key, Span(unit.span.start + token.span.start, unit.span.start + token.span.end))
        for unit in old
        for token in tokens(unit.text)
    ]
    theirs = [(number, token) for number, unit in enumerate(new) for token in tokens(unit.text)]
    found: dict[int, Span] = {}
    if len(mine) * len(theirs) <= _MOST_PAIRS:
        keys = [key for key, _ in mine], [token.key for _, token in theirs]
        for block in SequenceMatcher(None, *keys, autojunk=False).get_matching_blocks():
            for step in range(block.size):
                found[block.b + step] = mine[block.a + step][1]
    written = []
    at = 0
    for unit in new:
        count = len(tokens(unit.text))
        if unit.words in moved and unit.words not in here:
            twin = moved[unit.words]
            stretches = [Stretch(twin.text, twin.span)]
        else:
            stretches = _stretches(draft, unit, [found.get(at + step) for step in range(count)])
        at += count
        written.append(write_paragraph(_pieces(draft, stretches)))
    return written


def _stretches(draft: DraftText, unit: Unit, places: Sequence[Span | None]) -> list[Stretch]:
    """Return a sentence in stretches: of the draft's own characters, and of what was typed."""
    stretches: list[Stretch] = []
    end = 0
    for token, place in zip(tokens(unit.text), places, strict=True):
        last = stretches[-1] if stretches else None
        if place is None:
            text = unit.text[end : token.span.end] if last else token_text(unit, token.span)
            if last is not None and last.span is None:
                stretches[-1] = Stretch(last.text + text)
            else:
                stretches.append(Stretch(text))
        elif last is not None and last.span is not None and _next_to(draft, last.span.end, place.start):
            span = Span(last.span.start, place.end)
            stretches[-1] = Stretch(draft.plain[span.start : span.end], span)
        else:
            stretches.append(Stretch(draft.plain[place.start : place.end], place))
        end = token.span.end
    return stretches


def token_text(unit: Unit, span: Span) -> str:
    """Return the characters of a token as they stand in its sentence."""
    return unit.text[span.start : span.end]


def _next_to(draft: DraftText, end: int, start: int) -> bool:
    """Tell whether nothing but spaces of one line stands between two places."""
    between = draft.plain[end:start]
    return end <= start and not between.strip() and not {"\r", "\n"} & set(between)


def _pieces(draft: DraftText, stretches: Sequence[Stretch]) -> Paragraph:
    """Return a sentence as pieces: a mark stands where all it held came back, side by side."""
    pieces: list[Piece] = []
    for stretch in stretches:
        if stretch.span is None:
            pieces.append(Words(stretch.text))
            continue
        at = stretch.span.start
        for mark in draft.marks:
            span = _kept(draft, mark, stretch.span)
            if span is None or span.start < at:
                continue
            pieces.append(Words(draft.plain[at : span.start]))
            words = draft.plain[span.start : span.end]
            pieces.append(Number(words, mark.label) if "." in mark.label else Borrowed(words, mark.label))
            at = span.end
        pieces.append(Words(draft.plain[at : stretch.span.end]))
    return _whole_numbers([piece for piece in pieces if piece[0]])


def _kept(draft: DraftText, mark: Mark, within: Span) -> Span | None:
    """Return what of a mark lies in a stretch: a number whole or not at all, borrowed words if worth it."""
    start, end = max(mark.span.start, within.start), min(mark.span.end, within.end)
    if (start, end) == mark.span:
        return mark.span
    if "." in mark.label or end - start < _WORTH_A_MARK:
        return None
    words = draft.plain[start:end]
    start += len(words) - len(words.lstrip("，。；：、"))
    return Span(start, end) if end - start >= _WORTH_A_MARK else None


def _whole_numbers(pieces: Sequence[Piece]) -> Paragraph:
    """Return the pieces with numbers that now read otherwise, as 约 before them makes them, as mere words."""
    plain = "".join(piece[0] for piece in pieces)
    numerals = [one for one in read_numerals(plain) if one.kind in FACT_KINDS]
    kept: list[Piece] = []
    at = 0
    for piece in pieces:
        end = at + len(piece[0])
        if isinstance(piece, Number):
            beyond = any(n.start < end and at < n.end and (n.start < at or n.end > end) for n in numerals)
            kept.append(Words(piece.surface) if beyond else piece)
        else:
            kept.append(piece)
        at = end
    return tuple(kept)
