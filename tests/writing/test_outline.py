"""The outline: after the unit's own report, else after topics; every fact once; a file to edit."""

from dataclasses import replace

import pytest

from drafter.errors import UsageError
from drafter.model import Report, Section, Where
from drafter.reading.notes import facts_from_texts
from drafter.writing.borrowing import Surroundings
from drafter.writing.head import Head
from drafter.writing.outline import Past, is_same_unit, latest_own_report, plan_outline
from drafter.writing.outline_file import read_outline, write_outline

HEAD = Head("梧桐社区2025年工作总结", "梧桐社区", 2025, "全年")


def section(number, level, heading, text="", report="r"):
    return Section(f"{report}{number}", level, heading, (heading,), text, where=Where("past.md", line=number))


def own_report(year=2024, period="全年"):
    return Report(
        f"r{year}{period}",
        f"梧桐社区{year}年工作总结",
        unit="梧桐社区",
        year=year,
        period=period,
        sections=(
            section(1, 1, "", "2024年，梧桐社区紧扣中心工作。现有居民300户。"),
            section(2, 1, "一、加强综合治理，维护辖区稳定"),
            section(3, 2, "（一）做实矛盾调解。", "全年受理矛盾纠纷42起。"),
            section(4, 2, "（二）强化群防群治。", "开展夜间巡逻186次。"),
            section(5, 1, "二、办好民生实事"),
            section(6, 2, "（一）兜牢救助底线。", "现有低保对象38户57人。"),
            section(7, 1, "三、存在问题", "停车难。"),
            section(8, 1, "四、2025年工作打算", "抓民生。"),
        ),
    )


def plan(notes, reports, unit="梧桐社区", period="全年", topics=None):
    facts = facts_from_texts(notes)
    if topics:
        facts = tuple(replace(fact, topic=topic) for fact, topic in zip(facts, topics, strict=True))
    around = Surroundings("\n".join(notes) + unit, 2025)
    return facts, plan_outline(facts, Past(reports), around, unit=unit, year=2025, period=period)


def placed(outline):
    return {
        fact.id: item.heading or section.heading
        for section in outline.sections
        for item in (section, *section.children)
        for fact in item.facts
    }


def test_what_the_past_had_no_place_for_goes_to_the_item_that_speaks_of_it():
    notes = ["矛盾纠纷受理38起", "夜间巡逻203次", "巡逻中送迷路学生回家", "新置电动车3辆"]

    _, outline = plan(notes, [own_report()], topics=["综治"] * 4)

    assert placed(outline)["F3"].endswith("强化群防群治")
    assert placed(outline)["F4"].startswith("一、")


def test_facts_go_where_the_unit_wrote_of_the_same_thing():
    _, outline = plan(["夜间巡逻203次", "矛盾纠纷受理38起", "低保36户53人"], [own_report()])

    assert placed(outline) == {
        "F1": "（二）强化群防群治",
        "F2": "（一）做实矛盾调解",
        "F3": "（一）兜牢救助底线",
    }


def test_every_fact_is_assigned_once():
    notes = ["夜间巡逻203次", "公园里新种了树", "低保36户", "问题：停车还是难", "明年打算：建食堂"]
    facts, outline = plan(notes, [own_report()])

    assert sorted(placed(outline)) == [fact.id for fact in facts]
    assert outline.unassigned == ()


def test_problems_and_plans_of_the_notes_go_to_their_sections():
    _, outline = plan(["问题：停车还是难", "明年打算：建食堂", "低保36户"], [own_report()])

    assert placed(outline)["F1"] == "二、存在问题"
    assert placed(outline)["F2"] == "三、下一步打算"


def test_a_heading_with_last_years_number_is_not_carried_over():
    _, outline = plan(["低保36户"], [own_report()])

    assert not any("2025" in section.heading for section in outline.sections)


def test_the_year_in_a_heading_of_last_year_is_renewed():
    past = own_report()
    works = section(2, 1, "一、2024年主要工作")
    renamed = replace(past, sections=(past.sections[0], works, *past.sections[2:]))
    _, outline = plan(["低保36户", "夜间巡逻203次"], [renamed], topics=["民政", "综治"])

    assert "一、2025年主要工作" in [one.heading for one in outline.sections]


def test_sections_without_facts_are_left_out_and_numbers_close_up():
    _, outline = plan(["低保36户53人"], [own_report()])

    assert [section.heading for section in outline.sections][:2] == ["", "一、办好民生实事"]


def test_the_latest_report_of_the_same_period_is_the_model():
    reports = [own_report(2023), own_report(2024), own_report(2024, "上半年")]

    assert latest_own_report(reports, "梧桐社区", 2025, "全年").id == "r2024全年"
    assert latest_own_report(reports, "梧桐社区", 2025, "上半年").id == "r2024上半年"


def test_a_report_of_the_same_time_is_no_model():
    assert latest_own_report([own_report(2025)], "梧桐社区", 2025, "全年") is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("梧桐社区", "青山街道梧桐社区", True),
        ("梧桐社区", "海棠社区", False),
        ("社区", "梧桐社区", False),
        ("xxx街道", "xxx街道", False),
    ],
)
def test_units_are_the_same_by_name_and_masks_never(one, other, same):
    assert is_same_unit(one, other) is same


def test_without_own_reports_the_topics_of_the_notes_become_sections():
    notes = ["夜间巡逻203次", "矛盾纠纷受理38起", "低保36户"]
    _, outline = plan(notes, [], unit="青山镇", topics=["综治", "综治", "民生保障"])

    headings = [section.heading for section in outline.sections]
    assert headings == ["", "一、综治工作", "二、民生保障工作", "三、存在问题", "四、下一步打算"]


def test_an_outline_comes_back_as_it_was_edited():
    facts, outline = plan(["夜间巡逻203次", "矛盾纠纷受理38起", "低保36户53人"], [own_report()])
    by_id = {fact.id: fact for fact in facts}

    text = write_outline(outline, HEAD, by_id)
    moved = text.replace("- F3 低保36户53人\n", "").replace("- F2 ", "- F3 挪过来的\n- F2 ")
    again = read_outline(moved, outline, by_id)

    assert placed(read_outline(text, outline, by_id)) == placed(outline)
    assert placed(again)["F3"] == "（一）做实矛盾调解"


@pytest.mark.parametrize(
    "text",
    ["## 一、综治\n- F9 没有这一条\n", "## 一、综治\n- F1 甲\n- F1 甲\n", "- F1 没有标题\n", "没有一节\n"],
)
def test_an_outline_that_cannot_be_meant_is_refused(text):
    facts, outline = plan(["夜间巡逻203次"], [own_report()])

    with pytest.raises(UsageError):
        read_outline(text, outline, {fact.id: fact for fact in facts})


@pytest.mark.parametrize(
    ("note", "heading"),
    [
        ("困难群众慰问：120户", None),
        ("问题整改：巡察反馈12个", None),
        ("存在问题：停车难", "存在问题"),
        ("下步打算引进项目13个", "下一步打算"),
        ("2026年将新建养老站2个", "下一步打算"),
    ],
)
def test_only_what_announces_problems_or_plans_goes_there(note, heading):
    _, outline = plan([note, "低保36户"], [own_report()])

    found = placed(outline)["F1"]
    assert (heading in found) if heading else ("问题" not in found and "打算" not in found)


def test_plans_for_the_second_half_are_plans_of_a_half_year_report():
    _, outline = plan(["改造小区4个", "低保36户"], [own_report()], period="上半年", topics=["下半年", "民生"])

    assert "打算" in placed(outline)["F1"]


def test_two_sections_of_problems_do_not_say_the_same_twice():
    from dataclasses import replace

    base = own_report()
    twice = replace(base, sections=(*base.sections, section(9, 1, "五、面临的困难", "人少。")))
    _, outline = plan(["存在问题：停车难"], [twice])

    assert sum(fact.id == "F1" for plan_ in outline.sections for fact in plan_.facts) == 1


def test_no_fact_is_lost_where_topics_are_missing():
    from drafter.model import Hit

    report = own_report()
    opening = report.sections[0]
    other = report.sections[2]

    def search(query, k):
        hit = opening if "居民" in query or "清运" in query else other
        return [Hit(1.0, hit if hit is other else section(1, 1, ""), report)][:k]

    facts = facts_from_texts(["清运垃圾130吨", "矛盾纠纷受理22起", "社区现有居民3100户", "化解纠纷20起"])
    around = Surroundings("x", 2025)
    outline = plan_outline(facts, Past([report], search), around, unit="白云社区", year=2025, period="全年")

    assert outline.unassigned == ()


def test_an_office_is_its_place():
    assert is_same_unit("青石街道办事处", "青石街道")
    assert is_same_unit("云溪社区居民委员会", "云溪社区")


def test_the_clerks_topic_decides_the_section():
    notes = ["夜间巡逻203次", "矛盾纠纷受理38起", "给老人送菜12次"]
    _, outline = plan(notes, [own_report()], topics=["综合治理", "综合治理", "综合治理"])

    section_of = {
        fact.id: top.heading
        for top in outline.sections
        for item in (top, *top.children)
        for fact in item.facts
    }
    assert set(section_of.values()) == {"一、加强综合治理，维护辖区稳定"}


@pytest.mark.parametrize(
    ("note", "heading"),
    [
        ("老城片区车位不足，高峰期拥堵", "存在问题"),
        ("部分楼道管线老化", "存在问题"),
        ("着力解决车位不足问题", "打算"),
        ("明年新建车位40个", "打算"),
        ("建设口袋公园2处", "打算"),
    ],
)
def test_problems_and_plans_under_one_topic_are_told_apart(note, heading):
    facts, outline = plan(["夜间巡逻203次", note], [own_report()], topics=["综治", "不足和明年打算"])

    assert heading in placed(outline)[facts[1].id]


def test_problems_come_before_plans_where_last_years_report_had_both_in_one():
    report = own_report()
    both = section(7, 1, "三、存在的问题和2025年工作打算", "停车难。抓民生。")
    report = replace(report, sections=(*report.sections[:6], both))
    notes = ["夜间巡逻203次", "停车位不足", "明年新建车位40个"]
    _, outline = plan(notes, [report], topics=["综治", "不足和打算", "不足和打算"])

    assert [part.role for part in outline.sections if part.facts][-2:] == ["problems", "plans"]


def test_facts_of_a_table_without_topics_join_those_that_speak_of_such_things():
    notes = ["新签约项目3个", "夜间巡逻203次", "一般公共预算收入今年310万元，上年290万元", "门前有只猫"]
    topics = ["经济发展", "综治", "", ""]
    _, outline = plan(notes, [], topics=topics)

    at = placed(outline)
    assert (at["F3"], at["F4"]) == (at["F1"], "三、其他工作")


def test_what_is_left_of_a_topic_joins_the_section_that_only_it_went_to():
    notes = [
        "低保36户53人",
        "夜间巡逻203次",
        "矛盾纠纷受理38起",
        "巡河31次",
        "种树12棵",
        "修路灯5盏",
        "换井盖7个",
    ]
    topics = ["民生", *["街面和邻里"] * 3, *["街面和邻里"] * 3]
    _, outline = plan(notes, [own_report()], topics=topics)

    at = placed(outline)
    section_of = {
        fact.id: top.heading
        for top in outline.sections
        for item in (top, *top.children)
        for fact in item.facts
    }
    assert {section_of[f"F{number}"] for number in range(2, 8)} == {"一、加强综合治理，维护辖区稳定"}
    assert at["F1"] != at["F2"]


def test_numbers_of_an_edited_outline_close_up_and_new_headings_are_set_like_the_others():
    facts, outline = plan(["夜间巡逻203次", "矛盾纠纷受理38起", "低保36户53人"], [own_report()])
    by_id = {fact.id: fact for fact in facts}
    text = write_outline(outline, HEAD, by_id)

    moved = text.replace("- F1 夜间巡逻203次\n", "").replace(
        "### （一）做实", "### （一）守好夜间\n- F1\n\n### （一）做实"
    )
    again = read_outline(moved, outline, by_id)

    section = next(one for one in again.sections if one.children)
    assert [child.heading[:5] for child in section.children][:2] == ["（一）守好", "（二）做实"]
    assert all(child.run_in for child in section.children)
