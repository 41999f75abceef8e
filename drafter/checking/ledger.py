"""Collects verdicts and findings, and puts their places into the draft file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from drafter.checking import messages
from drafter.checking.risk import by_risk
from drafter.checking.unused import used_places
from drafter.model import PASSING_VERDICTS, Check, Finding, Kind, NumberCheck, Span

if TYPE_CHECKING:
    from drafter.checking.book import Book
    from drafter.checking.case import Verdict
    from drafter.checking.mentions import Mention
    from drafter.checking.rules.rule import Found
    from drafter.draftfile import DraftText
    from drafter.model import Severity
    from drafter.model.repeats import Repeats


class Ledger:
    """The growing result of one check; all spans handed in are those of the plain text."""

    def __init__(self, draft: DraftText, book: Book) -> None:
        """Open an empty ledger for `draft`."""
        self.draft = draft
        self.book = book
        self.numbers: list[NumberCheck] = []
        self.findings: list[Finding] = []
        self.used: set[str] = set()
        self.judged: list[tuple[Mention, bool]] = []

    def enter(self, mention: Mention, span: Span, verdict: Verdict) -> None:
        """Enter the verdict on one number, and a finding when it fails."""
        passes = verdict.verdict in PASSING_VERDICTS
        self.used.update(verdict.facts if passes else ())
        self.judged.append((mention, passes))
        number = mention.number
        place = self.draft.to_source(span)
        where = tuple(dict.fromkeys(w for name in verdict.facts for w in self.book.where(name)))
        self.numbers.append(
            NumberCheck(
                span=place,
                surface=number.surface or self.draft.plain[span.start : span.end],
                kind=number.kind,
                value=number.value,
                unit=number.unit,
                verdict=verdict.verdict,
                facts=verdict.facts,
                formula=verdict.formula,
                where=where,
                message=verdict.message,
            ),
        )
        if not passes:
            self.findings.append(
                Finding(verdict.verdict, "error", verdict.message, place, verdict.hint, where),
            )

    def note(self, code: str, severity: Severity, message: str, span: Span) -> None:
        """Enter a finding that is no verdict on a number."""
        self.findings.append(Finding(code, severity, message, self.draft.to_source(span)))

    def enter_found(self, found: Found, code: str) -> None:
        """Enter what a rule over the whole draft found; its places in the draft become those of the file."""
        where = tuple(
            replace(place, span=self.draft.to_source(place.span)) if not place.file and place.span else place
            for place in found.where
        )
        place = self.draft.to_source(found.span)
        self.findings.append(
            Finding(found.code or code, found.severity, found.message, place, found.hint, where)
        )

    def enter_missing(self, span: Span, source: Mention) -> None:
        """Enter a measure word without its number, which `source` of the notes has."""
        unit = self.draft.plain[span.start : span.end]
        message = messages.missing(unit, source, self.book)
        self._enter_blank(span, "hole", message, messages.hint(source, self.book), source.id)

    def enter_placeholder(self, span: Span) -> None:
        """Enter a mask or an empty frame that no numeral has been read from."""
        surface = self.draft.plain[span.start : span.end]
        self._enter_blank(span, "placeholder", f"“{surface}”处还没有填数字")

    def _enter_blank(self, span: Span, code: str, message: str, hint: str = "", fact: str = "") -> None:
        place = self.draft.to_source(span)
        if any(f.span and f.span.start < place.end and place.start < f.span.end for f in self.findings):
            return
        facts = (fact,) if fact else ()
        where = self.book.where(fact) if fact else ()
        surface = self.draft.plain[span.start : span.end]
        kind: Kind = "hole" if code == "hole" else "quantity"
        self.numbers.append(NumberCheck(place, surface, kind, None, None, code, facts, None, where, message))
        self.findings.append(Finding(code, "error", message, place, hint, where))

    def close(self, unused: tuple[str, ...], repeats: Repeats | None = None) -> Check:
        """Return the check: numbers in the order of their places, findings in that of their risk."""
        return Check(
            ok=all(finding.severity != "error" for finding in self.findings),
            numbers=tuple(sorted(self.numbers, key=lambda number: number.span)),
            findings=by_risk(self.findings),
            unused_facts=unused,
            used=used_places(self.book.facts, self.numbers, self.draft, unused),
            repeats=self._placed(repeats) if repeats is not None else None,
        )

    def _placed(self, repeats: Repeats) -> Repeats:
        """Return repeats whose places are those of the file."""
        places = (place._replace(span=self.draft.to_source(place.span)) for place in repeats.places)
        return repeats._replace(places=tuple(places))
