"""What a report is about: whose it is, of which year and period; always with how it is known.

The date of a web page is never the year of the report, nor is the beginning
of a period (2011年以来).
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from drafter.reading.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_HAN = r"\u3400-\u9fff"
_MASKED = r"[xX×＊*某○]{2,4}"
_DIGITS = str.maketrans("〇○零一二三四五六七八九０１２３４５６７８９", "0001234567890123456789")
_YEAR = r"(?:(?:19|20)\d{2}|二[〇○零][〇○零一二三四五六七八九]{2})"
_OWN_YEAR = re.compile(
    rf"(?<![\d\-—~至到于自从截止被由比较])({_YEAR})\s*年"
    rf"(?!\s*(?:来|起|至|到|[—\-~～])|[^，,。；;]{{0,12}}(?:以来|成立|建成|挂牌|组建|被评|获评|撤|合并|起[，,至]))"
)
_TITLE_YEAR = re.compile(rf"(?<!\d)({_YEAR})\s*(?:年|(?=[\u4e00-\u9fff（(]|$))")
_STAMP = re.compile(rf"({_YEAR})\s*年\s*(\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月")
_EARLY = ("1", "2", "01", "02", "一", "二")
_BEFORE = "（年初所写，算上一年）"
_PERIODS = (
    ("上半年", re.compile(r"上半年|(?<!下)半年(?=工作|总结|来)|1\s*[-—~～至]\s*6\s*月")),
    ("下半年", re.compile(r"下半年")),
    ("前三季度", re.compile(r"前三季度|1\s*[-—~～至]\s*9\s*月")),
    ("一季度", re.compile(r"(?:第?一|1)季度|1\s*[-—~～至]\s*3\s*月")),
    ("二季度", re.compile(r"(?:第?二|2)季度")),
    ("三季度", re.compile(r"(?:第?三|3)季度")),
    ("四季度", re.compile(r"(?:第?四|4)季度")),
)
_HALF = re.compile(r"(?:^|[。，,\s])半年来|(?:^|[。，,])(?:今年)?上半年(?!工作计划)")
_WHOLE = re.compile(r"(?:^|[。，,；;：:\n])(?:今年全年|全年|一年来|过去一年|本年度)(?!的)", re.MULTILINE)
_EDGE = r"(?:^|(?<=[，,。；;：:“《（(\s、年])|(?<=关于)|(?<=年度)|(?<=中共))"
_ADMIN = rf"(?:[{_HAN}]{{2,7}}?(?:省|自治区|市|州|县|(?<!社)区|旗|盟))"


_NAMED_YEAR = re.compile(
    rf"(?<!\d)({_YEAR})(?:(?:\s*[-._年]\s*(\d{{1,2}})\s*[-._月]\s*|(\d\d))\d{{1,2}}(?!\d)|(?!\d))"
)


class Dated(NamedTuple):
    """A year and how it is known."""

    year: int | None
    source: str | None


class Named(NamedTuple):
    """The name of a unit and how it is known."""

    unit: str | None
    source: str | None


@cache
def _kinds() -> dict[str, str]:
    """Return the kind of unit by the ending of its name, long endings first."""
    rows = (line.split(":", 1) for line in load_words("units"))
    pairs = [(ending, kind.strip()) for kind, endings in rows for ending in endings.split()]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _endings(*, local: bool) -> str:
    """Return the endings of unit names; `local` leaves out those above and beside a town."""
    beyond = {"县", "区", "市", "局", "学校"} if local else set()
    return "|".join(ending for ending, kind in _kinds().items() if kind not in beyond)


@cache
def _not_names() -> re.Pattern[str]:
    return re.compile("|".join(load_words("not_units")))


@cache
def _name(*, local: bool = True) -> re.Pattern[str]:
    """Return what finds names at the beginning of clauses, those that overlap each."""
    name = rf"(?P<name>(?:{_MASKED}|[{_HAN}]{{2,6}}?)(?:{_endings(local=local)}))(?![区会])"
    return re.compile(rf"{_EDGE}(?:(?:担|兼)?任(?!家))?(?={_ADMIN}{{0,2}}{name})")


@cache
def _masked_name() -> re.Pattern[str]:
    return re.compile(rf"[xX×*＊某○_]{{1,4}}(?:{_endings(local=True)})")


def kind_of(unit: str | None) -> str | None:
    """Return the kind of a unit (街道, 社区, 镇 …) by the ending of its name, or None."""
    if not unit:
        return None
    return next((kind for ending, kind in _kinds().items() if unit.endswith(ending)), None)


def unit_in(words: str) -> str | None:
    """Return the last unit that a title or a signature names (青石镇云溪社区 → 云溪社区), or None."""
    parts = re.split(r"(?<=[镇乡\s])|(?<=街道)", re.sub(r"^(?:关于|中共|中国共产党)", "", words))
    for local in (True, False):
        names = [name for part in parts if (name := _first_name(part, local=local))]
        if names:
            return names[-1]
    return None


def _first_name(words: str, *, local: bool = True) -> str | None:
    for found in _name(local=local).finditer(words):
        name = found["name"]
        if re.match(_MASKED, name) or not _not_names().search(_stem(name)):
            return name
    return None


def _stem(name: str) -> str:
    ending = next(ending for ending in _kinds() if name.endswith(ending))
    return name[: -len(ending)]


def is_masked(unit: str) -> bool:
    """Whether the name of a unit is hidden: ×××镇, 某街道."""
    return _masked_name().match(unit) is not None


def find_unit(title: str, closing: Iterable[str], opening: str, body: str) -> Named:
    """Return whose report it is: by the title, the signature, the opening, else the name met most often."""
    for what, words in (("题目", title), *(("落款", one) for one in closing)):
        if name := unit_in(words):
            return Named(name, f"{what}“{words}”")
    masked = Counter(_masked_name().findall(opening + body))
    if name := _first_name(opening[:200]):
        return Named(name, "开头")
    if masked:
        return Named(str(masked.most_common(1)[0][0]), "正文")
    names = Counter(f["name"] for f in _name().finditer(body) if not _not_names().search(_stem(f["name"])))
    best = names.most_common(1)
    return Named(str(best[0][0]), "正文") if best and best[0][1] >= 2 else Named(None, None)


def to_year(words: str) -> int:
    """Return the year that four digits of any kind write."""
    return int(words.translate(_DIGITS))


def year_named(words: str) -> Dated:
    """Return the year in a file or folder name; a day of January or February closes the year before."""
    found = _NAMED_YEAR.search(words)
    if found is None:
        return Dated(None, None)
    early = (found[2] or found[3]) in _EARLY
    return Dated(to_year(found[1]) - early, f"“{words}”" + _BEFORE * early)


def find_year(title: str, opening: str, closing: Iterable[str], body: str) -> Dated:
    """Return the year of a report and how it is known."""
    if found := _TITLE_YEAR.search(title):
        return Dated(to_year(found[1]), f"题目“{found[0]}”")
    if found := _OWN_YEAR.search(opening[:120]):
        return Dated(to_year(found[1]), f"开头“{found[0]}”")
    for words in closing:
        if found := _STAMP.search(words):
            return _by_stamp(found)
    if dated := _by_anniversary(body):
        return dated
    return Dated(None, None)


def _by_stamp(found: re.Match[str]) -> Dated:
    """Return the year that the date below a report tells: one of January or February closes another year."""
    year = to_year(found[1])
    early = found[2] in _EARLY
    return Dated(year - early, f"落款“{found[0]}”" + _BEFORE * early)


@cache
def _anniversaries() -> tuple[tuple[re.Pattern[str], int], ...]:
    number = r"(?P<n>\d{1,3}|[一二三四五六七八九十百]{1,5})"
    rows = []
    for line in load_words("anniversaries"):
        words, since, way = line.split()
        both = rf"{words}\s*{number}\s*周年" if way == "周年" else rf"第\s*{number}\s*个[“”‘’]?{words}"
        rows.append((re.compile(both), int(since)))
    return tuple(rows)


def _by_anniversary(body: str) -> Dated | None:
    for pattern, since in _anniversaries():
        if found := pattern.search(body):
            return Dated(since + _count(found["n"]), found[0])
    return None


def _count(words: str) -> int:
    """Return the value of digits or of a Chinese numeral below a thousand."""
    if words.isdecimal():
        return int(words)
    total, digit = 0, 0
    for mark in words:
        if mark in "十百":
            total += (digit or 1) * (10 if mark == "十" else 100)
            digit = 0
        else:
            digit = "〇一二三四五六七八九".index(mark)
    return total + digit


def find_period(title: str, opening: str, body: str) -> str | None:
    """Return the period that a report covers (全年, 上半年, 一季度 …), or None."""
    for words in (title, opening[:60]):
        for period, pattern in _PERIODS:
            if pattern.search(words):
                return period
    if re.search(r"年度|全年|年(?:[\u4e00-\u9fff]{0,20})(?:总结|报告|情况)", title):
        return "全年"
    whole, half = len(_WHOLE.findall(body)), len(_HALF.findall(body))
    if half > max(whole, 1):
        return "上半年"
    return "全年" if whole else None


def told(meta: Mapping[str, object], key: str) -> str | None:
    """Return what the file itself says under `key`, as words."""
    value = meta.get(key)
    return str(value).strip() or None if value is not None else None
