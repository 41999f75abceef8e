"""Places to fill that new notes answer: 办理居住证【待补：人次】 and 办理居住证426人次."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from drafter.model import Span
from drafter.numbers.families import same_unit
from drafter.numbers.units import load_units
from drafter.writing.frames import SPEAKING, fact_clauses
from drafter.writing.words import content_words, covered_share, covers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.model import Fact, Quantity

_BLANK = re.compile(r"【待补(?:：|:)?(?P<what>[^】]*)】")
_STOPS = re.compile(r"[，。；！？、\n【】]|[,;](?!\d)")
_ASKED = re.compile(r"(?:百分之)?多少[^？?]*[？?]?|是?几[^？?\d]{1,3}[？?]|[？?]|答[：:]")
_ENOUGH = 0.55
"""From this share of common words on, a number answers a place to fill."""
_MARGIN = 0.1
"""How much better it must fit than any other number, and any other place."""
_RATES = ("%", "％", "率", "百分比")


class Blank(NamedTuple):
    """A place to fill: its span in the plain text, what it asks for, the words of its clause."""

    span: Span
    what: str
    before: str
    after: str

    @property
    def unit(self) -> str:
        """The measure word that is asked for, empty if none is named."""
        asked = self.what.strip().removesuffix("数")
        if asked.endswith(_RATES):
            return "%"
        return next((asked[at:] for at in range(len(asked)) if asked[at:] in _units()), "")

    @property
    def subject(self) -> str:
        """What is counted, as far as the place to fill says it itself."""
        asked = self.what.strip()
        if asked.endswith(_RATES):
            return asked.rstrip("%％")
        return asked.removesuffix("数").removesuffix(self.unit)

    @property
    def words(self) -> str:
        """The words of the clause that it stands in, and its own."""
        return f"{self.before}、{self.subject}、{self.after}"


class Offer(NamedTuple):
    """A number of the new notes that no place of the draft prints yet, with the words that it stands in."""

    quantity: Quantity
    fact: Fact
    words: str


@cache
def _units() -> frozenset[str]:
    return frozenset(load_units())


def read_blanks(plain: str) -> tuple[Blank, ...]:
    """Return every 【待补：…】 of the plain text of a draft."""
    found = []
    for match in _BLANK.finditer(plain):
        start = max((stop.end() for stop in _STOPS.finditer(plain, 0, match.start())), default=0)
        stop = _STOPS.search(plain, match.end())
        after = plain[match.end() : stop.start() if stop else len(plain)]
        found.append(Blank(Span(*match.span()), match["what"], plain[start : match.start()], after))
    return tuple(found)


def offers_of(facts: Sequence[Fact], taken: frozenset[str]) -> list[Offer]:
    """Return the numbers of `facts` that are not yet `taken`; those of other years are none."""
    offers = []
    for fact in facts:
        by_id = {quantity.id: quantity for quantity in fact.quantities}
        for clause in fact_clauses(fact):
            bare = _ASKED.sub("", clause.bare)
            words = bare if content_words(bare) else _ASKED.sub("", f"{fact.text}、{fact.topic}")
            free = [by_id[slot.label] for slot in clause.slots if slot.label in by_id]
            offers += [Offer(q, fact, words) for q in free if q.id not in taken and not q.period]
    return offers


def match_blanks(blanks: Sequence[Blank], offers: Sequence[Offer]) -> dict[int, Offer]:
    """Return for each place to fill, by its index, the one number that answers it and nothing else."""
    ranks = {
        (at, number): rank
        for at, blank in enumerate(blanks)
        for number, offer in enumerate(offers)
        if (rank := _fit(blank, offer)) >= _ENOUGH
    }
    return {
        at: offers[number] for (at, number), rank in ranks.items() if _is_clear((at, number), rank, ranks)
    }


def _is_clear(pair: tuple[int, int], rank: float, ranks: Mapping[tuple[int, int], float]) -> bool:
    return all(
        rank - other >= _MARGIN
        for rival, other in ranks.items()
        if rival != pair and (rival[0] == pair[0] or rival[1] == pair[1])
    )


def _fit(blank: Blank, offer: Offer) -> float:
    """Return from 0 to 1 how well a number answers a place to fill; nought across measure words."""
    quantity, unit = offer.quantity, blank.unit
    if unit == "%" or quantity.kind == "percent":
        if unit != "%" or quantity.kind != "percent":
            return 0.0
    elif unit and not same_unit(unit, quantity.unit):
        return 0.0
    asked, told = content_words(blank.words), content_words(offer.words)
    if sum(map(len, asked)) < SPEAKING - 1 or not told:
        return 0.0
    return (covered_share(asked, f"{offer.words}{offer.fact.topic}") + covered_share(told, blank.words)) / 2


def says_subject(blank: Blank) -> bool:
    """Return whether the clause of a place to fill itself says what is counted."""
    words = content_words(blank.subject)
    return all(covers(blank.before + blank.after, word) for word in words)
