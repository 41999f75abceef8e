"""What well-known embedding models want before their texts."""

from __future__ import annotations

import re
from typing import NamedTuple


class Prefixes(NamedTuple):
    """Put before what is looked for, and before what can be found."""

    query: str = ""
    passage: str = ""


_KNOWN = (
    (re.compile(r"(?<![a-z])e5(?![a-z0-9])", re.IGNORECASE), Prefixes("query: ", "passage: ")),
    (re.compile(r"bge-.*-zh", re.IGNORECASE), Prefixes("为这个句子生成表示以用于检索相关文章：")),
    (
        re.compile(r"qwen3-embedding", re.IGNORECASE),
        Prefixes("Instruct: Given a note, retrieve report sections on the same matter\nQuery:"),
    ),
)


def prefixes_of(model: str) -> Prefixes:
    """Return the prefixes that the makers of `model` (a name or a folder) ask for; none for an unknown one.

    >>> prefixes_of("intfloat/multilingual-e5-base").passage
    'passage: '
    """
    return next((prefixes for known, prefixes in _KNOWN if known.search(model)), Prefixes())
