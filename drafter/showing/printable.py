"""Names of files as a terminal may show them: people and programs give files any name at all."""

from __future__ import annotations

from unicodedata import category

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def printable(name: str) -> str:
    """Return `name` on one line: what a terminal would obey or not show stands as its code."""
    return "".join(
        mark.encode("unicode_escape").decode() if category(mark) in _UNSEEN else mark for mark in name
    )
