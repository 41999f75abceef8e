"""The outline as a file that a person can edit and hand back.

    # 云溪社区2025年工作总结
    ## 一、加强综合治理
    仿照：云溪社区2024年工作总结 · 二、加强综合治理
    ### （一）做实矛盾调解
    - F7 矛盾纠纷受理38起，调解成功38起

Headings may be renamed, moved, added and taken out, and lines moved between
them; of a fact's line only the `F7` counts, and no fact may stand twice.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from drafter.errors import UsageError
from drafter.model import Outline, SectionPlan
from drafter.writing.headings import heading_role, split_number, with_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from drafter.model import Fact
    from drafter.writing.head import Head

_OPENING = "开头"
_BARE = "（不设标题）"
_AFTER = "仿照："
_CHILD = 3
_TITLE = re.compile(r"^#\s")
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
    heading = plan.heading or (_OPENING if plan.role == "opening" else _BARE)
    lines = [f"{'#' * level} {heading}"]
    if plan.models:
        lines.append(_model_line(plan))
    lines += [f"- {fact.id} {fact.text}" for fact in plan.facts] + [""]
    for child in plan.children:
        lines += _section_lines(child, level + 1)
    return lines


def read_outline(text: str, planned: Outline, facts: Mapping[str, Fact]) -> Outline:
    """Return the outline that a person handed back.

    A section keeps its model by the line 仿照, wherever it was moved and whatever
    its heading is now; without that line it has none.

    Raises:
        UsageError: an unknown fact, a fact twice, a line that is none of these, an
            unknown model, or no section at all.
    """
    reader = _Reader(planned, facts)
    for number, line in enumerate(text.splitlines(), start=1):
        reader.read_line(number, line.strip())
    if not reader.sections:
        raise UsageError("提纲里没有一节。", hint="每一节以 ## 开头，例如：## 一、综合治理。")
    kept = [plan for plan in reader.sections if plan.facts or plan.children or plan.role != "body"]
    kept = [replace(plan, children=_numbered(_alike(plan.children))) for plan in _numbered(kept)]
    return Outline(tuple(kept), unassigned=tuple(name for name in facts if name not in reader.seen))


def _numbered(plans: Sequence[SectionPlan]) -> tuple[SectionPlan, ...]:
    """Count the headings that have a number anew: sections were moved, put in or taken out."""
    numbered: list[SectionPlan] = []
    index = 0
    for plan in plans:
        style, words = split_number(plan.heading)
        index += bool(style)
        numbered.append(replace(plan, heading=with_number(words, style, index)) if style else plan)
    return tuple(numbered)


def _alike(plans: Sequence[SectionPlan]) -> tuple[SectionPlan, ...]:
    """Set a heading that was put in as those beside it are set: before its text where they are."""
    run_in = any(plan.run_in for plan in plans)
    return tuple(replace(plan, run_in=bool(plan.heading)) if run_in else plan for plan in plans)


class _Reader:
    """Takes an edited outline in line by line."""

    def __init__(self, planned: Outline, facts: Mapping[str, Fact]) -> None:
        plans = planned.all_sections
        self._facts = facts
        self._roles = {_key(plan.heading): plan.role for plan in plans if plan.heading}
        self._run_in = {_key(plan.heading) for plan in plans if plan.run_in}
        self._models = {_model_line(plan): plan.models for plan in plans if plan.models}
        self.sections: list[SectionPlan] = []
        self.seen: dict[str, int] = {}
        self._skips = False

    def read_line(self, number: int, line: str) -> None:
        """Take in one line.

        Raises:
            UsageError: it is neither a heading nor the number of a fact.
        """
        if found := _HEADING.match(line):
            self._skips = found[2] in {_LEFT, _QUESTIONS}
            if not self._skips:
                self._open(len(found[1]), found[2])
        elif self._skips or not line or _TITLE.match(line):
            return
        elif line.startswith(_AFTER):
            self._model(number, line)
        elif bullet := _FACT.match(line):
            self._add(number, bullet[1])
        else:
            raise UsageError(
                f"提纲第 {number} 行看不懂：{line[:20]}。",
                hint="提纲里只写标题（##）和要点编号（- F3）；新的内容请写进要点文件。",
            )

    def _open(self, level: int, heading: str) -> None:
        words = "" if heading in {_OPENING, _BARE} else heading
        role = "opening" if heading == _OPENING else self._roles.get(_key(words)) or heading_role(words)
        plan = SectionPlan(words, 1, why="按手改的提纲", role=role)
        if level == _CHILD and self.sections:
            plan = replace(plan, level=2, run_in=_key(words) in self._run_in)
            self.sections[-1] = replace(self.sections[-1], children=(*self.sections[-1].children, plan))
        else:
            self.sections.append(plan)

    def _model(self, number: int, line: str) -> None:
        models = self._models.get(line)
        if models is None or not self.sections:
            raise UsageError(
                f"提纲第 {number} 行的“仿照”找不到对应的往年段落。",
                hint="请照抄原提纲里的“仿照”一行，或删去它。",
            )
        self._change_last(lambda plan: replace(plan, models=models))

    def _add(self, number: int, name: str) -> None:
        if name not in self._facts:
            raise UsageError(f"提纲第 {number} 行的 {name} 不在要点里。", hint="请核对编号，或重新生成提纲。")
        if name in self.seen:
            raise UsageError(
                f"要点 {name} 在提纲第 {self.seen[name]} 行和第 {number} 行各出现一次。", hint="请只留一处。"
            )
        if not self.sections:
            raise UsageError(
                f"提纲第 {number} 行的 {name} 不在任何一节里。", hint="请在它上面加一行 ## 标题。"
            )
        self.seen[name] = number
        self._change_last(lambda plan: replace(plan, facts=(*plan.facts, self._facts[name])))

    def _change_last(self, change: Callable[[SectionPlan], SectionPlan]) -> None:
        last = self.sections[-1]
        if last.children:
            self.sections[-1] = replace(last, children=(*last.children[:-1], change(last.children[-1])))
        else:
            self.sections[-1] = change(last)


def _model_line(plan: SectionPlan) -> str:
    model = plan.models[0]
    return f"{_AFTER}{model.report.title} · {model.section.heading or _OPENING}"


def _key(heading: str) -> str:
    return split_number(heading)[1].rstrip("。：: ")
