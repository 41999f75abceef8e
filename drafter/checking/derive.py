"""Numbers that follow from those of the notes, as far as a trigger word allows it.

Free arithmetic would explain almost any wrong number, so each kind of
derivation asks for its own words in the sentence and takes its operands from
the notes that the paragraph speaks of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.checking.amounts import Sources, failures, other_halves, products, remainders, rests
from drafter.checking.arithmetic import DOUBLINGS, POINTS, TIMES, Derived, converted, fits
from drafter.checking.changes import (
    against_named,
    before_change,
    changes,
    grown,
    multiples,
    on_the_last,
    rises,
    times_of_named,
    times_of_the_last,
)
from drafter.checking.direct import comparable
from drafter.checking.means import PER, means
from drafter.checking.mentions import grams_of
from drafter.checking.naming import says_nothing
from drafter.checking.shares import RATE, rate_numerators, shares
from drafter.checking.sums import named_sums, net_changes, ranked, sums, whole_sums
from drafter.numbers.bands import form_of
from drafter.numbers.beside import list_start
from drafter.numbers.later import Later

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from drafter.checking.mentions import Mention
    from drafter.model import Fact, Quantity

WHOLE = 100
_FIRST = 2
"""So many characters open the words beside a number: 公办 of 公办幼儿园6所."""
NAMED = 0.5
"""From this likeness on the words beside a number name one quantity of the notes, not a total of several."""
_TOTAL = re.compile(
    r"新改扩?建|新[、（(]?改[）)]?扩?建|新建(?:[、和及]|以及)改建|共|合计|累计|总|一并|专兼职|多个|全部"
    r"|(?<![“\"‘「])[两三四](?![^，。；□]{0,3}[”\"’」])"
)
_WHOLE_PLACE = Later(r"全(?:[县市区镇乡村]|街道|社区)|城乡")
_LEVELS = re.compile(r"([国省市县区镇乡村]{2,3})[两二三]级")
_REACHED = re.compile(r"(?:到|至|达|为|有)$")
_BASE_SAID = re.compile(r"上一?年|去年|同期|往年|年初|任务|计划|目标|指标|完成率")
_LISTED = re.compile(r"[、和及与]")
_ASKED = re.compile(r"任务|计划|目标|指标|完成率")
_NAMES = 12
"""So many characters behind a number may name two things that it counts: 8个党委、党总支."""
_TWO_NAMED = re.compile(r"[^，。；、□]{2,6}[、和及][^，。；、□]{2,6}")
_NET = re.compile(r"净[增减]|相抵")
_PARTED = re.compile(r"其中|(?<=[□])[^，。；□]{1,8}中(?=[，,])|分为|包括|由□")
_REST = re.compile(
    r"再(?:完成|新?增|新?建|需)|还需|还差|尚需|剩|余|尚|缺(?![乏陷点口])|仍有|其余|仅|还有|未|另有|差"
)
_ADDED = re.compile(r"新增|净增|增设|增添|新(?:成立|组建|建成?|设立?|办|开办|投用|发展)")
_PAST = re.compile(r"去年|上一?年|前年|往年|年初|同期|同比|环比")
_BEYOND = re.compile(r"超出|超额|超|高出|高于|低于|[比较][^，。；□]{1,10}[高低多少]$")


def derive(
    mention: Mention, sources: Sources, text: str, quantities: Mapping[str, Quantity]
) -> Derived | None:
    """Return the first derivation that the words round the number allow and that gives its value."""
    for label in candidates(mention, sources, text):
        found = fits(label, mention, quantities)
        if found is not None:
            return found
    parted = "其中" in text[mention.context.sentence.start : mention.start] or _is_rated(mention, sources)
    for label in untriggered(mention, sources):
        found = fits(label, mention, quantities, parts=parted)
        if found is not None and (found.support.exact or (set(label) & {"+", "*"} and sources.alone)):
            return found
    return None


def candidates(mention: Mention, sources: Sources, text: str) -> Iterator[str]:
    """Yield the expressions that the words round the number allow, the likeliest first."""
    number, context = mention.number, mention.context
    if number.kind in {"date", "ordinal"} or number.value is None:
        return
    lead = text[context.clause.start : mention.start]
    ratio = number.kind == "percent" or number.unit in TIMES
    added = number.unit not in POINTS and not ratio and _ADDED.search(lead) is not None
    if number.unit not in DOUBLINGS and (context.change is not None or added or _BEYOND.search(lead)):
        past = added or _PAST.search(lead) is not None
        each = "分别" in text[context.sentence.start : mention.start]
        rate = ratio and number.unit not in POINTS
        found = changes(mention, sources, ratio=rate, past=past, each=each)
        yield from found
        if ratio and number.unit not in POINTS:
            yield from rises(sources, context.change)
        yield from on_the_last(sources, context.change) if ratio and "环比" in lead else ()
        said = text[context.segment.start : mention.start]
        yield from against_named(mention, sources, said, ratio=ratio and number.unit not in POINTS)
    if _REACHED.search(lead) or (ratio and context.change == "up"):
        yield from grown(mention, sources, ratio=ratio)
    if _NET.search(lead) and not ratio:
        yield from net_changes(mention, sources)
    if number.unit in POINTS or (ratio and context.change is not None):
        return
    if ratio and context.prior:
        yield from before_change(mention, sources)
    if ratio or number.unit in DOUBLINGS:
        yield from shares(mention, sources, lead) if ratio else ()
        if number.kind != "percent" or _BASE_SAID.search(lead):
            named = rate_numerators(mention, sources.own, text)
            yield from multiples(sources, mention, named, asked=_ASKED.search(lead) is not None)
        yield from times_of_the_last(sources, lead)
        yield from times_of_named(mention, sources, lead)
        return
    yield from _amounts(mention, sources, lead, text)


def _amounts(mention: Mention, sources: Sources, lead: str, text: str) -> Iterator[str]:
    context = mention.context
    if context.prior:
        yield from before_change(mention, sources)
    shared = text[list_start(text, context.clause.start) : mention.start]
    if _REST.search(shared) or _REST.search(text[mention.end : min(context.clause.end, mention.end + 4)]):
        yield from rests(mention, sources)
    yield from other_halves(mention, sources)
    yield from failures(mention, sources)
    if _PARTED.search(text[context.sentence.start : mention.start]):
        yield from remainders(mention, sources)
    if context.mean or PER.search(lead):
        yield from means(mention, sources, lead)
        yield from products(mention, sources)
    divided = "其中" in text[mention.end : mention.end + 12]
    word = _TOTAL.search(lead)
    total_here = divided or (word is not None and not (word[0] == "累计" and _named(mention, sources)))
    total_said = total_here or _TOTAL.search(text[context.sentence.start : mention.start]) is not None
    yield from ranked(sources, mention, lead)
    behind = text[mention.end : mention.end + _NAMES]
    yield from named_sums(mention, sources, behind) if _TWO_NAMED.match(behind) else ()
    if _WHOLE_PLACE.search(lead):
        yield from whole_sums(mention, sources)
    if total_here or (total_said and not _named(mention, sources)):
        free = total_here and not divided and form_of(mention.number.approx) is None
        levels = _LEVELS.search(shared)
        ranks = "、".join(f"{name}级" for name in levels[1]) if levels else ""
        named = list(named_sums(mention, sources, shared + ranks))
        yield from named
        yield from grown(mention, sources, ratio=False)
        yield from sums(mention, sources, free=free) if not (named and _LISTED.search(shared)) else ()
        yield from products(mention, sources)


def _is_rated(mention: Mention, sources: Sources) -> bool:
    """Tell whether the notes have the rate of what the number counts: 办结874件 of 办结率97.9%."""
    words = mention.words
    rates = (s for s in sources.own if s.number.kind == "percent" and s.context.head.endswith("率"))
    return any(words & s.near.keys() for s in rates)


def stated_in_words(mention: Mention, sources: Sources, text: str, facts: Sequence[Fact]) -> Fact | None:
    """Return the note that says of all what a rate of 100 % says in figures: 9件，均按期答复."""
    rate = RATE.search(text[mention.context.clause.start : mention.start])
    if rate is None or mention.number.kind != "percent" or mention.number.value != WHOLE:
        return None
    done = "" if says_nothing(rate[1]) else f"[^，,。；;、]{{0,6}}{re.escape(rate[1][-2:])}"
    said = re.compile(f"(?:全部|全都|{'均|都|全' if done else '均已|都已|全覆盖'}){done}")
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
        and sources.likeness.beside(mention, s) > NAMED
        and s.context.dated == mention.context.dated
        and s.context.mean == mention.context.mean
        and not _is_told_apart(mention, s, sources)
        for s in sources.own
    )


def _is_told_apart(mention: Mention, source: Mention, sources: Sources) -> bool:
    """Tell whether a list tells its members apart by words that `mention` has not: 公办幼儿园6所、民办8所."""
    words = {gram for gram in grams_of(source.context.head[:_FIRST]) if len(gram) > 1}
    listed = any(
        s.owner == source.owner
        and s is not source
        and comparable(s, source)
        and s.context.segment == source.context.segment
        for s in sources.own
    )
    return listed and bool(words) and not words & mention.near.keys()


def conversions(mention: Mention, sources: Sources) -> Mention | None:
    """Return the source that gives the same duration in another unit."""
    return next((source for source in sources.own if converted(mention, source)), None)
