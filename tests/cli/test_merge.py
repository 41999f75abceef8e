"""`drafter merge`: an exported draft edited in Word comes back, and nothing else changes."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from drafter.cli.run import run

DRAFT = Path("草稿-云溪社区-2025.md")
WORD = Path("草稿-云溪社区-2025.docx")
BACK = Path("改过.docx")


@pytest.fixture(scope="module")
def exported(indexed, tmp_path_factory):
    """A workspace with a draft and its Word file; tests get copies of it."""
    folder = tmp_path_factory.mktemp("exported") / "ws"
    shutil.copytree(indexed, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run(["draft", "corpus/notes/云溪社区-2025.md"]) == 0
        run(["export", DRAFT.as_posix()])
    assert (folder / WORD).exists()
    return folder


@pytest.fixture
def ws(exported, tmp_path, monkeypatch):
    folder = tmp_path / "ws"
    shutil.copytree(exported, folder)
    monkeypatch.chdir(folder)
    return folder


def said():
    return DRAFT.read_text(encoding="utf-8")


def lines(text):
    return text.split("\n")


def changed_lines(before, after):
    return [(a, b) for a, b in zip(lines(before), lines(after), strict=True) if a != b]


def body(text):
    return text.split("\n\n[F", 1)[0].partition("\n---\n")[2]


def find(document, words):
    return next(paragraph for paragraph in document.paragraphs if words in paragraph.text)


def replace_words(paragraph, old, new):
    """Replace words as a person does: in the runs they stand in, whatever those are."""
    start = paragraph.text.index(old)
    end, at, first = start + len(old), 0, True
    for run_ in paragraph.runs:
        begin, stop = at, at + len(run_.text)
        at = stop
        if stop <= start or begin >= end:
            continue
        text = run_.text
        run_.text = (
            text[: max(start, begin) - begin] + (new if first else "") + text[min(end, stop) - begin :]
        )
        first = False


def edit(*pairs):
    document = docx.Document(WORD)
    for old, new in pairs:
        replace_words(find(document, old), old, new)
    document.save(BACK)


def test_an_unedited_word_file_changes_nothing(ws, drafter):
    before = DRAFT.read_bytes()
    ran = drafter("merge", DRAFT, WORD, "--accept", "all")

    assert ran.code == 0
    assert "没有改动" in ran.err
    assert DRAFT.read_bytes() == before


def test_an_edited_sentence_keeps_the_marks_of_its_numbers(ws, drafter):
    before = said()
    edit(("剩3处报街道", "其余3处报街道处理"), ("开展夜间巡逻", "全年组织夜间巡逻"))
    ran = drafter("merge", DRAFT, BACK, "--accept", "all")
    ((_, line),) = changed_lines(before, said())

    assert ran.code == 0
    assert "全年组织夜间巡逻[203次][F9.1]；" in line
    assert "整改率[95.1%][F10.2/F10.1]，其余[3处][F10.3]报街道处理。" in line
    assert drafter("check", DRAFT).code == 0


def test_numbers_are_linked_or_flagged(ws, drafter):
    edit(
        ("整改58处", "整改59处"),
        ("举办招聘会4场", "新建充电口96个，举办招聘会4场"),
        ("总投资410万元", "总投资约410万元"),
    )
    ran = drafter("merge", DRAFT, BACK, "--accept", "all", "--json")
    after = said()

    assert ran.code == 1
    assert "，整改59处，" in after
    assert "新建充电口[96个][F16.2]，举办招聘会[4场]" in after
    assert "总投资[约410万元][F32.1]" in after
    numbers = {row["surface"]: row for row in ran.json["numbers"]}
    assert numbers["59处"]["label"] is None
    assert numbers["59处"]["verdict"] == "unsupported"
    assert numbers["96个"]["label"] == "F16.2"
    assert [f["code"] for f in ran.json["findings"] if f["severity"] == "error"] == ["unsupported"]


@pytest.mark.parametrize(
    ("old", "new"), [("发展党员2名", "发展党员12名"), ("小区6个", "小区16个"), ("5期（", "15期（")]
)
def test_a_number_is_never_glued_from_two(ws, drafter, old, new):
    edit((old, new))
    drafter("merge", DRAFT, BACK, "--accept", "all")

    assert not re.search(r"\d\[\d", body(said()))
    assert new in said()


def test_a_dry_run_and_none_and_a_pipe_touch_nothing(ws, drafter):
    before = DRAFT.read_bytes()
    edit(("整改58处", "整改59处"))
    for flags in (["--dry-run"], ["--accept", "none"], []):
        ran = drafter("merge", DRAFT, BACK, *flags)
        assert "整改59处" in ran.err
        assert DRAFT.read_bytes() == before


def test_changes_are_taken_one_by_one(ws, drafter):
    edit(("整改58处", "整改59处"), ("举办招聘会4场", "举办专场招聘会4场"), ("换灭火器80具", "更换灭火器80具"))
    ran = drafter("merge", DRAFT, BACK, "--accept", "1,2")
    after = said()

    assert ran.code in {0, 1}
    assert "整改59处" in after
    assert "更换灭火器[80具]" in after
    assert "举办招聘会[4场]" in after
    assert drafter("merge", DRAFT, BACK, "--accept", "9").code == 2
    assert drafter("merge", DRAFT, BACK, "--accept", "三").code == 2


def test_paragraphs_added_and_removed(ws, drafter):
    before = said()
    document = docx.Document(WORD)
    anchor = find(document, "周五清洁日")
    added = anchor.insert_paragraph_before("夜间巡逻203次，全年无火灾。")
    added.style = anchor.style
    gone = find(document, "合唱队参加市里比赛")
    gone._p.getparent().remove(gone._p)
    document.save(BACK)
    assert drafter("merge", DRAFT, BACK, "--accept", "all").code == 0
    after = said()

    assert "\n\n夜间巡逻[203次][F9.1]，全年无火灾。\n\n[1.环境整治常抓不懈。][P24]" in after
    assert "合唱队" not in after
    rest = [line for line in lines(body(before)) if "合唱队" not in line]
    assert [line for line in lines(body(after)) if line and "全年无火灾" not in line] == [
        line for line in rest if line
    ]
    assert "\n\n\n" not in after


def test_a_moved_paragraph_keeps_its_marks(ws, drafter):
    before = said()
    document = docx.Document(WORD)
    moved, target = find(document, "四点半课堂"), find(document, "招聘会4场")
    target._p.addprevious(moved._p)
    document.save(BACK)
    ran = drafter("merge", DRAFT, BACK, "--accept", "all", "--json")
    after = said()

    assert {change["kind"] for change in ran.json["changes"]} == {"move"}
    assert sorted(lines(before)) == sorted(lines(after))
    assert after.index("四点半课堂") < after.index("举办招聘会")


def test_a_paragraph_split_and_one_joined(ws, drafter):
    document = docx.Document(WORD)
    paragraph = find(document, "劝阻转账5起")
    text = paragraph.text
    tail = text[text.index("劝阻转账") :]
    replace_words(paragraph, tail, "")
    fresh = docx.oxml.OxmlElement("w:p")
    paragraph._p.addnext(fresh)
    new = docx.text.paragraph.Paragraph(fresh, paragraph._parent)
    new.add_run(tail)
    document.save(BACK)
    drafter("merge", DRAFT, BACK, "--accept", "all")
    after = said()

    assert "\n\n劝阻转账[5起][F14.1]，挽回损失[12.3万元][F14.2]。\n" in after
    drafter("export", DRAFT, "-o", "二.docx")
    document = docx.Document("二.docx")
    paragraph, tail = find(document, "反诈APP"), find(document, "劝阻转账")
    paragraph.add_run(tail.text)
    tail._p.getparent().remove(tail._p)
    document.save(BACK)
    assert drafter("merge", DRAFT, BACK, "--accept", "all").code == 0
    assert "[8120人][F13.3]。劝阻转账[5起][F14.1]，挽回损失[12.3万元][F14.2]。\n" in said()


def test_a_new_heading_becomes_a_heading(ws, drafter):
    document = docx.Document(WORD)
    old = find(document, "六、存在问题")
    new = old.insert_paragraph_before("六、强化数字治理")
    new.style = old.style
    replace_words(old, "六、", "七、")
    document.save(BACK)
    drafter("merge", DRAFT, BACK, "--accept", "all")
    after = said()

    assert "\n\n## 六、强化数字治理\n\n## 七、[存在问题][P27]\n" in after


def test_unaccepted_changes_are_named_and_read_as_accepted(ws, drafter):
    from docx_plus.revisions import mark_deletion, mark_insertion

    document = docx.Document(WORD)
    paragraph = find(document, "整改58处")
    number = next(run_ for run_ in paragraph.runs if run_.text == "58处")
    after_ = docx.oxml.OxmlElement("w:r")
    number._r.addnext(after_)
    new = docx.text.run.Run(after_, paragraph)
    new.text = "60处"
    mark_insertion(new, author="王书记")
    mark_deletion(number, author="王书记")
    document.save(BACK)
    ran = drafter("merge", DRAFT, BACK, "--accept", "all", "--json")

    assert len(ran.json["tracked"]) == 1
    assert "58" in ran.json["tracked"][0]
    assert "60" in ran.json["tracked"][0]
    assert "整改60处，" in said()
    assert "没接受的修订" in drafter("merge", DRAFT, BACK, "--dry-run").err


def test_another_drafts_word_file_is_refused(ws, drafter):
    Path("另.md").write_text("- 学习24次\n- 慰问困难群众12户\n", encoding="utf-8")
    assert drafter("draft", "另.md", "--unit", "前桥社区", "--year", "2025", "-o", "前桥.md").code == 0
    drafter("export", "前桥.md")
    plain = docx.Document()
    plain.add_paragraph("关于召开年度表彰大会的通知，请各单位按时参加。")
    plain.save("通知.docx")
    before = DRAFT.read_bytes()

    for other in ("前桥.docx", "通知.docx"):
        ran = drafter("merge", DRAFT, other, "--accept", "all")
        assert ran.code == 2
        assert "什么也没有改" in ran.err
    assert drafter("merge", DRAFT, "没有.docx").code == 2
    assert drafter("merge", DRAFT, DRAFT).code == 2
    assert DRAFT.read_bytes() == before


def test_both_sides_edited(ws, drafter):
    text = (
        said().replace("飞线充电明显减少", "飞线充电基本杜绝").replace("最美楼道[12个]", "评出最美楼道[12个]")
    )
    DRAFT.write_text(text, encoding="utf-8")
    edit(("飞线充电明显减少", "飞线充电大为减少"), ("举办招聘会4场", "举办专场招聘会4场"))
    ran = drafter("merge", DRAFT, BACK, "--accept", "all", "--json")
    after = said()

    assert [change["conflict"] for change in ran.json["changes"]] == [True, False]
    assert "飞线充电基本杜绝" in after
    assert "评出最美楼道[12个]" in after
    assert "举办专场招聘会[4场]" in after

    assert drafter("merge", DRAFT, BACK, "--accept", "1").code == 0
    assert "飞线充电大为减少" in said()
    assert "评出最美楼道[12个]" in said()


def test_an_edit_made_on_both_sides_is_done(ws, drafter):
    DRAFT.write_text(said().replace("飞线充电明显减少", "飞线充电基本杜绝"), encoding="utf-8")
    edit(("飞线充电明显减少", "飞线充电基本杜绝"))
    before = DRAFT.read_bytes()

    assert "没有改动" in drafter("merge", DRAFT, BACK, "--accept", "all").err
    assert DRAFT.read_bytes() == before


def test_a_refresh_between_export_and_return_is_kept(ws, drafter):
    notes = Path("corpus/notes/云溪社区-2025.md")
    text = notes.read_text(encoding="utf-8").replace("## 社区概况\n", "## 社区概况\n- 辖区单位31家\n")
    notes.write_text(text.replace("整改58处", "整改60处"), encoding="utf-8")
    edit(("举办招聘会4场", "举办专场招聘会4场"))
    drafter("refresh", DRAFT)
    ran = drafter("merge", DRAFT, BACK, "--accept", "all", "--json")

    assert [change["conflict"] for change in ran.json["changes"]] == [False]
    assert "整改[60处][F11.2]" in said()
    assert "举办专场招聘会[4场][F22.1]" in said()


def test_hand_written_things_between_paragraphs_stay(ws, drafter):
    text = said().replace("\n## [六、", "\n<!-- 李主任：再想想 -->\n\n## [六、").replace("\n", "\r\n")
    DRAFT.write_bytes(text.encode("utf-8"))
    drafter("export", DRAFT, "-o", "二.docx")
    document = docx.Document("二.docx")
    paragraph = find(document, "整改58处")
    replace_words(paragraph, "整改58处", "已整改58处")
    document.save(BACK)
    drafter("merge", DRAFT, BACK, "--accept", "all")
    after = DRAFT.read_bytes().decode("utf-8")

    changed = [(a, b) for a, b in zip(text.split("\r\n"), after.split("\r\n"), strict=True) if a != b]
    assert len(changed) == 1
    assert "，已整改[58处][F10.2]，" in changed[0][1]
    assert after.count("\n") == after.count("\r\n")


def test_list_signs_that_word_does_not_print_stay_in_the_draft(ws, drafter):
    listed = "\n- 走访老党员。\n> - 居民“都说好”。\n\n---\n\n## [六、"
    DRAFT.write_text(said().replace("\n## [六、", listed), encoding="utf-8")
    drafter("export", DRAFT, "-o", "二.docx")
    assert "没有改动" in drafter("merge", DRAFT, "二.docx", "--accept", "all").err
    document = docx.Document("二.docx")
    replace_words(find(document, "走访老党员"), "老党员", "老干部")
    document.save(BACK)
    drafter("merge", DRAFT, BACK, "--accept", "all")

    assert listed.replace("老党员", "老干部") in said()


def test_random_edits_leave_every_other_line_alone(ws, drafter):
    rng = random.Random(5)
    original = DRAFT.read_bytes()
    words = ["切实", "持续", "有力", "全面", "，成效明显", "（含网格）"]
    for _ in range(6):
        DRAFT.write_bytes(original)
        before = said()
        document = docx.Document(WORD)
        paragraphs = [p for p in document.paragraphs if len(p.text) > 30]
        for paragraph in rng.sample(paragraphs, 3):
            run_ = rng.choice(
                [r for r in paragraph.runs if len(r.text) > 3 and not re.search(r"\d", r.text)]
                or paragraph.runs
            )
            at = rng.randrange(1, max(2, len(run_.text) - 1))
            run_.text = run_.text[:at] + rng.choice(words) + run_.text[at:]
        document.save(BACK)
        assert drafter("merge", DRAFT, BACK, "--accept", "all").code in {0, 1}
        changed = changed_lines(body(before), body(said()))
        assert 1 <= len(changed) <= 3
        labels = re.compile(r"\]\[(F[^\]]*)\]")
        assert sorted(labels.findall(body(before))) == sorted(labels.findall(body(said())))
        again = DRAFT.read_bytes()
        assert "没有改动" in drafter("merge", DRAFT, BACK, "--accept", "all").err
        assert DRAFT.read_bytes() == again


def test_a_file_saved_anew_by_libreoffice_is_no_edit(ws, drafter):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: a file saved anew by it is not tried")
    Path("out").mkdir()
    subprocess.run(
        [office, "--headless", "--convert-to", "docx", "--outdir", "out", WORD.as_posix()],
        check=True,
        capture_output=True,
        timeout=180,
    )
    before = DRAFT.read_bytes()
    ran = drafter("merge", DRAFT, Path("out") / WORD.name, "--accept", "all")

    assert ran.code == 0
    assert "没有改动" in ran.err
    assert DRAFT.read_bytes() == before


def test_what_came_back_is_never_drafted_over(ws, drafter):
    DRAFT.unlink()
    drafter("draft", "corpus/notes/云溪社区-2025.md")
    WORD.unlink()
    drafter("export", DRAFT)
    edit(("飞线充电明显减少", "飞线充电大为减少"))
    drafter("merge", DRAFT, BACK, "--accept", "all")

    assert drafter("draft", "corpus/notes/云溪社区-2025.md").code == 2
    assert "飞线充电大为减少" in said()


def test_without_the_version_that_was_exported_every_change_is_for_a_person(ws, drafter):
    shutil.rmtree(".drafter/history")
    DRAFT.write_text(
        said().replace("评选", "").replace("最美楼道[12个]", "评出最美楼道[12个]"), encoding="utf-8"
    )
    edit(("飞线充电明显减少", "飞线充电大为减少"))
    before = DRAFT.read_bytes()
    ran = drafter("merge", DRAFT, BACK, "--accept", "all")

    assert "找不到导出时的草稿" in ran.err
    assert DRAFT.read_bytes() == before
    assert drafter("merge", DRAFT, BACK, "--accept", "1").code == 0
    assert "飞线充电大为减少" in said()
    assert "评出最美楼道[12个]" in said()


def test_sources_as_comments_are_no_text(ws, drafter):
    drafter("export", DRAFT, "-o", "批注.docx", "--comments")
    document = docx.Document("批注.docx")
    paragraph = find(document, "整改58处")
    replace_words(paragraph, "整改58处", "完成整改58处")
    document.add_comment(paragraph.runs[:1], text="这里再核一下", author="王书记")
    document.save(BACK)
    before = said()
    ran = drafter("merge", DRAFT, BACK, "--accept", "all")
    assert ran.code == 0
    assert "王书记：这里再核一下" in ran.err
    assert ran.err.count("出处") == 0

    ((_, line),) = changed_lines(before, said())
    assert "，完成整改[58处][F10.2]，整改率[95.1%][F10.2/F10.1]，" in line


@pytest.mark.parametrize(
    ("typed", "taken"),
    [("y\n", "大为减少"), ("什么\n9\n1\n", "大为减少"), ("n\n", "明显减少"), ("", "明显减少")],
)
def test_on_a_terminal_the_person_is_asked(ws, drafter, monkeypatch, typed, taken):
    import io

    edit(("飞线充电明显减少", "飞线充电大为减少"))
    answers = io.StringIO(typed)
    answers.isatty = lambda: True
    monkeypatch.setattr("sys.stdin", answers)
    ran = drafter("merge", DRAFT, BACK)

    assert "收回草稿吗" in ran.err
    assert f"飞线充电{taken}" in said()
