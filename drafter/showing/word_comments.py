"""What the comments of a Word copy say: each number's source, what is doubtful, whose words are borrowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drafter.model import PASSING_VERDICTS, NumberCheck, Span
from drafter.showing.printable import printable
from drafter.writing.paths import relative_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from drafter.draftfile import DraftText
    from drafter.model import Check, Fact, Finding, Where

_SHOWN = 80
_OPEN = frozenset({"todo", "doubt"})
_NO_SOURCE = frozenset({"structural", "name"})


class Comment(NamedTuple):
    """What is said about the words `span` of the plain text."""

    span: Span
    text: str


def read_comments(draft: DraftText, check: Check, facts: Sequence[Fact], folder: Path) -> list[Comment]:
    """Return the comments in the order of their places; files are named from `folder`, that of the draft."""
    writer = _Writer(draft, {fact.id: fact for fact in facts}, folder)
    return sorted(writer.all(check), key=lambda comment: (comment.span.start, -comment.span.end))


class _Writer:
    """Knows the labels of the draft and the facts of the notes."""

    def __init__(self, draft: DraftText, facts: dict[str, Fact], folder: Path) -> None:
        self.draft = draft
        self.facts = facts
        self.folder = folder

    def all(self, check: Check) -> Iterator[Comment]:
        """Yield a comment on every number, on every other finding, and on all borrowed words."""
        told: set[Span] = set()
        by_place = {finding.span: finding for finding in check.findings if finding.span is not None}
        for number in check.numbers:
            if number.verdict not in _NO_SOURCE:
                told.add(number.span)
                yield self._on_number(number, by_place.get(number.span))
        for finding in check.findings:
            place = finding.span
            if place is not None and place not in told and place.end > place.start:
                yield Comment(self.draft.to_plain(place), _line(_doubt(finding)))
        for mark in self.draft.marks:
            known = self.draft.definitions.get(mark.label)
            if known is not None and mark.label.startswith("P") and "." not in mark.label:
                source = f"{known.path} {_place_words(known.place)}".strip()
                words = f"[{mark.label}] 沿用往年的写法：{source} “{known.title[:_SHOWN]}”"
                yield Comment(mark.span, _line(words))

    def _on_number(self, number: NumberCheck, finding: Finding | None) -> Comment:
        span = self.draft.to_plain(number.span)
        parts = [f"[{label}]"] if (label := self._label(span, number)) else []
        if number.verdict not in PASSING_VERDICTS:
            parts.append(_doubt(finding or number))
        elif number.formula and number.message:
            parts.append(f"{number.message}；")
        sources = [self._source(fact, where) for fact, where in self._sources(number)]
        if sources:
            parts.append(f"出处：{'；'.join(sources)}")
        if number.verdict in PASSING_VERDICTS and not number.formula and number.message:
            parts.append(f"（{number.message}）")
        return Comment(span, _line(" ".join(parts)).replace("； 出处", "；出处"))

    def _label(self, span: Span, number: NumberCheck) -> str:
        for mark in self.draft.marks:
            if mark.span.start <= span.start and span.end <= mark.span.end and "." in mark.label:
                return mark.label
        return number.formula or "、".join(number.facts)

    def _sources(self, number: NumberCheck) -> list[tuple[Fact | None, Where]]:
        """Return each place that a number rests on, with the fact that stands there."""
        facts = [self.facts.get(name.partition(".")[0]) for name in number.facts]
        by_place = {fact.where: fact for fact in facts if fact is not None}
        return [(by_place.get(where), where) for where in number.where]

    def _source(self, fact: Fact | None, where: Where) -> str:
        words = f" “{fact.text[:_SHOWN]}{'…' if len(fact.text) > _SHOWN else ''}”" if fact else ""
        return f"{relative_to(where.file, self.folder)} {_place_words(where.place)}{words}"


def _doubt(about: Finding | NumberCheck) -> str:
    """Return what a finding says, behind a word for how grave it is; 【待补】 says it itself."""
    if isinstance(about, NumberCheck):
        return f"【存疑】{about.message}"
    words = "" if about.code in _OPEN else "【存疑】" if about.severity == "error" else "【提醒】"
    return f"{words}{about.message}{' ' if about.hint else ''}{about.hint}"


def _place_words(place: str) -> str:
    """Return a place as a clerk says it: L12 第12行, P7 第7段, Sheet1!B2 as it is."""
    for sign, word in (("L", "行"), ("P", "段")):
        if place.startswith(sign) and place[1:].isdecimal():
            return f"第{place[1:]}{word}"
    return place


def _line(text: str) -> str:
    return printable(" ".join(text.split()))
