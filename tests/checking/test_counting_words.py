"""Other words for one thing: measure words, names of one figure, means and rates told in other words."""

import pytest

from drafter import check_text

CLEAN = [
    ("登记网点41个。", ["登记网点41家"]),
    ("学校开设6个专业、30个班。", ["学校专业6个，班级30个"]),
    ("督查三轮。", ["督查3轮次"]),
    ("GDP达到52亿元。", ["地区生产总值52亿元"]),
    ("发现险情40起，办结率100%。", ["发现险情40起，化解40起"]),
    ("床位200张，入住老人150人，入住率75%。", ["福利院床位200张，入住老人150人"]),
    ("参赛学生600人，班均30人。", ["运动会班级20个，参赛学生600人"]),
    ("渠道总长5.2公里，其中支渠3100米。", ["渠道总长5.2公里，其中支渠3.1公里"]),
    ("新增摊位130个，完成任务的130%。", ["摊位任务100个，建成130个"]),
    ("封山四个月。", ["封山3月1日至6月30日"]),
    ("全年津补贴近90万元。", ["津补贴86万元"]),
    ("每天用餐老人约90人。", ["每天用餐约90人"]),
    (
        "五一、国庆两个假期共接待游客9万人次，其中国庆5万人次。",
        ["五一接待游客4万人次", "国庆接待游客5万人次"],
    ),
]
BROKEN = [
    ("登记网点41户。", ["登记网点41家"], "41户"),
    ("GDP达到25亿元。", ["地区生产总值52亿元"], "25亿元"),
    ("发现险情40起，办结率100%。", ["发现险情40起，化解35起"], "100%"),
    ("床位200张，入住老人150人，入住率85%。", ["福利院床位200张，入住老人150人"], "85%"),
    ("渠道总长5.2公里，其中支渠6100米。", ["渠道总长5.2公里，其中支渠6.1公里"], "6100米"),
    ("封山五个月。", ["封山3月1日至6月30日"], "五个月"),
]


@pytest.mark.parametrize(("draft", "notes"), CLEAN)
def test_another_word_for_the_same_thing_is_no_finding(draft: str, notes: list[str]) -> None:
    assert [f.message for f in check_text(draft, notes).findings if f.severity == "error"] == []


@pytest.mark.parametrize(("draft", "notes", "wrong"), BROKEN)
def test_another_word_does_not_excuse_another_number(draft: str, notes: list[str], wrong: str) -> None:
    found = [f for f in check_text(draft, notes).findings if f.severity == "error" and f.span]
    assert wrong in [draft[f.span[0] : f.span[1]] for f in found if f.span]
