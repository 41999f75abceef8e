"""Checks a whole draft: every number of it gets a verdict, and every failing one a finding."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from drafter.checking.blanks import hole_span, open_places, placeholders
from drafter.checking.book import Book, PastText, open_book
from drafter.checking.expected import missing_numbers
from drafter.checking.judge import Desk, Verdict, claims_of, judge
from drafter.checking.marks import judge_mark, label_for, labels_of
from drafter.checking.messages import hint
from drafter.checking.own import Own, own_of
from drafter.checking.paragraphs import Paragraph, read_paragraphs
from drafter.checking.periods import whole_year_over_part
from drafter.checking.unused import unused_facts
from drafter.draftfile import read_draft
from drafter.model import FACT_KINDS, PASSING_VERDICTS, Check, Fact, Finding, NumberCheck, Span, Where
from drafter.numbers import read_numerals
from drafter.numbers.slots import read_quantities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.checking.mentions import Mention
    from drafter.draftfile import DraftText
    from drafter.model import Numeral


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


def check_draft(
    draft: DraftText,
    facts: Sequence[Fact],
    past: Sequence[PastText] = (),
    *,
    year: int | None = None,
    period: str | None = None,
    unit: str | None = None,
    final: bool = False,
) -> Check:
    """Return a verdict for every number of `draft`, and the findings in order of their place.

    `year`, `period` and `unit` are the report's own and need no source; what
    is missing is taken from the draft's front matter and title line. With
    `final`, 【待补】 and 【待核】 are errors. Spans count characters of the file.
    """
    plain = draft.plain
    book = open_book(facts, past)
    own = own_of(draft, year=year, period=period, unit=unit)
    open_spans = open_places(plain)
    numerals = tuple(n for n in read_numerals(plain) if not any(_inside(n, o.span) for o in open_spans))
    blanked, paragraphs = read_paragraphs(plain, numerals, book)
    desk = Desk(book, blanked, claims_of(paragraphs, book))
    labels = labels_of(draft)
    numbers: list[NumberCheck] = []
    findings: list[Finding] = []
    used: set[str] = set()
    for paragraph in paragraphs:
        printed: set[str] = set()
        for mention in paragraph.mentions:
            verdict = _verdict(mention, paragraph, desk, own, frozenset(printed), label_for(mention, labels))
            printed.update(verdict.facts)
            used.update(verdict.facts if verdict.verdict in PASSING_VERDICTS else ())
            over = whole_year_over_part(mention, verdict, blanked, book)
            if over is not None and over.span is not None:
                findings.append(replace(over, span=draft.to_source(over.span)))
            _record(mention, verdict, draft, book, numbers, findings)
        for span, source in missing_numbers(paragraph, blanked, book, desk.claims.keys() | used):
            _missing(span, source, draft, book, numbers, findings)
    for span in placeholders(plain):
        _placeholder(span, draft, numbers, findings)
    for place in open_spans:
        message = f"待补：{place.what}" if place.code == "todo" else f"待核：{place.what}"
        findings.append(
            Finding(place.code, "error" if final else "warning", message, draft.to_source(place.span))
        )
    findings.sort(key=lambda f: f.span or Span(0, 0))
    numbers.sort(key=lambda n: n.span)
    return Check(
        ok=not any(finding.severity == "error" for finding in findings),
        numbers=tuple(numbers),
        findings=tuple(findings),
        unused_facts=unused_facts(facts, used, plain),
    )


def _inside(numeral: Numeral, span: Span) -> bool:
    return span.start <= numeral.start and numeral.end <= span.end


def _verdict(
    mention: Mention, paragraph: Paragraph, desk: Desk, own: Own, printed: frozenset[str], label: str | None
) -> Verdict:
    number = mention.number
    if number.kind == "hole":
        return Verdict("hole", message=f"“{number.unit or ''}”前面少了数字")
    if number.kind == "structural":
        return Verdict("structural")
    if number.kind == "name":
        return own.judge_name(number.surface, desk.book)
    if number.kind not in FACT_KINDS:
        return Verdict("unsupported", message=f"读不懂的数字：{number.surface}")
    if own.covers(mention, desk.blanked):
        return Verdict("structural")
    if number.value is None and number.iso is None:
        return Verdict("placeholder", message=f"{number.surface}不是确定的数字，请补上")
    if label is not None:
        marked = judge_mark(mention, label, paragraph, desk)
        if marked is not None:
            return marked
    return judge(mention, paragraph, desk, printed)


def _record(
    mention: Mention,
    verdict: Verdict,
    draft: DraftText,
    book: Book,
    numbers: list[NumberCheck],
    findings: list[Finding],
) -> None:
    number = mention.number
    plain = Span(mention.start, mention.end)
    if number.kind == "hole":
        plain = hole_span(draft.plain, number)  # type: ignore[arg-type]
    span = draft.to_source(plain)
    where = tuple(dict.fromkeys(place for name in verdict.facts for place in book.where(name)))
    numbers.append(
        NumberCheck(
            span=span,
            surface=number.surface or draft.plain[plain.start : plain.end],
            kind=number.kind,
            value=number.value,
            unit=number.unit,
            verdict=verdict.verdict,
            facts=verdict.facts,
            formula=verdict.formula,
            where=where,
            message=verdict.message,
        )
    )
    if verdict.verdict not in PASSING_VERDICTS:
        findings.append(Finding(verdict.verdict, "error", verdict.message, span, verdict.hint, where))


def _missing(
    span: Span, source: Mention, draft: DraftText, book: Book, numbers: list[NumberCheck], findings: list[Finding]
) -> None:
    if any(_meets(number.span, draft.to_source(span)) for number in numbers):
        return
    unit = draft.plain[span.start : span.end]
    message = f"“{unit}”前面少了数字，要点{book.fact_id(source)}为{source.number.surface}"
    place, where = draft.to_source(span), book.where(source.id)
    numbers.append(NumberCheck(place, unit, "hole", None, unit, "hole", (source.id,), None, where, message))
    findings.append(Finding("hole", "error", message, place, hint(source, book), where))


def _meets(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end


def _placeholder(span: Span, draft: DraftText, numbers: list[NumberCheck], findings: list[Finding]) -> None:
    source = draft.to_source(span)
    surface = draft.plain[span.start : span.end]
    covered = [
        f for f in findings if f.span is not None and f.span.start < source.end and source.start < f.span.end
    ]
    if covered:
        return
    message = f"“{surface}”处还没有填数字"
    numbers.append(NumberCheck(source, surface, "quantity", None, None, "placeholder", message=message))
    findings.append(Finding("placeholder", "error", message, source))
