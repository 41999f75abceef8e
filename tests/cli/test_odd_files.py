"""Odd things that a shell's `*` names: each is refused with a word, the others are read."""

import os
import sys

import pytest

REPORT = "白鹭街道2024年工作总结\n\n一、综治\n\n受理纠纷61起。\n"


@pytest.fixture
def odd(empty):
    (empty / "good.txt").write_text(REPORT, encoding="utf-8")
    (empty / "empty.txt").write_bytes(b"")
    (empty / "null.txt").write_bytes(b"a\0b\0")
    (empty / "report.exe").write_bytes(b"MZ")
    (empty / "table.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (empty / "torn.docx").write_bytes(b"PK\3\4torn")
    refused = ["empty.txt", "null.txt", "report.exe", "table.csv", "torn.docx"]
    if sys.platform != "win32":
        (empty / "broken.txt").symlink_to("nowhere")
        (empty / "circle.txt").symlink_to("circle.txt")
        os.mkfifo(empty / "pipe.txt")
        refused += ["broken.txt", "circle.txt", "pipe.txt"]
    return refused


@pytest.mark.parametrize("way", [("--dry-run",), ()])
def test_each_is_refused_and_the_others_are_read(odd, drafter, way):
    ran = drafter("index", *way, "--json", *odd, "good.txt")

    assert ran.code == 1
    files = ran.json["files"] if way else ran.json["refused"]
    assert sorted(one["file"] for one in files if one["refused"]) == sorted(odd)
    if not way:
        assert ran.json["reports"] == 1


def test_a_folder_without_reports_says_so(empty, drafter):
    (empty / "nothing").mkdir()

    ran = drafter("index", "--dry-run", "nothing")

    assert "没有找到往年总结" in ran.out + ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="such names cannot be on Windows")
def test_a_name_is_shown_on_one_line(empty, drafter):
    (empty / "a\nb\x1b[31m\u202e.txt").write_text(REPORT, encoding="utf-8")

    out = drafter("index", "--dry-run", ".").out

    assert r"a\nb\x1b[31m\u202e.txt" in out


def test_a_pattern_that_fits_no_file_is_said_to_fit_none(empty, drafter):
    (empty / "要点").mkdir()

    ran = drafter("facts", "要点/*")

    assert ran.code == 2
    assert "没有文件与 要点/* 相符" in ran.err


def test_a_dry_run_says_that_nothing_was_kept(empty, drafter):
    (empty / "旧.txt").write_text(
        "安和镇2024年工作总结\n一、综治\n调解纠纷31起，办结31起。\n", encoding="utf-8"
    )

    ran = drafter("index", "--dry-run", "旧.txt")

    assert "什么也没有存" in ran.err
    assert "去掉 --dry-run" in ran.err
