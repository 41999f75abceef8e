"""What works on this machine and what doesn't, as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from rich.text import Text

from drafter.showing.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKS = {"fine": ("√", "green"), "absent": ("-", "dim"), "fault": ("×", "red")}


class Row(NamedTuple):
    """One thing that was looked at; `absent` is no fault, only something that is not there."""

    name: str
    state: Literal["fine", "absent", "fault"]
    words: str


def show_doctor(rows: Sequence[Row]) -> None:
    """Show one line a row."""
    console = Terminal()
    for row in rows:
        mark, style = _MARKS[row.state]
        line = Text(f"{mark} ", style=style)
        line.append(f"{row.name}：{row.words}", style="")
        console.print(line, soft_wrap=True)
