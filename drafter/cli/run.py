"""Running one command: the one place that turns errors into lines and exit codes."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

from drafter.cli.everyday import run_plain
from drafter.errors import DrafterError, UsageError

_HOMES = {
    "check": "checking",
    "refresh": "refreshing",
    "merge": "merging",
    "draft": "drafting",
    "export": "exporting",
    "facts": "notes",
    "outline": "notes",
    "index": "looking",
    "library": "looking",
    "search": "looking",
    "doctor": "looking",
    "review": "reviewing",
    "rewrite": "rewriting",
}
"""Which module registers which command: only that of the call is loaded, all of them for help."""
_INTERRUPTED = 130


def register(arguments: list[str]) -> None:
    """Register the command that `arguments` call, or all where they call none that is known."""
    called = next((argument for argument in arguments if argument in _HOMES), None)
    for module in [_HOMES[called]] if called else sorted(set(_HOMES.values())):
        import_module(f"drafter.cli.{module}")


def run(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments == ["--version"]:
        from drafter import __version__

        sys.stdout.write(f"drafter {__version__}\n")
        return 0
    arguments = _spread(_folder_first(_expanded(arguments, os.name)))
    try:
        code = run_plain(arguments)
        return _run_typer(arguments) if code is None else code
    except DrafterError as error:
        return _fail(error.message, error.hint)
    except KeyboardInterrupt:
        sys.stderr.write("\n已中断；已完成的部分都保存着，再运行一次会接着做。\n")
        return _INTERRUPTED
    except BrokenPipeError:
        raise
    except OSError as error:
        return _fail(
            f"读写文件时出错：{error.filename or ''} {error.strerror or error}。",
            "请检查磁盘空间和权限；原有的文件没有动。",
        )


def _run_typer(arguments: list[str]) -> int:
    """Run a command as typer reads its arguments.

    Raises:
        UsageError: the call does not fit the command.
    """
    import typer

    from drafter.cli.app import app

    gc.enable()

    # what typer raises for a call that does not fit a command has no public name there
    unfit: type[Exception] = next(
        kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException"
    )
    register([] if arguments[:1] in (["--help"], ["-h"]) else arguments)
    try:
        code = app(args=arguments, standalone_mode=False, prog_name="drafter")
    except unfit as error:
        raise UsageError(
            f"命令写得不对：{_call_error(error)}", hint="用 drafter --help 或 drafter 命令 --help 看写法。"
        ) from error
    except typer.Abort as error:
        raise KeyboardInterrupt from error
    if code == _INTERRUPTED:  # typer makes this of it, without a word
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0


def _expanded(arguments: list[str], system: str) -> list[str]:
    """Return the arguments with notes/*.md as its files: the shells of Windows leave that to programs."""
    if system != "nt":
        return arguments
    from glob import glob

    expanded: list[str] = []
    for argument in arguments:
        stands_for = "*" in argument and not argument.startswith("-")
        found = sorted(glob(argument)) if stands_for else []  # noqa: PTH207 - the argument may be an absolute path
        expanded += found or [argument]
    return expanded


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
    line = " ".join(f"错误：{message} {hint}".split())
    sys.stderr.write("".join(char if char.isprintable() else "?" for char in line) + "\n")
    return 2


def _call_error(error: BaseException) -> str:
    """Return typer's complaint in Chinese, with the words of the call that it is about."""
    name = type(error).__name__
    parameter = getattr(error, "param", None)
    param = getattr(parameter, "metavar", None) or (getattr(parameter, "name", None) or "参数").upper()
    option = getattr(error, "option_name", "")
    known = {
        "NoSuchOption": f"没有 {option} 这个选项。",
        "BadOptionUsage": f"{option} 后面缺少内容。",
        "MissingParameter": f"缺少 {param}。",
        "NoArgsIsHelpError": "缺少命令。",
        "BadParameter": f"{param} 的值不对。",
    }
    said = getattr(error, "message", str(error))
    if "No such command" in said:
        return f"没有 {said.split(chr(39))[1] if chr(39) in said else ''} 这个命令。"
    if said.startswith("Got unexpected extra"):
        return f"多了 {said.partition(') (')[2].removesuffix(')')}。"
    return known.get(name, f"{said}")
