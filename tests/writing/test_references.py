"""Numbers go out as references and come back as they were, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import FACTS, fact

from drafter.model import Number, Words
from drafter.writing.references import ReferenceProblem, fact_with_references, labels_in, put_numbers

BY_ID = {one.id: one for one in FACTS}
MONEY = fact("F1", "争取资金3.5万元，自筹8000元，新建车棚2座，改造面积1200平方米，合格率98.5%，上年96%")


def put(text, *facts):
    return put_numbers(text, {one.id: one for one in facts})


@pytest.mark.parametrize("one", FACTS, ids=lambda one: one.id)
def test_a_fact_with_references_comes_back_as_it_was(one):
    pieces = put(fact_with_references(one), one)

    assert "".join(piece.text if isinstance(piece, Words) else piece.surface for piece in pieces) == one.text


def test_a_verb_before_a_number_is_printed_once():
    one = fact("F1", "办结率达99.6%")

    assert fact_with_references(one) == "办结率达{F1.1}"
    assert put("办结率达{F1.1}", one)[1] == Number("99.6%", "F1.1")


DERIVED = {
    "F2.2/F2.1": "92.6%",
    "F2.1-F2.2": "2起",
    "F2.2+F2.1": "52起",
    "(F2.1-F2.2)/F2.1": "7.4%",
    "F1.2/F1.1": "40.5人次",
}


@pytest.mark.parametrize("label", DERIVED)
def test_an_expression_is_worked_out_with_its_unit(label):
    assert put_numbers(f"共{{{label}}}", BY_ID)[1] == Number(DERIVED[label], label)


def test_money_keeps_the_scale_that_its_parts_share():
    two = fact("F2", "拨付资金1.25万元")

    assert put("{F1.1+F2.1}", MONEY, two) == (Number("4.75万元", "F1.1+F2.1"),)
    assert put("{F1.1+F1.2}", MONEY) == (Number("43000元", "F1.1+F1.2"),)


def test_a_difference_of_percentages_is_percentage_points():
    one = fact("F1", "满意率98.5%，去年96.2%")
    percentages = [quantity.id for quantity in one.quantities if quantity.kind == "percent"]
    label = "-".join(percentages)

    assert put(f"{{{label}}}", one) == (Number("2.3个百分点", label),)


@pytest.mark.parametrize(
    "text",
    [
        "{F9.1}",
        "{F2.9}",
        "{P1.1}",
        "{}",
        "{F2}",
        "{27}",
        "{F2.1*2}",
        "{F1.1+F2.1}",
        "{F2.2-F2.1}",
        "{F3.1+F3.1}",
        "{F7.1-F7.1}",
        "{F2.1**F2.2}",
        "{F2.1//F2.2}",
        "{F2.1,F2.2}",
        "{F2.1",
        "F2.1}",
        "{{F2.1}",
        "{F2.1 if 1 else F2.2}",
        "{" + "F2.1+" * 200 + "F2.1}",
        "{" + "(" * 2000 + "F2.1" + ")" * 2000 + "}",
    ],
)
def test_what_is_no_reference_to_these_facts_is_refused(text):
    with pytest.raises(ReferenceProblem):
        put_numbers(text, BY_ID)


def test_a_past_number_counts_only_where_it_is_given():
    past = fact("F1", "调解纠纷33起").quantities[0]
    pieces = put_numbers("比上年减少{P1.1-F2.1}", BY_ID, {"P1.1": past})

    assert pieces[1] == Number("6起", "P1.1-F2.1")


def test_labels_are_read_without_spaces_and_in_plain_signs():
    assert labels_in("率{ F2.2 ÷ F2.1 }，共｛F1.1＋F1.2｝") == ("F2.2/F2.1", "F1.1+F1.2")


@given(st.text(alphabet="{}｛｝F2.1+-*/() 邻里，9", max_size=40))
def test_no_text_gets_a_number_that_is_not_of_the_facts(text):
    try:
        pieces = put_numbers(text, BY_ID)
    except ReferenceProblem:
        return
    for piece in pieces:
        assert isinstance(piece, Words | Number)
        if isinstance(piece, Words):
            assert not set(piece.text) & set("{}｛｝")
