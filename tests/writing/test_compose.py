"""Composing: facts stay whole, frames fit or are left alone, nothing of the past slips in."""

import pytest

from drafter.model import Borrowed, Exemplar, Number, Report, Section, ToFill, Where, Words
from drafter.reading.notes import facts_from_texts
from drafter.writing.borrowing import Surroundings
from drafter.writing.compose import compose_item
from drafter.writing.lending import lent_share, trim_lent
from drafter.writing.material import Material, Used
from drafter.writing.sentences import official

MEDIATION = (
    "坚持“预防为主、调防结合”的原则，全年共受理各类矛盾纠纷42起，调解成功41起，调解成功率97.6%，"
    "做到小事不出网格、大事不出社区。登记出租房屋318户，办理居住证426人次。"
)


def exemplar(text, unit="梧桐社区"):
    section = Section("s1", 2, "（一）做实矛盾调解。", (), text, where=Where("past/2024.md", line=3))
    return Exemplar("P1", section, Report("r1", f"{unit}2024年工作总结", unit=unit, year=2024))


def compose(notes, past=MEDIATION, *, period="全年", own=True, usual=True):
    facts = facts_from_texts(notes)
    around = Surroundings("\n".join(notes) + "梧桐社区", 2025)
    material = Material(
        {fact.id: fact for fact in facts},
        around,
        period,
        is_usual=lambda clause: usual,
        is_own=lambda report: own,
    )
    return compose_item(facts, [exemplar(past)] if past else [], material, Used())


def plain(paragraph):
    parts = []
    for piece in paragraph:
        match piece:
            case Number():
                parts.append(piece.surface)
            case ToFill():
                parts.append(f"【待补：{piece.what}】")
            case _:
                parts.append(piece.text)
    return "".join(parts)


def labels(paragraph):
    return [piece.label for piece in paragraph if isinstance(piece, Number)]


def test_a_frame_carries_this_years_numbers_and_the_usual_rate_is_worked_out():
    paragraph = compose(["矛盾纠纷受理38起，调解成功38起"])

    assert "全年共受理各类矛盾纠纷38起，调解成功38起，调解成功率100%，" in plain(paragraph)
    assert labels(paragraph) == ["F1.1", "F1.2", "F1.2/F1.1"]


def test_general_words_are_borrowed_and_marked():
    paragraph = compose(["矛盾纠纷受理38起，调解成功38起"])

    assert [piece for piece in paragraph if isinstance(piece, Borrowed)] == [
        Borrowed("坚持“预防为主、调防结合”的原则，", "P1"),
        Borrowed("做到小事不出网格、大事不出社区。", "P1"),
    ]


def test_a_rate_that_the_notes_give_is_not_worked_out_again():
    paragraph = compose(["矛盾纠纷受理38起，调解成功37起，成功率97.4%"])

    assert labels(paragraph) == ["F1.1", "F1.2", "F1.3"]


def test_no_number_of_the_past_survives():
    paragraph = compose(["矛盾纠纷受理38起，调解成功38起", "出租房登记335户"])

    assert not any(number in plain(paragraph) for number in ("42", "41", "97.6", "426", "318"))


def test_a_number_that_the_unit_always_gives_becomes_a_place_to_fill():
    assert "办理居住证【待补：人次】" in plain(compose(["出租房屋登记335户"]))


def test_money_is_asked_for_in_the_measure_that_the_unit_gave_it_in():
    past = "举办招聘会18场，发放创业贷款1180万元。"

    assert "发放创业贷款【待补：万元】" in plain(compose(["招聘会19场"], past))


def test_a_section_has_two_places_to_fill_at_most():
    facts = facts_from_texts(["招聘会19场", "路灯新装66盏", "花草栽种330株"])
    pasts = [
        "举办招聘会18场，发放岗位手册600册。",
        "新装路灯60盏，铺设管道8公里。",
        "栽种花草300株，修剪绿篱20处。",
    ]
    material = Material(
        {fact.id: fact for fact in facts}, Surroundings("梧桐社区", 2025), "全年", is_own=lambda _: True
    )
    used = Used()

    texts = [
        plain(compose_item([fact], [exemplar(past)], material, used))
        for fact, past in zip(facts, pasts, strict=True)
    ]

    assert [text.count("待补") for text in texts] == [1, 1, 0]


def test_nothing_is_asked_for_that_the_unit_gave_once():
    assert "待补" not in plain(compose(["出租房屋登记335户"], usual=False))


def test_nothing_is_asked_for_that_the_notes_say_elsewhere():
    assert "待补" not in plain(compose(["出租房屋登记335户", "居住证办理410人次"]))


def test_the_later_clauses_of_a_fact_stay_with_what_its_first_one_names():
    past = "组织党员集中学习24次，参学党员3816人次，参学率95.2%。举办专题讲座8次，参加210人次。"

    text = plain(compose(["党员集中学习30次，参学3900人次", "专题讲座12次，参学1068人次"], past))

    assert text.index("30次") < text.index("3900人次") < text.index("12次") < text.index("1068人次")


@pytest.mark.parametrize(
    ("note", "past", "wrong"),
    [
        ("重点项目开工16个", "重点项目竣工12个。", "竣工"),
        ("新增低保对象8户", "退出低保对象5户。", "退出"),
        ("发放资料2000份", "收回资料300份。", "收回"),
        ("残疾人培训40人", "残疾人就业30人。", "就业"),
    ],
)
def test_a_frame_is_never_stretched_over_a_fact_that_says_something_else(note, past, wrong):
    text = plain(compose([note], past))

    assert wrong not in text
    assert labels(compose([note], past)) == ["F1.1"]


def test_all_facts_are_said_whether_or_not_the_past_has_a_frame():
    notes = ["矛盾纠纷受理38起，调解成功38起", "前进小区新装智能门禁6处", "群众送来锦旗"]

    text = plain(compose(notes))

    assert "前进小区新装智能门禁6处" in text
    assert "群众送来锦旗" in text


def test_without_past_sections_facts_become_plain_official_sentences():
    assert plain(compose(["矛盾纠纷受理38起，成功37起"], past="")) == "受理矛盾纠纷38起，成功37起。"
    assert plain(compose(["招聘会4场，岗位900余个"], past="")) == "举办招聘会4场，岗位900余个。"


def test_words_of_another_period_are_put_right():
    assert "上半年共受理各类矛盾纠纷38起" in plain(compose(["矛盾纠纷受理38起"], period="上半年"))


@pytest.mark.parametrize(
    "words",
    ["在望海街道的指导下", "坚持“桂雨行动”引领", "按照十八大的要求", "以创先争优为抓手", "坚持×××的领导"],
)
def test_names_campaigns_and_masks_are_not_borrowed(words):
    paragraph = compose(["矛盾纠纷受理38起"], f"{words}，全年共受理各类矛盾纠纷42起。")

    assert not any(isinstance(piece, Borrowed) for piece in paragraph)


def test_contradicting_numbers_are_both_shown():
    facts = facts_from_texts(["注册志愿者512名，服务队9支", "年底统计注册志愿者521名，服务36场"])
    doubts = {"F1.1": ("F2.1",), "F2.1": ("F1.1",)}
    material = Material({fact.id: fact for fact in facts}, Surroundings("志愿者", 2025), "全年", doubts)

    text = plain(compose_item(facts, [], material, Used()))

    assert (
        text == "注册志愿者512名【待核：要点另一处写作521名】，服务队9支。"
        "年底统计注册志愿者521名【待核：要点另一处写作512名】，服务36场。"
    )


def test_composing_twice_gives_the_same():
    notes = ["矛盾纠纷受理38起，调解成功38起", "出租房登记335户"]

    assert compose(notes) == compose(notes)


def test_borrowed_words_are_cut_back_to_their_share():
    paragraph = (
        Borrowed("甲" * 30 + "，", "P1"),
        Words("受理"),
        Number("38起", "F1.1"),
        Words("，"),
        Borrowed("乙" * 9 + "。", "P1"),
    )

    (kept,) = trim_lent([paragraph])

    assert lent_share([kept]) <= 1 / 3
    assert plain(kept).endswith("。")


def test_a_stripped_page_serves_as_frame():
    assert "共发放宣传单900份" in plain(compose(["宣传单发放900份"], "宣传月期间，共发放宣传单余份。"))


@pytest.mark.parametrize(
    ("note", "past"),
    [
        ("未化解纠纷2起", "化解纠纷20起。"),
        ("居民不满意96人", "居民满意90人。"),
        ("仅办理社保卡34件", "共办理社保卡40件。"),
        ("五类水体达标12处", "一类水体达标10处。"),
        ("少数村民同意236户", "多数村民同意230户。"),
        ("农户种植玉米210亩水稻310亩", "农户种植水稻300亩玉米200亩。"),
        ("妇女33名（老人13名）", "老人30名（妇女10名）。"),
        ("受理举报13件和投诉21件", "受理投诉10件和举报20件。"),
    ],
)
def test_a_frame_never_turns_a_note_round(note, past):
    assert plain(compose([note], past)).startswith(note)


def test_no_rate_is_worked_out_from_a_number_of_something_else():
    past = "排查矛盾纠纷120起，化解118起，化解率98.3%。"

    text = plain(compose(["矛盾纠纷化解118起，排查120起，未化解2起"], past))

    assert "1.7%" not in text


def test_a_bullet_that_follows_another_stays_behind_it():
    past = "办结信访件15件。排查隐患61处。"

    text = plain(compose(["排查隐患60处", "其中消防隐患20处", "已整改18处", "办结信访件14件"], past))

    assert "排查隐患60处，其中消防隐患20处，已整改18处。" in text


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ("群众工作人员接待120人次", "群众工作人员接待120人次。"),
        ("火灾3次", "火灾3次。"),
        ("复查整改70处", "复查整改70处。"),
        ("明年计划改造5个小区", "明年计划改造5个小区。"),
        ("培训党务干部3期", "培训党务干部3期。"),
        ("夜间巡逻203次", "开展夜间巡逻203次。"),
        ("投诉：12次", "投诉12次。"),
        ("文明餐桌：餐饮单位58家", "文明餐桌方面，餐饮单位58家。"),
        ("同比：案件下降15%", "同比，案件下降15%。"),
        ("排查{隐患}12处", "排查（隐患）12处。"),
    ],
)
def test_words_are_put_in_only_where_they_belong(note, text):
    assert plain(compose([note], past="")) == text


def test_a_gap_in_the_notes_is_a_gap_in_the_draft():
    assert "【待补：人次】" in plain(compose(["慰问困难群众 人次，发慰问金12.6万元"], past=""))


@pytest.mark.parametrize("note", ["资助大学生（待定）名", "走访__户", "慰问困难党员××人", "参加 人次"])
def test_whatever_holds_the_place_of_a_number_is_a_place_to_fill(note):
    text = plain(compose([note], past=""))

    assert "【待补：" in text
    assert "__" not in text
    assert "××" not in text


def test_a_rate_that_the_checker_reads_otherwise_is_left_out():
    past = "发现隐患100处，剩余5处，整改率5%。"

    text = plain(compose(["发现隐患2310处，剩余39处"], past))

    assert "%" not in text


@pytest.mark.parametrize(
    ("said", "unit", "official_words"),
    [
        ("集中整治{F1.1}", "次", "开展集中整治{F1.1}"),
        ("就业培训{F1.1}", "期", "举办就业培训{F1.1}"),
        ("邻里运动会{F1.1}", "场", "举办邻里运动会{F1.1}"),
        ("安全隐患排查{F1.1}", "处", "排查安全隐患{F1.1}"),
        ("接受培训{F1.1}", "次", "接受培训{F1.1}"),
    ],
)
def test_an_activity_in_shorthand_gets_its_verb_and_a_sentence_stays_as_it_is(said, unit, official_words):
    assert official(said, unit) == official_words


@pytest.mark.parametrize(
    ("note", "past", "said"),
    [
        (
            "信访96件，办结95件",
            "受理信访104件，办结103件，办结率99%。",
            "受理信访96件，办结95件，办结率99%。",
        ),
        ("网格员14名", "配备网格员12名。", "配备网格员14名。"),
        ("周末课堂服务学生58名", "“周末课堂”服务学生52名。", "“周末课堂”服务学生58名。"),
        ("参学率95.8%", "参学率达95.2%。", "参学率达95.8%。"),
    ],
)
def test_a_frame_may_open_with_a_verb_that_only_carries_the_count_and_quote_a_known_name(note, past, said):
    assert plain(compose([note], past)) == said


@pytest.mark.parametrize(
    ("note", "past"),
    [
        ("投放点20处", "建成投放点18处。"),
        ("优抚对象221人次", "走访慰问优抚对象214人次。"),
        ("信访办结96件", "受理信访104件。"),
        ("信访96件", "未受理信访104件。"),
    ],
)
def test_a_verb_that_claims_a_deed_is_not_put_before_a_count(note, past):
    assert not any(verb in plain(compose([note], past)) for verb in ("建成", "走访", "受理"))


def test_a_usual_rate_is_worked_out_over_two_bullets_of_one_past_sentence():
    past = "全年排查矛盾纠纷207起，成功化解204起，化解率98.6%。"
    paragraph = compose(["排查矛盾纠纷198起", "成功化解196起"], past)

    assert plain(paragraph) == "全年排查矛盾纠纷198起；成功化解196起，化解率99%。"
    assert labels(paragraph) == ["F1.1", "F2.1", "F2.1/F1.1"]
