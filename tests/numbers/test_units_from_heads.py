"""A bare number has the unit of the bracket in front of it, or of the number that an arrow leads to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from drafter import check_text
from drafter.numbers import read_numerals
from drafter.numbers.shared_units import share_units


def read(text: str) -> list[tuple[Decimal | None, str | None, str]]:
    numerals = share_units(text, read_numerals(text))
    return [(n.value, n.unit, n.kind) for n in numerals if n.kind != "hole"]


def test_the_unit_in_the_bracket_of_a_head_is_that_of_its_row() -> None:
    assert read("茶园面积（亩）：新开1500、改造620") == [
        (Decimal(1500), "亩", "quantity"),
        (Decimal(620), "亩", "quantity"),
    ]


def test_a_unit_in_ten_thousands_multiplies() -> None:
    assert read("经费（万元）：维修4.8") == [(Decimal(48000), "元", "money")]


def test_a_head_reaches_to_the_end_of_its_row() -> None:
    text = "书屋面积（平方米）120；值班电话36"

    assert [unit for _, unit, _ in read(text)] == ["平方米", None]


def test_guard_a_remark_in_a_bracket_is_no_unit() -> None:
    assert read("登记（备注）：36") == [(Decimal(36), None, "quantity")]


def test_a_number_before_an_arrow_has_the_unit_behind_it() -> None:
    assert read("凉亭 12→15座") == [(Decimal(12), "座", "quantity"), (Decimal(15), "座", "quantity")]
    assert read("票价 60->80元") == [(Decimal(60), "元", "money"), (Decimal(80), "元", "money")]


@pytest.mark.parametrize(
    ("note", "sound", "slip"),
    [
        (
            "茶园面积（亩）：新开1500、改造620",
            "新开茶园1500亩，改造620亩，共2120亩。",
            "新开茶园1500亩，改造620亩，共2200亩。",
        ),
        (
            "经费（万元）：维修4.8、绿化6.2",
            "维修经费4.8万元，绿化经费6.2万元，合计11万元。",
            "维修经费4.8万元，绿化经费6.2万元，合计12万元。",
        ),
    ],
)
def test_numbers_under_a_head_are_added_up(note: str, sound: str, slip: str) -> None:
    assert check_text(sound, [note]).ok
    assert not check_text(slip, [note]).ok
