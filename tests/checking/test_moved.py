"""A bullet put into the notes makes no number of the draft wrong: marks are followed by the words they quote."""

from drafter.checking import PastText, check_draft, check_text
from drafter.draftfile import read_draft
from drafter.model import Where

BEFORE = ("受理纠纷31起，办结30起", "讲座9场", "巡逻203次")
AFTER = ("新建凉亭2处", *BEFORE)
DRAFT = (
    "受理纠纷[31起][F1.1]，办结率[96.8%][F1.2/F1.1]，举办讲座[9场][F2.1]。\n\n"
    '[F1.1]: <F1> "受理纠纷31起，办结30起"\n'
    '[F1.2/F1.1]: <F1> "30 ÷ 31 = 96.8%"\n'
    '[F2.1]: <F2> "讲座9场"\n'
)


def test_marks_are_followed_to_where_their_words_stand_now():
    check = check_text(DRAFT, AFTER)

    assert [(f.code, f.severity) for f in check.findings] == [("source-moved", "warning")]
    assert "如 F1 现在是 F2" in check.findings[0].message
    assert [n.facts for n in check.numbers] == [("F2.1",), ("F2.2", "F2.1"), ("F3.1",)]
    assert check_text(DRAFT, BEFORE).findings == ()


def test_a_number_that_its_own_words_do_not_have_stays_an_error():
    wrong = DRAFT.replace("[9场]", "[203次]").replace("讲座[", "活动[")

    assert "conflict" in [f.code for f in check_text(wrong, AFTER).findings if f.severity == "error"]


def test_words_that_changed_are_told_with_what_stands_there_now():
    codes = {f.code: f.message for f in check_text(DRAFT, ("受理纠纷31起，办结29起", *BEFORE[1:])).findings}

    assert "现在是“受理纠纷31起，办结29起”" in codes["source-moved"]


def test_words_that_stand_twice_are_not_guessed_at():
    check = check_text(DRAFT, ("新建凉亭2处", "植树5棵", BEFORE[1], *BEFORE))

    assert "conflict" in [f.code for f in check.findings]


def test_a_past_section_that_is_not_where_its_mark_says_is_told():
    draft = '## [二、宣传][P2]\n\n[P2]: <past/2024.md#L7> "松溪村2024年工作总结 · 二、宣传"\n'
    there = PastText("松溪村2024年工作总结 二、宣传", "二、宣传\n举办讲座。", Where("past/2024.md", 7))
    moved = there._replace(where=Where("past/2024.md", 9))
    other = there._replace(where=Where("past/2023.md", 9))

    def codes(passage):
        return [f.code for f in check_draft(read_draft(draft), [], [passage]).findings]

    assert codes(there) == []
    assert codes(moved) == ["source-moved"]
    assert codes(other) == []
    assert codes(moved._replace(quoted=True)) == []
