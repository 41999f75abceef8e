"""A place of an input is shown with what stands round it, personal data masked, and says why if it is gone."""

import openpyxl
import pytest
from docx import Document

from drafter.model import Where
from drafter.reading import read_reports
from drafter.reading.around import Inputs, shown_path

NOTES = "# 要点\n\n## 综治\n\n" + "".join(f"- 第{n}件事{n}起\n" for n in range(1, 10))


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_line_stands_between_its_neighbours_under_its_heading(place):
    (place / "n.md").write_bytes(NOTES.replace("\n", "\r\n").encode())

    around = Inputs().around(Where("n.md", 10))

    assert [row.number for row in around.rows] == [3, 7, 8, 9, 10, 11, 12, 13]
    assert around.rows[0].cells == ("## 综治",)
    assert [row.cells for row in around.rows if row.hit] == [("- 第6件事6起",)]
    assert (around.file, around.place) == ("n.md", "第10行")


def test_a_cell_stands_in_its_row_under_the_head_of_its_sheet(place):
    book = openpyxl.Workbook()
    book.active.title = "民生"
    for row in [["指标", "数值", "备注"], *([f"第{n}项", n, ""] for n in range(1, 12))]:
        book.active.append(row)
    book.active.row_dimensions[8].hidden = True
    book.save(place / "n.xlsx")

    around = Inputs().around(Where("n.xlsx", sheet="民生", cell="B9"))

    assert [row.number for row in around.rows] == [1, 2, 5, 6, 7, 9, 10, 11, 12]
    assert around.columns == ("A", "B", "C")
    assert around.hit_column == 1
    assert [row.cells for row in around.rows if row.hit] == [("第8项", "8", "")]


def test_a_paragraph_of_a_word_file_stands_among_its_neighbours(place):
    document = Document()
    for words in ("要点", "修路3公里", "讲座9场"):
        document.add_paragraph(words)
    document.save(place / "n.docx")

    around = Inputs().around(Where("n.docx", paragraph=2))

    assert [row.cells[0] for row in around.rows] == ["要点", "修路3公里", "讲座9场"]
    assert [row.number for row in around.rows if row.hit] == [2]


def test_personal_data_in_the_surroundings_is_masked(place):
    (place / "n.md").write_text("- 讲座9场\n- 联系人手机13800138000\n", encoding="utf-8")

    shown = "".join(cell for row in Inputs().around(Where("n.md", 1)).rows for cell in row.cells)

    assert "联系人" in shown
    assert "138" not in shown


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (Where("没有.md", 1), "文件已经不在原处"),
        (Where("n.md", 99), "文件里已经没有这一处"),
        (Where("n.md"), "没有写明第几行"),
        (Where("n.md", sheet="一", cell="B2"), "不是工作簿"),
    ],
)
def test_what_is_gone_says_why(place, where, said):
    (place / "n.md").write_text(NOTES, encoding="utf-8")

    around = Inputs().around(where)

    assert around.rows == ()
    assert said in around.gone


def test_a_path_tells_no_more_than_the_folder_that_a_file_lies_in():
    assert shown_path("notes/2025.md") == "notes/2025.md"
    assert shown_path("/home/li/notes/2025.md") == "notes/2025.md"
    assert shown_path("../../li/notes/2025.md") == "notes/2025.md"


def test_a_line_of_a_web_page_is_counted_as_the_page_was_read(place):
    rows = "".join(f"<p>第{n}季度走访<b>{n}0户</b>，群众都说好。</p>\n" for n in range(1, 5))
    page = f"<html><body><script>var a = 1;</script><h1>安和镇2024年工作总结</h1>{rows}</body></html>"
    (place / "旧.html").write_text(page, encoding="utf-8")
    found = read_reports(place / "旧.html").reports[0].sections[0].where

    around = Inputs().around(Where("旧.html", found.line + 1))

    assert [row.cells[0] for row in around.rows if row.hit] == ["第2季度走访20户，群众都说好。"]
    assert not any("<" in cell for row in around.rows for cell in row.cells)
