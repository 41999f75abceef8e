"""The cells of a table of notes, and what its columns hold."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from drafter.numbers.units import load_units
from drafter.reading.words import load_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Where

_NUMBER = re.compile(
    r"[<>≥≤约近超逾达]?\s*[-+−]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?\s*[万亿千百]?[余多]?\s*[%％‰]?(?:左右|以上)?$",
)
_MEASURED = re.compile(r"[约近超逾]?\s*\d[\d,，.]*\s*[万亿千百]?[余多]?(?P<unit>[^\d\s，。；、:：（(]{1,4})$")
_UNIT_IN_NAME = re.compile(
    r"\s*[（(\[【](?:单位[:：]?)?\s*"
    r"(?P<unit>[^（）()\[\]【】\d]{1,6}?)\s*[）)\]】]$|[/／](?P<slash>[^/／\d]{1,4})$"
)
_FOLD = str.maketrans("０１２３４５６７８９％．", "0123456789%.")
_YEAR = re.compile(
    r"((?:19|20)\d{2})年?(?:度|底|末|累计|全年)?(?:工作|实际)?"
    r"(?:实绩|数据|数值|实际|完成|(?:完成|开展|落实|进展|执行)?(?:数|值|情况))?$"
)
_TIMES = re.compile(r"\d{1,4}(?:[—\-至~]\d{1,2})?(?:年|月|日|季度)|(?:19|20)\d{2}")
_SPAN = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})年(?:度)?)?(?:"
    r"(?P<part>[上下]半年|[前第]?[一二三四]季度|前?\d{1,2}(?:[-—－–~～至到]\d{1,2})?个?月份?|[本当]月)"
    r"|(?P<prior>(?:上年|去年)(?:度|同期|[末底])?|上期|年初)|截[至止]到?(?:\d{1,2}月)?[份底末]?|全年|年度|本年度?|今年|当年|年底|年末|年内)?"
    r"(?:累计|已)?"
)
_RESULTS = frozenset({"", "done", "value"})
_TIMED = frozenset({"plan", "done", "value", "growth", "rate"})
_NOTHING = frozenset({"-", "—", "——", "–", "/", "\\", "无", "空", "N/A", "n/a", "…", "……", "--"})


class Cell(NamedTuple):
    """One cell: its words as displayed and its place; `carried` if a merged cell gave them."""

    text: str
    where: Where
    carried: bool = False

    @classmethod
    def of(cls, raw: str, where: Where, *, carried: bool = False) -> Cell:
        """Return a cell with the words of `raw`; a line break in them goes, between digits to a space."""
        spaced = re.sub(r"(?<=[A-Za-z0-9])\s*[\r\n]+\s*(?=[A-Za-z0-9])", " ", raw.strip())
        return cls(re.sub(r"\s*[\r\n]+\s*", "", spaced), where, carried)

    @property
    def is_empty(self) -> bool:
        """Nothing stands here, or only a stroke for nothing."""
        return not self.text or self.text in _NOTHING

    @property
    def is_number(self) -> bool:
        """A number stands here, perhaps with its scale, approximation or percent sign."""
        return bool(_NUMBER.match(self.text.translate(_FOLD)))

    @property
    def is_measured(self) -> bool:
        """A number stands here, with or without its measure word."""
        match = _MEASURED.match(self.text.translate(_FOLD))
        return self.is_number or bool(match and is_unit(match.group("unit")))


class Column(NamedTuple):
    """What a column holds: its role ("" if only its own name says), its name and the unit the name gives.

    `is_part` if its numbers are those of a part of the year: `1-6月完成`.
    """

    role: str
    name: str
    unit: str = ""
    year: int | None = None
    is_part: bool = False

    @property
    def is_rate(self) -> bool:
        """Its numbers are rates, and the measure word of a row is none of theirs."""
        return self.role in {"growth", "rate"} or self.name.endswith(("率", "比", "比例", "比重", "%", "％"))


def read_column(heading: str) -> Column:
    """Return what a column under `heading` holds: `金额（万元）` is an amount in 万元."""
    name = re.sub(r"\s", "", heading)
    unit = ""
    match = _UNIT_IN_NAME.search(name)
    if match:
        inside = match.group("unit") or match.group("slash")
        if is_unit(inside) or inside in {"%", "％", "‰"}:
            unit, name = inside, name[: match.start()]
    names = (name, *re.split(r"[/／、及和与或]", name))
    role = next((_roles()[word] for word in names if word in _roles()), "")
    bare = name.translate(_FOLD)
    year = _YEAR.match(bare)
    if role or year:
        part = _SPAN.match(bare)
        is_part = bool(part and part["part"])
        return Column(role, name, unit or _unit_of(role, name), _year(year, role), is_part)
    return _timed_column(name, bare, unit)


def _timed_column(name: str, bare: str, unit: str) -> Column:
    """Return a column whose name says when first, then what: `全年目标`, `1-6月完成`, `2025年上半年`."""
    span = _SPAN.match(bare)
    rest = bare[span.end() :] if span else bare
    role = _roles().get(rest, "")
    if span is None or not span.end() or (rest and role not in _TIMED):
        return Column("", name, unit)
    if span["prior"] and role in _RESULTS:
        return Column("prior", name, unit)
    year = span["year"] if role in {"", "done"} else None
    if span["year"] and role == "value":
        return Column("", name, unit)
    is_now = not rest and not span["part"] and not year
    own = "value" if is_now else "" if year or not rest else role
    return Column(own, name, unit or _unit_of(own, rest), int(year) if year else None, bool(span["part"]))


def _unit_of(role: str, name: str) -> str:
    """Return the measure word that the name of a column of values is: `户数` → 户."""
    if role != "value":
        return ""
    return next((word for word in (name.removesuffix("数"), name) if is_unit(word)), "")


def _year(match: re.Match[str] | None, role: str) -> int | None:
    return int(match.group(1)) if match and not role else None


def split_unit(label: str) -> tuple[str, str]:
    """Return what is counted and the measure word that its name gives.

    `走访慰问（人次）` → 走访慰问, 人次; `走访户数` → 走访, 户; `户数` → 户数, 户.
    """
    match = _UNIT_IN_NAME.search(label)
    if match:
        inside = match.group("unit") or match.group("slash")
        if is_unit(inside) or inside in {"%", "％", "‰"}:
            return label[: match.start()], inside
    if label.endswith("数") and is_unit(label[:-1]):
        return label, label[:-1]
    for ending, cut in (("数", 1), ("", 0)):
        for length in (2, 1):
            end = len(label) - cut
            unit = label[end - length : end]
            if (
                label.endswith(ending)
                and len(label) >= length + cut + 2
                and is_unit(unit)
                and (cut or length == 2)
            ):
                return label[: end - length], unit
    return label, ""


def is_unit(word: str) -> bool:
    """Tell whether `word` is a measure word or a unit that the number reader knows."""
    return bool(word) and (word in load_units() or word.lstrip("万亿千百十") in load_units())


def is_heading_row(row: Sequence[Cell], below: Sequence[Cell] = ()) -> bool:
    """Tell whether `row` names columns: several words, no numbers, known columns or numbers `below` them."""
    named = [cell for cell in row if cell.text]
    texts = [cell.text for cell in named]
    if len(set(texts)) < 2 or any(cell.is_measured for cell in named if not _is_time(cell.text)):
        return False
    if any(re.search(r"\d", _TIMES.sub("", text.translate(_FOLD))) for text in texts):
        return False
    columns = [read_column(text) for text in texts]
    known = sum(bool(column.role or column.year or column.unit) for column in columns)
    if known * 2 >= len(texts) or any(column.role in {"label", "number"} for column in columns):
        return True
    numbers = sum(bool(top.text) and cell.is_measured for top, cell in zip(row, below, strict=False))
    return numbers > 0 and numbers * 2 >= len(texts)


def is_known_heading(row: Sequence[Cell]) -> bool:
    """Tell whether `row`, wherever it stands, names columns: nothing but headings, two of them known."""
    roles = {read_column(cell.text).role for cell in row if cell.text}
    return (
        len(roles - {""}) > 1 and is_heading_row(row) and bool(roles & {"label", "value", "number", "done"})
    )


def _is_time(text: str) -> bool:
    folded = text.translate(_FOLD)
    return bool(_YEAR.match(folded)) or (text.endswith("月") and bool(_TIMES.fullmatch(folded)))


@cache
def _roles() -> dict[str, str]:
    return {name: role for role, name in load_pairs("table_columns")}
