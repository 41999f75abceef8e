"""The parts of a draft: sections and items with where each stands in the file.

A part begins at a heading line, at a numbered line, or at a heading that opens a
paragraph (（一）做实矛盾调解。…). Its level follows the numbering, else the number
of `#`. Comments that a person put between parts belong to none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from drafter.draftfile.inline import line_ends, links, soft_breaks
from drafter.draftfile.parse import read_blocks, read_draft
from drafter.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.draftfile.parse import DraftText

_HAN = "[〇零一二三四五六七八九十百]{1,4}"
_NUMBER = re.compile(
    rf"\s*(?:(?P<comma>{_HAN})[、，,.．]|第(?P<nth>{_HAN})[、，,：:]|[（(](?P<bracket>{_HAN})[）)][、.．]?"
    r"|(?P<dot>\d{1,2})(?:[.．](?!\d)|、)|[（(](?P<small>\d{1,2})[）)][、.．]?)\s*"
)
_LEVELS = {"comma": 1, "nth": 1, "bracket": 2, "dot": 3, "small": 4}
_LEAD_IN_LEVEL = 4
_LONGEST_HEADING = 40
_HEADING_SENTENCE = re.compile(r"[^。；！？：]{2,30}。")
_STOP = re.compile(r"[。；！？]")
_COMMENT = re.compile(r"(?:^|(?<=\r))[ ]{0,3}<!--.*?-->[ \t]*(?=[\r\n]|\Z)", re.DOTALL | re.MULTILINE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_BESIDES = "此外，"
"""How drafter begins a paragraph of what no item of a section had a place for: it is the section's."""
OPENING = "开头"


class Block(NamedTuple):
    """A heading line, a paragraph or a comment: where it stands in the source and in the plain text."""

    span: Span
    plain: Span
    hashes: int = 0
    is_comment: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a draft; spans count characters of the source.

    `span` reaches from the heading to the end of its last paragraph, those of its
    children included; `head` is the heading with its syntax, `own` its own
    paragraphs without the heading. `path` are the numbers (or headings) from the
    top down, `label` the past section that the heading is from.
    """

    path: tuple[str, ...]
    heading: str
    level: int
    span: Span
    head: Span
    own: tuple[Span, ...] = ()
    label: str | None = None
    run_in: bool = False
    style: str = ""
    number: str = ""

    @property
    def address(self) -> str:
        """How a person names the part: 二/（一）."""
        return "/".join(self.path)


def read_parts(text: str) -> tuple[Part, ...]:
    """Return the parts of the draft `text` in order; what stands before the first heading is 开头.

    Raises:
        ReadError: the front matter is not YAML.
    """
    draft = read_draft(text)
    parts: list[Part] = []
    open_parts: list[int] = []
    for number, block in enumerate(one for one in draft_blocks(draft) if not one.is_comment):
        begun = _begun(draft, block)
        if begun is None:
            if block.hashes == 1 and number == 0:
                continue
            if not parts:
                parts.append(Part((OPENING,), "", 1, block.span, Span(block.span.start, block.span.start)))
                open_parts = [0]
            _add(parts, open_parts, block, draft.plain[block.plain.start : block.plain.end])
            continue
        while open_parts and (
            parts[open_parts[-1]].level >= begun.level or not parts[open_parts[-1]].heading
        ):
            open_parts.pop()
        above = parts[open_parts[-1]].path if open_parts else ()
        parts.append(replace(begun, path=(*above, *begun.path)))
        open_parts.append(len(parts) - 1)
        _stretch(parts, open_parts, block.span.end)
    return tuple(parts)


def draft_blocks(draft: DraftText) -> Iterator[Block]:
    """Yield heading lines, paragraphs and comments of a draft; lines that an editor wrapped are one."""
    text = draft.source
    comments = [Span(*found.span()) for found in _COMMENT.finditer(text)]
    reached = 0
    for start, end, definition in read_blocks(text):
        if definition is not None:
            continue
        for begin, finish in _paragraphs(text, start, end):
            comment = next((c for c in comments if c.start < finish and begin < c.end), None)
            if comment is None:
                yield _block(draft, begin, finish)
            elif comment.start >= reached:
                reached = comment.end
                yield _block(draft, *comment)._replace(is_comment=True, hashes=0)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the paragraphs of a run of lines begin and end, white space round them left out."""
    wrapped = set(soft_breaks(text, start, end))
    for link in links(text, start, end):
        wrapped |= line_ends(text, link.span.start, link.span.end)
    cuts = [found.span() for found in _LINE_END.finditer(text, start, end) if found.start() not in wrapped]
    for begin, finish in zip(
        [start, *(cut[1] for cut in cuts)], [*(cut[0] for cut in cuts), end], strict=True
    ):
        words = text[begin:finish]
        if words.strip():
            yield begin + len(words) - len(words.lstrip()), finish - len(words) + len(words.rstrip())


def _block(draft: DraftText, start: int, end: int) -> Block:
    plain = draft.to_plain(Span(start, end))
    heading = next((h for h in draft.headings if plain.start <= h.span.start < plain.end), None)
    return Block(Span(start, end), plain, heading.level if heading else 0)


def _holds(part: Part, begun: Part) -> bool:
    return bool(part.heading) and part.level < begun.level


def _add(parts: list[Part], open_parts: list[int], block: Block, words: str) -> None:
    """Add a paragraph to the innermost open part, or to the one above it where it says 此外."""
    at = open_parts[-1]
    if parts[at].run_in and len(open_parts) > 1 and words.startswith(_BESIDES):
        open_parts.pop()
        at = open_parts[-1]
    parts[at] = replace(parts[at], own=(*parts[at].own, block.span))
    _stretch(parts, open_parts, block.span.end)


def _stretch(parts: list[Part], open_parts: Sequence[int], end: int) -> None:
    for at in open_parts:
        parts[at] = replace(parts[at], span=Span(parts[at].span.start, end))


def _begun(draft: DraftText, block: Block) -> Part | None:
    """Return the part that `block` begins, its path being its own number; None for a mere paragraph."""
    words = draft.plain[block.plain.start : block.plain.end]
    found = _NUMBER.match(words)
    style = next((name for name, value in found.groupdict().items() if value), "") if found else ""
    label = next(
        (m.label for m in draft.marks if m.span.start == block.plain.start and m.label[0] == "P"), None
    )
    if block.hashes:
        if block.hashes == 1 and not found and block.plain.start == _first(draft.plain):
            return None
        level = _LEVELS.get(style) or max(1, block.hashes - 1)
        return _part(words, len(words), style, level, block.span, block.span, label)
    if found and len(words) <= _LONGEST_HEADING and not re.search(r"[，。；！？]", words):
        return _part(words, len(words), style, _LEVELS[style], block.span, block.span, label)
    length = _heading_length(draft, block, words, found.end() if found else 0, label)
    if not length:
        return None
    length, head = _head(draft, block, length)
    part = _part(words, length, style, _LEVELS.get(style, _LEAD_IN_LEVEL), block.span, head, label)
    rest = Span(head.end, block.span.end)
    return replace(part, run_in=True, own=(rest,) if rest.start < rest.end else ())


def _heading_length(draft: DraftText, block: Block, words: str, numbered: int, label: str | None) -> int:
    """Return how many characters of a paragraph are the heading that opens it; nought for none."""
    sentence = _HEADING_SENTENCE.match(words, numbered)
    if numbered:
        has_number = sentence and any(
            "." in mark.label and block.plain.start <= mark.span.start < block.plain.start + sentence.end()
            for mark in draft.marks
        )
        return sentence.end() if sentence and not has_number else numbered
    if sentence is None or label is None or label not in draft.definitions:
        return 0
    past = draft.definitions[label].title.rpartition(" · ")[2]
    numbered_past = _NUMBER.match(past)
    past = past[numbered_past.end() if numbered_past else 0 :]
    return sentence.end() if past.rstrip("。") == sentence[0].rstrip("。") else 0


def _head(draft: DraftText, block: Block, length: int) -> tuple[int, Span]:
    """Return a heading that opens a paragraph, links kept whole: its characters, and its source."""
    text = draft.source
    last = draft.offsets[block.plain.start + length - 1]
    end = last + 1
    for link in links(text, *block.span):
        if link.span.start <= last < link.span.end:
            end = link.span.end
    after = bisect_left(draft.offsets, end)
    while (
        end < block.span.end
        and text[end] == "*"
        and (after >= len(draft.offsets) or draft.offsets[after] != end)
    ):
        end += 1
    return bisect_left(draft.offsets, end) - block.plain.start, Span(block.span.start, end)


def _part(words: str, length: int, style: str, level: int, span: Span, head: Span, label: str | None) -> Part:  # noqa: PLR0913, PLR0917 - the parts of a part
    heading = words[:length].strip()
    found = _NUMBER.match(heading)
    value = next((value for value in found.groupdict().values() if value), "") if found else ""
    name = {"": heading.rstrip("。："), "bracket": f"（{value}）", "small": f"（{value}）"}.get(style, value)
    return Part((name,), heading, level, span, head, label=label, style=style, number=value)


def _first(plain: str) -> int:
    return len(plain) - len(plain.lstrip("\ufeff \t\r\n　"))
