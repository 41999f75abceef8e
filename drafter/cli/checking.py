"""check: every number of a draft traced, or reported."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from drafter.cli.app import Json, app
from drafter.cli.everyday import run_check


@app.command()
def check(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="草稿：.md .txt .docx")],
    notes: Annotated[
        list[Path] | None, typer.Option(help="今年的要点（默认用草稿里写明的），可以写多次。")
    ] = None,
    past: Annotated[
        list[Path] | None,
        typer.Option(help="往年的总结（文件或文件夹），用来认出照抄的旧数、旧话和外来地名人名，可以写多次。"),
    ] = None,
    used: Annotated[bool, typer.Option("--used", help="另列出每条要点用在草稿的哪里。")] = False,
    json: Json = False,
) -> None:
    """核对草稿里的每个数字能否在要点里找到出处。"""
    raise typer.Exit(run_check(draft, notes or (), past or (), used=used, json=json))
