"""draft: from this year's notes to a traced draft."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from drafter.cli.app import Json, app, workspace
from drafter.cli.notes import Notes, Period, Title, Unit, Year


class Writer(StrEnum):
    """Who writes the sentences."""

    auto = "auto"
    compose = "compose"
    llm = "llm"


@app.command()
def draft(
    notes: Notes,
    out: Annotated[
        Path | None, typer.Option("-o", metavar="DRAFT.md", help="草稿的文件名（默认 草稿-单位-年份.md）。")
    ] = None,
    unit: Unit = None,
    year: Year = None,
    period: Period = None,
    title: Title = None,
    outline: Annotated[Path | None, typer.Option(metavar="FILE", help="用改好的提纲。")] = None,
    writer: Annotated[
        Writer, typer.Option(help="compose 不用模型；llm 用模型；auto 配了模型才用。")
    ] = Writer.auto,
    model: Annotated[str | None, typer.Option(help="模型名称。")] = None,
    base_url: Annotated[str | None, typer.Option(help="模型服务的地址（OpenAI 兼容）。")] = None,
    json: Json = False,
) -> None:
    """起草：一条命令，从要点到每个数字都有出处的草稿。"""
    from dataclasses import replace

    from drafter.settings import load_settings
    from drafter.showing.draft_view import draft_json, show_drafted
    from drafter.showing.json_view import dump
    from drafter.showing.progress import Steps
    from drafter.wiring import item_writer, open_shelf
    from drafter.workflow import drafting as workflow

    settings = load_settings(workspace())
    settings = replace(
        settings, llm_base_url=base_url or settings.llm_base_url, llm_model=model or settings.llm_model
    )
    wanted = workflow.Wanted(unit, year, period, title, outline)
    taken = workflow.take_notes(notes, settings, wanted)
    with Steps() as steps, open_shelf(settings, steps) as shelf:
        plan = workflow.outline(taken, shelf, settings, wanted)
        path = workflow.draft_path(plan, settings, out)
        with item_writer(writer.value, plan, settings, steps) as chosen:
            drafted = workflow.draft(plan, shelf, settings, chosen, path)
    if json:
        typer.echo(dump(draft_json(drafted)))
    else:
        show_drafted(drafted)
    raise typer.Exit(0 if drafted.check.ok else 1)
