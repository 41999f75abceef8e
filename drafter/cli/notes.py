"""facts, outline: what this year's notes say, and the sections they would go into."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from drafter.cli.app import Json, app, workspace
from drafter.cli.everyday import run_facts

Notes = Annotated[
    list[Path],
    typer.Argument(metavar="NOTES...", help="今年的要点：.md .txt .docx .xlsx .csv", show_default=False),
]
Unit = Annotated[str | None, typer.Option(help="单位。")]
Year = Annotated[int | None, typer.Option(help="年份，例如 2025。")]
Period = Annotated[str | None, typer.Option(help="时段：全年 上半年 下半年 一季度 …")]
Title = Annotated[str | None, typer.Option(help="标题。")]


@app.command()
def facts(notes: Notes, json: Json = False) -> None:
    """看看要点读出了哪些事实和数字，有没有前后矛盾。"""
    raise typer.Exit(run_facts(notes, json=json))


@app.command()
def outline(
    notes: Notes,
    out: Annotated[
        Path | None,
        typer.Option("-o", metavar="FILE", help="把提纲写进文件，改好后用 draft --outline 交回。"),
    ] = None,
    unit: Unit = None,
    year: Year = None,
    period: Period = None,
    title: Title = None,
    json: Json = False,
) -> None:
    """按往年的写法安排各节，列出要问的数。"""
    from drafter.settings import load_settings
    from drafter.showing.draft_view import outline_json, show_outline
    from drafter.showing.json_view import dump
    from drafter.showing.progress import Steps
    from drafter.wiring import open_shelf
    from drafter.workflow import drafting as workflow

    settings = load_settings(workspace())
    wanted = workflow.Wanted(unit, year, period, title)
    taken = workflow.take_notes(notes, settings, wanted)
    with Steps() as steps, open_shelf(settings, steps) as shelf:
        plan = workflow.outline(taken, shelf, settings, wanted)
    if out is not None:
        workflow.save_outline(plan, out, settings)
    if json:
        typer.echo(dump(outline_json(plan.outline)))
    else:
        show_outline(plan, out)
