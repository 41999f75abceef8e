"""Quantities of the notes that the words beside a number fit clearly better than its own source."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.direct import OWN, TOTAL, Match, clash, comparable
from drafter.checking.surroundings import is_new
from drafter.checking.words import words_of
from drafter.numbers.compare import supports
from drafter.numbers.same_date import same_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.checking.likeness import Likeness
    from drafter.checking.mentions import Mention

RIVAL_LEAD = 1.15
"""How much better another quantity must fit the words before the one with the right value is doubted."""
RIVAL_MARGIN = 0.04
SWAP_MARGIN = 0.01
"""How much better two printed numbers must fit the other way round before they are taken for swapped."""
_OTHERS_WORD = 0.1
"""What it counts that a number has words of another one of its note that its own source has not."""
_TWIN = 0.3
"""What it counts that the sentence speaks of another fact that has a number of the very same words."""
_ALIKE = 0.9
"""From this likeness on the words beside two numbers are the same."""
_OCCASIONS = "=次"
"""The key of what is counted by 次, 场, 期 or 轮."""
_SWAPPED = 0.25
"""So much of the likeness to its own source a number must have to the other one, to be taken for swapped."""
_TOLD = 0.5
"""The weight of words that tell what a note is about: next to its number, or before its colon."""
AFFINITY = 0.3
"""What it counts that the paragraph speaks of the one fact rather than of the other."""
_HOME = 0.66
"""How much more than that a fact must have whose numbers are set against those of one that has a lot."""


class Bench(NamedTuple):
    """What rivals are weighed with: likeness, how much the paragraph speaks of each fact, who prints what."""

    likeness: Likeness
    affinity: Mapping[int, float]
    claims: Mapping[str, Sequence[Mention]]
    company: Mapping[int, Mapping[int, frozenset[str]]]


def rival(mention: Mention, match: Match, sources: Sequence[Mention], bench: Bench) -> Mention | None:
    """Return a quantity of the same unit and another value that the words fit clearly better.

    A source that the draft prints elsewhere is a rival only when the two
    numbers would fit better the other way round.
    """
    if mention.number.kind == "date" or is_threshold(mention):
        return None
    best: Mention | None = None
    most = 0.0
    home = bench.affinity.get(match.source.owner, 0.0)
    for source in sources:
        if source is match.source or not comparable(mention, source):
            continue
        score = 0.0 if source.context.bounds else bench.likeness(mention, source)
        if score == 0.0 or clash(mention, source):
            continue
        claimer = _claimer(source, mention, bench)
        twin = claimer is None and _is_twin(mention, match.source, source, bench)
        if not twin and _is_out(mention, match, (source, claimer), bench):
            continue
        if supports(source.number, mention.number) is not None:
            continue
        bar = SWAP_MARGIN if claimer else RIVAL_MARGIN + (RIVAL_LEAD - 1) * match.likeness
        gain = score - match.likeness + AFFINITY * (bench.affinity.get(source.owner, 0.0) - home)
        if claimer is not None and score < match.likeness * _SWAPPED:
            continue
        gain += _OTHERS_WORD if _is_told_apart(mention, match.source, source) else 0.0
        gain += _TWIN if twin else 0.0
        if claimer is not None:
            gain += bench.likeness(claimer, match.source) - bench.likeness(claimer, source)
        if gain > max(bar, most):
            best, most = source, gain
    return best


def another_date(mention: Mention, meant: Mention, sources: Sequence[Mention]) -> Mention | None:
    """Return a date of the same note whose words a date has, and none of its source's: 3月动工, 9月通车."""
    if mention.number.kind != "date":
        return None
    said = mention.words
    for source in sources:
        apart = source.owner == meant.owner and not same_date(source.number.iso, mention.number.iso)
        mine, other = meant.near.keys() - source.near.keys(), source.near.keys() - meant.near.keys()
        if apart and said & other and not said & mine:
            return source
    return None


def _is_twin(mention: Mention, meant: Mention, source: Mention, bench: Bench) -> bool:
    """Tell whether the sentence speaks of another fact, with a number of the very words, not of this one."""
    told = bench.company.get(mention.context.sentence.start, {})
    others = [told.get(s.owner, frozenset()) - {s.id} for s in (meant, source)]
    alike = bench.likeness.beside(meant, source) >= _ALIKE
    return meant.owner != source.owner and alike and bool(others[1]) and not others[0]


def _is_told_apart(mention: Mention, meant: Mention, source: Mention) -> bool:
    """Tell whether a part or a mean has words of another one of its note, and none of only its own source."""
    said = mention.words
    mine, other = meant.whole or meant.near, source.whole or source.near
    apart = said & (other.keys() - mine.keys()) and not said & (mine.keys() - other.keys())
    each = all(s.context.mean or s.context.frequency or s.context.role == "其中" for s in (meant, source))
    return bool(apart) and each and meant.owner == source.owner


def _is_no_company(mention: Mention, meant: Mention, source: Mention, bench: Bench) -> bool:
    """Tell whether the sentence prints several numbers of the one fact and none of the other."""
    told = bench.company.get(mention.context.sentence.start, {})
    return len(told.get(meant.owner, ())) > 1 and not told.get(source.owner)


def _is_out(mention: Mention, match: Match, other: tuple[Mention, Mention | None], bench: Bench) -> bool:
    """Tell whether a source is no rival, whatever its words; `other` is it and who prints it in the draft."""
    source, claimer = other
    if (
        _is_target(source, claimer, mention)
        or _same_words(source, match.source)
        or _is_no_company(mention, match.source, source, bench)
        or _is_of_another_time(mention, match.source, source)
        or _is_of_another_measure(mention, match.source, source)
    ):
        return True
    if claimer is not None:
        return _is_settled((mention, match.source), (claimer, source), bench)
    return _is_unsaid(mention, match, source, bench)


def _is_of_another_time(mention: Mention, meant: Mention, source: Mention) -> bool:
    """Tell whether plan, period, date or newness is what a number has in common with its own source only."""
    mine, own, other = mention.context, meant.context, source.context
    planned = mention.planned and meant.planned and not source.planned
    summed = mine.period == TOTAL == own.period != other.period
    added = is_new(mine) and is_new(own) and not is_new(other)
    return planned or summed or added or (mine.when is not None and mine.when == own.when != other.when)


def _is_of_another_measure(mention: Mention, meant: Mention, source: Mention) -> bool:
    """Tell whether an activity goes by the measure word of its source and not by the other's: 期, 场."""
    own = mention.number.unit == meant.number.unit != source.number.unit
    return own and mention.key == _OCCASIONS


def _is_unsaid(mention: Mention, match: Match, source: Mention, bench: Bench) -> bool:
    """Tell whether the words speak of the match rather than of `source`, which the draft does not print."""
    if _is_only_asked(source, match.source, mention) or _has_its_verb(mention, match.source, source):
        return True
    if _is_dealt_with(mention, match.source, source) or _is_unsaid_part(mention, match.source, source):
        return True
    near = bench.likeness.near
    return near(mention, source) <= near(mention, match.source) or _is_away(source, match, bench)


def _is_away(source: Mention, match: Match, bench: Bench) -> bool:
    """Tell whether the paragraph speaks of the fact of the match and hardly of that of `source`."""
    home, other = (bench.affinity.get(s.owner, 0.0) for s in (match.source, source))
    return home >= OWN > other - _HOME * (home - OWN)


def is_threshold(mention: Mention) -> bool:
    """Tell whether a number bounds who is counted (80岁以上) and counts nothing itself."""
    aged = mention.number.unit in {"岁", "周岁"} and mention.number.approx in {"以上", "以下"}
    return aged or mention.context.bounds


def _is_target(source: Mention, claimer: Mention | None, mention: Mention) -> bool:
    """Tell whether the draft prints `source` as the target that it is, and `mention` as no target."""
    roles = [m.context.role for m in (source, claimer) if m is not None]
    return roles == ["任务", "任务"] and mention.context.role != "任务"


def _is_only_asked(source: Mention, meant: Mention, mention: Mention) -> bool:
    """Tell whether `source` is the target of what its note says was done, and the draft names none."""
    roles = [m.context.role == "任务" for m in (source, meant, mention)]
    return roles == [True, False, False] and source.owner == meant.owner


def _has_its_verb(mention: Mention, meant: Mention, source: Mention) -> bool:
    """Tell whether the first or last word before a number is that of its own source: 办结信访事项236件.

    What both numbers of a note are about, often said before the first of them only, is then no sign for it.
    """
    head = mention.context.head
    words = {head[:2], head[-2:]} if len(head) > 1 else set()
    told = {
        gram for gram in mention.near.keys() & source.near.keys() - meant.near.keys() if not _is_han(gram)
    }
    verb = meant.context.head[:1] == head[:1] and head[:1] in meant.near.keys() - source.near.keys()
    follows = source.owner == meant.owner and source.start < meant.start and not told
    return follows and (verb or bool((words & meant.near.keys()) - source.near.keys()))


def _is_unsaid_part(mention: Mention, meant: Mention, source: Mention) -> bool:
    """Tell whether `source` is a part of the note, and the number has none of the words that tell it."""
    roles = (source.context.role == "其中", mention.context.role == "其中", source.owner == meant.owner)
    said = mention.words
    mine, other = meant.whole or meant.near, source.whole or source.near
    return roles == (True, False, True) and not said & (other.keys() - mine.keys())


def _is_dealt_with(mention: Mention, meant: Mention, source: Mention) -> bool:
    """Tell whether a number and its source are of what was dealt with, by whatever word, the other not."""
    done = words_of("done")
    return bool(done & mention.near.keys() and done & meant.near.keys() and not done & source.near.keys())


def _is_han(gram: str) -> bool:
    """Tell whether a gram is of words, not the sign of a grade such as Ⅲ级 that tells one from another."""
    return "\u3400" <= gram[0] <= "\u9fff"


def _is_settled(first: tuple[Mention, Mention], second: tuple[Mention, Mention], bench: Bench) -> bool:
    """Tell whether one of two numbers has words beside it that its own source has and the other's has not."""
    near = bench.likeness.near
    if near(first[0], second[1]) == 0 == near(second[0], first[1]):
        return True
    sure = near(*first) > 0 and near(*second) > 0
    return sure and (near(first[0], second[1]) == 0 or near(second[0], first[1]) == 0)


def _same_words(first: Mention, second: Mention) -> bool:
    """Tell whether two notes speak of one thing: then they contradict each other, and the draft chose one."""
    mine, other = ({g for g, w in m.grams.items() if w >= _TOLD and len(g) > 1} for m in (first, second))
    return first.owner != second.owner and bool(mine) and mine == other


def _claimer(source: Mention, mention: Mention, bench: Bench) -> Mention | None:
    """Return the number of the draft that prints the value of `source` with the words that fit it best."""
    others = [m for m in bench.claims.get(source.id, ()) if m is not mention]
    return max(others, key=lambda m: bench.likeness(m, source), default=None)
