"""Comparisons: this year's figure with an earlier one, one thing with another, as expressions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.checking.amounts import Sources, akin, is_amount
from drafter.checking.arithmetic import POINTS
from drafter.checking.book import unrelated
from drafter.checking.direct import ANOTHER_TIME, clash, comparable
from drafter.checking.mentions import content, grams_of
from drafter.checking.naming import bound_by
from drafter.checking.polarity import signs_of
from drafter.checking.surroundings import is_new
from drafter.numbers.compare import supports

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.checking.mentions import Mention

_TOLD = 0.4
"""The weight of words that stand in the clause of a number or right before it."""
_OF_THE_LAST = re.compile(r"(?:是|为|达|相当于)[^，。；□]*□+的$")
_TIMES_OF = re.compile(r"(?:是|为|达|相当于)([^，。；□]{2,10})的$")
_BASE_DATE = re.compile(
    r"(?:[比较]□+(?:的|时)?|[由从]□+的?□*[^，。；□]{0,4}[到至为]□+[，,](?:同比)?)(?:增|多|减|少|高|低|下|上|提|净)"
)
_BEYOND_NAMED = re.compile(r"(?:超出|超过|高出|多出|高于|多于|少于)([^，。；□]{2,8})$")
_BASE_PRINTED = re.compile(r"[比较][^，。；]*□(?:的[^，。；□]{0,4})?(?:增|多|减|少|高|低|下|上|提|净)")
_BASE = re.compile(r"[比较]([^，。；□]{2,8}?)(?:的|时|同期)?(?:增|多|减|少|高|低|下|上|提|净)")


def changes(
    mention: Mention, sources: Sources, *, ratio: bool, past: bool, each: bool = False
) -> Iterator[str]:
    """This year's figure less the earlier one, or what was done less what was asked; the sign agrees.

    With `past` the words name an earlier year, and no target is meant. Where
    the words beside the number name one of the figures, no other is meant, and
    a rate is of what was printed last, unless `each` of several is spoken of.
    """
    change = mention.context.change
    pairs = list(_pairs_over_time(sources, mention))
    words = mention.words
    named = [pair for pair in pairs if words & pair[0].near.keys() and comparable(mention, pair[0])]
    if ratio and not each:
        pairs = _of_its_subject(pairs, sources, words)
    for new, old in named if not ratio and named else pairs:
        if past and old.context.role == "任务":
            continue
        first, second = (old, new) if change == "down" else (new, old)
        value, other = first.number.value, second.number.value
        if value is None or other is None or value < other:
            continue
        difference = f"{first.id}-{second.id}"
        yield f"({difference})/{old.id}" if ratio else difference


def _of_its_subject(
    pairs: Sequence[tuple[Mention, Mention]], sources: Sources, words: set[str]
) -> list[tuple[Mention, Mention]]:
    """Return the pairs that a rate of growth may be of: those its words name, else the one printed last."""
    told = [pair for pair in pairs if words & pair[0].near.keys()]
    if told and len(told) < len(pairs):
        return told
    last = next(iter(sources.latest([source for pair in pairs for source in pair])), None)
    return [pair for pair in pairs if last is None or any(source is last for source in pair)]


def rises(sources: Sources, change: str | None) -> Iterator[str]:
    """By how much one rose, where its note gives the rise: 96人，净增21人 is 28 % more than before."""
    for rise in sources.own:
        rose = "up" if is_new(rise.context) else rise.context.change
        for new in sources.own if rose is not None and rose == change else ():
            level = new.owner == rise.owner and not new.context.change and not new.context.prior
            level = level and new is not rise and not is_new(new.context)
            if level and comparable(new, rise) and new.context.segment == rise.context.segment:
                yield f"{rise.id}/({new.id}{'-' if change == 'up' else '+'}{rise.id})"


def against_named(mention: Mention, sources: Sources, lead: str, *, ratio: bool) -> Iterator[str]:
    """What is said of one thing less what the words behind 比 name beside it: 秋季341人，比春季增加55人."""
    if _BASE_PRINTED.search(lead):
        yield from _on_the_base(sources, mention, ratio=ratio)
    found = _BASE.search(lead) or _BEYOND_NAMED.search(lead)
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


def _on_the_base(sources: Sources, mention: Mention, *, ratio: bool) -> Iterator[str]:
    """What is said of one number less the one printed behind 比: 收入2.36亿元，比确定的2.3亿元多0.06亿元."""
    printed = [s for s in sources.latest(sources.own) if is_amount(s) or s.context.prior]
    if len(printed) > 1 and comparable(*printed[:2]):
        old, new = printed[:2]
        difference = f"{old.id}-{new.id}" if mention.context.change == "down" else f"{new.id}-{old.id}"
        yield f"({difference})/{old.id}" if ratio else difference


def on_the_last(sources: Sources, change: str | None) -> Iterator[str]:
    """The growth of the number printed last over the one printed before it: 一季度35盏，二季度49盏，环比."""
    printed = [s for s in sources.latest(sources.own) if is_amount(s)]
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
            asked = old.context.role == "任务" and new.context.role != "任务" and akin(new, old)
            if new.context.prior or new.context.mean != old.context.mean:
                continue
            apart = new.owner != old.owner and not sources.likeness.near(new, old)
            if asked or (earlier and not apart and _same_thing(new, old, sources, mention)):
                yield new, old


def _is_spoken_of(new: Mention, sources: Sources, mention: Mention) -> bool:
    """Tell whether the words beside a change or the number last printed before it are those of `new`."""
    said = next((m for m in reversed(sources.spoken) if comparable(m, new)), None)
    words = mention.words
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
    if new.id in sources.printed and new.owner == old.owner and not content(old.context.head).strip():
        return True
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


def before_change(mention: Mention, sources: Sources) -> Iterator[str]:
    """What a figure was before a change that its note states: 1680 less the 240 of 净增240."""
    for change in sources.own:
        for new in sources.own:
            apart = new is change or new.owner != change.owner or new.context.change or new.context.prior
            alike = comparable(new, change) or (new.number.kind == "percent" and change.number.unit in POINTS)
            if apart or not alike or not comparable(new, mention):
                continue
            if change.context.change or is_new(change.context):
                yield f"{new.id}{'+' if change.context.change == 'down' else '-'}{change.id}"


def times_of_the_last(sources: Sources, lead: str) -> Iterator[str]:
    """How many times the number printed last another one printed is: 收看2.16万人次，是听众5400人次的4倍."""
    printed = sources.latest(sources.own)
    if len(printed) > 1 and _OF_THE_LAST.search(lead) and comparable(*printed[:2]):
        yield f"{printed[1].id}/{printed[0].id}"


def times_of_named(mention: Mention, sources: Sources, lead: str) -> Iterator[str]:
    """How many times the number printed last what the words name is: 兼职140名，是专职网格员的5倍."""
    found = _TIMES_OF.search(lead)
    level = [s for s in sources.own if is_amount(s) and s.context.prior == mention.context.prior]
    last = next(iter(sources.latest(level)), None)
    for base in bound_by(level, found[1]) if found and last is not None else ():
        if last is not None and base is not last and comparable(last, base):
            yield f"{last.id}/{base.id}"


def grown(mention: Mention, sources: Sources, *, ratio: bool) -> Iterator[str]:
    """What there was and what was added to it, or how much that is of it: 原有18座，新建6座, now 24座."""
    level = [s for s in sources.own if is_amount(s) and (ratio or comparable(mention, s))]
    for old in level:
        for added in level if old.context.prior else ():
            if added.owner == old.owner and is_new(added.context) and comparable(added, old):
                yield f"{added.id}/{old.id}" if ratio else f"{old.id}+{added.id}"


def multiples(sources: Sources, mention: Mention, named: Sequence[Mention], *, asked: bool) -> Iterator[str]:
    """How many times what there was before, or what was `asked` for, there is now."""
    for new, old in _pairs_over_time(sources, mention):
        if mention.number.kind == "percent" and asked != (old.context.role == "任务"):
            continue
        if not named or any(new is source for source in named):
            yield f"{new.id}/{old.id}"
