"""Whether each reference of an answer stands where the answer speaks of its own fact.

Two tests. Alone: a sentence shares no word with the fact whose number it
prints. In pairs: two references would fit better if they changed places. Words
near a number in its note count most, then the rest of the note, then which
other numbers of the same note stand beside it.
"""

from __future__ import annotations

from itertools import combinations, pairwise, takewhile
from typing import TYPE_CHECKING

from drafter.writing.places import ENUMERATED, ROLE_WORDS, Own, Place, owns_of, places_in
from drafter.writing.references import is_single
from drafter.writing.words import covers, cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from drafter.model import Fact

_MARGIN = 0.5
_ROLE_WEIGHT = 4.0
_BEFORE_DATE = ("于", "在", "自", "从", "至", "到", "截至", "为", "是", "和", "与", "及")
_TOUCHING = 4
"""How many characters that touch a number in its note and in the answer count."""


def binding_problems(text: str, facts: Sequence[Fact]) -> tuple[str, ...]:
    """Return in Chinese which references of `text` speak of something else than their facts.

    `text` is an answer whose references all exist; expressions are judged by
    `drafter.writing.declared`.
    """
    owns = owns_of(facts)
    singles = [place for place in places_in(text) if is_single(place.label)]
    orders = {place.label: place for place in singles}
    problems = [
        f"{{{place.label}}} 写在了说别的事的句子里，它说的是：{owns[place.label].subject}"
        for place in singles
        if not is_related(place, owns[place.label])
    ]
    problems += [
        f"{{{place.label}}} 孤零零成了一句，没有说是什么的数"
        for place in singles
        if place.is_alone and owns[place.label].near and not owns[place.label].is_date
    ]
    problems += _date_problems(singles, owns)
    problems += [
        f"{{{one.label}}} 与 {{{other.label}}} 写颠倒了"
        for one, other in combinations(singles, 2)
        if _is_crossed(one, other, owns, orders)
    ]
    return tuple(problems)


def _date_problems(singles: Sequence[Place], owns: Mapping[str, Own]) -> Iterator[str]:
    """Yield what is wrong with the places of dates, which look like those of other numbers and are not."""
    for one, other in pairwise(singles):
        if other.follows_number and owns[one.label].is_date and owns[other.label].is_date:
            yield f"{{{one.label}}} 与 {{{other.label}}} 两个时间写在了一起"
        is_list = one.order + 1 == other.order and one.in_list == other.in_list != ""
        if is_list and owns[one.label].is_date != owns[other.label].is_date:
            yield f"{{{one.label}}} 与 {{{other.label}}} 一个是时间，一个不是，不能并列"
    orders = {place.label: place.order for place in singles}
    pairs = [
        (date, label)
        for date, own in owns.items()
        if own.is_date
        for label in own.beside
        if own.before_in_note(owns[label]) and {date, label} <= orders.keys() and not owns[label].is_date
    ]
    for date, label in pairs if len(pairs) > 1 else ():
        if orders[date] > orders[label]:
            yield f"{{{date}}} 要写在 {{{label}}} 的前面"


def is_related(place: Place, own: Own) -> bool:
    """Return whether the sentence of a reference says anything of what its note says."""
    words = own.near + own.far
    return not words or any(covers(place.sentence, word) for word in words)


def _is_crossed(one: Place, other: Place, owns: Mapping[str, Own], places: Mapping[str, Place]) -> bool:
    """Return whether two references would fit better if they changed places."""
    mine, yours = owns[one.label], owns[other.label]
    if mine.is_date != yours.is_date:
        if _is_date_astray(*((one, other) if mine.is_date else (other, one))):
            return True
        if mine.fact == yours.fact and not _begins_like_a_date(other if mine.is_date else one):
            return False
    if mine.fact == yours.fact and (mine.is_date or not (mine.near and yours.near)):
        swapped = _partners_swapped(one, other, owns, places)
        if swapped is not None:
            return swapped
    right = _is_only_at(one, other, mine) or _is_only_at(other, one, yours)
    wrong = _is_only_at(other, one, mine) or _is_only_at(one, other, yours)
    if right != wrong:
        return wrong
    straight = _fit(one, mine, other.label) + _fit(other, yours, one.label)
    crossed = _fit(one, yours, other.label) + _fit(other, mine, one.label)
    return crossed > straight + min(_MARGIN, straight)


def _is_date_astray(date: Place, number: Place) -> bool:
    """Return whether a date ends a clause as numbers do, and a number begins one as dates do."""
    ends = not date.after and not date.leads_to_number and not date.before.endswith(_BEFORE_DATE)
    if ends and date.follows_number and date.order == number.order + 1:
        return True
    return bool(ends and date.before.strip() and _begins_like_a_date(number))


def _begins_like_a_date(number: Place) -> bool:
    """Return whether a number stands as a date does: first in its clause before a verb, or after 于."""
    is_first = not number.before.strip() and not number.follows_number
    is_first = is_first or ENUMERATED.fullmatch(number.before.strip()) is not None
    tokens = cut(number.after)
    return number.before.endswith(_BEFORE_DATE[:6]) or (is_first and bool(tokens) and tokens[0].tag[0] == "v")


def _partners_swapped(
    one: Place, other: Place, owns: Mapping[str, Own], places: Mapping[str, Place]
) -> bool | None:
    """Return whether the number that each goes with in the note went to the other; None if there is none."""
    mine, yours = (
        [
            places[label].order
            for label in own.beside
            if label in places and owns[label].is_date != own.is_date
        ]
        for own in (owns[one.label], owns[other.label])
    )
    if len(mine) != 1 or len(yours) != 1 or mine == yours:
        return None
    here, there = sorted((one.order, other.order)), sorted((mine[0], yours[0]))
    if here[1] < there[0] or there[1] < here[0]:
        return (one.order < other.order) != (mine[0] < yours[0])
    straight = abs(one.order - mine[0]) + abs(other.order - yours[0])
    return abs(one.order - yours[0]) + abs(other.order - mine[0]) < straight


def _is_only_at(place: Place, elsewhere: Place, own: Own) -> bool:
    """Return whether the words beside a number in its note stand all at `place` and none `elsewhere`."""
    return (
        bool(own.near)
        and all(_share(word, place.around) > 0.8 for word in own.near)
        and not any(_share(word, elsewhere.around) for word in own.near)
    )


def _fit(place: Place, own: Own, but: str) -> float:
    near = sum(_says(place, word, before=True) for word in own.left)
    near += sum(_says(place, word, before=False) for word in own.right)
    far = sum(0.5 for word in own.far if word in place.sentence)
    beside = 1.5 * len((place.in_clause - {but}) & own.beside)
    same_fact = 0.5 * sum(label.split(".")[0] == own.fact for label in place.in_sentence - {but})
    same = _common(own.touching[0][::-1], place.before[::-1]) + _common(own.touching[1], place.after)
    return near + far + beside + same_fact + 0.3 * min(_TOUCHING, same)


def _says(place: Place, word: str, *, before: bool) -> float:
    """Return how well the words beside a reference say `word`.

    Best on the side where its note has it (`before` the number or after), and
    better the nearer; words of time and role tell two numbers of one thing apart.
    """
    weight = _ROLE_WEIGHT if ROLE_WORDS.fullmatch(word) else max(1.0, len(word) / 2)
    left = _share(word, place.before) * _nearness(place.before[::-1].find(word[::-1]))
    right = _share(word, place.after) * _nearness(place.after.find(word))
    same, other = (left, right) if before else (right, left)
    return weight * max(2.0 * same, 1.5 * other)


def _nearness(distance: int) -> float:
    return 1 / (1 + max(0, distance) / 8)


def _share(word: str, text: str) -> float:
    """Return which part of the characters of `word` is in `text`, if at least half of them are."""
    if word in text:
        return 1.0
    share = sum(char in text for char in word) / len(word) * 0.9
    return share if len(word) > 1 and share > 0.4 else 0.0


def _common(one: str, other: str) -> int:
    """Return how many characters `one` and `other` begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
