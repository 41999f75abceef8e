"""What the text round a number says of it beyond its own words: what follows, plans, the year of a date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drafter.model import Numeral, Quantity
    from drafter.numbers.context import Context

_PLAN = re.compile(r"目标(?!管理|责任|考核)|计划(?!生育|”|》)|拟(?!定|态)|力争|预计")
_DONE = re.compile(r"完成|实现|达成|已")
_ADD = (
    "[建增办设购开招添入装挂评聘修植种]|引进|发展|吸纳|悬挂|安装|识别|纳入|排查|确定|改造|认定|创建|培育"
    "|成立|组建|登记|注册|签约|采集"
)
_NEW = re.compile(f"新(?:{_ADD})|扩[种栽]")
_ONLY_NEW = re.compile(f"(?:其中|今年|本年|本年度|年内|当年|全年)*新(?:{_ADD})?(?:了|成)?")
_NEXT_YEAR = re.compile(r"明年|来年|下一?年|下一?步")


def is_new(context: Context) -> bool:
    """Tell whether a number is of what was added: 新建4个, 新增37人."""
    return _NEW.search(context.head) is not None


def is_only_new(context: Context) -> bool:
    """Tell whether nothing but that it was added is said of a number: 服务站19个（新建4个）."""
    return _ONLY_NEW.fullmatch(context.head) is not None


def after_of(blanked: str, context: Context, end: int) -> str:
    """Return the clauses behind a number up to the one that has the next number."""
    rest = blanked[end : context.sentence.end]
    if "□" in rest:
        rest = rest[: max(rest.rfind(stop, 0, rest.index("□")) for stop in "，,；;") + 1]
    return rest[context.clause.end - end :]


def is_planned(context: Context, blanked: str, heading: str) -> bool:
    """Tell whether a number of the notes is one of a plan: 明年新建5座, 目标98%."""
    if context.period is not None and _NEXT_YEAR.match(context.period):
        return True
    own = blanked[context.clause.start : context.clause.end]
    own = own if own.count("□") == 0 else f"{context.head} {context.tail}"
    if _DONE.search(own):
        return False
    return _PLAN.search(own) is not None or _NEXT_YEAR.search(heading) is not None


def year_of(number: Numeral | Quantity, context: Context, year: int | None) -> int | None:
    """Return the year of a date: its own, else `year`, that of the report, where nothing says otherwise."""
    if number.iso is None:
        return None
    if number.iso[:4].isdigit():
        return int(number.iso[:4])
    return year if not context.period and not context.when else None
