"""Where the words of a note stand round a measure word without its number, the number is missed there."""

from __future__ import annotations

import pytest

from drafter import check_text

CASES = {
    "the words before it stand in another order": ("意向达成52人", "现场达成意向▯人。", "52"),
    "its like is numbered in the same sentence": (
        "陶艺课学员24人，绣花课学员31人",
        "陶艺课学员▯人和绣花课学员31人结业。",
        "24",
    ),
    "the words of the note stand on both sides": ("登记养蜂57户蜂农", "登记养蜂▯户蜂农全部到位。", "57"),
}


@pytest.mark.parametrize("place", CASES)
def test_a_number_that_the_words_of_its_note_ask_for_is_missed(place: str) -> None:
    note, shown, number = CASES[place]
    draft = shown.replace("▯", "")
    errors = [f for f in check_text(draft, [note]).findings if f.severity == "error"]

    assert any(f.span and f.span.start <= shown.index("▯") <= f.span.end for f in errors)
    assert check_text(shown.replace("▯", number), [note]).ok


def test_guard_a_number_in_chinese_characters_is_not_missed() -> None:
    assert check_text("走访渔户六十四户。", ["走访渔户64户"]).ok
