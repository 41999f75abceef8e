"""References in their places: in an answer, and in the notes that their numbers come from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.writing.references import REFERENCE, clean_label, is_single
from drafter.writing.words import content_words, cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Fact, Quantity

_STOP = re.compile(r"[，、；。！？\n,;]")
_LIST = re.compile(r"\{[^{}]*\}(?:[、和与及]\{[^{}]*\})+(?=分别|各)")
ENUMERATED = re.compile(r"[一二三四五六七八九十]是|其中|同时|此外")
"""Words that may open a clause and say nothing of a number in it."""
_NOTE_STOP = re.compile(r"[，、；。！？\n,;（）()：:]")
_SENTENCE_STOP = re.compile(r"[；。！？\n;]")
ROLE_WORDS = re.compile(
    r"上年|去年|往年|今年|本年|当年|现有|同期|年初|年末|年底|上半年|下半年|[一二三四]季度|累计|其中|任务|计划|目标|"
    r"剩余|其余|剩|尚有|新增|原有|人均|户均|增加|减少|增长|下降"
)
"""Words that tell two numbers of one thing apart."""


class Place(NamedTuple):
    """A reference in an answer with the words round it."""

    label: str
    before: str
    after: str
    sentence: str
    in_clause: frozenset[str]
    in_sentence: frozenset[str]
    is_alone: bool
    order: int
    follows_number: bool
    leads_to_number: bool
    in_list: str

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
    is_date: bool
    start: int

    @property
    def near(self) -> tuple[str, ...]:
        """The words on both sides."""
        return self.left + self.right

    def before_in_note(self, other: Own) -> bool:
        """Return whether this quantity stands before `other` in the note that both come from."""
        return self.fact == other.fact and self.start < other.start

    @property
    def subject(self) -> str:
        """What it is a number of, for people."""
        return "、".join((self.near or self.far)[:4])


def places_in(text: str) -> list[Place]:
    """Return the references of `text` in order, each with its surroundings."""
    matches = list(REFERENCE.finditer(text))
    labels = [clean_label(match[1]) for match in matches]
    clauses = [_index(_STOP, text, match.start()) for match in matches]
    sentences = [_index(_SENTENCE_STOP, text, match.start()) for match in matches]
    places = []
    for number, match in enumerate(matches):
        before = text[matches[number - 1].end() if number else 0 : match.start()]
        is_last = number + 1 == len(matches)
        after = text[match.end() : len(text) if is_last else matches[number + 1].start()]
        places.append(
            Place(
                labels[number],
                _STOP.split(before)[-1],
                _STOP.split(after)[0],
                REFERENCE.sub(" ", _sentence_at(text, match.start())),
                _others(labels, clauses, number),
                _others(labels, sentences, number),
                not ENUMERATED.sub("", _clause_at(text, match)).strip(),
                number,
                number > 0 and not before,
                after == "" and not is_last,
                _list_of(text, match),
            )
        )
    return places


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
    return Own(left, right, far, beside, fact.id, touching, quantity.kind == "date", quantity.span.start)


def _between(text: str, one: Quantity, other: Quantity) -> str:
    first, second = sorted((one.span, other.span))
    return text[first.end : second.start]


def _words(text: str) -> tuple[str, ...]:
    """Return what `text` speaks of: its content words, failing these all its words, and words of role."""
    content = content_words(text) or tuple(token.text for token in cut(text) if len(token.text) > 1)
    return tuple(dict.fromkeys((*content, *ROLE_WORDS.findall(text))))


def _others(labels: list[str], groups: list[int], number: int) -> frozenset[str]:
    return frozenset(
        label
        for index, label in enumerate(labels)
        if index != number and groups[index] == groups[number] and is_single(label)
    )


def _index(stop: re.Pattern[str], text: str, position: int) -> int:
    return sum(1 for _ in stop.finditer(text, 0, position))


def _list_of(text: str, match: re.Match[str]) -> str:
    """Return the list `{…}、{…}分别` that a reference stands in, empty if it stands in none."""
    around = [found for found in _LIST.finditer(text) if found.start() <= match.start() < found.end()]
    return f"{around[0].start()}" if around else ""


def _clause_at(text: str, match: re.Match[str]) -> str:
    """Return the words of the clause of a reference, references left out."""
    before = re.split(r"[，；。！？\n]", text[: match.start()])[-1]
    after = re.split(r"[，；。！？\n]", text[match.end() :])[0]
    return REFERENCE.sub("", before + after)


def _sentence_at(text: str, position: int) -> str:
    start = max((match.end() for match in _SENTENCE_STOP.finditer(text, 0, position)), default=0)
    end = _SENTENCE_STOP.search(text, position)
    return text[start : end.start() if end else None]
