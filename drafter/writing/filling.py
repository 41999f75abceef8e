"""Places to fill, filled from the new notes: numbers behind their words, closing sections whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.draftfile.render import write_paragraph
from drafter.writing.answering import match_blanks, offers_of, read_blanks, says_subject
from drafter.writing.drafting import CLOSINGS, closing_paragraph
from drafter.writing.edits import Edit
from drafter.writing.headings import fact_roles
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
    year, period = work.draft.meta.get("year"), work.draft.meta.get("period")
    roles = fact_roles(fresh, year if isinstance(year, int) else 0, str(period or FULL_YEAR))
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


def _is_fresh(work: Work, fact: Fact) -> bool:
    """Tell whether a bullet is new to the draft or has changed."""
    number = next((n for n, one in work.renewed.facts.items() if one.id == fact.id), None)
    return number is None or work.renewed.old[number].text != fact.text


def _old_of(work: Work, offer: Offer) -> int | None:
    return next((n for n, one in work.renewed.facts.items() if one.id == offer.fact.id), None)
