"""A number worked out is printed in the scale that a clerk would choose."""

from __future__ import annotations

import pytest

from drafter.numbers.slots import read_quantities
from drafter.writing.derived import derive


@pytest.mark.parametrize(
    ("note", "label", "printed"),
    [
        ("营业额5.12亿元，上年4.85亿元", "F1.1-F1.2", "2700万元"),
        ("营业额5.12亿元，上年3.6亿元", "F1.1-F1.2", "1.52亿元"),
        ("捐款58万元，上年41.5万元", "F1.1-F1.2", "16.5万元"),
    ],
)
def test_a_difference_keeps_a_scale(note: str, label: str, printed: str) -> None:
    quantities = {quantity.id: quantity for quantity in read_quantities(note, "F1")}
    assert derive(label, quantities) == printed
