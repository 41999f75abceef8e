"""Reviewing: everything that a person needs to see of a draft before signing it, and what they decided."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.against import Pair, set_beside
from drafter.checking.decided import follow
from drafter.checking.desk import Desk
from drafter.checking.risk import by_risk
from drafter.model import PASSING_VERDICTS, Finding, Span
from drafter.reading import read_reports
from drafter.reading.around import shown_path
from drafter.reading.notes_page import spoken_place
from drafter.workflow.checking import load, trace
from drafter.workflow.first_seen import with_sources
from drafter.workflow.passages import past_text, past_texts
from drafter.workflow.review_items import ReviewItem, review_items, risk_of
from drafter.workflow.review_sources import Sources, read_passages
from drafter.writing.outline import latest_own_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from drafter.model import Check, Fact, Report
    from drafter.model.decisions import Outcome
    from drafter.model.repeats import Repeats
    from drafter.workflow.checking import Loaded


class UsedFact(NamedTuple):
    """A fact with the items that rest on it; `said` counts places where only its words stand."""

    fact: Fact
    place: str
    items: tuple[int, ...]
    said: int


_BOUNDS = ("以上", "以下", "以内", "以外")
"""What ends so draws a line, it counts nothing: 收入50万元以上的村12个."""
_CHANGES = frozenset({"增长", "增加", "提高", "上升", "提升", "下降", "减少", "降低", "增幅", "降幅", "增速"})


class YearRow(NamedTuple):
    """A number of this year beside last year's; `item` is where the draft prints it."""

    pair: Pair
    item: int
    topic: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """What the page shows; `stamp` changes with the draft and its notes, `queue` holds item ids by risk."""

    file: Path
    title: str
    sha256: str
    stamp: str
    plain: str
    headings: tuple[tuple[Span, int], ...]
    items: tuple[ReviewItem, ...]
    queue: tuple[int, ...]
    general: tuple[Finding, ...]
    expired: tuple[Outcome, ...]
    facts: tuple[UsedFact, ...]
    years: tuple[YearRow, ...]
    last_report: str
    ok: bool
    repeats: Repeats | None = None


def build_page(
    draft: Path,
    notes: Sequence[Path] = (),
    past: Sequence[Path] = (),
    shelf: Callable[[], Sequence[Report]] | None = None,
) -> ReviewPage:
    """Return everything that a reviewer of `draft` sees; `shelf` gives the reports of the library if asked.

    Raises:
        ReadError: the draft, its notes or its decisions cannot be read.
        UsageError: the draft names no notes and none are given.
    """
    loaded = load(draft, notes, past)
    bare = trace(replace(loaded, decisions=()))
    passages, reports = read_passages(loaded)
    named = (past_text(p.section, p.report) for p in passages.values() if p.section and p.report)
    desk = Desk(loaded.text, bare, loaded.notes.facts, [*loaded.past, *named])
    sources = Sources(desk, passages)
    outcomes = follow(desk, with_sources(desk, draft, loaded.decisions))
    items = review_items(loaded, bare, desk, sources, outcomes)
    queue = sorted((item for item in items if item.group != "quiet"), key=risk_of)
    pairs, last_report = _beside(loaded, items, [*reports, *_reports_in(past)], shelf)
    data = draft.read_bytes()
    return ReviewPage(
        file=draft,
        title=str(loaded.text.meta.get("title") or draft.stem),
        sha256=hashlib.sha256(data).hexdigest(),
        stamp=stamp_of(draft, loaded),
        plain=loaded.text.plain,
        headings=tuple((heading.span, heading.level) for heading in loaded.text.headings),
        items=items,
        queue=tuple(item.id for item in queue),
        general=by_risk(finding for finding in bare.findings if finding.span is None),
        expired=tuple(outcome for outcome in outcomes if outcome.state == "expired"),
        facts=_facts(loaded, bare, items),
        years=pairs,
        last_report=last_report,
        ok=trace(loaded).ok if loaded.decisions else bare.ok,
        repeats=bare.repeats,
    )


def stamp_of(draft: Path, loaded: Loaded | None = None, notes: Sequence[Path] = ()) -> str:
    """Return a fingerprint of the draft and its notes as they lie on the disk."""
    loaded = loaded or load(draft, notes)
    parts = [draft.read_bytes(), *(file.sha256.encode() for file in loaded.notes.files)]
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


# --- what the notes say, and what last year's report said -------------------------------------


def _facts(loaded: Loaded, checked: Check, items: Sequence[ReviewItem]) -> tuple[UsedFact, ...]:
    users: dict[str, list[int]] = {}
    for item in items:
        for name in item.number.facts if item.number and item.number.verdict in PASSING_VERDICTS else ():
            users.setdefault(name.split(".")[0], []).append(item.id)
    rows = []
    for fact in loaded.notes.facts:
        mine = tuple(dict.fromkeys(users.get(fact.id, ())))
        said = 0 if mine else len(checked.used.get(fact.id, ())) or fact.id not in checked.unused_facts
        place = f"{shown_path(fact.where.file)} {spoken_place(fact.where)}"
        rows.append(UsedFact(fact, place, mine, int(said)))
    return tuple(rows)


def _reports_in(past: Sequence[Path]) -> list[Report]:
    from drafter.library.files import find_reports  # noqa: PLC0415 - only where past reports are named

    return (
        [report for file in find_reports(past).files for report in read_reports(file).reports] if past else []
    )


def _beside(
    loaded: Loaded,
    items: Sequence[ReviewItem],
    reports: Sequence[Report],
    shelf: Callable[[], Sequence[Report]] | None,
) -> tuple[tuple[YearRow, ...], str]:
    """Return this year's numbers beside those of the unit's last report, and the title of that."""
    meta, notes = loaded.text.meta, loaded.notes
    unit = str(meta.get("unit") or notes.unit or "")
    year = meta.get("year") if isinstance(meta.get("year"), int) else notes.year
    period = str(meta.get("period") or notes.period or "全年")
    if not unit or year is None:
        return (), ""
    last = latest_own_report(reports, unit, year, period)
    if last is None and shelf is not None:
        last = latest_own_report(shelf(), unit, year, period)
    if last is None:
        return (), ""
    printed = {
        item.number.facts[0]: item
        for item in reversed(items)
        if item.number and len(item.number.facts) == 1 and item.number.verdict in {"traced", "approximate"}
    }
    topics = {quantity.id: fact.topic for fact in notes.facts for quantity in fact.quantities}
    subjects = {name: subject for fact in notes.facts for name, subject in _subjects(fact)}
    rows = [
        YearRow(pair, printed[pair.this.id].id, topics.get(pair.this.id, ""), subjects.get(pair.this.id, ""))
        for pair in set_beside(notes.facts, past_texts(last), printed, year)
        if not pair.this.surface.endswith(_BOUNDS)
    ]
    rows.sort(key=lambda row: row.item)
    is_dated = last.year is None or str(last.year) in last.title
    return tuple(rows), last.title if is_dated else f"{last.title}（{last.year}年）"


def _subjects(fact: Fact) -> Iterator[tuple[str, str]]:
    """Yield for each number of a fact what it counts: 增长 says it with what the number before it counts."""
    before = ""
    for quantity in fact.quantities:
        words = quantity.subject
        if words.removeprefix("同比").removeprefix("比上年").removeprefix("较上年") in _CHANGES and before:
            yield quantity.id, f"{before}{words}"
            continue
        yield quantity.id, words
        before = words
