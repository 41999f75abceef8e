"""Words in common, without a dictionary: character pairs, the rare ones weighing more; near-duplicates."""

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
    both = len(one & other)
    return both / max(1, len(one) + len(other) - both)


def count_documents(texts: Iterable[str]) -> Counts:
    """Return in how many texts each pair occurs, pairs folded into 65,536 buckets."""
    counts = no_documents()
    for text in texts:
        count_document(counts, text)
    return counts


def no_documents() -> Counts:
    """Return the counts of no text at all."""
    return np.zeros(_BUCKETS, dtype=np.uint32)


def count_document(counts: Counts, text: str) -> None:
    """Add `text` to `counts`."""
    counts[list({_bucket(pair) for pair in pairs(text)})] += 1


def shared(query: str, texts: Sequence[str], counts: Counts, total: int) -> npt.NDArray[np.float32]:
    """Return what share of the query's pairs each text holds, 0 to 1, rare pairs counting more.

    `counts` and `total` describe the whole library. A share, unlike BM25,
    promises nothing to the best of a bad lot: where no text has the query's
    words, none gains, and meaning alone decides.
    """
    wanted = sorted(set(pairs(query)))
    if not wanted or not texts:
        return np.zeros(len(texts), dtype=np.float32)
    seen = counts[[_bucket(pair) for pair in wanted]].astype(np.float32)
    rarity = np.log1p((max(0, total) - np.minimum(seen, total) + 0.5) / (seen + 0.5))
    held = np.array([[pair in text for pair in wanted] for text in texts], dtype=np.float32)
    share: npt.NDArray[np.float32] = (held @ rarity / rarity.sum()).astype(np.float32)
    return share


def _bucket(pair: str) -> int:
    return zlib.crc32(pair.encode("utf-8", "surrogatepass")) & (_BUCKETS - 1)
