"""Numbers of one sentence that rule each other out are errors, though each of them has a source."""

from __future__ import annotations

import pytest

from drafter import check_text

LOANS = "小额贷款：上年发放80万元，今年100万元；贴息上年5万元，今年5.5万元"
GRANTS = "杏林村：党员38人，路灯70盏\n柏林村：党员46人，路灯95盏"
TRIPS = "研学活动6场12期，学员480人"
DIKES = "堤段排查52处，整改47处"

FAITHFUL = {
    "growth of what was printed last": ("今年发放小额贷款100万元，增长25%；贴息5.5万元，增长10%。", LOANS),
    "numbers of one village": ("柏林村有党员46人、路灯95盏。", GRANTS),
    "what is left of a whole": ("堤段排查52处，整改47处，剩余5处。", DIKES),
    "those that the words name, added up": (
        "新修、改造泵站共17座。",
        "新修泵站8座，改造泵站9座，拆除泵站3座",
    ),
    "a mean over the very unit": ("研学活动12期，学员480人，每期40人。", TRIPS),
    "a rate whose words are turned round": ("垃圾分类准确投放率92%。", "垃圾分类投放准确率92%"),
    "a rate by a longer name": ("热线满意率98%。", "热线工单群众满意率98%"),
    "a total above what was added": ("新添课桌60张，总数达到210张。", "新添课桌60张，总数210张"),
}
BROKEN = {
    "growth of the other matter": ("今年发放小额贷款100万元，增长10%。", LOANS, "10%"),
    "the other village's number": ("柏林村有党员46人、路灯70盏。", GRANTS, "70盏"),
    "one number for two things": (
        "受理咨询518人次，答复518人次。",
        "受理咨询518人次，答复503人次",
        "518人次",
    ),
    "the whole for what is left": ("堤段整改47处，尚有52处没有完成。", DIKES, "52处"),
    "a sum of others than the words name": (
        "新修、改造泵站共20座。",
        "新修泵站8座，改造泵站9座，拆除泵站3座",
        "20座",
    ),
    "a mean over another unit": ("研学活动12期，学员480人，每期80人。", TRIPS, "80人"),
    "one number for a second thing that no note counts": (
        "清理沟渠36处，修补涵洞36处。",
        "清理沟渠36处",
        "36处",
    ),
    "a total that another number gives, below what was added": (
        "新增车位120个，总数80个。",
        "车位新增120个，南区80个",
        "80个",
    ),
    "a share under the name of a rate that the notes give": (
        "接诉500件，按时办结495件，办结率99%。",
        "接诉500件，按时办结495件，办结率96.8%",
        "99%",
    ),
    "another rate of the same matter": ("热线工单满意率92%。", "热线工单接通率92%", "92%"),
    "a total below what was added": ("新添课桌210张，总数达到60张。", "新添课桌60张，总数210张", "60张"),
    "the whole year for its half": ("上半年接诊930人次。", "上半年接诊410人次，全年接诊930人次", "930人次"),
    "a doctrine with another number": ("严格落实中央九项规定。", "严格落实中央八项规定", "九项"),
}


@pytest.mark.parametrize(("draft", "notes"), FAITHFUL.values(), ids=FAITHFUL)
def test_numbers_that_agree_pass(draft: str, notes: str) -> None:
    found = check_text(draft, notes.split("\n")).findings
    assert [f.message for f in found if f.severity == "error"] == []


@pytest.mark.parametrize(("draft", "notes", "wrong"), BROKEN.values(), ids=BROKEN)
def test_a_number_that_another_rules_out_is_an_error(draft: str, notes: str, wrong: str) -> None:
    found = [f for f in check_text(draft, notes.split("\n")).findings if f.severity == "error" and f.span]
    assert wrong in [draft[f.span[0] : f.span[1]] for f in found if f.span]


def test_a_formula_without_last_years_numbers_is_no_crash() -> None:
    assert check_text("人上年100%0%", ["", "人year 2025"], ["year 2025"]).numbers


def test_a_contradiction_names_the_line_of_the_file() -> None:
    draft = "---\nyear: 2025\n---\n# 总结\n\n- 甲\n\n  乙\n- 丙\n\n全年清理河道83处。\n\n全年清理河道61处。\n"
    found = check_text(draft, ["清理河道83处", "清理河道61处"]).findings
    assert any("前面第11行" in finding.message for finding in found)
