"""What past reports gave a number for and this year's notes do not: the list of questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.model import Question
from drafter.writing.borrowing import is_general
from drafter.writing.frames import SPEAKING, is_given, likeness, past_sentences
from drafter.writing.rates import find_rates

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from drafter.model import Exemplar, Fact, Outline, Report, SectionPlan, Where
    from drafter.writing.borrowing import Surroundings
    from drafter.writing.frames import Clause

_ASKED = frozenset({"quantity", "money", "percent", "hole"})
_LONGEST = 24
_SAME = 0.8
_DURATIONS = frozenset({"年", "月", "天", "日", "周", "岁", "小时", "个小时", "个月", "分钟", "分"})
MOST_OF_OTHERS = 8
"""How many questions come from other units' reports at most."""
MOST = 30
"""How many questions are asked at most."""


class Usual:
    """What a unit states year after year: the numbered clauses of its own past reports."""

    def __init__(self, own_reports: Sequence[Report]) -> None:
        self._clauses = [
            (section.where, clause)
            for report in own_reports
            for section in report.sections
            for sentence in past_sentences(section.text)
            for clause in sentence
            if clause.slots
        ]
        self._needed = min(2, len(own_reports))

    def places(self, clause: Clause) -> tuple[Where, ...]:
        """Return where the unit gave the number of `clause`, once a file."""
        seen: dict[str, Where] = {}
        for where, other in self._clauses:
            if where is not None and where.file not in seen and likeness(clause, other) >= _SAME:
                seen[where.file] = where
        return tuple(seen.values())

    def holds(self, clause: Clause) -> bool:
        """Return whether at least two reports (or the only one) gave the number of `clause`."""
        return len(self.places(clause)) >= self._needed


def ask(
    outline: Outline,
    facts: Sequence[Fact],
    usual: Usual,
    around: Surroundings,
) -> tuple[Question, ...]:
    """Return the questions, those that most of the unit's reports answered first.

    A question is asked for a number of a model section that the notes do not give:
    all that the unit's own latest report gave, and a few that similar units give.
    """
    found: dict[str, tuple[int, int, Question]] = {}
    for order, (plan, model) in enumerate(_models(outline.sections)):
        for clause in _open_clauses(model):
            text = _question(clause, facts, around)
            if text is None or text in found:
                continue
            own = usual.places(clause)
            seen = own or tuple(filter(None, (model.section.where,)))
            found[text] = (-len(own), order, Question(plan.heading, text, clause.slots[0].unit, seen))
    ranked = sorted(found.values(), key=lambda row: row[:2])
    strangers = [row for row in ranked if row[0] == 0][:MOST_OF_OTHERS]
    return tuple(question for _, _, question in [*(row for row in ranked if row[0]), *strangers][:MOST])


def _open_clauses(model: Exemplar) -> Iterable[Clause]:
    """Yield the clauses of a model whose numbers are not worked out from others."""
    for sentence in past_sentences(model.section.text):
        rates = find_rates(sentence)
        yield from (clause for place, clause in enumerate(sentence) if place not in rates)


def _question(clause: Clause, facts: Sequence[Fact], around: Surroundings) -> str | None:
    if len(clause.slots) != 1 or clause.slots[0].kind not in _ASKED or clause.roles:
        return None
    if clause.slots[0].unit in _DURATIONS or len(clause.text) > _LONGEST:
        return None
    if (
        sum(map(len, clause.words)) < SPEAKING
        or not is_general(clause.bare, around)
        or is_given(clause, facts)
    ):
        return None
    slot = clause.slots[0]
    before, after = clause.text[: slot.span.start], clause.text[slot.span.end :]
    asked = "百分之多少" if slot.kind == "percent" or slot.unit == "%" else f"多少{clause.unit_of(slot)}"
    return f"{before}{asked}{after}？"


def _models(sections: Iterable[SectionPlan]) -> Iterable[tuple[SectionPlan, Exemplar]]:
    for section in sections:
        if section.role in {"problems", "plans"}:
            continue
        for plan in (section, *section.children):
            for model in plan.models:
                yield plan, model
