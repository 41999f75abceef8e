"""The table of approximations: when a source value supports a written form."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.numbers import read_numerals
from drafter.numbers.bands import lead
from drafter.numbers.compare import supports, supports_value
from drafter.numbers.families import same_unit
from drafter.numbers.same_date import same_date


def only(text):
    (numeral,) = [n for n in read_numerals(text) if n.kind != "structural"]
    return numeral


def supported(source, written):
    return supports(only(f"共有{source}。"), only(f"共有{written}。")) is not None


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("986份", "近千份"),
        ("986份", "近1000份"),
        ("900份", "近1000份"),
        ("2190人次", "两千余人次"),
        ("2190人次", "2100多人次"),
        ("2190人次", "约2200人次"),
        ("2190人次", "2200人次左右"),
        ("2190人次", "2000人次以上"),
        ("2000人次", "2000人次以上"),
        ("2190人次", "超过2000人次"),
        ("2190人次", "突破2000人次"),
        ("2190人次", "不足2200人次"),
        ("2190人次", "不到2300人次"),
        ("12.6万元", "12万余元"),
        ("126000元", "12.6万元"),
        ("2.35亿元", "23500万元"),
        ("3356人次", "三千三百五十六人次"),
        ("12480人", "１２４８０人"),
        ("38人", "38名"),
        ("24场", "二十四场次"),
        ("8期", "八次"),
        ("126起", "126件"),
        ("460本", "460册"),
        ("5.6公里", "5600米"),
        ("2.4公顷", "24000平方米"),
        ("98.6％", "百分之九十八点六"),
        ("40%", "四成"),
        ("67%", "约三分之二"),
        ("45人", "几十人"),
        ("120余名", "120余名"),
        ("120余名", "100余名"),
        ("约4500人次", "约4500人次"),
    ],
)
def test_a_form_is_supported(source, written):
    assert supported(source, written)


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("986份", "千余份"),
        ("986份", "986余份"),
        ("1000份", "近1000份"),
        ("899份", "近1000份"),
        ("2190人次", "近两千人次"),
        ("2190人次", "2200余人次"),
        ("2000人次", "两千余人次"),
        ("3000人次", "两千余人次"),
        ("2000人次", "超过2000人次"),
        ("2600人次", "2000人次以上"),
        ("2190人次", "不足2000人次"),
        ("2190人次", "约2400人次"),
        ("512人", "512人次"),
        ("156家次", "156家"),
        ("58户", "58人"),
        ("1.4%", "1.4个百分点"),
        ("23个", "23%"),
        ("120余名", "120名"),
        ("约4500人次", "4500人次"),
        ("200人", "2万人"),
        ("3400份", "近3506份"),
    ],
)
def test_a_form_is_not_supported(source, written):
    assert not supported(source, written)


def test_a_rough_form_says_what_it_stands_for():
    support = supports(only("共有986份。"), only("共有近千份。"))

    assert support.rule == "近 n：900至1000之间（不含1000）"


@pytest.mark.parametrize(
    ("text", "value"),
    [("2190", 10), ("2.3万余", 1000), ("10万余", 10_000), ("10余万", 100_000), ("51万余", 10_000)],
)
def test_the_last_place_knows_where_the_odd_stands(text, value):
    number = only(f"共{text}人。")

    assert lead(number.value, number.surface) == value


@pytest.mark.parametrize(
    ("value", "written", "good"),
    [
        ("97.619", "97.6%", True),
        ("97.619", "97%以上", True),
        ("97.619", "98%以上", False),
        ("99.96", "100%", False),
        ("100", "100%", True),
        ("91.7", "超九成", True),
        ("66.667", "三分之二", True),
        ("30", "三成", True),
        ("40", "不足五成", True),
    ],
)
def test_a_computed_ratio_may_be_rounded_but_never_up_to_all(value, written, good):
    assert (supports_value(Decimal(value), only(f"占比{written}。")) is not None) is good


def test_what_is_computed_from_rough_numbers_supports_rough_forms_only():
    assert supports_value(Decimal(250), only("共250人次。"), approximate=True) is None
    assert supports_value(Decimal(250), only("共约250人次。"), approximate=True) is not None


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("XXXX-03-12", "2025-03-12", True),
        ("XXXX-H1", "XXXX-01/XXXX-06", True),
        ("H1", "XXXX-01/XXXX-06", True),
        ("Q1/Q3", "XXXX-01/XXXX-09", True),
        ("XXXX-03", "XXXX-03-12", False),
        ("XXXX-03-12", "XXXX-03-21", False),
        ("XXXX-01/XXXX-06", "XXXX-01/XXXX-09", False),
        ("2024", "2025", False),
    ],
)
def test_dates_agree_as_far_as_they_are_known(first, second, same):
    assert same_date(first, second) is same
    assert same_date(second, first) is same


def test_units_that_count_different_things_never_meet():
    pairs = [("人", "人次"), ("户", "人"), ("家", "家次"), ("户", "户次"), ("%", "百分点"), ("处", "户")]

    assert not any(same_unit(first, second) for first, second in pairs)
    assert same_unit("名", "位")


@given(st.integers(min_value=1, max_value=99_999_999))
def test_a_number_supports_itself_and_not_its_neighbour(value):
    assert supported(f"{value}人", f"{value}人")
    assert not supported(f"{value}人", f"{value + 1}人")
