"""The outline: which sections a draft has, after which past sections, with which facts.

A unit follows its own latest report of the same kind of period. Without one, its
topics become sections and the most similar sections of others serve as models.
Every fact is assigned once, to where the past speaks of the same thing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from drafter.model import Exemplar, Outline, Section, SectionPlan
from drafter.writing.borrowing import is_general
from drafter.writing.frames import MATCH, fact_clauses, likeness, past_sentences
from drafter.writing.headings import role_of, role_of_fact, split_number, with_number
from drafter.writing.sentences import full_width
from drafter.writing.words import content_words, covers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from drafter.model import Fact, Hit, Report
    from drafter.writing.borrowing import Surroundings
    from drafter.writing.frames import Clause

_BELONGS = 0.34
"""From this score on a fact belongs to an item of its own accord."""
_SAME_TOPIC = 0.12
"""What it counts that most facts of the same topic are in the same section."""
_OTHER = "其他工作"
MODELS_PER_SECTION = 4


@dataclass(frozen=True)
class Past:
    """What the outline knows of past reports: all of them, and a search among their sections."""

    reports: Sequence[Report] = ()
    search: Callable[[str, int], Sequence[Hit]] | None = None


@dataclass(frozen=True)
class _Item:
    """A part of the base report that facts can be assigned to."""

    root: int
    section: Section
    clauses: tuple[Clause, ...]
    text: str


def plan_outline(
    facts: Sequence[Fact],
    past: Past,
    around: Surroundings,
    *,
    unit: str,
    year: int,
    period: str,
) -> Outline:
    """Return the sections proposed for `facts`; questions are added by `questions.ask`."""
    base = latest_own_report(past.reports, unit, year, period)
    sections = _after_own_report(facts, base, around) if base else _after_topics(facts, past, around)
    assigned = {fact.id for section in sections for plan in (section, *section.children) for fact in plan.facts}
    return Outline(_labelled(sections), unassigned=tuple(fact.id for fact in facts if fact.id not in assigned))


def is_same_unit(one: str | None, other: str | None) -> bool:
    """Return whether two names can be those of one unit: equal, or one is the end of the other."""
    if not one or not other or len(one) < 3 or len(other) < 3 or "x" in (one + other).lower() or "×" in one + other:
        return False
    return one.endswith(other) or other.endswith(one)


def latest_own_report(reports: Sequence[Report], unit: str, year: int, period: str) -> Report | None:
    """Return the unit's latest report before this one, one of the same kind of period first."""
    own = [
        report
        for report in reports
        if is_same_unit(report.unit, unit) and (report.year is None or report.year <= year) and report.sections
        and not (report.year == year and report.period == period)
    ]
    return max(own, key=lambda report: (report.period == period, report.year or 0, report.id), default=None)


# --- after the unit's own report ---------------------------------------------------------


def _after_own_report(facts: Sequence[Fact], base: Report, around: Surroundings) -> list[SectionPlan]:
    trees = section_trees(base.sections)
    roles = [role_of(root, is_first=index == 0) for index, (root, _) in enumerate(trees)]
    items = [item for index, tree in enumerate(trees) if roles[index] in {"body", "opening"} for item in _items(index, tree)]
    placed = _assign(facts, items, around)
    plans: list[SectionPlan] = []
    for index, (root, children) in enumerate(trees):
        own = {item.section.id: placed.get((index, item.section.id), []) for item in items if item.root == index}
        loose = placed.get((index, ""), [])
        if roles[index] in {"problems", "plans"}:
            own = {root.id: [fact for fact in facts if role_of_fact(fact.topic, fact.text) == roles[index]]}
        plans.append(_own_section(root, children, own, loose, base, roles[index], around))
    kept = [plan for plan in plans if plan.role != "body" or plan.facts or plan.children]
    have = {plan.role for plan in kept}
    for role, heading in (("problems", "存在问题"), ("plans", "下一步打算")):
        left = tuple(fact for fact in facts if role_of_fact(fact.topic, fact.text) == role)
        if left and role not in have:
            kept.append(SectionPlan(heading, 1, left, role=role, why="要点里有，上年总结没有这一节"))
    extra = _extra_sections(placed)
    tail = next((i for i, plan in enumerate(kept) if plan.role in {"problems", "plans"}), len(kept))
    return _numbered([*kept[:tail], *extra, *kept[tail:]], _style(trees, roles))


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
            trees[-1][1][-1] = replace(parent, text=f"{parent.text}\n{section.heading}\n{section.text}".strip())
        else:
            child_level = section.level
            trees[-1][1].append(section)
    return trees


def _items(index: int, tree: tuple[Section, list[Section]]) -> list[_Item]:
    root, children = tree
    return [
        _Item(index, section, tuple(c for s in past_sentences(section.text) for c in s if c.slots), f"{section.heading}{section.text}")
        for section in (*((root,) if root.text or not children else ()), *children)
    ]


def _assign(
    facts: Sequence[Fact],
    items: Sequence[_Item],
    around: Surroundings,
) -> dict[tuple[int, str], list[Fact]]:
    """Return facts by (root, section id); those with a root alone under (root, ""), others under (-1, topic)."""
    bodies = [fact for fact in facts if role_of_fact(fact.topic, fact.text) == "body"]
    scores = {fact.id: [_score(fact, item) for item in items] for fact in bodies}
    votes: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for fact in bodies:
        best = _best(scores[fact.id])
        if best is not None and scores[fact.id][best] >= MATCH:
            votes[fact.topic][items[best].root] += 1
    placed: defaultdict[tuple[int, str], list[Fact]] = defaultdict(list)
    for fact in bodies:
        home = votes[fact.topic].most_common(1)[0][0] if fact.topic and votes[fact.topic] else None
        raised = [
            score + (_SAME_TOPIC if item.root == home else 0) for score, item in zip(scores[fact.id], items, strict=True)
        ]
        best = _best(raised)
        if best is not None and scores[fact.id][best] >= _BELONGS:
            placed[items[best].root, items[best].section.id].append(fact)
        elif home is not None:
            placed[home, ""].append(fact)
        else:
            placed[-1, fact.topic].append(fact)
    return placed


def _score(fact: Fact, item: _Item) -> float:
    like = max((likeness(past, new) for past in item.clauses for new in fact_clauses(fact) if new.slots), default=0.0)
    words = content_words(fact.text)
    told = sum(len(word) for word in words if word in item.text) / (sum(map(len, words)) or 1)
    heading = content_words(split_number(item.section.heading)[1])
    headed = sum(len(word) for word in heading if covers(fact.text, word)) / (sum(map(len, heading)) or 1)
    return max(like, 0.0) * 0.7 + told * 0.3 + headed * 0.2


def _best(scores: Sequence[float]) -> int | None:
    return max(range(len(scores)), key=lambda index: (scores[index], -index), default=None)


def _own_section(
    root: Section,
    children: Sequence[Section],
    own: Mapping[str, list[Fact]],
    loose: Sequence[Fact],
    base: Report,
    role: str,
    around: Surroundings,
) -> SectionPlan:
    plans = []
    for section in children:
        if facts := own.get(section.id):
            _, words = split_number(section.heading)
            heading = full_width(words.rstrip("。：: "))
            plans.append(
                SectionPlan(
                    heading if is_general(heading, around) else "",
                    2,
                    tuple(facts),
                    (Exemplar("", section, base),),
                    why=f"{base.title}的“{heading}”写过同样的事",
                    run_in=section.heading.rstrip().endswith(("。", "：", ":")) or bool(section.text),
                ),
            )
    if loose and plans:
        plans.append(SectionPlan("", 2, tuple(loose), why="同一专题里上年没有写过的事"))
    facts = (*own.get(root.id, ()), *(loose if not plans else ()))
    words = full_width(split_number(root.heading)[1])
    return SectionPlan(
        words if not words or is_general(words, around) else _topic_heading([*facts, *(f for p in plans for f in p.facts)]),
        1,
        tuple(facts),
        (Exemplar("", root, base),),
        why=f"照{base.title}的结构",
        children=tuple(plans),
        role=role,
    )


def _extra_sections(placed: Mapping[tuple[int, str], list[Fact]]) -> list[SectionPlan]:
    new = {topic: facts for (root, topic), facts in placed.items() if root == -1}
    sections = [
        SectionPlan(_topic_heading(facts), 1, tuple(facts), why="上年总结没有这个专题")
        for topic, facts in new.items()
        if topic and len(facts) > 1
    ]
    rest = [fact for topic, facts in new.items() if not topic or len(facts) == 1 for fact in facts]
    if rest:
        sections.append(SectionPlan(_OTHER, 1, tuple(sorted(rest, key=_number)), why="没有找到相近的往年内容"))
    return sections


# --- after the topics of the notes ----------------------------------------------------------


def _after_topics(facts: Sequence[Fact], past: Past, around: Surroundings) -> list[SectionPlan]:
    groups: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[role_of_fact(fact.topic, fact.text) if role_of_fact(fact.topic, fact.text) != "body" else f"={fact.topic}"].append(fact)
    if len([key for key in groups if key.startswith("=")]) < 2:
        groups = _by_similar_sections(groups, past)
    plans, headings = [SectionPlan("", 1, role="opening", why="开头一段")], set[str]()
    for key, group in groups.items():
        if key in {"problems", "plans"}:
            continue
        models = _models_for(group, past)
        heading = _borrowed_heading(models, group, around, headings) or _topic_heading(group)
        headings.add(heading)
        why = "照最相近的往年总结" if models else "没有相近的往年总结，照要点的专题"
        plans.append(SectionPlan(heading, 1, tuple(group), models, why=why))
    for role, heading in (("problems", "存在问题"), ("plans", "下一步打算")):
        plans.append(SectionPlan(heading, 1, tuple(groups.get(role, ())), role=role, why="总结通常有这一节"))
    return _numbered(plans, "comma")


def _by_similar_sections(groups: Mapping[str, list[Fact]], past: Past) -> defaultdict[str, list[Fact]]:
    """Group facts that have no topics by the past section that each resembles most."""
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    for key, group in groups.items():
        for fact in group:
            hits = past.search(fact.text, 1) if past.search and key.startswith("=") else ()
            found[f"={hits[0].section.path[0] if hits[0].section.path else ''}" if hits else key].append(fact)
    small = [key for key, group in found.items() if key.startswith("=") and len(group) == 1]
    if len(small) < len(found):
        for key in small:
            found["="].extend(found.pop(key))
        if "=" in found:
            found["="] = sorted(found.pop("="), key=_number)
    return found


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
                and sum(covers(said, word) for word in announced) * 2 >= len(announced)
                and is_general(words, around)
            ):
                return words
    return ""


def _topic_heading(facts: Sequence[Fact]) -> str:
    topic = split_number(facts[0].topic)[1] if facts and facts[0].topic else ""
    if not topic:
        return _OTHER
    return topic if len(topic) > 6 or topic.endswith(("工作", "建设", "情况", "方面")) else f"{topic}工作"


# --- shared ---------------------------------------------------------------------------------


def _style(trees: Sequence[tuple[Section, list[Section]]], roles: Sequence[str]) -> str:
    styles = [split_number(root.heading)[0] for (root, _), role in zip(trees, roles, strict=True) if role == "body" and root.heading]
    return styles[0] if styles and styles[0] else "comma"


def _numbered(plans: Sequence[SectionPlan], style: str) -> list[SectionPlan]:
    numbered, index = [], 0
    for plan in plans:
        if plan.heading:
            index += 1
        heading = with_number(plan.heading, style, index) if plan.heading else ""
        numbered.append(replace(plan, heading=heading, children=_numbered_children(plan.children)))
    return numbered


def _numbered_children(children: Sequence[SectionPlan]) -> tuple[SectionPlan, ...]:
    style = next((split_number(c.models[0].section.heading)[0] for c in children if c.models and c.heading), "")
    numbered, index = [], 0
    for child in children:
        index += bool(child.heading)
        numbered.append(replace(child, heading=with_number(child.heading, style, index) if child.heading else ""))
    return tuple(numbered)


def _labelled(sections: Sequence[SectionPlan]) -> tuple[SectionPlan, ...]:
    """Give each past section that serves as a model its label, P1, P2 … in order of use."""
    labels: dict[str, str] = {}

    def label(plan: SectionPlan) -> SectionPlan:
        models = tuple(
            replace(model, label=labels.setdefault(model.section.id, f"P{len(labels) + 1}")) for model in plan.models
        )
        return replace(plan, models=models, children=tuple(label(child) for child in plan.children))

    return tuple(label(section) for section in sections)


def _number(fact: Fact) -> int:
    return int(fact.id[1:])
