"""Numbers of a table are those of their row and column: the unit, the year, means."""

import pytest

from drafter.checking import check_text

NOTES = [
    "矛盾纠纷受理今年38起，上年42起",
    "志愿者今年41名，上年35名",
    "农民人均可支配收入今年23730元，上年22000元",
]
HEADS = [
    ("| 指标 | 今年 | 上年 |", "| 矛盾纠纷受理 | 38起 | 42起 |\n| 志愿者 | 41名 | 35名 |"),
    (
        "| 指标 | 2025年 | 2024年 |\n| --- | --- | --- |",
        "| 志愿者 | 41名 | 35名 |\n| 矛盾纠纷受理 | 38起 | 42起 |",
    ),
    (
        "| 指标 | 单位 | 2025年 | 2024年 |",
        "| 农民人均可支配收入 | 元 | 23,730 | 22,000 |\n| 志愿者 | 名 | 41 | 35 |",
    ),
    ("指标 | 2025年 | 2024年", "农民人均可支配收入 | 23730元 | 22000元"),
]


def failing(table):
    checked = check_text(f"青石镇2025年工作总结\n\n{table}\n", NOTES)
    return [f.message for f in checked.findings if f.severity == "error"]


@pytest.mark.parametrize(("head", "rows"), HEADS)
def test_numbers_below_their_heads_are_traced(head, rows):
    assert not failing(f"{head}\n{rows}")


@pytest.mark.parametrize(("head", "rows"), HEADS)
def test_years_that_are_swapped_are_found(head, rows):
    swapped = [
        "|".join([*row.split("|")[:-3], *reversed(row.split("|")[-3:-1]), row.split("|")[-1]])
        for row in rows.split("\n")
    ]
    if not head.startswith("|"):
        swapped = [
            " | ".join([row.split(" | ")[0], *reversed(row.split(" | ")[1:])]) for row in rows.split("\n")
        ]

    assert len(failing("\n".join([head, *swapped]))) >= 2


def test_two_tables_have_heads_of_their_own():
    one = "| 指标 | 上年 |\n| 志愿者 | 35名 |"
    two = "| 指标 | 数量（起） |\n| 矛盾纠纷受理 | 38 |"

    assert not failing(f"{one}\n\n{two}")


def test_quarters_and_their_total_are_told_apart_in_a_draft_of_the_whole_table():
    rows = [("矛盾纠纷受理", "起", 12, 26), ("夜间巡逻", "次", 90, 113), ("走访住户", "户", 300, 420)]
    notes = [
        words
        for name, unit, first, second in rows
        for words in (
            f"{name}一季度{first}{unit}",
            f"{name}二季度{second}{unit}",
            f"{name}合计{first + second}{unit}",
        )
    ]
    said = "；".join(notes) + "。"

    assert check_text(said, notes).ok
    assert not check_text(said.replace("合计38起", "合计40起"), notes).ok
    assert not check_text(
        said.replace("12起", "26起", 1).replace("度26起；矛盾纠纷受理合", "度12起；矛盾纠纷受理合"), notes
    ).ok
