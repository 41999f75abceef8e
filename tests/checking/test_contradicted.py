"""A number whose notes contradict each other is told wherever the draft does not say so itself."""

import pytest

from drafter.workflow.checking import check

NOTES = "单位：梅坞社区\n时间：2025年\n\n- 注册志愿者512名\n- 注册志愿者521名\n- 开展志愿服务72场\n"


def findings(folder, draft):
    (folder / "notes.md").write_text(NOTES, encoding="utf-8")
    (folder / "draft.md").write_text(draft, encoding="utf-8")
    checked = check(folder / "draft.md", [folder / "notes.md"])
    return checked, [(f.code, f.severity, f.message) for f in checked.findings if f.code == "contradiction"]


def test_the_other_note_is_named(tmp_path):
    checked, found = findings(tmp_path, "现有注册志愿者512名，开展志愿服务72场。\n")

    assert checked.ok
    assert found == [("contradiction", "warning", "文中512名，要点F2为521名：要点前后不一")]


@pytest.mark.parametrize(
    "draft",
    [
        "现有注册志愿者512名【待核：要点另一处写作521名】。\n",
        "现有注册志愿者[512名][F1.1]【待核：要点另一处写作[521名][F2.1]】。\n",
        "开展志愿服务72场。\n",
    ],
)
def test_what_is_marked_as_doubtful_or_not_said_is_left_alone(tmp_path, draft):
    assert findings(tmp_path, draft)[1] == []
