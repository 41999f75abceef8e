"""Shares and rates: a part over the whole that the words beside a percentage name."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.checking.amounts import Sources, akin, is_amount, not_less
from drafter.checking.direct import comparable
from drafter.checking.mentions import content, grams_of
from drafter.checking.polarity import signs_of
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
_PLACES = Later(r"[床座岗学席托泊铺]位|名额")
_COME_TO = Later(r"[由从]□[^，。；]{0,6}[增升降减长高][^，。；□]{0,3}[至到]$")
"""What leads from one level to another is no share: 由37家增至46%."""
UNDONE = frozenset({"剩余", "任务"})
"""Roles of numbers that no 率 is a rate of."""


def shares(mention: Mention, sources: Sources, lead: str) -> Iterator[str]:
    """A part over its whole: 率 names the part, 占…的 the whole, else what is printed or fits best."""
    own = [s for s in sources.own if is_amount(s) and s.context.prior == mention.context.prior]
    rate, share_of = RATE.search(lead), _SHARE_OF.search(lead)
    if rate:
        done = [s for s in own if s.context.role not in UNDONE]
        bound = bound_by(done, rate[1])
        bound = bound or _bound_by_a_synonym(done, rate[1])
        yield from _parts_over_wholes(bound, own, sources, crossing=True)
        for whole in bound if not _has_whole(bound, own) else ():
            parts = successes(whole, sources.own)
            if len(parts) == 1:
                yield f"{parts[0].id}/{whole.id}"
        yield from _rates_of_use(sources, own, rate[1])
        yield from _of_the_last(done, bound, sources)
        yield from _of_the_only_two(done, rate[1]) if not bound else ()
    elif share_of and share_of[1]:
        asked = [s for s in own if s.context.role == "任务"] if _ASKED.search(share_of[1]) else []
        wholes = asked or bound_by(own, share_of[1]) or own
        others = [s for s in own if s not in wholes] or own
        parts = [s for s in others if s.id in sources.printed]
        parts = [*parts, *(s for s in _nearest_parts(mention, others, sources) if s not in parts)]
        for whole in wholes:
            for part in parts:
                alike = comparable(part, whole) or _fills(part, whole)
                if part is not whole and alike and part.owner == whole.owner:
                    yield f"{part.id}/{whole.id}"
    elif of_them := _OF_THEM.match(mention.context.tail):
        wholes = bound_by(own, of_them[1])
        parts = [s for s in own if s.id in sources.printed and s not in wholes]
        yield from _parts_over_wholes(parts, wholes, sources, crossing=False)
    elif not _COME_TO.search(lead):
        yield from _parts_over_wholes(_nearest_parts(mention, own, sources), own, sources, crossing=False)


def _has_whole(bound: Sequence[Mention], own: Sequence[Mention]) -> bool:
    """Tell whether the notes give what one of the numbers is a part of: 开工14个 of 计划14个."""
    return any(
        s.owner == part.owner and s.end <= part.start and comparable(s, part) and not_less(s, part)
        for part in bound
        for s in own
    )


def _of_the_last(done: Sequence[Mention], bound: Sequence[Mention], sources: Sources) -> Iterator[str]:
    """The number printed last over one before it, where no note names the part: 8处已整治6处，整治率."""
    printed = [s for name in dict.fromkeys(reversed(sources.order)) for s in done if s.id == name]
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
    parts: Sequence[Mention], wholes: Sequence[Mention], sources: Sources, *, crossing: bool
) -> Iterator[str]:
    for part in parts:
        for total in sources.formulas:
            if "+" in total and "/" not in total and part.id in total:
                yield f"{part.id}/({total})"
        for whole in wholes:
            if whole is part or whole.context.prior != part.context.prior:
                continue
            together = akin(part, whole) or {whole.id, part.id} <= sources.printed
            same = together and comparable(part, whole) and not_less(whole, part)
            if not crossing and _is_sibling(part, whole, wholes):
                continue
            if same or (crossing and whole.owner == part.owner and _each_has_one(part, whole)):
                yield f"{part.id}/{whole.id}"


def _is_sibling(part: Mention, whole: Mention, others: Sequence[Mention]) -> bool:
    """Tell whether `whole` is a part itself, listed behind `part` after the whole of both."""
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


def successes(whole: Mention, sources: Sequence[Mention]) -> list[Mention]:
    """Return the parts of a whole that no number of its note exceeds: 成功28件 of 调解纠纷29件.

    The rate of such a whole is that of its success: 调解率 is 成功 over 调解.
    """
    mates = [s for s in sources if s.owner == whole.owner and is_amount(s) and comparable(s, whole)]
    parts = [s for s in mates if s is not whole and s.context.role not in UNDONE]
    if not all(not_less(whole, s) and s.start > whole.start for s in parts):
        return []
    return [s for s in parts if s.context.prior == whole.context.prior]


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
    return found or (_bound_by_a_synonym(done, rate[1]) if synonyms else [])


def _each_has_one(part: Mention, whole: Mention) -> bool:
    """Tell whether a thing of another measure word may be counted per person or household (光荣牌悬挂率)."""
    if _fills(part, whole):
        return True
    if part.number.value == whole.number.value and part.key != whole.key:
        return True
    people = any(same_unit(whole.number.unit, unit) for unit in ("人", "户", "家"))
    countable = part.number.kind == "quantity" and whole.number.kind == "quantity"
    return people and countable and not_less(whole, part)


def _fills(part: Mention, whole: Mention) -> bool:
    """Tell whether `part` are people and `whole` the places for them: 床位620张，入住465人."""
    places = whole.number.unit in {"张", "个", "床", "席"} and _PLACES.search(
        whole.context.head[-3:] + whole.context.tail[:3]
    )
    return bool(places) and same_unit(part.number.unit, "人") and not_less(whole, part)


def bound_by(own: Sequence[Mention], words: str) -> list[Mention]:
    """Return the quantities beside which the last of `words` stand, or at least some of them."""
    read = content(words)
    pairs = [read[at : at + 2] for at in range(len(read) - 2, -1, -1) if " " not in read[at : at + 2]]
    for wanted in (*({pair} for pair in pairs), set(words[-2:])):
        found = [s for s in own if wanted & s.near.keys() and not _is_denied(s, wanted)]
        if found:
            return found
    return []


def _is_denied(source: Mention, wanted: set[str]) -> bool:
    """Tell whether the words beside a number deny the wanted one: 不合格4批次 is none of a 合格率."""
    return bool(wanted & signs_of(source.context.head, source.context.tail).denied)


def says_nothing(rate: str) -> bool:
    """Tell whether 率 is of whatever the notes count, its own words being of any matter: 覆盖率."""
    return rate[-2:] in _words("rates")


@cache
def _words(name: str) -> frozenset[str]:
    text = Path(__file__).with_name("data").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(w for line in text.splitlines() if not line.startswith("#") for w in line.split())


def _bound_by_a_synonym(own: Sequence[Mention], words: str) -> list[Mention]:
    """Return what was dealt with by another word than `words` ends with: 解决118个 for 办结率."""
    known = _words("done")
    return [s for s in own if known & s.near.keys()] if words[-2:] in known else []


def _nearest_parts(mention: Mention, own: Sequence[Mention], sources: Sources) -> list[Mention]:
    """Return the parts that a share without 率 may speak of: what the words fit best."""
    ranked = sorted(own, key=lambda s: -sources.likeness.near(mention, s))
    if ranked and sources.likeness.near(mention, ranked[0]) > 0:
        best = sources.likeness.near(mention, ranked[0])
        return [s for s in ranked if sources.likeness.near(mention, s) >= best * 0.8]
    return list(own)
