"""How long commands take from a cold start, beside the smallest program made of typer and rich.

    python tests/benchmarks/starting.py [PAIRS]

The two run in turn, and a command's figure is the median of the ratios pair by
pair: other work on the machine slows both. The first pair, which compiles what
is loaded, does not count. `check` reads a draft of the sample notes, `search`
an index of the sample reports.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
NOTES, DRAFT = "corpus/notes/云溪社区-2025.md", "草稿-云溪社区-2025.md"
HELLO = """\
import typer
from rich.console import Console

app = typer.Typer()


@app.command()
def hello(name: str = "x"):
    Console().print("hello", name)


app()
"""
COMMANDS = {
    "facts": ["facts", NOTES],
    "check": ["check", DRAFT],
    "search": ["search", "矛盾纠纷调解"],
}


def compiled(folder: Path) -> dict[str, str]:
    """Return the environment in which modules are compiled once and kept, as those of an installed package."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONPATH": str(ROOT)}


def run_drafter(folder: Path, *arguments: str) -> None:
    """Run drafter in `folder`; findings (exit code 1) are as good as none."""
    program = "import sys; from drafter.cli import main; sys.exit(main())"
    ran = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
        env=compiled(folder),
    )
    if ran.returncode not in (0, 1):
        raise RuntimeError(ran.stderr.decode("utf-8", "replace"))


def prepare(folder: Path) -> None:
    """Fill `folder` with the sample workspace, its index, a draft, and the program to compare with."""
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    (folder / "clean").mkdir()
    (folder / "clean" / "hello.py").write_text(HELLO, encoding="utf-8")
    run_drafter(folder, "index")
    run_drafter(folder, "draft", NOTES, "-o", DRAFT)


def seconds(work) -> float:
    """Return how long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(folder: Path, arguments: list[str], pairs: int) -> tuple[float, float]:
    """Return the median ratio of a command to the small program, and the command's median seconds."""
    hello = [sys.executable, folder / "clean" / "hello.py"]
    ratios, times = [], []
    for counted in range(-1, pairs):
        small = seconds(
            lambda: subprocess.run(hello, cwd=folder, capture_output=True, check=True, env=compiled(folder))
        )
        took = seconds(lambda: run_drafter(folder, *arguments))
        if counted >= 0:
            ratios.append(took / small)
            times.append(took)
    return median(ratios), median(times)


def main() -> None:
    """Print the figures."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        prepare(folder)
        for name, arguments in COMMANDS.items():
            times, took = ratio(folder, arguments, pairs)
            print(f"{name:8} {times:5.2f} x the typer+rich program, {took * 1000:5.0f} ms")


if __name__ == "__main__":
    main()
