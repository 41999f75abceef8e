"""Chinese text cut into words: the one home of rjieba, whose dictionary loads when a text is first cut."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


class Token(NamedTuple):
    """A word with its part of speech as rjieba tags it (`n`, `v`, `ns`, `x` …)."""

    text: str
    tag: str


@lru_cache(maxsize=20_000)
def cut(text: str) -> tuple[Token, ...]:
    """Return the words of `text` with their parts of speech."""
    import rjieba  # noqa: PLC0415 - its dictionary takes a tenth of a second to load

    return tuple(Token(word, tag) for word, tag in rjieba.tag(text))


def in_dictionary(word: str) -> bool:
    """Return whether `word` is a word of the general dictionary."""
    import rjieba  # noqa: PLC0415 - as in `cut`

    return bool(rjieba.has_word(word))
