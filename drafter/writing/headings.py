"""Headings of a draft: taken from past ones, numbered anew, told by what they announce."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.numbers.chinese import write_chinese

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Fact, Section

_CHINESE = "[〇零一二三四五六七八九十百]+"
_NUMBER = re.compile(
    rf"^\s*(?:(?P<comma>{_CHINESE})[、，,.．]|第(?P<nth>{_CHINESE})[、，,部分：:]*|[（(](?P<bracket>{_CHINESE})[）)][、.．]?"
    r"|(?P<dot>\d{1,2})[.．](?!\d)|(?P<pause>\d{1,2})、|[（(](?P<small>\d{1,2})[）)][、.．]?)\s*",
)
_LACK = "(?:问题|不足(?:之处)?|困难|短板|差距|薄弱环节|弱项)"
_PROBLEMS = re.compile(
    rf"^(?:.{{0,10}}(?:存在|面临|遇到)的?)?(?:主要|突出|一些)?的?{_LACK}(?:(?:[与和及、]|以及){_LACK})*(?:[与和及]建议)?$",
)
_PLANS = re.compile(
    r"下一?步|下一?阶段|明年|来年|今后|下年度|下半年(?:工作)?(?:打算|计划|安排|重点|思路)|工作(?:打算|计划|思路|安排)|努力方向|打算|"
    r"(?:计划|安排|展望|设想)$",
)
_BOTH = re.compile(rf"{_LACK}.*(?:[与和及、]|以及)")
_LACKS = re.compile(
    "不[足够高强实深细佳严均]|不(?:到位|完善|健全|平衡|明显|充分|匹配)|薄弱|滞后|短缺|偏[少低弱高]|欠[缺账]|紧张|拥堵|"
    "较(?:少|弱|差|低|大(?:差距|压力))|有待|困难|老化|缺[乏少]|[^破解]难$"
)
_TO_DO = re.compile(
    "(?:要|将|拟|着力|全力|继续|持续|进一步|切实|努力|力争|争取|计划|加[强快大]|推[进动]|解决|破解|补[齐上]|完善|提[升高]|"
    "开展|[新改扩]?建|做[好大强]|抓[好实]|针对|深化|强化|聚焦|围绕|打造|实施|优化|健全)"
)
"""Under 不足和打算 a bullet that says what lacks is a problem, unless it begins with what is to be done."""
_OVERVIEW = re.compile(r"^(?:基本|总体)?(?:情况|概况)$|[^工作]概况$|基本情况|基本信息|单位简介")
_FUTURE = re.compile(r"(?:下一?步|下一?阶段|明年|来年|今后|拟(?![定订]))")
_ANNOUNCED = re.compile(
    r"^(?:(?:下一?步|下一?阶段|明年|来年|今后)(?:工作)?(?:打算|计划|拟|将|要)?[，,：:]?)+"
)
_LONGEST_TOPIC = 14
_SPOKEN_LABEL = re.compile(r"^[^：:，。；]{0,10}[：:]\s*")


def split_number(heading: str) -> tuple[str, str]:
    """Return the style of a heading's number (`comma`, `bracket`, `dot` … or empty) and its words."""
    found = _NUMBER.match(heading)
    if found is None:
        return "", heading.strip()
    style = next(name for name, value in found.groupdict().items() if value is not None)
    return style, heading[found.end() :].strip()


def with_number(words: str, style: str, index: int) -> str:  # noqa: PLR0911 - a line a style
    """Return `words` with number `index` (from 1) in `style`, in full-width form."""
    match style:
        case "comma":
            return f"{write_chinese(index)}、{words}"
        case "nth":
            return f"第{write_chinese(index)}，{words}"
        case "bracket":
            return f"（{write_chinese(index)}）{words}"
        case "dot":
            return f"{index}.{words}"
        case "pause":
            return f"{index}、{words}"
        case "small":
            return f"（{index}）{words}"
        case _:
            return words


def role_of(section: Section, *, is_first: bool) -> str:
    """Return what a section of a report is for: `opening`, `problems`, `plans` or `body`."""
    if not section.heading:
        return "opening" if is_first else "body"
    return heading_role(section.heading)


def heading_role(heading: str) -> str:
    """Return what a section under `heading` is for: `problems`, `plans` or `body`."""
    words = split_number(heading)[1]
    if _PLANS.search(words) and len(words) <= 24:
        return "plans"
    if _PROBLEMS.match(words.rstrip("。：: ")):
        return "problems"
    return "body"


def fact_roles(facts: Sequence[Fact], year: int, period: str) -> dict[str, str]:
    """Return what each fact is for, by its id: `opening`, `problems`, `plans` or `body`.

    A fact about what comes after the report's own time is a plan, whatever it stands under.
    """
    return {fact.id: _role_of_fact(fact, year, period) for fact in facts}


def _role_of_fact(fact: Fact, year: int, period: str) -> str:
    topic = split_number(fact.topic)[1]
    label = _SPOKEN_LABEL.match(fact.text)
    for said in (label[0].rstrip("：: ") if label else "", topic if len(topic) <= _LONGEST_TOPIC else ""):
        if _PLANS.search(said):
            is_lack = _BOTH.search(said) and _LACKS.search(fact.text) and not _TO_DO.match(fact.text)
            return "problems" if is_lack and not _FUTURE.match(fact.text) else "plans"
        if _PROBLEMS.match(said):
            return "problems"
    is_later = _FUTURE.match(fact.text) or fact.text.startswith((f"{year + 1}年", f"计划{year + 1}年"))
    if is_later or (period == "上半年" and topic.startswith("下半年")):
        return "plans"
    return "opening" if _OVERVIEW.search(topic) else "body"


def without_label(text: str) -> str:
    """Return a bullet without the words that announce it: 问题：人手不够 → 人手不够."""
    label = _SPOKEN_LABEL.match(text)
    said = label[0].rstrip("：: ") if label else ""
    if label and (_PLANS.search(said) or _PROBLEMS.match(said)):
        return text[label.end() :]
    return _ANNOUNCED.sub("", text)
