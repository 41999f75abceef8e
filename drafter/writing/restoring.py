"""Doubts of an earlier refresh that have become untrue: what had vanished stands in the notes again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.draftfile import read_draft
from drafter.model import PASSING_VERDICTS, Span
from drafter.writing.edits import sentences, source_span
from drafter.writing.linking import link_numbers
from drafter.writing.refresh_work import Change
from drafter.writing.refreshing import LOST, UNCOUNTABLE
from drafter.writing.rewording import GONE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from drafter.draftfile import DraftText
    from drafter.model import Check, Fact

_DOUBT = re.compile("|".join(map(re.escape, (LOST, UNCOUNTABLE, GONE))))
_STOP = re.compile(r"[，。；！？：\n]")


def restore(
    before: DraftText, text: str, facts: Sequence[Fact], check: Callable[[DraftText], Check]
) -> tuple[str, tuple[Change, ...]]:
    """Return the refreshed draft `text` with those doubts of `before` settled that the notes now answer.

    Numbers in front of such a doubt that are traced again get their marks back.
    """
    known = {_said(before.plain, found) for found in _DOUBT.finditer(before.plain)}
    changes: list[Change] = []
    at = 0
    while (found := _DOUBT.search((draft := read_draft(text)).plain, at)) is not None:
        at = found.end()
        if _said(draft.plain, found) not in known:
            continue
        stops = [*_STOP.finditer(draft.plain, 0, found.start())]
        stops += _DOUBT.finditer(draft.plain, 0, found.start())
        start = max((one.end() for one in stops), default=0)
        sentence = next(span for span in sentences(draft.plain) if span.start <= found.start() < span.end)
        place = source_span(draft, Span(start, found.start()))
        doubt = source_span(draft, Span(*found.span()))
        trial = text[: doubt.start] + text[doubt.end :]
        linked = link_numbers(text, trial, [place], facts, check)
        if not linked.numbers or any(one.verdict not in PASSING_VERDICTS for one, _ in linked.numbers):
            continue
        text, at = linked.text, found.start()
        after = read_draft(text).plain[sentence.start : sentence.end - len(found[0])]
        line = draft.source.count("\n", 0, draft.to_source(sentence).start) + 1
        changes.append(Change(("settled",), line, draft.plain[slice(*sentence)].strip(), after.strip(), ()))
    return text, tuple(changes)


def _said(plain: str, doubt: re.Match[str]) -> tuple[str, str]:
    """Return the words of the clause in front of a doubt, other doubts left out, and the doubt."""
    start = max((one.end() for one in _STOP.finditer(_blanked(plain), 0, doubt.start())), default=0)
    return _DOUBT.sub("", plain[start : doubt.start()]), doubt[0]


def _blanked(plain: str) -> str:
    return _DOUBT.sub(lambda found: "_" * len(found[0]), plain)
