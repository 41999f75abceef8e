"""Which part of a past report each fact belongs to: where the past speaks of the same thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from drafter.writing.frames import MATCH, fact_clauses, likeness, past_sentences
from drafter.writing.headings import role_of_fact, split_number
from drafter.writing.topics import is_rest
from drafter.writing.words import content_words, covers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Fact, Section
    from drafter.writing.frames import Clause

_BELONGS = 0.34
"""From this score on a fact belongs to an item of its own accord."""
_SAME_TOPIC = 0.12
"""What it counts that most facts of the same topic are in the same section."""


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
) -> dict[tuple[int, str], list[Fact]]:
    """Return facts by (top section, id of the part): (root, "") at large in it, (-1, topic) in none."""
    bodies = [fact for fact in facts if role_of_fact(fact.topic, fact.text) == "body"]
    scores = {fact.id: [_score(fact, item) for item in items] for fact in bodies}
    votes: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for fact in bodies:
        best = _best(scores[fact.id])
        if best is not None and scores[fact.id][best] >= MATCH:
            votes[fact.topic][items[best].root] += 1
    placed: defaultdict[tuple[int, str], list[Fact]] = defaultdict(list)
    for fact in bodies:
        voted = votes[fact.topic] if fact.topic and not is_rest(fact.topic) else None
        home = voted.most_common(1)[0][0] if voted else None
        raised = [
            score + (_SAME_TOPIC if item.root == home else 0)
            for score, item in zip(scores[fact.id], items, strict=True)
        ]
        best = _best(raised)
        if best is not None and scores[fact.id][best] >= _BELONGS:
            placed[items[best].root, items[best].section.id].append(fact)
        elif home is not None:
            placed[home, ""].append(fact)
        else:
            placed[-1, fact.topic].append(fact)
    return placed


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
