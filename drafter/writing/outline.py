"""The outline: which sections a draft has, after which past sections, with which facts.

A unit follows its own latest report of the same kind of period. Without one, its
topics become sections and the most similar sections of others serve as models.
Every fact is assigned once, to where the past speaks of the same thing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from drafter.model import Exemplar, Outline, Section, SectionPlan
from drafter.reading.same_unit import is_same_unit
from drafter.writing.assigning import assign, items_of, nearest, section_trees
from drafter.writing.borrowing import is_general
from drafter.writing.headings import fact_roles, role_of, split_number, with_number
from drafter.writing.sentences import follows, full_width
from drafter.writing.topic_outline import Past, after_topics, family_of
from drafter.writing.topics import OTHER, number_of, topic_heading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.model import Fact, Report
    from drafter.writing.borrowing import Surroundings

_ROLE_HEADINGS = {"problems": "存在问题", "plans": "下一步打算"}
__all__ = ["Past", "is_same_unit", "latest_own_report", "plan_outline"]


def plan_outline(  # noqa: PLR0913 - what a report is of, by name only
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
    leaders = [fact for index, fact in enumerate(facts) if not index or not follows(fact)]
    roles = fact_roles(leaders, year, period)
    if base is not None:
        sections = _after_own_report(leaders, base, around, roles)
    else:
        sections = _numbered(after_topics(leaders, past, around, roles), "comma")
    sections = [_with_followers(section, facts) for section in sections]
    assigned = {
        fact.id for section in sections for plan in (section, *section.children) for fact in plan.facts
    }
    return Outline(
        _labelled(sections), unassigned=tuple(fact.id for fact in facts if fact.id not in assigned)
    )


def _with_followers(plan: SectionPlan, facts: Sequence[Fact]) -> SectionPlan:
    """Return a plan in which each fact is followed by those that lean on it (其中…), as in the notes."""
    numbers = {fact.id: index for index, fact in enumerate(facts)}
    taken: list[Fact] = []
    for fact in plan.facts:
        taken.append(fact)
        for follower in facts[numbers[fact.id] + 1 :]:
            if not follows(follower):
                break
            taken.append(follower)
    return replace(plan, facts=tuple(taken), children=tuple(_with_followers(c, facts) for c in plan.children))


def latest_own_report(reports: Sequence[Report], unit: str, year: int, period: str) -> Report | None:
    """Return the unit's latest report before this one, one of the same kind of period first."""
    own = [
        report
        for report in reports
        if is_same_unit(report.unit, unit)
        and (report.year is None or report.year <= year)
        and report.sections
        and not (report.year == year and report.period == period)
    ]
    return max(own, key=lambda report: (report.period == period, report.year or 0, report.id), default=None)


# --- after the unit's own report ---------------------------------------------------------


def _after_own_report(
    facts: Sequence[Fact],
    base: Report,
    around: Surroundings,
    roles: Mapping[str, str],
) -> list[SectionPlan]:
    trees = section_trees(base.sections)
    tops = [root for root, _ in trees]
    kinds = [role_of(root, is_first=index == 0) for index, root in enumerate(tops)]
    items = [
        item for index, tree in enumerate(trees) if kinds[index] == "body" for item in items_of(index, tree)
    ]
    openings = [index for index, kind in enumerate(kinds) if kind == "opening"]
    inside = [
        fact for fact in facts if roles[fact.id] == "body" or (roles[fact.id] == "opening" and not openings)
    ]
    placed = assign(inside, items, tops)
    _join_their_like(placed, tops)
    plans: list[SectionPlan] = []
    for index, (root, children) in enumerate(trees):
        own = {
            item.section.id: placed.get((index, item.section.id), []) for item in items if item.root == index
        }
        if kinds[index] != "body":
            if kinds[index] in kinds[:index]:
                continue
            own = {root.id: [fact for fact in facts if roles[fact.id] == kinds[index]]}
        plans.append(
            _own_section(root, children, own, placed.get((index, ""), []), base, kinds[index], around)
        )
    kept = [plan for plan in plans if plan.role != "body" or plan.facts or plan.children]
    have = {plan.role for plan in kept}
    for role, heading in _ROLE_HEADINGS.items():
        left = tuple(fact for fact in facts if roles[fact.id] == role)
        if left and role not in have:
            plan = SectionPlan(heading, 1, left, role=role, why="要点里有，上年总结没有这一节")
            ahead = [i for i, one in enumerate(kept) if one.role == "plans" and role == "problems"]
            kept.insert(ahead[0] if ahead else len(kept), plan)
    extra = _extra_sections(placed)
    tail = next((i for i, plan in enumerate(kept) if plan.role in {"problems", "plans"}), len(kept))
    return _numbered([*kept[:tail], *extra, *kept[tail:]], _style(trees, kinds))


def _join_their_like(placed: dict[tuple[int, str], list[Fact]], tops: Sequence[Section]) -> None:
    """Put facts without a topic into the first section that speaks of such things."""
    homes: dict[str, int] = {}
    for index, top in enumerate(tops):
        topics = {fact.topic for (root, _), found in placed.items() if root == index for fact in found}
        if topics:
            homes.setdefault(family_of("；".join((top.heading, *sorted(topics)))), index)
    homes.pop("", None)
    for fact in placed.pop((-1, ""), []):
        home = homes.get(family_of(fact.text), -1)
        placed.setdefault((home, ""), []).append(fact)


def _own_section(  # noqa: PLR0913, PLR0917 - one section with all that was decided for it
    root: Section,
    children: Sequence[Section],
    own: Mapping[str, list[Fact]],
    loose: Sequence[Fact],
    base: Report,
    role: str,
    around: Surroundings,
) -> SectionPlan:
    plans = []
    own, loose = _taken_in(children, own, loose)
    for section in children:
        if items := own.get(section.id):
            _, words = split_number(section.heading)
            heading = full_width(words.rstrip("。：: "))
            plans.append(
                SectionPlan(
                    heading if is_general(heading, around) else "",
                    2,
                    tuple(items),
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
        _heading(words, role, [*facts, *(f for p in plans for f in p.facts)], base, around),
        1,
        tuple(facts),
        (Exemplar("", root, base),),
        why=f"照{base.title}的结构",
        children=tuple(plans),
        role=role,
    )


def _taken_in(
    children: Sequence[Section], own: Mapping[str, list[Fact]], loose: Sequence[Fact]
) -> tuple[Mapping[str, list[Fact]], Sequence[Fact]]:
    """Return the facts by item with those at large that one of the items speaks of, and the others."""
    parts = [
        f"{section.heading}{section.text}{''.join(fact.text for fact in own.get(section.id, ()))}"
        for section in children
    ]
    taken = {name: list(facts) for name, facts in own.items()}
    left = []
    for fact in loose:
        place = nearest(fact, parts)
        if place is not None and own.get(children[place].id):
            taken[children[place].id].append(fact)
        else:
            left.append(fact)
    return taken, left


def _heading(words: str, role: str, facts: Sequence[Fact], base: Report, around: Surroundings) -> str:
    """Return the heading of a section: last year's, its own year renewed, else its first topic."""
    own_year = f"{base.year}年"
    if not words or is_general(words, around):
        return words
    if role == "body" and around.year and base.year and is_general(words.replace(own_year, ""), around):
        return words.replace(own_year, f"{around.year}年")
    return _ROLE_HEADINGS.get(role) or topic_heading(facts[0].topic if facts else "")


def _extra_sections(placed: Mapping[tuple[int, str], list[Fact]]) -> list[SectionPlan]:
    new = {topic: facts for (root, topic), facts in placed.items() if root == -1}
    sections = [
        SectionPlan(topic_heading(topic), 1, tuple(facts), why="上年总结没有这个专题")
        for topic, facts in new.items()
        if topic and len(facts) > 1
    ]
    rest = [fact for topic, facts in new.items() if not topic or len(facts) == 1 for fact in facts]
    if rest:
        sections.append(
            SectionPlan(OTHER, 1, tuple(sorted(rest, key=number_of)), why="没有找到相近的往年内容")
        )
    return sections


# --- shared ---------------------------------------------------------------------------------


def _style(trees: Sequence[tuple[Section, list[Section]]], roles: Sequence[str]) -> str:
    styles = [
        split_number(root.heading)[0]
        for (root, _), role in zip(trees, roles, strict=True)
        if role == "body" and root.heading
    ]
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
    style = next(
        (split_number(c.models[0].section.heading)[0] for c in children if c.models and c.heading), ""
    )
    numbered, index = [], 0
    for child in children:
        index += bool(child.heading)
        numbered.append(
            replace(child, heading=with_number(child.heading, style, index) if child.heading else "")
        )
    return tuple(numbered)


def _labelled(sections: Sequence[SectionPlan]) -> tuple[SectionPlan, ...]:
    """Give each past section that serves as a model its label, P1, P2 … in order of use."""
    labels: dict[str, str] = {}

    def label(plan: SectionPlan) -> SectionPlan:
        models = tuple(
            replace(model, label=labels.setdefault(model.section.id, f"P{len(labels) + 1}"))
            for model in plan.models
        )
        return replace(plan, models=models, children=tuple(label(child) for child in plan.children))

    return tuple(label(section) for section in sections)
