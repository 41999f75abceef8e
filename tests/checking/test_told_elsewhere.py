"""Shares, rests and targets of which one half stands in another paragraph or another note."""

from __future__ import annotations

import pytest

from drafter import check_text

TURNS = {
    "those who are still without what the others have": (
        ["全岛居民646户", "淡水接通居民638户"],
        "全岛居民646户。\n\n接通淡水638户。未接通淡水的8户正在铺管。",
        "的8户",
        "的9户",
    ),
    "those without it in front of what they are without": (
        ["全岛居民646户", "淡水接通居民638户"],
        "全岛居民646户。\n\n接通淡水居民638户，8户居民未接通淡水。",
        "，8户",
        "，9户",
    ),
    "a rate of water of everybody": (
        ["全岛居民650户", "接通淡水598户"],
        "全岛居民650户。\n\n接通淡水598户，通水率92%。",
        "92%",
        "95%",
    ),
    "a rate of signing of everybody": (
        ["全岛居民1500人", "签约1200人"],
        "全岛居民1500人。\n\n家庭医生签约1200人，签约率80%。",
        "80%",
        "85%",
    ),
    "a rate of paying of everybody": (
        ["全岛户籍1500人", "缴费1200人"],
        "全岛户籍人口1500人。\n\n医保缴费1200人，缴费率80%。",
        "80%",
        "85%",
    ),
    "a share of the people of the place": (
        ["全岛户籍1500人", "渔民600人"],
        "全岛户籍1500人。\n\n渔民600人，占全岛人口的40%。",
        "40%",
        "45%",
    ),
    "a share of a whole that only a note gives": (
        ["渔船160艘", "智能船64艘"],
        "智能船64艘，占渔船的40%。",
        "40%",
        "45%",
    ),
    "a share of a whole that a note gives beside others": (
        ["在册渔船160艘，渔民480人", "改装渔船64艘"],
        "改装渔船64艘，占在册渔船的40%。",
        "40%",
        "45%",
    ),
    "above a target that has a note of its own": (
        ["海堤加固目标20公里", "海堤加固完成24公里"],
        "海堤加固24公里，超目标4公里。",
        "目标4公里",
        "目标6公里",
    ),
    "so much of a target that has a note of its own": (
        ["海堤加固目标20公里", "海堤加固完成24公里"],
        "完成海堤加固24公里，为目标的120%。",
        "120%",
        "140%",
    ),
    "as many points as are marked behind": (
        ["疏浚航道14公里"],
        "着力办好三件实事：一是疏浚航道14公里；二是加固堤岸；三是修复灯塔。",
        "三件",
        "四件",
    ),
    "as many points as sentences are marked behind": (
        ["疏浚航道14公里"],
        "抓好三项工作：一是疏浚航道14公里。二是加固堤岸。三是修复灯塔。",
        "三项",
        "四项",
    ),
    "people without a measure word": (
        ["供水受益5.8万人"],
        "近6万居民用上净水。",
        "近6万",
        "近8万",
    ),
}


def errors(draft: str, notes: list[str]) -> list:
    return [f for f in check_text(draft, notes).findings if f.severity == "error"]


@pytest.mark.parametrize("turn", TURNS)
def test_what_follows_from_what_stands_elsewhere_passes_and_its_slip_does_not(turn: str) -> None:
    notes, sound, right, wrong = TURNS[turn]
    at = sound.index(right)
    slip = f"{sound[:at]}{wrong}{sound[at + len(right) :]}"

    assert errors(sound, notes) == []
    assert any(f.span and f.span.start < at + len(wrong) and at < f.span.end for f in errors(slip, notes))
