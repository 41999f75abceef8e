"""A section on the screen while it is rewritten: its numbers lit, its facts and past sections beside it.

Colours are never the only sign: numbers are bold, doubtful ones stand in brackets
of their own, and nothing rests on whether the terminal is light or dark.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from drafter.draftfile import read_draft
from drafter.model import PASSING_VERDICTS
from drafter.showing.sentence_view import lit
from drafter.showing.wrapping import Wrapped
from drafter.writing.rewriting_rows import moved_together

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, RenderableType

    from drafter.model import Fact, Finding, NumberCheck
    from drafter.workflow.rewriting import Session
    from drafter.workflow.rewriting_numbers import Version, Wrong
    from drafter.workflow.rewriting_stock import PastSection

_LABEL = 3
"""Columns of the word 原 or 新 before a sentence."""
_BESIDE = 100
"""From this many columns on, facts and past sections stand beside the text; else below it."""
_INDENT = 2
_LONGEST_PAST = 140
_MOST_PAST = 3
_OPEN = re.compile(r"【待[补核][:：][^【】]*】")
_MARKS = {"same": "  ", "open": "? ", "accepted": "√ ", "rejected": "× "}
_NUMBER, _DOUBTFUL, _BORROWED, _TO_FILL = "bold underline", "bold reverse red", "italic", "bold yellow"

_PRESETS = "压缩 展开 更正式\n分条 合并 换写法\n换顺序"
_WORDS = {
    "llm": ("随便一句话", "照这句话改，例如：把巡逻放到前面"),
    "compose": ("一句话", "听得懂：短一点、详细些、把巡逻放到前面（或后面）；别的话要配了模型"),
}
_KEYS = (
    ("n", "再来一版"),
    ("a　a 1,3", "采用全部，或采用哪几句"),
    ("r　r 2", "都不采用，或不采用哪几句"),
    ("回车", "有新写法时，一句一句地决定"),
    ("e 2", "手改第2句，回车就写进草稿"),
    ("f 2", "第2句不要这一版的写法，改回原来的一句"),
    ("o　o 2", "数字对不上要点也采用，记下是谁确认的"),
    ("s 2", "照第2个往年段落写"),
    ("u　y", "撤销上一步，重做"),
    ("h", "看这一节做过哪些改动"),
    ("l", "再看一遍这一节、要点和往年段落"),
    ("q", "离开；做过的都存着，下次接着改"),
    ("? √ ×", "句子前的记号：还没决定，已写进草稿，没有采用"),
)


def show_section(
    console: Console, session: Session, facts: Sequence[Fact], past: Sequence[PastSection]
) -> None:
    """Show the section with what belongs to it, side by side where the terminal is wide enough.

    On a narrow one the section comes last, so that it stays on the screen.
    """
    title = Text(f" {session.part.address}　{_heading(session)} ", style="bold")
    text = Group(*_rows(session))
    beside = Group(*_facts(facts), *_past(past))
    console.print()
    if console.width < _BESIDE:
        console.print(beside)
        console.rule(title, characters="─")
        console.print(text)
        return
    console.rule(title, characters="─")
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(ratio=3)
    table.add_column(ratio=2)
    table.add_row(text, beside)
    console.print(table)


def _heading(session: Session) -> str:
    return re.sub(r"^[（(]?[一二三四五六七八九十\d]+[）)]?[、.．]?", "", session.part.heading)


def show_rows(console: Console, session: Session) -> None:
    """Show the section alone: after a step, what has changed is what counts."""
    console.print()
    for line in _rows(session):
        console.print(line)


def show_row(console: Console, session: Session, number: int) -> None:
    """Show one open sentence, the old words and the new ones."""
    for line in _open_row(session, number):
        console.print(line)


def _rows(session: Session) -> Iterator[RenderableType]:
    """Yield the sentences, those of a new version with what differs."""
    items, rows = session.state.items, session.state.rows
    shown = _lit_rows(session)
    last = -1
    for at, row in enumerate(rows):
        if row.item != last and len(items) > 1 and items[row.item].heading:
            yield Text(f"   {items[row.item].heading}", style="bold")
        last = row.item
        if row.status == "open":
            yield from _open_row(session, at + 1)
        else:
            yield _numbered(at + 1, _MARKS[row.status], shown[at])


def _open_row(session: Session, number: int) -> Iterator[RenderableType]:
    row = session.state.rows[number - 1]
    others = moved_together(session.state.rows, {number}) - {number}
    note = f"（与第{'、'.join(map(str, sorted(others)))}句是同一处移动）" if others else ""
    old, new = lit(row.old_plain.strip(), row.new_plain.strip())
    if row.old:
        yield _numbered(number, _MARKS["open"], Text().append("原 ", style="dim").append_text(old))
    words = (
        Text()
        .append("新 ", style="bold")
        .append_text(new if row.new else Text("（去掉这一句）", style="dim"))
    )
    yield _numbered(None if row.old else number, "  " if row.old else _MARKS["open"], words.append(note))


def _numbered(number: int | None, mark: str, words: Text) -> Table:
    line = Table.grid(padding=(0, 1))
    line.add_column(width=2)
    line.add_column(width=2, justify="right")
    line.add_column()
    indent = _LABEL if words.plain.startswith(("原 ", "新 ")) else 0
    line.add_row(mark, "" if number is None else str(number), Wrapped(words, indent))
    return line


def _lit_rows(session: Session) -> list[Text]:
    """Return the sentences that stand in the draft, row by row, their numbers lit."""
    version = session.before()
    rows = [Text() for _ in session.state.rows]
    for span, place in zip(version.spans, version.rows, strict=True):
        rows[place].append_text(_lit_sentence(version, span.start, span.end))
    for at, row in enumerate(session.state.rows):
        if not rows[at].plain:
            rows[at] = Text("（已去掉）" if row.old else "（没有采用）", style="dim")
    return rows


def _lit_sentence(version: Version, start: int, end: int) -> Text:
    draft = read_draft(version.text[start:end])
    text = Text(draft.plain)
    for mark in draft.marks:
        if mark.label.startswith("P") and "." not in mark.label:
            text.stylize(_BORROWED, *mark.span)
    for number in version.check.numbers:
        if start <= number.span.start and number.span.end <= end and _style(number):
            first = bisect_left(draft.offsets, number.span.start - start)
            text.stylize(_style(number), first, bisect_left(draft.offsets, number.span.end - start))
    for found in _OPEN.finditer(draft.plain):
        text.stylize(_TO_FILL, *found.span())
    text.rstrip()
    return text


def _style(number: NumberCheck) -> str:
    if number.verdict in {"structural", "name"}:
        return ""
    return _NUMBER if number.verdict in PASSING_VERDICTS else _DOUBTFUL


def _facts(facts: Sequence[Fact]) -> Iterator[RenderableType]:
    yield Text("要点" if facts else "这一节没有用到要点。", style="bold")
    for fact in facts:
        line = Text().append(f"{fact.id} ", style="bold").append(fact.text)
        for quantity in fact.quantities:
            shift = len(fact.id) + 1
            line.stylize(_NUMBER, quantity.span.start + shift, quantity.span.end + shift)
        yield Wrapped(line, _INDENT)


def _past(past: Sequence[PastSection]) -> Iterator[RenderableType]:
    if past:
        yield Text("往年同类段落", style="bold")
    for number, one in enumerate(past[:_MOST_PAST], 1):
        words = " ".join(one.exemplar.section.text.split())
        shown = words if len(words) <= _LONGEST_PAST else f"{words[:_LONGEST_PAST]}…"
        head = f"{number}《{one.exemplar.report.title}》{one.exemplar.section.heading} "
        yield Wrapped(Text().append(head, style="bold").append(shown), _INDENT)
    if len(past) > _MOST_PAST:
        yield Text(f"还有 {len(past) - _MOST_PAST} 个：s {_MOST_PAST + 1} …", style="dim")


def show_findings(console: Console, findings: Sequence[Finding]) -> None:
    """Show what stands against the section, one line each."""
    for finding in findings:
        sign, style = ("× ", "bold red") if finding.severity == "error" else ("! ", "bold yellow")
        line = Text().append(sign, style=style).append(finding.message.rstrip("。") + "。")
        console.print(Wrapped(line, _INDENT))


def show_wrongs(console: Console, wrongs: Sequence[Wrong], *, at_sentence: bool = False) -> None:
    """Show what a version does to the numbers, each with the keys that put it right.

    `at_sentence` where one sentence is asked about: the keys need no number then.
    """
    for wrong in wrongs:
        is_error = wrong.finding.severity == "error"
        sign, style = ("× ", "bold red") if is_error else ("! ", "bold yellow")
        line = Text().append(sign, style=style).append(wrong.finding.message.rstrip("。") + "。")
        if wrong.rows and is_error:
            number = "" if at_sentence else f" {wrong.rows[0]}"
            back = "r 不要" if at_sentence else f"f{number} 恢复原样"
            line.append(f" {back}，e{number} 手改", style="dim")
            if wrong.blocks:
                line.append(f"，o{number} 确认采用", style="dim")
        console.print(Wrapped(line, _INDENT))


def say(console: Console, words: str) -> None:
    """Show a line of the editor's own."""
    console.print(Wrapped(words, _INDENT if words.startswith(("× ", "! ")) else 0))


def show_help(console: Console, writer: str) -> None:
    """Show what can be typed, as far as `writer` (`compose` or `llm`) understands it."""
    table = Table.grid(padding=(0, 2))
    table.add_column(width=20)
    table.add_column()
    for keys, does in ((_PRESETS, "要一版新写法"), _WORDS[writer], *_KEYS):
        table.add_row(Wrapped(Text(keys, style="bold")), Wrapped(does))
    console.print(table)
