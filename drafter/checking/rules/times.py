"""Words of another time, seen from the report's own year: 十三五 in 2025, 学习十九大, 两学一做.

Five-year plans, congresses and actions that name their years are computed;
other campaigns are a list with years. What the notes say is left alone, and
so is what is told as history or as a plan.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.anniversaries import rounds
from drafter.checking.rules.rule import DraftRule, Example, Found
from drafter.model import Span
from drafter.numbers.chinese import read_chinese, write_chinese

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drafter.checking.mentions import Mention
    from drafter.checking.rules.rule import Scene

_STOPS = "，,。；;：:！？\r\n"
_REACH = 40
_BESIDE = 10
_QUOTES = '“”"‘’'


class _Term(NamedTuple):
    """Words at a place of the text with their own years, and what the report's year would say instead.

    `first` is 0 where only the end matters. What is `fixed` to its year cannot be told as history.
    """

    span: Span
    first: int
    last: int
    instead: str = ""
    fixed: bool = False


def _lines(name: str) -> list[str]:
    text = Path(__file__).parents[1].joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _campaigns() -> tuple[tuple[str, int, int], ...]:
    """Return (words without quotation marks, first year, last year) of the campaigns that are known."""
    rows = [line.rsplit(" ", 1) for line in _lines("campaigns")]
    return tuple((_bare(words), int(years[:4]), int(years[-4:])) for words, years in rows)


@cache
def _words(kind: str) -> tuple[str, ...]:
    """Return the words of one kind that say how a term is meant: told, ahead, plan, action."""
    rows = [line.split() for line in _lines("times")]
    return tuple(word for row in rows if row[0] == kind for word in row[1:])


def _find(scene: Scene) -> Iterator[Found]:
    year, plain = scene.own.year, scene.plain
    if year is None:
        return
    terms = [term for mention, _ in scene.numbers if (term := _named(mention, plain, year)) is not None]
    terms += _listed(plain)
    said = _bare("\n".join(f"{fact.topic}\n{fact.text}" for fact in scene.facts)) if terms else ""
    seen: set[str] = set()
    for term in sorted(terms):
        words = _bare(plain[term.span.start : term.span.end])
        if term.first <= year <= term.last or words in said or words in seen:
            continue
        kind = "" if term.fixed else "told" if year > term.last else "ahead" if term.first <= year + 2 else ""
        clause = _clause(plain, term.span)
        if any(word in clause for word in _words(kind)):
            continue
        seen.add(words)
        yield Found(term.span, _message(words, term, year), "要点里写明的不再提醒。")


def _named(mention: Mention, plain: str, year: int) -> _Term | None:
    """Return what a number or a name with a numeral says of its years."""
    surface, after = mention.number.surface, plain[mention.end : mention.end + 14].lstrip(_QUOTES)
    span = Span(mention.start, mention.end)
    if mention.number.kind == "name" and surface[:1] in "第一二三四五六七八九十":
        term = _round(surface, after, span, year) or _series(surface, after, span, year)
        return _in_its_year(term, plain, after) if term is not None else None
    last = surface.rstrip("年")[-4:]
    if mention.number.kind == "date" and last.isdigit() and len(surface) > 8 and surface[:4].isdigit():
        clause = _cut(after)
        return _Term(span, 0, int(last)) if any(word in clause for word in _words("action")) else None
    return None


def _series(surface: str, after: str, span: Span, year: int) -> _Term | None:
    """Return the years of a five-year plan (十四五: 2021), of 普法, of a congress (二十大: 2022)."""
    if surface.endswith("五") and after.startswith("普法"):
        return _term(surface[:-1], span, year, (8, 2021, 4), "“{}五”普法")
    if surface.endswith("五") and after.startswith(_words("plan")):
        return _term(surface[:-1], span, year, (14, 2021, 4), "“{}五”")
    if surface.endswith("大"):
        return _term(surface[:-1], span, year, (20, 2022, 5), "{}大")
    if "届" in surface and "全会" in surface:
        return _term(surface.partition("届")[0], span, year, (20, 2022, 5), "{}届")
    return None


def _in_its_year(term: _Term, plain: str, after: str) -> _Term:
    """Return a term with the one year that the words beside it tie it to: 喜迎…, …开局之年, …收官之年."""
    words = after[:_BESIDE]
    if any(word in plain[max(0, term.span.start - _BESIDE) : term.span.start] for word in _words("awaited")):
        return term._replace(first=term.first - 1, last=term.first, instead="", fixed=True)
    if "五”" not in term.instead:
        return term
    if "开局之年" in words:
        return term._replace(last=term.first, instead="", fixed=True)
    return term._replace(first=term.last, instead="", fixed=True) if "收官之年" in words else term


def _round(surface: str, after: str, span: Span, year: int) -> _Term | None:
    """Return the years of a numbered census or the like, until the next one: 第七次全国人口普查."""
    for words, n, start, step in rounds() if surface[-1] in "届次" else ():
        count = read_chinese(surface.strip("第届次")) if after.startswith(words) else None
        if count is not None:
            first = start + (int(count) - n) * step
            now = write_chinese(n + (year - start) // step)
            return _Term(span, first, first + step - 1, f"第{now}{surface[-1]}")
    return None


def _term(number: str, span: Span, year: int, known: tuple[int, int, int], instead: str) -> _Term | None:
    """Return member `number` of a series with a new one every five years; `known` is one of them.

    A congress is spoken of from its own year to the year of the next.
    """
    count = read_chinese(number)
    if count is None:
        return None
    n, start, length = known
    first = start + (int(count) - n) * 5
    return _Term(span, first, first + length, instead.format(write_chinese(n + (year - start) // 5)))


def _listed(plain: str) -> Iterator[_Term]:
    bare = _bare(plain)
    places = [at for at, char in enumerate(plain) if char not in _QUOTES and not char.isspace()]
    for words, first, last in _campaigns():
        at = bare.find(words)
        while at >= 0:
            yield _Term(Span(places[at], places[at + len(words) - 1] + 1), first, last)
            at = bare.find(words, at + len(words))


def _message(words: str, term: _Term, year: int) -> str:
    if not term.first:
        return f"“{words}”到{term.last}年为止，这份总结是{year}年的，请核对是否过时"
    years = f"{term.first}年" if term.first == term.last else f"{term.first}—{term.last}年"
    if term.instead:
        return f"“{words}”说的是{years}，{year}年是{term.instead}，请核对是否过时"
    return f"“{words}”是{years}的提法，这份总结是{year}年的，请核对是否过时"


def _clause(plain: str, span: Span) -> str:
    """Return the clause round a term, the words of the term itself left out."""
    before = _cut(plain[max(0, span.start - _REACH) : span.start][::-1])[::-1]
    return f"{before} {_cut(plain[span.end : span.end + _REACH])}"


def _cut(text: str) -> str:
    """Return the beginning of `text` up to the first stop."""
    return text[: next((at for at, char in enumerate(text) if char in _STOPS), len(text))]


def _bare(text: str) -> str:
    return "".join(char for char in text if char not in _QUOTES and not char.isspace())


def _example(words: str, *notes: str, year: int = 2025) -> Example:
    return Example(f"白鹭镇{year}年工作总结\n{words}", notes)


RULE = DraftRule(
    "stale-phrase",
    _find,
    caught=(
        _example("全面落实“十三五”规划各项任务。"),
        _example("认真落实十五五规划。", year=2022),
        _example("深入学习贯彻党的十九大精神。"),
        _example("深入学习党的十九届五中全会精神。"),
        _example("扎实开展“两学一做”学习教育。"),
        _example("开展“七五”普法宣传。"),
        _example("落实三年行动（2018—2020年）实施方案。"),
        _example("推进脱贫攻坚工作。"),
        _example("喜迎党的二十大胜利召开。"),
        _example("今年是“十四五”规划收官之年。", year=2024),
        _example("今年是“十四五”开局之年。"),
        _example("开展第六次全国人口普查入户登记。"),
    ),
    passed=(
        _example("全面落实“十四五”规划各项任务。"),
        _example("谋划好“十五五”规划。"),
        _example("完成“十三五”规划收官。", year=2020),
        _example("深入学习贯彻党的二十大精神。"),
        _example("迎接党的二十大胜利召开，学习十九届六中全会精神。", year=2022),
        _example("喜迎党的二十大胜利召开。", year=2022),
        _example("今年是“十四五”规划收官之年。"),
        _example("今年是全面贯彻党的二十大精神的开局之年。", year=2023),
        _example("党的十八大以来，社区面貌一新。"),
        _example("学习党的二十届三中全会精神。"),
        _example("巩固拓展脱贫攻坚成果同乡村振兴有效衔接。"),
        _example("扎实开展“两学一做”学习教育。", "两学一做学习会4次"),
        _example("投入资金十五万元，十四五个人到场，开了十五大类培训。"),
        _example("以马克思列宁主义、邓小平理论、“三个代表”重要思想、科学发展观为指导。"),
        _example("落实三年行动（2024—2026年）实施方案。"),
        _example("开展第五次全国经济普查入户登记。"),
    ),
)
