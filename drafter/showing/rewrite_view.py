"""A section being rewritten, as shown where there is no screen to work on, and as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from drafter.model import PASSING_VERDICTS, Finding
from drafter.showing.sentence_view import show_sentences
from drafter.showing.terminal import Terminal
from drafter.workflow.rewriting_state import from_json
from drafter.writing.rewriting_rows import moved_together

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from drafter.model import Fact
    from drafter.workflow.rewriting import Outcome, Session
    from drafter.workflow.rewriting_journal import Step
    from drafter.workflow.rewriting_numbers import Version
    from drafter.workflow.rewriting_stock import PastSection

_SILENT = frozenset({"structural", "name"})
_STATUS = {"same": " ", "open": "?", "accepted": "√", "rejected": "×"}
_MOST_PAST = 3
_LONGEST_PAST = 160


def findings_of(session: Session, outcome: Outcome | None = None) -> tuple[Finding, ...]:
    """Return what a person must look at: what stands against the new version, then in the section itself."""
    found = [
        wrong.finding for wrong in (outcome.refused if outcome and outcome.refused else session.wrongs())
    ]
    if session.noticed:
        code = "unchanged" if session.unchanged else "draft-changed"
        found.append(Finding(code, "warning", session.noticed))
    if session.state.reasons and session.state.is_pending:
        why = "；".join(session.state.reasons[:3])
        found.append(
            Finding(
                "fell-back",
                "warning",
                f"模型写了{session.state.attempts}次都不能用，改用了不靠模型拼写的文字。原因：{why}。",
                hint="请通读这一节，或换一种说法再要一版。",
            )
        )
    reach = range(session.part.span.start, session.part.span.end)
    inside = [f for f in session.check().findings if f.span is None or f.span.start in reach]
    return (*found, *inside)


def rewrite_json(
    session: Session, findings: Sequence[Finding], outcome: Outcome | None = None
) -> dict[str, Any]:
    """Return what `rewrite --json` prints: the keys of `draft`, and the section sentence by sentence."""
    state, check = session.state, session.check()
    passing = PASSING_VERDICTS - _SILENT
    version = session.after()
    sentences = list(_sentences(session, version))
    return {
        "draft": session.path.as_posix(),
        "section": session.part.address,
        "numbers": sum(number.verdict in passing for number in check.numbers),
        "unused_facts": [{"id": name, "reason": "草稿没有用到"} for name in check.unused_facts],
        "to_fill": sum(finding.code == "todo" for finding in check.findings),
        "sections": [
            {"heading": session.part.heading, "writer": state.writer or None, "attempts": state.attempts}
        ],
        "pending": state.is_pending,
        "sentences": sentences,
        "diff": [
            {"number": one["number"], "old": one["old"], "new": one["new"], "edits": one["edits"]}
            for one in sentences
            if one["old"] != one["new"]
        ],
        "refused": bool(outcome and outcome.refused),
        "overridden": [wrong.finding.message for wrong in outcome.overridden] if outcome else [],
        "can_undo": session.can_undo,
        "can_redo": session.can_redo,
        "findings": findings,
    }


def _sentences(session: Session, version: Version) -> Iterator[dict[str, Any]]:
    numbers = version.numbers()
    for at, row in enumerate(session.state.rows):
        yield {
            "number": at + 1,
            "status": row.status,
            "heading": session.state.items[row.item].heading,
            "old": row.old_plain,
            "new": row.new_plain,
            "edits": [list(one) for one in row.diff()],
            "moves_with": sorted(moved_together(session.state.rows, {at + 1}) - {at + 1}),
            "numbers": [
                {
                    "surface": one.surface,
                    "verdict": one.verdict,
                    "facts": list(one.facts),
                    "formula": one.formula,
                }
                for place, one in numbers
                if place == at
            ],
        }


def past_json(past: Sequence[PastSection]) -> list[dict[str, Any]]:
    """Return the past sections beside the text as JSON."""
    return [
        {
            "label": one.exemplar.label,
            "own": one.own,
            "title": one.exemplar.report.title,
            "heading": one.exemplar.section.heading,
            "text": one.exemplar.section.text,
            "where": one.source.where,
        }
        for one in past
    ]


def history_json(session: Session) -> dict[str, Any]:
    """Return what `rewrite --history --json` prints."""
    return {
        "draft": session.path.as_posix(),
        "section": session.part.address,
        "current": session.trail.head,
        "steps": [
            {"step": one.number, "parent": one.parent, "at": one.at, "by": one.by, "what": one.what}
            | {"details": one.details, "changes": [list(pair) for pair in one_changes(one)]}
            for one in session.history
        ],
    }


def show_history(session: Session, console: Console | None = None) -> None:
    """Show the steps of a section, the one that it stands at marked."""
    console = console or Terminal()
    if not session.history:
        _say(console, "这一节还没有改写过。")
    for place, one in enumerate(session.history, 1):
        here = "→" if one.number == session.trail.head else " "
        _say(console, f"{here} {place:>3}  {_local(one.at)}  {one.by}  {_step(one)}")


def _local(at: str) -> str:
    """Return a recorded time as the clock on the wall shows it."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:  # a clock that only counts
        return at


def one_changes(step: Step) -> list[tuple[str, str]]:
    """Return the sentences that a step proposed or took, before and after."""
    rows = from_json(step.state).rows
    return [(row.old_plain, row.new_plain) for row in rows if row.old != row.new and row.status != "rejected"]


def _step(step: Step) -> str:
    told = str(step.details.get("told") or "")
    count = len(one_changes(step)) if told else 0
    over = step.details.get("overridden") or []
    parts = [step.what, f"（{told}）" if told and told != step.what else ""]
    parts += [f"，改动{count}句"] if count else []
    return "".join(parts) + "".join(f"\n       本人确认：{line}" for line in over)


def show_version(session: Session, findings: Sequence[Finding], *, stderr: bool = False) -> None:
    """Show the section sentence by sentence, old against new, and what to look at."""
    console = Terminal(stderr=stderr)
    _say(console, f"{session.part.address}　{session.part.heading}".strip())
    item = -1
    for number, row in enumerate(session.state.rows, 1):
        if row.item != item and len(session.state.items) > 1 and session.state.items[row.item].heading:
            _say(console, f"  {session.state.items[row.item].heading}")
        item = row.item
        mark = _STATUS[row.status]
        if row.old == row.new or row.status == "rejected":
            _say(console, f"{mark}{number:>3} {row.old_plain}")
        elif row.status == "accepted":
            _say(console, f"{mark}{number:>3} {row.new_plain}")
        else:
            others = moved_together(session.state.rows, {number}) - {number}
            with_it = f"（与第{'、'.join(map(str, sorted(others)))}句是同一处移动）" if others else ""
            _say(console, f"{mark}{number:>3} {with_it}".rstrip())
            show_sentences(console, row.old_plain, row.new_plain)
    for finding in findings:
        sign = "×" if finding.severity == "error" else "!"
        hint = finding.hint if finding.code != "todo" else ""
        _say(console, f"{sign} {finding.message.rstrip('。')}。{hint}")
    if session.state.is_pending:
        _say(
            console,
            "还没有写进草稿。采用：--accept all 或 --accept 1,3；不要：--accept none；再来一版：再运行一次。",
        )


def show_beside(facts: Sequence[Fact], past: Sequence[PastSection]) -> None:
    """Show what stands beside a section: its facts, its past sections, how to go on."""
    console = Terminal()
    _say(console, "要点：" if facts else "这一节没有用到要点。")
    for fact in facts:
        _say(console, f"  {fact.id} {fact.text}")
    if past:
        _say(console, "往年同类段落（--like 编号，照它写）：")
    for number, one in enumerate(past[:_MOST_PAST], 1):
        section = one.exemplar.section
        text = " ".join(section.text.split())
        shown = text if len(text) <= _LONGEST_PAST else f"{text[:_LONGEST_PAST]}…"
        _say(console, f"  {number} 《{one.exemplar.report.title}》{section.heading} {shown}")
    _say(
        console,
        "改写：--preset 压缩|展开|更正式|分条|合并|换写法|换顺序，--say 用自己的话说，--edit 2=改好的一句；",
    )
    _say(console, "　　　--accept all 采用，--undo 撤销，--history 看做过哪些。")


def _say(console: Console, words: str) -> None:
    console.print(words, markup=False, soft_wrap=True)
