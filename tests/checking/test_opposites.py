"""What stands round a number decides: opposites, plans, other years, asides, rates."""

import pytest

from drafter.checking import PastText, check_draft
from drafter.draftfile import read_draft
from drafter.model import Fact, Where
from drafter.numbers.slots import read_quantities


def check(draft, notes, past=()):
    facts = [
        Fact(f"F{i}", "", text, Where("n.md", line=i), read_quantities(text, f"F{i}"))
        for i, text in enumerate(notes, start=1)
    ]
    return check_draft(read_draft(draft), facts, past, year=2025, period="全年")


def errors(draft, *notes):
    return [
        (f.code, draft[f.span.start : f.span.end])
        for f in check(draft, notes).findings
        if f.severity == "error"
    ]


OPPOSITES = [
    ("未整改隐患4处", "整改隐患4处"),
    ("剩余4处未整改", "整改4处"),
    ("抽检不合格6批", "抽检合格6批"),
    ("减少低保对象7户", "新增低保对象7户"),
    ("开工水利项目8个", "竣工水利项目8个"),
    ("关停小作坊5家", "新办小作坊5家"),
    ("拟建口袋公园2处", "建成口袋公园2处"),
    ("死亡11人", "出生11人"),
    ("余9处限期整改", "整改9处"),
    ("未按期办结3件", "办结3件"),
]


@pytest.mark.parametrize(("first", "second"), OPPOSITES)
def test_opposites_are_a_conflict_both_ways(first, second):
    assert [code for code, _ in errors(f"{second}。", first)] == ["conflict"]
    assert [code for code, _ in errors(f"{first}。", second)] == ["conflict"]
    assert errors(f"一年来，{first}。", first) == []
    assert errors(f"一年来，{second}。", second) == []


@pytest.mark.parametrize(
    ("draft", "note"),
    [
        ("服务未成年人31人。", "关爱未成年人31人"),
        ("不断加强巡查，巡查42次。", "巡查42次"),
        ("无偿献血13人。", "献血13人"),
        ("开展无人机巡查16次。", "无人机巡查16次"),
        ("接待来访14人次。", "来访接待14人次"),
        ("取缔无证摊点7个。", "无证经营摊点取缔7个"),
        ("竣工9个。", "开工项目9个，全部竣工"),
        ("整改隐患12处，未发生事故。", "隐患12处，均已整改"),
    ],
)
def test_paraphrases_are_no_opposites(draft, note):
    assert errors(draft, note) == []


@pytest.mark.parametrize(
    ("draft", "note"),
    [
        ("全年受理来信41件。", "2024年受理来信41件"),
        ("今年新建凉亭6座。", "明年新建凉亭6座"),
        ("2024年5月9日召开动员会。", "5月9日召开动员会"),
        ("群众满意度达97%。", "群众满意度目标97%"),
    ],
)
def test_another_year_and_a_plan_are_conflicts(draft, note):
    assert [code for code, _ in errors(draft, note)] == ["conflict"]


@pytest.mark.parametrize("said", ["今年", "全年", "年内", "截至目前，", "2025年", "今年以来，", "一年来，"])
def test_a_note_without_a_year_is_of_this_year(said):
    assert errors(f"{said}受理来信41件。", "受理来信41件") == []


def test_a_plan_may_be_told_as_a_plan():
    assert errors("明年计划新建凉亭6座。", "明年新建凉亭6座") == []
    assert errors("## 下一步打算\n\n新建凉亭6座。", "明年新建凉亭6座") == []


def test_numbers_in_a_doubt_are_checked_too():
    notes = ("宣讲9场", "宣讲11场")

    assert errors("宣讲[9场][F1.1]【待核：要点另一处写作[11场][F2.1]】。", *notes) == []
    assert errors("宣讲9场【待核：要点另一处写作77场】。", *notes) == [("unsupported", "77场")]
    assert errors("宣讲9场【待核：要点另一处写作[77场][F2.1]】。", *notes) == [("unsupported", "77场")]
    assert errors("宣讲9场。【待补：77件的去向】", *notes) == [("unsupported", "77件")]


RATES = "排查商户913家，发现隐患240处，已改225处，余15处限期整改"


def test_a_rate_is_one_of_what_was_done():
    plain = "发现隐患240处，整改225处，整改率93.8%，剩余15处限期整改。"
    marked = "整改[225处][F1.3]，整改率[93.8%][F1.3/F1.2]，剩余[15处][F1.4]限期整改。"

    assert errors(plain, RATES) == []
    assert errors(marked, RATES) == []
    assert (
        errors("调解纠纷[27件][F1.1]，成功[26件][F1.2]，调解率[96.3%][F1.2/F1.1]。", "调解纠纷27件，成功26件")
        == []
    )
    assert errors("办结48件，办结率[90%][F1.3/F1.1]。", "受理50件，办结48件，满意45件") != []


def test_a_message_names_the_fact_and_offers_only_what_the_words_ask_for():
    found = check("调解纠纷70件，成功68件，调解率96.1%。", ["调解纠纷70件，成功68件"]).findings
    assert found[0].message == "文中96.1%，按要点F1应为 68 ÷ 70 = 97.1%"
    assert found[0].message not in found[0].hint
    found = check("新增就业510人，同比增长9.9%。", ["新增就业510人", "招聘会27场", "培训33人"]).findings
    assert [f.message for f in found] == ["要点里找不到“9.9%”的出处"]
    found = check("慰问困难群众260户。", ["城乡低保398户512人"]).findings
    assert [f.message for f in found] == ["要点里找不到“260户”的出处"]


def test_a_list_does_not_beat_the_note():
    assert errors("技能培训2期（面点、家政）。", "技能培训5期（面点、家政）") == [("unsupported", "2期")]
    assert errors("技能培训2期（面点、家政）。", "面点、家政技能培训") == []


def test_the_title_names_the_reports_own_year():
    assert errors("# 松溪村2024年工作总结\n\n宣讲9场。", "宣讲9场") == [("conflict", "2024年")]
    assert errors("# 松溪村2025年工作总结\n\n宣讲9场。", "宣讲9场") == []


def test_a_past_place_is_no_fact():
    found = check(
        "宣讲14场。", ["宣讲9场"], [PastText("松溪村2024年工作总结", "去年的事。宣讲14场。")]
    ).findings

    assert "要点 P" not in found[0].hint
    assert "宣讲14场" in found[0].hint
