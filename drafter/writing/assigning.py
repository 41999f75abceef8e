"""Which part of a past report each fact belongs to: where the past speaks of the same thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from drafter.writing.frames import MATCH, fact_clauses, likeness, past_sentences
from drafter.writing.headings import split_number
from drafter.writing.topics import is_rest, number_of
from drafter.writing.words import content_words, covers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.model import Fact, Section
    from drafter.writing.frames import Clause

_BELONGS = 0.34
"""From this score on a fact belongs to an item of its own accord."""
_SURELY = 0.6
_MARGIN = 0.25
"""A fact leaves the section of its topic for an item elsewhere only from _SURELY on, and so much ahead."""
_SOME = 0.15
"""How much of a fact that has no item yet an item of its section must speak of, alone among them."""
_AHEAD = 2
"""How many times as much as any other item."""
_BEYOND_DOUBT = 0.75
"""From this score on a fact leaves a topic that has no section in the past report."""

_ENOUGH = 2
"""So many facts of a topic in a section of their own, and half as many as are left, show where it belongs."""


@dataclass(frozen=True)
class Item:
    """A part of the base report that facts can be assigned to."""

    root: int
    section: Section
    clauses: tuple[Clause, ...]
    text: str


def section_trees(sections: Sequence[Section]) -> list[tuple[Section, list[Section]]]:
    """Return the top sections of a report, each with those one step below it (deeper ones merged in)."""
    trees: list[tuple[Section, list[Section]]] = []
    top = min((section.level for section in sections if section.heading), default=1)
    child_level = 0
    for section in sections:
        if not section.heading or section.level <= top or not trees or not trees[-1][0].heading:
            trees.append((section, []))
            child_level = 0
        elif trees[-1][1] and section.level > child_level:
            parent = trees[-1][1][-1]
            trees[-1][1][-1] = replace(
                parent, text=f"{parent.text}\n{section.heading}\n{section.text}".strip()
            )
        else:
            child_level = section.level
            trees[-1][1].append(section)
    return trees


def items_of(index: int, tree: tuple[Section, list[Section]]) -> list[Item]:
    """Return the parts of top section `index` that facts can be assigned to."""
    root, children = tree
    return [
        Item(
            index,
            section,
            tuple(c for s in past_sentences(section.text) for c in s if c.slots),
            f"{section.heading}{section.text}",
        )
        for section in (*((root,) if root.text or not children else ()), *children)
    ]


def assign(
    facts: Sequence[Fact],
    items: Sequence[Item],
    tops: Sequence[Section],
) -> dict[tuple[int, str], list[Fact]]:
    """Return facts by (top section, id of the part): (root, "") at large in it, (-1, topic) in none.

    `tops` are the top sections that `Item.root` counts. The clerk's topic decides
    the section, unless the past speaks of the same thing elsewhere beyond doubt.
    """
    scores = {fact.id: [_score(fact, item) for item in items] for fact in facts}
    by_topic: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_topic[fact.topic].append(fact)
    placed: defaultdict[tuple[int, str], list[Fact]] = defaultdict(list)
    for topic, group in by_topic.items():
        home = None if not topic or is_rest(topic) else _home(topic, group, scores, items, tops)
        keeps_together = bool(topic) and not is_rest(topic) and home is None and len(group) > 2
        for fact in group:
            row = scores[fact.id]
            best = _best(row)
            at_home = _best(
                [score if item.root == home else -1.0 for score, item in zip(row, items, strict=True)]
            )
            if best is not None and row[best] >= _bar(row, at_home, home, keeps_together=keeps_together):
                placed[items[best].root, items[best].section.id].append(fact)
            elif home is not None and at_home is not None and row[at_home] >= _BELONGS:
                placed[home, items[at_home].section.id].append(fact)
            else:
                placed[(-1, topic) if home is None else (home, "")].append(fact)
    _come_home(placed)
    return {place: sorted(found, key=number_of) for place, found in placed.items()}


def _come_home(placed: defaultdict[tuple[int, str], list[Fact]]) -> None:
    """Put what is left of a topic into the one section that nothing but this topic went to."""
    topics: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for (root, _), found in placed.items():
        topics[root].update(fact.topic for fact in found)
    for topic in [topic for root, topic in placed if root == -1 and topic and not is_rest(topic)]:
        own = [root for root, count in topics.items() if root >= 0 and set(count) == {topic}]
        gone = sum(topics[root][topic] for root in own)
        left = len(placed[-1, topic])
        if len(own) == 1 and gone >= _ENOUGH and gone * 2 >= left:
            placed[own[0], ""] += placed.pop((-1, topic))


def _bar(row: Sequence[float], at_home: int | None, home: int | None, *, keeps_together: bool) -> float:
    """Return the score from which on a fact goes to the item it resembles most, wherever that is."""
    if home is None:
        return _BEYOND_DOUBT if keeps_together else _BELONGS
    return max(_SURELY, (row[at_home] if at_home is not None else 0.0) + _MARGIN)


def _home(
    topic: str,
    group: Sequence[Fact],
    scores: Mapping[str, Sequence[float]],
    items: Sequence[Item],
    tops: Sequence[Section],
) -> int | None:
    """Return the top section that a topic of the notes belongs to: by its heading, else by most facts."""
    votes: Counter[int] = Counter()
    for fact in group:
        best = _best(scores[fact.id])
        if best is not None and scores[fact.id][best] >= MATCH:
            votes[items[best].root] += 1
    words = content_words(split_number(topic)[1])
    said = {
        root: sum(len(word) for word in words if word in top.heading) / (sum(map(len, words)) or 1)
        for root, top in enumerate(tops)
        if any(item.root == root for item in items)
    }
    named = [root for root, share in said.items() if share >= MATCH and share == max(said.values())]
    if named:
        return max(named, key=lambda root: (votes[root], -root))
    root, count = max(votes.items(), key=lambda row: (row[1], -row[0]), default=(0, 0))
    return root if count * 2 >= len(group) else None


def _score(fact: Fact, item: Item) -> float:
    like = max(
        (likeness(past, new) for past in item.clauses for new in fact_clauses(fact) if new.slots), default=0.0
    )
    words = content_words(fact.text)
    told = sum(len(word) for word in words if word in item.text) / (sum(map(len, words)) or 1)
    heading = content_words(split_number(item.section.heading)[1])
    headed = sum(len(word) for word in heading if covers(fact.text, word)) / (sum(map(len, heading)) or 1)
    return max(like, 0.0) * 0.7 + told * 0.3 + headed * 0.2


def _best(scores: Sequence[float]) -> int | None:
    return max(range(len(scores)), key=lambda index: (scores[index], -index), default=None)


def nearest(fact: Fact, parts: Sequence[str]) -> int | None:
    """Return which of `parts`, all that each item of a section says, surely speaks of `fact`.

    Only words that a single part has tell where a fact belongs.
    """
    words = [word for word in content_words(fact.text) if len(word) > 1]
    told = [0] * len(parts)
    for word in words:
        having = [place for place, part in enumerate(parts) if word in part]
        if len(having) == 1:
            told[having[0]] += len(word)
    best = _best(told)
    if best is None or not told[best] or told[best] < _SOME * sum(map(len, words)):
        return None
    others = (score for place, score in enumerate(told) if place != best)
    return best if told[best] >= _AHEAD * max(others, default=0) else None
