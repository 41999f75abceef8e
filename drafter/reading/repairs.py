"""Repairs of broken lines: page numbers inside a text, words cut in two, headings that are none.

Nothing is invented: a repair leaves out a page number or a line end, and a
number that a line end may have cut stays as it is and is remarked upon.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from drafter.reading.headings import is_bare_heading, lead_in, read_marker, sentence_end
from drafter.reading.lines import Line, Page, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ENDS = "。！？!?；;：:.…”’」』）)】〕》—"
_HAN = re.compile(r"[\u3400-\u9fff]")
_ALONE = re.compile(
    r"(?:[-—–－~·•\s]*第?\s*\d{1,4}\s*页?[-—–－~·•\s]*)$|(?:第\s*\d+\s*页\s*[,，/]?\s*)?共\s*\d+\s*页$|\d+\s*/\s*\d+$"
)
_TRAILING = re.compile(r"(?<=[\u3400-\u9fff。！？；：，、”）)])[ \t\u3000]+(\d{1,3})$")
_ITEM = re.compile(
    r"(?:[一二三四五六七八九十]是|首先|其次|再次|最后|第[一二三四五六七八九十]+[，,、是]|[-*•●■◆▪·])"
)
_STAMP = re.compile(
    r"[（(]?\s*(?:[\d〇一二三四五六七八九十]{2,4}|[xX×]{2,4}|20[xX×]{2})\s*年.{0,12}[日月][）)]?$"
)
_WINDOW = 8


class Paragraph(NamedTuple):
    """Lines that belong together: the repaired words and the spans that they come from."""

    words: str
    spans: tuple[tuple[int, int], ...]
    first: Line
    last: Line


def page_numbers(page: Page, lines: Sequence[Line]) -> dict[int, int]:
    """Return where a page number begins, by the start of its line.

    A line that is nothing but a page number is one. A bare number behind the
    words of a line is one when such numbers rise through the page, or when it
    stands behind the end of a sentence.
    """
    alone: dict[int, int] = {}
    behind: list[tuple[int, int, int, bool]] = []
    for place, line in enumerate(lines):
        words = page.text[line.body : line.end]
        if len(words) <= 24 and _ALONE.match(words) and not line.table:
            alone[line.start] = line.start
        elif found := _TRAILING.search(words[-16:]):
            following = words_of(page, lines[place + 1]) if place + 1 < len(lines) else ""
            begin = line.end - len(found[1])
            ended = page.text[:begin].rstrip()[-1:] in "。！？”"
            if not _measures(following):
                behind.append((line.start, begin, int(found[1]), ended))
    rising = _rising([number for _, _, number, _ in behind])
    cut = {start: begin for start, begin, _, ended in behind if rising or ended}
    return alone | cut


def _rising(numbers: Sequence[int]) -> bool:
    steps = [after - before for before, after in zip(numbers, numbers[1:], strict=False)]
    return bool(steps) and all(0 < step <= 3 for step in steps)


def _measures(words: str) -> bool:
    """Whether `words` may go on a number: a digit, a sign or a measure word first."""
    return bool(
        re.match(
            r"[\d.,%％‰余多万亿千百个名人次件起场期户份项条元年月日号岁届家处对米亩吨册篇块幅台座类种倍]",
            words,
        )
    )


def width_of(lines: Sequence[Line]) -> int:
    """Return the width at which the lines were broken by a machine, or 0 when they were not."""
    lengths = [line.indent + line.end - line.start for line in lines if not line.table]
    if len(lengths) < 8:
        return 0
    widest = Counter(lengths)
    top = max(length for length in widest if widest[length] >= 2) if max(widest.values()) >= 2 else 0
    full = sum(count for length, count in widest.items() if top - 3 <= length <= top + 1)
    return top if 12 <= top <= 80 and full * 2 >= len(lengths) else 0


@lru_cache(maxsize=4096)
def splits_word(before: str, after: str) -> bool:
    """Whether the end of `before` and the beginning of `after` are the halves of one word."""
    import rjieba  # noqa: PLC0415 - its dictionary is loaded only when a line may be broken

    place = 0
    for word in rjieba.cut(before + after, hmm=False):
        if place < len(before) < place + len(word):
            return True
        place += len(word)
    return False


def cuts_word(before: str, after: str) -> bool:
    """Whether a line end between `before` and `after` stands inside a word of Chinese characters."""
    if not (before and after and _HAN.match(before[-1]) and _HAN.match(after[0])):
        return False
    return splits_word(before[-_WINDOW:], after[:_WINDOW])


def is_open(words: str) -> bool:
    """Whether a line ends before its sentence does."""
    return bool(words) and words[-1] not in _ENDS


def false_headings(page: Page, lines: Sequence[Line]) -> frozenset[int]:
    """Return the starts of lines that only look like a heading: 祖国统⏎一、人心凝聚.

    A line that opens with 一、 in the middle of a sentence is no heading when
    its number is out of order and it completes a word, or reads on as prose.
    """
    found: set[int] = set()
    tops = [
        (place, marker.number)
        for place, line in enumerate(lines)
        if (marker := read_marker(words_of(page, line))) and marker.level == 1 and line.level is None
    ]
    expected = 1
    for rank, (place, number) in enumerate(tops):
        following = tops[rank + 1][1] if rank + 1 < len(tops) else None
        ordered = number == expected and following != number
        words = words_of(page, lines[place])
        before = words_of(page, lines[place - 1]) if place else ""
        if not ordered and _runs_on(before) and (cuts_word(before, words) or _is_prose(words)):
            found.add(lines[place].start)
        else:
            expected = number + 1
    return frozenset(found)


def _runs_on(before: str) -> bool:
    return is_open(before) and not is_bare_heading(before) and not read_marker(before)


def _is_prose(words: str) -> bool:
    return len(words) - sentence_end(words) > 0 or len(words) > 40


def join_lines(
    page: Page, lines: Sequence[Line], cuts: Mapping[int, int], plain: frozenset[int]
) -> tuple[Paragraph, ...]:
    """Return the paragraphs of `lines`.

    `cuts` are the page numbers as `page_numbers` gives them, `plain` the
    starts of lines that are no heading in spite of their look.
    """
    width = 0 if page.paragraphs else width_of(lines)
    done: list[Paragraph] = []
    paged = False
    for line in lines:
        end = cuts.get(line.start, line.end)
        if end == line.start:
            paged = True
            continue
        words = words_of(page, Line(line.number, line.start, end, line.body))
        span = (line.start, len(page.text[:end].rstrip()) if end != line.end else line.end)
        if done and _belongs(done[-1], words, line, width=width, paged=paged, plain=plain):
            done[-1] = _joined(done[-1], words, span, line)
        else:
            done.append(Paragraph(words, (span,), line, line))
        paged = end != line.end
    return tuple(done)


def _joined(before: Paragraph, words: str, span: tuple[int, int], line: Line) -> Paragraph:
    between = " " if re.search(r"[A-Za-z,;]$", before.words) and re.match(r"[A-Za-z]", words) else ""
    return Paragraph(before.words + between + words, (*before.spans, span), before.first, line)


def _belongs(
    before: Paragraph, words: str, line: Line, *, width: int, paged: bool, plain: frozenset[int]
) -> bool:
    """Whether `line` goes on the paragraph `before`."""
    if line.start in plain:
        return True
    if line.level is not None or line.table or before.last.table or before.last.level is not None:
        return False
    if read_marker(words) or _ITEM.match(words) or _STAMP.match(words) or lead_in(words):
        return False
    digits = before.words[-1:].isdigit() and words[:1].isdigit()
    if digits or not before.words:
        return False
    heading = read_marker(before.words) is not None or is_bare_heading(before.words)
    if paged and is_open(before.words) and not heading:
        return True
    if line.gap or page_like(before):
        return (
            is_open(before.words)
            and not heading
            and len(before.words) > 12
            and cuts_word(before.words, words)
        )
    return _wrapped(before, words, line, width=width, heading=heading)


def page_like(before: Paragraph) -> bool:
    """Whether `before` closes a letter: a date, a signature."""
    return bool(_STAMP.match(before.words))


def _wrapped(before: Paragraph, words: str, line: Line, *, width: int, heading: bool) -> bool:
    """Whether a line right below goes on the paragraph: the line above was full, or broke off a word."""
    last = before.last
    if last.full is not None:
        return last.full and not line.indent and (not heading or is_open(before.words))
    if width and last.indent + last.end - last.start >= width - 3:
        goes_on = line.indent < before.first.indent or line.indent == (
            0 if last is before.first else last.indent
        )
        return goes_on and (not heading or is_open(before.words))
    if not is_open(before.words):
        return False
    prose = not heading and len(before.words) > 20 and bool(re.search("[，,、。；;]", before.words))
    return prose or cuts_word(before.words, words)
