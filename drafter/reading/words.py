"""Word lists of the readers: files under `data/`, one entry a line, `#` for comments."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("data")


@cache
def load_words(name: str) -> tuple[str, ...]:
    """Return the entries of `data/NAME.txt` in order, without comments and empty lines."""
    lines = (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.rstrip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def load_pairs(name: str) -> tuple[tuple[str, str], ...]:
    """Return the entries of `data/NAME.txt` that consist of two parts with a tab between them."""
    pairs = (line.split("\t", 1) for line in load_words(name) if "\t" in line)
    return tuple((first.strip(), second.strip()) for first, second in pairs)
