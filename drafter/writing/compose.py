"""The writer that needs no model: facts as sentences in the manner of past sections.

A past section lends its order, its frames and, marked, a few general words. The
facts lend everything that is asserted. What a frame does not fit becomes a plain
official sentence; what the unit used to report and the notes do not say becomes
a place to fill. See `frames` for when a frame fits, `borrowing` for what may be lent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from drafter.model import Borrowed, Number, ToFill, Words
from drafter.writing.borrowing import is_general, may_borrow, starts_with_one_of
from drafter.writing.frames import MATCH, Clause, fact_clauses, fits, likeness, past_sentences
from drafter.writing.periods import in_period
from drafter.writing.rates import Rate, find_rates
from drafter.writing.references import put_numbers
from drafter.writing.sentences import as_list, full_width, official, spell_label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from drafter.model import Exemplar, Fact, Paragraph, Piece
    from drafter.writing.borrowing import Surroundings

_SENTENCE_STOP = re.compile(r"[。；;\n]")
_FILLABLE = frozenset({"quantity", "money"})
LENT_SHARE = 1 / 3
"""At most this share of a section's characters is carried over from the past."""


@dataclass(frozen=True)
class Material:
    """What one draft is written from: all facts by id, their surroundings, the period, the doubts.

    `doubts` maps the id of a quantity to those of the quantities that contradict it;
    `is_usual` tells whether the unit states the number of a past clause year after year.
    """

    facts: Mapping[str, Fact]
    around: Surroundings
    period: str
    doubts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_usual: Callable[[Clause], bool] = lambda _: True


@dataclass
class Used:
    """What the draft has said so far, so that nothing is said twice."""

    lent: set[str] = field(default_factory=set)


class _Spot(NamedTuple):
    """A clause of a past section: which model, which sentence, which clause."""

    model: int
    sentence: int
    clause: int


class _Own(NamedTuple):
    """A clause of a fact."""

    fact: str
    clause: int


class _Segment(NamedTuple):
    """A stretch of a sentence: `kind` is `own`, `lead`, `effect` or `fill`; `stop` joins it to the one before."""

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
    """One paragraph in the making."""

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
        self._own = {fact.id: fact_clauses(fact) for fact in facts}
        self._past = [past_sentences(model.section.text) for model in models]
        self._places = self._align()
        self._said: set[_Own] = set()
        self._filled = 0

    def paragraph(self) -> Paragraph:
        sentences = [self._sentence(model, index) for model, past in enumerate(self._past) for index in range(len(past))]
        sentences = [sentence for sentence in sentences if sentence]
        sentences += self._left_over(bool(sentences))
        pieces: list[Piece] = []
        for segments in sentences:
            pieces += self._pieces(segments)
        return tuple(pieces)

    # --- which fact stands where a past section spoke of the same thing -----------------

    def _align(self) -> dict[_Spot, _Own]:
        scored = []
        for model, past in enumerate(self._past):
            for index, sentence in enumerate(past):
                for place, clause in enumerate(sentence):
                    if not clause.slots:
                        continue
                    for fact, clauses in self._own.items():
                        for number, new in enumerate(clauses):
                            if new.slots and (score := likeness(clause, new)) >= MATCH:
                                scored.append((-score, model, index, place, _Own(fact, number)))
        places: dict[_Spot, _Own] = {}
        taken: set[_Own] = set()
        for _, model, index, place, own in sorted(scored, key=lambda row: (row[0], row[1:4], _order(row[4]))):
            spot = _Spot(model, index, place)
            if spot not in places and own not in taken:
                places[spot] = own
                taken.add(own)
        return places

    # --- one sentence after a past sentence ----------------------------------------------

    def _sentence(self, model: int, index: int) -> list[_Segment]:
        past = self._past[model][index]
        here = {place: own for (m, i, place), own in self._places.items() if (m, i) == (model, index)}
        here = {place: own for place, own in here.items() if own not in self._said}
        if not here:
            return []
        label = self._models[model].label
        rates = find_rates(past)
        segments: list[_Segment] = []
        for place, clause in enumerate(past):
            if place in here:
                segments += self._say(here[place], clause)
            elif place in rates:
                segments += self._rate(rates[place], here, clause)
            elif clause.slots:
                segments += self._ask(clause, before=min(here) > place)
            elif self._may_lend(clause):
                kind = "lead" if place < min(here) else "effect"
                if starts_with_one_of(clause.text, f"{kind}s"):
                    segments.append(_Segment(kind, clause.text, label=label))
                    self._used.lent.add(clause.text)
        return segments

    def _say(self, own: _Own, frame: Clause | None) -> list[_Segment]:
        """Say a clause of a fact, and with it those of its fact that have no place of their own."""
        clauses = self._own[own.fact]
        placed = set(self._places.values())
        first = last = own.clause
        while first > 0 and _Own(own.fact, first - 1) not in placed | self._said:
            first -= 1
        while last + 1 < len(clauses) and _Own(own.fact, last + 1) not in placed | self._said:
            last += 1
        segments = []
        for number in range(first, last + 1):
            if _Own(own.fact, number) in self._said:
                continue
            self._said.add(_Own(own.fact, number))
            clause = clauses[number]
            text = self._framed(clause, frame) if frame is not None and number == own.clause else None
            stop = "；" if number > first and _SENTENCE_STOP.match(clauses[number - 1].stop) else "，"
            segments.append(_Segment("own", text or _own_words(clause, first=number == 0), stop))
        return segments

    def _framed(self, clause: Clause, frame: Clause) -> str | None:
        if not fits(frame, clause) or not is_general(frame.bare, self._material.around):
            return None
        text = frame.with_labels(tuple(slot.label for slot in clause.slots))
        return full_width(in_period(text, self._material.period))

    def _rate(self, rate: Rate, here: Mapping[int, _Own], clause: Clause) -> list[_Segment]:
        """Say a rate that the unit always gives, worked out, where the notes have both its ends."""
        ends = []
        for place in (rate.part, rate.whole):
            own = here.get(place)
            slots = self._own[own.fact][own.clause].slots if own else ()
            if len(slots) != 1 or not slots[0].exact or not slots[0].value:
                return []
            ends.append(slots[0])
        part, whole = ends
        said = {slot.label for fact in self._material.facts.values() for slot in _rates_of(fact, clause)}
        if said or part.measure != whole.measure or part.value > whole.value or not is_general(clause.bare, self._material.around):
            return []
        return [_Segment("own", full_width(clause.with_labels((f"{part.label}/{whole.label}",))))]

    def _ask(self, clause: Clause, *, before: bool) -> list[_Segment]:
        """Leave a place to fill for a number that stood beside the others and is missing this year."""
        if before or self._filled or len(clause.slots) != 1 or clause.slots[0].kind not in _FILLABLE or clause.roles:
            return []
        if not clause.words or not is_general(clause.bare, self._material.around) or self._is_given(clause):
            return []
        if not self._material.is_usual(clause):
            return []
        self._filled += 1
        slot = clause.slots[0]
        return [_Segment("fill", f"{clause.text[: slot.span.start]}\0{slot.unit or '数'}\0{clause.text[slot.span.end :]}")]

    def _is_given(self, clause: Clause) -> bool:
        return any(
            likeness(clause, new) >= MATCH / 2 for fact in self._material.facts.values() for new in fact_clauses(fact)
        )

    def _may_lend(self, clause: Clause) -> bool:
        return clause.text not in self._used.lent and may_borrow(clause.text, self._material.around)

    # --- what no past sentence had a place for --------------------------------------------

    def _left_over(self, is_more: bool) -> list[list[_Segment]]:
        facts = [fact for fact in self._facts if any(_Own(fact.id, n) not in self._said for n in range(len(self._own[fact.id])))]
        sentences = []
        for fact in facts:
            open_clause = next(n for n in range(len(self._own[fact.id])) if _Own(fact.id, n) not in self._said)
            segments = self._say(_Own(fact.id, open_clause), None)
            sentences.append(segments)
        short = [sentence for sentence in sentences if len(sentence) == 1]
        if not is_more and len(sentences) >= 4 and len(short) == len(sentences):
            text = as_list([segment.text for (segment,) in sentences])
            return [[_Segment("own", text.removesuffix("。"))]]
        return sentences

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
            pieces += self._with_doubts(put_numbers(segment.text, self._material.facts))
            pieces.append(Words(stop))
        return pieces

    def _with_doubts(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Show beside a number that the notes contradict what they say elsewhere."""
        doubted: list[Piece] = []
        for piece in pieces:
            doubted.append(piece)
            for other in self._material.doubts.get(piece.label, ()) if isinstance(piece, Number) else ():
                (number,) = put_numbers(f"{{{other}}}", self._material.facts)
                doubted += [Words("【待核：要点另一处写作"), number, Words("】")]
        return doubted


def _own_words(clause: Clause, *, first: bool) -> str:
    text = clause.with_labels(tuple(slot.label for slot in clause.slots))
    if first:
        text = spell_label(text)
    return full_width(official(text, clause.slots[0].unit if clause.slots else None, opens=first))


def _rates_of(fact: Fact, past: Clause) -> list[object]:
    return [
        slot
        for clause in fact_clauses(fact)
        if likeness(past, clause) >= MATCH
        for slot in clause.slots
        if slot.kind == "percent"
    ]


def _order(own: _Own) -> tuple[int, int]:
    return int(own.fact[1:]), own.clause


def lent_share(paragraphs: Sequence[Paragraph]) -> float:
    """Return what share of the characters of `paragraphs` is carried over from the past."""
    lent = sum(len(piece.text) for paragraph in paragraphs for piece in paragraph if isinstance(piece, Borrowed))
    total = sum(len(_printed(piece)) for paragraph in paragraphs for piece in paragraph)
    return lent / total if total else 0.0


def trim_lent(paragraphs: Sequence[Paragraph], share: float = LENT_SHARE) -> tuple[Paragraph, ...]:
    """Return `paragraphs` with borrowed words taken out, the longest first, until they keep within `share`."""
    trimmed = [list(paragraph) for paragraph in paragraphs]
    while lent_share([tuple(p) for p in trimmed]) > share:
        candidates = [(len(piece.text), -i, -j) for i, p in enumerate(trimmed) for j, piece in enumerate(p) if isinstance(piece, Borrowed)]
        _, i, j = max(candidates)
        taken = trimmed[-i].pop(-j)
        _mend_stop(trimmed[-i], -j, taken.text[-1:])
    return tuple(tuple(paragraph) for paragraph in trimmed if paragraph)


def _mend_stop(paragraph: list[Piece], index: int, stop: str) -> None:
    """Give the words before a place where a borrowed clause ended a sentence that clause's stop."""
    if stop != "。" or index == 0:
        return
    before = paragraph[index - 1]
    if isinstance(before, Words | Borrowed) and before.text.endswith(("，", "；")):
        paragraph[index - 1] = before._replace(text=before.text[:-1] + stop)


def _printed(piece: Piece) -> str:
    if isinstance(piece, Number):
        return piece.surface
    return piece.text if isinstance(piece, Words | Borrowed) else f"【待补：{piece.what}】"
