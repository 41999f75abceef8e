"""What past reports gave a number for and this year's notes do not: the list of questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.model import Question
from drafter.writing.borrowing import is_general
from drafter.writing.frames import MATCH, fact_clauses, likeness, past_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from drafter.model import Exemplar, Fact, Outline, Report, SectionPlan
    from drafter.writing.borrowing import Surroundings
    from drafter.writing.frames import Clause

_ASKED = frozenset({"quantity", "money", "percent"})
MOST = 30
"""How many questions are asked at most."""


def ask(
    outline: Outline,
    facts: Sequence[Fact],
    own_reports: Sequence[Report],
    around: Surroundings,
) -> tuple[Question, ...]:
    """Return the questions, those that most of the unit's reports answered first.

    A question is asked for a number of a model section which no clause of the notes
    resembles. Where several of the unit's own reports exist, only what at least
    two of them stated is asked.
    """
    given = [clause for fact in facts for clause in fact_clauses(fact)]
    others = [(report, _numbered_clauses(report)) for report in own_reports]
    found: dict[str, tuple[int, int, Question]] = {}
    for order, (plan, model) in enumerate(_models(outline.sections)):
        for sentence in past_sentences(model.section.text):
            for clause in sentence:
                text = _question(clause, given, around)
                if text is None or text in found:
                    continue
                seen = [
                    section_where
                    for _, clauses in others
                    for section_where, other in clauses
                    if likeness(clause, other) >= 2 * MATCH - 0.2
                ]
                files = {where.file for where in seen if where is not None}
                if len(others) > 1 and len(files) < 2:
                    continue
                places = tuple(where for where in seen if where is not None) or tuple(
                    where for where in (model.section.where,) if where is not None
                )
                found[text] = (-len(files), order, Question(plan.heading, text, clause.slots[0].unit, places))
    ranked = sorted(found.values(), key=lambda row: row[:2])
    return tuple(question for _, _, question in ranked[:MOST])


def _question(clause: Clause, given: Sequence[Clause], around: Surroundings) -> str | None:
    if len(clause.slots) != 1 or clause.slots[0].kind not in _ASKED or clause.roles or not clause.words:
        return None
    if not is_general(clause.bare, around) or any(likeness(clause, new) >= MATCH / 2 for new in given):
        return None
    slot = clause.slots[0]
    before, after = clause.text[: slot.span.start], clause.text[slot.span.end :]
    asked = "百分之多少" if slot.kind == "percent" else f"多少{slot.unit or ''}"
    return f"{before}{asked}{after}？"


def _models(sections: Iterable[SectionPlan]) -> Iterable[tuple[SectionPlan, Exemplar]]:
    for section in sections:
        if section.role in {"problems", "plans"}:
            continue
        for plan in (section, *section.children):
            for model in plan.models:
                yield plan, model


def _numbered_clauses(report: Report) -> list[tuple[object, Clause]]:
    return [
        (section.where, clause)
        for section in report.sections
        for sentence in past_sentences(section.text)
        for clause in sentence
        if clause.slots
    ]
