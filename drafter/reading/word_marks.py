"""The marks of a draft in its Word file: bookmarks, which stay with their words when Word saves them anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from drafter.draftfile.carried import label_of
from drafter.model import Span
from drafter.reading.numbering import W

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPEN, _SHUT = "\ufffe", "\uffff"
"""Signs among the words while a file is read: no text of an XML file can hold these characters."""
_MARK = re.compile(f"{_OPEN}(?:([^{_OPEN}{_SHUT}]+){_OPEN}(?:([^{_OPEN}{_SHUT}]*){_SHUT})?)?|{_SHUT}")


def name_ends(body: Any) -> None:  # noqa: ANN401 - an element of lxml
    """Give the ends of a draft's bookmarks the name that in the format only their beginnings have."""
    names = {
        start.get(f"{W}id"): start.get(f"{W}name")
        for start in body.iter(f"{W}bookmarkStart")
        if label_of(str(start.get(f"{W}name")))
    }
    for end in body.iter(f"{W}bookmarkEnd") if names else ():
        if end.get(f"{W}id") in names:
            end.set(f"{W}name", names[end.get(f"{W}id")])


def sign_of(bookmark: Any) -> str:  # noqa: ANN401 - an element of lxml
    """Return the sign that a bookmark leaves among the words; a bookmark of somebody else leaves none."""
    label = label_of(str(bookmark.get(f"{W}name")))
    if label is None:
        return ""
    return _SHUT if str(bookmark.tag).endswith("}bookmarkEnd") else f"{_OPEN}{label}{_OPEN}"


def without_signs(line: str) -> str:
    """Return the words of a line alone."""
    return _MARK.sub(_held, line)


def marks_in(line: str, words: str, place: int) -> Iterator[tuple[Span, str]]:
    """Yield span and label of the marks of a line whose `words` begin at `place`.

    None where taking out the signs changed the spaces at its ends.
    """
    if line == words or len(without_signs(line)) != len(words):
        return
    gone = 0
    for found in _MARK.finditer(line):
        held = _held(found)
        start = place + found.start() - gone
        gone += len(found.group()) - len(held)
        if found[1] and held:
            yield Span(start, start + len(held)), found[1]


def _held(found: re.Match[str]) -> str:
    return found[2] or ""
