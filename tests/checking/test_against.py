"""This year's numbers beside last year's: only what says the same of the same thing, and nothing in doubt."""

from drafter.checking import PastText
from drafter.checking.against import set_beside
from drafter.reading.notes import facts_from_texts


def pairs(notes, past, year=2025):
    facts = facts_from_texts(notes)
    used = [quantity.id for fact in facts for quantity in fact.quantities]
    found = set_beside(facts, [PastText("松溪村2024年工作总结", past, None, 2024)], used, year)
    return [(pair.this.surface, pair.last.surface) for pair in found]


def test_numbers_of_one_slot_stand_beside_each_other_however_the_year_worded_them():
    notes = ["矛盾纠纷受理38起，调解成功38起", "夜间巡逻203次；网格员14名", "清运垃圾125吨", "参学率95.8%"]
    past = "全年共受理各类矛盾纠纷42起，调解成功41起。组建由12名网格员组成的巡逻队，开展夜间巡逻186次。清运积存垃圾118吨，参学率达95.2%。"

    assert pairs(notes, past) == [
        ("38起", "42起"),
        ("38起", "41起"),
        ("203次", "186次"),
        ("14名", "12名"),
        ("125吨", "118吨"),
        ("95.8%", "95.2%"),
    ]


def test_another_unit_another_year_or_a_plan_is_no_pair():
    assert pairs(["举办讲座9场"], "举办讲座80人次。") == []
    assert pairs(["举办讲座9场"], "2023年举办讲座7场。") == []
    assert pairs(["举办讲座9场"], "下一步，计划明年举办讲座12场。") == []
    assert pairs(["举办讲座9场"], "修路3公里。") == []


def test_of_two_that_fit_equally_well_none_is_taken():
    assert pairs(["举办讲座9场"], "举办讲座7场。\n举办讲座8场。") == []


def test_a_number_that_the_draft_does_not_print_is_left_out():
    facts = facts_from_texts(["举办讲座9场"])

    assert set_beside(facts, [PastText("去年", "举办讲座7场。")], [], 2025) == ()
