"""Contradictions of the notes told once: what says nothing but another number goes into the other's mark.

加装电梯11部【待核：要点另一处写作13部（城建办）】 says all that the bullets 加装电梯11部
and 加装电梯13部（城建办） say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.writing.sentences import full_width
from drafter.writing.telling import labels_of
from drafter.writing.words import covers, cut

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from drafter.model import Fact
    from drafter.writing.frames import Clause

_REMARK = re.compile(r"^[（(]([^（）()]*)[）)]$")
_DOUBTED = re.compile(r"[，,、；;\s]*待(?:核实?|查|确认)[，,、；;\s]*")
_LEANS = re.compile(r"其中|占")


def tell_once(
    own: Mapping[str, Sequence[Clause]],
    facts: Mapping[str, Fact],
    doubts: Mapping[str, Sequence[str]],
    said: Collection[str],
) -> tuple[dict[str, str], frozenset[str]]:
    """Return what stands in the mark for each number told there only, and the facts that are told so.

    `own` are the clauses of the facts that are to be said here, `said` the ids
    of the quantities that the draft has said before.
    """
    marks: dict[str, str] = {}
    told: set[str] = set()
    for name in sorted(own, key=lambda name: -int(name[1:])):
        for other in _rivals(own[name], doubts):
            holder = other.partition(".")[0]
            here = holder in own and holder not in told
            if not here and other not in said:
                continue
            mark = _mark(own[name], facts[holder])
            plain = mark == f"{{{own[name][0].slots[0].label}}}"
            if mark is not None and (here or (plain and len(own) > 1)):
                marks[own[name][0].slots[0].label] = mark
                told.add(name)
                break
    return marks, frozenset(told)


def _rivals(clauses: Sequence[Clause], doubts: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Return the quantities that say otherwise than the only number of the first clause."""
    first = clauses[0] if clauses else None
    return doubts.get(first.slots[0].label, ()) if first is not None and len(first.slots) == 1 else ()


def _mark(clauses: Sequence[Clause], holder: Fact) -> str | None:
    """Return what is left to say of a fact beside what `holder` says, None where that stands for itself."""
    first, *more = clauses
    if any(not _LEANS.match(clause.text) for clause in more):
        return None
    lead = _unsaid(first.parts[0], f"{holder.topic}{holder.text}")
    remark = _REMARK.match(first.parts[1].strip()) if first.parts[1].strip() else None
    if lead is None or (first.parts[1].strip() and remark is None):
        return None
    note = _DOUBTED.sub("", remark[1]) if remark else ""
    rest = "".join(f"，{clause.with_labels(labels_of(clause))}" for clause in more)
    return full_width(f"{lead}{{{first.slots[0].label}}}{rest}{f'（{note}）' if note else ''}")


def _unsaid(words: str, said: str) -> str | None:
    """Return the words of a lead that `said` lacks, if they open it: 年底统计 of 年底统计注册志愿者."""
    tokens = cut(words)
    new = [not covers(said, token.text) for token in tokens]
    count = new.index(False) if False in new else len(new)
    if any(new[count:]) or count == len(tokens):
        return None
    return "".join(token.text for token in tokens[:count])
