"""Small numbers that count what their sentence enumerates: 甲、乙、丙三个社区."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from drafter.checking.mentions import Mention

MOST = 12
_COUNTERS = frozenset("笔者个项类大种方面次处条场轮批期届家支名位")
_BREAK = re.compile(r"[，,。；;：:！？\n（）()]")
_SUMMED = re.compile(r"[^，。；□]{0,4}?(?:合计|共计|总计|相加|之和|累计|共)[^，。；□]{0,6}□")
_ITEM = re.compile(r"[、和及与]")


def counts_items(
    mention: Mention, sentence: str, start: int, listed: Collection[int], summed: Collection[int] = ()
) -> bool:
    """Tell whether the number is that of the items listed beside it, or one of `listed`.

    `summed` are how many numbers could be those that a total behind it adds up: 三项合计20次.
    `sentence` has its numbers blanked; `start` is where it begins in the draft.
    """
    number = mention.number
    if number.value is None or number.approx or not 2 <= number.value <= MOST:
        return False
    if (number.unit or "")[:1] not in _COUNTERS:
        return False
    wanted = int(number.value)
    if wanted in listed and number.unit == "个":
        return True
    if _SUMMED.match(sentence[mention.end - start :]) and wanted in summed:
        return True
    before = _BREAK.split(sentence[: mention.start - start])[-1]
    after = _BREAK.split(sentence[mention.end - start :])
    return wanted in {_items(before), *(_items(part) for part in after[:2])}


def _items(text: str) -> int:
    return len(_ITEM.findall(text.strip("、"))) + 1 if _ITEM.search(text) else 0
