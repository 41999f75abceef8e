"""Names that begin like a time or an amount: 四点半课堂, 周五清洁日, 三年行动, 亿元以上项目, 15分钟便民圈."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from drafter.numbers.later import Later
from drafter.numbers.lexicon import any_of, load_table
from drafter.numbers.page import Page, Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

_H = r"[^\x00-\x7f\W]"
_N = r"[一二三四五六七八九十两\d]"
_NUMERAL = Later(r"[〇零一二三四五六七八九十百千万亿两\d.]$")
_FIRST = frozenset("一二三四五六七八九十两百千万亿日天0123456789")


_NEEDS = {
    "hour": "点",
    "weekday": "周期拜",
    "plan": "年",
    "class": "元",
    "circle": "圈",
    "each": "日周季户村事企",
    "formula": "+＋",
}
"""One of the characters near by without which a form cannot be there."""

_REACH = 16


@cache
def _patterns() -> Mapping[str, Later]:
    """Return the patterns of such names."""
    table = load_table("contexts")
    return {
        "hour": Later(rf"{_N}{{1,2}}点(?:半|钟)?{_H}{{0,2}}?{any_of(table['hourly'])}"),
        "weekday": Later(rf"[一二三四五六日天](?={_H}{{0,5}}?{any_of(table['weekly'])})"),
        "plan": Later(rf"{_N}{{1,2}}年(?={_H}{{0,2}}?{any_of(table['plans'])})"),
        "class": Later(rf"[十百千]?[百千万亿]元(?:以上|级)?(?={any_of(table['classes'])}|(?<=以上)\d)"),
        "each": Later(r"1[日周季户村事企]1(?:清|策|档|调度|研判|通报|评|案|品|码|报|总结|会商|小结)"),
        "circle": Later(rf"\d{{1,2}}分钟(?={_H}{{0,8}}?圈)"),
        "formula": Later(
            rf"(?:\d+|[Nn]){_H}{{1,8}}(?:[+＋](?:\d+|[NnXx]){_H}{{0,8}}){{1,6}}(?=[”\"’」])",
        ),
    }


def title_at(page: Page, at: int, floor: int) -> Reading | None:
    """Return the numeral of a name that begins with a time, a span of years or a class of sums."""
    text = page.text
    if text[at] not in _FIRST:
        return None
    before = page.before(at, 3)
    near = frozenset(text[max(0, at - 2) : at + _REACH])
    for name, pattern in _patterns().items():
        found = None if near.isdisjoint(_NEEDS[name]) else pattern.match(text, at)
        if found is None:
            continue
        start = at
        if name == "weekday":
            word = next((word for word in ("星期", "礼拜", "周") if before.endswith(word)), "")
            start -= len(word)
            if not word or start < floor or text[start - 1 : start] in ("每", "上", "下", "本", "这"):
                continue
        elif at > floor and _NUMERAL.search(before):
            continue
        return Reading(start, found.end(), "name")
    return None
