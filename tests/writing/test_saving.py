"""A draft is old or new, never half, and never over what a person edited."""

import pytest

from drafter.errors import DraftChangedError, ReadError
from drafter.writing.saving import check_overwritable, save_draft


def test_what_drafter_wrote_may_be_written_again(tmp_path):
    draft = tmp_path / "草稿.md"

    save_draft(draft, "甲", tmp_path / ".drafter")
    check_overwritable(draft, tmp_path / ".drafter")
    save_draft(draft, "乙", tmp_path / ".drafter")

    assert draft.read_text(encoding="utf-8") == "乙"


def test_an_edited_draft_is_never_overwritten(tmp_path):
    draft = tmp_path / "草稿.md"
    save_draft(draft, "甲", tmp_path / ".drafter")
    draft.write_text("甲，改过", encoding="utf-8")

    with pytest.raises(DraftChangedError):
        check_overwritable(draft, tmp_path / ".drafter")


def test_a_file_that_is_not_drafters_is_never_overwritten(tmp_path):
    (tmp_path / "报告.md").write_text("别人的", encoding="utf-8")

    with pytest.raises(DraftChangedError):
        check_overwritable(tmp_path / "报告.md", tmp_path / ".drafter")


def test_a_folder_that_is_not_there_is_said_before_any_work(tmp_path):
    with pytest.raises(ReadError, match="没有这个文件夹"):
        check_overwritable(tmp_path / "无" / "草稿.md", tmp_path / ".drafter")


def test_a_failed_write_leaves_the_old_draft_and_no_rubbish(tmp_path, monkeypatch):
    draft = tmp_path / "草稿.md"
    save_draft(draft, "甲", tmp_path / ".drafter")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("drafter.storage.os.fsync", full)
    with pytest.raises(ReadError, match="写不进去"):
        save_draft(draft, "乙", tmp_path / ".drafter")

    assert draft.read_text(encoding="utf-8") == "甲"
    assert [file.name for file in tmp_path.iterdir() if file.name.endswith(".tmp")] == []
