"""Where a draft uses the facts of the notes, and which it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.checking.mentions import grams_of
from drafter.model import PASSING_VERDICTS, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.draftfile import DraftText
    from drafter.model import Fact, NumberCheck

WORDS_SHARED = 0.6
"""A fact without numbers is used when so much of its words stands in the draft."""
_SAID_AT_ONCE = 0.34


def unused_facts(facts: Sequence[Fact], used: set[str], plain: str) -> tuple[str, ...]:
    """Return the ids of facts none of whose numbers, or for facts without numbers whose words, appear.

    `used` holds the ids of the quantities that passing numbers rest on.
    """
    owners = {name.split(".")[0] for name in used}
    words = grams_of(plain)
    return tuple(
        fact.id for fact in facts if fact.id not in owners and (fact.quantities or not _said(fact, words))
    )


def _said(fact: Fact, words: dict[str, float]) -> bool:
    pairs = [gram for gram in grams_of(fact.text) if len(gram) > 1]
    if not pairs:
        return True
    return sum(gram in words for gram in pairs) / len(pairs) >= WORDS_SHARED


def used_places(
    facts: Sequence[Fact], numbers: Sequence[NumberCheck], draft: DraftText, unused: Sequence[str]
) -> Mapping[str, tuple[Span, ...]]:
    """Return where in the draft file each fact is used: its numbers, or for one without numbers its words."""
    places: dict[str, list[Span]] = {fact.id: [] for fact in facts}
    for number in numbers:
        if number.verdict in PASSING_VERDICTS:
            for owner in dict.fromkeys(name.split(".")[0] for name in number.facts):
                places.get(owner, []).append(number.span)
    for fact in facts:
        if not places[fact.id] and fact.id not in unused:
            places[fact.id] = [draft.to_source(span) for span in _words_at(fact, draft.plain)]
    return {name: tuple(sorted(spans)) for name, spans in places.items()}


def _words_at(fact: Fact, plain: str) -> list[Span]:
    """Return the sentence that says most of the fact, none where its words are scattered."""
    pairs = [gram for gram in grams_of(fact.text) if len(gram) > 1]
    best, most = None, _SAID_AT_ONCE * len(pairs)
    start = 0
    for sentence in plain.replace("\n", "。").split("。") if pairs else ():
        said = sum(pair in sentence for pair in pairs)
        if said >= most and sentence:
            best, most = Span(start, start + len(sentence)), said + 1
        start += len(sentence) + 1
    return [best] if best else []
