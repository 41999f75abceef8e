"""A comparison with last year rests on both sources, and each way of getting it wrong is caught."""

import re

import pytest

from drafter.checking import PastText, check_draft
from drafter.draftfile import read_draft
from drafter.model import Fact, Where
from drafter.numbers.slots import read_quantities

NOTES = [
    "矛盾纠纷受理38起，调解成功37起",
    "食堂助餐9020人次，配送午餐1260份",
    "整治费用31.5万元",
]
PASSAGE = "一、综治\n全年共受理各类矛盾纠纷42起，调解成功41起。食堂助餐8140人次，配送午餐1100份。投入整治费用25.2万元。"
DRAFT = (
    "全年受理矛盾纠纷[38起][F1.1]，比上年减少[4起][P1.1-F1.1]。\n\n"
    "食堂助餐[9020人次][F2.1]，同比增长[10.8%][(F2.1-P1.3)/P1.3]。\n\n"
    "整治费用[31.5万元][F3.1]，同比增长[25%][(F3.1-P1.5)/P1.5]。\n\n"
    '[P1.1-F1.1]: <past/2024.md#L3> "42 − 38 = 4"\n'
    '[(F2.1-P1.3)/P1.3]: <past/2024.md#L3> "（9020 − 8140） ÷ 8140 = 10.8%"\n'
)


def facts():
    return [
        Fact(f"F{i}", "", text, Where("notes.md", line=i), read_quantities(text, f"F{i}"))
        for i, text in enumerate(NOTES, start=1)
    ]


def check(draft, *, year=2024, period="全年", past=True):
    passage = PastText("松溪村2024年总结", PASSAGE, Where("past/2024.md", line=3), year, period)
    return check_draft(read_draft(draft), facts(), [passage] if past else [], year=2025, period="全年")


def errors(draft, **given):
    return [(f.code, draft[f.span.start : f.span.end]) for f in check(draft, **given).findings if f.span]


def without_links(draft):
    return re.sub(r"\[([^\]]*)\]\[[^\]]*\]", r"\1", draft.partition("[P1.1-F1.1]:")[0])


def test_a_comparison_is_derived_and_names_both_places_and_the_formula():
    found = {number.surface: number for number in check(DRAFT).numbers}

    assert check(DRAFT).ok
    assert found["4起"].verdict == "derived"
    assert found["4起"].formula == "P1.1-F1.1"
    assert [(w.file, w.line) for w in found["4起"].where] == [("past/2024.md", 3), ("notes.md", 1)]
    assert "9020 − 8140" in found["10.8%"].message


def test_the_same_comparison_typed_by_hand_passes_with_the_past_report():
    found = {number.surface: number for number in check(without_links(DRAFT)).numbers}

    assert {found[surface].verdict for surface in ("4起", "10.8%", "25%")} == {"derived"}
    assert "P1.1" in found["4起"].facts


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("减少[4起]", "减少[5起]", "5起"),
        ("减少[4起]", "增加[4起]", "4起"),
        ("减少[4起]", "减少到[4起]", "4起"),
        ("，比上年减少[4起]", "，剩余[4起]", "4起"),
        ("增长[10.8%]", "下降[10.8%]", "10.8%"),
        ("增长[10.8%]", "增长[11.8%]", "11.8%"),
        ("[10.8%][(F2.1-P1.3)/P1.3]", "[9.8%][(F2.1-P1.3)/F2.1]", "9.8%"),
        ("增长[25%]", "增长[20%]", "20%"),
    ],
)
def test_a_wrong_difference_direction_or_base_is_caught_with_and_without_links(old, new, wrong):
    assert DRAFT.count(old) == 1
    changed = DRAFT.replace(old, new)

    assert wrong in [surface for _, surface in errors(changed)]
    assert wrong in [surface for _, surface in errors(without_links(changed))]


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("[4起][P1.1-F1.1]", "[4起][P1.2-F1.2]", "4起"),
        ("[10.8%][(F2.1-P1.3)/P1.3]", "[720%][(F2.1-P1.4)/P1.4]", "720%"),
        ("[4起][P1.1-F1.1]", "[5起][P1.1-F1.2]", "5起"),
        ("[4起][P1.1-F1.1]", "[80起][F1.1+P1.1]", "80起"),
        ("[4起][P1.1-F1.1]", "[4起][P1.9-F1.1]", "4起"),
    ],
)
def test_a_mark_that_takes_other_numbers_than_the_sentence_is_caught(old, new, wrong):
    assert DRAFT.count(old) == 1

    assert wrong in [surface for _, surface in errors(DRAFT.replace(old, new))]


def test_only_the_year_before_and_the_same_kind_of_period_can_be_compared_with():
    assert ("conflict", "4起") in errors(DRAFT, year=2023)
    assert ("conflict", "4起") in errors(DRAFT, period="上半年")
    assert "4起" in [surface for _, surface in errors(without_links(DRAFT), year=2023)]


def test_without_the_past_report_a_comparison_is_unsupported():
    assert ("unsupported", "4起") in errors(DRAFT, past=False)
