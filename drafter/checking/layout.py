"""The draft as a check reads it: what is open, what is a heading, and no stray backslashes."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from drafter.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.draftfile import DraftText

_STRAY = re.compile(r"\\(?=[^\x00-\x7f])")


class Layout(NamedTuple):
    """Where 【待补】 and 【待核】 stand, and where the lines begin that Markdown makes headings."""

    opened: Sequence[Span] = ()
    headings: frozenset[int] = frozenset()


def without_strays(draft: DraftText) -> DraftText:
    """Return a draft without the backslashes that some editors put before Chinese characters."""
    strays = [match.start() for match in _STRAY.finditer(draft.plain)]
    if not strays:
        return draft

    def moved(span: Span) -> Span:
        return Span(span.start - bisect_left(strays, span.start), span.end - bisect_left(strays, span.end))

    gone = set(strays)
    return replace(
        draft,
        plain=_STRAY.sub("", draft.plain),
        offsets=tuple(offset for at, offset in enumerate(draft.offsets) if at not in gone),
        marks=tuple(mark._replace(span=moved(mark.span)) for mark in draft.marks),
        headings=tuple(heading._replace(span=moved(heading.span)) for heading in draft.headings),
    )
