"""rewrite: one section of a draft, sentence by sentence."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli.app import Json, app, workspace
from drafter.cli.drafting import Writer

if TYPE_CHECKING:
    from drafter.cli.rewriting_steps import Wish
    from drafter.settings import Settings
    from drafter.wiring_rewriting import Bench
    from drafter.workflow.rewriting import Outcome, Session, Workplace


@app.command()
def rewrite(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="草稿（.md）")],
    section: Annotated[str, typer.Argument(metavar="SECTION", help="哪一节：二、二/（一），或标题里的字。")],
    say: Annotated[str | None, typer.Option(metavar="TEXT", help="怎样改，用自己的话说。")] = None,
    preset: Annotated[
        str | None,
        typer.Option(metavar="P", help="现成的改法：压缩 展开 更正式 分条 合并 换写法 换顺序。"),
    ] = None,
    writer: Annotated[
        Writer, typer.Option(help="compose 不用模型；llm 用模型；auto 配了模型才用。")
    ] = Writer.auto,
    like: Annotated[int | None, typer.Option(metavar="N", help="照第几个往年段落写。")] = None,
    edit: Annotated[
        list[str] | None, typer.Option(metavar="N=TEXT", help="第 N 句改成这样，可以写多次。")
    ] = None,
    accept: Annotated[
        str | None, typer.Option(metavar="all/none/1,3", help="采用新写法：全部、都不要，或哪几句。")
    ] = None,
    restore: Annotated[
        list[int] | None, typer.Option(metavar="N", help="第 N 句恢复原样，可以写多次。")
    ] = None,
    override: Annotated[
        bool, typer.Option("--override", help="数字对不上要点也采用；谁、什么时候确认的会记下来。")
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="撤销上一步。")] = False,
    redo: Annotated[bool, typer.Option("--redo", help="重做撤销的一步。")] = False,
    history: Annotated[bool, typer.Option("--history", help="看这一节做过哪些改动。")] = False,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="谁在改（默认登录名）。")] = None,
    notes: Annotated[
        list[Path] | None, typer.Option(help="今年的要点（默认用草稿里写明的），可以写多次。")
    ] = None,
    model: Annotated[str | None, typer.Option(help="模型名称。")] = None,
    base_url: Annotated[str | None, typer.Option(help="模型服务的地址（OpenAI 兼容）。")] = None,
    json: Json = False,
) -> None:
    """改写一节：逐句对照、逐句采用，别处一个字不动，数字始终对得上要点。"""
    from dataclasses import replace

    from drafter.cli.rewriting_steps import Wish, show_history_of, take_steps
    from drafter.settings import load_settings
    from drafter.showing.progress import Steps
    from drafter.wiring_rewriting import open_bench
    from drafter.workflow.rewriting import Session

    settings = load_settings(workspace())
    settings = replace(
        settings, llm_base_url=base_url or settings.llm_base_url, llm_model=model or settings.llm_model
    )
    wish = Wish(say, preset, like, edit or [], accept, restore or [], override, undo, redo)
    session = Session(draft, section, _workplace(settings, by), notes or ())
    if history:
        show_history_of(session, json=json)
        raise typer.Exit(0)
    with Steps() as steps, open_bench(session, settings, writer.value, steps) as bench:
        if not wish.has_any and not json and sys.stdin.isatty() and sys.stdout.isatty():
            from drafter.cli.editing import run_editor

            raise typer.Exit(run_editor(session, bench, steps))
        was = session.text
        outcome = take_steps(session, bench, wish)
    code = _show(session, bench, wish, outcome, json=json)
    if wish.writes and not json:
        typer.echo(_done(session, wish, is_written=session.text != was), err=True)
    raise typer.Exit(code)


def _done(session: Session, wish: Wish, *, is_written: bool) -> str:
    """Return what became of the draft, in one line."""
    trail = session.trail
    moved = trail.step(trail.redo[-1]) if wish.undo and trail.redo else trail.current
    how = "撤销了：" if wish.undo else "重做了：" if wish.redo else ""
    told = f"{how}{moved.what}。" if how and moved is not None else ""
    return told + (
        "已写进草稿，撤销用 --undo。" if is_written and not how else "" if is_written else "草稿没有动。"
    )


def _workplace(settings: Settings, by: str | None) -> Workplace:
    import getpass
    from datetime import UTC, datetime

    from drafter.workflow.rewriting import Workplace

    try:
        name = by or getpass.getuser()
    except (OSError, KeyError):  # no such user in a container
        name = "未署名"
    return Workplace(settings.state, name, lambda: datetime.now(UTC).isoformat(timespec="seconds"))


def _show(session: Session, bench: Bench, wish: Wish, outcome: Outcome | None, *, json: bool) -> int:
    from drafter.showing import rewrite_view as view
    from drafter.workflow.rewriting_asking import section_facts, section_past

    findings = view.findings_of(session, outcome)
    if json:
        from drafter.showing.json_view import dump

        past = [] if wish.has_any else view.past_json(section_past(session, bench.stock()))
        shown = view.rewrite_json(session, findings, outcome)
        typer.echo(dump({**shown, "facts": section_facts(session), "past": past}))
    else:
        view.show_version(session, findings, stderr=wish.writes)
        if not wish.has_any:
            view.show_beside(section_facts(session), section_past(session, bench.stock()))
    return 1 if any(finding.severity == "error" for finding in findings) else 0
