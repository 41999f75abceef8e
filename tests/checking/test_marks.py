"""Marks are hints: each is verified, and a draft checks the same without them."""

import re

import pytest

from drafter.checking import PastText, check_draft, check_text
from drafter.draftfile import read_draft
from drafter.model import Fact, Where
from drafter.numbers.slots import read_quantities

NOTES = [
    "矛盾纠纷受理36起，调解成功33起",
    "夜间巡逻203次；网格员14名、志愿者41名",
    "安全隐患排查61处，整改58处",
    "流动人口登记335户",
]
DRAFT = """## [二、维护稳定][P1]

（一）全年受理矛盾纠纷[36起][F1.1]，调解成功[33起][F1.2]，成功率[91.7%][F1.2/F1.1]。

（二）[14名][F2.2]网格员、[41名][F2.3]志愿者开展夜间巡逻[203次][F2.1]；排查安全隐患[61处][F3.1]，\
整改[58处][F3.2]，整改率[95.1%][F3.2/F3.1]。

（三）登记流动人口[335户][F4.1]，办理居住证【待补：人次】。
"""


def errors(draft, past=()):
    return [
        (f.code, draft[f.span.start : f.span.end])
        for f in check_text(draft, NOTES, past).findings
        if f.severity == "error"
    ]


def changed(old, new):
    assert DRAFT.count(old) == 1
    return DRAFT.replace(old, new)


def facts():
    return [
        Fact(f"F{i}", "", text, Where("notes.md", line=i), read_quantities(text, f"F{i}"))
        for i, text in enumerate(NOTES, start=1)
    ]


def test_a_marked_draft_is_clean_with_and_without_its_marks():
    bare = re.sub(r"\[([^\]]*)\]\[[^\]]*\]", r"\1", DRAFT)

    assert errors(DRAFT) == []
    assert errors(bare) == []
    marked, plain = check_text(DRAFT, NOTES).numbers, check_text(bare, NOTES).numbers
    assert [(n.surface, n.verdict, n.facts) for n in marked] == [
        (n.surface, n.verdict, n.facts) for n in plain
    ]


def test_spans_are_those_inside_the_brackets():
    for number in check_text(DRAFT, NOTES).numbers:
        assert DRAFT[number.span.start : number.span.end] == number.surface


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("[203次][F2.1]", "[203次][F9.1]", ("unsupported", "203次")),
        ("[203次][F2.1]", "[208次][F2.1]", ("unsupported", "208次")),
        ("[203次][F2.1]", "[203人次][F2.1]", ("conflict", "203人次")),
        ("[335户][F4.1]", "[335户][F3.1]", ("conflict", "335户")),
        ("[36起][F1.1]，调解成功[33起][F1.2]", "[33起][F1.2]，调解成功[36起][F1.1]", ("conflict", "33起")),
        ("[91.7%][F1.2/F1.1]", "[93.1%][F1.2/F1.1]", ("unsupported", "93.1%")),
        ("[91.7%][F1.2/F1.1]", "[91.7%][F1.2/]", ("unsupported", "91.7%")),
        ("[95.1%][F3.2/F3.1]", "[105.2%][F3.1/F3.2]", ("conflict", "105.2%")),
    ],
)
def test_a_wrong_mark_is_found(old, new, found):
    assert found in errors(changed(old, new))


def test_a_mark_on_last_years_number_is_stale_unless_compared():
    past = ["受理矛盾纠纷42起，调解成功40起。"]

    assert errors("受理矛盾纠纷[42起][P1.1]。", past) == [("stale", "42起")]
    assert errors("受理矛盾纠纷[36起][F1.1]，比上年的[42起][P1.1]减少[6起][P1.1-F1.1]。", past) == []
    assert errors("受理矛盾纠纷[36起][F1.1]，比上年增加[6起][P1.1-F1.1]。", past) == [("conflict", "6起")]


def test_past_passages_go_by_the_labels_of_the_draft():
    text = (
        "受理矛盾纠纷[36起][F1.1]，比上年的[42起][P2.1]减少6起。\n\n"
        '[F1.1]: <notes.md#L1> "矛盾纠纷"\n[P2]: <../past/2024.md#L31> "二、综治"\n[P2.1]: <../past/2024.md#L31> "二、综治"\n'
    )
    past = [
        PastText("2023年总结", "受理矛盾纠纷50起。", Where("past/2023.md", line=9), 2023),
        PastText("2024年总结", "受理矛盾纠纷42起。", Where("past/2024.md", line=31), 2024),
    ]

    check = check_draft(read_draft(text), facts(), past)

    assert check.ok
    assert check.numbers[1].facts == ("P2.1",)
    assert check.numbers[1].where == (past[1].where,)


def test_a_finished_draft_may_leave_nothing_open():
    draft = read_draft(DRAFT)

    assert check_draft(draft, facts()).ok
    assert [f.code for f in check_draft(draft, facts(), final=True).findings] == ["todo"]
    assert not check_draft(draft, facts(), final=True).ok


def test_the_reports_own_year_and_period_need_no_source():
    draft = read_draft("2025年上半年，受理矛盾纠纷36起。")

    assert check_draft(draft, facts(), year=2025, period="上半年").ok
    assert not check_draft(draft, facts(), year=2024, period="全年").ok


def test_a_number_names_the_place_of_its_fact():
    (number,) = check_draft(read_draft("登记流动人口335户。"), facts()).numbers

    assert [(w.file, w.line) for w in number.where] == [("notes.md", 4)]


def test_a_mark_on_a_fact_of_something_else_is_a_conflict():
    notes = ["党员学习24次", "夜间巡逻24次"]

    def found(draft):
        return [(f.code, draft[f.span.start : f.span.end]) for f in check_text(draft, notes).findings]

    assert found("组织党员学习[24次][F1.1]，夜间巡逻[24次][F2.1]。") == []
    assert found("组织党员学习[24次][F2.1]。") == [("conflict", "24次")]
    assert found("喷洒消毒药水[24次][F2.1]。") == [("conflict", "24次")]


def test_a_right_mark_does_not_excuse_another_subject():
    swapped = changed("登记流动人口[335户][F4.1]", "开展夜间巡逻[335户][F4.1]")
    bare = re.sub(r"\[([^\]]*)\]\[[^\]]*\]", r"\1", swapped)

    assert errors(swapped) == errors(bare) == [("conflict", "335户")]
    assert errors("登记流动人口335户，集体学习[203次][F2.1]。") == [("conflict", "203次")]
    assert errors("组织读书会[203次][F2.1]。") == errors("组织读书会203次。") == [("conflict", "203次")]


def test_what_the_notes_say_elsewhere_is_traced_to_where_they_say_it():
    notes = ["夜间巡逻203次；网格员14名", "年底统计夜间巡逻210次", "慰问老人210次"]
    said = "开展夜间巡逻[203次][F1.1]【待核：要点另一处写作[210次][F2.1]】；网格员[14名][F1.2]。"

    assert check_text(said, notes).ok
    assert not check_text(said.replace("F2.1", "F3.1"), notes).ok
    assert not check_text(said.replace("210", "211"), notes).ok
