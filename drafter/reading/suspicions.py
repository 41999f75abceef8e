"""Texts that say who may see them, or that talk to a program instead of about the work."""

from __future__ import annotations

import re

from drafter.reading.words import load_pairs

_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff*_`~|\\]+")
_SPACE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")

_LONGEST_MARKING = 24
_MARKING_SIGNS = ("密", "内部", "公开")


def secret_marking(text: str) -> str | None:
    """Return the marking that `text` bears (`秘密`, `内部资料` …), or None."""
    bare = _SPACE.sub("", text)
    if not any(sign in bare for sign in _MARKING_SIGNS):
        return None
    return next((name for name, pattern in load_pairs("secret_markings") if re.search(pattern, bare)), None)


def is_marking(text: str) -> bool:
    """Tell whether a line is nothing but a marking: `秘密★1年`."""
    return len(text) <= _LONGEST_MARKING and secret_marking(text) is not None


def is_instruction(text: str) -> bool:
    """Tell whether `text` gives orders to the program that reads it."""
    bare = _UNSEEN.sub("", text).lower()
    return any(
        re.search(pattern, bare, re.IGNORECASE)
        for words, pattern in load_pairs("injection")
        if any(word.lower() in bare for word in words.split())
    )
