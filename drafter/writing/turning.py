"""Comparisons that a new number turns round: 比上年减少4起 becomes 比上年增加3起, or 与上年持平."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.numbers.expressions import ExpressionError, compute
from drafter.writing.derived import derive

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drafter.model import Quantity

_PAIRS = (("增加", "减少"), ("增长", "下降"), ("上升", "下降"), ("提高", "降低"), ("多", "少"))
_OTHER = {one: other for pair in reversed(_PAIRS) for one, other in (pair, pair[::-1])}
_DIFFERENCE = re.compile(
    r"(?P<open>\(?)(?P<first>[FP]\d+\.\d+)-(?P<second>[FP]\d+\.\d+)(?P<rest>\)?(?:/.*)?)"
)
_SAID = re.compile(rf"(?P<than>比上年同期|比上年|比去年同期|比去年|同比)(?P<word>{'|'.join(_OTHER)})$")
_THAN = {"同比": "与上年同期"}


class Turned(NamedTuple):
    """What to say in place of `words` and the number behind them; without a label there is no number."""

    words: str
    says: str
    label: str | None = None
    printed: str = ""


def turn(before: str, label: str, quantities: Mapping[str, Quantity]) -> Turned | None:
    """Return how the comparison `label`, whose words end `before`, now reads; None where it is none."""
    found, said = _DIFFERENCE.fullmatch(label), _SAID.search(before)
    if found is None or said is None:
        return None
    try:
        if compute(label, quantities).value == 0:
            than = _THAN.get(said["than"], f"与{said['than'][1:]}")
            return Turned(said[0], f"{than}持平")
        turned = f"{found['open']}{found['second']}-{found['first']}{found['rest']}"
        return Turned(said[0], said["than"] + _OTHER[said["word"]], turned, derive(turned, quantities))
    except ExpressionError:
        return None
