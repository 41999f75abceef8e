"""How alike the surroundings of two numbers are."""

from __future__ import annotations

import re
from math import fsum, log, sqrt
from typing import TYPE_CHECKING

from drafter.checking.contrasts import RUNNING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from drafter.checking.mentions import Grams, Mention

_SLOT = 0.15
_EVERYWHERE = re.compile(r"全(?:[县市区镇乡村]|街道|社区)$")


def slots(first: Mention, second: Mention) -> float:
    """Return what 今年 and 累计, 共 and 其中 say for or against two numbers being the same one."""
    mine, other = first.context, second.context
    if mine.this and other.this:
        return _SLOT
    if {mine.role, other.role} == {"共", "其中"}:
        return -_SLOT
    everywhere = [_EVERYWHERE.search(c.head) is not None for c in (mine, other)]
    if any(everywhere):
        return _SLOT if all(everywhere) else -_SLOT
    running, also = mine.period in RUNNING, other.period in RUNNING
    if running and also:
        return _SLOT
    return -_SLOT if (running and other.this) or (also and mine.this) else 0.0


class Likeness:
    """Measures how alike the surroundings of two numbers are, rare words counting more.

    How rare a word is, is counted among the facts of this check.
    """

    def __init__(self, mentions: Iterable[Mention]) -> None:
        """Count in how many owners each gram occurs."""
        owners: dict[str, set[int]] = {}
        everyone: set[int] = set()
        for mention in mentions:
            everyone.add(mention.owner)
            for gram in mention.grams:
                owners.setdefault(gram, set()).add(mention.owner)
        total = len(everyone) + 1
        self._idf = {gram: 0.3 + log(total / len(who)) for gram, who in owners.items()}
        self._rare = 0.3 + log(total)
        self._norms: dict[int, float] = {}
        self._known: dict[tuple[int, int], float] = {}

    def idf(self, gram: str) -> float:
        """Return the weight of `gram`."""
        return self._idf.get(gram, self._rare)

    def __call__(self, first: Mention, second: Mention) -> float:
        """Return how well two numbers agree in what stands round them, 0 to 1, next to them most."""
        pair = (id(first), id(second))
        known = self._known.get(pair)
        if known is None:
            known = self._known[pair] = self._measure(first, second)
        return known

    def _measure(self, first: Mention, second: Mention) -> float:
        dot = self._dot(first.grams, second.grams)
        if dot == 0.0:
            return 0.0
        words = (
            dot / sqrt(self._norm(first.grams) * self._norm(second.grams)) + self.near(first, second)
        ) / 2
        return max(0.0, words + slots(first, second))

    def near(self, first: Mention, second: Mention) -> float:
        """Return how alike the words right beside two numbers are, a part having those of its whole too."""
        return self._cosine(first.whole or first.near, second.whole or second.near)

    def beside(self, first: Mention, second: Mention) -> float:
        """Return how alike the words right beside two numbers are."""
        return self._cosine(first.near, second.near)

    def _cosine(self, first: Grams, second: Grams) -> float:
        dot = self._dot(first, second)
        return dot / sqrt(self._norm(first) * self._norm(second)) if dot else 0.0

    def overlap(self, part: Grams, whole: Grams) -> float:
        """Return how much of `part` occurs in `whole`, 0 to 1; `part` is weighed once and remembered."""
        total = self._norms.get(id(part))
        if total is None:
            total = self._norms[id(part)] = sum(map(self.idf, part))
        return fsum(map(self.idf, part.keys() & whole.keys())) / total if total else 0.0

    def _dot(self, first: Grams, second: Grams) -> float:
        idf, rare = self._idf, self._rare
        # fsum: a set has no order, and the last digit of a plain sum would depend on it
        return fsum(
            [first[gram] * second[gram] * idf.get(gram, rare) for gram in first.keys() & second.keys()]
        )

    def _norm(self, grams: Grams) -> float:
        norm = self._norms.get(id(grams))
        if norm is None:
            idf = self._idf
            norm = sum(weight * weight * idf.get(gram, self._rare) for gram, weight in grams.items())
            self._norms[id(grams)] = norm
        return norm
