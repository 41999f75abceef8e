"""Dates, periods, weekdays and clock times; what is corrupt or masked has no ISO form."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from drafter.numbers.chinese import read_chinese
from drafter.numbers.date_forms import HAN_DIGIT, NEEDS, REACH, date_form, date_forms
from drafter.numbers.later import Later
from drafter.numbers.lexicon import any_of, load_table, measure_at
from drafter.numbers.page import Page, Reading

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
    goes_on = before and before in "一二三四五六七八九十百千万亿几多" and text[at] in HAN_DIGIT
    if before.isdigit() or goes_on:
        return None
    if _SIGNS.isdisjoint(text[max(0, at - 2) : at + _WINDOW]) and text[at : at + 2] not in ("19", "20"):
        return None
    near = frozenset(text[max(0, at - 2) : at + REACH])
    forms = [name for name in date_forms() if name not in NEEDS or not near.isdisjoint(NEEDS[name])]
    for start in _starts(text, at, floor):
        for name in forms:
            found = date_form(name).match(text, start)
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


_HOUR = Later(rf"(?P<h>{HAN_DIGIT}+)[点时](?:半|钟|整)?$")


def _clock(found: re.Match[str]) -> Reading:
    hour = _HOUR.match(found.group())
    if hour and (read := _number(hour["h"])) is not None:
        minute = 30 if "半" in found.group() else 0
        return Reading(found.start(), found.end(), "date", iso=f"T{read:02d}:{minute:02d}")
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
