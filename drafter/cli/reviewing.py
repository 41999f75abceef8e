"""review: the page on which a person goes through a draft, number by number."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli.app import app, workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Report
    from drafter.model.decisions import Decision
    from drafter.settings import Settings
    from drafter.showing.review_server import ReviewServer
    from drafter.workflow.deciding import Taken

_NOBODY = frozenset({"", "root", "admin", "administrator", "user", "guest", "ubuntu", "debian", "pc", "用户"})


@app.command()
def review(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="草稿：.md .txt .docx")],
    out: Annotated[
        Path | None,
        typer.Option("-o", metavar="review.html", help="审阅页的文件名（默认 草稿名.review.html）。"),
    ] = None,
    serve: Annotated[
        bool, typer.Option("--serve", help="在本机打开审阅页的地址，决定随时存进 草稿名.review.json。")
    ] = False,
    take: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="收进审阅页导出的决定。")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="审阅人的姓名。")] = None,
    notes: Annotated[
        list[Path] | None, typer.Option(help="今年的要点（默认用草稿里写明的），可以写多次。")
    ] = None,
    past: Annotated[list[Path] | None, typer.Option(help="往年的总结（文件或文件夹），可以写多次。")] = None,
) -> None:
    """逐个审阅草稿里的数字和借来的话：一按就到出处，认可或否定都有记录。"""
    from drafter.settings import load_settings

    settings = load_settings(workspace())
    inputs = (notes or [], past or [])
    if take is not None:
        _take(draft, *inputs, take, settings, by or "")
        if out is None and not serve:
            raise typer.Exit(0)
    reviewer = by or settings.reviewer or _user()
    if serve:
        raise typer.Exit(_serve(open_server(draft, *inputs, settings, reviewer)))
    raise typer.Exit(_write(draft, *inputs, settings, reviewer, out))


def _user() -> str:
    """Return the name of who is logged in, where it is somebody's: nobody signs as root."""
    import getpass

    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
    return "" if name.lower() in _NOBODY else name


def _write(
    draft: Path,
    notes: Sequence[Path],
    past: Sequence[Path],
    settings: Settings,
    reviewer: str,
    out: Path | None,
) -> int:
    from drafter.showing.printable import printable
    from drafter.showing.review_page import page_name, render_page, save_page
    from drafter.workflow.reviewing import build_page

    path = out or draft.parent / page_name(draft)
    page = build_page(draft, notes, past, lambda: _reports(settings))
    save_page(path, render_page(page, reviewer=reviewer))
    bad = sum(item.group == "bad" for item in page.items)
    typer.echo(f"审阅页写好了：{printable(str(path))}", err=True)
    first = f"有问题的 {bad} 处排在最前。" if bad else "没有查出错误，借来的话和提醒请过目。"
    take = f"drafter review {printable(str(draft))} --import 导出的文件"
    typer.echo(f"用浏览器打开它；{first}看完导出，再收进来：{take}", err=True)
    return 0 if page.ok else 1


def _take(
    draft: Path, notes: Sequence[Path], past: Sequence[Path], file: Path, settings: Settings, by: str
) -> None:
    from drafter.showing.printable import printable
    from drafter.workflow.deciding import take_decisions

    taken: Taken = take_decisions(draft, notes, past, file, settings.state, by=by)
    typer.echo(f"收进 {taken.total} 个决定，其中 {taken.held} 个与草稿相符。", err=True)
    for outcome in taken.expired:
        said = f"  不再算数：“{outcome.decision.surface}”，{outcome.reason}。"
        typer.echo(printable(said), err=True)
    typer.echo(f"再核对一遍：drafter check {printable(str(draft))}", err=True)


def open_server(
    draft: Path, notes: Sequence[Path], past: Sequence[Path], settings: Settings, reviewer: str
) -> ReviewServer:
    """Return the server of a draft's page, once it is sure that there is one.

    Raises:
        ReadError: the draft, its notes or its decisions cannot be read.
        UsageError: the draft names no notes and none are given.
    """
    from drafter.draftfile.beside import review_path
    from drafter.showing.review_page import policy, render_page
    from drafter.showing.review_server import ReviewServer, Service
    from drafter.workflow.deciding import save_decision
    from drafter.workflow.reviewing import build_page, stamp_of

    def page() -> str:
        built = build_page(draft, notes, past, lambda: _reports(settings))
        return render_page(built, reviewer=reviewer, served=True)

    def save(decision: Decision, withdrawn: bool) -> str:
        save_decision(draft, settings.state, decision, withdrawn=withdrawn)
        return review_path(draft).name

    page()
    return ReviewServer(Service(page, lambda: stamp_of(draft, notes=notes), save, policy(served=True)))


def _serve(server: ReviewServer) -> int:
    with server:
        typer.echo(server.address)
        typer.echo("在浏览器里打开上面的地址；决定随时存下。看完按 Ctrl+C 结束。", err=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            typer.echo("\n审阅页已关上；决定都存着。", err=True)
    return 0


def _reports(settings: Settings) -> list[Report]:
    """Return the reports of the library where there is one: last year's numbers are among them."""
    from drafter.errors import DrafterError
    from drafter.wiring import open_library

    try:
        with open_library(settings.workspace, settings) as library:
            if not library.is_indexed:
                return []
            return [report for file in library.files() for report in file.reports]
    except DrafterError as error:
        typer.echo(f"资料库没有用上，今年与去年对照不全：{error.message}{error.hint}", err=True)
        return []
