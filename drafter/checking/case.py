"""What a judge has before it, and what it says: the case, what was printed so far, the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.checking.book import Book
    from drafter.checking.mentions import Mention


class Verdict(NamedTuple):
    """What became of a number, the quantities it rests on, and what to tell about it."""

    verdict: str
    facts: tuple[str, ...] = ()
    formula: str | None = None
    message: str = ""
    hint: str = ""


class Printed(NamedTuple):
    """What a paragraph has printed before a number: quantities, and formulas of derived numbers."""

    facts: frozenset[str]
    formulas: tuple[str, ...]
    order: tuple[str, ...] = ()


class Case(NamedTuple):
    """The case before the judge: the sources, the draft with its numbers blanked, who claims what."""

    book: Book
    blanked: str
    claims: Mapping[str, Sequence[Mention]]
    company: Mapping[int, Mapping[int, frozenset[str]]]
    """By where a sentence starts: which quantities of each fact have their values printed in it."""

    def told_with(self, mention: Mention, owner: int) -> frozenset[str]:
        """Return the quantities of the fact `owner` whose values the sentence of `mention` prints."""
        return self.company.get(mention.context.sentence.start, {}).get(owner, frozenset())
