"""check: every number of a draft traced, or reported."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from drafter.cli.app import Json, app


@app.command()
def check(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="草稿：.md .txt .docx")],
    notes: Annotated[
        list[Path] | None, typer.Option(help="今年的要点（默认用草稿里写明的），可以写多次。")
    ] = None,
    past: Annotated[
        list[Path] | None, typer.Option(help="往年的总结，用来认出照抄的旧数，可以写多次。")
    ] = None,
    json: Json = False,
) -> None:
    """核对草稿里的每个数字能否在要点里找到出处。"""
    from drafter.workflow import checking

    checked = checking.check(draft, notes or (), past or ())
    if json:
        from drafter.showing.json_view import dump

        typer.echo(dump(checked))
    else:
        from drafter.showing.check_view import show_check

        show_check(checked, draft)
    raise typer.Exit(0 if checked.ok else 1)
