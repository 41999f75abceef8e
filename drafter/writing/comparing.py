"""Which of this year's numbers are set beside last year's, and in what words.

Rarely, and only where both numbers are surely of the same thing: the unit's own
report of the year before and of the same kind of period, a clause that says
what the clause of the fact says with one exact number of the same unit, and no
second clause in either that could be meant. What the unit itself compared last
year comes first; of the rest, what offices compare (`data/compared.txt`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking import check_text
from drafter.model import Number
from drafter.numbers.expressions import ExpressionError
from drafter.numbers.slots import read_quantities
from drafter.writing.derived import derive
from drafter.writing.frames import MATCH, SPEAKING, fact_clauses, fits, likeness, past_sentences
from drafter.writing.periods import FULL_YEAR
from drafter.writing.words import covers, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from drafter.model import Exemplar, Fact, Outline, Quantity, SectionPlan
    from drafter.writing.frames import Clause, Slot
    from drafter.writing.head import Head

MOST = 5
"""How many numbers of one draft are compared at most."""
MOST_UNASKED = 2
"""How many of them where last year's report did not compare."""
_LARGE = 100
"""From this base on, a change is told in per cent."""
_FURTHEST, _NEAREST = 1, 0.01
"""Beyond its double, or within one per cent, nothing is told: another count, or no news."""
_TOLD = re.compile(r"上年|去年|往年|同期|同比|环比|增[长加]|下降|减少|[比较](?!赛|好|为|武)")
_PART = re.compile(r"其中|截至|以前|任务|目标|计划|上年|去年|累计|人均|户均|平均")
_WITHIN = re.compile(r"上半年|下半年|[一二三四]季度|年[初中底末]|期间|目前|月")
_PLAIN_ROLES = frozenset({None, "共", "完成"})
_COUNTED = frozenset({"quantity", "money"})


class Comparison(NamedTuple):
    """What is said behind a number: `text` with its reference; the past quantity it rests on, and where."""

    text: str
    label: str
    past: Quantity
    model: Exemplar


class _Place(NamedTuple):
    """A clause with one number in its sentence: of a past section, or of a fact."""

    sentence: tuple[Clause, ...]
    at: int

    @property
    def clause(self) -> Clause:
        return self.sentence[self.at]

    @property
    def slot(self) -> Slot:
        return self.clause.slots[0]


class _Candidate(NamedTuple):
    """A number of this year and the one of last year that it could be set beside."""

    fact: Fact
    new: _Place
    old: _Place
    past: Quantity
    model: Exemplar
    item: int

    @property
    def is_asked(self) -> bool:
        """Whether last year's report compared this number itself."""
        following = self.old.sentence[self.old.at + 1 : self.old.at + 2]
        return any(_TOLD.match(clause.text) and clause.slots for clause in following)


def find_comparisons(
    outline: Outline, facts: Sequence[Fact], head: Head, doubts: Mapping[str, Sequence[str]]
) -> dict[str, Comparison]:
    """Return what is compared, by the id of this year's quantity: a few, at most one an item.

    `doubts` holds the ids of quantities that the notes contradict.
    """
    found = [
        candidate for candidate in _candidates(outline, facts, head) if candidate.new.slot.label not in doubts
    ]
    compared: dict[str, Comparison] = {}
    items: set[int] = set()
    unasked = 0
    for candidate in sorted(found, key=lambda candidate: not candidate.is_asked):
        free = candidate.is_asked or (unasked < MOST_UNASKED and _is_customary(candidate.new.clause))
        if candidate.item in items or not free or len(compared) == MOST:
            continue
        comparison = _compare(candidate, head.period)
        if comparison is not None:
            compared[candidate.new.slot.label] = comparison
            items.add(candidate.item)
            unasked += not candidate.is_asked
    return compared


# --- which numbers are of the same thing -----------------------------------------------------


def _candidates(outline: Outline, facts: Sequence[Fact], head: Head) -> Iterator[_Candidate]:
    for item, (plan, model) in enumerate(_models(outline.sections, head)):
        olds = list(_past_places(model, head.period))
        for fact in plan.facts:
            if head.unit not in fact.topic and fact.topic.endswith(tuple(words_of("organisations"))):
                continue
            for new in _fact_places(fact, head.period):
                same = [(old, past) for old, past in olds if _is_same(old, new)]
                if len(same) == 1 and _is_only(new, fact, facts) and _is_only_past(same[0][0], model):
                    yield _Candidate(fact, new, *same[0], model, item)


def _models(sections: Iterable[SectionPlan], head: Head) -> Iterator[tuple[SectionPlan, Exemplar]]:
    """Yield the items that have a model of the year before and of the same kind of period."""
    for section in sections:
        for plan in (section, *section.children):
            for model in plan.models if plan.role in {"body", "opening"} else ():
                report = model.report
                if (report.year, report.period) == (head.year - 1, head.period) and not model.section.quality:
                    yield plan, model


def _past_places(model: Exemplar, period: str) -> Iterator[tuple[_Place, Quantity]]:
    """Yield the clauses of a past section that could be compared with, each with its quantity."""
    quantities = read_quantities(model.section.passage, model.label)
    before = len(read_quantities(model.section.heading))
    for sentence in past_sentences(model.section.text):
        for index, clause in enumerate(sentence):
            numbers = [slot for slot in clause.slots if slot.kind != "hole"]
            place = _Place(sentence, index)
            if len(clause.slots) == len(numbers) == 1 and before < len(quantities):
                quantity = quantities[before]
                if quantity.value == numbers[0].value and _is_plain(place, quantity, period):
                    yield place, quantity
            before += len(numbers)


def _fact_places(fact: Fact, period: str) -> Iterator[_Place]:
    """Yield the clauses of a fact that could be compared; none where the note compares by itself."""
    clauses = fact_clauses(fact)
    by_id = {quantity.id: quantity for quantity in fact.quantities}
    if any(_TOLD.search(clause.bare) for clause in clauses):
        return
    for index, clause in enumerate(clauses):
        place = _Place(clauses, index)
        if len(clause.slots) == 1 and place.slot.label and _is_plain(place, by_id[place.slot.label], period):
            yield place


def _is_plain(place: _Place, quantity: Quantity, period: str) -> bool:
    """Return whether a number is exact and one of the whole period, no part, target or average."""
    clause = place.clause
    exact = quantity.approx is None and quantity.upper is None and bool(quantity.value)
    if not exact or quantity.kind not in _COUNTED or not quantity.unit or clause.roles:
        return False
    if quantity.role not in _PLAIN_ROLES or sum(map(len, clause.words)) < SPEAKING:
        return False
    before = place.sentence[: place.at + 1]
    dated = any(slot.kind == "date" for other in before for slot in other.slots)
    said = "，".join(other.bare for other in before)
    return not dated and not _PART.search(said) and not _WITHIN.search(said.replace(period, ""))


def _is_same(old: _Place, new: _Place) -> bool:
    """Return whether two clauses say the same of one unit; a later one also goes on from the same."""
    if old.slot.unit != new.slot.unit or not fits(old.clause, new.clause):
        return False
    if not new.at:
        return True
    opening = new.sentence[0]
    return any(likeness(clause, opening) >= MATCH for clause in old.sentence[: old.at])


def _is_only(new: _Place, own: Fact, facts: Sequence[Fact]) -> bool:
    """Return whether no other number of the notes could be the one that `new` gives."""
    others = [clause for fact in facts for clause in fact_clauses(fact) if fact is not own]
    others += [clause for clause in new.sentence if clause is not new.clause]
    return not any(_could_be(new.clause, clause) for clause in others)


def _is_only_past(old: _Place, model: Exemplar) -> bool:
    """Return whether no other number of the past report could be the one that `old` gives."""
    clauses = (
        clause
        for section in model.report.sections
        for sentence in past_sentences(section.text)
        for clause in sentence
    )
    return not any(_could_be(old.clause, clause) for clause in clauses if clause is not old.clause)


def _could_be(one: Clause, other: Clause) -> bool:
    measures = {slot.measure for slot in other.slots if slot.kind != "percent"}
    return one.slots[0].measure in measures and all(covers(other.bare, word) for word in one.words)


def _is_customary(clause: Clause) -> bool:
    return any(word in clause.bare for word in words_of("compared"))


# --- what is said of them --------------------------------------------------------------------


def _compare(candidate: _Candidate, period: str) -> Comparison | None:
    """Return the words that compare, None where there is no news or the checker reads them otherwise."""
    new, old = candidate.new.slot, candidate.past
    if new.value is None or old.value is None:
        return None
    change = new.value - old.value
    if abs(change) > _FURTHEST * old.value or abs(change) <= _NEAREST * float(old.value):
        return None
    difference = f"{new.label}-{old.id}" if change > 0 else f"{old.id}-{new.label}"
    if old.value >= _LARGE:
        label, words = f"({difference})/{old.id}", "同比增长" if change > 0 else "同比下降"
    else:
        than = "比上年" if period == FULL_YEAR else "比上年同期"
        label, words = difference, f"{than}{'增加' if change > 0 else '减少'}"
    comparison = Comparison(f"{words}{{{label}}}", label, old, candidate.model)
    return comparison if _holds(candidate, comparison, words) else None


def _holds(candidate: _Candidate, comparison: Comparison, words: str) -> bool:
    """Return whether the checker, which knows nothing of frames, reads a comparison as it is meant."""
    fact, clause = candidate.fact, candidate.new.clause
    quantities = {quantity.id: quantity for quantity in (*fact.quantities, candidate.past)}
    try:
        printed = Number(derive(comparison.label, quantities), comparison.label)
    except ExpressionError:
        return False
    said = fact.text[: fact.text.find(clause.text) + len(clause.text)]
    draft = f"{said}，{words}{printed.surface}。"
    checked = check_text(draft, [fact.text], [candidate.model.section.passage])
    return checked.ok and checked.numbers[-1].verdict in {"derived", "past"}
