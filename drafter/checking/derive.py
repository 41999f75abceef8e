"""Numbers that follow from those of the notes, as far as a trigger word allows it.

Free arithmetic would explain almost any wrong number, so each kind of
derivation asks for its own words in the sentence and takes its operands from
the notes that the paragraph speaks of.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.arithmetic import DOUBLINGS, POINTS, TIMES, Derived, converted, fits
from drafter.checking.direct import clash, comparable
from drafter.checking.mentions import grams_of
from drafter.numbers.compare import same_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from drafter.checking.mentions import Likeness, Mention
    from drafter.model import Quantity

MAX_ADDENDS = 4
MOST_TO_COMBINE = 8
NAMED = 0.5
"""From this likeness on the words beside a number name one quantity of the notes, not a total of several."""
_RATE = re.compile(
    r"([^，。；、：□]{1,10}?)率(?:已|均|约|近|超过|超|突破|达到|达|为|是|在|至|保持在|高达|平均)*$"
)
_SHARE_OF = re.compile(r"(?:占|为|达|是|完成|不足|超过|相当于)([^，。；□]{0,12}?)(?:总)?(?:数|量)?的$")
_SHARE = re.compile(r"占|比例|比重")
_TOTAL = re.compile(r"共|合计|累计|总|一并|两|三|四|多个|全部")
_REST = re.compile(r"剩|余|尚|其余|仅|还有|未|另有|差")
_EXCESS = re.compile(r"超出|超额|超")
_PER = re.compile(r"(人|户|场|村|校|亩|次|家|个|处|天|日)均|每(?:一)?([^，。；□\d]{1,2})")


class Sources(NamedTuple):
    """What a paragraph may compute from: its own quantities, all by id, and the ones printed so far."""

    own: Sequence[Mention]
    printed: frozenset[str]
    likeness: Likeness
    earlier: Sequence[Mention] = ()
    formulas: tuple[str, ...] = ()


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
    ratio = number.kind == "percent" or number.unit in TIMES | DOUBLINGS
    if number.unit in DOUBLINGS:
        yield from _multiples(mention, sources)
        return
    lead = text[context.clause.start : mention.start]
    if context.change is not None or _EXCESS.search(lead):
        yield from _changes(sources, context.change, ratio=ratio)
        if number.unit in POINTS:
            return
    if ratio:
        if context.change is None:
            yield from _shares(mention, sources, lead)
            yield from _multiples(mention, sources)
        return
    if context.prior:
        yield from _before_change(mention, sources)
    tail = text[mention.end : context.clause.end]
    if _REST.search(lead) or _REST.search(tail[:4]):
        yield from _rests(mention, sources)
    if context.mean or _PER.search(lead):
        yield from _means(mention, sources, lead)
    divided = "其中" in text[mention.end : mention.end + 12]
    if divided or _TOTAL.search(text[context.sentence.start : mention.start]):
        near = divided or _TOTAL.search(lead) is not None
        if near or not _named(mention, sources):
            yield from _sums(mention, sources, free=near)
            yield from _products(mention, sources)


def untriggered(mention: Mention, sources: Sources) -> Iterator[str]:
    """Yield what needs no word of its own where the paragraph's notes leave one way to compute it."""
    plain = (
        mention.number.kind in {"quantity", "money"} and mention.number.unit not in TIMES | DOUBLINGS | POINTS
    )
    if plain and not _named(mention, sources) and mention.context.change is None and not mention.context.mean:
        yield from _products(mention, sources)
        yield from _whole_sums(mention, sources)


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


def _same_thing(new: Mention, old: Mention, sources: Sources) -> bool:
    """Tell whether an earlier figure is of the same thing: no other new figure fits it clearly better."""
    mine = sources.likeness(new, old)
    rivals = [s for s in sources.own if comparable(s, old) and not s.context.prior and s is not new]
    return all(sources.likeness(other, old) <= mine * 1.2 for other in rivals)


def _before_change(mention: Mention, sources: Sources) -> Iterator[str]:
    """What a figure was before a change that its note states: 1680 less the 240 more than at the year's start."""
    for change in sources.own:
        for new in sources.own:
            apart = new is change or new.owner != change.owner or new.context.change or new.context.prior
            if apart or not comparable(new, change) or not comparable(new, mention):
                continue
            if change.context.change:
                yield f"{new.id}{'-' if change.context.change == 'up' else '+'}{change.id}"


def _multiples(mention: Mention, sources: Sources) -> Iterator[str]:
    if mention.number.unit in TIMES | DOUBLINGS or mention.number.kind == "percent":
        for new, old in _pairs_over_time(sources):
            yield f"{new.id}/{old.id}"


def _shares(mention: Mention, sources: Sources, lead: str) -> Iterator[str]:
    """A part over its whole: 率 names the part, 占…的 the whole, else the number printed just before."""
    own = [s for s in sources.own if _is_amount(s)]
    rate, share_of = _RATE.search(lead), _SHARE_OF.search(lead)
    if rate:
        parts, crossing = _bound(own, rate[1]), True
    elif share_of and share_of[1]:
        wholes = _bound(own, share_of[1]) or own
        for whole in wholes:
            for part in own:
                if part is not whole and comparable(part, whole) and part.owner == whole.owner:
                    yield f"{part.id}/{whole.id}"
        return
    else:
        parts, crossing = _nearest_parts(mention, own, sources), False
    for part in parts:
        for total in sources.formulas:
            if "+" in total and "/" not in total and part.id in total:
                yield f"{part.id}/({total})"
        for whole in own:
            if whole is part or (whole.context.prior != part.context.prior):
                continue
            same = comparable(part, whole) and _not_less(whole, part)
            if same or (crossing and whole.owner == part.owner and _each_has_one(part, whole)):
                yield f"{part.id}/{whole.id}"


def rate_numerators(mention: Mention, sources: Sequence[Mention], text: str) -> list[Mention]:
    """Return the quantities that the 率 before the number is a rate of, none where that is not known."""
    rate = _RATE.search(text[mention.context.clause.start : mention.start])
    if rate is None or mention.number.kind != "percent":
        return []
    grams = {gram for gram in grams_of(rate[1][-2:]) if len(gram) > 1}
    return [s for s in sources if _is_amount(s) and grams & s.near.keys()]


def _each_has_one(part: Mention, whole: Mention) -> bool:
    """Tell whether a thing of another measure word may be counted per person or household (光荣牌悬挂率)."""
    people = any(same_unit(whole.number.unit, unit) for unit in ("人", "户", "家"))
    countable = part.number.kind == "quantity" and whole.number.kind == "quantity"
    return people and countable and _not_less(whole, part)


def _not_less(whole: Mention, part: Mention) -> bool:
    first, second = whole.number.value, part.number.value
    return first is not None and second is not None and first >= second


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


def _rests(mention: Mention, sources: Sources) -> Iterator[str]:
    own = [s for s in sources.own if _is_amount(s) and comparable(mention, s)]
    printed = [s for s in own if s.id in sources.printed]
    for whole in printed or own:
        for part in own:
            if part is not whole and part.owner == whole.owner and _not_less(whole, part):
                yield f"{whole.id}-{part.id}"


def _means(mention: Mention, sources: Sources, lead: str) -> Iterator[str]:
    matches = list(_PER.finditer(lead))
    if not matches:
        return
    unit = matches[-1][1] or matches[-1][2]
    for total in sources.own:
        if not _is_amount(total) or not same_unit(total.number.unit, mention.number.unit):
            continue
        for count in sources.own:
            if count is total or not _is_amount(count) or count.owner != total.owner:
                continue
            name = count.number.unit or ""
            if same_unit(name, unit) or name.startswith(unit[0]) or (unit in "场次" and name[:1] in "场次期"):
                yield f"{total.id}/{count.id}"


def _sums(mention: Mention, sources: Sources, *, free: bool) -> Iterator[str]:
    """Quantities of one unit: the printed ones, all of them, and when `free` any two to four."""
    own = [s for s in sources.own if _is_addend(mention, s)]
    printed = [s for s in own if s.id in sources.printed]
    for group in (printed, own):
        if 2 <= len(group) <= MAX_ADDENDS or (group is printed and len(group) > 1):
            yield "+".join(s.id for s in group)
    for size in range(2, MAX_ADDENDS + 1):
        if free and len(own) <= MOST_TO_COMBINE:
            for some in combinations(own, size):
                if not any(clash(a, b) for a, b in combinations(some, 2)):
                    yield "+".join(s.id for s in some)


def _whole_sums(mention: Mention, sources: Sources) -> Iterator[str]:
    """All quantities of one unit that one note enumerates; where there is one such note it needs no word."""
    own = [s for s in sources.own if _is_addend(mention, s)]
    owners = {s.owner for s in own}
    if len(owners) == 1 and len(own) > 1:
        yield "+".join(s.id for s in own)


def _products(mention: Mention, sources: Sources) -> Iterator[str]:
    """A count times a mean, days times shifts times people, a base times a rate: inside one note."""
    for owner in {s.owner for s in sources.own}:
        inside = [s for s in sources.own if s.owner == owner and s.number.value is not None]
        means = [s for s in inside if s.context.mean]
        counts = [s for s in inside if _is_amount(s)]
        rates = [s for s in inside if s.number.kind == "percent" and s.context.change is None]
        if means and counts:
            yield "*".join([*(s.id for s in counts[:1]), *(s.id for s in means)])
            for count in counts[1:] if len(means) == 1 else ():
                yield f"{count.id}*{means[0].id}"
        for rate in rates:
            for count in counts:
                if same_unit(count.number.unit, mention.number.unit):
                    yield f"{count.id}*{rate.id}"


def _is_addend(mention: Mention, source: Mention) -> bool:
    """Tell whether `source` may be added up: no part of something counted already, no earlier year."""
    apart = source.context.role in {"其中", "任务", "剩余"} or source.context.prior
    return _is_amount(source) and comparable(mention, source) and not apart


def _is_amount(source: Mention) -> bool:
    number = source.number
    plain = number.kind in {"quantity", "money"} and number.value is not None and number.upper is None
    return plain and not source.context.mean and source.context.change is None
