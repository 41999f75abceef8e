"""What a note says of two of its numbers together: this year's and the total, what was added and all."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from drafter.checking.surroundings import is_new, is_only_new

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.checking.mentions import Mention
    from drafter.model import Numeral, Quantity

_Number = TypeVar("_Number", "Numeral", "Quantity")
_SUMMED = re.compile(r"(?:一共|共计|总数|总计)$")
RUNNING = frozenset({"累计", "以来"})


def has_addition(mention: Mention, others: Sequence[Mention]) -> bool:
    """Tell whether its note gives what was added beside the total: 服务站19个（新建4个）."""
    pairs = ((mention, other) for other in others if other.key == mention.key and other is not mention)
    return any(
        (is_only_new(first.context) != is_only_new(second.context) or _SUMMED.search(second.context.head))
        and is_new(first.context) != is_new(second.context)
        and first.context.segment == second.context.segment
        for first, second in pairs
    )


def has_contrast(mention: Mention, others: Sequence[Mention]) -> bool:
    """Tell whether its note gives 今年 and 累计 side by side."""
    mine = mention.context
    told = mine.this or mine.period in RUNNING
    return told and any(m.key == mention.key and m.context.this != mine.this for m in others)


def per_one(number: _Number) -> _Number:
    """Return 32.6元/公斤 as the 32.6元 that a draft says of each."""
    return replace(number, unit=(number.unit or "").partition("/")[0])
