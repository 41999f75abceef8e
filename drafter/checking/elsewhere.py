"""Arithmetic with a whole that the draft prints in another place: 覆盖党员298名，覆盖率95.5% of 312名 above.

Such a whole is only taken where the words name it: behind 占, in the name of a
mean, or by the noun that the part of the sentence has too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.checking.amounts import is_amount, not_less
from drafter.checking.direct import comparable
from drafter.checking.means import PER, WHOSE
from drafter.checking.mentions import grams_of
from drafter.checking.shares import RATE
from drafter.numbers.families import same_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.checking.mentions import Mention

_SHARE_OF = re.compile(r"占(?:到|了|全[校镇村县区市])?□*([^，。；□]{0,12}?)(?:总?[数量]|的)*$")
_TAKING_PART = re.compile(
    r"(?:覆盖|参与|参加|参训|参评|普及|惠及|入社|入会|入户|参保|缴费|签约|注册|安装|接通|通水)[率面](?:已|均|约|近|超过|超|达到|达|为|是)*$"
)
_PLACE = re.compile(r"居民|人口|群众|村民|住户|总户|总人|农户")
_DWELLERS = frozenset({"人", "名", "户"})
_UNDONE = re.compile(r"未|没")
_SHARED = 2
"""So many pairs of characters in common make two numbers speak of one matter."""
_COUNTED_AS = re.compile(r"(?:(?:总|合计|人|件|户)?[量数额])?(?:今年|本年|本期)?$")
_KINDS = re.compile(
    r"([两二三四五六])(?:大)?[类种项样][^，。；□]{0,6}(?:共计?|合计|总计|累计)[^，。；□]{0,2}$"
)
_HOW_MANY = "两三四五六"
_PIECES = frozenset({"件", "个", "张", "本", "份", "册", "套", "枚", "块", "面"})
"""Measure words of single things; people, money and turns are not added to them."""
_REST = re.compile(r"还有|其余|余下|剩余|剩下|仅剩|尚有|另有|仍有")


def of_a_whole_elsewhere(
    mention: Mention, said: Sequence[Mention], lead: str, printed: Sequence[Mention], noted: Sequence[Mention]
) -> Iterator[str]:
    """Yield shares, rests and means of what the sentence says and a whole that the draft names elsewhere.

    `noted` are all that could be one; they are asked where the words name a noun that no printed one has.
    """
    amounts = [s for s in said if is_amount(s) and not s.context.prior]
    if mention.number.kind == "percent":
        if mention.context.change is None and amounts:
            yield from _shares(amounts[-1], lead, printed, noted)
        return
    if mention.context.change is not None:
        return
    if mention.context.mean:
        yield from _means(mention, amounts, lead, printed)
    elif _REST.search(lead):
        yield from _rests(mention, amounts, printed)
        yield from _undone(mention, printed)
    elif _UNDONE.search(mention.context.head + mention.context.tail):
        yield from _undone(mention, printed)


def _shares(part: Mention, lead: str, printed: Sequence[Mention], noted: Sequence[Mention]) -> Iterator[str]:
    named = _SHARE_OF.search(lead)
    words = {gram for gram in grams_of(named[1]) if len(gram) > 1} if named else set()
    wholes = [s for s in printed if s is not part and comparable(s, part) and not_less(s, part)]
    if named and words:
        everybody = _PLACE.search(named[1]) is not None
        wholes = [s for s in wholes if everybody or words & nouns(s)] or [
            s
            for s in noted
            if s is not part and words & nouns(s) and comparable(s, part) and not_less(s, part)
        ]
    elif _TAKING_PART.search(lead) or _is_rate_of(part, lead):
        taking = _TAKING_PART.search(lead) is not None and part.number.unit in _DWELLERS
        wholes = [s for s in wholes if taking or nouns(s) & nouns(part)]
    else:
        return
    yield from (f"{part.id}/{whole.id}" for whole in largest(wholes))


def _is_rate_of(part: Mention, lead: str) -> bool:
    """Tell whether the 率 before a number is of the part: 网办 of 网上办件."""
    rate = RATE.search(lead)
    return rate is not None and set(rate[1][-2:]) <= set(_COUNTED_AS.sub("", part.context.head, count=1)[-4:])


def _rests(mention: Mention, amounts: Sequence[Mention], printed: Sequence[Mention]) -> Iterator[str]:
    """What parts of the sentence leave of a whole of their noun, or of the number's own."""
    parts = [s for s in amounts if comparable(s, mention)]
    beside = nouns(mention)
    for part in parts[-1:]:
        wholes = [s for s in printed if s is not part and comparable(s, part) and not_less(s, part)]
        wholes = [s for s in wholes if nouns(s) & (beside | nouns(part))]
        yield from (f"{whole.id}-{part.id}" for whole in largest(wholes))


def _undone(mention: Mention, printed: Sequence[Mention]) -> Iterator[str]:
    """What is left of everybody of those who have it: 8户未通自来水 of 646户, 入户638户."""
    alike = [s for s in printed if comparable(s, mention) and mention.number.unit in _DWELLERS]
    done = [
        s for s in alike if len({g for g in s.near.keys() & mention.near.keys() if len(g) > 1}) >= _SHARED
    ]
    for whole in largest(alike):
        yield from (f"{whole.id}-{s.id}" for s in done if s is not whole and not_less(whole, s))


def _means(
    mention: Mention, amounts: Sequence[Mention], lead: str, printed: Sequence[Mention]
) -> Iterator[str]:
    """A total of the sentence over all of those whom 生均, 师均, 企均 … name."""
    match = next(iter(reversed(list(PER.finditer(lead)))), None)
    whose = match[1] if match else None
    if whose not in WHOSE:
        return
    totals = [s for s in amounts if same_unit(s.number.unit, mention.number.unit)]
    wholes = [s for s in printed if same_unit(s.number.unit, WHOSE[whose])]
    wholes = [s for s in wholes if any(whose in noun for noun in nouns(s))]
    yield from (f"{total.id}/{whole.id}" for total in totals[-1:] for whole in largest(wholes))


def kinds_summed(mention: Mention, said: Sequence[Mention], lead: str) -> Sequence[Mention]:
    """Return the things of several measure words that the sentence adds up: 证5张、照3本，两类证照共8件."""
    word = _KINDS.search(lead)
    things = [s for s in said if is_amount(s) and not s.context.prior and s.number.unit in _PIECES]
    if word is None or mention.number.unit not in {"件", "个"} or len(said) != len(things):
        return ()
    if len(things) != _HOW_MANY.find(word[1].replace("二", "两")) + 2:
        return ()
    return things if sum(s.number.value or 0 for s in things) == mention.number.value else ()


def nouns(mention: Mention) -> set[str]:
    """Return the pairs of characters that stand right before and right behind a number."""
    head, tail = _COUNTED_AS.sub("", mention.context.head, count=1), mention.context.tail
    return {pair for pair in (head[-2:], tail[:2], tail[1:3]) if len(pair) > 1}


def largest(wholes: Sequence[Mention]) -> list[Mention]:
    """Return the largest of several numbers: that of the whole place."""
    return [max(wholes, key=lambda s: s.number.value or 0)] if wholes else []
