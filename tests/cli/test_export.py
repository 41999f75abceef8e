"""export: what leaves as Word is checked first, and can be checked there."""

import io
import shutil
import zipfile

import pytest
from docx import Document

from drafter.reading.word_draft import read_properties

NOTES = """单位：青石社区
时间：2025年

## 综治
- 矛盾纠纷受理38起，调解成功37起
- 夜间巡逻203次；网格员14名
"""
DRAFT = """# 青石社区2025年工作总结

一、综治

受理矛盾纠纷38起,调解成功37起。夜间巡逻230次，网格员14名。走访【待补：户】。
"""
TABLE = '指标,单位,2025年\n受理矛盾纠纷,起,38\n夜间巡逻,次,203\n网格员,名,14\n发放宣传册,份,"1,234"\n'


@pytest.fixture
def plain(empty):
    """A draft of somebody else, and notes."""
    (empty / "要点.md").write_text(NOTES, encoding="utf-8")
    (empty / "稿.md").write_text(DRAFT, encoding="utf-8")
    return empty


def word_of(file):
    return Document(str(file))


def surfaces(checked):
    return [(number["surface"], number["verdict"], number["facts"]) for number in checked["numbers"]]


@pytest.mark.parametrize("notes", ["云溪社区-2025.md", "望岚街道办事处-2025.txt", "柳溪镇-2025.xlsx"])
def test_both_copies_of_a_sample_draft_check_like_the_draft(workspace, drafter, notes):
    assert drafter("draft", f"corpus/notes/{notes}", "-o", "稿.md").code == 0
    assert drafter("export", "稿.md", "-o", "清.docx", "--no-table").code == 0
    assert drafter("export", "稿.md", "-o", "批.docx", "--comments", "--no-table").code == 0
    draft = drafter("check", "稿.md", "--json")

    for copy in ("清.docx", "批.docx"):
        checked = drafter("check", copy, "--json")
        assert checked.code == draft.code == 0
        assert surfaces(checked.json) == surfaces(draft.json)
        assert [f["code"] for f in checked.json["findings"]] == [f["code"] for f in draft.json["findings"]]


def test_comments_say_each_source_and_what_is_doubtful(plain, drafter):
    ran = drafter("export", "稿.md", "--notes", "要点.md", "--comments", "--json")
    comments = [comment.text for comment in word_of("稿.docx").comments]

    assert ran.code == 1
    assert ran.json["comments"] == len(comments)
    assert comments[0] == "[F1.1] 出处：要点.md 第5行 “矛盾纠纷受理38起，调解成功37起”"
    doubtful = next(text for text in comments if "230次" in text)
    assert doubtful.startswith("【存疑】")
    assert "203次" in doubtful


def test_a_copy_shows_what_is_doubtful_in_colour(plain, drafter):
    assert drafter("export", "稿.md", "--notes", "要点.md").code == 1
    runs = [run for paragraph in word_of("稿.docx").paragraphs for run in paragraph.runs]
    coloured = {run.text for run in runs if run.font.highlight_color is not None}

    assert coloured == {"230次", "【待补：户】"}


def test_a_draft_that_names_no_notes_carries_those_it_was_checked_against(plain, drafter):
    (plain / "out").mkdir()
    drafter("export", "稿.md", "--notes", "要点.md", "-o", "out/稿.docx")
    known = read_properties((plain / "out" / "稿.docx").read_bytes())

    assert known["notes.1.path"] == "../要点.md"
    assert known["unit"] == "青石社区"
    assert known["year"] == "2025"
    assert known["draft"] == "../稿.md"
    checked = drafter("check", "out/稿.docx", "--json")
    assert [f["code"] for f in checked.json["findings"] if f["severity"] == "error"] == ["unsupported"]


def test_a_number_that_was_edited_in_word_is_found(plain, drafter):
    (plain / "稿.md").write_text(
        DRAFT.replace("230", "203").replace("走访【待补：户】。", ""), encoding="utf-8"
    )
    assert drafter("export", "稿.md", "--notes", "要点.md").code == 0
    word = word_of("稿.docx")
    run = next(run for p in word.paragraphs for run in p.runs if "38起" in run.text)
    run.text = run.text.replace("38", "83")
    word.save("稿.docx")

    checked = drafter("check", "稿.docx")
    assert checked.code == 1
    assert "83起" in checked.out


def test_a_word_file_that_a_person_edited_is_never_overwritten(plain, drafter):
    assert drafter("export", "稿.md", "--notes", "要点.md").code == 1
    assert drafter("export", "稿.md", "--notes", "要点.md").code == 1
    word = word_of("稿.docx")
    word.paragraphs[0].text = "改过"
    word.save("稿.docx")
    before = (plain / "稿.docx").read_bytes()

    ran = drafter("export", "稿.md", "--notes", "要点.md")
    assert ran.code == 2
    assert "手工改过" in ran.err
    assert (plain / "稿.docx").read_bytes() == before


def test_unaccepted_revisions_in_a_word_draft_are_said(plain, drafter):
    assert drafter("export", "稿.md", "--notes", "要点.md").code == 1
    with zipfile.ZipFile("稿.docx") as old:
        parts = {name: old.read(name) for name in old.namelist()}
    added = b'<w:ins w:id="900" w:author="a"><w:r><w:t>99</w:t></w:r></w:ins></w:p>'
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"</w:p>", added, 1)
    with zipfile.ZipFile("改.docx", "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)

    found = drafter("check", "改.docx", "--json").json["findings"]
    assert "tracked-change" in [finding["code"] for finding in found]


def test_notes_that_were_a_table_come_as_a_table_too(empty, drafter):
    (empty / "台账.csv").write_text("单位：青石社区,,\n时间：2025年,,\n" + TABLE, encoding="utf-8")
    assert drafter("draft", "台账.csv", "-o", "稿.md").code == 0
    ran = drafter("export", "稿.md", "--json")
    word = word_of("稿.docx")
    rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]

    assert ran.json["table_rows"] == len(rows) - 1 == 4
    assert rows[0] == ["指标", "完成情况"]
    assert ["夜间巡逻", "203次"] in rows
    assert [p.text for p in word.paragraphs if p.text][-1] == "附件：主要指标表"
    assert drafter("check", "稿.docx").code == 0
    assert drafter("export", "稿.md", "-o", "无表.docx", "--no-table").code == 0
    assert not word_of("无表.docx").tables


def test_a_table_of_two_years_stays_one(empty, drafter):
    rows = "指标,单位,2025年,2024年\n受理矛盾纠纷,起,38,42\n夜间巡逻,次,203,186\n农民人均可支配收入,元,23730,22000\n"
    (empty / "台账.csv").write_text("单位：青石社区,,,\n时间：2025年,,,\n" + rows, encoding="utf-8")
    assert drafter("draft", "台账.csv", "-o", "稿.md").code == 0
    assert drafter("export", "稿.md").code == 0
    table = [[cell.text for cell in row.cells] for row in word_of("稿.docx").tables[0].rows]

    assert table[0] == ["指标", "今年", "上年"]
    assert ["受理矛盾纠纷", "38起", "42起"] in table
    assert ["农民人均可支配收入", "23730元", "22000元"] in table
    assert drafter("check", "稿.docx").code == 0


def test_a_table_with_its_unit_at_the_head_checks_in_word_as_in_the_draft(plain, drafter):
    table = "| 指标 | 数量（起） |\n| --- | --- |\n| 受理矛盾纠纷 | {} |\n| 调解成功 | 37 |\n"
    for number, code in (("38", 0), ("39", 1)):
        (plain / "表.md").write_text("# 青石社区2025年工作总结\n\n" + table.format(number), encoding="utf-8")
        assert drafter("export", "表.md", "--notes", "要点.md", "-o", "表.docx").code == code
        assert drafter("check", "表.docx").code == code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["没有.md"], "没有这个文件"),
        (["稿.md"], "--notes"),
        (["稿.md", "--notes", "要点.md", "-o", "稿.pdf"], ".docx"),
        (["稿.md", "--notes", "要点.md", "-o", "无此/稿.docx"], "没有这个文件夹"),
        (["稿.md", "--notes", "要点.md", "--template", "没有.docx"], "模板"),
        (["稿.md", "--notes", "要点.md", "--template", "要点.md"], "模板"),
        (["稿.md", "--notes", "要点.md", "--template", "坏.docx"], "模板"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_nothing_is_written(plain, drafter, arguments, said):
    (plain / "坏.docx").write_bytes(b"PK\x03\x04" + b"x" * 200)
    before = sorted(path.name for path in plain.iterdir())
    ran = drafter("export", *arguments)

    assert ran.code == 2
    assert said in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert sorted(path.name for path in plain.iterdir() if path.name != ".drafter") == before


def test_a_template_that_lacks_a_style_is_told_so(plain, drafter):
    word = Document()
    style = word.styles["Heading 2"].element
    style.getparent().remove(style)
    word.save("模板.docx")

    assert "heading 2" in drafter("export", "稿.md", "--notes", "要点.md", "--template", "模板.docx").err


@pytest.mark.parametrize(
    "words",
    [
        "[red]x[/red]",
        "\x1b[31mx",
        "{{7*7}}",
        "<b>&amp;",
        "\u202ex",
        "%s{0}",
        "x\u2028y",
        "=1+1",
        "]]>",
        "'\"",
    ],
    ids=range(10),
)
def test_hostile_words_in_names_and_notes_arrive_as_words(plain, drafter, words):
    name = f"要点{words.replace('/', '')}.md"
    (plain / name).write_text(NOTES.replace("夜间巡逻", f"{words}夜间巡逻"), encoding="utf-8")
    ran = drafter("export", "稿.md", "--notes", name, "--comments", "-o", f"稿{words.replace('/', '')}.docx")

    assert ran.code == 1
    assert "\x1b" not in ran.err
    assert "\u202e" not in ran.err
    made = next(file for file in plain.iterdir() if file.suffix == ".docx")
    with zipfile.ZipFile(io.BytesIO(made.read_bytes())) as archive:
        assert archive.testzip() is None
    said = " ".join(comment.text for comment in word_of(made).comments)
    assert "第5行" in said
    assert "\x1b" not in said
    assert drafter("check", made.name).code == 1


def test_the_sample_drafts_export_from_another_folder(workspace, drafter):
    drafter("draft", "corpus/notes/云溪社区-2025.md", "-o", "稿.md")
    away = workspace.parent / "away"
    away.mkdir()

    assert drafter("export", "稿.md", "-o", away / "稿.docx").code == 0
    assert drafter("check", away / "稿.docx").code == 0
    shutil.rmtree(away)


def test_the_sources_in_the_comments_of_a_final_text_are_no_unread_comments_of_a_past_report(plain, drafter):
    text = DRAFT.replace("230", "203").replace("走访【待补：户】。", "")
    (plain / "稿.md").write_text(text, encoding="utf-8")
    assert drafter("export", "稿.md", "--notes", "要点.md", "--comments", "--final").code == 0

    (file,) = drafter("index", "--dry-run", "稿.docx", "--json").json["files"]
    assert file["warnings"] == []
