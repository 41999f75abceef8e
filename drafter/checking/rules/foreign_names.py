"""Names of places and people that only a past report has: another town's village in this one's draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.rules.rule import DraftRule, Example, Found
from drafter.checking.whose import is_of, unit_of
from drafter.model import Span
from drafter.reading.cutting import in_dictionary
from drafter.reading.people import has_cue, people_in
from drafter.reading.place_names import place_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.checking.book import PastText
    from drafter.checking.rules.rule import Scene

_SHARED = 2
"""A name in the reports of so many other units is that of a district they share, or no name."""
_LONG = 4
_SHORT = 2
"""Names of two characters are a person's where a word beside them says so, and no word: 黄桃, 康复."""


class _Sources(NamedTuple):
    """The words that a draft may take names from, and the passages that it may not."""

    known: str
    """This year's notes and the unit's own name."""
    own_past: str
    foreign: Sequence[PastText]
    past: Sequence[PastText]


def _find(scene: Scene) -> Iterator[Found]:
    sources = _sources(scene)
    plain = scene.plain
    places = dict.fromkeys(found.name for line in plain.splitlines() for found in place_names(line))
    places |= dict.fromkeys(_old_places(sources, plain))
    people = dict.fromkeys(name for line in plain.splitlines() for name in _people(line))
    found = [("人名", name, passage) for name in people if (passage := _only_past(name, sources))]
    for place in places:
        for name in _cuts(place):
            passage = _only_foreign(name, sources)
            if passage is not None:
                found.append(("地名（单位名）", name, passage))
                break
    names = {name for _, name, _ in found}
    for kind, name, passage in found:
        if name in names and not any(name != other and name in other for other in names):
            names.discard(name)
            at = plain.index(name)
            yield _told(name, kind, Span(at, at + len(name)), passage)


def _old_places(sources: _Sources, plain: str) -> Iterator[str]:
    """Yield the names in other units' reports that stand in the draft, wherever its own words are cut."""
    for passage in sources.foreign:
        for line in passage.text.splitlines():
            yield from (found.name for found in place_names(line) if found.name in plain)


def _people(line: str) -> Iterator[str]:
    for name in people_in(line):
        if len(name) > _SHORT or (has_cue(line, name) and not in_dictionary(name)):
            yield name


def _cuts(name: str) -> tuple[str, ...]:
    """Return a name as found, and without a first character that may be a word of its own: 与翠湖社区."""
    return (name, name[1:]) if len(name) > _LONG else (name,)


def _told(name: str, kind: str, span: Span, passage: PastText) -> Found:
    year = f"{passage.year}年" if passage.year else "往年"
    message = f"{kind}“{name}”只见于{year}的《{passage.title}》，今年的要点里没有"
    where = (passage.where,) if passage.where else ()
    return Found(span, message, "请核对是不是从往年总结里带过来的。", where)


def _sources(scene: Scene) -> _Sources:
    own = unit_of(scene)
    given = [passage for passage in scene.past if not passage.quoted]
    home = [passage for passage in given if is_of(passage, own)]
    notes = "\n".join(f"{fact.topic}\n{fact.text}" for fact in scene.facts)
    title = scene.plain[: scene.own.title_end]
    return _Sources(
        f"{own or ''}\n{title}\n{notes}",
        "\n".join(f"{p.title}\n{p.text}" for p in home),
        [p for p in given if is_of(p, own) is False or not p.unit],
        given,
    )


def _only_foreign(name: str, sources: _Sources) -> PastText | None:
    """Return the passage of another unit that a place's name comes from, None where it has a source."""
    if name in sources.known or name in sources.own_past:
        return None
    found = [passage for passage in sources.foreign if name in passage.text or name in passage.title]
    units = {passage.unit or "" for passage in found}
    return found[0] if found and len(units) < _SHARED else None


def _only_past(name: str, sources: _Sources) -> PastText | None:
    """Return the passage that a person's name comes from, the unit's own reports among them."""
    if name in sources.known:
        return None
    return next((passage for passage in sources.past if name in passage.text), None)


_OLD = ("清源镇2023年工作总结\n清源镇五星村党支部书记李秀兰带领村民修路，解放路上的路灯都已修好。",)
_NEW = "白鹭镇2025年工作总结\n"
RULE = DraftRule(
    "foreign-name",
    _find,
    caught=(
        Example(f"{_NEW}五星村修通了路。", (), _OLD),
        Example(f"{_NEW}清源镇党委高度重视。", (), _OLD),
        Example(f"{_NEW}解放路的路灯都已修好。", (), _OLD),
        Example(f"{_NEW}支部书记李秀兰带领大家修路。", (), _OLD),
    ),
    passed=(
        Example(f"{_NEW}五星村修通了路。", ("五星村修路",), _OLD),
        Example(f"{_NEW}白鹭镇全镇各村都修通了路，老旧小区面貌一新。", (), _OLD),
        Example(f"{_NEW}长堤村修通了路。", (), _OLD),
        Example(f"{_NEW}解放路的路灯都已修好。", ("解放路修路灯",), _OLD),
        Example(f"{_NEW}支部书记李秀兰带领大家修路。", ("书记李秀兰获表彰",), _OLD),
    ),
)
