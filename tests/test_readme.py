"""What the READMEs say is what the program does."""

import re
from pathlib import Path

import pytest
import yaml

from drafter.cli.app import app
from drafter.cli.run import register, run
from drafter.draftfile import read_draft
from drafter.settings import load_settings

ROOT = Path(__file__).parents[1]
READMES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")}
SHELL = {name: re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for name, text in READMES.items()}
NOTES = """单位：云溪社区
时间：2025年

## 综治
- 矛盾纠纷受理38起，调解成功38起
- 夜间巡逻203次；网格员14名、志愿者41名
- 安全隐患排查61处，整改58处，剩3处报街道
"""


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_are_the_same_in_both_and_ci_runs_the_second(name):
    first, second = ("".join(block.split("\n")) for block in SHELL[name][:2])

    assert first.startswith("python3 -m venv .venv && .venv/bin/pip install .")
    assert "pytest" in second
    assert second in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
def test_the_main_command_runs(name, tmp_path, monkeypatch, capsys):
    command = SHELL[name][0].strip().split("&&")[-1].split()
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    monkeypatch.chdir(tmp_path)

    assert run(command[1:]) == 0
    assert (tmp_path / "草稿-云溪社区-2025.md").is_file()
    assert "有出处的数字" in capsys.readouterr().err


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_listed_and_every_listed_command_exists(name):
    register([])
    listed = set(re.findall(r"^\| `drafter (\w+)", READMES[name], re.MULTILINE))

    assert listed == {command.name or command.callback.__name__ for command in app.registered_commands}


@pytest.mark.parametrize("name", READMES)
def test_every_flag_that_is_mentioned_exists(name, capsys):
    for command, rest in re.findall(r"`drafter (\w+)([^`]*)`", READMES[name]):
        run([command, "--help"])
        shown = capsys.readouterr().out
        for flag in re.findall(r"--?[a-z][a-z-]*", rest):
            assert flag in shown, f"{command} {flag}"


@pytest.mark.parametrize("name", READMES)
def test_the_worked_example_is_what_comes_out(name, tmp_path, monkeypatch, capsys):
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    (tmp_path / "要点.md").write_text(NOTES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["draft", "要点.md", "-o", "草稿.md"]) == 0
    text = (tmp_path / "草稿.md").read_text(encoding="utf-8")

    quoted = [line.removeprefix("> ") for line in READMES[name].splitlines() if line.startswith("> （")]
    assert len(quoted) == 2
    assert all(line in read_draft(text).plain for line in quoted)

    (tmp_path / "草稿.md").write_text(text.replace("[58处]", "[59处]", 1), encoding="utf-8")
    capsys.readouterr()
    assert run(["check", "草稿.md"]) == 1
    finding = next(line for line in READMES[name].splitlines() if line.startswith("× "))
    assert re.sub(r"第\d+行", "", finding.split("  ")[0]) in re.sub(r"第\d+行", "", capsys.readouterr().out)


@pytest.mark.parametrize("name", READMES)
def test_the_traced_number_is_what_a_draft_holds(name, tmp_path, monkeypatch):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "2025.md").write_text(NOTES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["draft", "notes/2025.md", "-o", "草稿.md"]) == 0
    text = (tmp_path / "草稿.md").read_text(encoding="utf-8")
    shown = re.search(r'^\[F3\.2\]: <.*#(L\d+)> "(.*)"$', READMES[name], re.MULTILINE)
    written = re.search(r'^\[F3\.2\]: <.*#(L\d+)> "(.*)"$', text, re.MULTILINE)

    assert shown.groups() == written.groups()
    meta = yaml.safe_load(text.split("---\n")[1])
    assert meta.keys() == {"title", "unit", "year", "period", "writer", "notes", "prompt", "library"}


@pytest.mark.parametrize("name", READMES)
def test_every_setting_is_told(name):
    settings = (ROOT / "drafter" / "settings.py").read_text(encoding="utf-8")
    keys = re.findall(r'read\.\w+\("(\w+)", "(\w+)"', settings)

    assert keys
    assert not [
        key
        for table, key in keys
        if f"[{table}]" not in READMES[name] or not re.search(rf"\b{key}\b", READMES[name])
    ]


@pytest.mark.parametrize("name", READMES)
def test_the_sample_of_settings_can_be_used(name, tmp_path):
    (sample,) = re.findall(r"```toml\n(.*?)```", READMES[name], re.DOTALL)
    (tmp_path / "drafter.toml").write_text(sample, encoding="utf-8")

    assert load_settings(tmp_path).unit == "云溪社区"
