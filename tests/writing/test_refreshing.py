"""A draft follows its notes: what changed is rendered anew, everything else keeps its bytes."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from drafter.checking import check_draft
from drafter.draftfile import read_draft
from drafter.model import Where
from drafter.reading.notes import facts_from_texts
from drafter.reading.notes_conflicts import find_conflicts
from drafter.writing.refreshing import refresh_text


def facts_of(lines, file="notes.md"):
    """Facts of notes whose bullets are `lines`, one a line from line 2 on."""
    return tuple(
        replace(fact, where=Where(file, line=number))
        for number, fact in enumerate(facts_from_texts(lines), start=2)
    )


def definitions(facts, labels):
    by_id = {fact.id: fact for fact in facts}
    rows = []
    for label in labels:
        fact = by_id[label.partition(".")[0]]
        rows.append(f'[{label}]: <{fact.where.file}#{fact.where.place}> "{fact.text}"')
    return "\n".join(rows) + "\n"


def draft_of(body, lines, *labels, worked=""):
    return f"# 总结\n\n{body}\n\n{definitions(facts_of(lines), labels)}{worked}"


def refreshed(draft, lines, **more):
    facts = facts_of(lines)
    groups = [f.quantities for f in find_conflicts(facts) if f.code == "contradiction"]
    return refresh_text(read_draft(draft), facts, groups=groups, **more)


def body_of(result):
    return result.text.split("\n\n")[1]


PATROL = [
    "夜间巡逻203次；网格员14名、志愿者41名",
    "安全隐患排查61处，整改58处，剩3处报街道",
    "出租房登记335户",
]
SAID = (
    "开展夜间巡逻[203次][F1.1]；网格员[14名][F1.2]、志愿者[41名][F1.3]；排查安全隐患[61处][F2.1]，整改[58处][F2.2]，"
    "整改率[95.1%][F2.2/F2.1]，剩[3处][F2.3]报街道。登记出租房[335户][F3.1]，办理居住证【待补：人次】。"
)
LABELS = ("F1.1", "F1.2", "F1.3", "F2.1", "F2.2", "F2.3", "F3.1")
WORKED = '[F2.2/F2.1]: <notes.md#L3> "58 ÷ 61 = 95.1%"\n'
DRAFT = draft_of(SAID, PATROL, *LABELS, worked=WORKED)


def test_unchanged_notes_change_nothing():
    result = refreshed(DRAFT, PATROL)

    assert result.text == DRAFT
    assert result.changes == ()


def test_a_changed_number_and_the_rate_on_it_are_rendered_anew():
    result = refreshed(DRAFT, [PATROL[0], "安全隐患排查61处，整改59处，剩2处报街道", PATROL[2]])

    assert body_of(result) == SAID.replace("[58处]", "[59处]").replace("95.1%", "96.7%").replace(
        "[3处]", "[2处]"
    )
    assert '"59 ÷ 61 = 96.7%"' in result.text
    assert [change.kinds for change in result.changes] == [("number", "derived")]
    assert "整改58处" in result.changes[0].before
    assert "整改59处，整改率96.7%" in result.changes[0].after
    assert result.changes[0].facts[0].after == "安全隐患排查61处，整改59处，剩2处报街道"


def test_a_line_put_in_at_the_top_shifts_all_labels_and_no_word():
    lines = ["召开居民议事会6次", *PATROL]
    result = refreshed(DRAFT, lines)

    assert read_draft(result.text).plain.split("\n")[2] == read_draft(DRAFT).plain.split("\n")[2]
    assert "[203次][F2.1]" in result.text
    assert '[F3.2/F3.1]: <notes.md#L4> "58 ÷ 61 = 95.1%"' in result.text
    assert result.changes == ()
    assert result.added == ("F1",)


def test_bullets_in_another_order_keep_their_numbers():
    result = refreshed(DRAFT, PATROL[::-1])

    assert read_draft(result.text).plain.split("\n")[2] == read_draft(DRAFT).plain.split("\n")[2]
    assert check_draft(read_draft(result.text), facts_of(PATROL[::-1])).ok


@pytest.mark.parametrize(
    "answer",
    [
        "办理居住证426人次",
        "居住证办理426人次",
        "办理居住证：426人次",
        "办理居住证多少人次？426人次",
        "全年办理居住证426人次，回访51户",
    ],
)
def test_an_answer_fills_its_place(answer):
    result = refreshed(DRAFT, [*PATROL, answer])

    assert "办理居住证[426人次][F4.1]。" in result.text
    assert '[F4.1]: <notes.md#L5> "' in result.text
    assert result.changes[0].kinds == ("filled",)
    assert check_draft(read_draft(result.text), facts_of([*PATROL, answer])).ok


def test_an_answer_inside_a_known_bullet_fills_its_place():
    lines = [*PATROL[:2], "出租房登记335户，办理居住证426人次"]
    assert "登记出租房[335户][F3.1]，办理居住证[426人次][F3.2]。" in refreshed(DRAFT, lines).text


@pytest.mark.parametrize(
    "other",
    [
        "举办培训班12期",
        "受理居住证投诉3起",
        "服务居民426人次",
        "去年办理居住证400人次",
        "免费体检办理426人次",
    ],
)
def test_a_number_of_something_else_fills_nothing(other):
    result = refreshed(DRAFT, [*PATROL, other])

    assert "【待补：人次】" in result.text
    assert result.added == ("F4",)


def test_two_answers_to_one_question_fill_nothing():
    assert "【待补：人次】" in refreshed(DRAFT, [*PATROL, "办理居住证426人次", "办理居住证431人次"]).text


def test_a_place_that_names_its_subject_is_filled_with_it():
    draft = draft_of("【待补：培训班期数】，参训[203人次][F1.1]。", ["参训203人次"], "F1.1")
    assert body_of(refreshed(draft, ["参训203人次", "培训班12期"])).startswith("培训班[12期][F2.1]，")


def test_a_deleted_bullet_leaves_its_words_and_a_doubt():
    result = refreshed(DRAFT, PATROL[:2])

    assert "登记出租房335户【待核：要点已删去这条】，" in result.text
    assert "F3.1" not in result.text
    assert result.changes[0].kinds == ("deleted",)
    check = check_draft(read_draft(result.text), facts_of(PATROL[:2]))
    assert [finding.code for finding in check.findings if finding.severity == "error"] == ["unsupported"]


def test_a_number_gone_from_a_bullet_is_doubted_and_what_rests_on_it_too():
    result = refreshed(DRAFT, [PATROL[0], "安全隐患排查61处，剩3处报街道", PATROL[2]])

    assert "整改58处，整改率95.1%【待核：要点里已没有这个数】，" in result.text
    assert "剩[3处][F2.3]" not in result.text
    assert "剩[3处][F2.2]" in result.text


def test_an_edited_bullet_elsewhere_is_found_by_its_words():
    result = refreshed(DRAFT, ["安全隐患共排查61处，整改59处，剩2处报街道", "出租房登记340户", PATROL[0]])

    assert "整改[59处][F1.2]" in result.text
    assert "[340户][F2.1]" in result.text
    assert "[203次][F3.1]" in result.text


def test_swapped_numbers_within_a_bullet_follow_their_words():
    result = refreshed(DRAFT, ["夜间巡逻203次；志愿者43名、网格员14名", *PATROL[1:]])

    assert "网格员[14名][F1.3]、志愿者[43名][F1.2]" in result.text


def test_a_bullet_split_in_two_keeps_its_numbers():
    lines = ["夜间巡逻203次", "网格员14名、志愿者41名", *PATROL[1:]]
    result = refreshed(DRAFT, lines)

    assert "[203次][F1.1]；网格员[14名][F2.1]、志愿者[41名][F2.2]" in result.text
    assert not any("deleted" in change.kinds for change in result.changes)


@pytest.mark.parametrize(
    ("printed", "old", "new", "expected"),
    [
        ("近千份", "宣传单发放986份", "宣传单发放991份", "近千份"),
        ("近千份", "宣传单发放986份", "宣传单发放1980份", "近两千份"),
        ("900余份", "宣传单发放986份", "宣传单发放1120份", "1100余份"),
        ("1.2万份", "宣传单发放12000份", "宣传单发放13500份", "1.35万份"),
        ("近6000份", "宣传单发放近6000份", "宣传单发放近7000份", "近7000份"),
        ("九百八十六份", "宣传单发放986份", "宣传单发放1024份", "一千零二十四份"),
        ("986份", "宣传单发放986份", "宣传单发放近千份", "近千份"),
        ("12000份", "宣传单发放12,000份", "宣传单发放13,500份", "13500份"),
    ],
)
def test_a_number_keeps_its_manner(printed, old, new, expected):
    draft = draft_of(f"发放宣传单[{printed}][F1.1]。", [old], "F1.1")
    assert body_of(refreshed(draft, [new])) == f"发放宣传单[{expected}][F1.1]。"


def test_a_number_typed_by_hand_is_left_and_named():
    draft = DRAFT.replace("[58处]", "[57处]")
    result = refreshed(draft, [PATROL[0], "安全隐患排查61处，整改59处，剩3处报街道", PATROL[2]])

    assert "整改[57处][F2.2]" in result.text
    assert "kept" in result.changes[0].kinds


def test_a_number_already_corrected_by_hand_stays():
    draft = DRAFT.replace("[58处]", "[59处]")
    lines = [PATROL[0], "安全隐患排查61处，整改59处，剩3处报街道", PATROL[2]]
    assert "整改[59处][F2.2]" in refreshed(draft, lines).text


def test_words_said_as_in_the_notes_follow_them():
    draft = draft_of(
        "社区食堂助餐[9020人次][F1.1]，比去年[8140人次][F1.2]又多了。",
        ["食堂助餐9020人次，比去年8140人次又多了"],
        "F1.1",
        "F1.2",
    )
    result = refreshed(draft, ["食堂助餐7020人次，比去年8140人次少了"])

    assert body_of(result) == "社区食堂助餐[7020人次][F1.1]，比去年[8140人次][F1.2]减少。"


def test_words_that_cannot_follow_are_named():
    draft = draft_of("社区食堂[9020人次][F1.1]用餐。", ["食堂助餐9020人次"], "F1.1")
    result = refreshed(draft, ["食堂送餐9020人次"])

    assert body_of(result) == "社区食堂[9020人次][F1.1]用餐。"
    assert result.changes[0].kinds == ("reworded",)


def test_contradictions_come_and_go():
    told = ["注册志愿者512名，服务队9支", "年底统计注册志愿者521名"]
    draft = draft_of(
        "注册志愿者[512名][F1.1]【待核：要点另一处写作[521名][F2.1]】，服务队[9支][F1.2]。",
        told,
        "F1.1",
        "F1.2",
        "F2.1",
    )
    settled = refreshed(draft, [told[0], "年底统计注册志愿者512名"])
    assert body_of(settled) == "注册志愿者[512名][F1.1]，服务队[9支][F1.2]。"
    assert "F2.1" not in settled.text

    again = refreshed(settled.text, told)
    assert body_of(again) == draft.split("\n\n")[1]


def test_a_sum_of_bullets_that_are_not_printed_follows():
    old = ["志愿服务24场", "义诊活动21场", "出租房登记335户"]
    worked = '[F1.1+F2.1]: <notes.md#L2> "24 + 21 = 45"\n'
    draft = f"# 总结\n\n开展志愿服务和义诊[45场][F1.1+F2.1]。登记出租房[335户][F3.1]。\n\n{definitions(facts_of(old), ['F3.1'])}{worked}"
    result = refreshed(draft, ["志愿服务24场", "义诊活动23场", "出租房登记335户"])

    assert "[47场][F1.1+F2.1]" in result.text
    assert '"24 + 23 = 47"' in result.text


def test_outside_what_is_concerned_every_byte_stays():
    body = SAID.replace(
        "。登记", "。\r\n\r\n<!-- 李主任：这段再看 -->\r\n\r\n手写的一句，*强调*。\r\n\r\n登记"
    )
    draft = f"---\r\ntitle: x\r\n---\r\n# 总结\r\n\r\n{body}\r\n\r\n" + (
        definitions(facts_of(PATROL), LABELS) + WORKED
    ).replace("\n", "\r\n")
    result = refreshed(draft, [PATROL[0], "安全隐患排查61处，整改60处，剩1处报街道", PATROL[2]])
    lines = result.text.split("\r\n")

    assert "\n" not in result.text.replace("\r\n", "")
    changed = [(a, b) for a, b in zip(draft.split("\r\n"), lines, strict=True) if a != b]
    assert all("安全隐患" in after or "处" in after or "÷" in after for _, after in changed)
    assert "<!-- 李主任：这段再看 -->" in lines
    assert "手写的一句，*强调*。" in lines


def test_twice_is_as_good_as_once():
    lines = ["新增一条", PATROL[1].replace("58", "60"), "办理居住证426人次"]
    once = refreshed(DRAFT, lines).text

    assert refreshed(once, lines).text == once


def test_random_edits_of_the_notes_leave_a_draft_that_checks():
    rng = random.Random(8)
    lines = [
        *PATROL,
        "党员集中学习24次，参学率95.8%",
        "招聘会4场，岗位900余个",
        "垃圾分类投放点20处，督导员10名",
    ]
    body = (
        SAID
        + "组织党员集中学习[24次][F4.1]，参学率[95.8%][F4.2]。举办招聘会[4场][F5.1]，岗位[900余个][F5.2]。垃圾分类投放点[20处][F6.1]，督导员[10名][F6.2]。"
    )
    draft = draft_of(body, lines, *LABELS, "F4.1", "F4.2", "F5.1", "F5.2", "F6.1", "F6.2", worked=WORKED)
    fresh = ["反诈宣传16场", "慰问困难党员28人次", "最美楼道评选12个"]
    for _ in range(40):
        news = list(lines)
        rng.shuffle(news)
        for _ in range(rng.randrange(3)):
            news.insert(rng.randrange(len(news) + 1), rng.choice(fresh))
        news = [
            line.replace("203次", f"{rng.randrange(100, 300)}次").replace(
                "24次", f"{rng.randrange(10, 40)}次"
            )
            for line in news
        ]
        text = refreshed(draft, news).text
        check = check_draft(read_draft(text), facts_of(news))
        assert check.ok, [finding.message for finding in check.findings]
        assert sum(number.verdict in {"traced", "derived", "approximate"} for number in check.numbers) == 14


def test_problems_and_plans_are_written_once_the_notes_have_them():
    draft = draft_of(
        "登记出租房[335户][F1.1]。\n\n【待补：存在的主要问题】\n\n【待补：下一步工作打算】",
        ["出租房登记335户"],
        "F1.1",
    )
    result = refreshed(draft, ["出租房登记335户", "问题：食堂人手不够；停车难", "明年打算：新增停车位30个"])

    assert "\n\n工作中还存在以下问题和不足：一是食堂人手不足；二是停车难。\n\n" in result.text
    assert "\n\n下一步，将重点抓好以下工作：新增停车位[30个][F3.1]。\n\n" in result.text


def test_a_draft_whose_definitions_were_cut_off_gets_them_again():
    result = refreshed(DRAFT.partition("\n\n[F1.1]:")[0], [line.replace("203", "210") for line in PATROL])

    assert set(read_draft(result.text).definitions) == {*LABELS, "F2.2/F2.1"}
    assert '\n\n[F1.1]: <notes.md#L2> "夜间巡逻210次；' in result.text
    assert check_draft(
        read_draft(result.text), facts_of([PATROL[0].replace("203", "210"), *PATROL[1:]])
    ).findings


def test_a_definition_broken_by_a_quotation_mark_is_written_anew_and_leaves_no_words():
    broken = DRAFT.replace('#L3> "安全隐患', '#L3> "安全"隐患', 1)
    lines = [PATROL[0], PATROL[1].replace("58", "60").replace("3处", "1处"), PATROL[2]]
    result = refreshed(broken, lines)

    assert result.text.count("[F2.1]:") == 1
    assert '"隐患' not in result.text
    assert check_draft(read_draft(result.text), facts_of(lines)).ok


@pytest.mark.parametrize(
    ("body", "old", "new", "expected"),
    [
        (
            "全年共组织党员集中学习[24次][F1.1]。",
            "党员集中学习24次",
            "组织党员学习24次",
            "全年共组织党员学习[24次][F1.1]。",
        ),
        ("开展夜间巡逻[24次][F1.1]以上。", "夜间巡逻24次", "夜间巡查24次", "开展夜间巡查[24次][F1.1]以上。"),
        (
            "慰问[24户][F1.1]困难群众家庭。",
            "慰问24户困难群众",
            "慰问24户困难家庭",
            "慰问[24户][F1.1]困难家庭。",
        ),
    ],
)
def test_words_that_follow_are_not_said_twice(body, old, new, expected):
    assert body_of(refreshed(draft_of(body, [old], "F1.1"), [new])) == expected


def test_what_a_settled_contradiction_said_besides_goes_on():
    told = ["注册志愿者512名，服务队9支", "年底统计注册志愿者521名，其中35岁以下占三成"]
    labels = ("F1.1", "F1.2", "F2.1", "F2.2", "F2.3")
    doubt = "【待核：要点另一处写作年底统计[521名][F2.1]，其中[35岁以下][F2.2]占[三成][F2.3]】"
    draft = draft_of(f"注册志愿者[512名][F1.1]{doubt}，服务队[9支][F1.2]。", told, *labels)

    settled = body_of(refreshed(draft, [told[0], told[1].replace("521", "512")]))
    assert settled == "注册志愿者[512名][F1.1]，其中[35岁以下][F2.2]占[三成][F2.3]，服务队[9支][F1.2]。"
    assert body_of(refreshed(draft, told[:1])) == "注册志愿者[512名][F1.1]，服务队[9支][F1.2]。"
    changed = body_of(refreshed(draft, [told[0], told[1].replace("521", "530")]))
    assert changed == f"注册志愿者[512名][F1.1]{doubt.replace('521', '530')}，服务队[9支][F1.2]。"


def test_a_changed_bullet_of_problems_is_told_as_one_that_changed():
    old = ["出租房登记335户", "问题：食堂人手不够"]
    blank = draft_of("登记出租房[335户][F1.1]。\n\n【待补：存在的主要问题】", old[:1], "F1.1")
    filled = refreshed(blank, old).text
    result = refreshed(filled, [old[0], "问题：食堂人手不够；停车难"], before=facts_of(old))

    assert "二是停车难。" in result.text
    assert [(one.before, one.after) for change in result.changes for one in change.facts] == [
        (old[1], "问题：食堂人手不够；停车难")
    ]
