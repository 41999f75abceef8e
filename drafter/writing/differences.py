"""The difference between two texts, character by character, as people see it; numbers are taken whole."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|.", re.DOTALL)


class Stretch(NamedTuple):
    """A stretch of words: `kind` is `=` in both texts, `-` only in the old, `+` only in the new."""

    kind: str
    text: str


def find_differences(old: str, new: str) -> tuple[Stretch, ...]:
    """Return all of two texts in stretches: what both have, what only one of them has.

    >>> [f"{kind}{text}" for kind, text in find_differences("受理38起。", "受理41起。")]
    ['=受理', '-38', '+41', '=起。']
    """
    mine, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
    found: list[Stretch] = []
    for kind, i, until_i, j, until_j in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Stretch("=", "".join(mine[i:until_i])))
            continue
        found += [Stretch("-", "".join(mine[i:until_i]))] if until_i > i else []
        found += [Stretch("+", "".join(theirs[j:until_j]))] if until_j > j else []
    return tuple(found)
