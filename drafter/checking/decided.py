"""What people decided, honoured: as long as the number, the text round it and its source are unchanged."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from drafter.checking.desk import OPEN_CODES, names_in, spot_of
from drafter.checking.surfaces import Compact, same_number
from drafter.draftfile import read_draft
from drafter.draftfile.decisions import moment
from drafter.model import Finding, Span
from drafter.model.decisions import Outcome
from drafter.numbers.expressions import ExpressionError, worked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.checking.desk import Desk, Item
    from drafter.model import Check, Where
    from drafter.model.decisions import Decision

_LINK = re.compile(r"\[([^\[\]]*)\]\[[^\[\]\s]*\]")
_MARKUP = "#*_>\\"
"""Signs that a context may hold which was cut out of the file with nothing but its links taken away."""


def follow(desk: Desk, decisions: Sequence[Decision]) -> tuple[Outcome, ...]:
    """Return what becomes of each decision today; of several on one place the latest counts."""
    outcomes = [_follow(desk, decision) for decision in decisions]
    last: dict[Span, int] = {}
    for at, outcome in enumerate(outcomes):
        for span in outcome.spans if outcome.state == "held" else ():
            other = last.get(span)
            if other is None or moment(outcome.decision.at) >= moment(decisions[other].at):
                last[span] = at
    return tuple(_latest(outcome, at, last) for at, outcome in enumerate(outcomes))


def _latest(outcome: Outcome, at: int, last: Mapping[Span, int]) -> Outcome:
    if outcome.state != "held":
        return outcome
    spans = tuple(span for span in outcome.spans if last[span] == at)
    return replace(outcome, spans=spans) if spans else replace(outcome, state="superseded", spans=())


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
    contexts = (
        desk.compact.find(decision.context)
        or desk.compact.find(read_draft(decision.context).plain)
        or _in_source(desk, decision.context)
        or _without_links(desk, decision.context)
    )
    which = decision.occurrence
    if which is not None and len(contexts) == which[1] and 0 <= which[0] < len(contexts):
        contexts = [contexts[which[0]]]
    places = _places(desk, decision, contexts)
    if not contexts and not places:
        return [], "它前后的文字改过了"
    items = [item for item in desk.items if any(_is_meant(desk, item, place) for place in places)]
    if not items:
        return [], "那里已经没有这个数字了"
    if decision.verdict == "accepted" and len({item.span for item in items}) > 1:
        failing = [item for item in items if item.fails]
        several = len({item.span for item in failing})
        if len(contexts) > 1 and several != 1:
            return [], f"这段话在稿中有 {len(contexts)} 处，分不清是哪一处"
        if several > 1:
            return [], f"这段话里有 {several} 个，分不清是哪一个"
        items = failing or items
    return items, ""


def _in_source(desk: Desk, context: str) -> list[Span]:
    """Return where a context stands that was cut out of the draft file, link syntax and all."""
    return [desk.plain_span(span) for span in Compact(desk.text.source).find(context)]


def _without_links(desk: Desk, context: str) -> list[Span]:
    """Return where a context stands that was cut out of the draft file less its links."""
    bare = _LINK.sub(lambda link: f" {link[1]}".ljust(len(link[0])), desk.text.source)
    return [desk.plain_span(span) for span in Compact(bare, _MARKUP).find(context)]


def _is_meant(desk: Desk, item: Item, place: Span) -> bool:
    if item.number is None:
        return item.span == place
    return same_number(desk.text.plain, item.span, place)


def _places(desk: Desk, decision: Decision, contexts: Sequence[Span]) -> list[Span]:
    """Return where the surface of a decision stands in its contexts, or between two halves of its context."""
    places = []
    offset = _middle(decision) if decision.offset is None else decision.offset
    for context in contexts:
        if offset is not None:
            words = desk.text.plain[context.start : context.end]
            start = context.start + _same_offset(decision.context, words, offset)
            found = [place for place in desk.compact.find(decision.surface, context) if place.start == start]
            if found:
                places += found
                continue
        places += desk.compact.find(decision.surface, context)
    if places or contexts:
        return places
    return desk.compact.between(decision.surface, decision.context)


def _middle(decision: Decision) -> int | None:
    """Return where the surface stands in the very middle of its context, as in one cut out round it."""
    around = len(decision.context) - len(decision.surface)
    start = around // 2
    return start if around % 2 == 0 and decision.context.startswith(decision.surface, start) else None


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
    if decision.near is not None and decision.near not in ([near] if near is not None else desk.texts):
        return True
    if decision.source is not None:
        return decision.source != desk.sources_of(item)
    return _moved(desk, decision, item) or _requoted(desk, item)


def _moved(desk: Desk, decision: Decision, item: Item) -> bool:
    """Tell whether a number has a source at another place than the decision names, or of another length."""
    today = {spot_of(where): where for where in (item.number.where if item.number else ())}
    files = {file for file, _ in today} or {spot_of(fact.where)[0] for fact in desk.facts.values()}
    said = [where for where in decision.where if spot_of(where)[0] in files and where.place]
    if not said or (not today and decision.verdict == "accepted"):
        return False  # whoever accepts a number without a source may well name the nearest note
    same = [(where, today[spot_of(where)]) for where in said if spot_of(where) in today]
    return not same or any(_length(first) != _length(second) for first, second in same if first.span)


def _length(where: Where) -> int | None:
    return where.span.end - where.span.start if where.span else None


def _requoted(desk: Desk, item: Item) -> bool:
    """Tell whether the draft quotes the source of an item in other words than the notes have today."""
    label = desk.label_of(item)
    definition = desk.text.definitions.get(label)
    if definition is None or not label.startswith(("F", "(")):
        return False
    names = names_in(label)
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
        elif outcome.state == "superseded":
            continue
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
