"""What all commands share: the application, the workspace, the flag for JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from drafter.errors import UsageError

app = typer.Typer(
    name="drafter",
    help="起草工作总结：今年的要点加往年的总结，每个数字都能查到出处。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_workspace: list[Path] = []

Json = Annotated[bool, typer.Option("--json", help="结果按 JSON 输出到标准输出。")]


@app.callback()
def _common(
    folder: Annotated[
        Path | None,
        typer.Option(
            "-C", metavar="DIR", help="工作文件夹（默认：向上找 drafter.toml，没有则为当前文件夹）。"
        ),
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="显示版本。")] = False,
) -> None:
    """起草工作总结：今年的要点加往年的总结，每个数字都能查到出处。"""
    del version
    _workspace[:] = [folder] if folder is not None else []


def workspace() -> Path:
    """Return the workspace of this call.

    Raises:
        UsageError: the folder named by `-C` does not exist.
    """
    from drafter.settings import find_workspace

    if not _workspace:
        return find_workspace(Path.cwd())
    folder = _workspace[0]
    if not folder.is_dir():
        raise UsageError(f"没有这个文件夹：{folder}。", hint="请核对 -C 后面的路径。")
    return folder.absolute()
