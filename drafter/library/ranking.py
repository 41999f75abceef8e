"""Which past sections are most like a query, and why.

Meaning comes first: the cosine of centred vectors over every section. Words
in common add a little. The own unit, the same kind of period and recent
years decide between sections that are equally like the query. Sections that
tell the same story in other numbers are shown once, and no file more than
twice, so that one long page cannot fill the list.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from drafter.library.snapshot import BODY, FILE, PERIOD, UNIT, YEAR, centred
from drafter.library.words import SAME, likeness, shared, triples

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from drafter.library.ports import Vectors
    from drafter.library.snapshot import Snapshot

    Scores = npt.NDArray[np.float32]

CANDIDATES = 200
WORDS_WEIGHT = 0.25
OWN_UNIT = 0.02
SAME_PERIOD = 0.01
RECENT = 0.01
VERBATIM = 0.05
"""For a section that holds the query word for word."""
BARE_HEADING = -0.1
NEARLY = 0.03
"""Of versions of one story whose scores differ by less, the own unit's and then the newest is shown."""
WEAK_SHARE = 0.45
"""A hit with less of the best one's score, and no nearer than its like in the library, is called weak."""
_NEAR = 2.5
"""Standard deviations above the mean likeness of all sections from which a section is near."""
_LOOKED_THROUGH = 40
"""So many of the best are at least compared with each other; other versions of a story stand near it."""
_SHORT = 8
"""Characters of text below which a section is hardly more than its heading, and no model for anything."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. `unit` and `year` restrict; `own_unit` and `period` only prefer."""

    text: str
    vector: Vectors
    k: int
    unit: int | None = None
    year: int | None = None
    own_unit: int | None = None
    period: int | None = None
    per_file: int | None = 2


@dataclass(frozen=True, slots=True)
class Scored:
    """One section of the answer: its row, and what each part gave."""

    row: int
    score: float
    parts: dict[str, float]
    similar: tuple[int, ...] = ()
    """Rows that tell the same story and were left out for it."""
    weak: bool = False
    """Far behind the best, and hardly more like the query than any: there to make up the number."""

    def why(self) -> dict[str, object]:
        """Return what each part gave, and whether that is little."""
        return {**self.parts, "weak": True} if self.weak else {**self.parts}


def rank(snapshot: Snapshot, wanted: Wanted) -> list[Scored]:
    """Return up to `wanted.k` sections, best first; equal scores in the order of the library."""
    rows = _allowed(snapshot, wanted)
    if not len(rows):
        return []
    vectors = snapshot.vectors if len(rows) == len(snapshot) else snapshot.vectors[rows]
    meaning = vectors @ centred(wanted.vector, snapshot.query_mean)
    near = float(meaning.mean() + _NEAR * meaning.std())
    nearest = _nearest(meaning)
    rows, meaning = rows[nearest], meaning[nearest]
    texts = [snapshot.text(int(row)) for row in rows]
    parts = {
        "meaning": meaning,
        "words": shared(wanted.text, texts, snapshot.counts, len(snapshot)) * np.float32(WORDS_WEIGHT),
        "verbatim": _given(np.array([_plain(wanted.text) in _plain(text) for text in texts]), VERBATIM),
        **_preferences(snapshot, wanted, rows),
        "bare_heading": _given(snapshot.rows[rows, BODY] < _SHORT, BARE_HEADING),
    }
    total = np.sum(np.stack(list(parts.values())), axis=0)
    order = np.argsort(-total, kind="stable")
    scored = [
        Scored(
            row=int(rows[i]),
            score=round(float(total[i]), 4),
            parts={name: round(float(values[i]), 4) for name, values in parts.items() if values[i]},
        )
        for i in order
    ]
    hits = _pick(snapshot, wanted, scored, {int(row): text for row, text in zip(rows, texts, strict=True)})
    return [replace(hit, weak=_is_weak(hit, hits[0], near)) for hit in hits]


def _nearest(meaning: Scores) -> npt.NDArray[np.intp]:
    """Return the places of the highest values, the highest first, equal ones in their order."""
    if len(meaning) <= CANDIDATES:
        return np.argsort(-meaning, kind="stable")
    bar = np.partition(meaning, -CANDIDATES)[-CANDIDATES]
    places = np.flatnonzero(meaning >= bar)
    return places[np.argsort(-meaning[places], kind="stable")][:CANDIDATES]


def _is_weak(hit: Scored, best: Scored, near: float) -> bool:
    return hit.score < WEAK_SHARE * best.score and hit.parts.get("meaning", 0.0) < near


def _allowed(snapshot: Snapshot, wanted: Wanted) -> npt.NDArray[np.intp]:
    """Return the rows that the filters leave."""
    keep = np.ones(len(snapshot), dtype=bool)
    if wanted.unit is not None:
        keep &= snapshot.rows[:, UNIT] == wanted.unit
    if wanted.year is not None:
        keep &= snapshot.rows[:, YEAR] == wanted.year
    return np.flatnonzero(keep)


def _preferences(snapshot: Snapshot, wanted: Wanted, rows: npt.NDArray[np.intp]) -> dict[str, Scores]:
    """Return the small terms that decide between sections equally like the query."""
    about = snapshot.rows[rows]
    years = about[:, YEAR].astype(np.float32)
    known = snapshot.rows[:, YEAR]
    newest = int(known.max(initial=0))
    recent = np.where(years > 0, np.maximum(0.0, 1.0 - (newest - years) / 10.0), 0.0).astype(np.float32)
    none = np.zeros(len(rows), dtype=np.float32)
    return {
        "own_unit": none if wanted.own_unit is None else _given(about[:, UNIT] == wanted.own_unit, OWN_UNIT),
        "period": none if wanted.period is None else _given(about[:, PERIOD] == wanted.period, SAME_PERIOD),
        "recent": recent * np.float32(RECENT),
    }


def _given(condition: npt.NDArray[np.bool_], amount: float) -> Scores:
    return condition.astype(np.float32) * np.float32(amount)


def _plain(text: str) -> str:
    """Return `text` without white space, so that line breaks don't hide a quotation."""
    return "".join(text.split())


def _pick(
    snapshot: Snapshot,
    wanted: Wanted,
    scored: Sequence[Scored],
    texts: dict[int, str],
) -> list[Scored]:
    """Return the best of `scored`, one of each story, at most `wanted.per_file` of a file."""
    stories: list[list[Scored]] = []
    shapes: list[frozenset[str]] = []
    files: Counter[int] = Counter()
    most = wanted.per_file if wanted.per_file is not None else len(scored)
    for one in scored[: max(_LOOKED_THROUGH, 8 * wanted.k)]:
        shape = triples(texts[one.row])
        story = next((i for i, other in enumerate(shapes) if likeness(shape, other) >= SAME), None)
        if story is not None:
            stories[story].append(one)
        elif len(stories) < wanted.k and files[_file(snapshot, one)] < most:
            stories.append([one])
            shapes.append(shape)
            files[_file(snapshot, one)] += 1
    return [_shown(snapshot, wanted, story, files, most) for story in stories]


def _shown(
    snapshot: Snapshot,
    wanted: Wanted,
    story: Sequence[Scored],
    files: Counter[int],
    most: int,
) -> Scored:
    """Return the version of `story` that is shown: nearly as good as the best, own unit, newest."""
    best = story[0]
    home = _file(snapshot, best)
    close = [
        one
        for one in story
        if one.score > best.score - NEARLY
        and (_file(snapshot, one) == home or files[_file(snapshot, one)] < most)
    ]
    shown = max(close, key=lambda one: _standing(snapshot, wanted, one))
    files[home] -= 1
    files[_file(snapshot, shown)] += 1
    others = tuple(one.row for one in story if one is not shown)
    return replace(shown, score=best.score, similar=others)


def _standing(snapshot: Snapshot, wanted: Wanted, one: Scored) -> tuple[bool, int, float]:
    """Return by what versions of one story are compared: own unit, year, score."""
    about = snapshot.rows[one.row]
    return int(about[UNIT]) == wanted.own_unit, int(about[YEAR]), one.score


def _file(snapshot: Snapshot, one: Scored) -> int:
    return int(snapshot.rows[one.row, FILE])
