"""Texts that say who may see them, or that talk to a program instead of about the work."""

from __future__ import annotations

import re
from functools import cache

from drafter.reading.words import load_pairs, load_words

_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff*_`~|\\]+")
_SPACE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")

_LONGEST_MARKING = 24


def secret_marking(text: str) -> str | None:
    """Return the marking that `text` bears (`秘密`, `内部资料` …), or None."""
    bare = _SPACE.sub("", text)
    return next((name for name, pattern in _markings() if pattern.search(bare)), None)


def is_marking(text: str) -> bool:
    """Tell whether a line is nothing but a marking: `秘密★1年`."""
    return len(text) <= _LONGEST_MARKING and secret_marking(text) is not None


def is_instruction(text: str) -> bool:
    """Tell whether `text` gives orders to the program that reads it."""
    bare = _UNSEEN.sub("", text)
    return any(pattern.search(bare) for pattern in _instructions())


@cache
def _markings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in load_pairs("secret_markings"))


@cache
def _instructions() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in load_words("injection"))
