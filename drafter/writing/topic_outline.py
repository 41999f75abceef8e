"""The outline of a unit without past reports of its own: its topics, after similar sections of others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from drafter.model import Exemplar, SectionPlan
from drafter.reading.quality import topics_of
from drafter.writing.borrowing import is_general
from drafter.writing.headings import split_number
from drafter.writing.sentences import full_width
from drafter.writing.topics import is_rest, topic_heading
from drafter.writing.words import content_words, lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from drafter.model import Fact, Hit, Report
    from drafter.writing.borrowing import Surroundings

MODELS_PER_SECTION = 4


@dataclass(frozen=True)
class Past:
    """What the outline knows of past reports: all of them, and a search among their sections."""

    reports: Sequence[Report] = ()
    search: Callable[[str, int], Sequence[Hit]] | None = None


def after_topics(
    facts: Sequence[Fact],
    past: Past,
    around: Surroundings,
    roles: Mapping[str, str],
) -> list[SectionPlan]:
    """Return an opening, a section a topic, and places for problems and plans; headings without numbers."""
    groups: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        role = roles[fact.id]
        groups[f"={fact.topic}" if role == "body" else role].append(fact)
    if len([key for key in groups if key.startswith("=")]) < 2:
        groups = defaultdict(list, _by_family(groups))
    elif "=" in groups:
        groups = _joined(groups)
    opening = SectionPlan("", 1, tuple(groups.pop("opening", ())), role="opening", why="开头一段")
    plans, headings = [opening], set[str]()
    for key, group in groups.items():
        if key in {"problems", "plans"}:
            continue
        models = _models_for(group, past)
        topic = key.removeprefix("=")
        is_loose = is_rest(topic) or not topic
        heading = "" if is_loose else _borrowed_heading(models, group, around, headings)
        heading = heading or topic_heading(topic)
        headings.add(heading)
        why = "照最相近的往年总结" if models else "没有相近的往年总结，照要点的专题"
        plans.append(SectionPlan(heading, 1, tuple(group), models, why=why))
    for role, heading in (("problems", "存在问题"), ("plans", "下一步打算")):
        plans.append(SectionPlan(heading, 1, tuple(groups.get(role, ())), role=role, why="总结通常有这一节"))
    return plans


def _joined(groups: Mapping[str, list[Fact]]) -> defaultdict[str, list[Fact]]:
    """Put facts without a topic to the first topic that speaks of such things."""
    joined = defaultdict(list, {key: [*gathered] for key, gathered in groups.items()})
    keys: dict[str, str] = {}
    for key in groups:
        if key.startswith("=") and len(key) > 1:
            keys.setdefault(family_of(key), key)
    keys.pop("", None)
    for fact in joined.pop("="):
        joined[keys.get(family_of(fact.text), "=")].append(fact)
    return joined


def _by_family(groups: Mapping[str, list[Fact]]) -> dict[str, list[Fact]]:
    """Group facts that have no topics by what they speak of, in the usual order of a report."""
    found: dict[str, list[Fact]] = {family: [] for family in (*(f"={name}" for name in _families()), "=")}
    for key, gathered in groups.items():
        for fact in gathered:
            place = f"={family_of(fact.text)}" if key.startswith("=") else key
            found.setdefault(place, []).append(fact)
    return {key: gathered for key, gathered in found.items() if gathered}


def family_of(text: str) -> str:
    """Return the part of a report where words like these usually stand, empty where they tell nothing."""
    topics = topics_of(text, "")
    return next((name for topic in topics for name, members in _families().items() if topic in members), "")


@cache
def _families() -> dict[str, tuple[str, ...]]:
    rows = (line.partition(":") for line in lines_of("families"))
    return {name.strip(): tuple(members.split()) for name, _, members in rows}


def _models_for(group: Sequence[Fact], past: Past) -> tuple[Exemplar, ...]:
    if past.search is None:
        return ()
    query = "；".join([group[0].topic, *(fact.text for fact in group)]).strip("；")
    hits = past.search(query, MODELS_PER_SECTION)
    return tuple(Exemplar("", hit.section, hit.report) for hit in hits)


def _borrowed_heading(
    models: Sequence[Exemplar],
    group: Sequence[Fact],
    around: Surroundings,
    taken: set[str],
) -> str:
    """Return the heading of a model that announces what the facts say, or nothing."""
    said = "".join([group[0].topic, *(fact.text for fact in group)])
    for model in models:
        for heading in reversed(model.section.path):
            words = full_width(split_number(heading)[1].rstrip("。：: "))
            announced = content_words(words)
            if (
                words not in taken
                and 4 <= len(words) <= 30
                and announced
                and sum(word in said for word in announced) * 2 >= len(announced)
                and is_general(words, around)
            ):
                return words
    return ""
