"""What export did, on stderr and as JSON: the Word file is the product."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rich.text import Text

from drafter.showing.printable import printable
from drafter.showing.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from drafter.model import Check, Finding

_MOST = 12


class Exported(NamedTuple):
    """The Word file and what is to be said about it; a final text that is not ready was not `written`."""

    out: Path
    check: Check
    final: bool = False
    written: bool = True
    record: Path | None = None
    comments: int = 0
    doubtful: int = 0
    missing: Sequence[str] = ()
    table: int = 0
    left_out: Sequence[str] = ()
    source: str = ""
    """The text of the draft file, for line numbers; empty for a Word file."""


def export_json(exported: Exported) -> dict[str, Any]:
    """Return what `export --json` prints."""
    return {
        "file": exported.out.as_posix() if exported.written else None,
        "final": exported.final,
        "record": exported.record.as_posix() if exported.record else None,
        "comments": exported.comments,
        "doubtful": exported.doubtful,
        "table_rows": exported.table,
        "missing_styles": list(exported.missing),
        "ok": exported.check.ok,
        "numbers": exported.check.numbers,
        "findings": exported.check.findings,
    }


def show_exported(exported: Exported) -> None:
    """Show where the Word file is and what is still open in it, or why nothing was written."""
    console = Terminal(stderr=True)
    name = printable(str(exported.out))
    errors = [finding for finding in exported.check.findings if finding.severity == "error"]
    if not exported.written:
        _say(console, f"没有定稿，也没有写文件：还有 {len(errors)} 处要先改好。", "bold red")
        _say(console, "数字可以由审阅人用 drafter review 确认；【待补】【待核】要填好、删去。")
    elif exported.final:
        _say(console, f"定稿写好了：{name}", "bold green")
        record = printable(str(exported.record))
        _say(console, f"定稿记录：{record}（草稿、要点、审阅决定或 Word 文件再有改动，核对时会指出）")
    else:
        _say(console, f"Word 文件写好了：{name}（草稿）", "bold")
        if exported.doubtful:
            _say(console, f"存疑和待补的地方标了颜色，共 {exported.doubtful} 处。")
    if exported.comments:
        _say(console, f"批注 {exported.comments} 条，写明每个数字的出处。")
    if exported.table:
        _say(console, f"要点里表格的 {exported.table} 项指标汇成了附件“主要指标表”；不要就加 --no-table。")
    if exported.table and exported.left_out:
        names = printable("、".join(exported.left_out))
        _say(console, f"表里没有收（离开句子容易看错，正文里有）：{names}。")
    if exported.missing:
        _say(console, f"模板里没有这些样式，用了 drafter 自带的：{'、'.join(exported.missing)}。")
    for finding in errors[:_MOST]:
        _show(console, finding, exported.source)
    if len(errors) > _MOST:
        _say(console, f"  … 还有 {len(errors) - _MOST} 处，用 drafter check 看全部")


def _show(console: Terminal, finding: Finding, source: str) -> None:
    line = Text("× ", style="bold red")
    if finding.span is not None and source:
        line.append(f"第{source.count(chr(10), 0, finding.span.start) + 1}行 ", style="dim")
    line.append(printable(finding.message), style="")
    if finding.hint:
        line.append(f"  {printable(finding.hint)}", style="dim")
    console.print(line, soft_wrap=True)


def _say(console: Terminal, words: str, style: str = "") -> None:
    console.print(Text(words, style=style), soft_wrap=True)
