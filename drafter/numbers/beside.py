"""What the number or the list beside a number says of it: 35岁以下党员14名, 牛、羊分别为310头和2460头."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drafter.model import Numeral

_SERIES = 12
"""No more things than this, nor more words between their numbers, go by 分别."""
_FROM = re.compile(r"(?:由|从)[^，,。；;]*$")
_NOW = re.compile(r"(?:到|至|为|达)了?(?:□+、?)?$")
"""Up to where something has come by now, be it two numbers: 由23户37人减少到21户33人."""


def respective(lead: str) -> str | None:
    """Return what a number behind 分别 is of, by its place: 牛、羊存栏分别为□、▯ → 羊存栏."""
    at = lead.rfind("分别")
    if at < 0 or len(plain_words(lead[at:])) > _SERIES:
        return None
    items = re.split(r"[、和与及]", re.split(r"[，,：:□]", lead[:at])[-1])
    place = len(re.findall(r"□+", lead[at:]))
    if not 1 < len(items) <= _SERIES or place >= len(items) or not all(items):
        return None
    shared = items[-1][len(items[0]) :] if place < len(items) - 1 else ""
    return items[place] + shared + re.split(r"□", lead[at + 2 :])[0]


def is_bound(numeral: Numeral) -> bool:
    """Tell whether a number is a bound or a range, which may say who is counted next: 30-50万元7个村."""
    return numeral.kind in ("quantity", "money") and (
        numeral.upper is not None or (numeral.approx or "") in {"以上", "以下", "以内"}
    )


def qualifies(numeral: Numeral) -> bool:
    """Tell whether a number says which ones are counted next: 35岁以下党员14名, 大专以上学历8人."""
    return (
        numeral.unit in {"岁", "周岁", "年级"}
        or numeral.kind == "ordinal"
        or (numeral.approx or "") in {"以上", "以下"}
    )


def plain_words(text: str) -> str:
    """Return `text` without its blanked numbers."""
    return text.replace("□", "").strip()


def list_start(masked: str, start: int) -> int:
    """Return where the words begin that a list of numbers shares: 从 of 从79户、113人减至72户、101人."""
    while start > 0 and masked[start - 1] == "、":
        start = max(masked.rfind(stop, 0, start - 1) for stop in "、，,；;。：:\n") + 1
    return start


def has_come_to(lead: str) -> bool:
    """Tell whether the words before a number lead from an earlier one to it: 由二季度的▯上升到."""
    return _NOW.search(lead) is not None and _FROM.search(lead) is not None


def each(words: str, at: int) -> int:
    """Return where the words beside a number begin that `at` cuts off: 每人 of 每人发放 stays with them."""
    cut = words[max(0, at - 2) : at]
    return at - 2 if cut[:1] == "每" and cut[1:] in set("人户名位家个亩场村所") else at
