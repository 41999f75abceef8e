"""The notes that a draft was made from, as far as it remembers them: its definitions, or what was kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drafter.model import Fact, Where
from drafter.numbers.expressions import operands_of
from drafter.numbers.slots import read_quantities
from drafter.reading.notes_gaps import without_masks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.draftfile import Definition
    from drafter.model import Quantity

_SINGLE = re.compile(r"F(\d+)\.\d+")
_SPACE = re.compile(r"\s+")
_MOST = 0.5
"""From this share of definitions on that say what was kept, it is believed: titles get edited too."""


@dataclass(frozen=True, slots=True)
class OldFact:
    """A bullet of the notes as the draft remembers it; `text` is None where only arithmetic names it."""

    number: int
    path: str
    place: str
    text: str | None = None
    topic: str = ""
    quantities: Mapping[str, Quantity] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Its id in the old notes."""
        return f"F{self.number}"

    @property
    def fact(self) -> Fact:
        """The bullet as a fact of the old notes."""
        return Fact(self.id, self.topic, self.text or "", Where(self.path), tuple(self.quantities.values()))


def plain_words(text: str) -> str:
    """Return `text` as a definition holds it: line breaks and runs of spaces as one space."""
    return _SPACE.sub(" ", text).strip()


def old_facts(
    definitions: Mapping[str, Definition], labels: Sequence[str] = (), kept: Sequence[Fact] = ()
) -> dict[int, OldFact]:
    """Return by number the bullets that the definitions of a draft know of, or only its `labels`.

    Where the old notes were `kept` and most definitions agree with them, it is all of those.
    """
    found: dict[int, OldFact] = {}
    for label, one in definitions.items():
        single = _SINGLE.fullmatch(label)
        if single is None or (int(single[1]) in found and found[int(single[1])].text is not None):
            continue
        number = int(single[1])
        quantities = without_masks(read_quantities(one.title, f"F{number}"))
        found[number] = OldFact(number, one.path, one.place, one.title, "", {q.id: q for q in quantities})
    for label, one in definitions.items():
        for rank, name in enumerate(operands_of(label)):
            number = int(name[1:].partition(".")[0])
            if name[0] == "F" and number not in found:
                found[number] = OldFact(number, one.path, one.place if rank == 0 else "")
    for name in (name for label in labels for name in operands_of(label) if name[0] == "F"):
        number = int(name[1:].partition(".")[0])
        found.setdefault(number, OldFact(number, "", ""))
    whole = {int(fact.id[1:]): _kept(fact) for fact in kept}
    agreeing = [
        number in whole and plain_words(one.text or "") in {"", plain_words(whole[number].text or "")}
        for number, one in found.items()
    ]
    agree = sum(agreeing) > len(agreeing) * _MOST
    return whole if whole and agree else dict(sorted(found.items()))


def _kept(fact: Fact) -> OldFact:
    quantities = {quantity.id: quantity for quantity in fact.quantities}
    return OldFact(int(fact.id[1:]), fact.where.file, fact.where.place, fact.text, fact.topic, quantities)
