"""Clauses with their numbers: of this year's facts, and of past sections as frames for them.

A frame is a clause of a past section whose numbers are taken out. It serves a
clause of a fact only when each says what the other says, number by number in
the same units: a frame is never stretched over a fact that it does not fit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from drafter.model import FACT_KINDS, Span
from drafter.numbers import read_numerals
from drafter.numbers.units import unit_class
from drafter.reading.notes_gaps import gaps
from drafter.writing.references import printed_surface
from drafter.writing.words import content_words, covered_share, covers, says, telling_words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from drafter.model import Fact, Numeral

_BREAK = re.compile(r"[，；。！？\n]|[,;](?!\d)")
_CLOSING = {"（": "）", "(": ")", "“": "”", "《": "》", "「": "」", "{": "}"}
_BRACES = str.maketrans("{}｛｝", "（）（）")
"""Braces of a note become brackets of the same length: in the writer's texts they hold references."""
_SENTENCE_END = re.compile(r"[。！？；;\n]")
_ROLE = re.compile(
    r"上年|去年|往年|同期|同比|环比|[比较](?!赛|好|为|武)|其中|[由从](?!于|事|此)|增[长加]|下降|减少|提高|降[低到]|"
    r"人均|户均|平均|[每日月]均|目标|任务|计划|剩|尚[有未]|以前|截至|累计",
)
_SCALE = re.compile(r"[万亿]+(?=元$)")
SPEAKING = 3
"""From so many characters of content words on, a clause says by itself what its number counts."""
SAID = 0.5
"""From this share of its content words on, a fact gives what a past clause gave."""
MATCH = 0.5
"""How much of both clauses must be the same for them to speak of the same thing."""


@dataclass(frozen=True)
class Slot:
    """One number of a clause; `label` is the quantity's id in a fact, empty in a past section."""

    span: Span
    kind: str
    unit: str | None
    value: Decimal | None
    exact: bool
    label: str = ""

    @property
    def measure(self) -> str:
        """What units a number must have to stand here."""
        if self.kind in {"percent", "date", "ordinal"}:
            return self.kind
        return unit_class(self.unit) or self.unit or ""


@dataclass(frozen=True)
class Clause:
    """Words between two stops, with the numbers among them; `stop` is what ended it."""

    text: str
    slots: tuple[Slot, ...]
    stop: str = ""

    @cached_property
    def bare(self) -> str:
        """The words without the numbers."""
        parts, end = [], 0
        for slot in self.slots:
            parts.append(self.text[end : slot.span.start])
            end = slot.span.end
        return "、".join(part for part in (*parts, self.text[end:]) if part)

    @property
    def parts(self) -> tuple[str, ...]:
        """The words before, between and after the numbers: one more than there are numbers."""
        ends = [0, *(slot.span.end for slot in self.slots)]
        starts = [*(slot.span.start for slot in self.slots), len(self.text)]
        return tuple(self.text[end:start] for end, start in zip(ends, starts, strict=True))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The content words."""
        return content_words(self.bare)

    @cached_property
    def roles(self) -> frozenset[str]:
        """The words that give its numbers a part in a comparison or a sum."""
        return frozenset(_ROLE.findall(self.bare))

    def unit_of(self, slot: Slot) -> str:
        """Return the measure word of a slot as it is written here, sums of money with their scale: 万元."""
        found = _SCALE.search(self.text[: slot.span.end]) if slot.kind == "money" else None
        return f"{found[0] if found else ''}{slot.unit or ''}"

    def with_labels(self, labels: tuple[str, ...]) -> str:
        """Return the words with `{label}` in place of each number."""
        parts, end = [], 0
        for slot, label in zip(self.slots, labels, strict=True):
            parts += [self.text[end : slot.span.start], f"{{{label}}}"]
            end = slot.span.end
        return "".join((*parts, self.text[end:]))


def split(text: str, protected: tuple[Span, ...] = ()) -> Iterator[tuple[Span, str]]:
    """Yield the clauses of `text` with their stops; brackets, quotations and `protected` spans stay whole."""
    closing: list[str] = []
    start = 0
    inside = {index for span in protected for index in range(span.start, span.end)}
    for index, char in enumerate(text):
        if closing and char == closing[-1]:
            closing.pop()
        elif char in _CLOSING and _CLOSING[char] in text[index + 1 :]:
            closing.append(_CLOSING[char])
        elif not closing and index not in inside and _BREAK.match(text, index):
            if text[start:index].strip():
                yield Span(start, index), char
            start = index + 1
    if text[start:].strip():
        yield Span(start, len(text)), ""


@lru_cache(maxsize=4096)
def fact_clauses(fact: Fact) -> tuple[Clause, ...]:
    """Return the clauses of a fact; their slots carry the ids of its quantities.

    A number that the note itself leaves out (慰问 人次, __户) is a slot without a label.
    """
    slots = sorted((*_own_slots(fact), *_gaps(fact)), key=lambda slot: slot.span)
    text = fact.text.translate(_BRACES)
    clauses = []
    for span, stop in split(text, tuple(slot.span for slot in slots)):
        start = span.start + len(text[span.start : span.end]) - len(text[span.start : span.end].lstrip())
        end = start + len(text[start : span.end].rstrip())
        inside = tuple(
            replace(slot, span=Span(slot.span.start - start, slot.span.end - start))
            for slot in slots
            if start <= slot.span.start and slot.span.end <= end
        )
        clauses.append(Clause(text[start:end], inside, stop))
    return tuple(clauses)


def _own_slots(fact: Fact) -> list[Slot]:
    return [
        Slot(
            Span(quantity.span.end - len(printed_surface(quantity)), quantity.span.end),
            quantity.kind,
            quantity.unit,
            quantity.value,
            quantity.approx is None and quantity.upper is None,
            quantity.id,
        )
        for quantity in fact.quantities
    ]


def _gaps(fact: Fact) -> list[Slot]:
    """Return the places where the note leaves a number out; a stripped one takes its measure word with it."""
    taken = [quantity.span for quantity in fact.quantities]
    holes = {numeral.start: numeral for numeral in read_numerals(fact.text) if numeral.kind == "hole"}
    slots = []
    for gap in gaps(fact.text):
        hole = holes.get(gap.start)
        span = _printed_span(fact.text, hole) if hole else gap
        if not any(span.start < other.end and other.start < span.end for other in taken):
            slots.append(Slot(span, "hole", hole.unit if hole else None, None, exact=False))
    return slots


@lru_cache(maxsize=4096)
def past_sentences(text: str) -> tuple[tuple[Clause, ...], ...]:
    """Return the sentences of a past section, each as its clauses."""
    numerals = [
        (numeral, _printed_span(text, numeral))
        for numeral in read_numerals(text)
        if numeral.kind in FACT_KINDS or numeral.kind == "hole"
    ]
    protected = tuple(span for _, span in numerals)
    sentences: list[tuple[Clause, ...]] = []
    clauses: list[Clause] = []
    for span, stop in split(text, protected):
        start = span.start + len(text[span.start : span.end]) - len(text[span.start : span.end].lstrip())
        end = start + len(text[start : span.end].rstrip())
        slots = tuple(
            Slot(
                Span(printed.start - start, printed.end - start),
                numeral.kind,
                numeral.unit,
                numeral.value,
                numeral.approx is None and numeral.upper is None,
            )
            for numeral, printed in numerals
            if start <= printed.start and printed.end <= end
        )
        clauses.append(Clause(text[start:end], slots, stop))
        if not stop or _SENTENCE_END.match(stop):
            sentences.append(tuple(clauses))
            clauses = []
    if clauses:
        sentences.append(tuple(clauses))
    return tuple(sentences)


def _printed_span(text: str, numeral: Numeral) -> Span:
    """Return what a number takes up; for a stripped one the measure word left behind (余人次)."""
    if numeral.kind != "hole":
        return Span(numeral.start, numeral.end)
    left = re.compile(rf"(?:{re.escape(numeral.approx or '')})?{re.escape(numeral.unit or '')}")
    found = left.match(text, numeral.end)
    return Span(numeral.start, found.end() if found else numeral.end)


def likeness(past: Clause, new: Clause) -> float:
    """Return from 0 to 1 how much two clauses speak of the same thing in the same units."""
    if not (past.words and new.words) or past.roles != new.roles:
        return 0.0
    if past.slots and not {slot.measure for slot in past.slots} & {slot.measure for slot in new.slots}:
        return 0.0
    return (covered_share(past.words, new.bare) + covered_share(new.words, past.bare)) / 2


def fits(past: Clause, new: Clause) -> bool:
    """Return whether `past` may frame the numbers of `new`: same slots, and neither says more.

    Between two numbers both must say the same, function words aside: 未, 不, 仅 or
    another class (五类, 一类) in one of them alone, or two counts the other way round,
    and the frame does not fit. Only a carrier (受理, 配备) may open the frame alone.
    """
    return (
        [slot.measure for slot in past.slots] == [slot.measure for slot in new.slots]
        and past.roles == new.roles
        and all(_say_the_same(*pair) for pair in zip(_without_carrier(past, new), new.parts, strict=True))
    )


def _without_carrier(past: Clause, new: Clause) -> tuple[str, ...]:
    """Return the parts of a frame without a verb that only carries what is counted: 受理 of 受理信访96件."""
    first, *rest = past.parts
    carrier = next((word for word in words_of("carriers") if first.startswith(word)), "")
    if not new.parts[0].strip() or carrier in new.text or first == carrier:
        return past.parts
    return (first.removeprefix(carrier), *rest)


def _say_the_same(past: str, new: str) -> bool:
    told, news = telling_words(past), telling_words(new)
    return all(says(news, new, word) for word in told) and all(
        says(told, past, word) or _is_part(word, told) for word in news
    )


def is_given(past: Clause, facts: Iterable[Fact]) -> bool:
    """Return whether the notes give the number of a past clause, in whatever words and order.

    Either a fact says most of what the clause says, or the clause says all that
    a clause of a fact says (岗位900余个 gives 提供岗位860余个).
    """
    measures = {slot.measure for slot in past.slots}
    weight = sum(map(len, past.words)) * SAID
    for fact in facts:
        said = sum(len(word) for word in past.words if covers(fact.text, word)) >= weight
        if said and any(slot.measure in measures for slot in _own_slots(fact)):
            return True
        for clause in fact_clauses(fact):
            told = bool(clause.words) and all(word in past.bare for word in clause.words)
            if told and any(slot.measure in measures for slot in clause.slots):
                return True
    return False


def _is_part(short: str, words: Sequence[str]) -> bool:
    return len(short) == 1 and any(short in word for word in words)
