"""Labels are computed, refused in words, and written down as a clerk would."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.numbers.expressions import ExpressionError, compute, evaluate, operands, worked
from drafter.numbers.slots import read_quantities

NOTES = {
    "F1": "纠纷受理31起，调解成功29起",
    "F2": "讲堂24场，另有21场",
    "F3": "参保率98.6%（上年97.2%）",
    "F4": "慰问金1.9万元，困难党员38名",
    "F5": "修路2.4公里，另一段600米",
    "F6": "党员1200名，推荐比例3%",
}
QUANTITIES = {q.id: q for name, text in NOTES.items() for q in read_quantities(text, name)}


@pytest.mark.parametrize(
    ("label", "value", "shown"),
    [
        ("F1.1", "31", "31 = 31"),
        ("F2.1+F2.2", "45", "24 + 21 = 45"),
        ("F1.1-F1.2", "2", "31 − 29 = 2"),
        ("F1.1/F1.1", "1", "31 ÷ 31 = 100%"),
        ("F3.1-F3.2", "1.4", "98.6% − 97.2% = 1.4%"),
        ("F4.1/F4.2", "500", "19000 ÷ 38 = 500"),
        ("F5.1+F5.2", "3000", "2400 + 600 = 3000"),
        ("F6.1*F6.2", "36", "1200 × 3% = 36"),
        ("(F2.1-F2.2)/F2.2", None, "（24 − 21） ÷ 21 = 14.3%"),
    ],
)
def test_an_expression_is_computed_and_written_down(label, value, shown):
    assert worked(label, QUANTITIES) == shown
    if value is not None:
        assert evaluate(label, QUANTITIES) == Decimal(value)


@pytest.mark.parametrize(
    "label",
    [
        "",
        "31",
        "F1",
        "F1.1 + F2.1",
        "F1.1+",
        "(F1.1",
        "F1.1)",
        "F9.1",
        "F1.1//F1.2",
        "F1.1+F3.1",
        "F1.1**F1.2",
    ],
)
def test_what_is_no_expression_is_refused(label):
    with pytest.raises(ExpressionError):
        evaluate(label, QUANTITIES)


def test_division_by_zero_is_refused():
    quantities = {q.id: q for q in read_quantities("完成5件，剩余0件", "F1")}

    with pytest.raises(ExpressionError):
        evaluate("F1.1/F1.2", quantities)


def test_operands_come_back_in_order_with_repetitions():
    assert operands("(F1.1-P2.3)/P2.3") == ("F1.1", "P2.3", "P2.3")


def test_different_measure_words_of_one_class_make_a_ratio():
    quantities = {q.id: q for q in read_quantities("受理38件，调成38起，8人参与", "F1")}

    assert compute("F1.2/F1.1", quantities).kind == "ratio"
    assert compute("F1.1/F1.3", quantities).kind == "amount"


def test_a_label_with_too_many_numbers_is_refused():
    with pytest.raises(ExpressionError):
        operands("+".join(["F1.1"] * 25))


@given(st.lists(st.sampled_from(sorted(QUANTITIES)), min_size=1, max_size=6))
def test_a_sum_does_not_depend_on_its_order(names):
    names = [name for name in names if QUANTITIES[name].unit == "起"] or ["F1.1"]

    assert evaluate("+".join(names), QUANTITIES) == evaluate("+".join(reversed(names)), QUANTITIES)


@given(st.text(alphabet="FP0123456789.+-*/() ", max_size=30))
def test_any_text_is_computed_or_refused(label):
    try:
        evaluate(label, QUANTITIES)
    except ExpressionError:
        return
    assert operands(label)
