"""`drafter merge`: titles, headings and whole paragraphs that came back otherwise."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest

NOTES = """单位：芦滩村
时间：2025年

## 综治
- 矛盾纠纷受理38起，调解成功37起
- 夜间巡逻203次；网格员14名、志愿者41名
## 服务
- 食堂助餐9020人次
- 义诊4场
"""
BACK = Path("改过.docx")


@pytest.fixture
def village(empty, drafter):
    (empty / "n.md").write_text(NOTES, encoding="utf-8")
    assert drafter("draft", "n.md", "-o", "d.md").code == 0
    drafter("export", "d.md", "-o", "d.docx")
    return empty


def said():
    return Path("d.md").read_bytes().decode("utf-8")


def find(document, words):
    return next(paragraph for paragraph in document.paragraphs if words in paragraph.text)


def retype(paragraph, words):
    """Type a paragraph anew: its runs and bookmarks are gone."""
    for child in list(paragraph._p):
        if not child.tag.endswith("}pPr"):
            paragraph._p.remove(child)
    paragraph.add_run(words)


def merged(drafter, edit):
    document = docx.Document("d.docx")
    edit(document)
    document.save(BACK)
    ran = drafter("merge", "d.md", BACK, "--accept", "all", "--json")
    after = said()
    again = drafter("merge", "d.md", BACK, "--accept", "all")
    assert ran.code == 2 or "没有改动" in again.err
    assert said() == after
    return ran


def test_an_emptied_word_file_takes_nothing_away(village, drafter):
    before = said()

    def edit(document):
        for paragraph in document.paragraphs:
            paragraph._p.getparent().remove(paragraph._p)

    assert merged(drafter, edit).code == 2
    assert said() == before


def test_words_put_before_the_title_leave_it_the_title(village, drafter):
    before = said()
    merged(drafter, lambda document: document.paragraphs[0].insert_paragraph_before("（送审稿）"))

    assert said() == before.replace("\n# 芦滩村", "\n（送审稿）\n\n# 芦滩村")


def test_a_title_taken_out_leaves_no_heading_sign(village, drafter):
    before = said()

    def edit(document):
        title = document.paragraphs[0]._p
        title.getparent().remove(title)

    merged(drafter, edit)

    assert said() == before.replace("# 芦滩村2025年工作总结\n", "\n", 1)


def test_a_title_or_heading_in_wholly_other_words_is_one_change_and_stays_one(village, drafter):
    heading = re.search(r"^## \[?(一、[^\]\n]*)", said(), re.MULTILINE)[1]

    def edit(document):
        retype(document.paragraphs[0], "关于全年情况的报告")
        retype(find(document, heading), "一、守护安宁")

    ran = merged(drafter, edit)

    assert [change["kind"] for change in ran.json["changes"]] == ["edit", "edit"]
    assert "\n# 关于全年情况的报告\n\n" in said()
    assert "\n## 一、守护安宁\n\n" in said()


def test_a_place_to_fill_answered_in_word_is_one_change(village, drafter):
    ran = merged(drafter, lambda d: retype(find(d, "【待补：存在的主要问题】"), "食堂人手不够。"))

    assert [change["kind"] for change in ran.json["changes"]] == ["edit"]
    assert "\n\n食堂人手不够。\n\n" in said()


def test_paragraphs_run_together_get_no_space_between_them(village, drafter):
    def edit(document):
        first, *rest = [paragraph for paragraph in document.paragraphs if paragraph.text]
        words = "".join(paragraph.text for paragraph in (first, *rest))
        for paragraph in rest:
            paragraph._p.getparent().remove(paragraph._p)
        retype(first, words)

    merged(drafter, edit)
    body = said().partition("\n---\n")[2].partition("\n\n[F")[0]

    assert " " not in body.replace("# ", "", 1)
    assert "[203次][F2.1]" in body


def test_a_paragraph_typed_anew_keeps_its_marks(village, drafter):
    before = said()
    merged(drafter, lambda d: [retype(p, p.text) for p in d.paragraphs if p.text])

    assert said() == before


def test_numbers_typed_after_the_notes_moved_take_no_other_bullets_marks(village, drafter):
    notes = NOTES.replace("## 综治\n", "## 综治\n- 建党小组9个\n")
    (village / "n.md").write_text(notes, encoding="utf-8")

    def edit(document):
        place = find(document, "矛盾纠纷")
        place.insert_paragraph_before("矛盾纠纷调解成功37起，食堂助餐9020人次。")
        place.insert_paragraph_before("建党小组9个。")

    ran = merged(drafter, edit)
    labels = {row["surface"]: row["label"] for row in ran.json["numbers"]}

    assert labels == {"37起": "F1.2", "9020人次": "F3.1", "9个": None}
    assert [f for f in ran.json["findings"] if f["severity"] == "error"] == []
    drafter("refresh", "d.md")
    assert "助餐[9020人次][F4.1]" in said()
    assert drafter("check", "d.md").code == 0


TABLE = "| 项目 | 数量 |\n| --- | --- |\n| 夜间巡逻 | [203次][F2.1] |\n| 义诊 | [4场][F4.1] |\n"


@pytest.fixture
def table(village, drafter):
    text = said().replace("## 二、", f"{TABLE}\n## 二、")
    Path("d.md").write_text(text, encoding="utf-8")
    drafter("export", "d.md", "-o", "d.docx")
    return text


def add_row(document, after, *words):
    rows = document.tables[0]
    row = rows.add_row()
    for cell, word in zip(row.cells, words, strict=True):
        cell.text = word
    rows.rows[after]._tr.addnext(row._tr)


def drop_row(document, number):
    row = document.tables[0].rows[number]._tr
    row.getparent().remove(row)


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (
            lambda d: retype(d.tables[0].cell(2, 1).paragraphs[0], "四场"),
            "| 义诊 | [4场][F4.1] |",
            "| 义诊 | [四场][F4.1] |",
        ),
        (
            lambda d: add_row(d, 2, "助餐", "9020人次"),
            "[4场][F4.1] |\n",
            "[4场][F4.1] |\n| 助餐 | [9020人次][F3.1] |\n",
        ),
        (lambda d: add_row(d, 0, "分类", "次数"), "| --- |\n", "| --- |\n| 分类 | 次数 |\n"),
        (lambda d: drop_row(d, 1), "| 夜间巡逻 | [203次][F2.1] |\n", ""),
        (lambda d: drop_row(d, 2), "| 义诊 | [4场][F4.1] |\n", ""),
    ],
)
def test_rows_of_a_table_come_back_as_rows_and_nothing_else_moves(table, drafter, edit, old, new):
    ran = merged(drafter, edit)

    assert ran.code == 0
    assert said() == table.replace(TABLE, TABLE.replace(old, new))


def test_a_table_taken_out_leaves_nothing_of_it(table, drafter):
    def edit(document):
        rows = document.tables[0]._tbl
        rows.getparent().remove(rows)

    merged(drafter, edit)

    assert "|" not in said().partition("[F1.1]:")[0]
