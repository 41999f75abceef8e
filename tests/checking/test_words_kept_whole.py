"""Words that hold an everyday word keep apart what the notes keep apart: 上门 is not 上街, 应检 not 已检."""

from __future__ import annotations

import pytest

from drafter import check_text

APART = [
    ("上门理发86人，上街理发120人", "上门理发86人。", "86人", "120人"),
    ("对接企业18家，对口帮扶企业9家", "对接企业18家。", "18家", "9家"),
    ("地下车位120个，地上车位300个", "地下车位120个。", "120个", "300个"),
    ("在岗女工64人，下岗女工29人", "下岗女工29人。", "29人", "64人"),
    ("签约农户86户，违约农户12户", "签约农户86户。", "86户", "12户"),
    ("上岗培训86人，下岗培训26人", "上岗培训86人。", "86人", "26人"),
    ("到户奖补26万元，到村奖补84万元", "到户奖补26万元。", "26万元", "84万元"),
    ("上湾组12户，下湾组21户", "上湾组12户。", "12户", "21户"),
]
OUGHT = [
    ("应检灶具150台，已检灶具141台", "已检灶具141台。", "141台", "150台"),
    ("应修路灯36盏，修路灯30盏", "已修路灯30盏。", "30盏", "36盏"),
    ("戏台建成4座；明年计划建9座", "完成年度任务，今年戏台建成4座。", "4座", "9座"),
]
NAMED = [
    ("实到320人", "到会320人。", "320人", "230人"),
    ("发放十三类种子，计620袋", "发放十三类种子620袋。", "十三类", "十五类"),
    (
        "发放“两山”贷款36万元，受益户12户；发放惠农贷款28万元",
        "发放“两山”贷款36万元。",
        "36万元",
        "64万元",
    ),
]
OF_ITS_WHOLE = [("竹编作坊36家，其中达标9家；藤编作坊21家，其中达标7家", "竹编作坊达标9家。", "9家", "7家")]


def errors(draft: str, note: str) -> list:
    return [f for f in check_text(draft, [note]).findings if f.severity == "error"]


@pytest.mark.parametrize(("note", "sound", "right", "wrong"), APART)
def test_two_words_with_one_everyday_character_are_two(note: str, sound: str, right: str, wrong: str) -> None:
    assert errors(sound, note) == []
    assert errors(sound.replace(right, wrong), note)


@pytest.mark.parametrize(("note", "sound", "right", "wrong"), OUGHT)
def test_what_is_asked_or_planned_is_not_what_was_done(note: str, sound: str, right: str, wrong: str) -> None:
    assert errors(sound, note) == []
    assert errors(sound.replace(right, wrong), note)


@pytest.mark.parametrize(("note", "sound", "right", "wrong"), NAMED)
def test_a_number_beside_a_name_in_other_or_quoted_words_is_checked(
    note: str, sound: str, right: str, wrong: str
) -> None:
    assert errors(sound, note) == []
    assert errors(sound.replace(right, wrong), note)


@pytest.mark.parametrize(("note", "sound", "right", "wrong"), OF_ITS_WHOLE)
def test_a_part_has_the_words_of_its_whole(note: str, sound: str, right: str, wrong: str) -> None:
    assert errors(sound, note) == []
    assert errors(sound.replace(right, wrong), note)
