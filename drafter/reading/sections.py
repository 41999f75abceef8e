"""Paragraphs → sections: the tree of headings and what stands under each."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drafter.model import Section, Span, Where
from drafter.reading.headings import Heading, is_bare_heading, lead_in, read_heading, split_heading
from drafter.reading.quality import quality_of, topics_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.reading.lines import Line, Page
    from drafter.reading.repairs import Paragraph

_LOWEST = 4
_ORDINAL = re.compile(r"第[一二三四五六七八九十]{1,2}[、.．]")


@dataclass(slots=True)
class Part:
    """A section while it is being put together; `number` is that of its heading, 0 for none."""

    level: int
    heading: str
    first: Line | None = None
    number: int = 0
    paragraphs: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    path: tuple[str, ...] = ()
    starts: list[tuple[int, Paragraph]] = field(default_factory=list)


def build_parts(paragraphs: Sequence[Paragraph], *, plain: frozenset[int], shift: int) -> tuple[Part, ...]:
    """Return the parts of one report in order.

    `plain` are the starts of lines that are no heading in spite of their
    look; `shift` is how many levels of markup the title took.
    """
    bare = not any(_heading(one, plain, shift) for one in paragraphs)
    parts = [Part(1, "")]
    for place, paragraph in enumerate(paragraphs):
        following = paragraphs[place + 1].words if place + 1 < len(paragraphs) else ""
        opened = _heading(paragraph, plain, shift) or (_bare(paragraph, following) if bare else None)
        if opened:
            parts.append(Part(opened.level, opened.sentence, paragraph.first, opened.number))
            if opened.rest:
                parts[-1].paragraphs.append(opened.rest)
        else:
            parts[-1].starts.append((len(parts[-1].paragraphs), paragraph))
            parts[-1].paragraphs.append(paragraph.words)
        parts[-1].first = parts[-1].first or paragraph.first
        parts[-1].spans.extend(paragraph.spans)
    kept = [part for part in parts if part.spans]
    _set_paths(kept)
    return tuple(piece for part in kept for piece in _lead_ins(part))


def _heading(paragraph: Paragraph, plain: frozenset[int], shift: int) -> Heading | None:
    if paragraph.first.start in plain or paragraph.first.table:
        return None
    words = paragraph.words
    if heading := read_heading(words):
        return heading
    if paragraph.first.level is not None and words:
        return Heading(min(_LOWEST, max(1, paragraph.first.level - shift)), 0, words, "")
    return None


def _bare(paragraph: Paragraph, following: str) -> Heading | None:
    """Return a heading without a number, in a report that numbers none."""
    if _ORDINAL.match(paragraph.words):
        return Heading(1, 0, *split_heading(paragraph.words, 3))
    prose = len(following) >= 20 and "。" in following
    return Heading(1, 0, paragraph.words, "") if prose and is_bare_heading(paragraph.words) else None


def _set_paths(parts: Sequence[Part]) -> None:
    above: list[Part] = []
    for part in parts:
        while above and (above[-1].level >= part.level or not above[-1].heading):
            above.pop()
        above.append(part)
        part.path = tuple(one.heading for one in above)


def _lead_ins(part: Part) -> Iterator[Part]:
    """Yield the part, its paragraphs that open with a short sentence of their own as parts below it.

    One such sentence is an ordinary sentence; two or more in a row of
    paragraphs are headings.
    """
    leads = [(place, sentence, one) for place, one in part.starts if (sentence := lead_in(one.words))]
    behind = sum(place >= leads[0][0] and not one.first.table for place, one in part.starts) if leads else 0
    if len(leads) < 2 or len(leads) * 2 < behind:
        yield part
        return
    firsts = [one.first.start for _, _, one in leads]
    places = [place for place, _, _ in leads]
    groups: list[list[tuple[int, int]]] = [[] for _ in range(len(leads) + 1)]
    for span in part.spans:
        groups[bisect_right(firsts, span[0])].append(span)
    if groups[0]:
        texts = part.paragraphs[: places[0]]
        yield Part(part.level, part.heading, part.first, part.number, texts, groups[0], part.path)
    path = tuple(head for head in part.path if head)
    for (place, sentence, one), spans, end in zip(leads, groups[1:], [*places[1:], None], strict=True):
        texts = [one.words[len(sentence) :].strip(), *part.paragraphs[place + 1 : end]]
        yield Part(_LOWEST, sentence, one.first, 0, texts, spans, (*path, sentence))


def finish(
    parts: Sequence[Part], page: Page, file: str, seen: dict[str, int], *, labelled: bool
) -> tuple[Section, ...]:
    """Return the sections of `parts` with ids that follow from path and text, unique among those `seen`."""
    return tuple(_section(part, page, file, seen, labelled=labelled) for part in parts)


def _section(part: Part, page: Page, file: str, seen: dict[str, int], *, labelled: bool) -> Section:
    text = "\n".join(part.paragraphs)
    spans = merge_spans(page.text, part.spans)
    number = part.first.number if part.first else 1
    where = (
        Where(file, paragraph=number, span=spans[0])
        if page.paragraphs
        else Where(file, line=number, span=spans[0])
    )
    return Section(
        id=_identity("\x1f".join((*part.path, text)), seen),
        level=part.level,
        heading=part.heading,
        path=part.path,
        text=text,
        spans=spans,
        topics=topics_of(part.heading, text) if labelled else (),
        quality=quality_of(f"{part.heading}\n{text}") if labelled else (),
        where=where,
    )


def _identity(content: str, seen: dict[str, int]) -> str:
    name = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"


def merge_spans(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """Return the spans with those put together between which nothing but white space stands."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and not text[merged[-1].end : start].strip():
            merged[-1] = Span(merged[-1].start, end)
        else:
            merged.append(Span(start, end))
    return tuple(merged)
