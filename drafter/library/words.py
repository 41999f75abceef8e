"""Words in common, without a dictionary: character pairs, weighed as BM25 does; near-duplicates."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    Counts = npt.NDArray[np.uint32]

_BUCKETS = 1 << 16
_K1 = 1.2
_B = 0.6
_NO_WORD = re.compile(r"[\W\d_]+")
SAME = 0.35
"""Sections this alike (Jaccard of character triples without digits) tell the same story in other numbers."""


def pairs(text: str) -> list[str]:
    """Return the character pairs of `text`, punctuation and digits aside, in order with repeats."""
    return [run[i : i + 2] for run in _NO_WORD.split(text) for i in range(len(run) - 1)]


def triples(text: str) -> frozenset[str]:
    """Return the set of character triples of `text` without digits and punctuation."""
    plain = _NO_WORD.sub("", text)
    return frozenset(plain[i : i + 3] for i in range(len(plain) - 2)) or frozenset({plain})


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Jaccard likeness of two sets, 0 to 1."""
    return len(one & other) / max(1, len(one | other))


def count_documents(texts: Iterable[str]) -> Counts:
    """Return in how many texts each pair occurs, pairs folded into 65,536 buckets."""
    counts = np.zeros(_BUCKETS, dtype=np.uint32)
    for text in texts:
        counts[list({_bucket(pair) for pair in pairs(text)})] += 1
    return counts


def bm25(query: str, texts: Sequence[str], counts: Counts, total: int) -> npt.NDArray[np.float32]:
    """Return the BM25 score of each text for `query`; `counts` and `total` describe the whole library."""
    wanted = sorted(set(pairs(query)))
    scores = np.zeros(len(texts), dtype=np.float32)
    if not wanted or not texts:
        return scores
    lengths = np.array([len(text) for text in texts], dtype=np.float32)
    norm = _K1 * (1 - _B + _B * lengths / max(1.0, float(lengths.mean())))
    for pair in wanted:
        seen = float(counts[_bucket(pair)])
        rarity = np.log1p((total - seen + 0.5) / (seen + 0.5))
        often = np.array([text.count(pair) for text in texts], dtype=np.float32)
        scores += np.float32(rarity) * often * (_K1 + 1) / (often + norm)
    return scores


def _bucket(pair: str) -> int:
    return zlib.crc32(pair.encode("utf-8", "surrogatepass")) & (_BUCKETS - 1)
