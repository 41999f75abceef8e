"""A sentence before and after a change, what differs lit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from drafter.showing.wrapping import Wrapped
from drafter.writing.differences import find_differences

if TYPE_CHECKING:
    from rich.console import Console

_SIGN = 4
"""Columns before the words of a sentence."""
_GONE, _NEW = "red strike", "green underline"


def show_sentences(console: Console, before: str, after: str) -> None:
    """Print the old sentence behind - and the new one behind +, or one of them where there is no other."""
    old, new = lit(before, after)
    if before == after:
        _print(console, Text(f"    {before}"))
        return
    if before:
        _print(console, Text("  - ", style="red").append_text(old))
    if after:
        _print(console, Text("  + ", style="green").append_text(new))


def _print(console: Console, line: Text) -> None:
    """Print a line: wrapped as Chinese is on a terminal, whole where a program reads it."""
    if console.is_terminal:
        console.print(Wrapped(line, _SIGN))
    else:
        console.print(line, soft_wrap=True)


def lit(before: str, after: str) -> tuple[Text, Text]:
    """Return both sentences with what differs lit; numbers are taken whole."""
    old, new = Text(), Text()
    for kind, words in find_differences(before, after):
        if kind != "+":
            old.append(words, style=_GONE if kind == "-" else "")
        if kind != "-":
            new.append(words, style=_NEW if kind == "+" else "")
    return old, new
