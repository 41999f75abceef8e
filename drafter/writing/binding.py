"""Whether each reference of an answer stands where the answer speaks of its own fact.

Two tests. Alone: a sentence shares no word with the fact whose number it
prints. In pairs: two references would fit better if they changed places. Words
near a number in its note count most, then the rest of the note, then which
other numbers of the same note stand beside it.
"""

from __future__ import annotations

import re
from itertools import combinations, takewhile
from typing import TYPE_CHECKING, NamedTuple

from drafter.writing.references import REFERENCE, clean_label, is_single
from drafter.writing.words import content_words, covers, cut

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.model import Fact, Quantity

_MARGIN = 0.5
_TOUCHING = 4
"""How many characters that touch a number in its note and in the answer count."""
_STOP = re.compile(r"[，、；。！？\n,;]")
_NOTE_STOP = re.compile(r"[，、；。！？\n,;（）()：:]")
_SENTENCE_STOP = re.compile(r"[；。！？\n;]")
_ROLE_WORDS = re.compile(
    r"上年|去年|往年|今年|本年|当年|现有|同期|年初|年末|年底|上半年|下半年|[一二三四]季度|累计|其中|任务|计划|目标|"
    r"剩余|其余|剩|尚有|新增|原有|人均|户均|增加|减少|增长|下降"
)


class Place(NamedTuple):
    """A reference in an answer with the words round it."""

    label: str
    before: str
    after: str
    sentence: str
    in_clause: frozenset[str]
    in_sentence: frozenset[str]
    is_alone: bool

    @property
    def around(self) -> str:
        """The words on both sides."""
        return f"{self.before} {self.after}"


class Own(NamedTuple):
    """A quantity in its note: the words beside it, the other words, and its neighbours."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    far: tuple[str, ...]
    beside: frozenset[str]
    fact: str
    touching: tuple[str, str]

    @property
    def near(self) -> tuple[str, ...]:
        """The words on both sides."""
        return self.left + self.right

    @property
    def subject(self) -> str:
        """What it is a number of, for people."""
        return "、".join((self.near or self.far)[:4])


def binding_problems(text: str, facts: Sequence[Fact]) -> tuple[str, ...]:
    """Return in Chinese which references of `text` speak of something else than their facts.

    `text` is an answer whose references all exist; expressions are judged by
    `drafter.writing.declared`.
    """
    owns = owns_of(facts)
    dates = {quantity.id for fact in facts for quantity in fact.quantities if quantity.kind == "date"}
    singles = [place for place in places_in(text) if is_single(place.label)]
    problems = [
        f"{{{place.label}}} 写在了说别的事的句子里，它说的是：{owns[place.label].subject}"
        for place in singles
        if not is_related(place, owns[place.label])
    ]
    problems += [
        f"{{{place.label}}} 孤零零成了一句，没有说是什么的数"
        for place in singles
        if place.is_alone and owns[place.label].near and place.label not in dates
    ]
    problems += [
        f"{{{one.label}}} 与 {{{other.label}}} 写颠倒了"
        for one, other in combinations(singles, 2)
        if _is_crossed(one, other, owns)
    ]
    return tuple(problems)


def owns_of(facts: Sequence[Fact]) -> dict[str, Own]:
    """Return what the notes say about each of their quantities, by id."""
    return {quantity.id: _own(quantity, fact) for fact in facts for quantity in fact.quantities}


def _own(quantity: Quantity, fact: Fact) -> Own:
    others = [other for other in fact.quantities if other.id != quantity.id]
    before = max((other.span.end for other in others if other.span.end <= quantity.span.start), default=0)
    after = min((other.span.start for other in others if other.span.start >= quantity.span.end), default=None)
    touching = (
        _NOTE_STOP.split(fact.text[before : quantity.span.start])[-1],
        _NOTE_STOP.split(fact.text[quantity.span.end : after])[0],
    )
    left = _words(touching[0])
    right = tuple(word for word in _words(touching[1]) if word not in left)
    far = tuple(word for word in _words(f"{fact.topic}。{fact.text}") if word not in left + right)
    beside = frozenset(other.id for other in others if not _STOP.search(_between(fact.text, quantity, other)))
    return Own(left, right, far, beside, fact.id, touching)


def _between(text: str, one: Quantity, other: Quantity) -> str:
    first, second = sorted((one.span, other.span))
    return text[first.end : second.start]


def _words(text: str) -> tuple[str, ...]:
    """Return what `text` speaks of: its content words, failing these all its words, and words of role."""
    content = content_words(text) or tuple(token.text for token in cut(text) if len(token.text) > 1)
    return tuple(dict.fromkeys((*content, *_ROLE_WORDS.findall(text))))


def places_in(text: str) -> list[Place]:
    """Return the references of `text` in order, each with its surroundings."""
    matches = list(REFERENCE.finditer(text))
    labels = [clean_label(match[1]) for match in matches]
    clauses = [_index(_STOP, text, match.start()) for match in matches]
    sentences = [_index(_SENTENCE_STOP, text, match.start()) for match in matches]
    places = []
    for number, match in enumerate(matches):
        before = text[matches[number - 1].end() if number else 0 : match.start()]
        after = text[match.end() : matches[number + 1].start() if number + 1 < len(matches) else None]
        places.append(
            Place(
                labels[number],
                _STOP.split(before)[-1],
                _STOP.split(after)[0],
                REFERENCE.sub(" ", _sentence_at(text, match.start())),
                _others(labels, clauses, number),
                _others(labels, sentences, number),
                not _clause_at(text, match).strip(),
            )
        )
    return places


def _others(labels: list[str], groups: list[int], number: int) -> frozenset[str]:
    return frozenset(
        label
        for index, label in enumerate(labels)
        if index != number and groups[index] == groups[number] and is_single(label)
    )


def _index(stop: re.Pattern[str], text: str, position: int) -> int:
    return sum(1 for _ in stop.finditer(text, 0, position))


def _clause_at(text: str, match: re.Match[str]) -> str:
    """Return the words of the clause of a reference, references left out."""
    before = re.split(r"[，；。！？\n]", text[: match.start()])[-1]
    after = re.split(r"[，；。！？\n]", text[match.end() :])[0]
    return REFERENCE.sub("", before + after)


def _sentence_at(text: str, position: int) -> str:
    start = max((match.end() for match in _SENTENCE_STOP.finditer(text, 0, position)), default=0)
    end = _SENTENCE_STOP.search(text, position)
    return text[start : end.start() if end else None]


def is_related(place: Place, own: Own) -> bool:
    """Return whether the sentence of a reference says anything of what its note says."""
    words = own.near + own.far
    return not words or any(covers(place.sentence, word) for word in words)


def _is_crossed(one: Place, other: Place, owns: Mapping[str, Own]) -> bool:
    mine, yours = owns[one.label], owns[other.label]
    right = _is_only_at(one, other, mine) or _is_only_at(other, one, yours)
    wrong = _is_only_at(other, one, mine) or _is_only_at(one, other, yours)
    if right != wrong:
        return wrong
    straight = _fit(one, mine, other.label) + _fit(other, yours, one.label)
    crossed = _fit(one, yours, other.label) + _fit(other, mine, one.label)
    return crossed > straight + min(_MARGIN, straight)


def _is_only_at(place: Place, elsewhere: Place, own: Own) -> bool:
    """Return whether the words beside a number in its note stand all at `place` and none `elsewhere`."""
    return (
        bool(own.near)
        and all(_share(word, place.around) > 0.8 for word in own.near)
        and not any(_share(word, elsewhere.around) for word in own.near)
    )


def _fit(place: Place, own: Own, but: str) -> float:
    near = sum(_says(place, word, before=True) for word in own.left)
    near += sum(_says(place, word, before=False) for word in own.right)
    far = sum(0.5 for word in own.far if word in place.sentence)
    beside = 1.5 * len((place.in_clause - {but}) & own.beside)
    same_fact = 0.5 * sum(label.split(".")[0] == own.fact for label in place.in_sentence - {but})
    same = _common(own.touching[0][::-1], place.before[::-1]) + _common(own.touching[1], place.after)
    return near + far + beside + same_fact + 0.3 * min(_TOUCHING, same)


def _says(place: Place, word: str, *, before: bool) -> float:
    """Return how well the words beside a reference say `word`.

    Best on the side where its note has it (`before` the number or after), and
    better the nearer; words of time and role tell two numbers of one thing apart.
    """
    weight = 2.0 if _ROLE_WORDS.fullmatch(word) else max(1.0, len(word) / 2)
    left = _share(word, place.before) * _nearness(place.before[::-1].find(word[::-1]))
    right = _share(word, place.after) * _nearness(place.after.find(word))
    same, other = (left, right) if before else (right, left)
    return weight * max(2.0 * same, 1.5 * other)


def _nearness(distance: int) -> float:
    return 1 / (1 + max(0, distance) / 8)


def _share(word: str, text: str) -> float:
    """Return which part of the characters of `word` is in `text`, if at least half of them are."""
    if word in text:
        return 1.0
    share = sum(char in text for char in word) / len(word) * 0.9
    return share if len(word) > 1 and share > 0.4 else 0.0


def _common(one: str, other: str) -> int:
    """Return how many characters `one` and `other` begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
