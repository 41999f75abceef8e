"""What the head of notes says about itself: whose they are, of which year and which part of it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from drafter.reading.words import load_pairs, load_words

_FOLD = str.maketrans("０１２３４５６７８９：〇", "0123456789:零")
_CHINESE_DIGITS = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年|/|-|\.|\D|$)(?!\d)")
_CHINESE_YEAR = re.compile(r"[一二][零九][零一二三四五六七八九]{2}(?=年)")
_MONTHS = re.compile(r"(\d{1,2})月?(?:份)?(?:—|–|-|~|～|至|到)+(?:(?:19|20)\d{2}年)?(\d{1,2})月")
_MONTH = re.compile(r"(?<![\d.])(\d{1,2})月(?!\d|底|末)")
_QUARTER = re.compile(r"(前[三二]|第?[一二三四1-4])个?季度")
_PART = re.compile(r"上半年|下半年|全年")
_WHOLE_YEAR = re.compile(r"年度|全年|年终|年末|\d年$|年(?:工作|总结|要点)")
_SPANS = {
    (1, 12): "全年",
    (1, 6): "上半年",
    (7, 12): "下半年",
    (1, 3): "一季度",
    (4, 6): "二季度",
    (7, 9): "三季度",
    (10, 12): "四季度",
    (1, 9): "前三季度",
}
_KEY_LINE = re.compile(r"\s*[【\[(（]?\s*((?:[^\W\d_]|[ \u3000]){1,12}?)\s*[】\])）]?\s*[:：]\s*(.*)$")
_DATES = re.compile(
    r"(?:19|20)\d{2}(?!\d)|\d{2,4}\s*年|\d{1,2}\s*月(?:份)?|\d{1,2}\s*[日号]|[(（][^()（）]*[)）]|[\s—–\-~～至到、]"
)
_BEFORE_WORK = re.compile(r"工作|要点|总结|小结|情况|任务|数据|统计|台账|材料|汇报|报告|重点|主要")
_LONGEST_TITLE = 45


class Header(NamedTuple):
    """What a title, a line such as `单位：` or the front matter says; None for what it does not."""

    unit: str | None = None
    year: int | None = None
    period: str | None = None

    def filled_by(self, other: Header) -> Header:
        """Return these particulars, the missing ones taken from `other` where it does not disagree."""
        same_year = self.year is None or other.year in (None, self.year)
        return Header(
            self.unit or other.unit,
            self.year if self.year is not None else other.year,
            self.period or (other.period if same_year else None),
        )


def read_period(text: str) -> tuple[int | None, str | None]:
    """Return the year and the part of it that `text` names: `2025年1—6月` → 2025, 上半年."""
    folded = _fold(text)
    years = [int(match.group()) for match in _YEAR.finditer(folded)]
    year = years[0] if years else None
    if months := _MONTHS.search(folded):
        first, last = int(months.group(1)), int(months.group(2))
        if len(set(years)) > 1:
            return years[-1], f"{years[0]}年{first}月—{years[-1]}年{last}月"
        return year, _SPANS.get((first, last), f"{first}—{last}月")
    if part := _PART.search(folded):
        return year, part.group()
    if quarter := _QUARTER.search(folded):
        return year, _quarter(quarter.group(1))
    month = _MONTH.search(folded)
    if month and 1 <= int(month.group(1)) <= 12 and not re.search(r"月\d{1,2}[日号]", folded):
        return year, f"{int(month.group(1))}月"
    whole = year is not None and month is None and _WHOLE_YEAR.search(folded)
    return year, "全年" if whole else None


def read_title(text: str) -> Header | None:
    """Return what a title such as `云溪社区2025年工作要点` says, or None if `text` is no title.

    A title ends like one, is one line without stops and counts nothing.
    """
    bare = re.sub(r"\s|[*_《》#]", "", text)
    core = re.sub(r"[(（][^()（）]*[)）]$", "", bare)
    if not core or len(bare) > _LONGEST_TITLE or re.search(r"[，。；！？,;!?:：]", bare):
        return None
    if not core.endswith(load_words("title_endings")) or re.search(r"\d", _DATES.sub("", _fold(core))):
        return None
    year, period = read_period(bare)
    if year is not None and period is None and not _MONTH.search(_fold(bare)):
        period = "全年"
    unit = _unit_in_title(_fold(core))
    short = core.endswith(("要点", "总结", "小结", "素材", "台账")) and len(core) <= 8
    return Header(unit, year, period) if unit or year is not None or short else None


def read_header_line(text: str) -> Header | None:
    """Return what a line such as `单位：云溪社区` or `时间：2025年1—6月` says, or None for any other line."""
    match = _KEY_LINE.match(text)
    if match is None:
        return None
    role = _header_keys().get(re.sub(r"\s", "", match.group(1)).lower())
    value = match.group(2).strip().strip("\"'“”").strip()
    if role is None or (role in {"unit", "time"} and not _is_particular(role, value)):
        return None
    if role == "unit":
        return Header(unit=value or None)
    if role == "title":
        return read_title(value) or Header()
    if role == "time":
        year, period = read_period(value)
        return Header(year=year, period=period)
    return Header()


def read_file_name(stem: str) -> Header:
    """Return what the name of a file says, such as `云溪社区-2025年上半年`; it counts least."""
    year, period = read_period(stem.replace("_", "-"))
    unit = _unit_in_title(_fold(stem)) if year is not None else None
    return Header(unit, year, period)


def is_unit_name(text: str) -> bool:
    """Tell whether `text` ends like the name of a unit."""
    return 2 <= len(text) <= 25 and text.endswith(load_words("unit_endings"))


def _is_particular(role: str, value: str) -> bool:
    """Tell whether `value` can be the name of a unit or a time, and is no sentence about the work."""
    if len(value) > _LONGEST_TITLE or re.search(r"[，。；,;]", value):
        return False
    return role == "time" or not re.search(r"\d", _fold(value))


@cache
def _header_keys() -> dict[str, str]:
    return {key: role for role, key in load_pairs("header_keys")}


def _fold(text: str) -> str:
    """Return `text` with plain digits, Chinese years included: `二〇二五年` → `2025年`."""
    folded = text.translate(_FOLD)
    return _CHINESE_YEAR.sub(lambda year: "".join(_CHINESE_DIGITS[digit] for digit in year.group()), folded)


def _quarter(name: str) -> str:
    digit = name.removeprefix("第")
    return f"{dict(zip('1234', '一二三四', strict=True)).get(digit, digit)}季度"


def _unit_in_title(title: str) -> str | None:
    """Return the unit of a title: what stands before its year, or between the year and 工作, 要点 …."""
    year = _YEAR.search(title)
    before = title[: year.start()] if year else title
    before = re.sub(r"^(?:附件\d*|关于|报送)[:：]?|[-_—\s]+$", "", before)
    if year and is_unit_name(before):
        return before
    rest = title[year.end() :] if year else before
    rest = re.sub(
        r"^[-_—\s]*(?:年度?|上半年|下半年|全年|第?[一二三四前]{1,2}季度|\d{1,2}[—-]?\d*月份?)*", "", rest
    )
    word = _BEFORE_WORK.search(rest)
    head = rest[: word.start()] if word else rest
    ends = (end for end in range(len(head), 2, -1) if is_unit_name(head[:end]))
    end = next(ends, None)
    return head[:end] if end else None
