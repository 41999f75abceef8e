"""A reference in the wrong place is noticed; honest words in any order are not suspected."""

from itertools import combinations

import pytest
from phrases import honest_answers
from sample import fact, write

from drafter.writing.binding import binding_problems
from drafter.writing.declared import declared_problems
from drafter.writing.references import is_single, labels_in


def swapped(answer, one, other):
    return (
        answer.replace(f"{{{one}}}", "{@}")
        .replace(f"{{{other}}}", f"{{{one}}}")
        .replace("{@}", f"{{{other}}}")
    )


def test_of_two_hundred_honest_answers_at_least_98_in_100_are_taken_at_once():
    taken = sum(write(honest.answer, plan=honest.plan)[0].attempts == 1 for honest in honest_answers(200))

    assert taken >= 196


def test_of_all_swaps_of_two_references_at_least_98_in_100_are_noticed():
    noticed = count = 0
    for honest in honest_answers(30, seed=2):
        labels = [label for label in dict.fromkeys(labels_in(honest.answer)) if is_single(label)]
        for one, other in combinations(labels, 2):
            count += 1
            noticed += bool(binding_problems(swapped(honest.answer, one, other), honest.plan.facts))

    assert count > 1500
    assert noticed >= 0.98 * count


ROAD = (fact("F1", "道路养护任务38公里，完成36公里"), fact("F2", "桥梁检查12座，其中危桥2座"))
LEVEL = (fact("F1", "参保率98.7%，上年98.1%"),)
HALVES = (fact("F1", "培训上半年4期、下半年6期"),)

CROSSED = [
    (ROAD, "道路养护任务{F1.2}，完成{F1.1}"),
    (ROAD, "桥梁检查{F2.2}，其中危桥{F2.1}"),
    (ROAD, "道路养护任务{F2.1}，完成{F1.2}；桥梁检查{F1.1}，其中危桥{F2.2}"),
    (LEVEL, "参保率由上年的{F1.1}提高到{F1.2}"),
    (LEVEL, "参保率{F1.2}，上年{F1.1}"),
    (HALVES, "{F1.1}培训{F1.4}，{F1.3}培训{F1.2}"),
    (HALVES, "{F1.3}、{F1.1}分别培训{F1.2}、{F1.4}"),
    (HALVES, "{F1.2}开展培训{F1.1}，{F1.3}{F1.4}"),
]


@pytest.mark.parametrize(("facts", "answer"), CROSSED)
def test_numbers_in_each_others_places_are_noticed(facts, answer):
    assert binding_problems(answer, facts)


RIGHT = [
    (ROAD, "完成道路养护{F1.2}，任务为{F1.1}"),
    (ROAD, "检查桥梁{F2.1}（危桥{F2.2}），养护道路任务{F1.1}，实际完成{F1.2}"),
    (LEVEL, "参保率由上年的{F1.2}提高到{F1.1}"),
    (LEVEL, "参保率达{F1.1}（上年{F1.2}）"),
    (HALVES, "{F1.1}、{F1.3}分别培训{F1.2}、{F1.4}"),
    (HALVES, "{F1.3}培训{F1.4}，{F1.1}培训{F1.2}"),
]


@pytest.mark.parametrize(("facts", "answer"), RIGHT)
def test_numbers_in_their_own_places_are_not_suspected(facts, answer):
    assert binding_problems(answer, facts) == ()


def test_a_number_in_a_sentence_about_something_else_is_noticed():
    assert binding_problems("举办秋季运动会{F1.1}。", ROAD)


CHECKS = (fact("F1", "投诉受理200件，办结190件，满意180件"),)
WRONG = [
    "办结率{F1.3/F1.1}",
    "满意率{F1.2/F1.1}",
    "办结率{F1.1/F1.2}",
    "投诉{F1.2/F1.1}",
    "投诉受理{F1.1+F1.2}",
    "共受理投诉{F1.1+F1.2}",
    "投诉办结{F1.1-F1.2}",
]


@pytest.mark.parametrize("answer", WRONG)
def test_an_expression_that_the_words_do_not_announce_is_noticed(answer):
    assert declared_problems(answer, CHECKS)


@pytest.mark.parametrize("answer", ["办结率{F1.2/F1.1}", "满意率达{F1.3/F1.1}", "尚有{F1.1-F1.2}投诉未办结"])
def test_an_expression_that_is_announced_is_taken(answer):
    assert declared_problems(answer, CHECKS) == ()
