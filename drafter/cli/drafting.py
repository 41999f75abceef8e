"""draft: from this year's notes to a traced draft."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli.app import Json, app, workspace
from drafter.cli.notes import Notes, Period, Title, Unit, Year

if TYPE_CHECKING:
    from drafter.settings import Settings
    from drafter.showing.progress import Steps
    from drafter.workflow.drafting import Drafted, Shelf, Wanted


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

    from drafter.settings import load_settings
    from drafter.workflow.drafting import Wanted

    settings = load_settings(workspace())
    settings = replace(
        settings, llm_base_url=base_url or settings.llm_base_url, llm_model=model or settings.llm_model
    )
    wanted = Wanted(unit, year, period, title, outline, out)
    if each:
        raise typer.Exit(_draft_each(notes, settings, wanted, writer, json=json))
    raise typer.Exit(_draft_one(notes, settings, wanted, writer, json=json))


def _draft_one(notes: list[Path], settings: Settings, wanted: Wanted, writer: Writer, *, json: bool) -> int:
    from drafter.showing.draft_view import draft_json, show_drafted
    from drafter.showing.json_view import dump
    from drafter.showing.progress import Steps
    from drafter.wiring import open_shelf
    from drafter.workflow.drafting import take_notes

    take_notes(notes, settings, wanted)
    with Steps() as steps, open_shelf(settings, steps) as shelf:
        drafted = _write(notes, settings, wanted, writer, shelf, steps)
    typer.echo(dump(draft_json(drafted))) if json else show_drafted(drafted)
    return 0 if drafted.check.ok else 1


def _draft_each(notes: list[Path], settings: Settings, wanted: Wanted, writer: Writer, *, json: bool) -> int:
    from drafter.errors import DrafterError, UsageError
    from drafter.showing.draft_view import draft_json, show_each
    from drafter.showing.json_view import dump
    from drafter.showing.progress import Steps
    from drafter.wiring import open_shelf
    from drafter.workflow.drafting import Drafted, one_by_one, passed_over

    if wanted.out or wanted.outline:
        raise UsageError("--each 每份各有文件名和提纲。", hint="请去掉 -o 和 --outline。")
    done: list[tuple[list[Path], Drafted | DrafterError]] = []
    with Steps() as steps, open_shelf(settings, steps) as shelf:
        for batch in one_by_one(notes):
            try:
                done.append((batch, _write(batch, settings, wanted, writer, shelf, steps)))
            except DrafterError as error:
                done.append((batch, error))
    drafts = [one for _, one in done if isinstance(one, Drafted)]
    typer.echo(dump({"drafts": [draft_json(one) for one in drafts]})) if json else show_each(
        done, passed_over(notes)
    )
    if len(drafts) < len(done):
        return 2
    return 0 if all(one.check.ok for one in drafts) else 1


def _write(
    notes: list[Path], settings: Settings, wanted: Wanted, writer: Writer, shelf: Shelf, steps: Steps
) -> Drafted:
    from drafter.wiring import item_writer
    from drafter.workflow import drafting as workflow

    plan = workflow.outline(workflow.take_notes(notes, settings, wanted), shelf, settings, wanted)
    path = workflow.draft_path(plan, settings, wanted.out)
    with item_writer(writer.value, plan, settings, steps) as chosen:
        return workflow.draft(plan, shelf, settings, chosen, path)
