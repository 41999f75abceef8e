"""The word lists of `data/`, each read when it is first asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def rows_of(name: str) -> tuple[str, ...]:
    """Return the lines of `data/NAME.txt` in order, comments and blanks left out."""
    text = Path(__file__).with_name("data").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the words of `data/NAME.txt`."""
    return frozenset(word for row in rows_of(name) for word in row.split())
