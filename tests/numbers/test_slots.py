"""What a quantity is a number of: subject, period, role."""

import pytest

from drafter.numbers import read_numerals
from drafter.numbers.context import read_contexts
from drafter.numbers.slots import read_quantities, topic_of


def slots(text):
    return {q.surface: q for q in read_quantities(text, "F3")}


def contexts(text):
    numerals = read_numerals(text)
    return {n.surface: c for n, c in zip(numerals, read_contexts(text, numerals), strict=True)}


def test_quantities_are_numbered_over_facts_only():
    found = read_quantities("一、党建：两委班子学习24场，参学率99%", "F3")

    assert [(q.id, q.surface) for q in found] == [("F3.1", "24场"), ("F3.2", "99%")]


def test_spans_count_the_characters_of_the_fact():
    text = "前进小区新装门禁6处，花费1.2万元"

    assert [text[q.span.start : q.span.end] for q in read_quantities(text)] == ["6处", "1.2万元"]


def test_the_subject_is_what_stands_beside_the_number():
    found = slots("助老：走访独居老人55户，空巢老人155位")

    assert found["55户"].subject == "助老 走访独居老人"
    assert found["155位"].subject == "助老 空巢老人"


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("参保率98.6%（上年97.2%）", {"98.6%": None, "97.2%": "上年"}),
        ("收入156万元，上年120万元", {"156万元": None, "120万元": "上年"}),
        ("去年共办18场，1650人次参加；今年办24场", {"18场": "去年", "1650人次": "去年", "24场": None}),
        ("参保率由上年的97.2%提高到98.6%", {"97.2%": "上年", "98.6%": None}),
        ("收入从120万元增长到156万元", {"120万元": "上年", "156万元": None}),
        ("办讲堂60场，比上年增加12场", {"60场": None, "12场": None}),
        ("善款累计58.7万元，今年12.3万元", {"58.7万元": "累计", "12.3万元": None}),
        ("粉丝9360人，年初7200人", {"9360人": None, "7200人": "年初"}),
    ],
)
def test_a_period_belongs_to_its_number(text, periods):
    assert {surface: q.period for surface, q in slots(text).items()} == periods


@pytest.mark.parametrize(
    ("text", "surface", "role"),
    [
        ("改厕：任务200座，完成236座", "200座", "任务"),
        ("改厕：任务200座，完成236座", "236座", "完成"),
        ("藏书8700册，其中今年新购460册", "460册", "其中"),
        ("两片合计154吨", "154吨", "共"),
        ("发放补贴，人均2400元", "2400元", "人均"),
        ("整改79处，剩余6处", "6处", "剩余"),
    ],
)
def test_a_role_is_read_from_the_words_before(text, surface, role):
    assert slots(text)[surface].role == role


def test_a_change_is_told_from_the_level_it_leads_to():
    found = contexts("收入增加36万元，增长30%，增至156万元，新增就业318人")

    assert [found[s].change for s in ("36万元", "30%", "156万元", "318人")] == ["up", "up", None, None]
    assert contexts("同比下降40%")["40%"].change == "down"


def test_words_between_two_numbers_go_to_the_one_they_belong_to():
    found = contexts("辖区52家餐饮单位中已有47家加入行动")

    assert (found["52家"].tail, found["47家"].head) == ("餐饮单位", "中已有")


def test_a_number_that_says_which_ones_lends_its_words_to_the_next():
    assert "35岁" in contexts("干部9人，35岁以下6人")["6人"].head


def test_a_topic_ends_at_the_first_colon_of_its_own_clause():
    assert topic_of("道德讲堂：全年24场") == "道德讲堂"
    assert topic_of("办讲堂24场，其中：党课6场") == ""
