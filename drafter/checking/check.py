"""Checks a whole draft: every number of it gets a verdict, and every failing one a finding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.anniversaries import expected_count
from drafter.checking.blanks import Open, hole_span, open_places, placeholders
from drafter.checking.book import PastText, open_book
from drafter.checking.case import Case, Printed, Verdict
from drafter.checking.expected import missing_numbers
from drafter.checking.judge import claims_of, company_of, judge
from drafter.checking.layout import Layout, without_strays
from drafter.checking.ledger import Ledger
from drafter.checking.marks import judge_mark, label_for, labels_of
from drafter.checking.moved import followed, moved_facts
from drafter.checking.own import Own, latest_year, own_of
from drafter.checking.paragraphs import Paragraph, read_paragraphs
from drafter.checking.rules import (
    STYLE,
    in_one_sentence,
    parts_above_wholes,
    sayings,
    totals_below_parts,
    whole_year_over_part,
)
from drafter.checking.rules.rule import Scene
from drafter.checking.rules.whole import rules_for
from drafter.checking.tables import with_units
from drafter.checking.unused import unused_facts
from drafter.draftfile import read_draft
from drafter.model import FACT_KINDS, PASSING_VERDICTS, Check, Fact, Numeral, Span, Where
from drafter.numbers import read_numerals
from drafter.numbers.slots import read_quantities

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.checking.mentions import Mention
    from drafter.draftfile import DraftText
    from drafter.model import Repeats


_HAN_NUMERAL = re.compile(r"[一二三四五六七八九十百千万]{1,4}")
_WORD = 2
"""So many characters before a measure word make it the end of a word."""
_LEAD = 14
"""So many characters before a gap are told with it."""


class _Work(NamedTuple):
    """What a check works with: sources and draft, the report's own year, labels by place, the result."""

    case: Case
    own: Own
    labels: Mapping[tuple[int, int], str]
    ledger: Ledger


def check_text(draft: str, notes: Sequence[str], past: Sequence[str] = ()) -> Check:
    """Return the check of `draft` against `notes`, of which notes[i] is fact F{i+1}.

    The draft is plain text or our link syntax. `past` are texts of past
    reports. Spans of the result count characters of `draft`.
    """
    facts = [
        Fact(f"F{number}", "", text, Where(f"F{number}"), read_quantities(text, f"F{number}"))
        for number, text in enumerate(notes, start=1)
    ]
    reports = [PastText(f"往年总结{number}", text) for number, text in enumerate(past, start=1)]
    return check_draft(read_draft(draft), facts, reports)


def check_draft(  # noqa: PLR0913 - what a report says of itself comes as keywords, each of them optional
    draft: DraftText,
    facts: Sequence[Fact],
    past: Sequence[PastText] = (),
    *,
    year: int | None = None,
    period: str | None = None,
    unit: str | None = None,
    final: bool = False,
) -> Check:
    """Return a verdict for every number of `draft`, and the findings in order of their risk.

    `year`, `period` and `unit` are the report's own and need no source; what
    is missing is taken from the draft's front matter and title line. With
    `final`, 【待补】 and 【待核】 are errors. Spans count characters of the file.
    """
    draft = without_strays(draft)
    plain = draft.plain
    own = own_of(draft, year=year, period=period, unit=unit)
    now = own.year or latest_year(facts, plain)
    book = open_book(facts, past, draft.definitions, now, own.period)
    opened = open_places(plain)
    numerals = tuple(n for n in with_units(plain, read_numerals(plain)) if not _left_open(n, opened))
    headings = frozenset(heading.span.start for heading in draft.headings if heading.level > 1)
    layout = Layout([place.span for place in opened], headings)
    blanked, paragraphs = read_paragraphs(plain, numerals, book, now, layout)
    claims = claims_of(paragraphs, book)
    work = _Work(
        Case(book, blanked, claims, company_of(claims, book)),
        own,
        followed(labels_of(draft), moved_facts(draft.definitions, facts)),
        Ledger(draft, book),
    )
    for paragraph in paragraphs:
        _check_paragraph(paragraph, work)
    for span in placeholders(plain):
        work.ledger.enter_placeholder(span)
    for said in sayings(plain, facts):
        work.ledger.note("vague", "warning", said.message, said.span)
    scene = Scene(draft, blanked, facts, past, own, work.ledger.judged)
    for rule in rules_for(scene):
        for found in rule.find(scene):
            work.ledger.enter_found(found, rule.code)
    repeats = _repeats(scene, work.ledger)
    _note_open(opened, work.ledger, final=final)
    return work.ledger.close(unused_facts(facts, work.ledger.used, plain), repeats)


def _repeats(scene: Scene, ledger: Ledger) -> Repeats | None:
    """Note the sentences that past reports have too, and return them; None without past reports."""
    if all(passage.quoted for passage in scene.past):
        return None
    from drafter.checking.repeats import carried_over, told  # noqa: PLC0415 - only with past reports

    repeats = carried_over(scene)
    for found in told(repeats, scene.plain):
        ledger.enter_found(found, "repeated")
    return repeats


def _note_open(opened: Sequence[Open], ledger: Ledger, *, final: bool) -> None:
    """Note what is left to be filled in or looked at."""
    plain = ledger.draft.plain
    for place in opened:
        word = "待补" if place.code == "todo" else "待核"
        message = f"{word}：{place.what}{_after(plain, place.span.start)}"
        ledger.note(place.code, "error" if final else "warning", message, place.span)


def _after(plain: str, at: int) -> str:
    """Return which words stand before a gap: 期 alone does not say what is asked for."""
    lead = plain[max(0, at - _LEAD) : at]
    for mark in "，。；：、！？“”（）】\n":
        lead = lead.rpartition(mark)[2]
    return f"（在“{lead.strip()}”之后）" if lead.strip() else ""


def _check_paragraph(paragraph: Paragraph, work: _Work) -> None:
    ledger, case = work.ledger, work.case
    facts: set[str] = set()
    formulas: list[str] = []
    order: list[str] = []
    judged: list[tuple[Mention, Verdict]] = []
    for mention in paragraph.mentions:
        verdict = _verdict(mention, paragraph, work, Printed(frozenset(facts), tuple(formulas), tuple(order)))
        judged.append((mention, verdict))
        if not mention.aside:
            facts.update(verdict.facts)
            order += verdict.facts
            formulas += [verdict.formula] if verdict.formula else []
        ledger.enter(mention, _place(mention, ledger.draft.plain), verdict)
        over = whole_year_over_part(mention, verdict, case.blanked, case.book)
        if over is not None:
            ledger.note("conflict", "error", over.message, over.span)
        for rule in STYLE:
            message = rule.find(mention, case.blanked)
            if message:
                ledger.note(rule.code, "warning", message, Span(mention.start, mention.end))
    told = in_one_sentence(judged, case.blanked, case.book)
    for part in (*parts_above_wholes(paragraph), *totals_below_parts(paragraph), *told):
        ledger.note("conflict", "error", part.message, part.span)
    for span, source in missing_numbers(paragraph, case, ledger.used):
        ledger.enter_missing(span, source)


def _verdict(mention: Mention, paragraph: Paragraph, work: _Work, printed: Printed) -> Verdict:
    number = mention.number
    if number.kind not in FACT_KINDS:
        return _verdict_of_kind(mention, work)
    if work.own.denies(mention):
        message = f"标题写的是{number.surface}，这份总结的年份是{work.own.year}年"
        return Verdict("conflict", message=message, hint="请核对标题和草稿开头的 year。")
    if work.own.covers(mention, work.case.blanked):
        return Verdict("structural")
    if number.value is None and number.iso is None:
        fact = _worded_alike(number.surface, work)
        if fact is not None:
            return Verdict("name", (fact.id,), message="要点原文如此")
        return Verdict("placeholder", message=f"{number.surface}不是确定的数字，请补上")
    label = label_for(mention, work.labels)
    marked = judge_mark(mention, label, paragraph, work.case) if label is not None else None
    verdict = marked or judge(mention, paragraph, work.case, printed)
    return verdict if verdict.verdict in PASSING_VERDICTS else _yearly(mention, work) or verdict


def _yearly(mention: Mention, work: _Work) -> Verdict | None:
    """Return the verdict on an anniversary, which the report's own year decides."""
    counted = expected_count(mention, work.ledger.draft.plain, work.own.year) if work.own.year else None
    if counted is None:
        return None
    event, count = counted
    if mention.number.value == count:
        return Verdict("structural", message=f"{event}到{work.own.year}年是第{count}个")
    message = f"{event}到{work.own.year}年应是{count}，文中为{mention.number.surface}"
    return Verdict("stale", message=message)


def _verdict_of_kind(mention: Mention, work: _Work) -> Verdict:
    number = mention.number
    if number.kind == "name":
        return work.own.judge_name(number.surface, _words_behind(mention, work.case.blanked), work.case.book)
    if number.kind == "hole" and _worded_so(mention, work):
        return Verdict("structural", message="要点原文如此")
    if number.kind == "hole":
        return Verdict("hole", message=f"“{number.unit or ''}”前面少了数字")
    return Verdict("structural")


def _words_behind(mention: Mention, blanked: str) -> str:
    """Return the two characters behind a number if they are words."""
    rest = blanked[mention.end : mention.end + _WORD]
    return rest if len(rest) == _WORD and rest.isalpha() else ""


def _worded_alike(surface: str, work: _Work) -> Fact | None:
    """Return the note that has the same Chinese characters, where they are a word and no number: 三七."""
    if _HAN_NUMERAL.fullmatch(surface) is None:
        return None
    return next((fact for fact in work.case.book.facts if surface in fact.text), None)


def _worded_so(hole: Mention, work: _Work) -> bool:
    """Tell whether a note has the very words round a hole, so that no number was there: 无人机飞防班."""
    plain, unit = work.ledger.draft.plain, hole.number.unit or ""
    words = plain[max(0, hole.start - _WORD) : hole.start + len(unit)]
    whole = len(words) == _WORD + len(unit) and words.isalpha() and words.endswith(unit)
    return whole and bool(unit) and any(words in fact.text for fact in work.case.book.facts)


def _place(mention: Mention, plain: str) -> Span:
    if mention.number.kind == "hole" and isinstance(mention.number, Numeral):
        return hole_span(plain, mention.number)
    return Span(mention.start, mention.end)


def _left_open(numeral: Numeral, opened: Sequence[Open]) -> bool:
    """Tell whether 【待补：…】 or 【待核：…】 itself says that no number is known here."""
    unknown = numeral.kind == "hole" or (numeral.value is None and numeral.iso is None)
    return unknown and any(o.span.start <= numeral.start and numeral.end <= o.span.end for o in opened)
