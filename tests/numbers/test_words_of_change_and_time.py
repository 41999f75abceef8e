"""What stands beside a number tells rise, time and target; words that only look like those tell nothing."""

from __future__ import annotations

import pytest

from drafter.numbers import read_numerals
from drafter.numbers.context import Context, read_contexts
from drafter.numbers.shared_units import share_units


def contexts(text: str) -> dict[str, Context]:
    numerals = share_units(text, read_numerals(text))
    return {n.surface: c for n, c in zip(numerals, read_contexts(text, numerals), strict=True)}


def only(text: str) -> Context:
    (context,) = contexts(text).values()
    return context


@pytest.mark.parametrize(
    "text",
    [
        "增设摊位36个。",
        "增殖鱼苗36万尾。",
        "增效36万元。",
        "翻建猪舍36间。",
        "超标36处。",
        "超龄36人。",
        "降雨36毫米。",
        "减灾演练36场。",
        "减租商户36家。",
        "减速带36条。",
        "改造提升36家。",
        "提升行动36次。",
    ],
)
def test_a_word_that_only_begins_like_a_change_is_none(text: str) -> None:
    assert only(text).change is None


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("增加36个。", "up"),
        ("净增36盏。", "up"),
        ("翻了36倍。", "up"),
        ("降低36元。", "down"),
        ("减36户。", "down"),
    ],
)
def test_guard_a_change_is_one(text: str, direction: str) -> None:
    assert only(text).change == direction


def test_a_plan_made_in_january_is_no_earlier_figure() -> None:
    found = contexts("年初计划修路24公里，完成26公里。")

    assert [c.prior for c in found.values()] == [False, False]


def test_guard_a_figure_of_january_is_an_earlier_one() -> None:
    found = contexts("年初48人，目前64人。")

    assert [c.prior for c in found.values()] == [True, False]


def test_what_there_was_before_is_an_earlier_figure() -> None:
    assert only("原有凉亭18座。").prior


def test_what_stands_before_an_arrow_is_an_earlier_figure() -> None:
    found = contexts("凉亭 12→15座。")

    assert [c.prior for c in found.values()] == [True, False]


def test_the_end_of_the_year_is_this_year() -> None:
    assert only("年末社员320人。").this
    assert not only("上年末社员320人。").this


def test_what_was_required_is_a_target() -> None:
    found = contexts("要求配灭火器80具，实配86具。")

    assert [c.role for c in found.values()] == ["任务", None]
    assert only("应配灭火器80具。").role == "任务"


@pytest.mark.parametrize("text", ["应聘者140人。", "应急车18台。"])
def test_who_applies_or_what_is_for_emergencies_is_no_target(text: str) -> None:
    assert only(text).role is None


@pytest.mark.parametrize("text", ["日处理污水480吨。", "日供热水36吨。", "污水厂日处理量480吨。"])
def test_what_is_done_a_day_is_a_mean(text: str) -> None:
    assert only(text).mean
    assert only(text).frequency


@pytest.mark.parametrize("text", ["今日处理污水480吨。", "节日接待游客480人。"])
def test_guard_what_is_done_on_one_day_is_no_mean(text: str) -> None:
    assert not only(text).mean
