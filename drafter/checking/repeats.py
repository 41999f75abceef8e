"""Sentences carried over from the unit's reports of the last five years, numbers aside."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.rules.rule import DraftRule, Example, Found
from drafter.checking.whose import is_of, unit_of
from drafter.model import Span
from drafter.model.repeats import Repeat, Repeats

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from drafter.checking.book import PastText
    from drafter.checking.rules.rule import Scene

YEARS_BACK = 5
NEARLY = 0.8
"""From this share of equal characters on a sentence is taken for an old one with small changes."""
_SHARED = 0.5
"""So many of its triples of characters must stand in an old sentence before the two are compared."""
_SHORTEST = 14
"""Chinese characters; shorter sentences are everybody's."""
_EVERYBODY = 2
"""In the reports of so many other units a sentence is a set phrase."""
_MARKED = 0.6
_NUMBERS = 0.99
"""The similarity of sentences that differ in numbers only."""
_SHOWN = 16
"""So many characters of a repeated sentence are told."""
_COUNTED = frozenset({"quantity", "percent", "money"})
_SENTENCE = re.compile(r"[^。！？；!?;\r\n]+")
_LEFT_OUT = re.compile(r"[\W\d_〇零一二三四五六七八九十百千万亿两]+")
_HEADING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、])"
)


class _Old(NamedTuple):
    """A sentence of a past report: its bare words, as printed, and the passage that it stands in."""

    bare: str
    words: str
    passage: PastText


def carried_over(scene: Scene) -> Repeats:
    """Return which sentences of the draft stand in the past reports of its unit."""
    own, others = _split(scene)
    known: dict[str, _Old] = {}
    for passage in sorted(own, key=lambda one: one.year or 0):
        known.update({old.bare: old for old in _old_sentences(passage)})
    common = _set_phrases(others)
    by_triple = _by_triple(known)
    places: list[Repeat] = []
    sentences = length = repeated = 0
    for span in _sentences(scene):
        bare = _bare(scene.plain[span.start : span.end])
        sentences += 1
        length += len(bare)
        found = None
        if len(bare) >= _SHORTEST and bare not in common:
            found = _nearest(bare, known, by_triple)
        if found is not None:
            repeated += len(bare)
            places.append(_repeat(span, *found, scene))
    marked = sum(place.marked for place in places)
    renewed = sum(place.renewed and not place.marked for place in places)
    share = round(repeated / length, 3) if length else 0.0
    return Repeats(sentences, len(places), marked, renewed, share, tuple(places))


def told(repeats: Repeats, plain: str) -> Iterator[Found]:
    """Yield a finding for each repeated sentence that is neither marked as borrowed nor told anew.

    One with this year's numbers is told anew, unless nothing but the numbers is new.
    """
    for place in repeats.places:
        if place.marked or (place.renewed and place.similarity < _NUMBERS):
            continue
        year = f"{place.year}年的" if place.year else "往年的"
        how = {1.0: "一字不差", _NUMBERS: "只换了数字"}.get(place.similarity, f"相似{place.similarity:.0%}")
        said = plain[place.span.start : place.span.end].strip()
        words = f"{said[:_SHOWN]}…" if len(said) > _SHOWN else said
        yield Found(place.span, f"“{words}”这句话，{year}《{place.title}》里有：{how}", "", place.where)


def _repeat(span: Span, old: _Old, similarity: float, scene: Scene) -> Repeat:
    if similarity == 1 and scene.plain[span.start : span.end].strip() != old.words.strip():
        similarity = _NUMBERS
    renewed = any(
        passes and span.start <= mention.start < span.end and mention.number.kind in _COUNTED
        for mention, passes in scene.numbers
    )
    where = (old.passage.where,) if old.passage.where else ()
    marked = _is_marked(span, scene)
    return Repeat(span, old.passage.title, old.passage.year, round(similarity, 2), marked, renewed, where)


def _split(scene: Scene) -> tuple[list[PastText], list[PastText]]:
    """Return the passages of the unit's own reports in question, and those of other units."""
    own: list[PastText] = []
    others: list[PastText] = []
    unit, year = unit_of(scene), scene.own.year
    for passage in scene.past:
        if passage.quoted:
            continue
        if is_of(passage, unit) is False:
            others.append(passage)
        elif not (year and passage.year) or 0 <= year - passage.year <= YEARS_BACK:
            own.append(passage)
    return own, others


def _sentences(scene: Scene) -> Iterator[Span]:
    """Yield the sentences of the draft, headings and the title left out."""
    headings = {heading.span.start for heading in scene.draft.headings}
    line_start = 0
    for line in scene.plain.splitlines(keepends=True):
        start = line_start
        line_start += len(line)
        is_title = start < scene.own.title_end
        is_heading = start in headings or (_HEADING.match(line) and "。" not in line)
        if is_title or (is_heading and "。" not in line.strip().rstrip("。")):
            continue
        for found in _SENTENCE.finditer(line):
            if _bare(found.group()):
                yield Span(start + found.start(), start + found.end())


def _old_sentences(passage: PastText) -> Iterator[_Old]:
    for found in _SENTENCE.finditer(passage.text):
        bare = _bare(found.group())
        if len(bare) >= _SHORTEST:
            yield _Old(bare, found.group(), passage)


def _bare(words: str) -> str:
    return _LEFT_OUT.sub("", words)


def _triples(bare: str) -> set[str]:
    return {bare[at : at + 3] for at in range(len(bare) - 2)}


def _by_triple(known: Iterable[str]) -> Mapping[str, list[str]]:
    places: dict[str, list[str]] = {}
    for bare in known:
        for triple in _triples(bare):
            places.setdefault(triple, []).append(bare)
    return places


def _nearest(
    bare: str, known: Mapping[str, _Old], by_triple: Mapping[str, Sequence[str]]
) -> tuple[_Old, float] | None:
    """Return the old sentence that is most like `bare`, and how like it is; None below `NEARLY`."""
    if bare in known:
        return known[bare], 1.0
    triples = _triples(bare)
    shared = Counter(other for triple in triples for other in by_triple.get(triple, ()))
    best: tuple[_Old, float] | None = None
    for other, count in shared.most_common(3):
        if count < _SHARED * len(triples):
            break
        ratio = SequenceMatcher(None, other, bare, autojunk=False).ratio()
        if ratio >= NEARLY and (best is None or ratio > best[1]):
            best = known[other], min(ratio, 0.98)
    return best


def _set_phrases(others: Iterable[PastText]) -> frozenset[str]:
    """Return the sentences that several other units have, word for word."""
    units: dict[str, set[str]] = {}
    for passage in others:
        for old in _old_sentences(passage):
            units.setdefault(old.bare, set()).add(passage.unit or "")
    return frozenset(bare for bare, using in units.items() if len(using) >= _EVERYBODY)


def _is_marked(span: Span, scene: Scene) -> bool:
    """Tell whether most of a sentence is linked to a past report."""
    lent = sum(
        max(0, min(mark.span.end, span.end) - max(mark.span.start, span.start))
        for mark in scene.draft.marks
        if re.fullmatch(r"P\d+", mark.label)
    )
    return lent >= _MARKED * (span.end - span.start)


_OLD = ("今年以来，坚持每周入户走访和每月集中议事，化解邻里矛盾31起，群众意见件件有回音。",)
_NOTES = ("化解邻里矛盾44起",)
RULE = DraftRule(
    "repeated",
    lambda scene: told(carried_over(scene), scene.plain),
    caught=(
        Example(_OLD[0], (), _OLD),
        Example("今年以来，坚持每周入户走访和每月集中议事，化解邻里矛盾44起，群众意见件件有回音。", (), _OLD),
        Example("今年来，坚持每周入户走访与每月集中议事，化解邻里矛盾，群众意见件件有回音。", (), _OLD),
    ),
    passed=(
        Example(
            "[今年以来，坚持每周入户走访和每月集中议事，化解邻里矛盾][P1]，群众意见件件有回音。", (), _OLD
        ),
        Example("今年，坚持每周上门走访和每月集中议事，化解邻里矛盾44起，群众意见件件有回音。", _NOTES, _OLD),
        Example("化解邻里矛盾44起。", (), ("化解邻里矛盾31起。",)),
        Example("坚持每周巡查楼道，清理堆放的杂物，群众意见逐件答复到人。", (), _OLD),
    ),
)
