"""What a counted thing is: a fact (四项承诺), a figure of speech (一个良好的环境) or a name (三德)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from drafter.numbers.indefinite import judge_one
from drafter.numbers.later import Later
from drafter.numbers.lexicon import any_of, load_table, load_words

if TYPE_CHECKING:
    from drafter.numbers.page import Page, Reading

_OPEN = "“\"'‘「『"
_CLOSE = "”\"'’」』“"
_QUOTE_REACH = 12
_STOPS = Later(rf"[，,。；;：:\n{_OPEN}{_CLOSE}]")
_BUS = Later(r"公交|乘坐|换乘|专线|[GSXYC乘]$")
_LIST_END = Later(r"\s*(?:$|[，,。；;、）)\n：:])")
_LONG_NUMERAL = Later(r"[百千万亿]")
_BUILDINGS = frozenset(("栋", "幢", "单元", "组", "站"))
_SETTLEMENT = Later(r"(?<!小)(?<!社)(?<!校)(?<!园)[村苑区庄园城院寓付里]$|小区$")
_HOUSE = Later(r"(?:号楼|号院|\d[栋幢])$")
_DOOR = Later(r"\d{3,4}|[^\x00-\x7f\W]{0,3}(?:家|号)")
_WHOLE = Later(r"(?:[全本该各我]村|小区|社区|校园|园区)$")
_PLACE_MEASURE = "里家门道台间亩户棵眼口塘班"
_PLACE_END = Later(
    r"[河沟湾桥塘岭山湖岗坡堡寨庄营屯街巷路镇乡铺店坝口峡井村坪坳川洞庙寺垭冲渡圩坎画墩岔汊埠溪](?!民|委|道|个)"
)
_COUNTED_KINDS = frozenset(("类", "组", "门"))
"""Labels of which there are hardly more than ten: 十三类补贴 counts them."""
_DOES = Later(
    r"实现|参加|参与|接受|获|受[到益训]|享受|完成|报名|到场|就业|上岗|入住|签约|加入|务工|务农|创业|以[上下]"
)
_SLOGAN = Later(r"不(?!同|足|稳|合)|有(?![关名限效])|好(?![人的])|进(?![修口])|一(?!级|类|线|体)|零(?!星|散)")


@cache
def _following(key: str) -> re.Pattern[str]:
    """Return the pattern of the words listed under `key` in `data/contexts.txt`."""
    return re.compile(any_of(load_table("contexts")[key]))


@cache
def _compounds() -> frozenset[str]:
    """Return words that only look like a measure word and its noun: 家庭 after 零, 支部 after 两."""
    return frozenset(load_words("compounds"))


def judge(page: Page, reading: Reading, digits: str) -> Reading:
    """Return `reading` with the kind that its surroundings give it; `digits` is the bare numeral."""
    if reading.kind not in ("quantity", "money"):
        return reading
    if digits[0].isdigit():
        return _name(reading) if _is_address(page, reading) else reading
    if reading.approx is not None or (reading.unit is None and _stands_alone(page, reading, digits)):
        return reading
    if _is_name(page, reading, digits):
        return _name(reading)
    if digits in ("百", "千", "万", "亿"):
        return _judge_bare_scale(page, reading)
    return judge_one(page, reading) if digits == "一" else reading


def _name(reading: Reading) -> Reading:
    return reading._replace(kind="name", value=None, upper=None, unit=None, approx=None)


def _is_name(page: Page, reading: Reading, digits: str) -> bool:
    """Tell whether a small numeral belongs to a name, a slogan or a grade."""
    if reading.unit is None:
        return True
    if reading.unit == "字" and _is_norm(page, reading):
        return True
    slogan = reading.unit == "个" and len(digits) <= 2 and digits != "一"
    return (
        (reading.unit != "元" and in_short_quotation(page, reading.start, reading.end))
        or (len(digits) == 1 and _is_compound(page, reading))
        or _is_place(page, reading)
        or _is_label(page, reading, digits)
        or (slogan and _slogan_follows(page, reading.end))
    )


def in_short_quotation(page: Page, start: int, end: int) -> bool:
    """Tell whether `[start, end)` lies in a quotation of a few words without punctuation: “加强三个建设”."""
    before = page.before(start, _QUOTE_REACH)
    opened = max(before.rfind(mark) for mark in _OPEN)
    after = page.after(end, _QUOTE_REACH)
    closed = min((at for at in (after.find(mark) for mark in _CLOSE) if at >= 0), default=-1)
    if opened < 0 or closed < 0 or not page.opens_quotation(start - len(before) + opened):
        return False
    inside = before[opened + 1 :] + after[:closed]
    return len(inside) < _QUOTE_REACH and _STOPS.search(inside) is None


def _is_address(page: Page, reading: Reading) -> bool:
    """Tell whether a number in digits belongs to an address, a title or a norm instead of counting."""
    after = page.after(reading.end, 8).lstrip(_CLOSE)
    if reading.unit == "字":
        return _is_norm(page, reading)
    if reading.unit == "版":
        return "." in page.text[reading.start : reading.end]
    if reading.unit in _BUILDINGS:
        return _is_building(page, reading)
    if reading.unit is not None or reading.kind != "quantity":
        return reading.unit == "路" and _BUS.search(page.before(reading.start, 2)) is not None
    if _following("addresses").match(after) or re.match(r"后(?![，,。续期])", after):
        return True
    return "《" in page.before(reading.start, _QUOTE_REACH) and "》" in page.after(reading.end, _QUOTE_REACH)


def _is_norm(page: Page, reading: Reading) -> bool:
    """Tell whether so many characters are the name of a norm: 二十字基本道德规范."""
    after = page.after(reading.end, 8).lstrip(_CLOSE)
    return _following("norms").match(re.sub(r"^(?:的|基本|社会主义|公民)+", "", after)) is not None


def _is_building(page: Page, reading: Reading) -> bool:
    """Tell whether the number is one of a house: 桂苑3栋, 5号楼2单元301室."""
    before = page.before(reading.start, 3)
    if reading.unit == "单元" and _HOUSE.search(before):
        return _DOOR.match(page.after(reading.end, 8)) is not None
    return bool(_SETTLEMENT.search(before[-2:])) and not _WHOLE.search(before[-2:])


def _stands_alone(page: Page, reading: Reading, digits: str) -> bool:
    """Tell whether a numeral without a measure word still states an amount: 调解一百二十六，."""
    if len(digits) < 2 or (digits[0] in "〇零" and "点" not in digits):
        return False
    return bool(_LONG_NUMERAL.search(digits)) or not "\u4e00" <= page.after(reading.end, 1) <= "\u9fff"


def _is_compound(page: Page, reading: Reading) -> bool:
    """Tell whether the measure word only begins another word: 零家庭, 两支部, 三道德."""
    here = reading.end - len(reading.unit or "")
    if any(page.text.startswith(word[1:], here) for word in _compounds() if word[0] == "!"):
        return False
    return any(page.text[here : here + size] in _compounds() for size in (2, 3, 4))


def _is_place(page: Page, reading: Reading) -> bool:
    """Tell whether numeral and measure word begin the name of a place: 十五里河, 八里庄, 三家村."""
    end = (reading.unit or "")[-1:]
    return end in _PLACE_MEASURE and _PLACE_END.match(page.after(reading.end, 2)) is not None


def _is_label(page: Page, reading: Reading, digits: str) -> bool:
    """Tell whether the numeral names a grade, a phase or a class instead of counting: 三级, 二期工程."""
    unit, after = reading.unit or "", page.after(reading.end, 4)
    if unit in load_table("contexts")["labels"]:
        return not (unit in _COUNTED_KINDS and len(digits) > 1)
    if unit == "期":
        opens = not page.clause_before(reading.start) and page.text[reading.start] in "一二三四"
        return opens or bool(_following("phases").match(after))
    if unit == "次":
        return bool(_following("assemblies").match(after))
    return unit == "班" and (after.startswith("人") or page.before(reading.start, 2) == "年级")


def _slogan_follows(page: Page, end: int) -> bool:
    """Tell whether 三个 goes on as a slogan: 三个到位, 四个不, 五个有."""
    after = page.after(end, 4)
    if after.startswith(("提升工程", "提升行动")):
        return False
    return bool(_SLOGAN.match(after) or _following("slogans").match(after))


def _judge_bare_scale(page: Page, reading: Reading) -> Reading:
    """Return whether 万元 lost its number (资金万元) or belongs to a name (万亩良田, 百名教师大走访)."""
    after = page.after(reading.end, 1)
    lost = reading.unit == "元" and after not in "户级产大G以"
    if reading.unit == "家" and page.before(reading.start, 1) in "进入惠暖连到访送":
        return _name(reading)
    if lost or after in "增减降升从自用" or _LIST_END.match(page.after(reading.end, 2)):
        return reading._replace(start=reading.start, end=reading.start, kind="hole", value=None)
    if _DOES.match(page.after(reading.end, 2)):
        return reading
    return _name(reading)
