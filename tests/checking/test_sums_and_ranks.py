"""Totals of what the notes list: by rank, by name, net, after 其中, with what there was before."""

from __future__ import annotations

import pytest

from drafter import check_text

TURNS = {
    "from one rank of a list up": (
        "民宿评定：金宿5家、银宿14家、铜宿27家",
        "银宿以上民宿19家。",
        "19家",
        "46家",
    ),
    "a rank that is called a grade": (
        "水塘水质：优等8口、良等17口、差等3口",
        "良等以上水塘25口。",
        "25口",
        "23口",
    ),
    "from one rank of a list down": (
        "学徒考核：优秀7人、良好16人、及格5人",
        "良好及以下21人。",
        "21人",
        "31人",
    ),
    "the parts behind 其中 without their whole": (
        "排查老屋312户，其中倾斜21户、漏雨34户",
        "排查老屋312户，其中倾斜21户、漏雨34户，两类合计55户。",
        "55户",
        "65户",
    ),
    "a total of the last parts may be less than the whole before": (
        "普查古树412株，其中枯株18株、空心株7株",
        "普查古树412株，其中枯株18株、空心株7株，合计25株。",
        "25株",
        "35株",
    ),
    "what came less what went": (
        "企业新登记36家，注销14家",
        "企业净增22家。",
        "22家",
        "32家",
    ),
    "what went less what came": (
        "低保新增18户，退出25户",
        "低保动态管理，净减少7户。",
        "7户",
        "8户",
    ),
    "what is left when both are set off": (
        "菜场摊位新增18个，撤销25个",
        "摊位增减相抵，净减7个。",
        "7个",
        "9个",
    ),
    "the two levels that a pair of characters names": (
        "非遗传承人：国家级1人、省级4人、市级9人、县级22人",
        "省市两级非遗传承人13人。",
        "13人",
        "31人",
    ),
    "those that the words name out of many": (
        "路灯更换：太阳能46盏、市电88盏、壁灯20盏、地灯32盏、草坪灯15盏、景观灯27盏、庭院灯64盏、信号灯9盏、航标灯12盏",
        "太阳能、市电路灯共更换134盏。",
        "134盏",
        "143盏",
    ),
    "a rounded total of two": (
        "合同签订：蔬菜1260份、花卉1190份",
        "蔬菜、花卉两项签订合同2400余份。",
        "2400余份",
        "2600余份",
    ),
    "what there was and what was added": (
        "书屋：原有18座，今年新建6座",
        "新建书屋6座，书屋增至24座。",
        "24座",
        "26座",
    ),
    "how much was added to what there was": (
        "书屋原有18座，新建6座",
        "书屋在原有18座的基础上新建6座，增长33.3%。",
        "33.3%",
        "25%",
    ),
    "quarters that make up the time named": (
        "巡库次数：一季度22次，二季度26次，三季度30次",
        "前三季度共巡库78次。",
        "78次",
        "87次",
    ),
    "two quarters that make up half a year": (
        "巡塘：一季度24次、二季度29次",
        "上半年共巡塘53次。",
        "53次",
        "35次",
    ),
    "what is left of the last that was told of": (
        "摸排商户260家，应整改48家，整改45家",
        "摸排商户260家，应整改48家，已整改45家，尚余3家。",
        "3家",
        "212家",
    ),
    "the three levels that three characters name": (
        "工匠：省级3人、市级12人、县级41人、镇级60人",
        "省市县三级工匠56人。",
        "56人",
        "65人",
    ),
    "what is to be done yet": (
        "护岸林计划640亩，完成480亩",
        "护岸林完成480亩，下一步再完成160亩。",
        "160亩",
        "260亩",
    ),
    "those who moved in less those who moved out": (
        "渔户迁入36户，迁出14户",
        "渔户净增22户。",
        "22户",
        "32户",
    ),
    "a rank that is written with its number": (
        "工匠：一级工6人、二级工14人、三级工30人",
        "二级工以上20人。",
        "20人",
        "50人",
    ),
    "a rounded total of those that are named": (
        "甲坪领苗1320株，乙坪领苗1190株",
        "甲坪、乙坪共领苗2500余株。",
        "2500余株",
        "2700余株",
    ),
}
OVER_NOTES = {
    "the rest of what another note on the same matter counts": (
        ["漏水报修受理86件", "漏水报修修复79件"],
        "受理漏水报修86件，修复79件，尚有7件未修复。",
        "7件",
        "9件",
    ),
    "the rest beside a note that begins with 其中": (
        ["消夏活动48场", "其中晚会15场"],
        "消夏活动48场，其中晚会15场，其余33场为展演。",
        "33场",
        "43场",
    ),
}


def errors(draft: str, notes: list[str]) -> list:
    return [f for f in check_text(draft, notes).findings if f.severity == "error"]


def passes_but_not_its_slip(notes: list[str], sound: str, right: str, wrong: str) -> None:
    at = sound.index(right)
    slip = f"{sound[:at]}{wrong}{sound[at + len(right) :]}"

    assert errors(sound, notes) == []
    assert any(f.span and f.span.start < at + len(wrong) and at < f.span.end for f in errors(slip, notes))


@pytest.mark.parametrize("turn", TURNS)
def test_a_total_that_follows_from_one_note_passes_and_its_slip_does_not(turn: str) -> None:
    note, *words = TURNS[turn]
    passes_but_not_its_slip([note], *words)


@pytest.mark.parametrize("turn", OVER_NOTES)
def test_a_total_that_follows_from_two_notes_passes_and_its_slip_does_not(turn: str) -> None:
    passes_but_not_its_slip(*OVER_NOTES[turn])


def test_a_running_total_is_not_added_to_this_year() -> None:
    notes = ["今年募捐36万元；开户以来累计募捐236万元"]

    assert errors("今年募捐36万元，累计募捐236万元。", notes) == []
    assert errors("募捐共272万元。", notes)
