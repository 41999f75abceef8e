"""What a number counts, in words that can be compared: without filling words, one word for one meaning."""

from __future__ import annotations

import re
from functools import cache

from drafter.reading.words import load_pairs, load_words

_NOT_WORDS = re.compile(r"[\W\d_]")
_LEAST = 2


@cache
def subject_core(subject: str) -> str:
    """Return what a subject counts, without filling words: 全年共举办道德讲堂 → 道德讲堂."""
    return _fillers().sub("", bare_words(subject))


def bare_words(text: str) -> str:
    """Return `text` without signs, spaces and digits."""
    return _NOT_WORDS.sub("", text)


@cache
def subject_key(core: str, *, is_money: bool = False) -> str:
    """Return what tells one subject from others, whatever the order and choice of its words.

    An amount of money is the same whether it was handed out or not.
    """
    words = core.removeprefix("发放") if is_money and len(core) > len("发放") + 1 else core
    for ahead in load_words("leading_words"):
        words = words.removeprefix(ahead) if len(words) > len(ahead) + 1 else words
    same = _same()
    return "".join(sorted(_others().sub(lambda match: same[match.group()], words)))


@cache
def is_specific(core: str) -> bool:
    """Tell whether a subject is a thing of its own, not what all work has: 发放资料, 参加群众."""
    return len(_generic().sub("", core)) >= _LEAST


@cache
def _fillers() -> re.Pattern[str]:
    return _any_of(load_words("subject_fillers"))


@cache
def _same() -> dict[str, str]:
    """Return the word that stands for another, also for what is left of it without filling words."""
    same = {other: word for word, other in load_pairs("same_words")}
    stripped = {_fillers().sub("", other): word for other, word in same.items()}
    return {other: word for other, word in (stripped | same).items() if len(other) > 1}


@cache
def _others() -> re.Pattern[str]:
    return _any_of([*_same()])


@cache
def _generic() -> re.Pattern[str]:
    return _any_of(
        [*load_words("generic_subjects"), *load_words("outcome_words"), *load_words("listing_verbs")]
    )


def _any_of(words: tuple[str, ...] | list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(set(words), key=len, reverse=True))))
