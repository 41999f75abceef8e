"""The things that a reviewer looks at, each with its sources, its group of risk and what was decided."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drafter.checking.desk import OPEN_CODES, Item, surroundings
from drafter.checking.risk import ORDER
from drafter.model import PASSING_VERDICTS, Finding, Span
from drafter.model.decisions import Decision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.checking.desk import Desk
    from drafter.model import Check, NumberCheck
    from drafter.model.decisions import Outcome
    from drafter.workflow.checking import Loaded
    from drafter.workflow.review_sources import Source, Sources

_NUMBERED = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]{1,2}\s*")
GROUPS = ("bad", "open", "warn", "approximate", "derived", "past", "borrowed", "traced", "quiet")
"""What stands first on the page stands first here; `quiet` needs no source and nobody's eyes."""
_QUIET = frozenset({"structural", "name"})


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One thing to look at: `span` in the plain text, `about` what a decision on it would record."""

    id: int
    kind: str
    """`number`, `borrowed`, `finding` (about neither) or `open` (【待补】 and 【待核】)."""
    group: str
    span: Span
    about: Decision
    heading: str
    line: int
    number: NumberCheck | None = None
    problems: tuple[Finding, ...] = ()
    sources: tuple[Source, ...] = ()
    decision: Decision | None = None
    is_heading: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is one of those that a reviewer should have decided on."""
        return self.kind != "open" and self.group != "quiet" and not self.is_heading


def review_items(
    loaded: Loaded, checked: Check, desk: Desk, sources: Sources, outcomes: Sequence[Outcome]
) -> tuple[ReviewItem, ...]:
    """Return everything that can be looked at, in the order of the draft."""
    text = loaded.text
    held = {span: o.decision for o in outcomes if o.state == "held" for span in o.spans}
    found = [*desk.items, *(_open(f, desk) for f in checked.findings if f.code in OPEN_CODES and f.span)]
    found.sort(key=lambda item: (item.span.start, -item.span.end))
    lines = _line_starts(text.source)
    starts = [heading.span.start for heading in text.headings]
    titles = [heading.text for heading in text.headings]
    items = []
    for name, item in enumerate(found, start=1):
        above = bisect_right(starts, item.span.start) - 1
        shown = sources.of(item)
        items.append(
            ReviewItem(
                id=name,
                kind=_kind(item),
                group=_group(item),
                span=item.span,
                about=_about(item, desk, sources),
                heading=titles[above] if above >= 0 else "",
                line=bisect_right(lines, item.place.start) if loaded.file.suffix.lower() != ".docx" else 0,
                number=item.number,
                problems=item.findings,
                sources=shown or tuple(s for s in (sources.definition(item),) if s),
                decision=held.get(item.place),
                is_heading=_is_heading(item, desk, sources),
            )
        )
    return tuple(items)


def _open(finding: Finding, desk: Desk) -> Item:
    place = finding.span or Span(0, 0)
    return Item(desk.plain_span(place), place, None, "", (finding,))


def _line_starts(text: str) -> list[int]:
    return [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]


def _kind(item: Item) -> str:
    if item.number is not None:
        return "number"
    if any(finding.code in OPEN_CODES for finding in item.findings):
        return "open"
    return "borrowed" if item.label else "finding"


def _group(item: Item) -> str:
    if item.fails:
        return "bad"
    if any(finding.code in OPEN_CODES for finding in item.findings):
        return "open"
    if item.findings:
        return "warn"
    if item.number is None:
        return "borrowed"
    return "quiet" if item.number.verdict in _QUIET else item.number.verdict


def risk_of(item: ReviewItem) -> tuple[int, int, int]:
    """Return a key that puts what is riskiest to overlook first."""
    codes = [finding.code for finding in item.problems if finding.severity == "error"]
    if item.number is not None and item.number.verdict not in PASSING_VERDICTS:
        codes.append(item.number.verdict)
    ranks = [ORDER.index(code) if code in ORDER else len(ORDER) for code in codes]
    group = GROUPS.index("quiet" if item.is_heading and item.group == "borrowed" else item.group)
    return group, min(ranks, default=0), item.span.start


def _is_heading(item: Item, desk: Desk, sources: Sources) -> bool:
    """Tell whether borrowed words are only a heading, which asserts nothing."""
    if item.number is not None or not item.label:
        return False
    words = _bare(desk.text.plain[item.span.start : item.span.end])
    if any(heading.span.start <= item.span.start < heading.span.end for heading in desk.text.headings):
        return True
    passage = sources.passages.get(item.label)
    section = passage.section if passage else None
    return section is not None and _bare(section.heading) == words


def _bare(heading: str) -> str:
    return _NUMBERED.sub("", heading.strip()).rstrip("。")


def _about(item: Item, desk: Desk, sources: Sources) -> Decision:
    """Return what a decision on an item would record, its verdict and its name aside."""
    passage = sources.passages.get(item.label)
    section = passage.section if passage else None
    named = (section.where,) if section is not None and section.where is not None else ()
    context, offset, occurrence = surroundings(desk, item.span)
    return Decision(
        surface=desk.text.plain[item.span.start : item.span.end],
        context=context,
        where=item.number.where if item.number else named,
        offset=offset,
        occurrence=occurrence,
        source=desk.sources_of(item),
        past=desk.past_of(item) or None,
        near=desk.near(item),
    )
