"""Numbers that follow from those of the notes, as far as a trigger word allows it.

Free arithmetic would explain almost any wrong number, so each kind of
derivation asks for its own words in the sentence and takes its operands from
the notes that the paragraph speaks of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.checking.amounts import (
    PER,
    Sources,
    failures,
    is_amount,
    means,
    not_less,
    other_halves,
    products,
    remainders,
    rests,
    sums,
    whole_sums,
)
from drafter.checking.arithmetic import DOUBLINGS, POINTS, TIMES, Derived, converted, fits
from drafter.checking.book import unrelated
from drafter.checking.direct import ANOTHER_TIME, clash, comparable
from drafter.checking.mentions import grams_of
from drafter.numbers.bands import form_of
from drafter.numbers.compare import supports
from drafter.numbers.families import same_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from drafter.checking.mentions import Mention
    from drafter.model import Fact, Quantity

WHOLE = 100
NAMED = 0.5
"""From this likeness on the words beside a number name one quantity of the notes, not a total of several."""
_RATE = re.compile(
    r"([^，。；、：□]{1,10}?)率(?:已|均|约|近|超过|超|突破|达到|达|为|是|在|至|保持在|高达|平均)*$"
)
_SHARE_OF = re.compile(r"(?:占|为|达|是|完成|不足|超过|相当于)□*([^，。；□]{0,12}?)(?:总)?(?:数|量)?的$")
UNDONE = frozenset({"剩余", "任务"})
"""Roles of numbers that no 率 is a rate of."""
_SHARE = re.compile(r"占|比例|比重")
_TOTAL = re.compile(
    r"新改扩?建|新[、（(]?改[）)]?扩?建|新建(?:[、和及]|以及)改建|共|合计|累计|总|一并|两|三|四|多个|全部"
)
_PARTED = re.compile(r"其中|(?<=[□])[^，。；□]{1,8}中(?=[，,])|分为|包括|由□")
_REST = re.compile(r"剩|余|尚|其余|仅|还有|未|另有|差")
_EXCESS = re.compile(r"超出|超额|超")


def derive(
    mention: Mention, sources: Sources, text: str, quantities: Mapping[str, Quantity]
) -> Derived | None:
    """Return the first derivation that the words round the number allow and that gives its value."""
    for label in candidates(mention, sources, text):
        found = fits(label, mention, quantities)
        if found is not None:
            return found
    for label in untriggered(mention, sources):
        found = fits(label, mention, quantities)
        if found is not None and found.support.exact:
            return found
    return None


def candidates(mention: Mention, sources: Sources, text: str) -> Iterator[str]:
    """Yield the expressions that the words round the number allow, the likeliest first."""
    number, context = mention.number, mention.context
    if number.kind in {"date", "ordinal"} or number.value is None:
        return
    lead = text[context.clause.start : mention.start]
    ratio = number.kind == "percent" or number.unit in TIMES
    if number.unit not in DOUBLINGS and (context.change is not None or _EXCESS.search(lead)):
        yield from _changes(sources, context.change, ratio=ratio and number.unit not in POINTS)
    if number.unit in POINTS or (ratio and context.change is not None):
        return
    if ratio and context.prior:
        yield from _before_change(mention, sources)
    if ratio or number.unit in DOUBLINGS:
        yield from _shares(mention, sources, lead) if ratio else ()
        yield from _multiples(sources)
        return
    yield from _amounts(mention, sources, lead, text)


def _amounts(mention: Mention, sources: Sources, lead: str, text: str) -> Iterator[str]:
    context = mention.context
    if context.prior:
        yield from _before_change(mention, sources)
    if _REST.search(lead) or _REST.search(text[mention.end : min(context.clause.end, mention.end + 4)]):
        yield from rests(mention, sources)
    yield from other_halves(mention, sources)
    yield from failures(mention, sources)
    if _PARTED.search(text[context.sentence.start : mention.start]):
        yield from remainders(mention, sources)
    if context.mean or PER.search(lead):
        yield from means(mention, sources, lead)
    divided = "其中" in text[mention.end : mention.end + 12]
    total_here = divided or _TOTAL.search(lead) is not None
    total_said = total_here or _TOTAL.search(text[context.sentence.start : mention.start]) is not None
    if total_here or (total_said and not _named(mention, sources)):
        free = total_here and not divided and form_of(mention.number.approx) is None
        yield from sums(mention, sources, free=free)
        yield from products(mention, sources)


def stated_in_words(mention: Mention, sources: Sources, text: str, facts: Sequence[Fact]) -> Fact | None:
    """Return the note that says of all what a rate of 100 % says in figures: 9件，均按期答复."""
    rate = _RATE.search(text[mention.context.clause.start : mention.start])
    if rate is None or mention.number.kind != "percent" or mention.number.value != WHOLE:
        return None
    said = re.compile(rf"(?:均|都|全部|全)[^，,。；;、]{{0,6}}{re.escape(rate[1][-2:])}")
    owners = {source.owner for source in sources.own}
    return next((facts[owner] for owner in sorted(owners) if said.search(facts[owner].text)), None)


def untriggered(mention: Mention, sources: Sources) -> Iterator[str]:
    """Yield what needs no word of its own where the paragraph's notes leave one way to compute it."""
    plain = (
        mention.number.kind in {"quantity", "money"} and mention.number.unit not in TIMES | DOUBLINGS | POINTS
    )
    if plain and not _named(mention, sources) and mention.context.change is None and not mention.context.mean:
        yield from products(mention, sources)
        yield from whole_sums(mention, sources) if sources.alone else ()


def _named(mention: Mention, sources: Sources) -> bool:
    """Tell whether the words beside a number name one quantity of the notes and no total."""
    return any(
        comparable(mention, s)
        and sources.likeness.near(mention, s) > NAMED
        and s.context.dated == mention.context.dated
        for s in sources.own
    )


def conversions(mention: Mention, sources: Sources) -> Mention | None:
    """Return the source that gives the same duration in another unit."""
    return next((source for source in sources.own if converted(mention, source)), None)


def _changes(sources: Sources, change: str | None, *, ratio: bool) -> Iterator[str]:
    """This year's figure less the earlier one, or what was done less what was asked; the sign agrees."""
    for new, old in _pairs_over_time(sources):
        first, second = (old, new) if change == "down" else (new, old)
        value, other = first.number.value, second.number.value
        if value is None or other is None or value < other:
            continue
        difference = f"{first.id}-{second.id}"
        yield f"({difference})/{old.id}" if ratio else difference


def _pairs_over_time(sources: Sources) -> Iterator[tuple[Mention, Mention]]:
    for new in sources.own:
        for old in (*sources.own, *sources.earlier):
            if old is new or not comparable(new, old) or new.context.change or old.context.change:
                continue
            earlier = old.context.prior or old in sources.earlier
            asked = old.context.role == "任务" and new.context.role != "任务" and new.owner == old.owner
            if new.context.prior or new.context.mean != old.context.mean:
                continue
            if asked or (earlier and _same_thing(new, old, sources)):
                yield new, old


def _is_spoken_of(new: Mention, sources: Sources) -> bool:
    """Tell whether the last number of the kind that the sentence has printed is `new`, not another one."""
    said = next((m for m in reversed(sources.spoken) if comparable(m, new)), None)
    if said is None:
        return True
    if supports(new.number, said.number) is None:
        return False
    rivals = [s for s in sources.own if comparable(s, said) and supports(s.number, said.number) is not None]
    return all(sources.likeness(said, other) <= sources.likeness(said, new) for other in rivals)


def _same_thing(new: Mention, old: Mention, sources: Sources) -> bool:
    """Tell whether an earlier figure is of the same thing: no other new figure fits it clearly better.

    One of a past report must be told in words that the note has too; in one note both stand together.
    """
    if old in sources.earlier:
        apart = unrelated(new, old) or clash(new, old) not in {None, ANOTHER_TIME}
        if apart or not _is_spoken_of(new, sources):
            return False
    mine = sources.likeness(new, old)
    rivals = [s for s in sources.own if comparable(s, old) and not s.context.prior and s is not new]
    return all(sources.likeness(other, old) <= mine * 1.2 for other in rivals)


def _before_change(mention: Mention, sources: Sources) -> Iterator[str]:
    """What a figure was before a change that its note states: 1680 less the 240 of 净增240."""
    for change in sources.own:
        for new in sources.own:
            apart = new is change or new.owner != change.owner or new.context.change or new.context.prior
            alike = comparable(new, change) or (new.number.kind == "percent" and change.number.unit in POINTS)
            if apart or not alike or not comparable(new, mention):
                continue
            if change.context.change:
                yield f"{new.id}{'-' if change.context.change == 'up' else '+'}{change.id}"


def _multiples(sources: Sources) -> Iterator[str]:
    for new, old in _pairs_over_time(sources):
        yield f"{new.id}/{old.id}"


def _shares(mention: Mention, sources: Sources, lead: str) -> Iterator[str]:
    """A part over its whole: 率 names the part, 占…的 the whole, else what is printed or fits best."""
    own = [s for s in sources.own if is_amount(s)]
    rate, share_of = _RATE.search(lead), _SHARE_OF.search(lead)
    if rate:
        done = [s for s in own if s.context.role not in UNDONE]
        bound = _bound(done, rate[1])
        yield from _parts_over_wholes(bound, own, sources, crossing=True)
        for whole in bound:
            parts = successes(whole, sources.own)
            if len(parts) == 1:
                yield f"{parts[0].id}/{whole.id}"
        yield from _rates_of_use(sources, own, rate[1])
    elif share_of and share_of[1]:
        wholes = _bound(own, share_of[1]) or own
        parts = [s for s in own if s.id in sources.printed and s not in wholes] or own
        for whole in wholes:
            for part in parts:
                if part is not whole and comparable(part, whole) and part.owner == whole.owner:
                    yield f"{part.id}/{whole.id}"
    else:
        yield from _parts_over_wholes(_nearest_parts(mention, own, sources), own, sources, crossing=False)


def _parts_over_wholes(
    parts: Sequence[Mention], wholes: Sequence[Mention], sources: Sources, *, crossing: bool
) -> Iterator[str]:
    for part in parts:
        for total in sources.formulas:
            if "+" in total and "/" not in total and part.id in total:
                yield f"{part.id}/({total})"
        for whole in wholes:
            if whole is part or whole.context.prior != part.context.prior:
                continue
            together = whole.owner == part.owner or {whole.id, part.id} <= sources.printed
            same = together and comparable(part, whole) and not_less(whole, part)
            if same or (crossing and whole.owner == part.owner and _each_has_one(part, whole)):
                yield f"{part.id}/{whole.id}"


def _rates_of_use(sources: Sources, own: Sequence[Mention], words: str) -> Iterator[str]:
    """What uses the places that 率 names over their number: 托位使用率 is 入托 over 托位."""
    named = {gram for gram in grams_of(words[:-2]) if len(gram) > 1}
    for whole in own:
        if not named & whole.near.keys():
            continue
        for part in own:
            if part is not whole and {whole.id, part.id} <= sources.printed and not_less(whole, part):
                yield f"{part.id}/{whole.id}"


def successes(whole: Mention, sources: Sequence[Mention]) -> list[Mention]:
    """Return the parts of a whole that no number of its note exceeds: 成功28件 of 调解纠纷29件.

    The rate of such a whole is that of its success: 调解率 is 成功 over 调解.
    """
    mates = [s for s in sources if s.owner == whole.owner and is_amount(s) and comparable(s, whole)]
    parts = [s for s in mates if s is not whole and s.context.role not in UNDONE]
    if not all(not_less(whole, s) and s.start > whole.start for s in parts):
        return []
    return [s for s in parts if s.context.prior == whole.context.prior]


def rate_numerators(mention: Mention, sources: Sequence[Mention], text: str) -> list[Mention]:
    """Return the quantities that the 率 before the number is a rate of, none where that is not known."""
    rate = _RATE.search(text[mention.context.clause.start : mention.start])
    if rate is None or mention.number.kind != "percent":
        return []
    grams = {gram for gram in grams_of(rate[1][-2:]) if len(gram) > 1}
    return [s for s in sources if is_amount(s) and s.context.role not in UNDONE and grams & s.near.keys()]


def _each_has_one(part: Mention, whole: Mention) -> bool:
    """Tell whether a thing of another measure word may be counted per person or household (光荣牌悬挂率)."""
    people = any(same_unit(whole.number.unit, unit) for unit in ("人", "户", "家"))
    countable = part.number.kind == "quantity" and whole.number.kind == "quantity"
    return people and countable and not_less(whole, part)


def _bound(own: Sequence[Mention], words: str) -> list[Mention]:
    """Return the quantities beside which the last of `words` stand, or at least some of them."""
    last, singles = words[-2:], set(words[-2:])
    every = {gram for gram in grams_of(words) if len(gram) > 1}
    for wanted in ({last}, singles, every):
        found = [s for s in own if wanted & s.near.keys()]
        if found:
            return found
    return []


def _nearest_parts(mention: Mention, own: Sequence[Mention], sources: Sources) -> list[Mention]:
    """Return the parts that a share without 率 may speak of: what the words fit best."""
    ranked = sorted(own, key=lambda s: -sources.likeness.near(mention, s))
    if ranked and sources.likeness.near(mention, ranked[0]) > 0:
        best = sources.likeness.near(mention, ranked[0])
        return [s for s in ranked if sources.likeness.near(mention, s) >= best * 0.8]
    return list(own)
