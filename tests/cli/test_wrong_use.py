"""Each wrong use ends with one Chinese line, the next step, and exit code 2."""

import os
import re

import pytest

NOTES = "corpus/notes/云溪社区-2025.md"


@pytest.mark.parametrize(
    "arguments",
    [
        ("draft", "没有.md"),
        ("draft", "."),
        ("draft", "空.md"),
        ("draft", "只有标题.md"),
        ("draft", "没有单位.md"),
        ("draft", "没有单位.md", "--unit", "甲社区"),
        ("draft", "没有单位.md", "--year", "2025"),
        ("draft", "图片.png"),
        ("draft", NOTES, "--period", "上午"),
        ("draft", NOTES, "--year", "25"),
        ("draft", NOTES, "-o", "没有这个文件夹/草稿.md"),
        ("draft", NOTES, "-o", "corpus"),
        ("draft", NOTES, "--outline", "没有.md"),
        ("draft", NOTES, "--writer", "llm"),
        ("draft", NOTES, "--writer", "llm", "--base-url", "http://127.0.0.1:9/v1", "--model", "m"),
        ("draft", NOTES, "--writer", "llm", "--base-url", "http://192.0.2.1/v1", "--model", "m"),
        ("draft", NOTES, "--writer", "谁"),
        ("draft", NOTES, "--year", "0"),
        ("draft", NOTES, "--year", "今年"),
        ("draft", NOTES, "-o", "草稿.docx"),
        ("draft", "管道.md"),
        ("check", "管道.md"),
        ("check", ".", "--notes", NOTES),
        ("review", "/", "--notes", NOTES),
        ("export", "."),
        ("check", NOTES, "--notes"),
        ("check", NOTES, "--notes", NOTES),
        ("review", NOTES, NOTES),
        ("facts", "没有.md"),
        ("facts",),
        ("check", "没有.md"),
        ("check", "没有单位.md"),
        ("check", "空.md"),
        ("check", "总结.pdf", "--notes", NOTES),
        ("check", NOTES, "--notes", NOTES, "--past", "没有.txt"),
        ("search", ""),
        ("search", "调解", "-k", "0"),
        ("search", "调解", "--unit", "火星社区"),
        ("index", "没有这个文件夹"),
        ("没有这个命令",),
        ("draft", "--没有这个选项"),
        ("-C", "没有这个文件夹", "library"),
    ],
)
def test_a_wrong_use_ends_in_one_chinese_line_and_exit_code_2(workspace, drafter, arguments):
    (workspace / "空.md").write_text("\n", encoding="utf-8")
    (workspace / "只有标题.md").write_text("# 云溪社区2025年工作要点\n", encoding="utf-8")
    (workspace / "没有单位.md").write_text("- 走访38户\n", encoding="utf-8")
    os.mkfifo(workspace / "管道.md")
    (workspace / "图片.png").write_bytes(b"\x89PNG")
    (workspace / "总结.pdf").write_bytes(b"%PDF-1.7")

    ran = drafter(*arguments)

    assert ran.code == 2
    last = ran.err.strip().splitlines()[-1]
    assert last.startswith("错误：")
    assert len(re.findall("[\u4e00-\u9fff]", last)) > 8
    assert "Traceback" not in ran.err
    assert not ran.out.strip()
    assert not list(workspace.glob("草稿*"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", NOTES, "--notes"), "--notes 后面缺少内容。"),
        (("review", NOTES, "二.md"), "多了 二.md。"),
        (("check", NOTES, "二.md", "三.md"), "多了 二.md 三.md。"),
    ],
)
def test_what_is_wrong_with_a_call_is_said_in_chinese(workspace, drafter, arguments, said):
    assert said in drafter(*arguments).err


def test_settings_that_cannot_be_read_are_named(workspace, drafter):
    (workspace / "drafter.toml").write_text("[unit\n", encoding="utf-8")

    ran = drafter("draft", NOTES)

    assert ran.code == 2
    assert "drafter.toml" in ran.err


def test_contradicting_notes_exit_1_and_name_both_places(workspace, drafter):
    ran = drafter("facts", NOTES, "--json")

    contradictions = [finding for finding in ran.json["findings"] if finding["code"] == "contradiction"]
    assert ran.code == 1
    assert len(contradictions) == 1
    assert len(contradictions[0]["where"]) == 2


def test_a_file_name_with_markup_or_control_characters_is_shown_as_it_is(empty, drafter):
    ran = drafter("check", "[red]\x1b[31m.md")

    assert "[red]" in ran.err
    assert "\x1b" not in ran.err


def test_the_folder_may_be_named_before_or_after_the_command(indexed, tmp_path, monkeypatch, drafter):
    monkeypatch.chdir(tmp_path)

    assert (
        drafter("-C", indexed, "library", "--json").json == drafter("library", "-C", indexed, "--json").json
    )


def test_stars_stand_for_files_where_the_shell_does_not_say_so(tmp_path, monkeypatch):
    from drafter.cli.run import _expanded

    monkeypatch.chdir(tmp_path)
    for name in ("乙.md", "甲.md", "丙.txt"):
        (tmp_path / name).write_text("- 走访3户\n", encoding="utf-8")

    assert _expanded(["facts", "*.md", "--json"], "nt") == ["facts", *sorted(["乙.md", "甲.md"]), "--json"]
    assert _expanded(["search", "没有*这样的文件"], "nt") == ["search", "没有*这样的文件"]
    assert _expanded(["facts", "*.md"], "posix") == ["facts", "*.md"]
