"""export: a draft as a Word file, checked before it leaves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from drafter.cli.app import Json, app, workspace


@app.command()
def export(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="草稿：.md .txt .docx")],
    out: Annotated[
        Path | None, typer.Option("-o", metavar="FILE.docx", help="Word 文件名（默认与草稿同名）。")
    ] = None,
    comments: Annotated[bool, typer.Option("--comments", help="每个数字的出处写成 Word 批注。")] = False,
    template: Annotated[
        Path | None,
        typer.Option(metavar="T.docx", help="本单位的 Word 模板：用它的页面、页眉页脚和样式。"),
    ] = None,
    final: Annotated[
        bool, typer.Option("--final", help="定稿：每个数字都有出处或经人确认才写，并记下各文件的哈希。")
    ] = False,
    table: Annotated[
        bool, typer.Option("--table/--no-table", help="要点是表格时，文后附一张主要指标表。")
    ] = True,
    notes: Annotated[
        list[Path] | None, typer.Option(help="今年的要点（默认用草稿里写明的），可以写多次。")
    ] = None,
    past: Annotated[list[Path] | None, typer.Option(help="往年的总结，核对时参照，可以写多次。")] = None,
    json: Json = False,
) -> None:
    """导出 Word：按公文格式（GB/T 9704）排好版，先核对再写。"""
    from drafter.settings import load_settings
    from drafter.showing.export_view import Exported, export_json, show_exported
    from drafter.showing.json_view import dump
    from drafter.workflow.exporting import prepare, properties, save

    state = load_settings(workspace()).state
    prepared = prepare(draft, out, state, notes or (), past or (), final=final, table=table)
    source = "" if draft.suffix.lower() == ".docx" else prepared.loaded.text.source
    if prepared.blocked:
        exported = Exported(prepared.out, prepared.check, final, written=False, source=source)
    else:
        from drafter.showing.word import write_word
        from drafter.showing.word_marking import read_marking
        from drafter.showing.word_template import open_template

        form = open_template(template)
        marking = read_marking(prepared.loaded, prepared.check, comments=comments, final=final)
        record = save(prepared, write_word(prepared.loaded.text, form, properties(prepared), marking), state)
        exported = Exported(
            prepared.out,
            prepared.check,
            final,
            record=record,
            comments=len(marking.comments),
            doubtful=len(marking.doubts),
            missing=form.missing,
            table=prepared.appendix,
            left_out=prepared.left_out,
            source=source,
        )
    typer.echo(dump(export_json(exported))) if json else show_exported(exported)
    raise typer.Exit(0 if prepared.check.ok else 1)
