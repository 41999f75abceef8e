"""Measure words that may stand for each other, and those that never do."""

from __future__ import annotations

from decimal import Decimal

import pytest

from drafter.numbers.units import to_base, unit_class


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("人", "名"),
        ("名", "位"),
        ("场", "场次"),
        ("册", "本"),
        ("起", "件"),
        ("台", "部"),
        ("块钱", "元"),
        ("米", "公里"),
    ],
)
def test_words_of_one_class_may_stand_for_each_other(one, other):
    assert unit_class(one) == unit_class(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("人", "人次"),
        ("户", "人"),
        ("家", "家次"),
        ("户", "户次"),
        ("%", "个百分点"),
        ("次", "场"),
        ("期", "次"),
    ],
)
def test_words_of_two_classes_never_do(one, other):
    assert unit_class(one) != unit_class(other)


def test_an_unknown_measure_word_is_a_class_of_its_own():
    assert unit_class("担担") == "担担"
    assert unit_class(None) is None


@pytest.mark.parametrize(
    ("value", "unit", "base", "base_unit"),
    [
        ("2", "公里", "2000", "米"),
        ("3", "公顷", "30000", "平方米"),
        ("500", "克", "0.5", "公斤"),
        ("7", "人", "7", "人"),
    ],
)
def test_numbers_convert_to_the_base_unit(value, unit, base, base_unit):
    assert to_base(Decimal(value), unit) == (Decimal(base), base_unit)
