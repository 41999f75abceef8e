"""The paragraphs of a draft with their numbers and the notes that each of them speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.contrasts import per_one
from drafter.checking.direct import OWN, clash
from drafter.checking.earlier import as_earlier
from drafter.checking.layout import Layout
from drafter.checking.mentions import Mention, grams_of, key_of, weigh
from drafter.checking.surroundings import after_of, year_of
from drafter.checking.tables import in_tables
from drafter.model import Span
from drafter.numbers.compare import supports
from drafter.numbers.context import blank, read_contexts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.checking.book import Book
    from drafter.model import Numeral
    from drafter.numbers.context import Context

_LINE = re.compile(r"[^\r\n]+")
_HEADING = re.compile(r"^\s*(?:#{1,6}\s|[（(]?[一二三四五六七八九十]{1,3}[、）)．.])[^。；]{2,40}$")
_BOUND = re.compile(
    r"(不足|不到|超过|超|接近|(?<![附邻就最临])近|(?<![签预履节违制公合条契])约|逾)[^，。；□]{1,12}的$"
)
_EXCEEDING = re.compile(r"超出|超过|超")
_PLANS = re.compile(r"明年|来年|下一?年|下一?步|打算|拟|将|力争|确保|预计|争取|规划|要求")
_GOALS = re.compile(r"计划|目标|指标|任务|安排(?!资金|专款|经费)|确定|列入")
_TARGET = re.compile(r"[^，。；\d]{0,10}(?:任务|计划|目标|指标)[^，。；]{0,4}\d")
_COMPARED = re.compile(r"[比较][^，。；\d]{1,10}$")
_LEAD = 12
NEAREST = 0.1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the draft: its numbers, how much it speaks of each fact, and which are its `own`."""

    span: Span
    heading: str
    mentions: Sequence[Mention]
    affinity: Mapping[int, float]
    own: frozenset[int]


def read_paragraphs(
    plain: str,
    numerals: Sequence[Numeral],
    book: Book,
    year: int | None = None,
    layout: Layout = Layout(),  # noqa: B008 - a frozen value
) -> tuple[str, list[Paragraph]]:
    """Return the text with its numbers blanked and its paragraphs in order."""
    numerals = [_without_excess(numeral, plain) for numeral in numerals]
    contexts = in_tables(plain, numerals, read_contexts(plain, numerals, year), year)
    blanked = blank(plain, numerals)
    found: list[Paragraph] = []
    heading = ""
    index = 0
    for owner, line in enumerate(_LINE.finditer(plain)):
        span = Span(line.start(), line.end())
        mentions: list[Mention] = []
        while index < len(numerals) and numerals[index].start < span.end:
            context = as_earlier(contexts[index], book.period)
            mention = _mention(numerals[index], context, _Line(blanked, heading, owner, year))
            aside = any(o.start <= mention.start and mention.end <= o.end for o in layout.opened)
            mentions.append(_as_aside(mention, mentions) if aside else mention)
            index += 1
        words = blanked[span.start : span.end]
        affinity = _affinity(f"{heading} {words}", mentions, book)
        own = _own(affinity)
        found.append(Paragraph(span, heading, mentions, affinity, own))
        if span.start in layout.headings or _HEADING.match(line.group()):
            heading = words
    return blanked, found


class _Line(NamedTuple):
    """What a number of a line is read with: the blanked text, the heading, the line's place, the year."""

    blanked: str
    heading: str
    owner: int
    year: int | None


def _mention(numeral: Numeral, context: Context, line: _Line) -> Mention:
    """Return a number of the draft with the words that say what it counts."""
    blanked, heading = line.blanked, line.heading
    numeral = _with_bound(numeral, blanked[context.clause.start : numeral.start])
    if "/" in (numeral.unit or ""):
        numeral, context = per_one(numeral), replace(context, mean=True)
    inherit = _is_rate_of_change(numeral, context) or _goes_with_last(blanked, numeral, context)
    near, grams = weigh(blanked, context, ("", heading), inherit=inherit)
    return Mention(
        "",
        numeral,
        context,
        grams,
        near,
        line.owner,
        numeral.start,
        numeral.end,
        key_of(numeral),
        after=after_of(blanked, context, numeral.end),
        planned=_speaks_of_plans(blanked, context, heading),
        year=year_of(numeral, context, line.year),
    )


def _is_rate_of_change(numeral: Numeral, context: Context) -> bool:
    """Tell whether a number is by how much the one before it changed, of which alone it is said."""
    return numeral.kind == "percent" and context.change is not None


def _goes_with_last(blanked: str, numeral: Numeral, context: Context) -> bool:
    """Tell whether a number stands right behind another one, of whose matter it is: 应急队6支、90人."""
    before = blanked[: numeral.start].removesuffix("、")
    return not (context.head or context.tail) and before.endswith("□")


def _speaks_of_plans(blanked: str, context: Context, heading: str) -> bool:
    sentence = blanked[context.sentence.start : context.sentence.end]
    clause = blanked[context.clause.start : context.clause.end]
    ahead = any(_PLANS.search(words) for words in (sentence, heading))
    return ahead or any(_GOALS.search(words) for words in (clause, heading))


def _as_aside(mention: Mention, before: Sequence[Mention]) -> Mention:
    """Return a number of 【待核：…】 as one of what the number before it counts."""
    if not before:
        return replace(mention, aside=True)
    last = before[-1]
    known = last.context
    context = replace(
        mention.context,
        head=mention.context.head + known.head,
        tail=mention.context.tail or known.tail,
        period=mention.context.period or known.period,
        prior=mention.context.prior or known.prior,
        role=mention.context.role or known.role,
        change=mention.context.change or known.change,
        mean=mention.context.mean or known.mean,
    )
    return replace(
        mention,
        context=context,
        grams={**mention.grams, **last.grams},
        near={**mention.near, **last.near},
        planned=mention.planned or last.planned,
        aside=True,
    )


def _own(affinity: Mapping[int, float]) -> frozenset[int]:
    """Return the facts that a paragraph speaks of; where none stands out, the one that comes nearest."""
    own = frozenset(place for place, score in affinity.items() if score >= OWN)
    best = max(affinity.values(), default=0.0)
    if own or best < NEAREST:
        return own
    return frozenset(place for place, score in affinity.items() if score == best)


def _without_excess(numeral: Numeral, plain: str) -> Numeral:
    """Return a number without the 超出 that is a verb: in 超出16个的任务2个 the 16 is exact."""
    verb = _EXCEEDING.match(numeral.surface)
    compared = _COMPARED.search(plain[max(0, numeral.start - _LEAD) : numeral.start])
    if verb is None or not (compared or _TARGET.match(plain, numeral.end)):
        return numeral
    start = numeral.start + verb.end()
    return replace(numeral, start=start, surface=numeral.surface[verb.end() :], approx=None)


def _with_bound(numeral: Numeral, lead: str) -> Numeral:
    """Return a fraction with the bound that stands apart from it: 不足协议数的一半."""
    if numeral.kind != "percent" or numeral.approx:
        return numeral
    bound = _BOUND.search(lead)
    return replace(numeral, approx=bound[1]) if bound else numeral


def _affinity(words: str, mentions: Sequence[Mention], book: Book) -> dict[int, float]:
    grams = grams_of(words)
    scores = [book.likeness.overlap(own, grams) for own in book.fact_grams]
    hits: dict[int, set[str]] = {}
    for mention in mentions:
        for source in book.by_key.get(mention.key, ()):
            known = hits.setdefault(source.owner, set())
            if scores[source.owner] <= 0 or source.id in known or clash(mention, source):
                continue
            if supports(source.number, mention.number) is not None:
                known.add(source.id)
    return {
        place: score + 0.4 * len(hits.get(place, ())) / max(1, book.sizes[place])
        for place, score in enumerate(scores)
        if score > 0
    }
