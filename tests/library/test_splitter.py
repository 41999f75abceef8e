"""The version of the splitter follows the code that splits, and nothing else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from drafter.library.splitter import code_version
from drafter.wiring import splitter_version

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = {
    "__init__.py": "",
    "entry.py": "from split_sample import near\n\n\ndef late():\n    from split_sample.far import (\n        a,\n    )\n",
    "near.py": 'WORDS = load("wanted")\n',
    "far.py": "a = 1\n",
    "aside.py": 'WORDS = load("other")\n',
    "data/wanted.txt": "甲\n",
    "data/other.txt": "乙\n",
}


@pytest.fixture
def version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """A package of a few modules; called with file names, it changes them and tells the version."""
    package = tmp_path / "split_sample"
    for name, text in FILES.items():
        (package / name).parent.mkdir(exist_ok=True, parents=True)
        (package / name).write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "split_sample", raising=False)

    def tell(*changed: str) -> str:
        for name in changed:
            (package / name).write_text(FILES[name] + "# changed\n", encoding="utf-8")
        return code_version("split_sample.entry", ("split_sample",))

    return tell


@pytest.mark.parametrize("name", ["entry.py", "near.py", "far.py", "data/wanted.txt"])
def test_what_splits_counts(version: Callable[..., str], name: str) -> None:
    assert version() != version(name)


@pytest.mark.parametrize("name", ["aside.py", "data/other.txt"])
def test_what_stands_beside_does_not(version: Callable[..., str], name: str) -> None:
    assert version() == version(name)


def test_the_real_one_follows_every_module_that_reading_loads() -> None:
    from drafter.library.splitter import _reachable
    from drafter.reading import reports

    packages = ("drafter.reading", "drafter.numbers")
    found = _reachable(reports.__name__, packages)
    assert {"drafter.reading.sections", "drafter.reading.word", "drafter.numbers.reader"} <= found.keys()
    assert "drafter.reading.notes" not in found
    assert len(splitter_version()) == 16
