"""What a refresh changed, sentence by sentence, on the terminal and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from drafter.model import PASSING_VERDICTS
from drafter.showing.sentence_view import show_sentences
from drafter.showing.terminal import Terminal

if TYPE_CHECKING:
    from drafter.workflow.refreshing import Result
    from drafter.writing.refresh_work import Change

_KINDS = {
    "number": "数字改了",
    "derived": "算出的数改了",
    "filled": "【待补】补上了",
    "words": "文字改了",
    "deleted": "要点删去了，句子留着，请决定",
    "settled": "存疑的已经清楚",
    "contradiction": "要点前后不一致",
    "kept": "这个数有人手工改过，没有动，请核对",
    "reworded": "要点的文字改了，句子没有动，请看一看",
}


def show_refreshed(result: Result, *, dry_run: bool) -> None:
    """Show each changed sentence before and after, then what found no place, then where the old draft is."""
    console = Terminal(stderr=True, soft_wrap=True)
    if result.same_notes:
        console.print("要点没有变化，草稿没有动。")
        return
    for change in result.refreshed.changes:
        _show_change(console, change)
    _show_unused(console, result)
    numbers = len(result.refreshed.changes)
    if not numbers:
        console.print("要点改动过，涉及不到草稿里的句子；只更新了出处的位置。")
    done = "会改" if dry_run else "更新了"
    errors = sum(finding.severity == "error" for finding in result.check.findings)
    state = Text(f"{done} {numbers} 句；", style="bold") if numbers else Text()
    state.append(
        "核对通过" if result.check.ok else f"核对有 {errors} 处错误，用 drafter check 看",
        style="green" if result.check.ok else "bold red",
    )
    console.print(state)
    if dry_run:
        console.print("这是试看，草稿没有动。", style="dim")
    elif result.backup is not None:
        console.print(Text(f"原稿留在 {result.backup}", style="dim"))


def _show_change(console: Terminal, change: Change) -> None:
    console.print(
        Text(f"第{change.line}行  " + "；".join(_KINDS[kind] for kind in change.kinds), style="bold")
    )
    show_sentences(console, change.before, change.after)
    for fact in change.facts:
        name = fact.id or fact.was or ""
        console.print(Text(f"    要点 {name}（{fact.where}）", style="dim"))
        if fact.before != fact.after:
            console.print(Text(f"      原：{fact.before or '没有'}", style="dim"))
            console.print(Text(f"      今：{fact.after or '已删去'}", style="dim"))


def _show_unused(console: Terminal, result: Result) -> None:
    facts = {fact.id: fact for fact in result.notes.facts}
    fresh = [row for row in result.unused if row.id in result.refreshed.added]
    if fresh:
        console.print("草稿没有用到的新要点（要写进去，请用 drafter rewrite 改那一节）：")
    for row in fresh:
        fact = facts[row.id]
        console.print(Text(f"  {row.id}（{fact.where.file} {fact.where.place}）{fact.text}"))
    if result.refreshed.unprinted:
        console.print("要点里新添的数，草稿没有写：")
    for name in result.refreshed.unprinted:
        fact = facts[name.partition(".")[0]]
        quantity = next(one for one in fact.quantities if one.id == name)
        console.print(Text(f"  {quantity.surface}（{fact.where.place}）{fact.text}"))


def refresh_json(result: Result, *, dry_run: bool) -> dict[str, Any]:
    """Return what `refresh --json` prints."""
    refreshed, check = result.refreshed, result.check
    return {
        "draft": result.path,
        "changed": result.changed,
        "dry_run": dry_run,
        "backup": result.backup,
        "changes": [
            {**change._asdict(), "facts": [fact._asdict() for fact in change.facts]}
            for change in refreshed.changes
        ],
        "relabelled": refreshed.relabelled,
        "unused_facts": result.unused,
        "unprinted": refreshed.unprinted,
        "numbers": sum(one.verdict in PASSING_VERDICTS - {"structural", "name"} for one in check.numbers),
        "to_fill": sum(finding.code == "todo" for finding in check.findings),
        "findings": check.findings,
    }
