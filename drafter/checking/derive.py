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
    named_sums,
    net_changes,
    other_halves,
    products,
    ranked,
    remainders,
    rests,
    sums,
    whole_sums,
)
from drafter.checking.arithmetic import DOUBLINGS, POINTS, TIMES, Derived, converted, fits
from drafter.checking.book import unrelated
from drafter.checking.direct import ANOTHER_TIME, clash, comparable
from drafter.checking.mentions import grams_of
from drafter.checking.polarity import signs_of
from drafter.checking.shares import RATE, bound_by, says_nothing, shares
from drafter.checking.surroundings import is_new
from drafter.numbers.bands import form_of
from drafter.numbers.beside import list_start
from drafter.numbers.compare import supports
from drafter.numbers.later import Later

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from drafter.checking.mentions import Mention
    from drafter.model import Fact, Quantity

WHOLE = 100
_FIRST = 2
"""So many characters open the words beside a number: 公办 of 公办幼儿园6所."""
_TOLD = 0.4
"""The weight of words that stand in the clause of a number or right before it."""
NAMED = 0.5
"""From this likeness on the words beside a number name one quantity of the notes, not a total of several."""
_TOTAL = re.compile(
    r"新改扩?建|新[、（(]?改[）)]?扩?建|新建(?:[、和及]|以及)改建|共|合计|累计|总|一并|专兼职|多个|全部"
    r"|(?<![“\"‘「])[两三四](?![^，。；□]{0,3}[”\"’」])"
)
_WHOLE_PLACE = Later(r"全(?:[县市区镇乡村]|街道|社区)|城乡")
_OF_THE_LAST = re.compile(r"(?:是|为|达|相当于)[^，。；□]*□+的$")
_TIMES_OF = re.compile(r"(?:是|为|达|相当于)([^，。；□]{2,10})的$")
_LEVELS = re.compile(r"([国省市县区镇乡村]{2,3})[两二三]级")
_REACHED = re.compile(r"(?:到|至|达|为|有)$")
_NET = re.compile(r"净[增减]|相抵")
_PARTED = re.compile(r"其中|(?<=[□])[^，。；□]{1,8}中(?=[，,])|分为|包括|由□")
_REST = re.compile(r"还需|还差|尚需|剩|余|尚|缺(?![乏陷点口])|仍有|其余|仅|还有|未|另有|差")
_ADDED = re.compile(r"新增|净增|增设|增添|新(?:成立|组建|建成?|设立?|办|开办|投用|发展)")
_PAST = re.compile(r"去年|上一?年|前年|往年|年初|同期|同比|环比")
_BEYOND = re.compile(r"超出|超额|超|高出|高于|低于|[比较][^，。；□]{1,10}[高低多少]$")
_BASE_DATE = re.compile(
    r"(?:[比较]□+(?:的|时)?|[由从]□+的?□*[^，。；□]{0,4}[到至为]□+[，,](?:同比)?)(?:增|多|减|少|高|低|下|上|提|净)"
)
_BASE = re.compile(r"[比较]([^，。；□]{2,8}?)(?:的|时|同期)?(?:增|多|减|少|高|低|下|上|提|净)")


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
        if found is not None and (found.support.exact or ("+" in label and sources.alone)):
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
        changes = _changes(mention, sources, ratio=ratio and number.unit not in POINTS, past=past)
        yield from changes
        if ratio and number.unit not in POINTS:
            yield from _rises(sources, context.change)
        yield from _on_the_last(sources, context.change) if ratio and "环比" in lead else ()
        said = text[context.segment.start : mention.start]
        yield from _against_named(mention, sources, said, ratio=ratio and number.unit not in POINTS)
    if _REACHED.search(lead) or (ratio and context.change == "up"):
        yield from _grown(mention, sources, ratio=ratio)
    if _NET.search(lead) and not ratio:
        yield from net_changes(mention, sources)
    if number.unit in POINTS or (ratio and context.change is not None):
        return
    if ratio and context.prior:
        yield from _before_change(mention, sources)
    if ratio or number.unit in DOUBLINGS:
        yield from shares(mention, sources, lead) if ratio else ()
        yield from _multiples(sources, mention)
        yield from _times_of_the_last(sources, lead)
        yield from _times_of_named(mention, sources, lead)
        return
    yield from _amounts(mention, sources, lead, text)


def _amounts(mention: Mention, sources: Sources, lead: str, text: str) -> Iterator[str]:
    context = mention.context
    if context.prior:
        yield from _before_change(mention, sources)
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
    if _WHOLE_PLACE.search(lead):
        yield from whole_sums(mention, sources)
    if total_here or (total_said and not _named(mention, sources)):
        free = total_here and not divided and form_of(mention.number.approx) is None
        levels = _LEVELS.search(shared)
        named = "、".join(f"{name}级" for name in levels[1]) if levels else ""
        yield from named_sums(mention, sources, shared + named)
        yield from _grown(mention, sources, ratio=False)
        yield from sums(mention, sources, free=free)
        yield from products(mention, sources)


def _is_rated(mention: Mention, sources: Sources) -> bool:
    """Tell whether the notes have the rate of what the number counts: 办结874件 of 办结率97.9%."""
    words = {gram for gram in mention.near if len(gram) > 1}
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
        and sources.likeness.near(mention, s) > NAMED
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


def _changes(mention: Mention, sources: Sources, *, ratio: bool, past: bool) -> Iterator[str]:
    """This year's figure less the earlier one, or what was done less what was asked; the sign agrees.

    With `past` the words name an earlier year, and no target is meant. Where
    the words beside the number name one of the figures, no other is meant.
    """
    change = mention.context.change
    pairs = list(_pairs_over_time(sources, mention))
    words = {gram for gram in mention.near if len(gram) > 1}
    named = [pair for pair in pairs if words & pair[0].near.keys() and comparable(mention, pair[0])]
    for new, old in named if not ratio and named else pairs:
        if past and old.context.role == "任务":
            continue
        first, second = (old, new) if change == "down" else (new, old)
        value, other = first.number.value, second.number.value
        if value is None or other is None or value < other:
            continue
        difference = f"{first.id}-{second.id}"
        yield f"({difference})/{old.id}" if ratio else difference


def _rises(sources: Sources, change: str | None) -> Iterator[str]:
    """By how much one rose, where its note gives the rise: 96人，净增21人 is 28 % more than before."""
    for rise in sources.own:
        rose = "up" if is_new(rise.context) else rise.context.change
        for new in sources.own if rose is not None and rose == change else ():
            level = new.owner == rise.owner and not new.context.change and not new.context.prior
            level = level and new is not rise and not is_new(new.context)
            if level and comparable(new, rise) and new.context.segment == rise.context.segment:
                yield f"{rise.id}/({new.id}{'-' if change == 'up' else '+'}{rise.id})"


def _against_named(mention: Mention, sources: Sources, lead: str, *, ratio: bool) -> Iterator[str]:
    """What is said of one thing less what the words behind 比 name beside it: 秋季341人，比春季增加55人."""
    found = _BASE.search(lead)
    date = mention.context.when if _BASE_DATE.search(lead) else None
    named = {gram for gram in grams_of(found[1]) if len(gram) > 1} if found else set()
    sides = signs_of(found[1], "").sides if found else frozenset()
    for old in sources.own:
        dated = date is not None and old.context.when == date
        told = {gram for gram, weight in old.grams.items() if weight >= _TOLD}
        beside = sides & signs_of(old.context.head, old.context.tail).sides
        if old.context.prior or not (dated or named & told or beside):
            continue
        for new in sources.own:
            level = new is not old and new.owner == old.owner and comparable(new, old)
            if level and new.id in sources.printed and not new.context.change:
                pair = (old, new) if mention.context.change == "down" else (new, old)
                difference = f"{pair[0].id}-{pair[1].id}"
                yield f"({difference})/{old.id}" if ratio else difference


def _on_the_last(sources: Sources, change: str | None) -> Iterator[str]:
    """The growth of the number printed last over the one printed before it: 一季度35盏，二季度49盏，环比."""
    printed = [s for name in dict.fromkeys(reversed(sources.order)) for s in sources.own if s.id == name]
    printed = [s for s in printed if is_amount(s)]
    new, old = (printed[0], printed[1]) if len(printed) > 1 else (None, None)
    if new is not None and old is not None and comparable(new, old) and new.context.when != old.context.when:
        yield f"({old.id}-{new.id})/{old.id}" if change == "down" else f"({new.id}-{old.id})/{old.id}"


def _pairs_over_time(sources: Sources, mention: Mention) -> Iterator[tuple[Mention, Mention]]:
    for new in sources.own:
        for old in (*sources.own, *sources.earlier):
            if (
                old is new
                or new.context.bounds
                or not comparable(new, old)
                or new.context.change
                or old.context.change
            ):
                continue
            earlier = old.context.prior or old in sources.earlier
            asked = old.context.role == "任务" and new.context.role != "任务" and new.owner == old.owner
            if new.context.prior or new.context.mean != old.context.mean:
                continue
            apart = new.owner != old.owner and not sources.likeness.near(new, old)
            if asked or (earlier and not apart and _same_thing(new, old, sources, mention)):
                yield new, old


def _is_spoken_of(new: Mention, sources: Sources, mention: Mention) -> bool:
    """Tell whether the words beside a change or the number last printed before it are those of `new`."""
    said = next((m for m in reversed(sources.spoken) if comparable(m, new)), None)
    words = {gram for gram in mention.near if len(gram) > 1}
    if said is None or (words & new.near.keys() and not words & said.near.keys()):
        return True
    if supports(new.number, said.number) is None:
        return False
    rivals = [s for s in sources.own if comparable(s, said) and supports(s.number, said.number) is not None]
    return all(sources.likeness(said, other) <= sources.likeness(said, new) for other in rivals)


def _same_thing(new: Mention, old: Mention, sources: Sources, mention: Mention) -> bool:
    """Tell whether an earlier figure is of the same thing: no other new figure fits it clearly better.

    One of a past report must be told in words that the note has too; in one note both stand together.
    """
    if old in sources.earlier:
        apart = unrelated(new, old) or clash(new, old) not in {None, ANOTHER_TIME}
        if apart or not _is_spoken_of(new, sources, mention):
            return False
    mine = sources.likeness(new, old)
    rivals = [s for s in sources.own if comparable(s, old) and not s.context.prior and s is not new]
    rivals = [
        s
        for s in rivals
        if not s.context.bounds
        and (s.context.role != "其中" or s.owner != new.owner)
        and (s.context.role != "任务" or new.context.role == "任务")
    ]
    return all(sources.likeness(other, old) <= mine * 1.2 for other in rivals)


def _before_change(mention: Mention, sources: Sources) -> Iterator[str]:
    """What a figure was before a change that its note states: 1680 less the 240 of 净增240."""
    for change in sources.own:
        for new in sources.own:
            apart = new is change or new.owner != change.owner or new.context.change or new.context.prior
            alike = comparable(new, change) or (new.number.kind == "percent" and change.number.unit in POINTS)
            if apart or not alike or not comparable(new, mention):
                continue
            if change.context.change or is_new(change.context):
                yield f"{new.id}{'+' if change.context.change == 'down' else '-'}{change.id}"


def _times_of_the_last(sources: Sources, lead: str) -> Iterator[str]:
    """How many times the number printed last another one printed is: 收看2.16万人次，是听众5400人次的4倍."""
    printed = [s for name in dict.fromkeys(reversed(sources.order)) for s in sources.own if s.id == name]
    if len(printed) > 1 and _OF_THE_LAST.search(lead) and comparable(*printed[:2]):
        yield f"{printed[1].id}/{printed[0].id}"


def _times_of_named(mention: Mention, sources: Sources, lead: str) -> Iterator[str]:
    """How many times the number printed last what the words name is: 兼职140名，是专职网格员的5倍."""
    found = _TIMES_OF.search(lead)
    level = [s for s in sources.own if is_amount(s) and s.context.prior == mention.context.prior]
    last = next((s for name in reversed(sources.order) for s in level if s.id == name), None)
    for base in bound_by(level, found[1]) if found and last is not None else ():
        if last is not None and base is not last and comparable(last, base):
            yield f"{last.id}/{base.id}"


def _grown(mention: Mention, sources: Sources, *, ratio: bool) -> Iterator[str]:
    """What there was and what was added to it, or how much that is of it: 原有18座，新建6座, now 24座."""
    level = [s for s in sources.own if is_amount(s) and (ratio or comparable(mention, s))]
    for old in level:
        for added in level if old.context.prior else ():
            if added.owner == old.owner and is_new(added.context) and comparable(added, old):
                yield f"{added.id}/{old.id}" if ratio else f"{old.id}+{added.id}"


def _multiples(sources: Sources, mention: Mention) -> Iterator[str]:
    for new, old in _pairs_over_time(sources, mention):
        yield f"{new.id}/{old.id}"
