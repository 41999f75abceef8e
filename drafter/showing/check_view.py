"""The result of a check on the terminal: what is doubtful first, each with its source."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.text import Text

from drafter.showing.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Check, Fact, Finding
    from drafter.model.repeats import Repeats

_PASSED = {
    "traced": "有出处",
    "approximate": "约数相符",
    "derived": "算得出",
    "past": "与上年比较",
}
_KINDS = {
    "rejected": "已否定",
    "decision-expired": "决定失效",
    "stale": "旧数",
    "conflict": "张冠李戴",
    "unsupported": "没有出处",
    "hole": "漏数",
    "placeholder": "占位",
    "contradiction": "前后矛盾",
    "foreign-name": "外来名称",
    "stale-phrase": "过时提法",
    "title": "文件名",
    "notes-changed": "要点改动",
    "final-changed": "定稿后改动",
    "final-unbound": "缺定稿记录",
    "unreadable": "读不了",
    "past-missing": "缺往年总结",
    "source-moved": "出处变动",
    "repeated": "与往年雷同",
    "doubt": "待核",
    "todo": "待补",
    "vague": "概数",
    "style": "写法",
}
_MOST = 20
"""So many warnings of one kind are listed; errors all."""


def show_check(check: Check, source: str, facts: Sequence[Fact] = (), *, used: bool = False) -> None:
    """Show findings in order of risk, then what passed and which facts are unused.

    `source` is the text of the draft file, for line numbers; empty for a Word
    file, whose findings name their paragraphs themselves. With `used`, every
    fact is listed with the places that rest on it, the unused ones first.
    """
    console = Terminal()
    seen: Counter[str] = Counter()
    for finding in check.findings:
        seen[finding.code] += finding.severity == "warning"
        if seen[finding.code] <= _MOST:
            _show_finding(console, finding, source)
    for code, count in seen.items():
        if count > _MOST:
            more = f"… 还有 {count - _MOST} 处[{_KINDS.get(code, code)}]，用 --json 看全部"
            console.print(more, markup=False, soft_wrap=True)
    counts = Counter(number.verdict for number in check.numbers)
    passed = "，".join(
        f"{words} {counts[verdict]} 个" for verdict, words in _PASSED.items() if counts[verdict]
    )
    console.print(f"数字：{passed or '没有需要出处的数字'}", markup=False, soft_wrap=True)
    if check.repeats is not None:
        console.print(repeats_line(check.repeats), markup=False, soft_wrap=True)
    unused = [fact for fact in facts if fact.id in check.unused_facts]
    if unused:
        console.print(f"草稿没有用到的要点 {len(unused)} 条：", markup=False, soft_wrap=True)
    for fact in unused:
        _show_fact(console, fact)
    if used:
        _show_used(console, check, source, facts)
    errors = sum(finding.severity == "error" for finding in check.findings)
    warnings = len(check.findings) - errors
    verdict = "核对通过" if check.ok else f"有 {errors} 处错误"
    more = f"，{warnings} 处提醒" if warnings else ""
    console.print(Text(f"{verdict}{more}", style="bold green" if check.ok else "bold red"))


def repeats_line(repeats: Repeats) -> str:
    """Return how much of the draft stands in past reports, in one line."""
    parts = [f"{repeats.marked} 句已标明借用"] if repeats.marked else []
    parts += [f"{repeats.renewed} 句换了今年的数"] if repeats.renewed else []
    apart = f"（其中 {'，'.join(parts)}）" if parts else ""
    return f"与往年重复 {repeats.repeated}/{repeats.sentences} 句，占 {repeats.share:.0%} 字{apart}"


def _show_finding(console: Terminal, finding: Finding, source: str) -> None:
    is_error = finding.severity == "error"
    line = Text("× " if is_error else "! ", style="bold red" if is_error else "yellow")
    if finding.span is not None and source:
        line.append(f"第{_line(source, finding.span.start)}行 ", style="dim")
    line.append(f"[{_KINDS.get(finding.code, finding.code)}] ", style="dim")
    line.append(finding.message, style="")
    if finding.hint:
        line.append(f"  {finding.hint}", style="dim")
    console.print(line, soft_wrap=True)
    for where in finding.where[:3]:
        console.print(Text(f"    出处 {where.file} {where.place}", style="dim"), soft_wrap=True)


def _show_fact(console: Terminal, fact: Fact, places: str = "") -> None:
    line = Text(f"  {fact.id} {' '.join(fact.text.split())}")
    line.append(f"  {fact.where.file} {fact.where.place}", style="dim")
    line.append(f"  {places}" if places else "", style="bold")
    console.print(line, soft_wrap=True)


def _show_used(console: Terminal, check: Check, source: str, facts: Sequence[Fact]) -> None:
    """Show where each fact that is used stands in the draft."""
    console.print("要点用在哪里：", markup=False)
    for fact in facts:
        spans = check.used.get(fact.id, ())
        if fact.id in check.unused_facts:
            continue
        lines = dict.fromkeys(_line(source, span.start) for span in spans) if source else {}
        where = "、".join(f"第{line}行" for line in lines) if lines else f"{len(spans)} 处"
        _show_fact(console, fact, f"用于{where}" if spans else "词句散见各处")


def _line(source: str, at: int) -> int:
    """Return the number, from 1, of the line of `source` that holds character `at`."""
    before = source[:at]
    return before.count("\n") + before.replace("\r\n", "\n").count("\r") + 1
