"""Words for the time that a report covers, and those of another report's time put right."""

from __future__ import annotations

import re

FULL_YEAR = "全年"
_OF_PERIOD = {
    FULL_YEAR: "全年",
    "上半年": "上半年",
    "下半年": "下半年",
    "一季度": "一季度",
    "二季度": "二季度",
    "三季度": "三季度",
    "四季度": "四季度",
}
_ANY = re.compile(r"全年|上半年|下半年|[一二三四]季度|半年来|一年来")


def in_period(text: str, period: str) -> str:
    """Return `text` with every word for the time covered put as that of `period`: 全年共 → 上半年共."""
    return _ANY.sub(_OF_PERIOD.get(period, period), text)


def time_words(year: int, period: str) -> str:
    """Return how a report names its own time: 2025年, 2025年上半年."""
    return f"{year}年" if period == FULL_YEAR else f"{year}年{period}"
