"""A mean is of the total that its words name, over what was done and counted at that time."""

from __future__ import annotations

import pytest

from drafter import check_text

TURNS = {
    "over all the parts that the note lists": (
        "补助漏雨房24户、倾斜房16户，资金60万元",
        "补助漏雨房24户、倾斜房16户，资金60万元，户均1.5万元。",
        "1.5万元",
        "1.8万元",
    ),
    "over what was done and not what was asked for": (
        "水窖计划50口，建成40口，投资20万元",
        "建成水窖40口，投资20万元，口均5000元。",
        "5000元",
        "4000元",
    ),
    "over this year's count and not last year's": (
        "水窖：上年投资18万元，建40口；今年投资20万元，建50口",
        "今年投资20万元，建水窖50口，口均4000元。",
        "4000元",
        "5000元",
    ),
    "over the sum that the sentence gives and none of its parts": (
        "评弹专场9场、越剧专场6场，观众4500人次",
        "评弹、越剧专场共15场，观众4500人次，场均300人次。",
        "300人次",
        "500人次",
    ),
    "of the total that its words name and of no other": (
        "编织合作社30户，年产值90万元，年利润24万元",
        "合作社30户，户均利润8000元。",
        "8000元",
        "3万元",
    ),
    "over the count in front of the number that it is of": (
        "应急队6支、90人",
        "组建应急队6支、90人，每支15人。",
        "15人",
        "18人",
    ),
    "a frequency of what the sentence has added up": (
        "宣讲：板凳会130场、炕头会130场",
        "板凳会、炕头会共宣讲260场，平均每周5场。",
        "5场",
        "8场",
    ),
    "over a count of the same measure word": (
        "教练6名，学员90名",
        "教练6名，每名教练带学员15名。",
        "15名",
        "18名",
    ),
    "what is done a day, told as every day": (
        "净水站日供水36吨",
        "净水站每天供水36吨。",
        "36吨",
        "63吨",
    ),
}


def errors(draft: str, notes: list[str]) -> list:
    return [f for f in check_text(draft, notes).findings if f.severity == "error"]


@pytest.mark.parametrize("turn", TURNS)
def test_a_mean_over_what_is_meant_passes_and_another_mean_does_not(turn: str) -> None:
    note, sound, right, wrong = TURNS[turn]
    at = sound.index(right)
    slip = f"{sound[:at]}{wrong}{sound[at + len(right) :]}"

    assert errors(sound, [note]) == []
    assert any(f.span and f.span.start < at + len(wrong) and at < f.span.end for f in errors(slip, [note]))


def test_a_number_right_behind_another_one_is_of_its_matter() -> None:
    notes = ["成立应急队6支、90人；培训骨干24人"]

    assert errors("成立应急队6支、90人。", notes) == []
    assert errors("成立应急队6支、24人。", notes)
