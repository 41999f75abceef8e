"""What needs no source: the report's own year and period, and names that the notes spell out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drafter.checking.case import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.checking.book import Book
    from drafter.checking.mentions import Mention
    from drafter.draftfile import DraftText
    from drafter.model import Fact

_TITLE = re.compile(r"总结|报告|汇报|小结|计划|要点|情况|综述|述职")
_YEAR = re.compile(r"(20\d\d|二[〇○零Oo0][〇○零一二三四五六七八九]{2})\s*年?")
_DIGITS = str.maketrans("〇○零一二三四五六七八九Oo", "000123456789" + "00")
_DOCUMENT = re.compile(r"[〔\[［(（【]\s*(?:19|20)?[\dxX×]{2,4}\s*[〕\]］)）】]|\d+\s*号(?!召|称|楼|院|线)")
_NEXT = re.compile(r"下一步|下步|明年|来年|打算|计划|将|拟|目标|规划|思路|新的一年|安排|展望|部署|设想|举措")
_COMPARED = re.compile(
    r"(?<![评占对])比(?![赛例重拼学])|较(?![好为大多快强高真])|同期|[由从][^，。；、]{0,8}□"
)
_PERIODS = {
    "前三季度": "Q1/Q3",
    "上半年": "H1",
    "下半年": "H2",
    "一季度": "Q1",
    "二季度": "Q2",
    "三季度": "Q3",
    "四季度": "Q4",
}
_LAST_MONTHS = {"Q1": 3, "Q2": 6, "H1": 6, "Q3": 9, "Q1/Q3": 9, "Q4": 12, "H2": 12}
_YEAR_END = 12


_HAN_NUMBER = re.compile(r"[一二三四五六七八九十百]+")
_NAMING = 2
"""So many characters beside its numbers make a name one that is met with only once."""
_DAY = 24
_SINCE = re.compile(r"(?:多)?(?:以)?来|下来|就|[里中内](?=[，,])|当中|[，,]?(?:累计|总共|共(?!同))")
_SINCE_THEN = re.compile(r"以?来[，,]")
_ROUND_THE_CLOCK = re.compile(
    r"(?:不间断|全天|值班|值守|待命|在线|在岗|轮班|轮值|轮流|巡|服务|响应|监测|监控|备勤|开放|自助)"
)


@dataclass(frozen=True, slots=True)
class Own:
    """The report's own year, period and unit, and the span of its title line."""

    year: int | None
    period: str | None
    unit: str | None
    title_end: int
    title_years: frozenset[int] = frozenset()

    def denies(self, mention: Mention) -> bool:
        """Tell whether a date is the year in a title that names other years than the report's own."""
        iso = mention.number.iso or ""
        year = mention.number.kind == "date" and mention.end <= self.title_end and re.match(r"\d{4}", iso)
        return bool(year) and self.year is not None and self.year not in self.title_years

    def covers(self, mention: Mention, blanked: str) -> bool:
        """Tell whether a date is the report's own year or period, or stands in its title."""
        iso = mention.number.iso
        if _is_saying(mention, blanked):
            return True
        if mention.number.unit == "个月" and _SINCE_THEN.match(blanked, mention.end):
            return True
        if mention.number.kind != "date" or iso is None:
            return False
        if mention.end <= self.title_end:
            return True
        year = re.fullmatch(r"(\d{4})(?:-XX)*", iso)
        if year:
            sentence = blanked[mention.context.sentence.start : mention.context.sentence.end]
            ahead = self.year is not None and int(year[1]) == self.year + 1
            behind = self.year is not None and int(year[1]) == self.year - 1
            beside = "|" in sentence or _COMPARED.search(sentence)
            spoken_of = (ahead and _NEXT.search(sentence)) or (behind and beside)
            return self.year == int(year[1]) or bool(spoken_of)
        part = _PERIODS.get(self.period or "")
        own = iso.removeprefix(f"{self.year}-").removeprefix("XXXX-")
        return (part is not None and own == part) or _ends_period(own, part) or _is_ahead(own, part)

    def judge_name(self, surface: str, rest: str, book: Book) -> Verdict:
        """Return the verdict on a fixed expression, `rest` being the words behind it.

        A document number must stand in the notes as it is, and a name may not
        differ from one of theirs by its number alone.
        """
        if not _DOCUMENT.search(surface):
            return _judge_alike(surface, rest, book)
        wanted = _plain(surface)
        for fact in book.facts:
            if wanted in _plain(fact.text):
                return Verdict("name", (fact.id,))
        for place, passage in enumerate(book.past):
            if wanted in _plain(passage.text):
                message = f"{surface}只见于往年的《{passage.title}》，今年的要点里没有"
                return Verdict("stale", (book.past_names[place],), None, message)
        nearest = _nearest_document(wanted, book)
        said = f"，要点{nearest[0]}写的是{nearest[1]}" if nearest else ""
        return Verdict("unsupported", message=f"文号{surface}在要点里没有{said}")


def _judge_alike(surface: str, rest: str, book: Book) -> Verdict:
    """Return the verdict on a name: one of the notes with another number in it (五下基层) is a slip."""
    name = surface if len(_HAN_NUMBER.sub("", surface)) >= _NAMING else surface + rest
    parts = _HAN_NUMBER.split(name)
    if sum(map(len, parts)) < _NAMING or any(name in text for text in _texts(book)):
        return Verdict("name")
    alike = re.compile(_HAN_NUMBER.pattern.join(map(re.escape, parts)))
    for fact in book.facts:
        found = alike.search(fact.text)
        if found is not None:
            message = f"文中“{name}”，要点{fact.id}写的是“{found.group()}”"
            return Verdict("conflict", (fact.id,), None, message)
    return Verdict("name")


def _texts(book: Book) -> Iterator[str]:
    for fact in book.facts:
        yield f"{fact.topic}\n{fact.text}"
    for passage in book.past:
        yield passage.text


def _ends_period(own: str, part: str | None) -> bool:
    """Tell whether months without a day end with the period: 截至3月底 of a first quarter, 1—9月 of three."""
    own = own.removeprefix("01/").removeprefix("XXXX-")
    return own == f"{_LAST_MONTHS.get(part or '', _YEAR_END):02}"


def _is_ahead(own: str, part: str | None) -> bool:
    """Tell whether a part of the year is one that comes after the report's own: 四季度 of three quarters."""
    ends = _LAST_MONTHS.get(own)
    return part is not None and ends is not None and ends > _LAST_MONTHS[part]


def _is_saying(mention: Mention, blanked: str) -> bool:
    """Tell whether a duration is a turn of speech: 一年来 the report's year, 24小时值班 day and night."""
    number, rest = mention.number, blanked[mention.end : mention.end + 8]
    if mention.start and blanked[mention.start - 1] == "复" and number.unit in {None, "日", "天", "年"}:
        return number.kind == "date" or number.value == 1
    if number.unit == "季" and number.value == 1:
        return blanked[mention.start - 1 : mention.start] != "第" and not rest.startswith(("度", "稻"))
    if number.unit in {"年", "个月", "天"} and number.value == 1:
        return _SINCE.match(rest) is not None
    return number.unit == "小时" and number.value == _DAY and _ROUND_THE_CLOCK.match(rest) is not None


def _nearest_document(wanted: str, book: Book) -> tuple[str, str] | None:
    """Return (fact, document number) of the notes that `wanted` is most likely a slip of, or None."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for what no note has

    from drafter.numbers import read_numerals  # noqa: PLC0415 - as above

    names = (
        (fact.id, n.surface) for fact in book.facts if "号" in fact.text for n in read_numerals(fact.text)
    )
    known = {_plain(surface): (fact, surface) for fact, surface in names if _DOCUMENT.search(surface)}
    near = get_close_matches(wanted, known, n=1, cutoff=0.7)
    return known[near[0]] if near else None


def own_of(draft: DraftText, *, year: int | None, period: str | None, unit: str | None) -> Own:
    """Return the report's own year, period and unit: as given, else from front matter and title line."""
    meta = draft.meta
    first = re.search(r"\S[^\r\n]*", draft.plain)
    title, title_end = "", 0
    if first and len(first.group()) <= 60 and "。" not in first.group() and _TITLE.search(first.group()):
        title, title_end = first.group(), first.end()
    named = meta.get("year")
    if year is None and isinstance(named, int):
        year = named
    if year is None and (match := _YEAR.search(title)):
        year = _year(match[1])
    if period is None:
        said = meta.get("period")
        period = said if isinstance(said, str) else next((word for word in _PERIODS if word in title), None)
    if unit is None and isinstance(meta.get("unit"), str):
        unit = meta["unit"]
    years = frozenset(map(_year, _YEAR.findall(title)))
    return Own(year, period, unit, title_end, years)


def _year(digits: str) -> int:
    return int(digits.replace("二", "2").translate(_DIGITS))


def latest_year(facts: Sequence[Fact], plain: str = "") -> int | None:
    """Return the latest of the years that the notes compare, None when they name fewer than two.

    A year that the draft compares with (比2020年) is none of its own: the report is of a later one.
    """
    years = {int(q.iso) for fact in facts for q in fact.quantities if q.iso and q.iso.isdigit()}
    bases = {int(year) for year in re.findall(r"[比较](20\d\d)年", plain)}
    if years and years <= bases:
        return max(years) + 1
    return max(years) if len(years) > 1 else None


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s", "", folded).translate(str.maketrans("[]【】()", "〔〕〔〕〔〕"))
