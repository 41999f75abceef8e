"""The review page's table of this year against last year names what grew, and leaves out bounds."""

import pytest

from drafter.model import Report, Section
from drafter.workflow.reviewing import build_page

NOTES = """单位：安和镇
时间：2025年

## 经济
- 工业总产值完成6.1亿元，同比增长5.2%
- 集体收入20万元以上的村7个
"""
DRAFT = """---
title: 安和镇2025年工作总结
unit: 安和镇
year: 2025
period: 全年
notes:
- path: 要点.md
---

# 安和镇2025年工作总结

工业总产值完成6.1亿元，同比增长5.2%。集体收入20万元以上的村达到7个。
"""
OLD = "工业总产值完成5.8亿元，同比增长4.9%。集体收入20万元以上的村达到5个。"


@pytest.fixture
def page(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "要点.md").write_text(NOTES, encoding="utf-8")
    draft = tmp_path / "草稿.md"
    draft.write_text(DRAFT, encoding="utf-8")
    section = Section("r1", 1, "一、经济", ("一、经济",), OLD)
    report = Report("r", "安和镇2024年工作总结", unit="安和镇", year=2024, period="全年", sections=(section,))
    return build_page(draft, shelf=lambda: [report])


def test_what_grew_is_named_with_the_growth(page):
    subjects = {row.pair.this.surface: row.subject for row in page.years}

    assert subjects["5.2%"].endswith("增长")
    assert "工业总产值" in subjects["5.2%"]


def test_a_bound_is_no_number_to_compare(page):
    assert "20万元以上" not in {row.pair.this.surface for row in page.years}
    assert "7个" in {row.pair.this.surface for row in page.years}


def test_the_year_is_not_said_twice(page):
    assert page.last_report == "安和镇2024年工作总结"
