"""The writer that needs no model: facts as sentences in the manner of past sections.

A past section lends its order, its frames and, marked, a few general words. The
facts lend everything that is asserted. What a frame does not fit becomes a plain
official sentence; what the unit used to report and the notes do not say becomes
a place to fill. See `frames` for when a frame fits, `borrowing` for what may be lent.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.model import Borrowed, Number, ToFill, Words
from drafter.writing.borrowing import is_general, may_borrow, starts_with_one_of
from drafter.writing.frames import SPEAKING, Clause, fits, is_given, past_sentences
from drafter.writing.otherwise import tell_once
from drafter.writing.periods import in_period
from drafter.writing.placing import Placed, place_facts
from drafter.writing.rates import find_rates, rate_between
from drafter.writing.references import put_numbers
from drafter.writing.sentences import as_list, full_width
from drafter.writing.telling import labels_of, own_words, told_clauses, wholes_first
from drafter.writing.words import covers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.model import Exemplar, Fact, Paragraph, Piece, Section
    from drafter.writing.material import Material, Used

_SENTENCE_STOP = re.compile(r"[。；;\n]")
_FILLABLE = frozenset({"quantity", "money", "hole"})
_MOST_LENT = {"lead": 2, "effect": 1}
_MOST_ASKED = 2
"""How many places to fill a top section has at most; the other questions are in the list of them."""
_REACHING = re.compile("达(?=、|$)")
_GAPS = re.compile(r"\{~([^{}]*)\}")
_TO_THE_POINT = 0.75
"""How much of another unit's words the facts must speak of for them to be lent."""
_LIST = 4
"""From so many short facts on, a paragraph of them is a list 一是…二是…."""


class _Segment(NamedTuple):
    """A stretch of a sentence; `kind` is `own`, `lead`, `effect` or `fill`, `stop` joins it to the last."""

    kind: str
    text: str
    stop: str = "，"
    label: str = ""


def compose_item(
    facts: Sequence[Fact],
    models: Sequence[Exemplar],
    material: Material,
    used: Used,
) -> Paragraph:
    """Return one paragraph that says all of `facts`, after the manner of `models`."""
    return _Item(facts, models, material, used).paragraph()


class _Item:
    """One paragraph in the making.

    A fact stays whole and in its own order, since its later clauses (参学2304人次)
    live on what its first one names: only its frames come from the past.
    """

    def __init__(
        self,
        facts: Sequence[Fact],
        models: Sequence[Exemplar],
        material: Material,
        used: Used,
    ) -> None:
        self._facts = facts
        self._models = models
        self._material = material
        self._used = used
        own = told_clauses(facts)
        self._otherwise, told = tell_once(own, material.facts, material.doubts, used.quantities)
        self._own = {name: clauses for name, clauses in own.items() if name not in told}
        self._past = [past_sentences(model.section.text) for model in models]
        self._said = "".join(part for fact in facts for part in (fact.topic, fact.text))
        self._filled = False

    def paragraph(self) -> Paragraph:
        """Return the paragraph: what has a model in the past in its order, then the rest."""
        placed = place_facts(self._own, self._past)
        by_sentence: dict[tuple[int, int], list[Placed]] = {}
        for one in sorted(placed, key=lambda one: (one.model, one.sentence, one.first)):
            by_sentence.setdefault((one.model, one.sentence), []).append(one)
        told = [
            ([one.fact for one in group], self._sentence(model, index, group))
            for (model, index), group in by_sentence.items()
        ]
        taken = {one.fact for one in placed}
        rest = [fact for fact in self._facts if fact.id in self._own and fact.id not in taken]
        told += self._left_over(rest, is_more=bool(taken))
        pieces: list[Piece] = []
        for at in wholes_first([names for names, _ in told], self._own):
            pieces += self._pieces(told[at][1])
        return tuple(pieces)

    # --- one sentence after a past sentence ----------------------------------------------

    def _sentence(self, model: int, index: int, group: Sequence[Placed]) -> list[_Segment]:
        past = self._past[model][index]
        segments = self._lend(past[: group[0].first], model, "lead")
        said: dict[int, tuple[str, int]] = {}
        for number, one in enumerate(group):
            segments += self._say(one, past, "；" if number else "，", said)
            if not self._material.is_own(self._models[model].report):
                continue
            until = group[number + 1].first if number + 1 < len(group) else len(past)
            for place in range(one.first + 1, until):
                if place not in one.places.values() and not self._says_in_own_words(one, past[place]):
                    segments += self._ask(past[place], self._models[model].section)
        return segments + self._lend(past[group[-1].last + 1 :], model, "effect")

    def _say(
        self, one: Placed, past: Sequence[Clause], stop: str, said: dict[int, tuple[str, int]]
    ) -> list[_Segment]:
        """Say all clauses of a fact in their order, framed where a frame fits, with its usual rates.

        `said` gathers which clause of which fact took each place of the past sentence.
        """
        segments: list[_Segment] = []
        for number, clause in enumerate(self._own[one.fact]):
            frame = past[one.places[number]] if number in one.places else None
            text = self._framed(clause, frame) if frame else None
            segments.append(_Segment("own", text or own_words(clause, first=not number), stop))
            segments += self._beside_last_year(clause)
            stop = _next_stop(clause)
            if number in one.places:
                said[one.places[number]] = (one.fact, number)
                segments += self._rates(one.places[number], past, said)
        return segments

    def _framed(self, clause: Clause, frame: Clause) -> str | None:
        if not fits(frame, clause) or not is_general(_REACHING.sub("", frame.bare), self._material.around):
            return None
        text = frame.with_labels(labels_of(clause))
        return full_width(in_period(text, self._material.period))

    def _rates(
        self, place: int, past: Sequence[Clause], said: Mapping[int, tuple[str, int]]
    ) -> list[_Segment]:
        """Say the rates that the unit always gives behind the clause at `place`, the second of their ends."""
        segments = []
        for at, rate in find_rates(past).items():
            ends = (rate.part, rate.whole)
            if place not in ends or not set(ends) <= said.keys():
                continue
            facts = dict.fromkeys(said[end][0] for end in ends)
            part, whole = (self._own[fact][number] for fact, number in (said[end] for end in ends))
            given = any(slot.kind == "percent" for fact in facts for c in self._own[fact] for slot in c.slots)
            if given or not fits(past[rate.part], part):
                continue
            text = rate_between(part, whole, past[at], self._material, tuple(facts))
            segments += [_Segment("own", text)] if text else []
        return segments

    def _ask(self, clause: Clause, section: Section) -> list[_Segment]:
        """Leave a place to fill for a number that stood beside the others and is missing this year."""
        top = section.path[0] if section.path else section.id
        if self._filled or self._used.asked[top] == _MOST_ASKED or not self._may_ask(clause):
            return []
        self._filled = True
        self._used.asked[top] += 1
        slot = clause.slots[0]
        before, after = clause.text[: slot.span.start], clause.text[slot.span.end :]
        return [_Segment("fill", f"{before}\0{clause.unit_of(slot) or '数'}\0{after}")]

    def _may_ask(self, clause: Clause) -> bool:
        if len(clause.slots) != 1 or clause.slots[0].kind not in _FILLABLE or clause.roles:
            return False
        speaks = sum(map(len, clause.words)) >= SPEAKING and is_general(clause.bare, self._material.around)
        facts = self._material.facts.values()
        return speaks and not is_given(clause, facts) and self._material.is_usual(clause)

    def _says_in_own_words(self, one: Placed, past: Clause) -> bool:
        """Return whether a number of the fact that has no frame may be the one of `past`."""
        free = [clause for number, clause in enumerate(self._own[one.fact]) if number not in one.places]
        measures = {slot.measure for slot in past.slots}
        return any(slot.measure in measures for clause in free for slot in clause.slots)

    def _lend(self, clauses: Sequence[Clause], model: int, kind: str) -> list[_Segment]:
        """Lend words of a past sentence that lead in or close: a few, and none twice in a draft."""
        lent: list[_Segment] = []
        for clause in clauses:
            if (
                not clause.slots
                and len(lent) < _MOST_LENT[kind]
                and clause.text not in self._used.lent
                and starts_with_one_of(clause.text, f"{kind}s")
                and may_borrow(clause.text, self._material.around)
                and self._is_to_the_point(clause, model)
            ):
                self._used.lent.add(clause.text)
                lent.append(_Segment(kind, clause.text, label=self._models[model].label))
        return lent

    def _is_to_the_point(self, clause: Clause, model: int) -> bool:
        """Return whether words of the past fit these facts: the unit's own do, others' must speak of them."""
        if self._material.is_own(self._models[model].report):
            return True
        told = sum(len(word) for word in clause.words if covers(self._said, word))
        return bool(clause.words) and told >= sum(map(len, clause.words)) * _TO_THE_POINT

    # --- what no past sentence had a place for --------------------------------------------

    def _left_over(self, facts: Sequence[Fact], *, is_more: bool) -> list[tuple[list[str], list[_Segment]]]:
        """Return the sentences of facts without a place, each with the facts that it says."""
        order = wholes_first([[fact.id] for fact in facts], self._own)
        sentences = [([facts[at].id], self._plain(facts[at])) for at in order]
        if not is_more and len(sentences) >= _LIST and all(len(said) == 1 for _, said in sentences):
            text = as_list([segment.text for _, (segment,) in sentences])
            return [([fact.id for fact in facts], [_Segment("own", text.removesuffix("。"))])]
        return sentences

    def _plain(self, fact: Fact) -> list[_Segment]:
        segments: list[_Segment] = []
        stop = "，"
        for number, clause in enumerate(self._own[fact.id]):
            segments.append(_Segment("own", own_words(clause, first=not number), stop))
            segments += self._beside_last_year(clause)
            stop = _next_stop(clause)
        return segments

    def _beside_last_year(self, clause: Clause) -> list[_Segment]:
        """Say how a number compares with last year's, where the draft does so."""
        compared = self._material.compared
        return [_Segment("own", compared[slot.label].text) for slot in clause.slots if slot.label in compared]

    # --- pieces -----------------------------------------------------------------------------

    def _pieces(self, segments: Sequence[_Segment]) -> list[Piece]:
        pieces: list[Piece] = []
        for index, segment in enumerate(segments):
            following = segments[index + 1] if index + 1 < len(segments) else None
            stop = following.stop if following else "。"
            if segment.kind in {"lead", "effect"}:
                pieces.append(Borrowed(full_width(segment.text) + stop, segment.label))
                continue
            if segment.kind == "fill":
                before, unit, after = segment.text.split("\0")
                pieces += [Words(full_width(before)), ToFill(unit), Words(full_width(after) + stop)]
                continue
            for number, part in enumerate(_GAPS.split(segment.text)):
                pieces += [ToFill(part)] if number % 2 else self._numbered(part)
            pieces.append(Words(stop))
        return pieces

    def _numbered(self, text: str) -> list[Piece]:
        """Put the numbers in, and beside one that the notes contradict what they say elsewhere."""
        pieces = put_numbers(text, self._material.facts, self._material.quantities)
        doubted: list[Piece] = []
        for piece in pieces:
            doubted.append(piece)
            if not isinstance(piece, Number):
                continue
            self._used.quantities.add(piece.label)
            for other in self._material.doubts.get(piece.label, ()):
                said = put_numbers(self._otherwise.get(other, f"{{{other}}}"), self._material.facts)
                doubted += [Words("【待核：要点另一处写作"), *said, Words("】")]
        return doubted


def _next_stop(clause: Clause) -> str:
    return "；" if _SENTENCE_STOP.match(clause.stop) else "，"
