"""index, library, search, doctor: the past reports and what the machine can do."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from drafter.cli.app import Json, app, workspace
from drafter.cli.everyday import MOST_HITS, run_search


@app.command()
def index(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="往年总结的文件或文件夹（默认 corpus/past 或 corpus）。",
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看每个文件怎样理解，什么也不存。")] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="从头重建索引。")] = False,
    json: Json = False,
) -> None:
    """把往年总结读进资料库。"""
    from drafter.settings import load_settings
    from drafter.showing import library_view
    from drafter.showing.json_view import dump
    from drafter.showing.progress import Steps
    from drafter.wiring import open_library, past_paths, read_past

    folder = workspace()
    settings = load_settings(folder)
    wanted = past_paths(settings, [path.absolute() for path in paths or []])
    if dry_run:
        files, skipped = read_past(settings, wanted)
        if json:
            passed_over = [{"file": name, "reason": reason} for name, reason in skipped.items()]
            typer.echo(dump({"files": files, "skipped": passed_over}))
        else:
            library_view.show_files(files, skipped)
            typer.echo("只看怎样理解，什么也没有存。看着没问题，去掉 --dry-run 再运行一次。", err=True)
        raise typer.Exit(1 if any(file.refused for file in files) else 0)
    with open_library(folder, settings) as library, Steps() as steps:
        report = library.index(wanted, rebuild=rebuild, progress=steps.on_index)
    typer.echo(dump(report)) if json else library_view.show_index_report(report)
    raise typer.Exit(1 if report.refused else 0)


@app.command()
def library(json: Json = False) -> None:
    """看看资料库里有什么。"""
    from drafter.settings import load_settings
    from drafter.showing import library_view
    from drafter.showing.json_view import dump
    from drafter.wiring import open_library

    folder = workspace()
    with open_library(folder, load_settings(folder)) as opened:
        files = opened.files()
    summary = library_view.summarise(files)
    typer.echo(dump(summary)) if json else library_view.show_library(summary)


@app.command()
def search(
    words: Annotated[
        list[str], typer.Argument(metavar="QUERY", help="要找的内容，例如：矛盾调解", show_default=False)
    ],
    k: Annotated[int, typer.Option("-k", help="最多几条。")] = MOST_HITS,
    unit: Annotated[str | None, typer.Option(help="只看这个单位。")] = None,
    year: Annotated[int | None, typer.Option(help="只看这一年。")] = None,
    json: Json = False,
) -> None:
    """找最相近的往年段落。"""
    raise typer.Exit(run_search(workspace(), " ".join(words), k=k, unit=unit, year=year, json=json))


@app.command()
def doctor(json: Json = False) -> None:
    """检查这台机器上什么能用、什么不能用。"""
    from drafter.settings import load_settings
    from drafter.showing.doctor_view import show_doctor
    from drafter.showing.json_view import dump
    from drafter.wiring import examine

    rows = examine(load_settings(workspace()))
    typer.echo(dump({"rows": rows})) if json else show_doctor(rows)
    raise typer.Exit(1 if any(row.state == "fault" for row in rows) else 0)
