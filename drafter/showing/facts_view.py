"""What was read from this year's notes, on the terminal: facts by topic, their numbers, what to look at."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from drafter.reading.notes_page import spoken_place

if TYPE_CHECKING:
    from rich.console import Console

    from drafter.model import Fact, Finding, Notes


_NAMES = {
    "contradiction": "前后矛盾",
    "arithmetic": "算不拢",
    "gap": "缺数",
    "no-value": "缺数",
    "broken-number": "数字断开",
    "empty-topic": "空标题",
    "personal-data": "个人信息",
    "secret-marking": "密级标志",
    "injection": "可疑指令",
    "same-file": "重复文件",
    "different-unit": "单位不一",
    "different-year": "年份不一",
    "different-period": "时段不一",
    "hidden-cells": "隐藏内容",
    "hidden-text": "隐藏内容",
    "tracked-change": "修订痕迹",
    "text-box": "文本框",
    "comment": "批注",
    "footnote": "脚注",
    "endnote": "尾注",
    "external": "外部文件",
}
"""What the kinds of findings are called on the terminal."""


def show_facts(notes: Notes, console: Console) -> None:
    """Print the facts of `notes` as a table and its findings below, errors first, a shared hint once.

    Words of the notes are printed as they stand: brackets in them are no markup.
    """
    console.print(_title(notes))
    console.print(_table(notes))
    findings = sorted(notes.findings, key=lambda finding: finding.severity != "error")
    for finding, following in zip_longest(findings, findings[1:]):
        is_last = following is None or following.hint != finding.hint
        console.print(_finding(finding, with_hint=is_last), soft_wrap=True)
    errors = sum(finding.severity == "error" for finding in notes.findings)
    warnings = len(notes.findings) - errors
    if notes.findings:
        words = Text(f"有 {errors} 处矛盾要先核对，" if errors else "没有前后矛盾，")
        console.print(words.append(f"{warnings} 处提醒。" if warnings else "没有其他提醒。"))
    else:
        console.print("没有发现前后矛盾。")


def _title(notes: Notes) -> Text:
    numbers = sum(len(fact.quantities) for fact in notes.facts)
    year = f"{notes.year}年" if notes.year is not None else "年份未写"
    head = "  ".join((notes.unit or "单位未写", year + (notes.period or "")))
    return Text(f"{head}  共 {len(notes.facts)} 条，{numbers} 个数字", style="bold")


def _table(notes: Notes) -> Table:
    from drafter.showing.wrapping import Wrapped  # noqa: PLC0415 - a check shows no table

    table = Table(box=box.SIMPLE_HEAD, expand=False, pad_edge=False, padding=(0, 1))
    table.add_column("编号", no_wrap=True)
    table.add_column("内容", ratio=1, overflow="fold")
    table.add_column("数字", max_width=22, overflow="fold")
    table.add_column("出处", max_width=14, overflow="fold", style="dim")
    topic, file = None, None
    for fact in notes.facts:
        if fact.where.file != file and len(notes.files) > 1:
            table.add_row("", Text(fact.where.file, style="dim"), "", "")
        if fact.topic != topic or fact.where.file != file:
            table.add_row("", Text(f"【{fact.topic or '未分类'}】", style="bold"), "", "")
        topic, file = fact.topic, fact.where.file
        words, numbers = Wrapped(Text(fact.text)), Wrapped(Text(_numbers(fact)))
        table.add_row(fact.id, words, numbers, Text(spoken_place(fact.where)))
    return table


def _numbers(fact: Fact) -> str:
    """Return the printed forms of a fact's numbers, those that were not understood with a question mark."""
    unread = {quantity.id for quantity in fact.quantities if quantity.value is None and quantity.iso is None}
    return " ".join(
        quantity.surface + ("？" if quantity.id in unread else "") for quantity in fact.quantities
    )


def _finding(finding: Finding, *, with_hint: bool) -> Text:
    is_error = finding.severity == "error"
    line = Text("× " if is_error else "! ", style="bold red" if is_error else "yellow")
    line.append(f"{_NAMES.get(finding.code, '提醒')}：", style="bold")
    line.append(finding.message, style="")
    if finding.hint and with_hint:
        line.append(f"\n    {finding.hint}", style="dim")
    return line
