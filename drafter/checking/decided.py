"""What people decided, honoured: as long as the number, the text round it and its source are unchanged."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from drafter.checking.surfaces import Compact, same_number
from drafter.draftfile import read_draft
from drafter.model import PASSING_VERDICTS, Finding, Span
from drafter.model.decisions import Outcome
from drafter.numbers.expressions import ExpressionError, operands, worked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.checking.book import PastText
    from drafter.draftfile import DraftText
    from drafter.model import Check, Fact, NumberCheck, Where
    from drafter.model.decisions import Decision

OPEN_CODES = frozenset({"todo", "doubt"})
"""What nobody can accept: it has to be filled in."""
_NEAREST = re.compile(r"最接近的要点 (F\d+)")
_SENTENCE_END = re.compile(r"[。！？!?\r\n]")
_REACH = 60


@dataclass(frozen=True, slots=True)
class Item:
    """Something that can be decided on: a number, borrowed words, or a finding that is about neither.

    `span` counts characters of the plain text, `place` those of the draft file.
    """

    span: Span
    place: Span
    number: NumberCheck | None = None
    label: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def fails(self) -> bool:
        """Whether a person is needed here."""
        failing = self.number is not None and self.number.verdict not in PASSING_VERDICTS
        return failing or any(finding.severity == "error" for finding in self.findings)


class Desk:
    """What decisions are held against: a draft, its check, the notes and past sections."""

    def __init__(
        self, text: DraftText, check: Check, facts: Sequence[Fact], past: Sequence[PastText] = ()
    ) -> None:
        """Take everything that can be decided on out of a check."""
        self.text = text
        self.compact = Compact(text.plain)
        self.facts = {fact.id: fact for fact in facts}
        self.past = past
        self.quantities = {quantity.id: quantity for fact in facts for quantity in fact.quantities}
        self.items = _items(text, check)

    def label_of(self, item: Item) -> str:
        """Return the label of the link that an item stands in, if any."""
        inside = (
            m for m in self.text.marks if m.span.start <= item.span.start and item.span.end <= m.span.end
        )
        return item.label or next((mark.label for mark in inside), "")

    def sources_of(self, item: Item) -> tuple[str, ...]:
        """Return the notes that an item rests on or links to, as they read today."""
        names = [*(item.number.facts if item.number else ()), *_names(self.label_of(item))]
        owners = dict.fromkeys(name.split(".")[0] for name in names if name.startswith("F"))
        return tuple(self.facts[owner].text for owner in owners if owner in self.facts)

    def past_of(self, item: Item) -> tuple[str, ...]:
        """Return fingerprints of the past sections that an item rests on, where they were loaded."""
        places = {_spot(where) for where in (item.number.where if item.number else ())}
        texts = (text.text for text in self.past if text.where is not None and _spot(text.where) in places)
        return tuple(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16] for text in texts)

    def near(self, item: Item) -> str | None:
        """Return the note that a finding calls the nearest one."""
        found = (_NEAREST.search(finding.hint) for finding in item.findings)
        names = [match[1] for match in found if match and match[1] in self.facts]
        return self.facts[names[0]].text if names else None


def _items(text: DraftText, check: Check) -> tuple[Item, ...]:
    told = [finding for finding in check.findings if finding.span and finding.code not in OPEN_CODES]
    items = []
    taken: set[int] = set()
    for number in check.numbers:
        about = [at for at, finding in enumerate(told) if finding.span and _holds(number.span, finding.span)]
        taken.update(about)
        span = _plain_span(text, number.span)
        items.append(Item(span, number.span, number, "", tuple(told[at] for at in about)))
    items += (
        Item(mark.span, text.to_source(mark.span), None, mark.label)
        for mark in text.marks
        if mark.label.startswith("P") and mark.span.end > mark.span.start
    )
    for at, finding in enumerate(told):
        if at not in taken and finding.span and finding.span.end > finding.span.start:
            items.append(Item(_plain_span(text, finding.span), finding.span, None, "", (finding,)))
    return tuple(items)


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _plain_span(text: DraftText, span: Span) -> Span:
    return Span(bisect_left(text.offsets, span.start), bisect_left(text.offsets, span.end))


def _names(label: str) -> tuple[str, ...]:
    try:
        return operands(label)
    except ExpressionError:
        return (label,) if label else ()


def _spot(where: Where) -> tuple[str, str]:
    return where.file.replace("\\", "/").rpartition("/")[2], where.place


def surroundings(desk: Desk, span: Span) -> tuple[str, int, tuple[int, int] | None]:
    """Return the text round `span` as a decision records it, the offset in it, and which of several it is."""
    plain = desk.text.plain
    before, after = max(0, span.start - _REACH), min(len(plain), span.end + _REACH)
    ends = [match.end() for match in _SENTENCE_END.finditer(plain, before, after)]
    start = max((end for end in ends if end <= span.start), default=before)
    end = min((end for end in ends if end >= span.end), default=after)
    start += len(plain[start : span.start]) - len(plain[start : span.start].lstrip())
    context = plain[start : span.end] + plain[span.end : end].rstrip()
    found = desk.compact.find(context)
    which = next((at for at, place in enumerate(found) if place.start == start), 0)
    return context, span.start - start, (which, len(found)) if len(found) > 1 else None


def follow(desk: Desk, decisions: Sequence[Decision]) -> tuple[Outcome, ...]:
    """Return what becomes of each decision today."""
    return tuple(_follow(desk, decision) for decision in decisions)


def _follow(desk: Desk, decision: Decision) -> Outcome:
    if not decision.by.strip():
        return Outcome(decision, "expired", (), "没有署名")
    items, reason = items_of(desk, decision)
    if not items:
        return Outcome(decision, "expired", (), reason)
    kept = [item for item in items if not _source_changed(desk, decision, item)]
    if not kept:
        return Outcome(decision, "expired", tuple(item.place for item in items), "它的出处改过了")
    return Outcome(decision, "held", tuple(dict.fromkeys(item.place for item in kept)))


def items_of(desk: Desk, decision: Decision) -> tuple[list[Item], str]:
    """Return what a decision is about; where there is nothing, why."""
    contexts = desk.compact.find(decision.context) or desk.compact.find(read_draft(decision.context).plain)
    which = decision.occurrence
    if which is not None and len(contexts) == which[1] and 0 <= which[0] < len(contexts):
        contexts = [contexts[which[0]]]
    places = _places(desk, decision, contexts)
    if not contexts and not places:
        return [], "它前后的文字改过了"
    items = [item for item in desk.items if any(_is_meant(desk, item, place) for place in places)]
    if not items:
        return [], "那里已经没有这个数字了"
    distinct = len({item.span for item in items})
    if decision.verdict == "accepted" and len(contexts) > 1 and distinct > 1:
        failing = [item for item in items if item.fails]
        if len({item.span for item in failing}) != 1:
            return [], f"这段话在稿中有 {len(contexts)} 处，分不清是哪一处"
        items = failing
    return items, ""


def _is_meant(desk: Desk, item: Item, place: Span) -> bool:
    if item.number is None:
        return item.span == place
    return same_number(desk.text.plain, item.span, place)


def _places(desk: Desk, decision: Decision, contexts: Sequence[Span]) -> list[Span]:
    """Return where the surface of a decision stands in its contexts, or between two halves of its context."""
    places = []
    for context in contexts:
        if decision.offset is not None:
            words = desk.text.plain[context.start : context.end]
            start = context.start + _same_offset(decision.context, words, decision.offset)
            found = [place for place in desk.compact.find(decision.surface, context) if place.start == start]
            if found:
                places += found
                continue
        places += desk.compact.find(decision.surface, context)
    if places or contexts:
        return places
    return desk.compact.between(decision.surface, decision.context)


def _same_offset(recorded: str, today: str, offset: int) -> int:
    """Return the offset in `today` of what stood at `offset` in `recorded`, white space aside."""
    before = sum(not char.isspace() for char in recorded[:offset])
    seen = 0
    for at, char in enumerate(today):
        if not char.isspace():
            if seen == before:
                return at
            seen += 1
    return len(today)


def _source_changed(desk: Desk, decision: Decision, item: Item) -> bool:
    past, near = desk.past_of(item), desk.near(item)
    if decision.past and past and decision.past != past:
        return True
    if decision.near is not None and near is not None and decision.near != near:
        return True
    if decision.source is not None:
        return decision.source != desk.sources_of(item)
    return _moved(decision, item) or _requoted(desk, item)


def _moved(decision: Decision, item: Item) -> bool:
    """Tell whether a number has a source at another place than the decision names, or of another length."""
    today = {_spot(where): where for where in (item.number.where if item.number else ())}
    files = {file for file, _ in today}
    said = [where for where in decision.where if _spot(where)[0] in files and where.place]
    if not said:
        return False
    same = [(where, today[_spot(where)]) for where in said if _spot(where) in today]
    return not same or any(_length(first) != _length(second) for first, second in same if first.span)


def _length(where: Where) -> int | None:
    return where.span.end - where.span.start if where.span else None


def _requoted(desk: Desk, item: Item) -> bool:
    """Tell whether the draft quotes the source of an item in other words than the notes have today."""
    label = desk.label_of(item)
    definition = desk.text.definitions.get(label)
    if definition is None or not label.startswith(("F", "(")):
        return False
    names = _names(label)
    if len(names) == 1:
        quoted = "".join(definition.title.split())
        return not any(quoted in "".join(fact.text.split()) for fact in desk.facts.values())
    try:
        return not definition.title.startswith(worked(label, desk.quantities))
    except ExpressionError:
        return True


def honour(check: Check, desk: Desk, decisions: Sequence[Decision]) -> Check:
    """Return a check as people decided: accepted errors are warnings that name who, rejected numbers errors.

    A decision that no longer fits is a warning of its own. Verdicts stay.
    """
    outcomes = follow(desk, decisions)
    findings = list(check.findings)
    for outcome in outcomes:
        decision = outcome.decision
        if outcome.state == "expired":
            findings.append(_expired(outcome))
        elif decision.verdict == "rejected":
            findings += (_rejected(decision, span) for span in outcome.spans)
        else:
            spans = outcome.spans
            findings = [
                _accepted(finding, decision) if _is_about(finding, spans) else finding for finding in findings
            ]
    findings.sort(key=lambda finding: finding.span or Span(0, 0))
    ok = all(finding.severity != "error" for finding in findings)
    return replace(check, ok=ok, findings=tuple(findings), decisions=outcomes)


def _is_about(finding: Finding, spans: Sequence[Span]) -> bool:
    if finding.span is None or finding.severity != "error" or finding.code in {*OPEN_CODES, "rejected"}:
        return False
    return any(span.start <= finding.span.start and finding.span.end <= span.end for span in spans)


def _accepted(finding: Finding, decision: Decision) -> Finding:
    note = f"（{decision.note}）" if decision.note else ""
    return replace(finding, severity="warning", message=f"{_who(decision)}认可{note}：{finding.message}")


def _rejected(decision: Decision, span: Span) -> Finding:
    note = f"：{decision.note}" if decision.note else ""
    message = f"{_who(decision)}认为“{decision.surface}”不对{note}"
    return Finding("rejected", "error", message, span, "请改正；改好后这个决定自动失效。", decision.where)


def _expired(outcome: Outcome) -> Finding:
    decision = outcome.decision
    word = "认可" if decision.verdict == "accepted" else "否定"
    who = _who(decision) if decision.by.strip() else ""
    message = f"{who}对“{decision.surface}”的{word}不再算数：{outcome.reason}"
    span = outcome.spans[0] if outcome.spans else None
    return Finding("decision-expired", "warning", message, span, "请用 drafter review 重新看一遍。")


def _who(decision: Decision) -> str:
    day = decision.at.replace("T", " ")[:16].strip()
    return f"{decision.by.strip()}（{day}）" if day else decision.by.strip()
