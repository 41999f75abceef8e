"""merge: what a superior edited in Word, taken back into the draft."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli.app import Json, app, workspace
from drafter.errors import UsageError

if TYPE_CHECKING:
    from drafter.workflow.merging import Offer


@app.command()
def merge(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="草稿（.md）")],
    word: Annotated[Path, typer.Argument(metavar="FILE.docx", help="导出后在 Word 里改过的文件")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看改了哪些，不动草稿。")] = False,
    accept: Annotated[
        str | None, typer.Option(metavar="all/none/1,3", help="收哪几处：all 全收（两边都改过的除外）。")
    ] = None,
    json: Json = False,
) -> None:
    """把领导在 Word 里改的收回草稿：没改的数字保留出处，新数字找出处或标出来。"""
    from drafter.settings import load_settings
    from drafter.showing.merge_view import merge_json, show_merged, show_offer
    from drafter.workflow import merging

    state = load_settings(workspace()).state
    offer = merging.offer(draft, word, state)
    if not json:
        show_offer(offer)
    asks = accept is None and not dry_run and not json and bool(offer.changes)
    if accept is None and (dry_run or (asks and sys.stdin.isatty())):
        chosen = merging.without_conflicts(offer) if dry_run else _asked(offer)
    else:
        chosen = _chosen(accept or "none", offer)
    result = merging.accept(offer, chosen, state, dry_run=dry_run)
    if json:
        from drafter.showing.json_view import dump

        typer.echo(dump(merge_json(result, dry_run=dry_run)))
    else:
        show_merged(result, dry_run=dry_run)
    raise typer.Exit(0 if result.check.ok or not result.accepted else 1)


def _chosen(words: str, offer: Offer) -> tuple[int, ...]:
    """Return the numbers of changes that `words` name.

    Raises:
        UsageError: they are neither all, none nor numbers.
    """
    from drafter.workflow.merging import without_conflicts

    match words.strip().lower():
        case "all" | "y" | "是" | "全收":
            return without_conflicts(offer)
        case "none" | "n" | "否" | "":
            return ()
    parts = [part.strip() for part in words.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    if not all(part.isdecimal() for part in parts):
        raise UsageError(f"看不懂 --accept {words}。", hint="请写 all、none，或用逗号隔开的序号，例如 1,3。")
    return tuple(int(part) for part in parts)


def _asked(offer: Offer) -> tuple[int, ...]:
    """Return what the person at the terminal takes; asked again while the answer is no answer."""
    from drafter.workflow.merging import without_conflicts

    conflicts = len(offer.changes) - len(without_conflicts(offer))
    note = f"；两边都改过的 {conflicts} 处要写序号才收" if conflicts else ""
    while True:
        sys.stderr.write(f"收回草稿吗？y 全收，n 不收，或写序号 1,3{note}：")
        sys.stderr.flush()
        words = sys.stdin.readline()
        if not words:
            return ()
        try:
            chosen = _chosen(words, offer)
        except UsageError as error:
            sys.stderr.write(f"{error.hint}\n")
            continue
        known = {change.number for change in offer.changes}
        if set(chosen) <= known:
            return chosen
        sys.stderr.write(f"一共 {len(known)} 处，请写 1 到 {len(known)}。\n")
