"""Times follow from those of a note: the first day of a span, the whole year of its months."""

from __future__ import annotations

import pytest

from drafter import check_text

TURNS = {
    "the first day of a span, told as from when": (
        "3月8日至4月30日巡林86次",
        "自3月8日起，巡林86次。",
        "自3月9日起，巡林86次。",
    ),
    "all months of a year": (
        "1月至12月调处争水纠纷28起",
        "全年调处争水纠纷28起。",
        "全年调处争水纠纷82起。",
    ),
    "all months of a year, told short": ("1—12月巡渠48次", "全年巡渠48次。", "全年巡渠84次。"),
    "all quarters of a year": ("一至四季度巡渠48次", "全年巡渠48次。", "全年巡渠84次。"),
}


@pytest.mark.parametrize("turn", TURNS)
def test_a_time_that_the_note_makes_up_passes_and_a_slip_does_not(turn: str) -> None:
    note, sound, slip = TURNS[turn]

    assert check_text(sound, [note]).ok
    assert not check_text(slip, [note]).ok


def test_guard_nine_months_are_no_whole_year() -> None:
    findings = check_text("全年巡渠48次。", ["1—9月巡渠48次"]).findings

    assert findings
