"""Places to fill, filled from the new notes: numbers behind their words, closing sections whole."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from drafter.draftfile.render import write_paragraph
from drafter.writing.answering import match_blanks, offers_of, read_blanks, says_subject
from drafter.writing.drafting import CLOSINGS, closing_paragraph
from drafter.writing.edits import Edit
from drafter.writing.headings import fact_roles
from drafter.writing.old_notes import plain_words
from drafter.writing.periods import FULL_YEAR
from drafter.writing.references import plain_surface
from drafter.writing.refresh_work import Event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Fact
    from drafter.writing.answering import Offer
    from drafter.writing.refresh_work import Work


def fill(work: Work, withheld: frozenset[str]) -> None:
    """Fill the places that bullets of the notes now answer; `withheld` are not to be written about."""
    taken = frozenset(quantity.id for quantity in work.renewed.numbers.values())
    fresh = [fact for fact in work.facts if fact.id not in withheld and _is_fresh(work, fact)]
    blanks = read_blanks(work.draft.plain)
    _fill_closings(work, fresh)
    for at, offer in match_blanks(blanks, offers_of(fresh, taken)).items():
        blank = blanks[at]
        subject = "" if says_subject(blank) else blank.subject
        link = f"{subject}[{plain_surface(offer.quantity)}][{offer.quantity.id}]"
        work.edits.append(Edit(work.draft.to_source(blank.span), link))
        work.events.append(Event("filled", blank.span.start, _old_of(work, offer), offer.fact))


def _fill_closings(work: Work, fresh: Sequence[Fact]) -> None:
    """Write 存在问题 and 下一步 where the notes said nothing of them, and now do."""
    roles = _roles(work, fresh)
    for blank in read_blanks(work.draft.plain):
        role = next((role for role, what in CLOSINGS.items() if blank.what == what), "")
        facts = [fact for fact in fresh if roles[fact.id] == role]
        paragraph = closing_paragraph(facts, role, {fact.id: fact for fact in facts})
        if paragraph:
            span = work.draft.to_source(blank.span)
            text = write_paragraph(paragraph)
            if work.draft.source[span.end : span.end + 1] == "。":
                text = text.removesuffix("。")
            work.edits.append(Edit(span, text))
            work.events += [Event("filled", blank.span.start, None, fact) for fact in facts]


def refresh_closings(work: Work) -> None:
    """Put 存在问题 and 下一步 anew where they stand as drafter wrote them and the notes say otherwise."""
    old = [one.fact for one in work.renewed.old.values() if one.text is not None]
    before, after = _closings(work, old), _closings(work, work.facts)
    for role, (facts, text) in before.items():
        news, says = after[role]
        span = work.find(text) if text else None
        if span is None or _words(facts) == _words(news):
            continue
        work.edits.append(Edit(span, says or f"【待补：{CLOSINGS[role]}】"))
        work.settle(span)
        at = bisect_left(work.draft.offsets, span.start)
        said, now = _words(facts), _words(news)
        gone = [int(one.id[1:]) for one in facts if plain_words(one.text) not in now]
        became = {number: work.renewed.facts.get(number) for number in gone}
        known = {fact.id for fact in became.values() if fact is not None}
        came = [one for one in news if plain_words(one.text) not in said and one.id not in known]
        work.events += [Event("words", at, None, one) for one in came]
        work.events += [Event("words", at, number, fact) for number, fact in became.items()]


def _closings(work: Work, facts: Sequence[Fact]) -> dict[str, tuple[list[Fact], str]]:
    """Return for problems and for plans the facts, and what drafter writes of them."""
    roles = _roles(work, facts)
    found = {}
    for role in CLOSINGS:
        own = [fact for fact in facts if roles[fact.id] == role]
        paragraph = closing_paragraph(own, role, {fact.id: fact for fact in own})
        found[role] = (own, write_paragraph(paragraph) if paragraph else "")
    return found


def _roles(work: Work, facts: Sequence[Fact]) -> dict[str, str]:
    year, period = work.draft.meta.get("year"), work.draft.meta.get("period")
    return fact_roles(facts, year if isinstance(year, int) else 0, str(period or FULL_YEAR))


def _words(facts: Sequence[Fact]) -> list[str]:
    return [plain_words(fact.text) for fact in facts]


def _is_fresh(work: Work, fact: Fact) -> bool:
    """Tell whether a bullet is new to the draft or has changed."""
    number = next((n for n, one in work.renewed.facts.items() if one.id == fact.id), None)
    return number is None or work.renewed.has_changed(number)


def _old_of(work: Work, offer: Offer) -> int | None:
    return next((n for n, one in work.renewed.facts.items() if one.id == offer.fact.id), None)
