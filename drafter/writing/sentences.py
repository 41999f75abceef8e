"""Bullets in clerks' shorthand, put as official sentences without a word of news.

All functions take and give text with references (`{F1.1}`) in place of numbers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.numbers.chinese import write_chinese
from drafter.writing.words import cut, words_of

if TYPE_CHECKING:
    from drafter.model import Fact

_REFERENCE = re.compile(r"\{[^{}]*\}")
_LABEL = re.compile(r"^([\u3400-\u9fffA-Za-z0-9“”·]{2,10})[：:]\s*(?=[^\s/])")
_FOLLOWS = re.compile(
    r"(?:其中|其余|剩余|余下|另有|还有|已(?=[\u3400-\u9fff]{1,4}\d)|未(?=[\u3400-\u9fff]{1,4}\d))"
)
_EVENT_UNIT = re.compile(r"^(?:次|场|场次|期|批次)$")
_COUNTED = frozenset("起件处户宗项个份条吨米亩盏具套块栋座")
"""Measure words that count what stands before the verb, so that it can be its object."""
_AGENT = re.compile(
    r"(?:人员|队|队员|干部|员|者|企业|单位|部门|群众|委员会|派出所|物业|社区|街道|镇|村|支部|机构|协会)$"
)
_MEETING = re.compile(r"(?:会|会议|座谈会|例会|大会)$")
_TAUGHT = re.compile(
    r"(?:班|课|讲座|培训|比赛|比武|演出|展演|赛|节|宴|展|庙会|灯会|文化活动"
    r"|(?:运动|联欢|联谊|茶话|音乐|招聘|推介|洽谈|展销|博览|读书|故事|分享|灯谜|游园|晚)会)$"
)
_ORGANISED = re.compile(
    r"开展|举办|组织|召开|进行|承办|举行|参加|完成|共|累计|平均|人均|每|达|至少|不少于|[有为是在]"
)
_STOPS = ("", "，", "、", "；", "（", "(", ",", ";")
_COMPARED = frozenset({"同比", "环比", "其中", "待补", "待核"})
_HALF = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
_HALF_MARK = re.compile(r"[,:;?!]")
_HALF_BRACKETS = re.compile(r"\(([^()]*[\u3400-\u9fff{][^()]*)\)")


def follows(fact: Fact) -> bool:
    """Return whether a bullet only makes sense after the one before it: 其中…, 已整改18处."""
    return _FOLLOWS.match(fact.text) is not None


def official(clause: str, unit: str | None, *, opens: bool = True) -> str:
    """Return one clause with its verb in front, as an official text puts it.

    矛盾纠纷受理{F1.1} → 受理矛盾纠纷{F1.1}; 招聘会{F2.1} of unit 场 → 举办招聘会{F2.1}.
    `unit` is that of the clause's first number, `opens` whether the clause opens
    its fact. What is in order stays as it is.
    """
    found = _REFERENCE.search(clause)
    before = clause[: found.start()] if found else ""
    if found is None or not before.strip():
        return clause
    tokens = cut(before)
    is_later = any(token.text in words_of("future") for token in tokens)
    if is_later or clause[found.end() :][:1] not in _STOPS:
        return clause
    lead = tokens[:-1]
    if not all(_may_lead(token.text, token.tag) for token in lead):
        return clause
    verb, rest = tokens[-1].text, clause[found.start() :]
    counts = unit is not None and unit[-1] in _COUNTED and not _AGENT.search(before[: -len(verb)])
    named = bool(lead) and all(_is_noun(token.tag) for token in lead)
    if named and counts and verb in words_of("transitive"):
        return f"{verb}{before[: -len(verb)]}{rest}"
    is_event = unit is not None and _EVENT_UNIT.search(unit) and not _ORGANISED.search(before)
    acts = (
        tokens[0].tag[0] == "v"
        and tokens[0].text not in words_of("manners")
        and len(tokens) > 1
        and tokens[-1].tag[0] == "n"
        and not _TAUGHT.search(before)
    )
    if not opens or not is_event or acts or tokens[-1].tag[0] in "pdcm":
        return clause
    verb_for = _verb_for(before)
    return f"{verb_for}{before}{rest}" if verb_for else clause


def _is_noun(tag: str) -> bool:
    return tag[0] in "njlti" or tag == "an"


def _may_lead(word: str, tag: str) -> bool:
    """Return whether a word before the last one leaves an activity a noun: 集中整治, 消防演练."""
    return _is_noun(tag) or tag == "vn" or word in "“”、《》" or word in words_of("manners")


def _verb_for(event: str) -> str:
    """Return the verb that goes with an activity, or nothing where `event` is not known to be one."""
    if _TAUGHT.search(event):
        return "举办"
    if _MEETING.search(event):
        return "召开"
    return "开展" if event.endswith(tuple(words_of("activities"))) else ""


def spell_label(text: str) -> str:
    """Return `text` with a leading label as part of the sentence: 文明餐桌：… → 文明餐桌方面，…."""
    found = _LABEL.match(text)
    if found is None:
        return text
    label, rest = found[1], text[found.end() :]
    if rest.startswith("{"):
        return f"{label}{rest}"
    tokens = cut(label)
    if label.endswith(("方面", "情况", "工作")):
        return f"{label.removesuffix('情况')}，{rest}"
    if (
        tokens[-1].tag[0] not in "nvj"
        or any(token.tag[0] in "tfdpm" for token in tokens)
        or label in _COMPARED
    ):
        return f"{label}，{rest}"
    return f"{label}方面，{rest}"


def full_width(text: str) -> str:
    """Return `text` with full-width punctuation outside numbers, Latin words and references."""

    def replace(found: re.Match[str]) -> str:
        before, after = text[: found.start()][-1:], text[found.end() :][:1]
        if (before + after).isascii() and before.isalnum() and (after.isalnum() or after == "/"):
            return found[0]
        return _HALF[found[0]]

    return _HALF_BRACKETS.sub(r"（\1）", _HALF_MARK.sub(replace, text))


def as_list(items: list[str]) -> str:
    """Return several short statements as one sentence: 一是…；二是…。."""
    if len(items) == 1:
        return f"{items[0]}。"
    return "；".join(f"{write_chinese(index)}是{item}" for index, item in enumerate(items, 1)) + "。"
