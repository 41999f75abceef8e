"""Bullets in clerks' shorthand, put as official sentences without a word of news.

All functions take and give text with references (`{F1.1}`) in place of numbers.
"""

from __future__ import annotations

import re

from drafter.writing.words import cut, words_of

_REFERENCE = re.compile(r"\{[^{}]*\}")
_LABEL = re.compile(r"^([^：:，,；;。{}]{2,10})[：:]\s*(?=.)")
_EVENT_UNIT = re.compile(r"(?:次|场|场次|期|批次)$")
_MEETING = re.compile(r"(?:会|会议|座谈会|例会|大会)$")
_TAUGHT = re.compile(r"(?:班|课|讲座|培训|比赛|演出|展演|赛|节|宴|展|晚会|招聘会|文化活动)$")
_ORGANISED = re.compile(r"开展|举办|组织|召开|进行|承办|举行|参加|完成|共|累计|平均|人均|每|达|至少|不少于|[有为是在]")
_HALF = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！"}
_HALF_MARK = re.compile(r"[,:;()?!]")


def official(clause: str, unit: str | None) -> str:
    """Return one clause with its verb in front, as an official text puts it.

    矛盾纠纷受理{F1.1} → 受理矛盾纠纷{F1.1}; 招聘会{F2.1} of unit 场 → 举办招聘会{F2.1}.
    `unit` is that of the clause's first number. What is in order stays as it is.
    """
    found = _REFERENCE.search(clause)
    if found is None or not clause[: found.start()].strip():
        return clause
    before, rest = clause[: found.start()], clause[found.start() :]
    tokens = cut(before)
    if any(token.tag[0] in "pdc" for token in tokens) or not all(token.tag[0] != "x" or token.text in "“”、《》" for token in tokens):
        return clause
    last = tokens[-1]
    if len(tokens) > 1 and last.text in words_of("transitive") and tokens[0].tag not in {"v"}:
        return f"{last.text}{before[: -len(last.text)]}{rest}"
    if unit is None or not _EVENT_UNIT.search(unit) or _ORGANISED.search(before) or tokens[0].tag == "v" and len(tokens) > 1 and not _TAUGHT.search(before):
        return clause
    return f"{_verb_for(before)}{before}{rest}"


def _verb_for(event: str) -> str:
    if _TAUGHT.search(event):
        return "举办"
    return "召开" if _MEETING.search(event) else "开展"


def spell_label(text: str) -> str:
    """Return `text` with a leading label as part of the sentence: 文明餐桌：… → 文明餐桌方面，…."""
    found = _LABEL.match(text)
    if found is None:
        return text
    label, rest = found[1], text[found.end() :]
    if label.endswith(("方面", "情况", "工作")):
        return f"{label.removesuffix('情况')}，{rest}"
    return f"{label}方面，{rest}"


def full_width(text: str) -> str:
    """Return `text` with full-width punctuation outside numbers and Latin words."""

    def replace(found: re.Match[str]) -> str:
        before, after = text[: found.start()][-1:], text[found.end() :][:1]
        if (before + after).isascii() and before.isalnum() and after.isalnum():
            return found[0]
        return _HALF[found[0]]

    return _HALF_MARK.sub(replace, text)


def as_list(items: list[str]) -> str:
    """Return several short statements as one sentence: 一是…；二是…。."""
    from drafter.numbers.chinese import write_chinese  # noqa: PLC0415 - loaded with the number reader's tables

    if len(items) == 1:
        return f"{items[0]}。"
    return "；".join(f"{write_chinese(index)}是{item}" for index, item in enumerate(items, 1)) + "。"
