"""Columns of a table of notes that name a year and say that it is what was done."""

from __future__ import annotations

import pytest

from drafter.reading.notes_cells import read_column


@pytest.mark.parametrize(
    "heading", ["2025年", "2025年度", "2025年完成情况", "2025年实际完成", "2025年工作情况", "2025年底数"]
)
def test_a_year_with_what_was_done_is_a_column_of_that_year(heading: str) -> None:
    assert read_column(heading).year == 2025


def test_a_year_with_what_was_planned_is_none() -> None:
    assert read_column("2025年计划").year is None
