"""doctor says which faces of official documents are missing, and does not guess where it cannot know."""

import stat
import sys

import pytest

from drafter.engines import fonts


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lists its fonts elsewhere")
def test_faces_are_found_by_any_of_their_names(tmp_path, monkeypatch):
    program = tmp_path / "fc-list"
    program.write_text("#!/bin/sh\nprintf '黑体,SimHei\\nFangSong_GB2312\\nSimSun\\n'\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert fonts.missing_faces() == ("方正小标宋简体", "楷体_GB2312")


def test_without_a_list_nothing_is_claimed(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts.sys, "platform", "linux")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert fonts.missing_faces() is None
