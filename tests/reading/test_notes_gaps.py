import pytest

from drafter.reading.notes import facts_from_texts, read_notes
from drafter.reading.notes_gaps import find_gaps, gaps, is_open

GAPS = [
    ("慰问老党员 人次，发放慰问金3.5万元", ["慰问老党员 人次"]),
    ("举办夜校 期、参加 人", ["举办夜校 期、参加 人"]),
    ("疏通沟渠__米，投入__万元", ["疏通沟渠__米", "投入__万元"]),
    ("走访商户××户", ["走访商户××户"]),
    ("走访商户若干户", ["走访商户若干户"]),
    ("走访商户N户", ["走访商户N户"]),
    ("招募巡河员（待定）名", ["招募巡河员（待定）名"]),
    ("招募巡河员（  ）名", ["招募巡河员（  ）名"]),
    ("招募巡河员？名", ["招募巡河员？名"]),
    ("参加人数：    人", ["参加人数：    人"]),
    ("特困供养户数待核实", ["特困供养户数待核实"]),
    ("慰问12户，慰问金待统计。", ["慰问金待统计"]),
    ("满意率__%", ["满意率__%"]),
]


@pytest.mark.parametrize(("text", "clauses"), GAPS)
def test_a_number_that_is_not_filled_in_is_a_warning_with_the_words_around_it(text, clauses):
    found = list(find_gaps(facts_from_texts([text])))

    assert [finding.message for finding in found] == [f"第1行「{clause}」缺数。" for clause in clauses]
    assert {(finding.code, finding.severity, finding.where[0].line) for finding in found} == {
        ("gap", "warning", 1)
    }


@pytest.mark.parametrize("text", [text for text, _ in GAPS])
def test_what_holds_the_place_of_a_number_is_no_number(text):
    (fact,) = facts_from_texts([text])

    assert all(quantity.value is not None for quantity in fact.quantities)


def test_the_numbers_beside_a_gap_keep_their_ids():
    (fact,) = facts_from_texts(["走访商户××户，慰问12户"])

    assert [(quantity.id, quantity.surface) for quantity in fact.quantities] == [("F1.2", "12户")]


@pytest.mark.parametrize(
    "text",
    [
        "走访 38 户，参加 人员 56 人次",
        "收到线索12件，3件待核实",
        "待核实线索12件，已全部办结",
        "集体收入61.8万元（年报口径，待核）",
        "特困供养36户，待核实",
        "特困供养36户（待核实）",
        "陈××获评好人，×××村列为试点",
        "出台若干措施",
        "走访几十户",
        "党建引领  治理增效",
        "问题解决了吗？户户有回音",
        "水质达到Ⅲ类，满意率98%",
        "完成情况良好（详见附件）",
        "",
    ],
)
def test_full_notes_have_no_gaps(text):
    assert gaps(text) == ()


def test_underscores_within_a_line_of_markdown_are_no_emphasis(tmp_path):
    (tmp_path / "要点.md").write_text("- 疏通沟渠__米，投入__万元\n- __重点__走访8户\n", encoding="utf-8")
    notes = read_notes([tmp_path / "要点.md"])

    assert [fact.text for fact in notes.facts] == ["疏通沟渠__米，投入__万元", "重点走访8户"]
    assert [finding.code for finding in notes.findings] == ["gap", "gap"]


@pytest.mark.parametrize("text", ["待统计", "（待定）", "××", "___", "？", "暂缺"])
def test_a_cell_that_holds_the_place_of_a_number_is_known(text):
    assert is_open(text)


@pytest.mark.parametrize("text", ["0", "12", "无异常", "已完成"])
def test_a_cell_with_words_or_a_number_holds_no_place(text):
    assert not is_open(text)
