"""Whether a declared expression is announced by the words before it and counts what they say.

An expression is computed right by construction; what can be wrong is that it
is the wrong one. A share needs its 率 or 占, and the numerator must be what the
rate is of; a sum needs its 共, and every addend must be spoken of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.numbers.expressions import operands
from drafter.writing.binding import is_related
from drafter.writing.derived import is_ratio
from drafter.writing.places import owns_of, places_in
from drafter.writing.references import is_single, quantities_of
from drafter.writing.words import covers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from drafter.model import Fact, Quantity
    from drafter.writing.places import Own, Place

_SHARE = re.compile(r"率|占|比例|比重|达标|完成[了]?(?:任务|计划|目标)")
_RATE = re.compile(r"([\u3400-\u9fff]{2})率(?:为|达|达到|是|约|、|：)?[^，。；]{0,2}$")
_SUM = re.compile(r"共|合计|累计|总|一起|全年|两|各")
_DIFFERENCE = re.compile(r"剩|其余|尚|还有|余下|增|减|多|少|净|相差|下降|提高|上升|未|待")
_MEAN = re.compile(r"均|每")
_PRODUCT = re.compile(r"共|合计|累计|总|折合")


def declared_problems(text: str, facts: Sequence[Fact]) -> tuple[str, ...]:
    """Return in Chinese which expressions of `text` don't fit the words around them.

    `text` is an answer whose references all exist and can be worked out.
    """
    owns, quantities = owns_of(facts), quantities_of(facts)
    return tuple(
        problem
        for place in places_in(text)
        if not is_single(place.label)
        for problem in _expression_problems(place, owns, quantities)
    )


def _expression_problems(
    place: Place, owns: Mapping[str, Own], quantities: Mapping[str, Quantity]
) -> Iterator[str]:
    label, said = place.label, place.around
    names = operands(label)
    for name in dict.fromkeys(names):
        if name in owns and not is_related(place, owns[name]):
            yield f"{{{label}}} 写在了说别的事的句子里，{name} 说的是：{owns[name].subject}"
    if len(set(names)) != len(names):
        yield f"{{{label}}} 里同一个数用了两次"
    if "/" in label and is_ratio(label, quantities):
        yield from _share_problems(place, names, owns, quantities)
    elif "/" in label and not _MEAN.search(said):
        yield f"{{{label}}} 前面要写明是人均、户均还是每次"
    elif "*" in label and not _PRODUCT.search(place.sentence):
        yield f"{{{label}}} 前面要写明是合计"
    elif "-" in label and not _DIFFERENCE.search(place.sentence):
        yield f"{{{label}}} 前面要写明是增加、减少还是剩余"
    elif "+" in label and "-" not in label:
        yield from _sum_problems(place, names, owns)


def _sum_problems(place: Place, names: tuple[str, ...], owns: Mapping[str, Own]) -> Iterator[str]:
    if not _SUM.search(place.sentence):
        yield f"{{{place.label}}} 前面要写明是合计"
    for name in names:
        if owns[name].near and not any(covers(place.sentence, word) for word in owns[name].near):
            yield f"{{{place.label}}} 把 {name} 也加了进去，它说的是：{owns[name].subject}"


def _share_problems(
    place: Place, names: tuple[str, ...], owns: Mapping[str, Own], quantities: Mapping[str, Quantity]
) -> Iterator[str]:
    label = place.label
    if not _SHARE.search(place.around):
        yield f"{{{label}}} 前面要写明是什么率"
    if len(names) != 2:
        return
    part, whole = (quantities[name] for name in names)
    if part.value is not None and whole.value is not None and part.value > whole.value:
        yield f"{{{label}}} 分子大于分母"
    rate = _RATE.search(place.around.strip())
    if rate is None:
        return
    counted = rate[1]
    if _counts(owns[names[0]], counted):
        return
    better = next((name for name, own in owns.items() if name != names[0] and _counts(own, counted)), None)
    if better is not None:
        yield f"{{{label}}} 不是{counted}率：{counted}的是 {better}"


def _counts(own: Own, counted: str) -> bool:
    return any(counted in word or word in counted for word in own.near if len(word) > 1)
