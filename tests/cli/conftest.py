"""A workspace with the sample corpus, and a way to run commands in it."""

import json
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from drafter.cli.run import run

REPOSITORY = Path(__file__).parents[2]


class Ran(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture(scope="session")
def indexed(tmp_path_factory):
    """A workspace with the sample corpus, indexed once; tests must not change it."""
    folder = tmp_path_factory.mktemp("indexed")
    shutil.copytree(REPOSITORY / "corpus", folder / "corpus")
    assert run(["-C", str(folder), "index"]) == 0
    return folder


@pytest.fixture
def workspace(indexed, tmp_path, monkeypatch):
    """A copy of the indexed workspace, as the current folder."""
    folder = tmp_path / "ws"
    shutil.copytree(indexed, folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def empty(tmp_path, monkeypatch):
    """An empty folder, as the current folder."""
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def drafter(capsys):
    """Run a command line and return what it printed."""

    def call(*arguments):
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return call
