"""Word lists of `data/` that are asked for whole words."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the words of `data/NAME.txt`."""
    text = Path(__file__).with_name("data").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(w for line in text.splitlines() if not line.startswith("#") for w in line.split())
