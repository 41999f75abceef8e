"""What people wrote beside the text of a Word file, in its comments."""

from __future__ import annotations

from typing import NamedTuple

from drafter.draftfile.carried import AUTHOR
from drafter.reading.archive import parse_xml, read_parts
from drafter.reading.lines import clean
from drafter.reading.numbering import W

_WHAT = "Word 文件"
_COMMENTS = "word/comments.xml"


class Comment(NamedTuple):
    """A comment of a person: who wrote it, and the words."""

    author: str
    text: str


def read_comments(data: bytes) -> tuple[Comment, ...]:
    """Return the comments of people in a Word file, those that drafter exported left out.

    Raises:
        ReadError: no Word file, damaged, locked, or dangerous.
    """
    parts = read_parts(data, frozenset({_COMMENTS}), what=_WHAT)
    if _COMMENTS not in parts:
        return ()
    found = (
        Comment(
            clean(str(node.get(f"{W}author") or "")),
            clean("".join(str(text.text or "") for text in node.iter(f"{W}t"))),
        )
        for node in parse_xml(parts[_COMMENTS], _WHAT).iter(f"{W}comment")
    )
    return tuple(comment for comment in found if comment.text and comment.author != AUTHOR)
