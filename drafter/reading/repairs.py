"""Repairs of broken lines: page numbers inside a text, words cut in two, headings that are none.

Nothing is invented: a repair leaves out a page number or a line end, and a
number that a line end may have cut stays as it is and is remarked upon.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from drafter.numbers.later import Later
from drafter.reading.headings import is_bare_heading, lead_in, read_heading, read_marker, sentence_end
from drafter.reading.lines import Line, Page, width, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_ENDS = "。！？!?；;：:.…”’」』）)】〕》—"
_DECORATED = re.compile(
    r"[-—–－~·•]+\s*\d{1,4}\s*[-—–－~·•]+$|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?$|共\s*\d+\s*页$|\d+\s*/\s*\d+$"
)
_BARE = re.compile(r"(\d{1,3})$")
_TRAILING = Later(r"(?<=[\u3400-\u9fff。！？；：，、”）)])[ \t\u3000]+(\d{1,3})$")
_ITEM = re.compile(
    r"(?:[一二三四五六七八九十]是|首先|其次|再次|最后|第[一二三四五六七八九十]+[，,、是]|[-*•●■◆▪·])"
)
_STAMP = re.compile(
    r"[（(]?\s*(?:[\d〇一二三四五六七八九十]{2,4}|[xX×]{2,4}|20[xX×]{2})\s*年.{0,12}[日月][）)]?$"
)
_LATIN_END = re.compile(r"[A-Za-z,;]$")
_MEASURE = re.compile(
    "[0-9０-９.,%％‰余多万亿千百个名人次件起场期户份项条元年月日号岁届家处对米亩吨册篇块幅台座类种倍]"
)
_WINDOW = 8
_FOLIO = 24
_STEP = 3
_APART = 200
_STUB = 12
_SHORT = 20
_ENDLESS = 10_000
_RAGGED = 6
_NARROW = 24
_FEW = 8
_WIDE = 160


class Paragraph(NamedTuple):
    """Lines that belong together: the repaired words and the spans that they come from."""

    words: str
    spans: tuple[tuple[int, int], ...]
    first: Line
    last: Line


class _Bare(NamedTuple):
    """A number without a unit that may be that of a page, with the words before and after it."""

    line: Line
    begin: int
    number: int
    before: str
    after: str


def page_numbers(page: Page, lines: Sequence[Line]) -> dict[int, int]:
    """Return where a page number begins, by the start of its line.

    A decorated one (— 3 —, 第3页) is recognised by itself. A bare number, on
    its own line or behind the words of one, is a page number when such
    numbers rise through the file a page apart, or when the words around it
    show that it does not belong to them.
    """
    sure: dict[int, int] = {}
    bare: list[_Bare] = []
    for place, line in enumerate(lines):
        words = page.text[line.body : line.end]
        if line.table:
            continue
        if len(words) <= _FOLIO and _DECORATED.match(words):
            sure[line.start] = line.start
        elif found := _BARE.match(words) or _trailing(words):
            before = words[: -len(found[1])].strip() or (words_of(page, lines[place - 1]) if place else "")
            after = words_of(page, lines[place + 1]) if place + 1 < len(lines) else ""
            if not _MEASURE.match(after):
                begin = line.end - len(found[1])
                bare.append(_Bare(line, begin, int(found[1]), before, after))
    risen = _rising(bare)
    return sure | {one.line.start: one.begin for one in bare if risen or _strays(one)}


def _trailing(words: str) -> re.Match[str] | None:
    """Return the bare number at the end of a line that other words fill."""
    return _TRAILING.search(words[-16:]) if words[-1:].isdigit() else None


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _rising(numbers: Sequence[_Bare]) -> bool:
    """Whether bare numbers are those of pages: each a little higher than the one before, a page below it."""
    pairs = list(pairwise(numbers))
    return bool(pairs) and all(
        0 < after.number - before.number <= _STEP and after.begin - before.begin > _APART
        for before, after in pairs
    )


def _strays(one: _Bare) -> bool:
    """Whether the words around a bare number leave it no place: it stands in a word, or behind a sentence."""
    own_line = one.begin == one.line.body
    if cuts_word(one.before, one.after):
        return True
    if not own_line:
        return one.before[-1:] in "。！？”"
    prose = len(one.before) > _STUB and re.search("[，,。；;、]", one.before) is not None
    return prose and is_open(one.before) and _is_han(one.after[:1]) and not read_marker(one.after)


def width_of(page: Page, lines: Sequence[Line]) -> int:
    """Return the columns at which a machine broke the lines, or 0 where paragraphs are lines.

    Broken lines are nearly all full, and as wide as one another.
    """
    widths = Counter(_columns(page, line) for line in lines if not line.table)
    if widths.total() < _FEW or max(widths) > _WIDE:
        return 0
    top = max((columns for columns in widths if widths[columns] >= 2), default=0)
    full = sum(count for columns, count in widths.items() if top - _RAGGED <= columns <= top + 2)
    return top if top >= _NARROW and full * 2 >= widths.total() else 0


def _columns(page: Page, line: Line) -> int:
    return 2 * line.indent + width(page.text[line.start : line.end])


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
    if not (before and after and _is_han(before[-1]) and _is_han(after[0])):
        return False
    return splits_word(before[-_WINDOW:], after[:_WINDOW])


def is_heading(words: str) -> bool:
    """Whether `words` are a heading and nothing else."""
    heading = read_heading(words)
    return is_bare_heading(words) if heading is None else not heading.rest


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
    return is_open(before) and not is_heading(before)


def _is_prose(words: str) -> bool:
    return len(words) - sentence_end(words) > 0 or len(words) > 40


def join_lines(
    page: Page, lines: Sequence[Line], cuts: Mapping[int, int], plain: frozenset[int]
) -> tuple[Paragraph, ...]:
    """Return the paragraphs of `lines`.

    `cuts` are the page numbers as `page_numbers` gives them, `plain` the
    starts of lines that are no heading in spite of their look.
    """
    joiner = _Joiner(page, 0 if page.paragraphs else width_of(page, lines), plain)
    for line in lines:
        end = cuts.get(line.start, line.end)
        if end == line.start:
            joiner.paged = True
            continue
        words = words_of(page, replace(line, end=end))
        joiner.take(words, (line.start, len(page.text[:end].rstrip()) if end != line.end else end), line)
        joiner.paged = end != line.end
    return tuple(joiner.done)


def broken_numbers(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs that begin with digits right below a line that ends with digits (1⏎2期)."""
    for before, after in pairwise(paragraphs):
        tables = before.last.table or after.first.table
        if before.words[-1:].isdigit() and after.words[:1].isdigit() and not (after.first.gap or tables):
            yield after


class _Joiner:
    """Puts lines together to paragraphs, one line after the other.

    `paged` says that a page number stood between the last line and the next.
    """

    def __init__(self, page: Page, columns: int, plain: frozenset[int]) -> None:
        self.page = page
        self.columns = columns
        self.plain = plain
        self.paged = False
        self.done: list[Paragraph] = []

    def take(self, words: str, span: tuple[int, int], line: Line) -> None:
        """Add one line to the last paragraph, or begin a new one with it."""
        if self.done and self._goes_on(self.done[-1], words, line):
            before = self.done[-1]
            between = " " if _LATIN_END.search(before.words) and words[:1].isascii() else ""
            joined = before.words + between + words
            self.done[-1] = Paragraph(joined, (*before.spans, span), before.first, line)
        else:
            self.done.append(Paragraph(words, (span,), line, line))

    def _goes_on(self, before: Paragraph, words: str, line: Line) -> bool:
        """Whether `line` goes on the paragraph `before`."""
        if line.start in self.plain:
            return True
        if _stands_alone(before.last) or _stands_alone(line) or _opens(words, before.words):
            return False
        heading = is_heading(before.words)
        if self.paged and is_open(before.words):
            return not heading or cuts_word(before.words, words)
        if line.gap or _STAMP.match(before.words):
            return not heading and len(before.words) > _STUB and cuts_word(before.words, words)
        return self._wraps(before, words, line, heading=heading)

    def _wraps(self, before: Paragraph, words: str, line: Line, *, heading: bool) -> bool:
        """Whether a line right below goes on: the line above was full, or broke off in the middle."""
        last = before.last
        unfinished = is_open(before.words)
        if last.full is not None:
            return last.full and not line.indent and (not heading or unfinished)
        if self.columns and _columns(self.page, last) >= self.columns - _RAGGED:
            flush = line.indent < before.first.indent
            flush = flush or line.indent == (0 if last is before.first else last.indent)
            return flush and (not heading or unfinished)
        prose = not heading and last.end - last.body > _SHORT and _reads_on(before.words) and _reads_on(words)
        return unfinished and (prose or cuts_word(before.words, words))


def _reads_on(words: str) -> bool:
    """Whether `words` are part of a sentence, not a cell or a label."""
    return len(words) > _SHORT or bool(re.search("[，,、。；;]", words))


def _stands_alone(line: Line) -> bool:
    return line.level is not None or line.table


def _opens(words: str, before: str) -> bool:
    """Whether a line with these words begins a paragraph, whatever its place below the words `before`."""
    if not before or len(before) > _ENDLESS or (before[-1].isdigit() and words[:1].isdigit()):
        return True
    if lead_in(words) and not is_open(before):
        return True
    return bool(read_marker(words) or _ITEM.match(words) or _STAMP.match(words))
