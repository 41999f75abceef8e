"""The forms in which a date, a period or a time of day is written."""

from __future__ import annotations

import re
from functools import cache

HAN_DIGIT = "[〇零○一二三四五六七八九十]"
_SIGN = r" ?(?:至|到|[-–—－―~～〜])+ ?"
_YEAR4 = r"(?:(?:19|20)\d\d|(?:二[〇零○Oo0]|一九)[〇零○一二三四五六七八九0]{2})"
_MASKED = r"(?:(?:19|20)?[xX×＊*_ⅹ✕Ｘ○〇]{2}|(?:19|20)\d?[xX×*_]{1,2}|[xX×*_]{4}|20--|2[0O][xX×]{2}|_{2,8})"
_MONTH = rf"(?:[01]?\d|十[一二]?|{HAN_DIGIT})"
_DAY = rf"(?:[0-3]?\d|[二三]?十{HAN_DIGIT}?|廿{HAN_DIGIT}?|{HAN_DIGIT})"


@cache
def date_form(name: str) -> re.Pattern[str]:
    """Return the pattern of one form of date, made when a text first calls for it."""
    return re.compile(date_forms()[name])


@cache
def date_forms() -> dict[str, str]:
    """Return the forms of dates, tried in this order."""
    year = rf"(?:{_YEAR4}|{_MASKED}|[09]\d|'\d\d)"
    return {
        "numeric": (
            rf"(?P<y>{_YEAR4}|{_MASKED})(?P<s>[-/.])(?P<m>[01]?\d)(?P=s)(?P<d>[0-3]?\d)(?!\d)"
            r"(?:[ T]?\d\d?:\d\d(?::\d\d)?)?"
        ),
        "full": (
            rf"(?P<y>{year}) ?年 ?(?:(?P<m>{_MONTH}|{_MASKED}|[xX×]) ?月(?:份)?"
            rf"(?: ?(?P<d>{_DAY}|{_MASKED}|[xX×]) ?[日号])?)"
        ),
        "yearmonth": rf"(?P<y>{_YEAR4})[-/.](?P<m>0\d|1[0-2])(?![\d%.\-/]|[^\x00-\x7f\W])",
        "decade": r"(?P<d>\d0|[一二三四五六七八九]十)年代",
        "stamp": r"(?P<m>0\d|1[0-2])-(?P<d>[0-3]\d)(?![\d%]|[^\x00-\x7f\W])",
        "years": rf"(?P<y>{_YEAR4}) ?年?{_SIGN}(?P<y2>{_YEAR4}) ?(?:年度|学年|年)",
        "half": rf"(?P<y>{year}) ?年度?(?P<h>上半年|下半年|第?[一二三四1-4]季度)",
        "schoolyear": rf"(?P<y>{_YEAR4}|{_MASKED}) ?(?:[-—至] ?(?:{_YEAR4}|{_MASKED}) ?)?学年度?",
        "year": rf"(?P<y>{_YEAR4}|{_MASKED}) ?(?:年度|年)",
        "bareyear": r"(?P<y>(?:19|20)\d\d)(?=(?:乡镇?|镇|村|社区|县|市|区)?[^\x00-\x7f\W])",
        "shortyear": r"(?P<y>0\d|'\d\d|[89]\d(?=年(?![来间多以]))) ?(?:年度|年)",
        "months": rf"(?P<m>{_MONTH}|\d+) ?(?:月份?)?{_SIGN}"
        rf"(?P<m2>\d+|{_MONTH}) ?月(?:份)?(?! ?{_DAY} ?[日号])",
        "days": (
            rf"(?P<m>{_MONTH}) ?月 ?(?P<d>{_DAY}) ?[日号]?{_SIGN}"
            rf"(?:(?P<m2>{_MONTH}) ?月 ?)?(?P<d2>{_DAY}) ?[日号]"
        ),
        "daylist": rf"(?P<m>{_MONTH}) ?月(?P<list>{_DAY}(?:[、和]{_DAY}){{1,5}})[日号]",
        "monthlist": rf"(?P<list>{_MONTH}(?:[、和]{_MONTH}){{1,5}})月(?:份)?(?!{_DAY}[日号])",
        "day": rf"(?P<m>{_MONTH}|{_MASKED}|[xX×]) ?月 ?(?P<d>{_DAY}|{_MASKED}|[xX×]) ?[日号]",
        "month": (
            rf"(?P<m>{_MONTH}|{_MASKED}|[xX×]) ?月(?:份|上旬|中旬|下旬|初|底|末)?"
            r"(?![饼球亮嫂]|(?<=[二三五六七九]月)(?P=m)(?![日号十个家名户次场期人项件]))"
        ),
        "halfyear": r"(?P<h>[上下]半年)",
        "quarter": rf"(?P<h>(?:第|前)?[一二三四1-4](?:{_SIGN}[二三四2-4]|、[二三四2-4])?(?:(?<=第.)个)?季度)",
        "duration": r"(?:每|近|大|多|小)?半年",
        "weekday": rf"(?:每|星期|周|礼拜)+[一二三四五六日天](?:{_SIGN}(?:星期|周)?[一二三四五六日天])?",
        "dayonly": rf"(?P<d>{_DAY}|{_MASKED}) ?日(?:{_SIGN}(?:{_DAY}) ?日)?"
        r"(?![均志间常夜子益记用程报]|捐(?![赠款])|游(?![客行]))",
        "daynumber": rf"(?<=[月于定从到至在、])(?P<d>{_DAY})号(?=[，,。、为前左上下以之晚起]|$)",
        "clock": rf"(?P<t>[0-2]?\d[:：][0-5]\d(?::[0-5]\d)?(?:{_SIGN}[0-2]?\d[:：][0-5]\d)?"
        r"|(?:[01]?\d|2[0-4])[点时](?:半|整|许|[0-5]?\d分)"
        r"|(?:十[一二]?|[一二三四五六七八九])点(?:半|钟|整)"
        r"|(?<=[午晨晚上早日天])(?:[0-2]?\d|十[一二]?|[一二三四五六七八九])[点时]"
        rf"(?:半|整|[0-5]?\d分|{HAN_DIGIT}{{1,3}}分|钟)?(?![五六七八九]))",
    }


NEEDS = {
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
"""One of the characters that a form cannot do without within `REACH`."""

REACH = 32
