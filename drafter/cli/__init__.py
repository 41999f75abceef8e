"""The command line: arguments, one use case, one view, an exit code.

0 clean · 1 done, and there are findings of severity error · 2 could not work ·
130 interrupted. Every command module registers its commands on `app.app`.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TextIO


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def main() -> None:
    """Run the command line; every foreseeable fault ends in one line and a documented exit code."""
    # a closed stream is None: what would be printed there goes nowhere, the work is done all the same
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    # no collections in a short command, fewer in a long one: while modules load they find no garbage
    gc.disable()
    gc.set_threshold(100_000, 50, 50)
    from drafter.cli.run import run

    try:
        code = run()
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever read our output has seen enough; keep the interpreter from complaining at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    gc.freeze()  # nor is anything looked over once more on the way out
    sys.exit(code)
