"""The result of a check on the terminal: what is doubtful first, each with its source."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from drafter.model import Check, Finding

_PASSED = {
    "traced": "有出处",
    "approximate": "约数相符",
    "derived": "算得出",
    "past": "与上年比较",
}


def show_check(check: Check, draft: Path) -> None:
    """Show findings in order of severity, then a count of what passed."""
    console = Console(highlight=False)
    text = draft.read_text(encoding="utf-8", errors="replace") if draft.suffix.lower() != ".docx" else ""
    for finding in sorted(check.findings, key=lambda finding: finding.severity != "error"):
        _show_finding(console, finding, text)
    counts = Counter(number.verdict for number in check.numbers)
    passed = "，".join(
        f"{words} {counts[verdict]} 个" for verdict, words in _PASSED.items() if counts[verdict]
    )
    errors = sum(finding.severity == "error" for finding in check.findings)
    warnings = len(check.findings) - errors
    console.print(f"数字：{passed or '没有需要出处的数字'}", markup=False, soft_wrap=True)
    if check.unused_facts:
        names = "、".join(check.unused_facts)
        console.print(f"草稿没有用到的要点：{names}", markup=False, soft_wrap=True)
    verdict = "核对通过" if check.ok else f"有 {errors} 处错误"
    more = f"，{warnings} 处提醒" if warnings else ""
    console.print(Text(f"{verdict}{more}", style="bold green" if check.ok else "bold red"))


def _show_finding(console: Console, finding: Finding, text: str) -> None:
    is_error = finding.severity == "error"
    line = Text("× " if is_error else "! ", style="bold red" if is_error else "yellow")
    if finding.span is not None and text:
        number = text.count("\n", 0, finding.span.start) + 1
        line.append(f"第{number}行 ", style="dim")
    line.append(finding.message, style="")
    if finding.hint:
        line.append(f"  {finding.hint}", style="dim")
    console.print(line, soft_wrap=True)
    for where in finding.where[:3]:
        console.print(Text(f"    出处 {where.file} {where.place}", style="dim"), soft_wrap=True)
