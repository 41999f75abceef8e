"""The house rules: light imports, one direction, lint and types clean, modules of readable size."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import drafter

ROOT = Path(__file__).parents[1]
HEAVY = {"torch", "transformers", "sentence_transformers", "onnxruntime", "chromadb", "openai", "numpy"}


def loaded_by(code):
    program = f"import sys\n{code}\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(ran.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "code",
    [
        "import drafter",
        "import drafter; drafter.read_numerals('38起')",
        "import drafter; drafter.check_text('受理38起', ['受理38起'])",
        "from drafter.cli.run import run; run(['facts', 'corpus/notes/云溪社区-2025.md'])",
        "from drafter.cli.run import run; run(['--help'])",
    ],
)
def test_cheap_things_load_nothing_heavy(code):
    assert not loaded_by(code) & HEAVY


def test_the_public_names_are_there():
    assert all(callable(getattr(drafter, name)) for name in drafter.__all__)
    with pytest.raises(AttributeError):
        _ = drafter.nothing_of_the_kind


@pytest.mark.parametrize(
    "command",
    [
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "mypy"],
        ["-c", "from importlinter.cli import lint_imports_command as run; run()"],
    ],
    ids=["ruff", "format", "mypy", "import-linter"],
)
def test_the_code_is_clean(command):
    ran = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False, cwd=ROOT)

    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-2000:]


def test_modules_are_of_readable_size():
    long = [
        path
        for path in (ROOT / "drafter").rglob("*.py")
        if path.read_text(encoding="utf-8").count("\n") > 300
    ]

    assert not long


@pytest.mark.parametrize(
    "package",
    ["numbers", "draftfile", "reading", "library", "checking", "writing", "workflow", "showing", "engines"],
)
def test_the_map_of_a_package_names_each_of_its_modules(package):
    folder = ROOT / "drafter" / package
    told = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))

    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert not modules - set(re.findall(r"\w+", told))
