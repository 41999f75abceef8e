"""Telling: a bullet in official words, whatever way the clerk put it, with nothing added."""

import pytest

from drafter.model import Number, ToFill
from drafter.reading.notes import facts_from_texts
from drafter.writing.borrowing import Surroundings
from drafter.writing.compose import compose_item
from drafter.writing.material import Material, Used


def compose(*notes, doubts=None, used=None):
    facts = facts_from_texts(list(notes))
    by_id = {fact.id: fact for fact in facts}
    material = Material(by_id, Surroundings("\n".join(notes), 2025), "全年", doubts or {})
    return compose_item(facts, [], material, used or Used())


def plain(paragraph):
    return "".join(
        piece.surface
        if isinstance(piece, Number)
        else f"【待补：{piece.what}】"
        if isinstance(piece, ToFill)
        else piece.text
        for piece in paragraph
    )


def labels(paragraph):
    return [piece.label for piece in paragraph if isinstance(piece, Number)]


# --- everyday words -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("路灯累计换了36盏", "路灯累计更换36盏。"),
        ("门禁累计装了210套", "门禁累计安装210套。"),
        ("舞蹈队参加县里比赛拿了二等奖", "舞蹈队参加县里比赛获得二等奖。"),
        ("发资料近3000份，乱停车明显少了", "发放资料近3000份，乱停车明显减少。"),
    ],
)
def test_everyday_words_become_official_ones(note, told):
    assert plain(compose(note)) == told


@pytest.mark.parametrize(
    "note",
    [
        "“大家一起来”活动，参加500人",
        "《帮帮看》专栏，刊登20篇",
        "空巢老人，共66名",
        "空巢老人55名、独居老人60名",
        "培训妇女33名（老人13名）",
    ],
)
def test_quotations_titles_remarks_and_set_expressions_stay_as_they_are(note):
    assert plain(compose(note)) == f"{note}。"


# --- two years in one bullet -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "told", "second"),
    [
        ("稻谷产量538吨，去年505吨", "稻谷产量538吨，比上年增加33吨。", "F1.1-F1.2"),
        ("助餐9020人次，比去年8140人次又多了", "助餐9020人次，比上年增加880人次。", "F1.1-F1.2"),
        ("案件33起，比去年41起少8起；劝阻110人", "案件33起，比上年减少8起；劝阻110人。", "F1.2-F1.1"),
        ("协管员118名（去年112名）", "协管员118名，比上年增加6名。", "F1.1-F1.2"),
        ("覆盖率98.9%，去年98.2%", "覆盖率98.9%，比上年提高0.7个百分点。", "F1.1-F1.2"),
        ("案件12起，去年同期10起", "案件12起，比上年同期增加2起。", "F1.1-F1.2"),
    ],
)
def test_two_years_in_one_bullet_become_their_difference(note, told, second):
    paragraph = compose(note)

    assert plain(paragraph) == told
    assert labels(paragraph)[1] == second


@pytest.mark.parametrize(
    "note",
    [
        "受理38起，调解成功38起，去年42起",
        "投资1.2亿元，去年9000万元",
        "参保7120人，上年7080人，同比增长0.6%",
        "案件10起，去年近12起",
        "案件10起，比去年12起少3起",
        "产量538吨，比去年增加33吨",
        "服务站12个，去年12个",
        "巡查12次，去年10处",
    ],
)
def test_nothing_is_worked_out_where_it_is_said_unsure_or_of_something_else(note):
    assert [label for label in labels(compose(note)) if "-" in label] == []


# --- remarks ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("硬化道路10.8公里（北坡村试点已完工）", "硬化道路10.8公里，北坡村试点已完工。"),
        ("培训520人次（新增养蜂班）", "培训520人次，新增养蜂班。"),
        ("培训203人次（其中妇女90人）", "培训203人次，其中妇女90人。"),
        ("培训203人次（养蜂、刺绣）", "培训203人次（养蜂、刺绣）。"),
        ("总收入608万元（农经站）", "总收入608万元（农经站）。"),
    ],
)
def test_a_remark_at_the_end_becomes_a_clause_only_where_it_is_one(note, told):
    assert plain(compose(note)) == told


# --- the rest after what it is the rest of, contradictions once -----------------------------------


def test_the_rest_comes_behind_all_that_it_is_the_rest_of():
    paragraph = compose("东坡村集体收入136万元", "西坡村集体收入118万元", "其余9个村集体收入364万元")

    assert plain(paragraph) == "东坡村集体收入136万元，西坡村集体收入118万元，其余9个村集体收入364万元。"


def test_a_contradiction_is_told_once_where_the_second_bullet_says_nothing_else():
    doubts = {"F1.1": ("F2.1",), "F2.1": ("F1.1",)}

    paragraph = compose("加装电梯11部", "加装电梯13部（住建办）", doubts=doubts)

    assert plain(paragraph) == "加装电梯11部【待核：要点另一处写作13部（住建办）】。"
    assert labels(paragraph) == ["F1.1", "F2.1"]


def test_what_leans_on_the_other_number_goes_into_the_mark_with_it():
    doubts = {"F1.1": ("F2.1",), "F2.1": ("F1.1",)}

    text = plain(compose("志愿者512名，服务队9支", "年底统计志愿者521名，其中女性占四成", doubts=doubts))

    assert text == "志愿者512名【待核：要点另一处写作年底统计521名，其中女性占四成】，服务队9支。"


def test_what_else_a_contradicting_bullet_says_stays():
    doubts = {"F1.1": ("F2.1",), "F2.1": ("F1.1",)}

    text = plain(compose("志愿者512名，服务队9支", "志愿者521名，服务36场", doubts=doubts))

    assert "志愿者521名【待核：要点另一处写作512名】，服务36场。" in text


def test_a_contradiction_across_items_is_told_once_too():
    facts = facts_from_texts(["加装电梯11部", "加装电梯13部", "新建车棚6处"])
    doubts = {"F1.1": ("F2.1",), "F2.1": ("F1.1",)}
    material = Material({fact.id: fact for fact in facts}, Surroundings("", 2025), "全年", doubts)
    used = Used()

    first = plain(compose_item(facts[:1], [], material, used))
    second = plain(compose_item(facts[1:], [], material, used))

    assert first == "加装电梯11部【待核：要点另一处写作13部】。"
    assert second == "新建车棚6处。"


def test_a_total_comes_before_its_parts():
    text = plain(compose("东坡村集体收入136万元", "西坡村集体收入118万元", "村级集体总收入254万元"))

    assert text == "村级集体总收入254万元。东坡村集体收入136万元。西坡村集体收入118万元。"


def test_what_is_no_total_of_them_stays_where_it_is():
    text = plain(compose("东坡村集体收入136万元", "古树总数58株", "茶园总面积30亩"))

    assert text == "东坡村集体收入136万元。古树总数58株。茶园总面积30亩。"
