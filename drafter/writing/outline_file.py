"""The outline as a file that a person can edit and hand back.

    # 云溪社区2025年工作总结
    ## 一、加强综合治理
    仿照：云溪社区2024年工作总结 · 二、加强综合治理
    ### （一）做实矛盾调解
    - F7 矛盾纠纷受理38起，调解成功38起

Headings may be renamed, moved, added and taken out, and lines moved between
them; only the `F7` of a line counts, and no fact may stand twice.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from drafter.errors import UsageError
from drafter.model import Outline, SectionPlan
from drafter.writing.headings import role_of, split_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drafter.model import Fact
    from drafter.writing.head import Head

_OPENING = "开头"
_LEFT = "没有安排的要点"
_QUESTIONS = "待答问题"
_HEADING = re.compile(r"^(#{2,3})\s+(.*?)\s*$")
_FACT = re.compile(r"^[-*]\s+(F\d+)\b")


def write_outline(outline: Outline, head: Head, facts: Mapping[str, Fact]) -> str:
    """Return the outline as Markdown."""
    lines = [f"# {head.title}", ""]
    for section in outline.sections:
        lines += _section_lines(section, 2)
    if outline.unassigned:
        lines += [f"## {_LEFT}", *(f"- {name} {facts[name].text}" for name in outline.unassigned), ""]
    if outline.questions:
        lines.append(f"## {_QUESTIONS}")
        for question in outline.questions:
            seen = "、".join(sorted({where.file for where in question.seen}))
            lines.append(f"- {question.question}（往年见 {seen}）" if seen else f"- {question.question}")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _section_lines(plan: SectionPlan, level: int) -> list[str]:
    heading = plan.heading or (_OPENING if plan.role == "opening" else "（不设标题）")
    lines = [f"{'#' * level} {heading}"]
    lines += [f"仿照：{model.report.title} · {model.section.heading or '开头'}" for model in plan.models[:1]]
    lines += [f"- {fact.id} {fact.text}" for fact in plan.facts] + [""]
    for child in plan.children:
        lines += _section_lines(child, level + 1)
    return lines


def read_outline(text: str, planned: Outline, facts: Mapping[str, Fact]) -> Outline:
    """Return the outline that a person handed back; models stay with headings that stayed.

    Raises:
        UsageError: an unknown fact, a fact twice, or no section at all.
    """
    known = {
        _key(plan.heading): plan for section in planned.sections for plan in (section, *section.children)
    }
    sections: list[SectionPlan] = []
    seen: dict[str, int] = {}
    skipping = False
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _HEADING.match(line):
            skipping = found[2] in {_LEFT, _QUESTIONS}
            if not skipping:
                _open(sections, len(found[1]), found[2], known)
        elif (bullet := _FACT.match(line)) and not skipping:
            fact = _fact(bullet[1], number, facts, seen)
            if not sections:
                raise UsageError(
                    f"提纲第 {number} 行的 {fact.id} 不在任何一节里。", hint="请在它上面加一行 ## 标题。"
                )
            _add(sections, fact)
    if not sections:
        raise UsageError("提纲里没有一节。", hint="每一节以 ## 开头，例如：## 一、综合治理。")
    return Outline(
        tuple(section for section in sections if section.facts or section.children or section.role != "body"),
        unassigned=tuple(name for name in facts if name not in seen),
    )


def _open(sections: list[SectionPlan], level: int, heading: str, known: Mapping[str, SectionPlan]) -> None:
    old = known.get(_key("" if heading == _OPENING else heading))
    words = "" if heading in {_OPENING, "（不设标题）"} else heading
    plan = SectionPlan(words, level - 1, models=old.models if old else (), why="按手改的提纲")
    if old is not None:
        plan = replace(plan, role=old.role, run_in=old.run_in)
    else:
        from drafter.model import Section  # noqa: PLC0415

        role = "opening" if heading == _OPENING else role_of(Section("", 1, words, (), ""), is_first=False)
        plan = replace(plan, role=role)
    if level == 3 and sections:
        sections[-1] = replace(sections[-1], children=(*sections[-1].children, plan))
    else:
        sections.append(replace(plan, level=1))


def _add(sections: list[SectionPlan], fact: Fact) -> None:
    last = sections[-1]
    if last.children:
        child = last.children[-1]
        last = replace(last, children=(*last.children[:-1], replace(child, facts=(*child.facts, fact))))
    else:
        last = replace(last, facts=(*last.facts, fact))
    sections[-1] = last


def _fact(name: str, line: int, facts: Mapping[str, Fact], seen: dict[str, int]) -> Fact:
    if name not in facts:
        raise UsageError(f"提纲第 {line} 行的 {name} 不在要点里。", hint="请核对编号，或重新生成提纲。")
    if name in seen:
        raise UsageError(
            f"要点 {name} 在提纲第 {seen[name]} 行和第 {line} 行各出现一次。", hint="请只留一处。"
        )
    seen[name] = line
    return facts[name]


def _key(heading: str) -> str:
    return split_number(heading)[1].rstrip("。：: ")
