"""Titles in 《》 are bound like numbers: the notes must give them, character by character."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.rules.rule import DraftRule, Example, Found
from drafter.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from drafter.checking.rules.rule import Scene
    from drafter.model import Where

_TITLE = re.compile(r"《([^《》\r\n]{2,60})》")
_SIGNS = re.compile(r"[\s“”\"‘’'「」（）()〈〉<>·,，、]")
_ALTERED = 0.7
"""From this likeness on a title is taken for a slip of one in the notes."""
_SHORTEST = 4


class _Given(NamedTuple):
    """A title as a source gives it, and where."""

    words: str
    source: str
    where: tuple[Where, ...]


def _find(scene: Scene) -> Iterator[Found]:
    notes = [(f"要点{fact.id}", f"{fact.topic}\n{fact.text}", (fact.where,)) for fact in scene.facts]
    past = [
        (f"往年的《{passage.title}》", passage.text, (passage.where,) if passage.where else ())
        for passage in scene.past
    ]
    known = _bare("\n".join(text for _, text, _ in notes))
    printed = {_bare(found[1]) for found in _TITLE.finditer(scene.plain)}
    given = [title for source, text, where in notes for title in _titles(text, source, where)]
    seen: set[str] = set()
    for found in _TITLE.finditer(scene.plain):
        title, span = _bare(found[1]), Span(*found.span())
        if title in known or title in seen or _is_lent(span, scene) or _is_longer(title, given):
            continue
        seen.add(title)
        nearest = _nearest(title, given)
        if nearest is not None and _bare(nearest.words) not in printed:
            message = f"文中{found[0]}，{nearest.source}写的是《{nearest.words}》"
            yield Found(span, message, "", nearest.where, "error", "conflict")
            continue
        old = next((row for row in past if title in _bare(row[1])), None)
        if old is not None:
            yield Found(span, f"{found[0]}只见于{old[0]}，今年的要点里没有", "", old[2])
        else:
            yield Found(span, f"{found[0]}在要点里没有，请核对名称")


def _titles(text: str, source: str, where: tuple[Where, ...]) -> Iterator[_Given]:
    for found in _TITLE.finditer(text):
        yield _Given(found[1], source, where)


def _bare(text: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text))


def _is_lent(span: Span, scene: Scene) -> bool:
    """Tell whether a title stands in words that are marked as those of a past report."""
    return any(
        mark.label.startswith("P") and mark.span.start <= span.start and span.end <= mark.span.end
        for mark in scene.draft.marks
    )


def _is_longer(title: str, given: Iterable[_Given]) -> bool:
    """Tell whether a title is one of the notes with more before it: 中华人民共和国民法典, 民法典."""
    return any(title.endswith(_bare(one.words)) for one in given if len(one.words) >= _SHORTEST - 1)


def _nearest(title: str, given: Iterable[_Given]) -> _Given | None:
    """Return the title that `title` is most likely a slip of, None where none comes near."""
    best, most = None, _ALTERED
    for one in given:
        words = _bare(one.words)
        if min(len(words), len(title)) < _SHORTEST or abs(len(words) - len(title)) > max(2, len(words) // 4):
            continue
        ratio = SequenceMatcher(None, words, title, autojunk=False).ratio()
        if ratio >= most:
            best, most = one, ratio
    return best


_NOTES = ("印发《老街片区环境整治实施方案》，组织学习《民法典》", "出台物业管理办法")
RULE = DraftRule(
    "title",
    _find,
    caught=(
        Example("印发《老街片区环境整治实施办法》。", _NOTES),
        Example("印发《老城片区环境整治实施方案》。", _NOTES),
        Example("制定《楼道公约》。", _NOTES),
        Example("修订《居民公约》。", _NOTES, ("去年修订《居民公约》。",)),
    ),
    passed=(
        Example("印发《老街片区环境整治实施方案》。", _NOTES),
        Example("学习《中华人民共和国民法典》。", _NOTES),
        Example("出台《物业管理办法》。", _NOTES),
        Example("[修订《居民公约》，][P1]成效明显。", _NOTES, ("去年修订《居民公约》。",)),
    ),
)
