"""Shares and rates: a part over the whole that the words beside a percentage name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.checking.amounts import Sources, akin, is_amount, not_less
from drafter.checking.direct import comparable
from drafter.checking.mentions import grams_of
from drafter.checking.naming import (
    UNDONE,
    bound_by,
    bound_by_a_synonym,
    fills,
    is_level,
    is_named_rate,
    nearest_parts,
    parts_said,
    says_nothing,
    successes,
)
from drafter.checking.words import words_of
from drafter.numbers.families import same_unit
from drafter.numbers.later import Later

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.checking.mentions import Mention

RATE = re.compile(
    r"([^，。；、：□]{1,10}?)率(?:已|均|约|近|超过|超|突破|达到|达|为|是|在|至|保持在|高达|平均)*$"
)
_SHARE_OF = re.compile(r"(?:占|为|达|是|完成|不足|超过|相当于)□*([^，。；□]{0,12}?)(?:总)?(?:数|量)?的$")
_OF_THEM = Later(r"的([^，。；、□]{2,6})")
"""What stands behind a share and names its whole: 覆盖六成以上的小区."""
_ASKED = re.compile(r"任务|计划|目标|指标")
_OF_THE_LAST = Later(r"(?:占|为|达|是|相当于)[^，。；□]*□+的$")
_BARE = Later(r"(?:^|[，,、（(])(?:占比?|比例|占比?例)(?:为|达到?|约|近|超过?)?$")
"""A share of which nothing is said but that it is one: it is that of the number before it."""
_DIFFERENCE = Later(r"[FP]\d+\.\d+-[FP]\d+\.\d+")
_AMONG = Later(r"([^，。；、□其]{2,8})中[，,]?([^，。；□]{0,10}?)(?:占|有)[^，。；□]{0,3}$")
"""What stands before 中 and names the whole: 签约人员中重点人群占三成."""
_ESTEEM = Later(r"([^，。；、□]{0,8}(?:满意|知晓|参与|认可|支持|信任))度(?:[^，。；□]{0,3})$")
_COME_TO = Later(r"[由从]□[^，。；]{0,6}[增升降减长高][^，。；□]{0,3}[至到]$")
"""What leads from one level to another is no share: 由37家增至46%."""


def shares(mention: Mention, sources: Sources, lead: str) -> Iterator[str]:
    """A part over its whole: 率 names the part, 占…的 the whole, else what is printed or fits best."""
    own = [s for s in sources.own if is_level(s) and s.context.prior == mention.context.prior]
    rate, share_of = RATE.search(lead), _SHARE_OF.search(lead)
    if esteem := _ESTEEM.search(lead):
        yield from _parts_over_wholes(bound_by(own, esteem[1]), own, sources, crossing=True)
    elif rate:
        yield from _by_rate(rate[1], own, sources)
    elif share_of and share_of[1]:
        yield from _by_whole(mention, share_of[1], own, sources)
    elif of_them := _OF_THEM.match(mention.context.tail):
        wholes = bound_by(own, of_them[1])
        parts = [s for s in own if s.id in sources.printed and s not in wholes]
        yield from _parts_over_wholes(parts, wholes, sources, crossing=False)
    elif _OF_THE_LAST.search(lead):
        printed = sources.latest(own)
        parts = [*printed[1:], *nearest_parts(mention, own, sources)]
        yield from _parts_over_wholes(parts, printed[:1], sources, crossing=False)
    elif not _COME_TO.search(lead):
        yield from _by_part(mention, lead, own, sources)


def _by_rate(rate: str, own: Sequence[Mention], sources: Sources) -> Iterator[str]:
    """What 率 names over its whole: 办结率 is 办结 over 受理."""
    if any(is_named_rate(s, rate) for s in sources.own if s.id not in sources.printed):
        return
    done = [s for s in own if s.context.role not in UNDONE]
    bound = bound_by(done, rate) or bound_by_a_synonym(done, rate)
    spoken = {s.owner for s in own if s.id in sources.printed}
    if spoken and not any(s.owner in spoken for s in bound):
        whole_word = set(rate[-2:])
        bound = [s for s in done if s.owner in spoken and whole_word <= s.near.keys()] or bound
    settled = rate[-2:] in words_of("done")
    yield from _parts_over_wholes(bound, own, sources, crossing=True, nearest=settled)
    for whole in bound if not _has_whole(bound, own) else ():
        parts = successes(whole, sources.own)
        if len(parts) == 1:
            yield f"{parts[0].id}/{whole.id}"
    yield from _rates_of_use(sources, own, rate)
    yield from _of_the_last(done, bound, sources)
    yield from _of_the_only_two(done, rate) if not bound else ()


def _by_whole(mention: Mention, named: str, own: Sequence[Mention], sources: Sources) -> Iterator[str]:
    """A part over the whole that 占…的 names."""
    asked = [s for s in own if s.context.role == "任务"] if _ASKED.search(named) else []
    wholes = asked or bound_by(own, named) or own
    others = [s for s in own if s not in wholes] or own
    parts = [s for s in others if s.id in sources.printed]
    parts = [*parts, *(s for s in nearest_parts(mention, others, sources) if s not in parts)]
    rest = sources.formulas[-1] if sources.formulas else ""
    yield from (f"({rest})/{w.id}" for w in wholes if _DIFFERENCE.fullmatch(rest) and w.id in rest)
    for whole in wholes:
        for part in parts:
            alike = comparable(part, whole) or fills(part, whole)
            together = akin(part, whole) or {part.id, whole.id} <= sources.printed
            if part is not whole and alike and together:
                yield f"{part.id}/{whole.id}"


def _by_part(mention: Mention, lead: str, own: Sequence[Mention], sources: Sources) -> Iterator[str]:
    """The part that the words beside a share name, or the number before a bare 占, over its whole."""
    among = _AMONG.search(lead)
    if among:
        some = bound_by(own, among[2]) if among[2] else nearest_parts(mention, own, sources)
        named = bound_by([s for s in own if s not in some], among[1])
        together = ((p, w) for p in some for w in named if comparable(p, w) and not_less(w, p))
        yield from (f"{p.id}/{w.id}" for p, w in together)
        if named:
            return
    parts = sources.latest(own)[:1] if _BARE.search(lead) else []
    parts = parts or parts_said(mention, own, sources)
    nearest = mention.context.role == "其中"
    yield from _parts_over_wholes(parts, own, sources, crossing=False, nearest=nearest)


def _has_whole(bound: Sequence[Mention], own: Sequence[Mention]) -> bool:
    """Tell whether the notes give what one of the numbers is a part of: 开工14个 of 计划14个."""
    return any(
        s.owner == part.owner and s.end <= part.start and comparable(s, part) and not_less(s, part)
        for part in bound
        for s in own
    )


def _of_the_last(done: Sequence[Mention], bound: Sequence[Mention], sources: Sources) -> Iterator[str]:
    """The number printed last over one before it, where no note names the part: 8处已整治6处，整治率."""
    printed = sources.latest(done)
    part, wholes = printed[:1], printed[1:]
    for whole in wholes:
        alone = all(s is whole for s in bound)
        if alone and whole.owner == part[0].owner and comparable(part[0], whole) and not_less(whole, part[0]):
            yield f"{part[0].id}/{whole.id}"


def _of_the_only_two(done: Sequence[Mention], words: str) -> Iterator[str]:
    """The one share that the notes leave, where 率 names nothing of its own: 覆盖率 of 1284人, 享受1284人."""
    pairs = [(p, w) for w in done for p in done if p.start > w.start and comparable(p, w) and not_less(w, p)]
    if len(pairs) == 1 and says_nothing(words) and akin(*pairs[0]):
        yield f"{pairs[0][0].id}/{pairs[0][1].id}"


def _parts_over_wholes(
    parts: Sequence[Mention],
    wholes: Sequence[Mention],
    sources: Sources,
    *,
    crossing: bool,
    nearest: bool = False,
) -> Iterator[str]:
    """Yield each part over its wholes; with `nearest` only over what stands closest before it."""
    for part in parts:
        for total in sources.formulas:
            if "+" in total and "/" not in total and part.id in total:
                yield f"{part.id}/({total})"
        fitting = [w for w in wholes if w is not part and w.context.prior == part.context.prior]
        if not crossing:
            fitting = [w for w in fitting if not _is_sibling(part, w, wholes)]
        same = [w for w in fitting if comparable(part, w) and not_less(w, part)]
        same = [w for w in same if akin(part, w) or {w.id, part.id} <= sources.printed]
        yield from (f"{part.id}/{w.id}" for w in _meant(part, same, sources, nearest=nearest))
        for whole in fitting if crossing else ():
            if whole.owner == part.owner and whole not in same and _each_has_one(part, whole):
                yield f"{part.id}/{whole.id}"


def _meant(part: Mention, wholes: Sequence[Mention], sources: Sources, *, nearest: bool) -> Iterator[Mention]:
    """Yield the wholes that are meant: none beyond a printed one that is nearer to the part.

    With `nearest` only the one printed last and the one that stands closest in the note.
    """
    printed = sources.latest(wholes)
    before = [w for w in wholes if w.owner == part.owner and w.start < part.start]
    here = [w for w in before if w.context.segment == part.context.segment and w.context.role != "其中"]
    if part.context.role == "其中" and here:
        yield here[-1]
        return
    if nearest:
        last = [w for w in before[-1:] if w not in printed[:1]]
        yield from [*printed[:1], *last] or wholes
        return
    for whole in wholes:
        between = (w for w in printed if w.owner == whole.owner and whole.start < w.start < part.start)
        if whole in printed or not any(not_less(whole, w) for w in between):
            yield whole


def _is_sibling(part: Mention, whole: Mention, others: Sequence[Mention]) -> bool:
    """Tell whether `whole` is a part itself, listed behind `part` after the whole of both."""
    listed = whole.context.role == "其中" and whole.context.segment == part.context.segment
    if listed and whole.owner == part.owner and part.context.role != "其中":
        return True
    first = [s for s in others if s.owner == part.owner and s.start < part.start < whole.start]
    return any(comparable(s, whole) and not_less(s, whole) for s in first)


def _rates_of_use(sources: Sources, own: Sequence[Mention], words: str) -> Iterator[str]:
    """What uses the places that 率 names over their number: 托位使用率 is 入托 over 托位."""
    named = {gram for gram in grams_of(words[:-2]) if len(gram) > 1}
    for whole in own:
        if not named & whole.near.keys():
            continue
        for part in own:
            if part is not whole and {whole.id, part.id} <= sources.printed and not_less(whole, part):
                yield f"{part.id}/{whole.id}"


def rate_numerators(
    mention: Mention, sources: Sequence[Mention], text: str, *, synonyms: bool = False
) -> list[Mention]:
    """Return the quantities that the 率 before the number is a rate of, none where that is not known."""
    rate = RATE.search(text[mention.context.clause.start : mention.start])
    if rate is None or mention.number.kind != "percent":
        return []
    grams = {gram for gram in grams_of(rate[1][-2:]) if len(gram) > 1}
    done = [s for s in sources if is_amount(s) and s.context.role not in UNDONE]
    found = [s for s in done if grams & s.near.keys()]
    return found or (bound_by_a_synonym(done, rate[1]) if synonyms else [])


def _each_has_one(part: Mention, whole: Mention) -> bool:
    """Tell whether a thing of another measure word may be counted per person or household (光荣牌悬挂率)."""
    if fills(part, whole):
        return True
    if part.number.value == whole.number.value and part.key != whole.key:
        return True
    people = any(same_unit(whole.number.unit, unit) for unit in ("人", "户", "家"))
    countable = part.number.kind == "quantity" and whole.number.kind == "quantity"
    return people and countable and not_less(whole, part)
