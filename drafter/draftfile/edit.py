"""Editing one part of a draft: found by its number or heading, replaced with nothing else touched.

Outside the part and the definitions every byte stays. Definitions are added in
order, and dropped where the part used them last.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from drafter.draftfile.definitions import line_end, past_labels, with_definitions
from drafter.draftfile.parse import read_draft
from drafter.draftfile.parts import OPENING, Part, draft_blocks, read_parts
from drafter.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.model import Source, Span

__all__ = [
    "Part",
    "find_part",
    "part_blocks",
    "past_labels",
    "read_parts",
    "replace_part",
    "with_definitions",
]

_ADDRESS = re.compile(
    r"第?(?P<han>[〇零一二三四五六七八九十百]{1,4})[、.．]?(?:部分)?|[（(](?P<bracket>[〇零一二三四五六七八九十百]{1,4})[）)]"
    r"|(?P<dot>\d{1,2})[、.．]?|[（(](?P<small>\d{1,2})[）)]"
)
_STYLES = {
    "bracket": ("bracket",),
    "small": ("small",),
    "dot": ("dot", "small"),
    "han": ("comma", "nth", "bracket"),
}
_MOST_LISTED = 12


# --- finding ------------------------------------------------------------------------------


def find_part(text: str, address: str) -> Part:
    """Return the part of the draft `text` that `address` names: 二, 二/（一）, or words of a heading.

    Raises:
        UsageError: there is no such part, or there are several; the message lists them.
        ReadError: the front matter is not YAML.
    """
    parts = read_parts(text)
    found: Sequence[Part] = _matching(parts, parts, address)
    if not found:
        found = parts
        for step in re.split(r"[/／>＞]", address):
            within = parts if found is parts else [p for one in found for p in _below(parts, one)]
            found = _matching(parts, within, step)
    if len(found) == 1:
        return found[0]
    shown = "；".join(dict.fromkeys(map(_listed, (found or parts)[:_MOST_LISTED])))
    more = " …" if len(found or parts) > _MOST_LISTED else ""
    if found:
        raise UsageError(
            f"“{address}”对得上 {len(found)} 节：{shown}{more}。",
            hint="请写全，例如 二/（一），或多写几个标题里的字。",
        )
    raise UsageError(f"草稿里没有“{address}”这一节。", hint=f"有这些节：{shown}{more}。")


def _matching(parts: Sequence[Part], within: Sequence[Part], step: str) -> tuple[Part, ...]:
    """Return the parts of `within` that one step of an address names; of equal numbers the highest."""
    wanted = _folded(step)
    if not wanted:
        return ()
    number = _ADDRESS.fullmatch(wanted)
    if number is None:
        named = [p for p in within if wanted in _folded(p.heading or OPENING)]
        exact = [p for p in named if wanted in {_folded(p.heading), _folded(p.heading).rstrip("。")}]
        return tuple(exact or named)
    kind = next(name for name, value in number.groupdict().items() if value)
    alike = [p for p in within if p.style in _STYLES[kind] and p.number == number[kind]]
    if kind in {"han", "dot"} and alike:
        highest = min(len(p.path) for p in alike)
        if highest == min(len(p.path) for p in within):
            alike = [p for p in alike if len(p.path) == highest]
    if kind == "dot" and within is parts:
        alike += [p for p in parts if len(p.path) == 1 and p.number == _in_han(number["dot"])]
    return tuple(alike)


def _in_han(digits: str) -> str:
    from drafter.numbers.chinese import write_chinese  # noqa: PLC0415 - few addresses are written in digits

    return write_chinese(int(digits))


def _below(parts: Sequence[Part], above: Part) -> list[Part]:
    reach = range(above.span.start + 1, above.span.end)
    return [one for one in parts if one.span.start in reach]


def _folded(words: str) -> str:
    """Return `words` in one form: no spaces, full width as half width."""
    return "".join(unicodedata.normalize("NFKC", words).split())


def _listed(part: Part) -> str:
    if not part.heading:
        return OPENING
    above = "/".join(part.path[:-1])
    return f"{above}/{part.heading}".strip("/").rstrip("。")


# --- replacing ----------------------------------------------------------------------------


def part_blocks(text: str, part: Part) -> tuple[Span, ...]:
    """Return where headings and paragraphs of `part` stand, its children's too; comments are none."""
    return tuple(
        block.span
        for block in draft_blocks(read_draft(text))
        if not block.is_comment and part.span.start <= block.span.start and block.span.end <= part.span.end
    )


def replace_part(text: str, part: Part, new_blocks: Sequence[str], sources: Mapping[str, Source]) -> str:
    """Return the draft `text` with `new_blocks` in place of the blocks of `part`, its heading included.

    A block is a heading line or a paragraph as it is written in the file. Blocks
    that stay as they are keep their bytes, comments between them stay. `sources`
    holds the source of every label that the new blocks bring along.

    Raises:
        KeyError: a new label has no source.
    """
    body = text[: part.span.start] + _rewritten(text, part, new_blocks) + text[part.span.end :]
    return with_definitions(text, body, sources)


def _rewritten(text: str, part: Part, new_blocks: Sequence[str]) -> str:
    spans = part_blocks(text, part)
    old = [text[span.start : span.end] for span in spans]
    gaps = ["", *(text[a.end : b.start] for a, b in pairwise(spans))]
    blank = line_end(text) * 2
    out: list[str] = []
    matcher = SequenceMatcher(None, old, list(new_blocks), autojunk=False)
    for kind, i, until_i, j, until_j in matcher.get_opcodes():
        paired = min(until_i - i, until_j - j)
        for step in range(paired):
            gap = gaps[i + step] if out else gaps[i + step].strip("\r\n")
            between = (gap or blank) if out else gap + blank if gap else ""
            out.append(between + (old[i + step] if kind == "equal" else new_blocks[j + step]))
        comments = (gap.strip("\r\n") for gap in gaps[i + paired : until_i] if gap.strip())
        for one in (*new_blocks[j + paired : until_j], *comments):
            out.append((blank if out else "") + one)
    return "".join(out)
