"""Sums of what the notes of a paragraph give, as expressions, and what came less what went."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from drafter.checking.amounts import Sources, is_amount, not_less
from drafter.checking.contrasts import RUNNING
from drafter.checking.direct import clash, comparable
from drafter.checking.polarity import opposed
from drafter.checking.surroundings import is_new
from drafter.checking.words import rows_of
from drafter.numbers.bands import form_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drafter.checking.mentions import Mention

MAX_ADDENDS = 4
MOST_TO_COMBINE = 8
_RANK = re.compile(r"([^，。；、：□]{2,4}?)(?:等次|等级|级|学历|档)?(?:及)?以([上下])[^，。；、□]{0,6}$")


def _parts_listed(mention: Mention, sources: Sources) -> Iterator[str]:
    """Yield the sum of the parts that a note lists behind 其中: 排查412户，其中C级18户、D级7户."""
    level = [s for s in sources.own if is_amount(s) and comparable(mention, s) and not s.context.prior]
    for first in (s for s in level if s.context.role == "其中"):
        same = [s for s in level if s.owner == first.owner and s.context.segment == first.context.segment]
        listed = [s for s in same if s.start >= first.start]
        if 1 < len(listed) <= MAX_ADDENDS:
            yield "+".join(s.id for s in listed)


def ranked(sources: Sources, mention: Mention, lead: str) -> Iterator[str]:
    """Yield the parts of a list from one of its ranks on: 良好以上 of 优秀9家、良好22家、合格6家."""
    word = _RANK.search(lead)
    own = [s for s in sources.own if is_amount(s) and comparable(mention, s)]
    for rank in own if word else ():
        if word is None or word[1] not in rank.context.head:
            continue
        mates = [s for s in own if s.owner == rank.owner and s.context.segment == rank.context.segment]
        mates = [s for s in mates if s.context.prior == rank.context.prior and s.context.role != "共"]
        places = {s.id: _rung(s, rank) for s in mates}
        known = [s for s in mates if places[s.id] is not None]
        if len(known) > 1:
            up, here = word[2] == "上", places[rank.id] or 0
            group = [s for s in known if ((places[s.id] or 0) <= here if up else (places[s.id] or 0) >= here)]
            yield "+".join(s.id for s in group)
            continue
        at = mates.index(rank)
        runs = [mates[start : at + 1] for start in range(at)]
        runs += [mates[at:end] for end in range(at + 2, len(mates) + 1)]
        yield from ("+".join(s.id for s in run) for run in runs if len(run) <= MAX_ADDENDS)


def _rung(source: Mention, rank: Mention) -> int | None:
    """Return how far down the ladder of `rank` a number stands, None if it is on no such ladder."""
    for ladder in map(str.split, rows_of("ladders")):
        rungs = [max((r for r in ladder if r in s.context.head), key=len, default="") for s in (source, rank)]
        if all(rungs):
            return ladder.index(rungs[0])
    return None


def sums(mention: Mention, sources: Sources, *, free: bool) -> Iterator[str]:
    """Quantities of one unit: the printed ones, all of them, and when `free` any two to four."""
    own = [s for s in sources.own if _is_addend(mention, s, sources)]
    printed = [s for s in own if s.id in sources.printed]
    yield from _parts_listed(mention, sources)
    for size in range(2, len(sources.listed) + 1):
        yield "+".join(s.id for s in sources.listed[:size])
    group_is_rounded = form_of(mention.number.approx) is not None
    for group in (printed, own) if not group_is_rounded else ():
        if 2 <= len(group) <= MAX_ADDENDS or (group is printed and len(group) > 1):
            yield "+".join(s.id for s in group)
    for owner in dict.fromkeys(s.owner for s in own):
        inside = [s for s in own if s.owner == owner]
        if 1 < len(inside) < len(own) or (group_is_rounded and len(inside) > 1):
            yield "+".join(s.id for s in inside)
    for size in range(2, MAX_ADDENDS + 1):
        if free and len(own) <= MOST_TO_COMBINE:
            for some in combinations(own, size):
                if not any(clash(a, b) for a, b in combinations(some, 2)):
                    yield "+".join(s.id for s in some)


def named_sums(mention: Mention, sources: Sources, lead: str) -> Iterator[str]:
    """Yield the sum of those that the words before a total name, each by a word of its own: 市级、省级共."""
    own = [s for s in sources.own if is_amount(s) and comparable(mention, s) and not s.context.prior]
    own = [s for s in own if s.context.role not in {"任务", "剩余"}]
    named = []
    for source in own:
        others = {gram for s in own if s is not source for gram in s.near}
        if any(len(gram) > 1 and gram in lead for gram in source.near.keys() - others):
            named.append(source)
    for some in (named, *([s for s in named if s is not whole] for whole in named)):
        if 1 < len(some) <= MAX_ADDENDS:
            yield "+".join(s.id for s in some)


def net_changes(mention: Mention, sources: Sources) -> Iterator[str]:
    """Yield what came less what went, or the other way round: 净减少7户 of 新增18户、退出25户."""
    own = [s for s in sources.own if s.number.value is not None and comparable(mention, s)]
    for more in own:
        for less in own:
            apart = less is more or less.owner != more.owner or more.context.prior != less.context.prior
            only = len([s for s in own if s.owner == more.owner]) == len((more, less))
            sides = only or opposed(more, less) or is_new(more.context) != is_new(less.context)
            if not apart and not_less(more, less) and sides:
                yield f"{more.id}-{less.id}"


def whole_sums(mention: Mention, sources: Sources) -> Iterator[str]:
    """All quantities of one unit that one note enumerates; where there is one such note it needs no word."""
    own = [s for s in sources.own if _is_addend(mention, s, sources)]
    owners = {s.owner for s in own}
    if len(owners) == 1 and len(own) > 1:
        yield "+".join(s.id for s in own)


def _is_addend(mention: Mention, source: Mention, sources: Sources) -> bool:
    """Tell whether `source` may be added up: no part of something counted already, no earlier year."""
    if not is_amount(source) or not comparable(mention, source) or source.context.prior:
        return False
    if source.contrasted and source.context.period in RUNNING:
        return False
    if source.context.role == "其中":
        mates = [s for s in sources.own if s.owner == source.owner and s is not source]
        mates = [s for s in mates if comparable(s, source) and is_amount(s)]
        return bool(mates) and all(s.start > source.start for s in mates)
    return source.context.role not in {"任务", "剩余"}
