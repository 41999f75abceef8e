"""The verdict on one number of a draft."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.checking import messages
from drafter.checking.amounts import Sources
from drafter.checking.belonging import belongs, is_same_rest
from drafter.checking.book import unrelated
from drafter.checking.case import Case, Printed, Verdict
from drafter.checking.counted import is_counted
from drafter.checking.dated import spanned, spelled_out
from drafter.checking.derive import candidates, conversions, derive, stated_in_words
from drafter.checking.direct import FOREIGN, Match, clash, comparable, supported_by
from drafter.checking.measures import by_other_measure
from drafter.checking.naming import successes
from drafter.checking.neighbours import is_alone, levels_before, of_last_year, parts_behind
from drafter.checking.rivals import Bench, another_date, rival
from drafter.checking.shares import rate_numerators
from drafter.numbers.compare import supports
from drafter.numbers.expressions import ExpressionError, operands, worked
from drafter.numbers.families import same_unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.checking.book import Book
    from drafter.checking.mentions import Mention
    from drafter.checking.paragraphs import Paragraph

_COMPARES = re.compile(
    r"[比较]□|同比|环比|[比较]去年|[比较]上|上年|去年|上一年|往年|同期|年初|[由从].{0,12}$"
)
_CLAUSE = 0.4
"""The weight of words that stand in the clause of a number or closer."""


def claims_of(paragraphs: Sequence[Paragraph], book: Book) -> dict[str, list[Mention]]:
    """Return for each source the numbers of the draft that print its value."""
    claims: dict[str, list[Mention]] = {}
    for paragraph in paragraphs:
        for mention in paragraph.mentions:
            for source in book.by_key.get(mention.key, ()):
                if supports(source.number, mention.number) is not None and not clash(mention, source):
                    claims.setdefault(source.id, []).append(mention)
    return claims


def company_of(claims: Mapping[str, Sequence[Mention]], book: Book) -> dict[int, dict[int, frozenset[str]]]:
    """Return for each sentence which quantities of each fact it prints the values of."""
    company: dict[int, dict[int, frozenset[str]]] = {}
    for name, mentions in claims.items():
        owner = book.by_id[name].owner
        for mention in mentions:
            facts = company.setdefault(mention.context.sentence.start, {})
            facts[owner] = facts.get(owner, frozenset()) | {name}
    return company


def bench_of(paragraph: Paragraph, case: Case) -> Bench:
    """Return what rivals in `paragraph` are weighed with."""
    return Bench(case.book.likeness, paragraph.affinity, case.claims, case.company)


def judge(mention: Mention, paragraph: Paragraph, case: Case, printed: Printed) -> Verdict:
    """Return the verdict on one number that needs a source."""
    book = case.book
    found = supported_by(mention, book.by_key.get(mention.key, ()), book.likeness)
    taken = [m for m in found if not clash(mention, m.source)]
    taken = [
        m for m in taken if belongs(mention, m, paragraph, case) or is_same_rest(mention, m.source, book)
    ]
    other = _another(mention, taken[0], paragraph, case) if taken else None
    if taken and other is None and not unrelated(mention, taken[0].source):
        return _direct(taken[0])
    follows = _following(mention, paragraph, case, printed, measured=not taken, named=other is None)
    if follows is not None:
        return follows
    if taken and other is not None:
        message = messages.other_subject(mention.number.surface, taken[0].source, other, book)
        return Verdict("conflict", (taken[0].source.id,), None, message, messages.hint(other, book))
    return _from_past(mention, case) or _failed(mention, found, paragraph, case, printed)


def _another(mention: Mention, match: Match, paragraph: Paragraph, case: Case) -> Mention | None:
    """Return the quantity that the words round a number fit better than the one of its own value."""
    sources = case.book.by_key.get(mention.key, ())
    other = rival(mention, match, sources, bench_of(paragraph, case))
    other = other or another_date(mention, match.source, sources)
    return other or _named_elsewhere(mention, match.source, paragraph, case.book)


def _following(  # noqa: PLR0913 - what it may follow from comes as keywords
    mention: Mention, paragraph: Paragraph, case: Case, printed: Printed, *, measured: bool, named: bool
) -> Verdict | None:
    """Return the verdict on a number that follows from others.

    With `measured` it may be counted by another measure word, with `named` be a date inside a name.
    """
    other_measure = by_other_measure(mention, paragraph, case.book) if measured else None
    derived = _direct(other_measure) if other_measure else _derived(mention, paragraph, case, printed)
    if derived is None and named:
        derived = spelled_out(mention, case.book) or spanned(mention, paragraph, case.book)
    if derived is None and is_counted(mention, paragraph, case):
        return Verdict("derived", message="是文中列举的项数")
    return derived


def _named_elsewhere(mention: Mention, source: Mention, paragraph: Paragraph, book: Book) -> Mention | None:
    """Return a number of another note that the words name, if the paragraph speaks of that note at all."""
    named = book.named_by(mention, [source])
    if named is None or named.owner in paragraph.own or source.owner not in paragraph.own:
        return named
    return None


def _direct(match: Match) -> Verdict:
    if match.support.exact:
        return Verdict("traced", (match.source.id,))
    return Verdict("approximate", (match.source.id,), None, match.support.rule)


def _sources(mention: Mention, paragraph: Paragraph, case: Case, printed: Printed) -> Sources:
    book = case.book
    near = {*paragraph.own, *rated(mention, paragraph, case), *_only_of_its_kind(mention, paragraph, book)}
    near |= {owner for owner, told in _beside(mention, case).items() if told & printed.facts}
    own = [source for source in book.numbers if source.owner in near or source.id in printed.facts]
    earlier = of_last_year(book) if compares(mention, case) else ()
    return Sources(
        own,
        printed.facts,
        book.likeness,
        earlier,
        printed.formulas,
        is_alone(mention, paragraph, case.blanked),
        levels_before(mention, paragraph) if earlier else (),
        printed.order,
        parts_behind(mention, own, paragraph, case.blanked, book.likeness),
    )


def _beside(mention: Mention, case: Case) -> Mapping[int, frozenset[str]]:
    """Return the facts that the sentence of a number prints values of."""
    return case.company.get(mention.context.sentence.start, {})


def _only_of_its_kind(mention: Mention, paragraph: Paragraph, book: Book) -> set[int]:
    """Return the facts that come nearest to a number where those of its paragraph give none of its kind."""
    alike = book.by_key.get(mention.key, ()) if mention.number.kind in {"quantity", "money"} else ()
    if any(source.owner in paragraph.own for source in alike):
        return set()
    best = max((book.likeness(mention, source) for source in alike), default=0.0)
    return {source.owner for source in alike if book.likeness(mention, source) >= best > 0}


def rated(mention: Mention, paragraph: Paragraph, case: Case) -> set[int]:
    """Return the facts that the 率 beside the number is of, where the paragraph speaks of others: 机收率."""
    own = [source for source in case.book.numbers if source.owner in paragraph.own]
    if rate_numerators(mention, own, case.blanked, synonyms=True):
        return set()
    return {source.owner for source in rate_numerators(mention, case.book.numbers, case.blanked)}


def compares(mention: Mention, case: Case) -> bool:
    """Tell whether the sentence compares with an earlier year before it prints the number."""
    sentence = case.blanked[mention.context.sentence.start : mention.start]
    return mention.context.prior or _COMPARES.search(sentence) is not None


def _derived(mention: Mention, paragraph: Paragraph, case: Case, printed: Printed) -> Verdict | None:
    book = case.book
    sources = _sources(mention, paragraph, case, printed)
    same = conversions(mention, sources)
    if same is not None:
        return Verdict("derived", (same.id,), same.id, f"{same.number.surface} = {mention.number.surface}")
    found = derive(mention, sources, case.blanked, book.quantities)
    if found is None:
        fact = stated_in_words(mention, sources, case.blanked, book.facts)
        if fact:
            return Verdict("derived", (fact.id,), None, f"要点{fact.id}写明是全部")
        from drafter.checking.said import from_sentence  # noqa: PLC0415 - only for what no note gives

        said = from_sentence(mention, paragraph, case, printed)
        return Verdict("derived", said.names, said.label, said.note) if said else None
    names = tuple(dict.fromkeys(re.findall(r"[FP]\d+\.\d+", found.label)))
    note = found.shown if not found.support.rule else f"{found.shown}（{found.support.rule}）"
    return Verdict("derived", names, found.label, note)


def _from_past(mention: Mention, case: Case) -> Verdict | None:
    book = case.book
    found = supported_by(mention, book.past_by_key.get(mention.key, ()), book.likeness)
    if not found:
        return None
    source = found[0].source
    if mention.context.prior:
        return Verdict("past", (source.id,), None, f"见往年的《{book.past[source.owner].title}》")
    message = messages.only_past(mention.number.surface, source, book)
    return Verdict("stale", (source.id,), None, message, messages.hint(source, book))


def _failed(
    mention: Mention, found: list[Match], paragraph: Paragraph, case: Case, printed: Printed
) -> Verdict:
    """Say what is wrong: another period, another unit, another sum, or nothing of the kind."""
    book, surface = case.book, mention.number.surface
    for match in found:
        why = clash(mention, match.source)
        if why and (match.source.owner in paragraph.own or match.likeness >= FOREIGN):
            message = messages.other_slot(surface, match.source, why)
            return Verdict("conflict", (match.source.id,), None, message, messages.hint(match.source, book))
    if found:
        source = found[0].source
        message = messages.other_slot(surface, source, "与文中说的不像一件事")
        return Verdict("conflict", (source.id,), None, message, messages.hint(source, book))
    own = [source for source in book.numbers if source.owner in paragraph.own]
    for source in own:
        if _same_value(mention, source) and not same_unit(source.number.unit, mention.number.unit):
            message = messages.other_unit(surface, source, book)
            return Verdict("conflict", (source.id,), None, message, messages.hint(source, book))
    expected = _expected(mention, paragraph, case, printed)
    if expected:
        names, shown = expected
        message = messages.miscalculated(surface, names, shown)
        return Verdict("unsupported", (), None, message, messages.hint(book.by_id[names[0]], book))
    near = [s for s in book.numbers if comparable(mention, s) and not clash(mention, s)]
    near = [s for s in near if s.owner in paragraph.own or book.likeness(mention, s) >= FOREIGN]
    near = [s for s in near if shares_words(mention, s)] if mention.number.kind != "date" else near
    best = max(near, key=lambda s: book.likeness(mention, s), default=None)
    if best is None:
        return Verdict("unsupported", (), None, messages.unknown(surface))
    return Verdict("unsupported", (), None, messages.differs(surface, best, book), messages.hint(best, book))


def _same_value(mention: Mention, source: Mention) -> bool:
    first, second = mention.number.value, source.number.value
    return first is not None and first == second


def _expected(
    mention: Mention, paragraph: Paragraph, case: Case, printed: Printed
) -> tuple[tuple[str, ...], str] | None:
    """Return the operands and the arithmetic that the words ask for, when there is no doubt which."""
    if mention.context.change is None and mention.number.kind != "percent" and not mention.context.mean:
        return None
    sources = _sources(mention, paragraph, case, printed)
    labels = dict.fromkeys(candidates(mention, sources, case.blanked))
    sure = [label for label in labels if _asked_for(mention, label, case)]
    if len(sure) != 1:
        return None
    try:
        return operands(sure[0]), worked(sure[0], case.book.quantities)
    except ExpressionError:
        return None


def _asked_for(mention: Mention, label: str, case: Case) -> bool:
    """Tell whether the operands of `label` are those that the words name: one fact, and its subject."""
    used = [case.book.by_id[name] for name in operands(label)]
    owners = {source.owner for source in used if source.id.startswith("F")}
    if len(owners) != 1:
        return False
    if mention.number.kind == "percent" and mention.context.change is None:
        bound = rate_numerators(mention, used, case.blanked)
        return used[0] in bound or (used[-1] in bound and used[0] in successes(used[-1], case.book.numbers))
    return shares_words(mention, used[0])


def shares_words(mention: Mention, source: Mention) -> bool:
    """Tell whether a word stands beside both numbers, or beside the one and in the other's clause."""
    mine = mention.words
    mine = mine or {gram for gram, weight in mention.grams.items() if weight >= _CLAUSE and len(gram) > 1}
    return any(source.grams.get(gram, 0.0) >= _CLAUSE for gram in mine)
