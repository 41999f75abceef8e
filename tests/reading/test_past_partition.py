"""Every character of a text that is not white space is in one section or dropped, once."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from past_pages import FIVE_REPORTS, ONE_REPORT

from drafter.reading import read_reports

HEADINGS = [
    "一、加强党建工作", "二、维护社会稳定，抓好平安建设。", "（一）抓实学习。全年学习24次。", "(二)建强组织", "三、民生工作 办好实事",
    "1、做好调解工作。受理31起。", "2.开展巡逻", "3．清洁家园", "（1）茶叶。面积300亩。", "①宣传", "第一部分 总体情况", "十一、其他",
    "书香进小区。立足实际开展阅读活动，参加320人次。", "平安进小区。各个单位看好自己的门，管好自己的人。", "# 云溪社区2024年工作总结", "## 党建",
]  # fmt: skip
PROSE = [
    "全年共受理各类矛盾纠纷42起，调解成功41起，调解成功率97.6%，做到小事不出网格。", "倡导一切有利于民族互助、家园统", "一、众志成城的风气和劲头，",
    "居委会定期对辖 2", "区内商铺进行检查，提高安全意识。", "培训班期人次", "一是抓宣传。", "三是抓落实，二是抓培训。", "同时科学设计载体,", "2期，效果好。",
    "共举办培训班1", "四是\u3000加强\u200b领导", "| 指标 | 数量 |", "—— 2024年 ——", "某某镇", "ａ１２３．４％", "𠮷社区做了工作。",
]  # fmt: skip
CHROME = [
    "当前位置:首页>工作总结>正文", "时间:2023-03-09 08:15:42 作者:某人", "2022-05-17 工作总结", "以下是小编为大家收集的范文，仅供参考。", "相关推荐",
    "乡镇工作总结03-19", "上一篇：某某总结", "工作总结篇一", "【篇二】", "第3篇：云溪社区总结", "剩余内容请访问下一页查看。", "— 3 —", "12", "第3页 共9页",
    "打印本页", "版权所有 © 某某网", "云溪社区居委会", "2024年12月20日", "云溪社区2024年工作总结", "（2024年12月）", "---", "***",
]  # fmt: skip
BREAKS = ["\n", "\n\n", "\r\n", "\r", "\n  ", "\n\u3000\u3000", "\u2028", "\x0c", "\n\n\n", " ", ""]

pieces = st.lists(
    st.tuples(
        st.one_of(*map(st.sampled_from, (HEADINGS, PROSE, CHROME)), st.text(max_size=12)),
        st.sampled_from(BREAKS),
    ),
    max_size=30,
)


def strays(text, name="a.txt"):
    """Return the characters of a text that are not in exactly one place."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(text.encode("utf-8"))
        file = read_reports(path)
    if file.refused and not file.dropped:
        return []
    text = text.removeprefix("\ufeff")
    seen = [0] * len(text)
    for report in file.reports:
        for section in report.sections:
            for start, end in section.spans:
                for place in range(start, end):
                    seen[place] += 1
    for one in file.dropped:
        assert text[one.span.start : one.span.end] == one.text
        for place in range(*one.span):
            seen[place] += 1
    return [(place, mark) for place, mark in enumerate(text) if not mark.isspace() and seen[place] != 1]


@pytest.mark.parametrize("text", [ONE_REPORT, FIVE_REPORTS])
def test_nothing_of_a_page_is_lost_or_doubled(text):
    assert strays(text) == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pieces, st.sampled_from(["a.txt", "a.md"]))
def test_nothing_is_lost_or_doubled_whatever_the_page(parts, name):
    assert strays("".join(words + end for words, end in parts), name) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_nothing_is_lost_of_any_text(text):
    assert strays(text) == []


@settings(max_examples=40, deadline=None)
@given(pieces)
def test_reading_twice_gives_the_same(parts):
    text = "".join(words + end for words, end in parts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.txt")
        path.write_text(text, encoding="utf-8", newline="")
        assert read_reports(path, path.parent) == read_reports(path, path.parent)


@settings(max_examples=60, deadline=None)
@given(pieces)
def test_ids_are_unique_and_spans_in_order(parts):
    text = "".join(words + end for words, end in parts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.txt")
        path.write_text(text, encoding="utf-8", newline="")
        sections = [section for report in read_reports(path).reports for section in report.sections]
    assert len({section.id for section in sections}) == len(sections)
    assert all(section.path[-1] == section.heading for section in sections)
    spans = [span for section in sections for span in section.spans]
    assert spans == sorted(spans)
