"""refresh: a draft follows its changed notes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from drafter.cli.app import Json, app, workspace


@app.command()
def refresh(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="草稿（.md）")],
    notes: Annotated[
        list[Path] | None, typer.Option(help="今年的要点（默认用草稿里写明的），可以写多次。")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会怎样改，不动草稿。")] = False,
    json: Json = False,
) -> None:
    """要点改了或补了数：只更新涉及的句子和【待补】，别处一个字不动。"""
    from drafter.settings import load_settings
    from drafter.workflow import refreshing

    settings = load_settings(workspace())
    result = refreshing.refresh(draft, notes or (), settings.state, dry_run=dry_run)
    if json:
        from drafter.showing.json_view import dump
        from drafter.showing.refresh_view import refresh_json

        typer.echo(dump(refresh_json(result, dry_run=dry_run)))
    else:
        from drafter.showing.refresh_view import show_refreshed

        show_refreshed(result, dry_run=dry_run)
    raise typer.Exit(0 if result.same_notes or result.check.ok else 1)
