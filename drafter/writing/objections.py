"""Everything that a section written by a model can be refused for, as reasons in Chinese.

The reasons go back to the model; none of them is ever put right by guessing.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from operator import contains
from typing import TYPE_CHECKING

from drafter.model import Borrowed, Number, Words
from drafter.numbers.expressions import operands
from drafter.writing.answer import printed, read_answer, typed_numbers
from drafter.writing.binding import binding_problems
from drafter.writing.borrowing import names_in, stale_words
from drafter.writing.declared import declared_problems
from drafter.writing.form import form_problems
from drafter.writing.lending import lent_share
from drafter.writing.loans import LARGEST_SHARE, mark_loans
from drafter.writing.references import is_single, labels_in
from drafter.writing.words import content_words, covers, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from drafter.model import Fact, Paragraph
    from drafter.writing.borrowing import Surroundings

_CLAUSE = re.compile(r"[，。；：！？\n]")
_SHORTEST_LIMIT = 600
_CHARACTERS_PER_CHARACTER = 4
"""How much longer than its notes a section may be."""
_SAID = 0.5
"""Which part of a note without numbers must be recognisable in the section."""
_STRANGE_WORDS = 4
"""Content words from which on a clause that shares none with the notes is a claim of its own."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What an answer is judged against.

    `past` are the past sections as they were shown, by label, `raw_past` their
    unblanked words; `given` are further texts whose words may stand in the
    section (heading, unit, period).
    """

    facts: tuple[Fact, ...]
    around: Surroundings
    past: Mapping[str, str] = field(default_factory=dict)
    raw_past: str = ""
    given: tuple[str, ...] = ()
    optional: frozenset[str] = frozenset()
    """The ids of quantities that need not be used."""

    @property
    def own(self) -> str:
        """All words that this section may rest on."""
        return "\n".join((*(f"{fact.topic}\n{fact.text}" for fact in self.facts), *self.given))


def judge_answer(text: str, ground: Ground) -> tuple[tuple[Paragraph, ...], tuple[str, ...]]:
    """Return `text`, a tidied answer, as paragraphs with numbers and loans, and why it cannot be used.

    Without reasons the section can be used; with any, the paragraphs cannot.
    """
    facts, own = ground.facts, ground.own
    problems = form_problems(text, longest=_longest(facts), given=(ground.around.own_text, own))
    if problems:
        return (), problems
    paragraphs, problems = read_answer(text, {fact.id: fact for fact in facts})
    if problems:
        return (), problems
    paragraphs = tuple(mark_loans(paragraph, ground.past, own) for paragraph in paragraphs)
    return paragraphs, (
        *typed_numbers(paragraphs, own.split("\n")),
        *_use_problems(text, facts, ground.optional),
        *binding_problems(text, facts),
        *declared_problems(text, facts),
        *(["照抄往年的语句太多"] if lent_share(paragraphs) > LARGEST_SHARE else []),
        *_leaks(paragraphs, ground),
        *_claims(paragraphs, own),
    )


def _longest(facts: Sequence[Fact]) -> int:
    return max(_SHORTEST_LIMIT, _CHARACTERS_PER_CHARACTER * sum(len(fact.text) + 12 for fact in facts))


def _use_problems(text: str, facts: Sequence[Fact], optional: frozenset[str]) -> Iterator[str]:
    labels = labels_in(text)
    for label, times in Counter(label for label in labels if is_single(label)).items():
        if times > 1:
            yield f"{{{label}}} 用了{times}次，只能用一次"
    used = {name for label in labels for name in operands(label)} | optional
    for fact in facts:
        missing = [quantity.id for quantity in fact.quantities if quantity.id not in used]
        if missing:
            yield f"漏了 {'、'.join(f'{{{name}}}' for name in missing)}"
        elif not fact.quantities and not _is_said(fact.text, text):
            yield f"漏了要点 {fact.id}"


def _is_said(note: str, text: str) -> bool:
    words = content_words(note)
    said = sum(covers(text, word) for word in words)
    return said >= _SAID * len(words)


def _leaks(paragraphs: Sequence[Paragraph], ground: Ground) -> Iterator[str]:
    """Yield the names and words of their time that only a past section could have given.

    A word that was shown is everybody's: names were blanked before.
    """
    shown = "\n".join(ground.past.values())
    for paragraph in paragraphs:
        words = "，".join(piece.text for piece in paragraph if isinstance(piece, Words | Borrowed))
        for name in dict.fromkeys((*names_in(words, ground.around), *stale_words(words, ground.around))):
            if len(name) > 1 and name in ground.raw_past and name not in ground.own and name not in shown:
                yield f"“{name}”要点里没有，是往年的"


def _claims(paragraphs: Sequence[Paragraph], own: str) -> Iterator[str]:
    """Yield the clauses that assert something of which the notes say nothing.

    A clause with a number of the notes may put an event in other words (建成 for
    建设); one without a number may not.
    """
    asserting = sorted(words_of("claims") | words_of("quantity_words"))
    for paragraph in paragraphs:
        for clause, has_number in _clauses(paragraph):
            said = covers if has_number else contains
            if word := next((word for word in asserting if word in clause and not said(own, word)), None):
                yield f"“{clause[:20]}”里的“{word}”要点没有说"
        for piece in paragraph:
            if isinstance(piece, Words):
                yield from _strange_clauses(piece.text, own)


def _clauses(paragraph: Paragraph) -> Iterator[tuple[str, bool]]:
    """Yield the clauses of `paragraph` as printed, each with whether a number stands in it."""
    marked = "".join(
        f"{{{piece.surface}}}" if isinstance(piece, Number) else printed((piece,)) for piece in paragraph
    )
    for clause in _CLAUSE.split(marked):
        yield clause.replace("{", "").replace("}", ""), "{" in clause


def _strange_clauses(words: str, own: str) -> Iterator[str]:
    for clause in _CLAUSE.split(words):
        content = content_words(clause)
        if len(content) >= _STRANGE_WORDS and not any(word in own for word in content):
            yield f"“{clause[:20]}”要点没有说"
