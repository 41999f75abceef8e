"""Opposites beside a number: 未整改3处 and 整改3处, 开工9个 and 竣工9个."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.words import rows_of
from drafter.numbers.later import Later

if TYPE_CHECKING:
    from drafter.checking.mentions import Mention

_PAIR = 2
_OUGHT = Later(r"(?<![响反适供效感对相])应(?![急用届聘对知邀援])")


class Signs(NamedTuple):
    """What words beside a number deny and say, and which side they take of each group of opposites."""

    denied: frozenset[str]
    said: frozenset[str]
    sides: frozenset[tuple[int, int]]


def opposed(mention: Mention, source: Mention) -> bool:
    """Tell whether one of two numbers is of what was done or is so, the other of what was or is not."""
    if mention.number.kind == "date":
        return False
    mine, other = mention.context, source.context
    first, second = signs_of(mine.head, mine.tail), signs_of(other.head, other.tail)
    if _denies(first, second, mention.after) or _denies(second, first, source.after):
        return True
    return _sides_apart(first, second, mention.after, source.after)


def denies(mention: Mention, source: Mention) -> bool:
    """Tell whether one of two numbers is of what is not so, the other of what is: 不合格, 合格."""
    first, second = (signs_of(m.context.head, m.context.tail) for m in (mention, source))
    return _denies(first, second, mention.after) or _denies(second, first, source.after)


def halves(mention: Mention, source: Mention) -> bool:
    """Tell whether two numbers are of the two sides that make up a whole: men and women."""
    first, second = (signs_of(m.context.head, m.context.tail).sides for m in (mention, source))
    whole = {group for group, row in enumerate(rows_of("opposites")) if row.startswith("=")}
    return any(
        (group, 1 - side) in second and (group, side) not in second for group, side in first if group in whole
    )


def _denies(first: Signs, second: Signs, after: str) -> bool:
    """Tell whether `first` denies what `second` says, and the words after it do not take that back."""
    denied = (first.denied & second.said) - second.denied - first.said
    return bool(denied) and not denied & signs_of(after, "").said


def _sides_apart(first: Signs, second: Signs, *after: str) -> bool:
    groups = {group for group, _ in first.sides} & {group for group, _ in second.sides}
    if not groups:
        return False
    later = frozenset().union(*(signs_of(words, "").sides for words in after))
    return any(
        not {side for g, side in first.sides | later if g == group}
        & {side for g, side in second.sides | later if g == group}
        for group in groups
    )


@lru_cache(maxsize=4096)
def signs_of(head: str, tail: str) -> Signs:
    """Return the signs of the words before and after a number."""
    denied: set[str] = set()
    said: set[str] = set()
    negation, pending = _patterns()
    for words, leads in ((head, True), (tail, False)):
        covered: set[int] = set()
        found = [(m.start(), m.end()) for m in negation.finditer(words)]
        found += [(m.start(), m.end()) for m in pending.finditer(words) if m.end() + _PAIR == len(words)]
        found += [(m.start(), m.end()) for m in _OUGHT.finditer(words)]
        for start, end in found:
            stem = words[end : end + _PAIR]
            covered.update(range(start, end + 1))
            if len(stem) == _PAIR or (leads and stem):
                denied.add(stem)
        said.update(words[at : at + _PAIR] for at in range(len(words) - 1) if at not in covered)
        if leads and words and len(words) - 1 not in covered:
            said.add(words[-1])
    text = f"{head}□{tail}"
    sides = frozenset(place for word, place in _opposites() if word in text)
    return Signs(frozenset(denied), frozenset(said), sides)


@cache
def _opposites() -> tuple[tuple[str, tuple[int, int]], ...]:
    """Return each word with its (group, side)."""
    return tuple(
        (word, (group, side))
        for group, row in enumerate(rows_of("opposites"))
        for side, words in enumerate(row.lstrip("= ").split("/"))
        for word in words.split()
    )


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a negation with its adverbs and of what is still to be done."""
    negations, adverbs, pending = (row.split() for row in rows_of("negations"))
    later = "|".join(word if len(word) > 1 else f"^{word}" for word in pending)
    return re.compile(f"(?:{'|'.join(negations)})(?:{'|'.join(adverbs)})?"), re.compile(later)
