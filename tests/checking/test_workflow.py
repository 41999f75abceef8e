"""A check against past reports names the section that a stale number comes from."""

import pytest
from docx import Document

from drafter.errors import ReadError
from drafter.workflow.checking import check


def test_a_stale_number_names_report_and_line_of_its_section(tmp_path):
    past = tmp_path / "松溪村2024年工作总结.md"
    past.write_text(
        "# 松溪村2024年工作总结\n\n## 一、综治\n\n受理来访38起。\n\n## 二、宣传\n\n举办讲座14场。\n",
        encoding="utf-8",
    )
    (tmp_path / "n.md").write_text("# 松溪村2025年要点\n\n- 讲座9场\n", encoding="utf-8")
    draft = tmp_path / "d.md"
    draft.write_text("# 松溪村2025年工作总结\n\n举办讲座14场。\n", encoding="utf-8")

    found = [f for f in check(draft, [tmp_path / "n.md"], [past]).findings if f.code == "stale"]

    assert "松溪村2024年工作总结" in found[0].message
    assert "二、宣传" in found[0].message
    assert found[0].where[0].line == 7
    assert "要点 P" not in found[0].message + found[0].hint


def test_a_finding_in_a_word_file_names_its_paragraph(tmp_path):
    document = Document()
    for words in ("松溪村2025年工作总结", "一、宣传", "举办讲座14场。"):
        document.add_paragraph(words)
    document.save(str(tmp_path / "d.docx"))
    (tmp_path / "n.md").write_text("# 松溪村2025年要点\n\n- 讲座9场\n", encoding="utf-8")

    found = check(tmp_path / "d.docx", [tmp_path / "n.md"]).findings

    assert found[0].message.startswith("第3段：")


def test_a_past_report_that_cannot_be_read_stops_no_check(tmp_path):
    folder = tmp_path / "往年"
    folder.mkdir()
    (folder / "2023.pdf").write_bytes(b"no pdf")
    (folder / "2024.txt").write_text("松溪村2024年工作总结\n\n一、宣传\n\n举办讲座14场。\n", encoding="utf-8")
    (tmp_path / "n.md").write_text("# 松溪村2025年要点\n\n- 讲座9场\n", encoding="utf-8")
    draft = folder / "2025.md"
    draft.write_text("# 松溪村2025年工作总结\n\n举办讲座14场。\n", encoding="utf-8")

    codes = [f.code for f in check(draft, [tmp_path / "n.md"], [folder]).findings]

    assert codes == ["stale", "past-missing"]
    with pytest.raises(ReadError):
        check(draft, [tmp_path / "n.md"], [folder / "2023.pdf"])
