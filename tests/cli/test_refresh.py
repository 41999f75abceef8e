"""`drafter refresh` on the sample notes: each kind of file, each kind of change."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from drafter.errors import DraftChangedError
from drafter.writing.saving import open_draft, save_changed

CLOUD = Path("corpus/notes/云溪社区-2025.md")
DRAFT = Path("草稿-云溪社区-2025.md")


@pytest.fixture(scope="module")
def drafted(indexed, tmp_path_factory):
    """A workspace with a draft of the sample notes; tests get copies of it."""
    from drafter.cli.run import run

    folder = tmp_path_factory.mktemp("drafted") / "ws"
    shutil.copytree(indexed, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run(["draft", CLOUD.as_posix()]) == 0
    return folder


@pytest.fixture
def ws(drafted, tmp_path, monkeypatch):
    folder = tmp_path / "ws"
    shutil.copytree(drafted, folder)
    monkeypatch.chdir(folder)
    return folder


def change(*pairs):
    text = CLOUD.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    CLOUD.write_text(text, encoding="utf-8")


def body(text):
    return text.split("\n\n[F", 1)[0].partition("\n---\n")[2]


def plain(text):
    return re.sub(r"\]\[[FP][^\]]*\]|\[", "", body(text))


def test_unchanged_notes_leave_the_file_alone(ws, drafter):
    before = DRAFT.read_bytes()
    ran = drafter("refresh", DRAFT)

    assert ran.code == 0
    assert "要点没有变化" in ran.err
    assert DRAFT.read_bytes() == before


def test_a_changed_value_changes_its_sentence_and_no_other(ws, drafter):
    before = DRAFT.read_text(encoding="utf-8")
    change(("整改58处，剩3处报街道", "整改60处，剩1处报街道"))
    ran = drafter("refresh", DRAFT, "--json")
    after = DRAFT.read_text(encoding="utf-8")

    assert ran.code == 0
    old, new = body(before).split("\n"), body(after).split("\n")
    changed = [b for a, b in zip(old, new, strict=True) if a != b]
    assert len(changed) == 1
    assert "整改[60处][F10.2]，整改率[98.4%][F10.2/F10.1]，剩[1处][F10.3]报街道。" in changed[0]
    assert len(ran.json["changes"]) == 1
    assert Path(ran.json["backup"]).read_text(encoding="utf-8") == before
    assert drafter("check", DRAFT).code == 0


def test_a_number_that_the_draft_already_holds_without_a_mark_is_not_called_missing(ws, drafter):
    draft = DRAFT.read_text(encoding="utf-8")
    told = "剩[3处][F10.3]报街道"
    assert told in draft
    DRAFT.write_text(draft.replace(told, f"{told}，复查9处"), encoding="utf-8")
    change(("剩3处报街道", "剩3处报街道，复查9处"))
    ran = drafter("refresh", DRAFT, "--json")

    assert ran.code == 0
    assert ran.json["unprinted"] == []


def test_everything_at_once_checks_as_a_fresh_draft_does(ws, drafter):
    before = DRAFT.read_text(encoding="utf-8")
    change(
        ("## 社区概况\n", "## 社区概况\n- 下辖网格党小组9个\n"),
        ("出租房登记335户\n", "出租房登记341户\n- 办理居住证426人次\n"),
        ("年底统计注册志愿者521名", "年底统计注册志愿者512名"),
        ("夜间巡逻203次", "夜间巡逻210次"),
    )
    assert drafter("refresh", DRAFT).code == 0
    after = DRAFT.read_text(encoding="utf-8")
    drafter("draft", CLOUD, "-o", "新.md")
    fresh = Path("新.md").read_text(encoding="utf-8")

    for sentence in (
        "办理居住证426人次。",
        "开展夜间巡逻210次；",
        "注册志愿者达512名，",
    ):
        assert sentence in plain(after)
        assert sentence.rstrip("，；。") in plain(fresh)
    assert "待核" not in body(after)
    assert len(body(before).split("\n")) == len(body(after).split("\n"))
    check = drafter("check", DRAFT, "--json").json
    assert check["ok"]
    assert check["unused_facts"] == ["F1"]
    again = DRAFT.read_bytes()
    assert drafter("refresh", DRAFT).code == 0
    assert DRAFT.read_bytes() == again


def test_a_dry_run_shows_and_touches_nothing(ws, drafter):
    before = DRAFT.read_bytes()
    change(("整改58处", "整改60处"))
    ran = drafter("refresh", DRAFT, "--dry-run")

    assert "整改60处" in ran.err
    assert "草稿没有动" in ran.err
    assert DRAFT.read_bytes() == before


def test_hand_edits_elsewhere_stay(ws, drafter):
    text = (
        DRAFT.read_text(encoding="utf-8")
        .replace("飞线充电明显减少", "飞线充电大大减少")
        .replace("\n", "\r\n")
    )
    text = text.replace("## [六、", "<!-- 王书记：这里再想想 -->\r\n\r\n## [六、")
    DRAFT.write_bytes(text.encode("gb18030"))
    change(("整改58处", "整改60处"))
    drafter("refresh", DRAFT)
    after = DRAFT.read_bytes().decode("gb18030")

    assert "飞线充电大大减少" in after
    assert "<!-- 王书记：这里再想想 -->\r\n\r\n## [六、" in after
    assert "整改[60处][F10.2]" in after
    assert after.count("\n") == after.count("\r\n") == text.count("\r\n")
    assert drafter("draft", CLOUD).code == 2


def test_a_refreshed_draft_of_drafter_itself_may_be_drafted_anew(ws, drafter):
    DRAFT.unlink()
    drafter("draft", CLOUD)
    change(("整改58处", "整改60处"))
    drafter("refresh", DRAFT)
    assert drafter("draft", CLOUD).code in {0, 1}


def test_a_deleted_bullet_is_left_in_doubt_and_exits_1(ws, drafter):
    change(("- 高龄津贴273人\n", ""))
    ran = drafter("refresh", DRAFT)

    assert ran.code == 1
    assert "高龄津贴273人【待核：要点已删去这条】；" in DRAFT.read_text(encoding="utf-8")
    assert "要点删去了" in ran.err


def test_a_draft_without_marks_is_refused(empty, drafter):
    Path("n.md").write_text("- 学习24次\n", encoding="utf-8")
    Path("d.md").write_text("# 总结\n\n学习24次。\n", encoding="utf-8")
    ran = drafter("refresh", "d.md", "--notes", "n.md")

    assert ran.code == 2
    assert "没有出处标记" in ran.err


def test_a_draft_that_changes_meanwhile_is_not_overwritten(tmp_path):
    path = tmp_path / "d.md"
    path.write_text("一", encoding="utf-8")
    file = open_draft(path)
    path.write_text("二", encoding="utf-8")

    with pytest.raises(DraftChangedError):
        save_changed(file, "三", tmp_path / ".drafter", edited=False)
    assert path.read_text(encoding="utf-8") == "二"


def test_a_workbook_with_a_row_put_in_and_a_cell_changed(workspace, drafter):
    notes = Path("corpus/notes/柳溪镇-2025.xlsx")
    assert drafter("draft", notes).code in {0, 1}
    (draft,) = Path().glob("草稿-柳溪镇-*.md")
    before = draft.read_text(encoding="utf-8")
    errors = [f for f in drafter("check", draft, "--json").json["findings"] if f["severity"] == "error"]
    book = openpyxl.load_workbook(notes)
    sheet = book.worksheets[0]
    row = next(r for r in range(2, sheet.max_row + 1) if any(isinstance(c.value, int) for c in sheet[r]))
    cell = next(c for c in sheet[row] if isinstance(c.value, int))
    old, cell.value = cell.value, cell.value + 1
    sheet.insert_rows(row)
    book.save(notes)
    ran = drafter("refresh", draft, "--json")
    after = draft.read_text(encoding="utf-8")

    assert len(body(before).split("\n")) == len(body(after).split("\n"))
    assert str(old + 1) in plain(after)
    found = [f for f in ran.json["findings"] if f["severity"] == "error"]
    assert len(found) <= len(errors)
    assert not any("deleted" in one["kinds"] for one in ran.json["changes"])


@pytest.mark.parametrize("kind", ["csv", "docx", "txt"])
def test_other_kinds_of_notes(kind, empty, drafter):
    def save(lines):
        if kind == "docx":
            import docx

            document = docx.Document()
            for line in lines:
                document.add_paragraph(line)
            document.save("要点.docx")
        elif kind == "csv":
            rows = "".join(
                f"{re.split(r'(?=[0-9])', line, maxsplit=1)[0]},{re.search('[0-9]+', line)[0]},{line[-1]}\n"
                for line in lines
            )
            Path("要点.csv").write_text("项目,数量,单位\n" + rows, encoding="utf-8")
        else:
            Path("要点.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")

    lines = ["夜间巡逻203次", "登记出租房屋335户", "最美楼道12个"]
    save(lines)
    assert drafter("draft", f"要点.{kind}", "--unit", "前桥社区", "--year", "2025", "-o", "稿.md").code == 0
    save(["党员学习24次", "最美楼道12个", "夜间巡逻215次", "登记出租房屋335户"])
    ran = drafter("refresh", "稿.md", "--json")
    after = Path("稿.md").read_text(encoding="utf-8")

    assert ran.code == 0
    assert "[215次][F3.1]" in after
    assert "[335户][F4.1]" in after
    assert [row["id"] for row in ran.json["unused_facts"]] == ["F1"]
    assert drafter("check", "稿.md").code == 0


@pytest.mark.parametrize(
    ("now", "says"),
    [
        ("45起，调解成功44起", "比上年增加[3起][F8.1-P7.1]"),
        ("36起，调解成功36起", "比上年减少[6起][P7.1-F8.1]"),
        ("42起，调解成功41起", "与上年持平，调解"),
    ],
)
def test_a_comparison_that_turns_round_says_so(ws, drafter, now, says):
    assert "比上年减少[4起][P7.1-F8.1]" in DRAFT.read_text(encoding="utf-8")
    change(("受理38起，调解成功38起", f"受理{now}"))
    ran = drafter("refresh", DRAFT)

    assert ran.code == 0
    assert f"受理各类矛盾纠纷[{now[:3]}][F8.1]，{says}" in DRAFT.read_text(encoding="utf-8")
    assert drafter("check", DRAFT).code == 0


def test_bullets_without_numbers_are_known_too(ws, drafter):
    change(
        ("- 桂花里成立了业委会，物业进驻\n", ""),
        ("问题：社区食堂人手不够；停车还是难", "问题：社区食堂人手不够；停车还是难；电梯加装进度慢"),
        ("飞线充电明显少了", "飞线充电基本没有了"),
        ("明年打算：桂花里改造收尾，社区食堂送餐上门", "明年打算：桂花里改造收尾，新增停车位30个"),
    )
    before = DRAFT.read_text(encoding="utf-8")
    ran = drafter("refresh", DRAFT, "--json")
    after = DRAFT.read_text(encoding="utf-8")

    assert "桂花里成立了业委会，物业进驻【待核：要点已删去这条】。" in after
    assert "二是停车仍较困难；三是电梯加装进度慢。" in after
    assert "飞线充电基本没有了。" in after
    assert "桂花里改造收尾，新增停车位[30个][F36.1]。" in after
    old, new = plain(before).split("\n"), plain(after).split("\n")
    assert sum(a != b for a, b in zip(old, new, strict=True)) == 4
    assert len(ran.json["changes"]) == 4
    assert ran.code == 0
    assert drafter("refresh", DRAFT).code == 0
    assert DRAFT.read_text(encoding="utf-8") == after


def test_without_the_kept_notes_the_definitions_do(ws, drafter):
    shutil.rmtree(".drafter")
    change(("## 社区概况\n", "## 社区概况\n- 辖区单位31家\n"), ("整改58处", "整改60处"))
    ran = drafter("refresh", DRAFT)

    assert ran.code == 0
    assert "整改[60处][F11.2]" in DRAFT.read_text(encoding="utf-8")


def test_what_comes_back_into_the_notes_is_doubted_no_longer(empty, drafter):
    notes, draft = Path("n.md"), Path("d.md")
    lines = [
        "单位：芦滩村",
        "时间：2025年",
        "- 网格员14名、志愿者41名",
        "- 走访120户",
        "- 隐患排查61处，整改58处",
    ]
    notes.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert drafter("draft", "n.md", "-o", draft).code == 0
    first = body(draft.read_text(encoding="utf-8"))

    notes.write_text("\n".join([*lines[:2], *lines[3:]]) + "\n", encoding="utf-8")
    assert drafter("refresh", draft).code == 1
    assert draft.read_text(encoding="utf-8").count("【待核：要点已删去这条】") == 2
    notes.write_text("\n".join([*lines[:2], *lines[3:], lines[2]]) + "\n", encoding="utf-8")
    ran = drafter("refresh", draft, "--json")
    after = draft.read_text(encoding="utf-8")

    assert ran.code == 0
    assert {kind for change in ran.json["changes"] for kind in change["kinds"]} == {"settled"}
    assert "网格员[14名][F3.1]、志愿者[41名][F3.2]" in after
    assert plain(after) == re.sub(r"\]\[[FP][^\]]*\]|\[", "", first)
