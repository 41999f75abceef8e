"""What may be carried over: general words; never a name, a number or a word of its time."""

import pytest

from drafter.writing.blanking import blank_numbers
from drafter.writing.borrowing import Surroundings, is_general, may_borrow

HERE = Surroundings("矛盾纠纷受理38起，剩3处报街道，反诈宣传，锦绣园小区，党史学习教育", 2025)


@pytest.mark.parametrize(
    "words",
    [
        "做到小事不出网格、大事不出社区",
        "坚持“预防为主、调防结合”的原则",
        "筑牢反诈防线",
        "在县委、县政府的坚强领导下",
        "做到应保尽保、应退尽退",
        "突出党建引领，筑牢战斗堡垒",
        "在锦绣园小区开展",
        "老旧小区改造提质",
        "党史学习教育走深走实",
    ],
)
def test_everybodys_words_are_general(words):
    assert is_general(words, HERE)


@pytest.mark.parametrize(
    "words",
    [
        "在清源镇的领导下",
        "在望岚街道党工委、办事处的坚强领导下",
        "螺蛳湾病区",
        "组织阳光社区居民",
        "开展“红枫行动”",
        "全面建成小康社会",
        "喜迎二十大",
        "共发放3000份",
        "举办培训班期",
        "×××镇",
        "进行进行检查",
        "坚持，，以人为本",
        "以“三个代表”为指导",
        "不断“提升水平",
    ],
)
def test_names_numbers_defects_and_words_of_their_time_are_not(words):
    assert not is_general(words, HERE)


@pytest.mark.parametrize("words", ["荣获县级先进", "未发生一起事故", "群众满意度大幅提升", "新建文化广场"])
def test_events_and_praise_are_not_borrowed(words):
    assert not may_borrow(words, HERE)


def test_a_campaign_may_be_named_while_it_lasts():
    assert is_general("开展主题教育", Surroundings("", 2023))
    assert not is_general("开展主题教育", Surroundings("", 2025))


def test_blanking_leaves_no_number_and_says_of_what_kind_it_was():
    text = "3月5日，全年共受理纠纷42起，成功率97.6%，投入1.2万元，近千人参加。一是抓落实。"

    assert (
        blank_numbers(text)
        == "〔日期〕，全年共受理纠纷〔起〕，成功率〔%〕，投入〔元〕，〔人〕参加。一是抓落实。"
    )


def test_blanking_takes_names_out_for_a_stranger():
    blanked = blank_numbers("在清源镇党委领导下，受理纠纷42起。", HERE)

    assert "清源" not in blanked
    assert "受理纠纷〔起〕" in blanked
