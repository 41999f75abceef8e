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
    each: Annotated[
        bool, typer.Option("--each", help="每个要点文件各写一份（可以写文件夹），最后列一张总表。")
    ] = False,
    json: Json = False,
) -> None:
    """起草：一条命令，从要点到每个数字都有出处的草稿。"""
    from dataclasses import replace

    from drafter.errors import DrafterError, UsageError
    from drafter.settings import load_settings
    from drafter.showing.draft_view import draft_json, show_drafted, show_each
    from drafter.showing.json_view import dump
    from drafter.showing.progress import Steps
    from drafter.wiring import item_writer, open_shelf
    from drafter.workflow import drafting as workflow

    settings = load_settings(workspace())
    settings = replace(
        settings, llm_base_url=base_url or settings.llm_base_url, llm_model=model or settings.llm_model
    )
    wanted = workflow.Wanted(unit, year, period, title, outline)
    if each and (out or outline):
        raise UsageError("--each 每份各有文件名和提纲。", hint="请去掉 -o 和 --outline。")
    batches = workflow.one_by_one(notes) if each else [list(notes)]
    if not each:
        workflow.take_notes(batches[0], settings, wanted)

    done: list[tuple[list[Path], workflow.Drafted | DrafterError]] = []
    with Steps() as steps, open_shelf(settings, steps) as shelf:
        for batch in batches:
            try:
                plan = workflow.outline(workflow.take_notes(batch, settings, wanted), shelf, settings, wanted)
                path = workflow.draft_path(plan, settings, out)
                with item_writer(writer.value, plan, settings, steps) as chosen:
                    done.append((batch, workflow.draft(plan, shelf, settings, chosen, path)))
            except DrafterError as error:
                if not each:
                    raise
                done.append((batch, error))
    drafts = [one for _, one in done if isinstance(one, workflow.Drafted)]
    if each:
        typer.echo(dump({"drafts": [draft_json(one) for one in drafts]})) if json else show_each(done)
    else:
        typer.echo(dump(draft_json(drafts[0]))) if json else show_drafted(drafts[0])
    if len(drafts) < len(done):
        raise typer.Exit(2)
    raise typer.Exit(0 if all(one.check.ok for one in drafts) else 1)
