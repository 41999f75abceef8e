"""A section that is rewritten: its items, their sentences, and the way back into the file.

A sentence is a slice of the file. Those that stay keep their bytes; only new
ones are written anew. Headings stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from drafter.draftfile import read_draft
from drafter.draftfile.edit import part_blocks, read_parts
from drafter.draftfile.inline import links
from drafter.draftfile.render import write_paragraph
from drafter.model import Borrowed, Doubt, Number, Span, ToFill, Words
from drafter.writing.headings import heading_role, split_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from drafter.draftfile.edit import Part
    from drafter.model import Paragraph, Piece

_STOPS = "。！？；"
_CLOSING = "”’」』）"
_BRACKETS = {"（": "）", "(": ")", "“": "”", "《": "》", "「": "」", "【": "】", "〔": "〕"}
_OPEN = re.compile(r"【(待补|待核)[:：]([^【】\[\]]{1,60})】")


class Sentence(NamedTuple):
    """A sentence as it stands in the file, its stop included; `opens`: a paragraph begins with it."""

    source: str
    opens: bool = False

    @property
    def plain(self) -> str:
        """The words as a reader sees them."""
        return read_draft(self.source).plain


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of a section under one heading; `head` is the heading with its syntax, if it has one."""

    address: str
    heading: str
    level: int
    head: str
    sentences: tuple[Sentence, ...]
    run_in: bool = False
    label: str | None = None

    @property
    def role(self) -> str:
        """What the item is for: `body`, `problems` or `plans`."""
        return heading_role(self.heading)


def section_key(text: str, part: Part) -> str:
    """Return what identifies a part although sections before it come and go: the words of its headings."""
    above = [one for one in read_parts(text) if one.span.start <= part.span.start < one.span.end]
    return "/".join(split_number(one.heading)[1].rstrip("。：") or one.path[-1] for one in above)


def part_of_key(text: str, key: str) -> Part | None:
    """Return the part of the draft `text` with that key; None if there is none, or more than one."""
    found = [part for part in read_parts(text) if section_key(text, part) == key]
    return found[0] if len(found) == 1 else None


def read_items(text: str, part: Part) -> tuple[Item, ...]:
    """Return the items of a part in the order of the file, those of its children included."""
    reach = range(part.span.start, part.span.end)
    parts = [one for one in read_parts(text) if one.span.start in reach]
    begun = {one.head.start: one for one in parts if one.heading}
    items: list[Item] = []
    for span in part_blocks(text, part):
        one = begun.get(span.start)
        if one is not None:
            item = Item(one.address, one.heading, one.level, "", (), run_in=one.run_in, label=one.label)
            rest = text[one.head.end : span.end]
            sentences = split_sentences(rest) if one.run_in else ()
            items.append(replace(item, head=text[one.head.start : one.head.end], sentences=sentences))
            continue
        owner = next(one for one in parts if span in one.own)
        if not items or items[-1].address != owner.address:
            items.append(Item(owner.address, owner.heading if not items else "", owner.level, "", ()))
        more = split_sentences(text[span.start : span.end], opens=True)
        items[-1] = replace(items[-1], sentences=(*items[-1].sentences, *more))
    return tuple(items)


def write_items(items: Iterable[Item]) -> list[str]:
    """Return the blocks of a part: heading lines and paragraphs as they stand in the file."""
    return ["".join(words for words, _ in block).strip() for block in _laid_out(items)]


def sentence_spans(text: str, part: Part, items: Sequence[Item]) -> list[Span]:
    """Return where each sentence of `items` stands in `text`, a draft in which they are written as `part`."""
    spans: list[Span] = []
    for block, at in zip(_laid_out(items), part_blocks(text, part), strict=True):
        whole = "".join(words for words, _ in block)
        start = at.start - (len(whole) - len(whole.lstrip()))
        for words, is_sentence in block:
            if is_sentence:
                spans.append(Span(start, start + len(words)))
            start += len(words)
    return spans


def _laid_out(items: Iterable[Item]) -> list[list[tuple[str, bool]]]:
    """Return the blocks as their pieces, each with whether it is a sentence."""
    blocks: list[list[tuple[str, bool]]] = []
    for item in items:
        goes_on = False
        if item.head:
            blocks.append([(item.head, False)])
            goes_on = item.run_in
        for at, sentence in enumerate(item.sentences):
            if goes_on and (not sentence.opens or (item.run_in and not at)):
                blocks[-1].append((sentence.source, True))
            else:
                blocks.append([(sentence.source, True)])
            goes_on = True
    return [block for block in blocks if any(words.strip() for words, _ in block)]


def split_sentences(source: str, *, opens: bool = False) -> tuple[Sentence, ...]:
    """Return the sentences of a paragraph as slices of `source`; links and brackets stay whole."""
    ends = list(_ends(source))
    if not ends or ends[-1] < len(source):
        ends.append(len(source))
    starts = [0, *ends[:-1]]
    found = [source[start:end] for start, end in zip(starts, ends, strict=True)]
    if len(found) > 1 and not found[-1].strip():
        found[-2:] = [found[-2] + found[-1]]
    return tuple(Sentence(words, opens and not at) for at, words in enumerate(found) if words)


def _ends(source: str) -> Iterator[int]:
    inside = {link.span.start: link for link in links(source, 0, len(source))}
    closing: list[str] = []
    at = 0
    while at < len(source):
        link = inside.get(at)
        char = source[at] if link is None else source[link.words.start : link.words.end].rstrip(_CLOSING)[-1:]
        if link is None:
            if closing and char == closing[-1]:
                closing.pop()
            elif char in _BRACKETS and _BRACKETS[char] in source[at + 1 :]:
                closing.append(_BRACKETS[char])
        at = at + 1 if link is None else link.span.end
        if char and char in _STOPS and not closing:
            while at < len(source) and source[at] in _CLOSING:
                at += 1
            yield at


# --- pieces -------------------------------------------------------------------------------


def read_pieces(source: str) -> Paragraph:
    """Return a sentence as pieces: numbers and borrowed words with their labels, what is to be filled in."""
    draft = read_draft(source)
    pieces: list[Piece] = []
    end = 0
    for mark in draft.marks:
        pieces += _words(draft.plain[end : mark.span.start])
        surface = draft.plain[mark.span.start : mark.span.end]
        is_past = mark.label.startswith("P") and "." not in mark.label
        pieces.append(Borrowed(surface, mark.label) if is_past else Number(surface, mark.label))
        end = mark.span.end
    return (*pieces, *_words(draft.plain[end:]))


def _words(plain: str) -> Iterator[Piece]:
    end = 0
    for found in _OPEN.finditer(plain):
        if found.start() > end:
            yield Words(plain[end : found.start()])
        yield ToFill(found[2]) if found[1] == "待补" else Doubt(found[2])
        end = found.end()
    if end < len(plain):
        yield Words(plain[end:])


def write_sentence(pieces: Sequence[Piece], *, opens: bool = False) -> Sentence:
    """Return pieces as a sentence of the file."""
    return Sentence(write_paragraph(tuple(pieces)), opens)


def sentences_of(paragraphs: Iterable[Paragraph], *, first_opens: bool) -> tuple[Sentence, ...]:
    """Return written paragraphs as sentences; the first goes on in its heading's line unless it opens."""
    found: list[Sentence] = []
    for number, paragraph in enumerate(paragraphs):
        found += split_sentences(write_paragraph(paragraph), opens=bool(number) or first_opens)
    return tuple(found)
