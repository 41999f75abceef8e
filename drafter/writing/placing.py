"""Where each fact goes in past sections: to the sentence that spoke of the same thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drafter.writing.frames import MATCH, likeness

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.writing.frames import Clause

_LATER = 0.3
"""What the later clauses of a fact weigh beside its first when a place is sought for it."""


class Placed(NamedTuple):
    """A fact that goes where a past sentence speaks of the same thing.

    `places` gives, for those of its clauses (by index) that have one, the clause of
    the past sentence that serves as frame.
    """

    fact: str
    model: int
    sentence: int
    places: dict[int, int]

    @property
    def first(self) -> int:
        """The first clause of the past sentence that the fact takes."""
        return min(self.places.values())

    @property
    def last(self) -> int:
        """The last one."""
        return max(self.places.values())


def place_facts(
    own: Mapping[str, Sequence[Clause]],
    past: Sequence[Sequence[Sequence[Clause]]],
) -> list[Placed]:
    """Give each fact the past sentence it resembles most; no two take the same words of it.

    `own` holds the clauses of each fact by its id, `past` the sentences of each model.
    """
    candidates = []
    for fact, clauses in own.items():
        for model, sentences in enumerate(past):
            for index, sentence in enumerate(sentences):
                found = _follow(clauses, sentence)
                if found is not None:
                    score, places = found
                    candidates.append(
                        (-score, model, index, int(fact[1:]), Placed(fact, model, index, places))
                    )
    placed: list[Placed] = []
    for *_, one in sorted(candidates, key=lambda row: row[:4]):
        rivals = [other for other in placed if (other.model, other.sentence) == (one.model, one.sentence)]
        is_free = all(one.last < other.first or other.last < one.first for other in rivals)
        if is_free and all(other.fact != one.fact for other in placed):
            placed.append(one)
    return placed


def _follow(clauses: Sequence[Clause], sentence: Sequence[Clause]) -> tuple[float, dict[int, int]] | None:
    """Return how well a fact follows a past sentence and where; None if its first number has no place."""
    numbered = [number for number, clause in enumerate(clauses) if clause.slots]
    places: dict[int, int] = {}
    score, after = 0.0, -1
    for number in numbered:
        likes = [
            (likeness(past, clauses[number]), -place)
            for place, past in enumerate(sentence)
            if place > after and past.slots
        ]
        best, place = max(likes, default=(0.0, 0))
        if best >= MATCH:
            places[number] = after = -place
            score += best if number == numbered[0] else best * _LATER
        elif number == numbered[0]:
            return None
    return (score, places) if places else None
