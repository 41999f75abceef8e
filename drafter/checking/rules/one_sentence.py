"""Numbers of one sentence that cannot all be true, though each has a source: 37户, 剩余37户."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from drafter.checking.amounts import not_less
from drafter.checking.rules.rule import Contradiction
from drafter.checking.surroundings import is_new
from drafter.checking.words import words_of
from drafter.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.checking.book import Book
    from drafter.checking.case import Verdict
    from drafter.checking.mentions import Mention

_PASSED = frozenset({"traced", "approximate"})
_REST = re.compile(
    r"(?:剩[余下]?|其余|尚余|尚有|还有|仍有|另有|还剩)[^，。；、□]{0,2}$|(?:尚未|未)[^，。；□]{1,6}的$"
)
_TOTAL = re.compile(r"(?:总数|累计|总量|(?<!公)共|达)[^，。；□]{0,4}$")


def in_one_sentence(
    judged: Sequence[tuple[Mention, Verdict]], blanked: str, book: Book
) -> Iterator[Contradiction]:
    """Yield the numbers of a paragraph that others of their sentence or a word before them rule out."""
    counted = [(m, v) for m, v in judged if m.number.kind in {"quantity", "money"} and not m.aside]
    yield from _used_twice(counted)
    yield from _no_rests(counted, blanked, book)
    yield from _totals_below_additions([m for m, _ in counted], blanked)


def _used_twice(counted: Sequence[tuple[Mention, Verdict]]) -> Iterator[Contradiction]:
    """One number of the notes stands for one number of a sentence: 受理631件，调解成功631件."""
    seen: dict[tuple[int, str], Mention] = {}
    for mention, verdict in counted:
        if verdict.verdict not in _PASSED or len(verdict.facts) != 1:
            continue
        place = (mention.context.sentence.start, verdict.facts[0])
        first = seen.setdefault(place, mention)
        if first is not mention and not first.near.keys() & mention.near.keys():
            message = (
                f"{mention.number.surface}在本句前面已说过，要点{verdict.facts[0].split('.')[0]}只有这一个数"
            )
            yield Contradiction(Span(mention.start, mention.end), message)


def _no_rests(
    counted: Sequence[tuple[Mention, Verdict]], blanked: str, book: Book
) -> Iterator[Contradiction]:
    """What is said to be left is not the whole of which the note says what was done: 尚有39处 of 排查39处."""
    for mention, verdict in counted:
        lead = blanked[mention.context.clause.start : mention.start]
        source = book.by_id.get(verdict.facts[0]) if len(verdict.facts) == 1 else None
        if verdict.verdict not in _PASSED or source is None or not _REST.search(lead):
            continue
        mates = [s for s in book.by_key.get(source.key, ()) if s.owner == source.owner and s is not source]
        done = [s for s in mates if s.start > source.start and not_less(source, s) and _is_done(s)]
        if done and source.context.role != "剩余" and not _is_difference(source, mates):
            fact = book.fact_id(source)
            message = f"文中说剩下{mention.number.surface}，要点{fact}的{source.number.surface}不是剩下的数"
            yield Contradiction(Span(mention.start, mention.end), message)


def _is_done(source: Mention) -> bool:
    return source.context.role == "完成" or bool(words_of("done") & source.near.keys())


def _is_difference(source: Mention, mates: Sequence[Mention]) -> bool:
    sizes = [s.number.value for s in mates if s.number.value is not None]
    return any(first - second == source.number.value for first in sizes for second in sizes)


def _totals_below_additions(counted: Sequence[Mention], blanked: str) -> Iterator[Contradiction]:
    """A total is more than what was added to it: 新开5个，总数达到2个."""
    for added, total in pairwise(counted):
        same = added.key == total.key and added.context.sentence == total.context.sentence
        lead = blanked[total.context.clause.start : total.start]
        if not same or not is_new(added.context) or is_new(total.context) or not _TOTAL.search(lead):
            continue
        first, second = added.number.value, total.number.value
        if first is not None and second is not None and second < first and not total.context.mean:
            message = f"总数{total.number.surface}小于新增的{added.number.surface}"
            yield Contradiction(Span(total.start, total.end), message)
