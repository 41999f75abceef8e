"""Placeholders where a number should stand: ××起, X条, ___万元, 若干名, 〔起〕."""

from __future__ import annotations

import re
from functools import cache

from drafter.numbers.lexicon import measure_at
from drafter.numbers.page import Page, Reading

MASK = r"(?:[xX×＊ⅹ✕╳]{1,6}|[*]{2,6}|_{2,12}|[…]{1,2}|[○〇●]{2,6}|[?？]{2,4}|\d{1,3}[xX×*]{1,4}|[nN](?=[个条次人名起户]))"


@cache
def _mask() -> re.Pattern[str]:
    return re.compile(rf"(?P<mask>{MASK}(?:\.[xX×*]{{1,2}})?|若干|[几](?=%))(?P<few>余|多)?(?P<scale>[十百千万亿]*)(?P<few2>余|多)?")


_NOT_A_COUNT = re.compile(r"(?:人民|人大|人社|家庭|家园|户外|场所|场镇|站台|组织|组长|班子|部门|台办|台账|道路|大道|名称|名单|里弄|路|街|村|镇|乡|区|社区|县|市|省|局|厂|小学|中学|公司|同志|书记|园|苑|所长|点位|线路)")
_PLACES = frozenset("号 中 小 集 村 镇 乡 县 市 省 社区 校 厂 店 章 团 连 营 里 桥 站 队 班 组 线 部 门 级 堂 城 铺 塘 池 道 面 段 片 点 席 代 手 任 问 题 方 m t M G g 宿 早 晚 夜 战 局 胜 星 刻 瓦 口 季 层".split())
"""Measure words that after a mask rather begin the name of a place or a body: ××站, ××队."""

_ENDING = frozenset("班 组 队 站 方 线 片 段 点 面 道 问 题 层 夜 席 代 任 手 方".split())
"""Those of them that count all the same when nothing follows: 每日××班。"""

_BLANK = re.compile(r"〔\s*(?P<unit>[\u4e00-\u9fff%]{0,4})\s*〕")


def blank_at(page: Page, at: int) -> Reading | None:
    """Return the typed blank 〔起〕 at `at`: a number that was taken out on purpose."""
    found = _BLANK.match(page.text, at)
    if found is None:
        return None
    unit = found["unit"]
    if unit and unit != "%" and measure_at(unit, 0) is None and unit not in ("数", "年", "月", "日", "日期", "数字"):
        return None
    kind = "percent" if unit == "%" else "date" if unit in ("年", "月", "日", "日期") else "money" if unit in ("元", "万元") else "quantity"
    return Reading(at, found.end(), kind, unit=unit or None)


def mask_at(page: Page, at: int, floor: int) -> Reading | None:
    """Return the placeholder of a number that begins at `at`, without a value.

    A mask in front of anything but a measure word, % or a date part hides a
    name (×××镇) and is not a numeral.
    """
    text = page.text
    found = _mask().match(text, at)
    if found is None:
        return None
    if found["mask"][0] not in "若几" and at and (text[at - 1].isascii() and text[at - 1].isalnum()):
        return None
    end = found.end()
    approx = found["few"] or found["few2"]
    if text[end : end + 1] == "%":
        return Reading(at, end + 1, "percent", unit="%", approx=approx)
    space = 1 if text[end : end + 1] == " " else 0
    unit = measure_at(text, end + space)
    if unit is None or _NOT_A_COUNT.match(text, end + space):
        if found["scale"] and found["mask"] not in ("若干",) and found["scale"] in ("万", "亿", "万亿"):
            return Reading(at, end, "quantity", approx=approx)
        return None
    if unit in _PLACES and not (unit in _ENDING and re.match(r"[，,。；;、）)]|$", text[end + space + len(unit) :][:1])):
        return None
    end += space + len(unit)
    if unit == "届":
        start = at - 1 if at > floor and text[at - 1] == "第" else at
        return Reading(start, end, "ordinal", unit=unit)
    if at > floor and text[at - 1] == "第":
        return Reading(at - 1, end, "ordinal", unit=unit)
    kind = "money" if unit in ("元", "块钱", "美元", "元整") else "quantity"
    return Reading(at, end, kind, unit=unit, approx=approx)
