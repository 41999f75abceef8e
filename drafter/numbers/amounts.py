"""Amounts: a number with its approximation, range, scale and measure word."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from drafter.numbers.chinese import SCALE_VALUES
from drafter.numbers.figures import HAN, SCALES, Number, number_at, range_at, read_figure, tidy
from drafter.numbers.later import Later
from drafter.numbers.lexicon import measure_at
from drafter.numbers.page import Page, Reading

if TYPE_CHECKING:
    from drafter.model import Kind

_BEFORE = Later(
    r"(?:将近|接近|临近|大约|约为|约|近|超过|超出|超|突破|不足|不到|未满|逾|至少|最多|不少于|不低于|不超过|不高于|高于|低于|大于|小于|多于|少于)$",
)
_AFTER = Later(r"左右|上下|(?:及|[（(]含[）)])?以[上下]|以内|之内|之多|以外|开外|不到|不等")
_NOT_AFTER = Later(r"以上(?:工作|情况|问题|措施|活动|成绩|内容|各|几|是)")
_NOT_NEAR = Later(r"(?:[附最远亲靠相邻就将新临]|(?<![补津])贴)$")
_NOT_ABOUT = Later(r"(?:[条契大简集预制履违签赴]|(?<!春)节|(?<!办)公|(?<![联结整融配集组])合)$")
_SPAN_OF_TIME = Later(r"(?:以)?来|中")
_TENTHS = Later(
    r"成(?!员|长|立|功|绩|人|果|效|年|熟|本|品|就|套|分|都|群|片|家)(?P<rest>[一二三四五六七八九半](?![个名户人次项家场件]))?(?P<few>多(?![元种样]))?"
)
_HALF_MORE = Later(r" ?个半(?P<unit>月|小时|学期|钟头)")
_MORE = Later(r"(?:多|余)(?![元种样])")
_SPLITS = frozenset(
    [
        "年",
        "个月",
        "小时",
        "个小时",
        "天",
        "米",
        "公里",
        "里",
        "亩",
        "吨",
        "倍",
        "斤",
        "公斤",
        "平方米",
        "岁",
        "周",
    ]
)
"""Measure words that can be divided, so that 多 may follow them: 三年多, 两亩多."""

_MINUS = Later(r"(?:率|为|速|(?<![同环])比|长)[-－−]$")
_PERCENT = Later(r" ?[%‰]")
_OF = Later(
    rf"(?P<whole>[{HAN}]+|\d{{1,6}})分之(?P<part>[{HAN}]+(?:点[{HAN}]+)?|\d{{1,6}}(?:\.\d{{1,6}})?)(?P<few>多|强|余)?"
)
_SLASH = Later(r"(?P<part>\d{1,2})/(?P<whole>\d{1,3})(?![\d/年月日.])")
_RATIO = Later(r"(?P<first>\d{1,5}(?:\.\d{1,4})?) ?[:：∶] ?(?P<second>\d{1,5}(?:\.\d{1,4})?)(?![\d:：])")
_ONE_HALF = Later(r"一半|半数")
_WRAP = Later(r" ?\r?\n[ \u3000]{0,4}(?P<scale>[万亿]?)(?=[^\x00-\x7f\W])")
"""The end of a line between a number and its measure word, as in texts taken from printed pages."""
_LINE, _FULL = 40, 16
"""So many characters are looked at in front of a number, and so many make a full line."""
_PLUS = Later(r"[+＋](?![\dNXnx一二三四五六七八九十])")
_SUM = Later(
    r"(?:投资|资金|金额|收入|产值|贷款|补贴|补助|善款|捐款|经费|税收|支出|造价|融资|引资|筹资|投入|拨付|销售|营收|利润|总额|额"
    r"|[^\x00-\x7f\W]金|[^\x00-\x7f\W]款|[^\x00-\x7f\W]费)[了达约共为近超计到逾高已]{0,3}(?:[:：] ?)?$",
)
_MONEY = Later(r"元|块钱|圆|美元|港元|港币|欧元|人民币")


def amount_at(page: Page, at: int, floor: int) -> Reading | None:
    """Return the amount that begins at `at`; a leading 近 or 约 (not before `floor`) is taken in."""
    fraction = _ratio_at(page, at) or _fraction_at(page, at, floor)
    if fraction is not None:
        return fraction
    number = number_at(page, at, floor)
    if number is None:
        return None
    number = range_at(page, number)
    approx = [number.approx] if number.approx else []
    draft = Reading(number.start, number.end, "quantity", number.value, number.upper)
    return _with_modifiers(page, _with_unit(page, draft, approx, arabic=number.arabic), floor, approx)


def _with_unit(page: Page, reading: Reading, approx: list[str], *, arabic: bool) -> Reading:
    """Return the reading with %, 成 or the measure word that follows it; may add 多 to `approx`."""
    plus = None if approx else _PLUS.match(page.text, reading.end)
    if plus:
        approx.append("多")
        reading = reading._replace(end=plus.end())
    text, end, value = page.text, reading.end, reading.value
    half = _HALF_MORE.match(text, end)
    if half and value is not None:
        return reading._replace(end=half.end(), value=value + Decimal("0.5"), unit="个" + half["unit"])
    percent = _PERCENT.match(text, end)
    if percent:
        whole = reading._replace(end=percent.end(), kind="percent", unit=percent.group().strip())
        return _signed(page, whole)
    tenths = None if arabic else _TENTHS.match(text, end)
    if tenths and value is not None and value <= 10:
        more = (
            Decimal(5)
            if tenths["rest"] == "半"
            else read_figure(tenths["rest"])
            if tenths["rest"]
            else Decimal(0)
        )
        upper = None if reading.upper is None else reading.upper * 10
        approx += ["多"] if tenths["few"] else []
        return reading._replace(
            end=tenths.end(), kind="percent", value=value * 10 + (more or 0), upper=upper, unit="%"
        )
    space = 1 if text[end : end + 1] == " " else 0
    wrapped = _WRAP.match(text, end)
    if wrapped and value is not None and arabic and not page.line_start(reading.start):
        space = len(wrapped.group()) - len(wrapped["scale"])
        if wrapped["scale"]:
            reading = reading._replace(value=value * SCALE_VALUES[wrapped["scale"]])
            space += 1
    word = measure_at(text, end + space)
    if word is None or (wrapped and space and not _is_broken(page, reading)):
        return _as_money(page, reading._replace(value=value))
    end += space + len(word)
    if text[end : end + 1] == "/" and (per := measure_at(text, end + 1)):
        word, end = f"{word}/{per}", end + 1 + len(per)
    kind: Kind = "money" if _MONEY.match(word) else "quantity"
    unit = "百分点" if word == "个百分点" else word
    return _with_rest(page, reading._replace(end=end, unit=unit, kind=kind), approx)


def _is_broken(page: Page, reading: Reading) -> bool:
    """Tell whether the line before the number is so long that its end broke a phrase in two."""
    line = page.before(reading.start, _LINE).rsplit("\n", 1)[-1]
    return len(line) >= _FULL


def _as_money(page: Page, reading: Reading) -> Reading:
    """Return 680万 as a sum of money where the words in front say that it is one: 投资680万."""
    scaled = page.text[reading.end - 1 : reading.end] in ("万", "亿") and reading.value is not None
    if scaled and _SUM.search(page.before(reading.start, 8)):
        return reading._replace(kind="money", unit="元")
    return reading


def _signed(page: Page, reading: Reading) -> Reading:
    """Return a percentage with its minus sign: 自然增长率-1.2‰."""
    if reading.value is None or not _MINUS.search(page.before(reading.start, 3)):
        return reading
    return reading._replace(start=reading.start - 1, value=-reading.value)


def _with_rest(page: Page, reading: Reading, approx: list[str]) -> Reading:
    """Return the reading with a 半 or 多 behind its measure word: 一年半, 三年多."""
    if reading.unit in ("年", "天") and page.text.startswith("半", reading.end) and reading.value is not None:
        return reading._replace(end=reading.end + 1, value=reading.value + Decimal("0.5"))
    more = _MORE.match(page.text, reading.end)
    if more and reading.unit in _SPLITS and not approx:
        approx.append(more.group())
        return reading._replace(end=more.end())
    return reading


def _with_modifiers(page: Page, reading: Reading, floor: int, approx: list[str]) -> Reading:
    """Return the reading with the words of approximation round it."""
    reading = _with_sign(page, reading, floor)
    start, end = reading.start, reading.end
    before = _BEFORE.search(page.before(start, 4))
    if before and start - len(before.group()) >= floor and not _is_other_word(page, start, before.group()):
        start -= len(before.group())
        if not (before.group() == "近" and _SPAN_OF_TIME.match(page.text, end)):
            approx = [before.group(), *approx]
    after = _AFTER.match(page.text, end)
    if after and not _NOT_AFTER.match(page.text, end):
        approx = [*approx, after.group()[-2:]]
        end = after.end()
    value = None if reading.value is None else tidy(reading.value)
    return reading._replace(start=start, end=end, value=value, approx="+".join(approx) or None)


def _with_sign(page: Page, reading: Reading, floor: int) -> Reading:
    """Return the reading with the ￥ in front of it, which makes it a sum of money: ￥86.5万."""
    start = reading.start
    if start > floor and page.text[start - 1] in "￥¥" and reading.unit in (None, "元"):
        return reading._replace(start=start - 1, kind="money", unit="元")
    return reading


def _ratio_at(page: Page, at: int) -> Reading | None:
    """Return 109:100 as one number, the quotient, with the unit 比; a time of day is none."""
    found = _RATIO.match(page.text, at)
    if found is None or not ("比" in page.before(at, 8) or "1" in found.groups() or "100" in found.groups()):
        return None
    first, second = read_figure(found["first"]), read_figure(found["second"])
    if first is None or second is None or second == 0 or measure_at(page.text, found.end()):
        return None
    value = tidy((first / second).quantize(Decimal("0.0001")))
    return Reading(at, found.end(), "quantity", value, unit="比")


def _is_other_word(page: Page, start: int, word: str) -> bool:
    """Tell whether 近 or 约 before `start` ends another word: 附近, 节约, 合约."""
    others = {"近": _NOT_NEAR, "约": _NOT_ABOUT}.get(word)
    return others is not None and others.search(page.before(start - 1, 2)) is not None


def _fraction_at(page: Page, at: int, floor: int) -> Reading | None:
    """Return 百分之九十八点五, 三分之二, 千分之三, 2/3, 一半, all as percentages."""
    text = page.text
    value: Decimal | None
    found = _OF.match(text, at) or _SLASH.match(text, at)
    if found:
        whole, part = read_figure(found["whole"]), read_figure(found["part"])
        improper = (
            "few" not in found.re.groupindex and whole is not None and part is not None and part >= whole
        )
        if whole is None or part is None or whole == 0 or improper:
            value = None
        else:
            value = part if whole == 100 else tidy((part * 100 / whole).quantize(Decimal("0.01")))
        approx = [few] if (few := found.groupdict().get("few")) else []
        return _with_modifiers(page, Reading(at, found.end(), "percent", value, unit="%"), floor, approx)
    half = _ONE_HALF.match(text, at)
    if half:
        return _with_modifiers(page, Reading(at, half.end(), "percent", Decimal(50), unit="%"), floor, [])
    return None


__all__ = ["HAN", "SCALES", "Number", "amount_at", "number_at"]
