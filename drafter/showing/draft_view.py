"""Outlines and drafts as shown on the terminal and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from drafter.errors import DrafterError
from drafter.model import PASSING_VERDICTS, ToFill, UnusedFact
from drafter.showing.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from drafter.model import Finding, Outline, SectionPlan
    from drafter.workflow.drafting import Drafted, Plan

_MOST = 12


def unused_facts(drafted: Drafted) -> tuple[UnusedFact, ...]:
    """Return the facts that the draft does not use, each with the reason."""
    return tuple(sorted(drafted.draft.unused, key=lambda fact: int(fact.id[1:])))


def places_to_fill(drafted: Drafted) -> int:
    """Return how many 【待补】 stand in the draft."""
    return sum(
        isinstance(piece, ToFill)
        for section in drafted.draft.sections
        for paragraph in section.paragraphs
        for piece in paragraph
    )


def traced_numbers(drafted: Drafted) -> int:
    """Return how many numbers of the draft have a source."""
    return sum(
        number.verdict in PASSING_VERDICTS - {"structural", "name"} for number in drafted.check.numbers
    )


def draft_json(drafted: Drafted) -> dict[str, Any]:
    """Return what `draft --json` prints."""
    return {
        "draft": drafted.path.as_posix(),
        "numbers": traced_numbers(drafted),
        "unused_facts": unused_facts(drafted),
        "to_fill": places_to_fill(drafted),
        "sections": [
            {"heading": section.heading, "writer": section.writer, "attempts": section.attempts}
            for section in drafted.draft.sections
        ],
        "questions": drafted.plan.outline.questions,
        "findings": _findings(drafted),
    }


def show_drafted(drafted: Drafted) -> None:
    """Show on stderr what a draft holds and what is left to do; the draft itself is the product."""
    console = Terminal(stderr=True)
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    used = len(drafted.plan.notes.facts) - len(unused_facts(drafted))
    failing = _failing(drafted)
    rows = (
        ("有出处的数字", f"{traced_numbers(drafted)} 个"),
        ("没有出处的数字", f"{failing} 个" if failing else "没有"),
        ("用上的要点", f"{used} 条，共 {len(drafted.plan.notes.facts)} 条"),
        ("等着补的地方", f"{places_to_fill(drafted)} 处【待补】"),
    )
    for name, value in rows:
        table.add_row(name, value)
    if not drafted.draft.meta.get("library"):
        _say(
            console,
            "没有往年总结可参照，只按要点起草。把往年总结放进 corpus 文件夹后再运行会更像本单位的写法。",
        )
    elif not drafted.plan.follows_own_report:
        _say(console, f"往年总结里没有{drafted.plan.head.unit}的，参照了其他单位相近的写法。")
    _say(console, f"草稿写好了：{drafted.path}")
    console.print(table)
    _list(console, "没有用上的要点", [f"{fact.id} {fact.reason}" for fact in unused_facts(drafted)])
    _list(
        console,
        "请看一看",
        [finding.message for finding in _findings(drafted) if finding.code != "todo"],
    )
    _list(console, "要问的数", [question.question for question in drafted.plan.outline.questions])
    _say(
        console,
        f"下一步：改好、补齐后核对 drafter check {drafted.path}；逐个过目 drafter review {drafted.path}",
    )


def show_each(
    done: Sequence[tuple[Sequence[Path], Drafted | DrafterError]], passed_over: Sequence[Path] = ()
) -> None:
    """Show one line a file of notes: its draft and what is left to do, or why there is none."""
    console = Terminal(stderr=True)
    table = Table(box=None, header_style="bold")
    for name in ("要点", "草稿", "有出处", "没出处", "没用上", "待补"):
        table.add_column(name, overflow="fold", justify="left" if name in {"要点", "草稿"} else "right")
    for files, one in done:
        label = Text("、".join(file.name for file in files))
        if isinstance(one, DrafterError):
            table.add_row(label, Text(f"没有写成：{one}", style="red"))
            continue
        counts = (traced_numbers(one), _failing(one), len(unused_facts(one)), places_to_fill(one))
        table.add_row(label, Text(one.path.name), *map(str, counts))
    console.print(table)
    drafts = [one for _, one in done if not isinstance(one, DrafterError)]
    strange = [
        one.plan.head.unit
        for one in drafts
        if one.draft.meta.get("library") and not one.plan.follows_own_report
    ]
    _list(console, "往年总结里没有这几个单位的，参照了其他单位相近的写法", strange)
    _list(console, "没有读（不是要点能用的文件）", [file.name for file in passed_over])
    if drafts:
        _say(console, "下一步：逐份核对、过目 drafter check 草稿文件；drafter review 草稿文件")


def _failing(drafted: Drafted) -> int:
    return sum(number.verdict not in PASSING_VERDICTS for number in drafted.check.numbers)


def _findings(drafted: Drafted) -> tuple[Finding, ...]:
    return (*drafted.check.findings, *drafted.draft.findings)


def outline_json(outline: Outline) -> dict[str, Any]:
    """Return what `outline --json` prints: sections in order, those of level 2 after their parent."""
    return {
        "sections": [_plan_json(plan) for plan in outline.all_sections],
        "questions": outline.questions,
        "unassigned": outline.unassigned,
    }


def _plan_json(plan: SectionPlan) -> dict[str, Any]:
    return {
        "heading": plan.heading,
        "level": plan.level,
        "role": plan.role,
        "facts": [fact.id for fact in plan.facts],
        "models": [
            {"id": model.section.id, "title": model.report.title, "where": model.section.where}
            for model in plan.models
        ],
        "why": plan.why,
    }


def show_outline(plan: Plan, saved: Path | None) -> None:
    """Show an outline: sections, facts under them, questions."""
    console = Terminal()
    _say(console, plan.head.title)
    for section in plan.outline.all_sections:
        indent = "  " * (section.level - 1)
        heading = section.heading or {"opening": "（开头）"}.get(section.role, "（不设标题）")
        console.print(
            f"{indent}[bold]{escape(heading)}[/bold]  [dim]{escape(section.why)}[/dim]", soft_wrap=True
        )
        for fact in section.facts:
            _say(console, f"{indent}  {fact.id} {fact.text}")
    _list(console, "没有安排的要点", list(plan.outline.unassigned))
    _list(console, "要问的数", [question.question for question in plan.outline.questions], most=99)
    if saved is not None:
        _say(console, f"提纲写进了 {saved}，改好后用 drafter draft … --outline {saved} 交回。")


def _say(console: Terminal, words: str) -> None:
    console.print(words, markup=False, soft_wrap=True)


def _list(console: Terminal, title: str, rows: list[str], most: int = _MOST) -> None:
    if not rows:
        return
    _say(console, f"{title}：")
    for row in rows[:most]:
        _say(console, f"  - {row}")
    if len(rows) > most:
        _say(console, f"  … 还有 {len(rows) - most} 条，用 --json 看全部")
