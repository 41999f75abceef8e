"""Chinese numerals and numbers are two writings of the same thing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.numbers.chinese import read_chinese, write_chinese


@given(st.integers(0, 10**12 - 1))
def test_a_number_written_in_chinese_reads_back(number):
    assert read_chinese(write_chinese(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("两千零五十", "2050"),
        ("二〇一二", "2012"),
        ("一百二", "120"),
        ("三万五", "35000"),
        ("九十八点五", "98.5"),
        ("廿三", "23"),
        ("卅", "30"),
        ("壹佰贰拾", "120"),
        ("十万", "100000"),
        ("一亿零三百", "100000300"),
        ("〇", "0"),
    ],
)
def test_the_ways_of_writing_are_read(text, number):
    assert read_chinese(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "三四", "十十", "百三千", "点五", "三点", "一" * 100, "万" * 50000])
def test_what_is_no_number_gets_no_value(text):
    assert read_chinese(text) is None


@pytest.mark.parametrize("number", [-1, 10**16])
def test_a_number_that_cannot_be_written_is_refused(number):
    with pytest.raises(ValueError, match="数"):
        write_chinese(number)
