"""Everyday calls start without typer, and do what typer would have made of them."""

import subprocess
import sys

import pytest

from drafter.cli.everyday import run_plain
from drafter.cli.run import _run_typer, run
from drafter.errors import DrafterError

NOTES = "单位：柏坡社区\n年份：2025\n\n# 学习\n- 组织学习24次\n- 走访300户\n"
DRAFT = "# 工作总结\n\n组织学习24次，走访310户。\n"


@pytest.fixture
def folder(empty):
    (empty / "n.md").write_text(NOTES, encoding="utf-8")
    (empty / "m.md").write_text("# 走访\n- 走访310户\n", encoding="utf-8")
    (empty / "p.txt").write_text(
        "2024年工作总结\n一、学习\n组织学习20次，走访310户，发放资料50份。\n", encoding="utf-8"
    )
    (empty / "d.md").write_text(DRAFT, encoding="utf-8")
    return empty


@pytest.mark.parametrize(
    "call",
    [
        "facts n.md",
        "facts n.md m.md",
        "facts --json n.md",
        "facts n.md --json m.md",
        "facts n.md --json --json",
        "check d.md --notes n.md",
        "check d.md --notes n.md --notes m.md",
        "check --notes n.md --past p.txt d.md --json",
        "check --json d.md --notes n.md",
    ],
)
def test_a_plain_call_does_what_typer_makes_of_it(folder, capsys, call):
    arguments = call.split()
    plain = run_plain(arguments), capsys.readouterr()

    assert plain[0] is not None
    assert plain == (_run_typer(arguments), capsys.readouterr())


@pytest.mark.parametrize(
    "call",
    [
        "search 矛盾纠纷调解",
        "search 矛盾 调解 -k 2",
        "-C . search 矛盾调解 --unit 云溪社区 --year 2024 --json",
        "search --json -k 1 --unit 没有这个单位 矛盾",
    ],
)
def test_a_plain_search_does_what_typer_makes_of_it(workspace, capsys, call):
    def outcome(way):
        try:
            return way(call.split()), capsys.readouterr()
        except DrafterError as error:
            return str(error)

    plain = outcome(run_plain)

    assert plain[0] is not None
    assert plain == outcome(_run_typer)


@pytest.mark.parametrize(
    "call",
    [
        "facts",
        "facts --json",
        "facts n.md --help",
        "facts -h",
        "facts n.md --past m.md",
        "facts --jso n.md",
        "facts -- n.md",
        "check",
        "check d.md n.md",
        "check d.md --notes",
        "check d.md --notes --json",
        "check d.md --notes=n.md",
        "check d.md --note n.md",
        "draft n.md",
        "search",
        "search 调解 -k",
        "search 调解 -k 两",
        "search 调解 -k 1 -k 2",
        "search 调解 --year=2024",
        "-C nowhere search 调解",
        "-C",
        "--version",
        "",
    ],
)
def test_any_other_call_is_left_to_typer(folder, capsys, call):
    assert run_plain(call.split()) is None
    assert capsys.readouterr() == ("", "")


def test_several_files_behind_one_option_are_a_plain_call(folder, capsys):
    assert run(["check", "d.md", "--notes", "n.md", "m.md"]) == 0
    several = capsys.readouterr()

    assert run(["check", "d.md", "--notes", "n.md", "--notes", "m.md"]) == 0
    assert several == capsys.readouterr()


@pytest.mark.parametrize("call", ["facts n.md", "check d.md --notes n.md"])
def test_a_plain_call_loads_neither_typer_nor_yaml(folder, call):
    program = f"import sys; from drafter.cli.run import run; run({call.split()}); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)

    assert not {"typer", "yaml", "pydantic", "docx", "numpy"} & set(ran.stdout.splitlines()[-1].split())
