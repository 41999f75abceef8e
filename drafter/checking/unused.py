"""Facts of the notes that a draft leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.checking.mentions import grams_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Fact

WORDS_SHARED = 0.6
"""A fact without numbers is used when so much of its words stands in the draft."""


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
