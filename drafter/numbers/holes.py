"""Places where a number was stripped out: 举办培训班▯期▯人次."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from drafter.numbers.gaps import NEEDS, Rule, compiled, gap_rules, literals
from drafter.numbers.later import Later
from drafter.numbers.lexicon import any_of, in_ordinary_word, load_table
from drafter.numbers.page import Page, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

_STOPS = "，,。；;、：:（）()！!“”《》\n \t"
_VAGUE = "几数多每各这那某整半上前首两本该此人去"
_NOT_LEFT_OVER = "其剩业残多有盈结宽富节空冗之年岁十百千万亿0123456789个日月天里米次元斤亩"
_NOT_NEAR = "附最远将靠贴临接条契新亲邻表到"
_HEADED = ("人次", "家次", "户次", "场次", "车次", "班次", "件次")
_HEADING = Later(r"(?:#+ |[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．])[^，。；;：:]{0,12}$")
_NEXT_ITEM = Later(r"(?P<unit>[^\W\d])、[^，。；、\d]{1,6}\d[\d.]{0,6}(?P<again>[^\W\d])(?![^\W\d])")
_NAMES = Later(r"(?:、[^，,。；、\d]{2,5}){1,8}等\d+[个家所村]")
"""Places of which only some have a measure word in their name: 柳叶套、高岗洲等5个乡镇."""
_COUNTED_ITEM = Later(r"[0-9一二三四五六七八九十百千万](?P<unit>[^\W\d])(?P=unit)$")
_ITEM = 6
"""So many characters may stand in an item of a list in front of its measure word."""
_LINE = 40
_PEOPLE = ("人", "名", "位", "户")


_VERBS = frozenset(("完成", "建成", "办成", "改造", "整治", "走访", "登记", "慰问", "排查", "检查"))
_VERB_ENDS = frozenset(verb[-1] for verb in _VERBS)
_LISTED = ("final", "person")
"""Rules that are tried once more: the holes of a list bear each other out."""


class _Gap(NamedTuple):
    """A measure word at `at` that may lack its number; `before` is the character in front of it."""

    rule: str
    at: int
    unit: str
    few: str
    before: str
    spaced: bool
    ends: bool
    counting: bool = False


@cache
def _promises() -> re.Pattern[str]:
    """Return the words after which a clause is expected to give a number."""
    return re.compile(any_of(load_table("holes")["verbs"]))


@cache
def _counted(unit: str) -> re.Pattern[str] | None:
    """Return the words directly after which `unit` always lost a number: 结案▯件, though 案件 is a word."""
    words = load_table("holes").get(f"={unit}")
    return re.compile(rf"{any_of(words)}$") if words else None


@cache
def _counted_people() -> re.Pattern[str]:
    """Return the words directly after which a number of people is expected."""
    return re.compile(rf"{any_of(load_table('holes')['people'])}$")


def find_holes(page: Page, readings: Sequence[Reading]) -> list[Reading]:
    """Return the holes of the text in reading order; none lies in or right behind a reading."""
    found: dict[int, Reading] = {}
    _search(page, readings, gap_rules(), found)
    if found:
        beside = sorted([*readings, *found.values()], key=lambda reading: reading.start)
        _search(page, beside, [rule for rule in gap_rules() if rule.name in _LISTED], found)
    return [found[at] for at in sorted(found)]


def _search(
    page: Page, readings: Sequence[Reading], rules: Sequence[Rule], found: dict[int, Reading]
) -> None:
    """Add to `found` the holes that `rules` see; `readings` are what else counts in the text."""
    starts = [reading.start for reading in readings]
    present = frozenset(page.text)
    for rule in rules:
        if rule.name in NEEDS and present.isdisjoint(NEEDS[rule.name]):
            continue
        words = literals(rule.before)
        if words and not any(word in page.text for word in words):
            continue
        for match in compiled(rule.here).finditer(page.text):
            gap = _gap(page, rule, match)
            at = match.start() + (len(gap.few) if rule.name == "near" or gap.few == "近余" else 0)
            at -= gap.few == "近余"
            doubled = not gap.few and at - 1 in found and found[at - 1].approx is not None
            touching = rule.name in ("age", "member")
            if at in found or doubled or not _is_free(readings, starts, match, touching=touching):
                continue
            gap = gap._replace(counting=_counts_around(page, readings, starts, match.start()))
            if _leads(page, rule, match.start()) and _needs_number(page, gap):
                found[at] = _hole(gap, at)


def _counts_around(page: Page, readings: Sequence[Reading], starts: list[int], at: int) -> bool:
    """Tell whether the sentence that holds `at` gives another number."""
    first, last = at - len(page.sentence_before(at)), at + len(page.sentence_after(at))
    index = bisect_right(starts, first - 1)
    while index < len(readings) and readings[index].start < last:
        if readings[index].kind in ("quantity", "percent", "money", "hole"):
            return True
        index += 1
    return False


def _gap(page: Page, rule: Rule, match: re.Match[str]) -> _Gap:
    """Return what `rule` found, looking through one space in front of it."""
    text, at = page.text, match.start()
    spaced = at > 1 and text[at - 1] == " " and "\u4e00" <= text[at - 2] <= "\u9fff"
    place = at - 1 if spaced else at
    few = match.groupdict().get("few") or ""
    ends = text[match.end() : match.end() + 1] in "，,。；;、）)"
    return _Gap(rule.name, place, match["unit"], few, text[place - 1] if place else "\n", spaced, ends)


def _leads(page: Page, rule: Rule, at: int) -> bool:
    """Tell whether the words in front of `at` are those that the rule asks for."""
    if rule.before is None:
        return True
    return compiled(rf"(?:{rule.before})$").search(page.before(at, 8).rstrip(" ")) is not None


def _is_free(readings: Sequence[Reading], starts: list[int], match: re.Match[str], *, touching: bool) -> bool:
    """Tell whether no numeral covers the match or ends right in front of it."""
    at, end = match.start(), max(match.end(), match.start() + 1)
    index = bisect_right(starts, at) - 1
    if index >= 0 and readings[index].end > at - (
        0 if touching or readings[index].kind in (None, "date") else 1
    ):
        return False
    following = readings[index + 1] if index + 1 < len(readings) else None
    return following is None or following.start >= end or following.kind is None


def _hole(gap: _Gap, at: int) -> Reading:
    approx = {"近余": "近+余", "达": ""}.get(gap.few, gap.few)
    unit = gap.unit or ("%" if gap.rule == "above" else None)
    return Reading(at, at, "hole", unit=unit, approx=approx or None)


def _needs_number(page: Page, gap: _Gap) -> bool:
    """Tell whether the measure word stands where a number must be."""
    doubled = gap.unit and page.text.startswith(gap.unit * 2, gap.at + gap.spaced)
    if doubled or _is_mean(page, gap) or (gap.unit in _HEADED and _is_heading(page, gap)):
        return False
    if len(gap.unit) == 1 and not (gap.few or gap.spaced):
        if _lost_for_sure(page, gap):
            return True
        if in_ordinary_word(page.text, gap.at):
            return False
    return _fits(page, gap)


def _is_mean(page: Page, gap: _Gap) -> bool:
    """Tell whether a clause begins with a mean (人次均3000元, 期均40人) or goods in a list (米、油)."""
    rest = page.after(gap.at + gap.spaced + len(gap.unit), 2)
    goods = gap.unit == "米" and rest.startswith(("、", "面", "油"))
    return goods or (rest.startswith("均") and gap.before in _STOPS)


def _lost_for_sure(page: Page, gap: _Gap) -> bool:
    """Tell whether the word in front makes the measure word a count, whatever else both could mean."""
    counted = _counted(gap.unit) if gap.rule == "final" else None
    return counted is not None and counted.search(page.before(gap.at, 4)) is not None


def _fits(page: Page, gap: _Gap) -> bool:
    """Tell whether the judge of the rule, if it has one, takes the gap for a hole."""
    judge = _JUDGES.get(gap.rule)
    if judge is not None:
        return judge(page, gap)
    if gap.rule == "initial" and gap.unit == "项":
        return gap.before in _STOPS
    return gap.rule != "initial" or gap.before not in "为有" or gap.unit in (*_PEOPLE, "个")


def _is_heading(page: Page, gap: _Gap) -> bool:
    """Tell whether 人次 ends a label or a heading (接访人次：, （二）服务人次) instead of a count."""
    text, end = page.text, gap.at + gap.spaced + len(gap.unit)
    if text[end : end + 1] in (":", "："):
        return True
    line = text[max(text.rfind("\n", max(0, gap.at - _LINE), gap.at) + 1, gap.at - _LINE) : gap.at]
    return text[end : end + 1] in ("", "\n") and _HEADING.match(line.strip()) is not None


def _is_left_over(page: Page, gap: _Gap) -> bool:
    """Judge 余份: the 余 of a number, not of 其余 or 业余."""
    if gap.before == "有" and len(page.clause_before(gap.at)) == 1:
        return True
    return gap.few == "近余" or gap.before not in _NOT_LEFT_OVER


def _is_near(_page: Page, gap: _Gap) -> bool:
    """Judge 近人次: the 近 of a number, not of 附近."""
    return gap.before not in _NOT_NEAR


def _is_final(page: Page, gap: _Gap) -> bool:
    """Judge a measure word that ends its clause: 发放宣传单▯份."""
    if len(gap.unit) > 1:
        return "\u4e00" <= gap.before <= "\u9fff" and gap.before not in "几数多上百千每"
    words = load_table("holes")
    if not ("\u4e00" <= gap.before <= "\u9fff" or gap.before in "》”") or gap.before in _VAGUE:
        return False
    clause = page.sentence_before(gap.at) if gap.before in "》”" else page.clause_before(gap.at)
    counted = gap.unit in _PEOPLE and _counted_people().search(clause) is not None
    if not (counted or gap.spaced) and gap.before in "".join(words.get(gap.unit, ())):
        return False
    if _NAMES.match(page.after(gap.at + gap.spaced + len(gap.unit), _LINE)):
        return False
    if _closes_list(page, gap):
        return True
    listed = gap.counting and gap.ends and gap.unit in words["listed"]
    return (
        gap.spaced or listed or gap.unit in words["sure"] or counted or _promises().search(clause) is not None
    )


def _closes_list(page: Page, gap: _Gap) -> bool:
    """Tell whether the list beside it gives a thing a number of this unit: 省级3处、县级▯处."""
    if not gap.ends:
        return False
    following = _NEXT_ITEM.match(page.after(gap.at + gap.spaced, _ITEM * 2))
    if following and following["unit"] == gap.unit == following["again"]:
        return True
    items = page.sentence_before(gap.at).rsplit("、", 2)
    near = len(items) > 1 and len(items[-1]) <= _ITEM
    return near and _COUNTED_ITEM.search(items[-2] + gap.unit) is not None


def _is_person(page: Page, gap: _Gap) -> bool:
    """Judge a number of people that ends its clause: 参与志愿者▯人."""
    clause = page.clause_before(gap.at)
    if _counted_people().search(clause) is not None:
        return True
    if gap.before in "".join(load_table("holes").get(gap.unit, ())):
        return False
    counted = (
        gap.counting
        and gap.ends
        and ("\u4e00" <= gap.before <= "\u9fff" or gap.before.isascii() or gap.before in "”》")
    )
    return counted or (gap.unit not in ("人", "位") and bool(clause))


def _is_pair(page: Page, gap: _Gap) -> bool:
    """Judge ▯户324人: a clause that begins with it lost a number in front."""
    return gap.before in "，,；;。" or _is_before_noun(page, gap)


def _is_before_noun(page: Page, gap: _Gap) -> bool:
    """Judge ▯名党员: nothing in front makes the measure word part of another word."""
    ends = "".join(load_table("holes").get(gap.unit, ()))
    if gap.before in _VERB_ENDS and page.before(gap.at, 2) in _VERBS:
        return True
    return "\u4e00" <= gap.before <= "\u9fff" and gap.before not in ends + _VAGUE + "两单挨逐哪另其同任"


def _is_area(_page: Page, gap: _Gap) -> bool:
    """Judge a measure of land, length or weight, which hardly ever stands without a number."""
    return "\u4e00" <= gap.before <= "\u9fff" and gap.before not in "每田按论百千万几数多上一半整元"


_JUDGES = {
    "few": _is_left_over,
    "near": _is_near,
    "final": _is_final,
    "person": _is_person,
    "noun": _is_before_noun,
    "pair": _is_pair,
    "area": _is_area,
}
"""Who judges the gaps of a rule."""
