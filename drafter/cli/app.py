"""The application: what all commands share, and the one place that turns errors into lines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from typer import BadParameter

from drafter.errors import DrafterError, UsageError

CALL_ERROR: type[Exception] = next(kind for kind in BadParameter.__mro__ if kind.__name__ == "ClickException")
"""What typer raises for a call that does not fit a command; it has no public name there."""

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


def run(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    import sys

    from drafter.cli import checking, drafting, looking, notes  # noqa: F401 - they register their commands

    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments == ["--version"]:
        from drafter import __version__

        sys.stdout.write(f"drafter {__version__}\n")
        return 0
    arguments = _spread(_folder_first(arguments))
    try:
        code = app(args=arguments, standalone_mode=False, prog_name="drafter")
    except DrafterError as error:
        return _fail(error.message, error.hint)
    except CALL_ERROR as error:
        return _fail(
            f"命令写得不对：{_call_error(error)}", "用 drafter --help 或 drafter 命令 --help 看写法。"
        )
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write("\n已中断；已完成的部分都保存着，再运行一次会接着做。\n")
        return 130
    except BrokenPipeError:
        raise
    except OSError as error:
        return _fail(
            f"读写文件时出错：{error.filename or ''} {error.strerror or error}。",
            "请检查磁盘空间和权限；原有的文件没有动。",
        )
    return code if isinstance(code, int) else 0


def _folder_first(arguments: list[str]) -> list[str]:
    """Return the arguments with `-C DIR` in front: people write it after the command as well."""
    if "-C" not in arguments[:-1]:
        return arguments
    at = arguments.index("-C")
    return [*arguments[at : at + 2], *arguments[:at], *arguments[at + 2 :]]


_REPEATED = ("--notes", "--past")


def _spread(arguments: list[str]) -> list[str]:
    """Return the arguments with `--notes A B` as `--notes A --notes B`, the way people write it."""
    spread: list[str] = []
    option = ""
    for argument in arguments:
        if argument.startswith("-"):
            option = argument if argument in _REPEATED else ""
        elif option and spread[-1] != option:
            spread.append(option)
        spread.append(argument)
    return spread


def _fail(message: str, hint: str) -> int:
    import sys

    line = " ".join(f"错误：{message} {hint}".split())
    sys.stderr.write("".join(char if char.isprintable() else "?" for char in line) + "\n")
    return 2


def _call_error(error: BaseException) -> str:
    """Return typer's complaint in Chinese, with the words of the call that it is about."""
    name = type(error).__name__
    parameter = getattr(error, "param", None)
    param = getattr(parameter, "metavar", None) or (getattr(parameter, "name", None) or "参数").upper()
    if name == "NoSuchOption":
        return f"没有 {getattr(error, 'option_name', '')} 这个选项。"
    if name == "MissingParameter":
        return f"缺少 {param}。"
    if name == "NoArgsIsHelpError":
        return "缺少命令。"
    said = getattr(error, "message", str(error))
    if "No such command" in said:
        return f"没有 {said.split(chr(39))[1] if chr(39) in said else ''} 这个命令。"
    if name == "BadParameter":
        return f"{param} 的值不对。"
    return f"{said}"
