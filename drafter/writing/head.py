"""What a draft is a draft of: unit, year, period and title, from whoever said it first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drafter.errors import UsageError
from drafter.writing.outline import latest_own_report
from drafter.writing.periods import FULL_YEAR, time_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Notes, Report
    from drafter.settings import Settings

_PERIODS = (FULL_YEAR, "上半年", "下半年", "一季度", "二季度", "三季度", "四季度")
_TITLE_TIME = re.compile(
    r"(?:19|20)\d\d年?(?:度)?\s*(?:全年|上半年|下半年|第?[一二三四]季度|1\s*[-—～~至]\s*\d{1,2}\s*月份?)?",
)


@dataclass(frozen=True)
class Head:
    """What a draft is a draft of."""

    title: str
    unit: str
    year: int
    period: str


def settle_head(  # noqa: PLR0913 - the four that a call may give, by name only
    notes: Notes,
    settings: Settings,
    reports: Sequence[Report],
    *,
    unit: str | None = None,
    year: int | None = None,
    period: str | None = None,
    title: str | None = None,
) -> Head:
    """Return the draft's head: flags, else what the notes say, else the settings.

    A year without a period is a whole year. The clock is never asked. The title
    follows that of the unit's latest report.

    Raises:
        UsageError: nobody said which unit or which year, or the period is none.
    """
    unit = unit or notes.unit or settings.unit
    year = next((said for said in (year, notes.year, settings.year) if said is not None), None)
    missing = [
        (word, flag)
        for word, flag, value in (("单位", "--unit", unit), ("年份", "--year", year))
        if value is None or value == ""
    ]
    if not unit or year is None:
        words = "、".join(word for word, _ in missing)
        flags = " ".join(f"{flag} {'云溪社区' if flag == '--unit' else '2025'}" for _, flag in missing)
        raise UsageError(
            f"不知道这是哪个{words}的总结。",
            hint=f"请在要点开头写明（单位：…　时间：…年），或加参数，例如 {flags}。",
        )
    if not 1949 <= year <= 2999:
        raise UsageError(f"年份 {year} 不对。", hint="请写四位数的年份，例如 --year 2025。")
    period = period or notes.period or settings.period or FULL_YEAR
    if period not in _PERIODS:
        raise UsageError(f"不认识的时段：{period}。", hint=f"可用的时段：{'、'.join(_PERIODS)}。")
    return Head(title or _title(unit, year, period, reports), unit, year, period)


def _title(unit: str, year: int, period: str, reports: Sequence[Report]) -> str:
    base = latest_own_report(reports, unit, year, period)
    time = time_words(year, period)
    if base and unit in base.title and len(_TITLE_TIME.findall(base.title)) == 1 and len(base.title) <= 40:
        return _TITLE_TIME.sub(time, base.title).strip()
    return f"{unit}{time}工作总结"
