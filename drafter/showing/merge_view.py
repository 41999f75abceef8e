"""What came back from Word: each change before and after, the numbers in it, what was taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from drafter.model import PASSING_VERDICTS
from drafter.showing.sentence_view import show_sentences
from drafter.showing.terminal import Terminal

if TYPE_CHECKING:
    from drafter.workflow.merging import Change, Offer, Result

_KINDS = {"edit": "改动", "insert": "新增", "delete": "删去", "move": "移动"}

_TRACED = frozenset({"traced", "approximate", "derived"})


def show_offer(offer: Offer) -> None:
    """Show what a Word file would change, numbered, conflicts named."""
    console = _console()
    if offer.tracked:
        console.print(Text("Word 文件里有没接受的修订，已按接受之后的样子读，请确认：", style="yellow"))
        for one in offer.tracked:
            console.print(Text(f"  {one}", style="yellow"))
    if offer.comments:
        console.print(Text("Word 里的批注（不是正文，没有收进草稿）：", style="yellow"))
    for comment in offer.comments:
        console.print(Text(f"  {comment.author}：{comment.text}", style="yellow"))
    if not offer.based:
        console.print(Text("找不到导出时的草稿：分不清哪边改的，每一处都要你来选。", style="yellow"))
    for change in offer.changes:
        _show(console, change)
    if not offer.changes:
        console.print("Word 文件没有改动，草稿没有动。")


def _show(console: Terminal, change: Change) -> None:
    line = Text(f"{change.number}. 第{change.line}行 {_KINDS[change.kind]}", style="bold")
    if change.conflict:
        line.append("  草稿里这一句也改过，两边不同：不选就保留草稿的", style="bold yellow")
    console.print(line)
    show_sentences(console, change.before, change.after)


def show_merged(result: Result, *, dry_run: bool) -> None:
    """Show what became of the numbers in the accepted changes, and what was written."""
    console = _console()
    for number, label in result.numbers:
        if label:
            console.print(Text(f"  {number.surface}：找到出处 {label}，已加记号", style="green"))
        elif number.verdict not in PASSING_VERDICTS:
            console.print(
                Text(f"  {number.surface}：{number.message or '要点里没有'}，照写不加记号", style="red")
            )
        elif number.verdict in _TRACED:
            told = "核对得上，没有加记号；要点改动过的话，先运行 drafter refresh"
            console.print(Text(f"  {number.surface}：{told}", style="yellow"))
    accepted, count = len(result.accepted), len(result.offer.changes)
    if not count:
        return
    errors = sum(finding.severity == "error" for finding in result.check.findings)
    state = "核对通过" if result.check.ok else f"核对有 {errors} 处错误，用 drafter check 看"
    if not accepted:
        console.print("一处也没有收，草稿没有动。用 --accept all 全收，--accept 1,3 收其中几处。")
        if any(change.conflict for change in result.offer.changes):
            console.print("两边都改过的，all 不收，要写明序号。")
    elif dry_run:
        console.print(
            Text(f"会收 {accepted} 处，共 {count} 处；{state}。这是试看，草稿没有动。", style="bold")
        )
    else:
        console.print(Text(f"收了 {accepted} 处，共 {count} 处；{state}。", style="bold"))
    if result.backup is not None:
        console.print(Text(f"原稿留在 {result.backup}", style="dim"))


def merge_json(result: Result, *, dry_run: bool) -> dict[str, Any]:
    """Return what `merge --json` prints."""
    offer, accepted = result.offer, set(result.accepted)
    return {
        "draft": offer.file.path,
        "file": offer.word,
        "changed": result.changed,
        "dry_run": dry_run,
        "backup": result.backup,
        "based": offer.based,
        "tracked": offer.tracked,
        "comments": offer.comments,
        "changes": [{**change._asdict(), "accepted": change.number in accepted} for change in offer.changes],
        "numbers": [
            {
                "surface": number.surface,
                "verdict": number.verdict,
                "label": label,
                "facts": number.facts,
                "message": number.message,
            }
            for number, label in result.numbers
        ],
        "findings": result.check.findings,
    }


def _console() -> Terminal:
    return Terminal(stderr=True, soft_wrap=True, markup=False)
