"""What a Word copy shows besides the text of the draft: doubtful words, comments, whether it is final."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drafter.showing.word_comments import Comment, read_comments
from drafter.showing.word_pieces import doubts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Check, Span
    from drafter.workflow.checking import Loaded


class Marking(NamedTuple):
    """Doubtful words with their kind (`error` or `open`), comments, and whether the copy is no 草稿."""

    doubts: Sequence[tuple[Span, str]] = ()
    comments: Sequence[Comment] = ()
    final: bool = False


def read_marking(loaded: Loaded, check: Check, *, comments: bool, final: bool) -> Marking:
    """Return what is to be marked in the copy of a checked draft; a final text has nothing doubtful."""
    text = loaded.text
    return Marking(
        () if final else doubts_of(text, check),
        read_comments(text, check, loaded.notes.facts, loaded.file.parent) if comments else (),
        final,
    )
