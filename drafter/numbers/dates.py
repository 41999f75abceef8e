"""Dates, periods, weekdays and clock times; what is corrupt or masked has no ISO form."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from drafter.numbers.chinese import read_chinese
from drafter.numbers.lexicon import any_of, load_table, measure_at
from drafter.numbers.page import Page, Reading

_SIGN = r" ?(?:至|到|[-–—－―~～〜])+ ?"
_HAN = "[〇零○一二三四五六七八九十]"
_YEAR4 = r"(?:(?:19|20)\d\d|(?:二[〇零○Oo0]|一九)[〇零○一二三四五六七八九0]{2})"
_MASKED = r"(?:(?:19|20)?[xX×＊*_ⅹ✕Ｘ○〇]{2}|(?:19|20)\d?[xX×*_]{1,2}|[xX×*_]{4}|20--|2[0O][xX×]{2}|_{2,8})"
_MONTH = rf"(?:[01]?\d|十[一二]?|{_HAN})"
_DAY = rf"(?:[0-3]?\d|[二三]?十{_HAN}?|廿{_HAN}?|{_HAN})"
_WEEKDAYS = {
    "一": "MON",
    "二": "TUE",
    "三": "WED",
    "四": "THU",
    "五": "FRI",
    "六": "SAT",
    "日": "SUN",
    "天": "SUN",
}
_QUARTERS = {"一": "Q1", "二": "Q2", "三": "Q3", "四": "Q4", "1": "Q1", "2": "Q2", "3": "Q3", "4": "Q4"}


_SIGNS = frozenset("年月日号季点时:：半周星礼-/")
_WINDOW = 14
"""No date is without one of the signs within so many characters, but for a bare year."""


@cache
def _compiled(name: str) -> re.Pattern[str]:
    """Return the pattern of one form of date, made when a text first calls for it."""
    return re.compile(_forms()[name])


@cache
def _forms() -> dict[str, str]:
    """Return the forms of dates, tried in this order."""
    year = rf"(?:{_YEAR4}|{_MASKED}|[09]\d|'\d\d)"
    return {
        "numeric": (rf"(?P<y>{_YEAR4}|{_MASKED})(?P<s>[-/.])(?P<m>[01]?\d)(?P=s)(?P<d>[0-3]?\d)(?!\d)"
            r"(?:[ T]?\d\d?:\d\d(?::\d\d)?)?"),
        "full": (rf"(?P<y>{year}) ?年 ?(?:(?P<m>{_MONTH}|{_MASKED}|[xX×]) ?月(?:份)?"
            rf"(?: ?(?P<d>{_DAY}|{_MASKED}|[xX×]) ?[日号])?)"),
        "yearmonth": rf"(?P<y>{_YEAR4})[-/.](?P<m>0\d|1[0-2])(?![\d%.\-/]|[^\x00-\x7f\W])",
        "decade": r"(?P<d>\d0|[一二三四五六七八九]十)年代",
        "stamp": r"(?P<m>0\d|1[0-2])-(?P<d>[0-3]\d)(?![\d%]|[^\x00-\x7f\W])",
        "years": rf"(?P<y>{_YEAR4}) ?年?{_SIGN}(?P<y2>{_YEAR4}) ?(?:年度|学年|年)",
        "half": rf"(?P<y>{year}) ?年度?(?P<h>上半年|下半年|第?[一二三四1-4]季度)",
        "schoolyear": rf"(?P<y>{_YEAR4}|{_MASKED}) ?(?:[-—至] ?(?:{_YEAR4}|{_MASKED}) ?)?学年度?",
        "year": rf"(?P<y>{_YEAR4}|{_MASKED}) ?(?:年度|年)",
        "bareyear": r"(?P<y>(?:19|20)\d\d)(?=(?:乡镇?|镇|村|社区|县|市|区)?[^\x00-\x7f\W])",
        "shortyear": r"(?P<y>0\d|'\d\d|[89]\d(?=年(?![来间多以]))) ?(?:年度|年)",
        "months": rf"(?P<m>{_MONTH}|\d+) ?(?:月份?)?{_SIGN}(?P<m2>\d+|{_MONTH}) ?月(?:份)?(?! ?{_DAY} ?[日号])",
        "days": (rf"(?P<m>{_MONTH}) ?月 ?(?P<d>{_DAY}) ?[日号]?{_SIGN}"
            rf"(?:(?P<m2>{_MONTH}) ?月 ?)?(?P<d2>{_DAY}) ?[日号]"),
        "daylist": rf"(?P<m>{_MONTH}) ?月(?P<list>{_DAY}(?:[、和]{_DAY}){{1,5}})[日号]",
        "monthlist": rf"(?P<list>{_MONTH}(?:[、和]{_MONTH}){{1,5}})月(?:份)?(?!{_DAY}[日号])",
        "day": rf"(?P<m>{_MONTH}|{_MASKED}|[xX×]) ?月 ?(?P<d>{_DAY}|{_MASKED}|[xX×]) ?[日号]",
        "month": (rf"(?P<m>{_MONTH}|{_MASKED}|[xX×]) ?月(?:份|上旬|中旬|下旬|初|底|末)?"
            r"(?![饼球亮嫂]|(?<=[二三五六七九]月)(?P=m)(?![日号十个家名户次场期人项件]))"),
        "halfyear": r"(?P<h>[上下]半年)",
        "quarter": rf"(?P<h>(?:第|前)?[一二三四1-4](?:{_SIGN}[二三四2-4]|、[二三四2-4])?个?季度)",
        "duration": r"(?:每|近|大|多|小)?半年",
        "weekday": rf"(?:每|星期|周|礼拜)+[一二三四五六日天](?:{_SIGN}(?:星期|周)?[一二三四五六日天])?",
        "dayonly": rf"(?P<d>{_DAY}|{_MASKED}) ?日(?:{_SIGN}(?:{_DAY}) ?日)?(?![均志间常夜子益记用程报])",
        "daynumber": rf"(?<=[月于定从到至在、])(?P<d>{_DAY})号(?=[，,。、为前左上下以之晚起]|$)",
        "clock": rf"(?P<t>[0-2]?\d[:：][0-5]\d(?::[0-5]\d)?(?:{_SIGN}[0-2]?\d[:：][0-5]\d)?|(?:[01]?\d|2[0-4])[点时](?:半|整|许|[0-5]?\d分)|(?:十[一二]?|[一二三四五六七八九])点(?:半|钟|整)|(?<=[午晨晚上早日天])(?:[0-2]?\d|十[一二]?|[一二三四五六七八九])[点时](?:半|整|[0-5]?\d分|{_HAN}{{1,3}}分|钟)?(?![五六七八九]))",
    }


_NEEDS = {
    "numeric": "-/.",
    "full": "月",
    "yearmonth": "-/.",
    "decade": "代",
    "stamp": "-",
    "years": "至到-–—－―~～〜",
    "half": "半季",
    "schoolyear": "学年",
    "year": "年",
    "shortyear": "年",
    "months": "至到-–—－―~～〜",
    "days": "至到-–—－―~～〜",
    "daylist": "、和",
    "monthlist": "、和",
    "day": "月",
    "month": "月",
    "halfyear": "半",
    "quarter": "季",
    "duration": "半",
    "weekday": "周期拜",
    "dayonly": "日",
    "daynumber": "号",
    "clock": ":：点时",
}
"""One of the characters that a form cannot do without within `_REACH`."""

_REACH = 32


def _number(text: str | None) -> int | None:
    """Return a date part as a number, None when it is masked, missing or not a number."""
    if not text:
        return None
    if text.isdigit():
        return int(text)
    value = read_chinese(text.replace("0", "〇").replace("O", "〇").replace("o", "〇"))
    return None if value is None else int(value)


def _year(text: str | None) -> str:
    number = _number(text.lstrip("'")) if text else None
    if number is None:
        return "XXXX"
    if number < 100:
        return f"{2000 + number if number < 50 else 1900 + number}"
    return f"{number:04d}"


def _iso(year: str | None, month: str | None, day: str | None) -> str | None:
    """Return the ISO form with X for what is unknown, None when a part is impossible or nothing is known."""
    parts = [_year(year)]
    if month is not None:
        number = _number(month)
        if number is not None and not 1 <= number <= 12:
            return None
        parts.append("XX" if number is None else f"{number:02d}")
    if day is not None:
        number = _number(day)
        if number is not None and not 1 <= number <= 31:
            return None
        parts.append("XX" if number is None else f"{number:02d}")
    iso = "-".join(parts)
    return iso if any(char.isdigit() for char in iso) else None


def _period_iso(year: str | None, period: str) -> str | None:
    known = {"上半年": "H1", "下半年": "H2"}
    name = known.get(period) or _QUARTERS.get(period.strip("第个季度"))
    ends = re.findall(r"[一二三四1-4]", period)
    if name is None and ends:
        first = "Q1" if period.startswith("前") else _QUARTERS[ends[0]]
        name = f"{first}/{_QUARTERS[ends[-1]]}"
    if name is None:
        return None
    return f"{_year(year)}-{name}" if year else name


def date_at(page: Page, at: int, floor: int) -> Reading | None:
    """Return the date, period or time of day that begins at `at`."""
    text = page.text
    before = text[at - 1] if at > floor else ""
    if before.isdigit() or (before and before in "一二三四五六七八九十百千万亿几多" and text[at] in _HAN):
        return None
    if _SIGNS.isdisjoint(text[max(0, at - 2) : at + _WINDOW]) and text[at : at + 2] not in ("19", "20"):
        return None
    near = frozenset(text[max(0, at - 2) : at + _REACH])
    forms = [name for name in _forms() if name not in _NEEDS or not near.isdisjoint(_NEEDS[name])]
    for start in _starts(text, at, floor):
        for name in forms:
            found = _compiled(name).match(text, start)
            if name == "monthlist" and found is not None and page.line_start(start):
                continue
            if name == "bareyear" and found is not None and not _is_year(text, found):
                continue
            if found is not None and found.end() > at:
                reading = _READERS[name](found)
                public = name == "day" and _public_day().match(page.text, reading.end)
                return reading._replace(kind="name") if public else reading
    return None


def _is_year(text: str, found: re.Match[str]) -> bool:
    """Tell whether 2022 in 2022乡镇工作总结 is a year: nothing round it says that it counts."""
    end, before = found.end(), text[found.start() - 1 : found.start()]
    if text[end] in "余多来万千百十亿点左以成分" or (before and before in "共达约近超计为至到"):
        return False
    unit = measure_at(text, end)
    return unit is None or unit in ("乡", "镇", "村", "社区", "县", "市", "区")


@cache
def _public_day() -> re.Pattern[str]:
    """Return what follows a day that is named as a public one: 3月5日是学雷锋日, 12月4日国家宪法日."""
    known = any_of(load_table("contexts")["publicdays"])
    within = "[^，,。；;：:\n、“次]"
    counted = "(?:第[一二三四五六七八九十\\d]{1,3}个)?"
    return re.compile(
        rf"(?:是|即|为|的|[（(])?{within}{{0,3}}{counted}[“\"]?{within}{{0,16}}(?:{known}|[^\x00-\x7f\W]日[”\"])",
    )


def _starts(text: str, at: int, floor: int) -> list[int]:
    """Return where a date whose first numeral stands at `at` may begin: 上半年, 第一季度, 星期三."""
    words = ("每星期", "星期", "礼拜", "每周", "周", "上", "下", "前", "第")
    return [*(at - len(word) for word in words if text.endswith(word, max(floor, at - len(word)), at)), at]


def _plain(found: re.Match[str]) -> Reading:
    """Read year, month and day groups, whichever there are."""
    groups = found.groupdict()
    iso = _iso(groups.get("y"), groups.get("m"), groups.get("d"))
    if "y" not in groups and iso is not None and "m" not in groups:
        iso = f"XXXX-XX-{iso[-2:]}"
    return Reading(found.start(), found.end(), "date", iso=iso)


def _days(found: re.Match[str]) -> Reading:
    first = _iso(None, found["m"], found["d"])
    last = _iso(None, found["m2"] or found["m"], found["d2"])
    return Reading(found.start(), found.end(), "date", iso=f"{first}/{last}" if first and last else None)


def _months(found: re.Match[str]) -> Reading:
    first, last = _iso(None, found["m"], None), _iso(None, found["m2"], None)
    low, high = _number(found["m"]), _number(found["m2"])
    sound = first and last and low and high and low < high
    return Reading(found.start(), found.end(), "date", iso=f"{first}/{last}" if sound else None)


def _day_list(found: re.Match[str]) -> Reading:
    days = [_iso(None, found["m"], day) for day in re.split("[、和]", found["list"])]
    return Reading(found.start(), found.end(), "date", iso=_joined(days))


def _month_list(found: re.Match[str]) -> Reading:
    months = [_iso(None, month, None) for month in re.split("[、和]", found["list"])]
    return Reading(found.start(), found.end(), "date", iso=_joined(months))


def _joined(dates: list[str | None]) -> str | None:
    """Return several dates as one text, None when one of them is no date."""
    known = [date for date in dates if date is not None]
    return ",".join(known) if len(known) == len(dates) else None


def _years(found: re.Match[str]) -> Reading:
    return Reading(found.start(), found.end(), "date", iso=f"{_year(found['y'])}/{_year(found['y2'])}")


def _period(found: re.Match[str]) -> Reading:
    groups = found.groupdict()
    return Reading(found.start(), found.end(), "date", iso=_period_iso(groups.get("y"), found["h"]))


def _decade(found: re.Match[str]) -> Reading:
    decade = _number(found["d"]) or 0
    return Reading(found.start(), found.end(), "date", iso=f"{'20' if decade < 30 else '19'}{decade // 10}X")


def _duration(found: re.Match[str]) -> Reading:
    return Reading(found.start(), found.end(), "date", value=Decimal("0.5"), unit="年")


def _weekday(found: re.Match[str]) -> Reading:
    return Reading(found.start(), found.end(), "date", iso=_WEEKDAYS[found.group()[-1]])


_HOUR = re.compile(rf"(?P<h>{_HAN}+)[点时](?:半|钟|整)?$")


def _clock(found: re.Match[str]) -> Reading:
    hour = _HOUR.match(found.group())
    if hour and (read := _number(hour["h"])) is not None:
        return Reading(found.start(), found.end(), "date", iso=f"T{read:02d}:{30 * ('半' in found.group()):02d}")
    digits = re.findall(r"\d+", found.group())
    minute = int(digits[1]) if len(digits) > 1 else 30 if "半" in found.group() else 0
    iso = f"T{int(digits[0]):02d}:{minute:02d}" if digits else None
    return Reading(found.start(), found.end(), "date", iso=iso)


_READERS = {
    "numeric": _plain,
    "full": _plain,
    "yearmonth": _plain,
    "decade": _decade,
    "stamp": _plain,
    "years": _years,
    "half": _period,
    "schoolyear": _plain,
    "year": _plain,
    "bareyear": _plain,
    "shortyear": _plain,
    "months": _months,
    "days": _days,
    "daylist": _day_list,
    "monthlist": _month_list,
    "day": _plain,
    "month": _plain,
    "halfyear": _period,
    "quarter": _period,
    "duration": _duration,
    "weekday": _weekday,
    "dayonly": _plain,
    "daynumber": _plain,
    "clock": _clock,
}
