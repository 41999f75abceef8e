"""余 between two scales, tenths of a thing, kinds that are counted and bare thousands that do something."""

from __future__ import annotations

from decimal import Decimal

import pytest

from drafter import check_text
from drafter.model import FACT_KINDS
from drafter.numbers import read_numerals


def facts(text: str) -> list[tuple[str, Decimal | None, str | None]]:
    return [(n.surface, n.value, n.unit) for n in read_numerals(text) if n.kind in FACT_KINDS]


@pytest.mark.parametrize(
    ("note", "sound", "slip"),
    [
        ("募集善款236万元", "募集善款两百余万元。", "募集善款三百余万元。"),
        ("直播销售额1380万元", "直播销售额一千余万元。", "直播销售额两千余万元。"),
        ("茶税收入37亿元", "茶税收入三十多亿元。", "茶税收入四十多亿元。"),
    ],
)
def test_a_bit_more_than_a_scale_of_ten_thousands_is_less_than_the_next(
    note: str, sound: str, slip: str
) -> None:
    assert check_text(sound, [note]).ok
    assert not check_text(slip, [note]).ok


def test_guard_a_bit_more_than_ten_thousand_stays_below_the_next_ten_thousand() -> None:
    assert check_text("到访10万余人次。", ["到访10.4万人次"]).ok
    assert not check_text("到访10万余人次。", ["到访13.6万人次"]).ok


def test_tenths_are_a_share_before_the_verb_too() -> None:
    assert facts("六成为流转土地。") == [("六成", Decimal(60), "%")]


@pytest.mark.parametrize(("text", "value"), [("十三类种子分到户。", 13), ("十二组选手参赛。", 12)])
def test_more_than_ten_kinds_or_groups_are_counted(text: str, value: int) -> None:
    assert [number[1] for number in facts(text)] == [Decimal(value)]


@pytest.mark.parametrize("text", ["三类人群体检。", "三组居民搬迁。"])
def test_guard_a_small_class_or_group_is_a_name(text: str) -> None:
    assert [number for number in facts(text) if number[2] in {"类", "组"}] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("千人参加长跑。", 1000), ("百户受益。", 100), ("万人报名骑行。", 10_000), ("万户入住新居。", 10_000)],
)
def test_a_bare_scale_of_people_who_do_something_counts_them(text: str, value: int) -> None:
    assert [number[1] for number in facts(text)] == [Decimal(value)]


@pytest.mark.parametrize("text", ["万亩良田泛金黄。", "百名教师大走访启动。"])
def test_guard_a_bare_scale_in_a_name_counts_nothing(text: str) -> None:
    assert facts(text) == []


def test_so_many_characters_are_the_name_of_a_norm() -> None:
    assert facts("二十四字核心价值观入脑入心。") == []


def test_lessons_are_counted_with_or_without_their_word() -> None:
    assert check_text("开设剪纸课36节课。", ["开设剪纸课36节"]).ok
    assert not check_text("开设剪纸课46节课。", ["开设剪纸课36节"]).ok


@pytest.mark.parametrize("text", ["硬化 3 260 米渠道", "修缮1 847 户", "补助3 000元以上"])
def test_a_number_with_a_space_inside_is_one_without_a_value(text: str) -> None:
    counted = [numeral for numeral in read_numerals(text) if numeral.kind in {"quantity", "money"}]
    assert [numeral.value for numeral in counted] == [None]
