"""Every number of a draft gets the verdict that a careful reader would give it."""

import pytest

from drafter.checking import check_text

NOTES = [
    "矛盾纠纷：受理31起，调解成功29起",
    "养老服务：助餐5240人次，上门探访独居老人72户",
    "垃圾分类：任务16个小区，完成18个",
    "居民医保参保率98.2%（上年96.9%）",
    "东区清运垃圾46吨，西区清运垃圾38吨",
    "第六届邻里节5月18日举办，参与居民860人",
    "根据柳政发〔2025〕12号文件，新增公益岗位9个",
    "帮扶资金累计63.5万元，今年14.2万元",
]
PAST = ["去年受理矛盾纠纷44起，调解成功40起；助餐4800人次。"]
DRAFT = (
    "全年共受理矛盾纠纷31起，调解成功29起，调解成功率93.5%。"
    "养老助餐5200余人次，探访独居老人72户。"
    "完成18个小区的垃圾分类，超出16个小区的任务2个。"
    "居民医保参保率由上年的96.9%提高到98.2%，提高1.3个百分点。"
    "东区清运垃圾46吨、西区38吨，合计84吨。"
    "5月18日举办第六届邻里节，860名居民参与。"
    "根据柳政发〔2025〕12号文件，新增公益岗位9个。"
    "今年投入帮扶资金14.2万元，累计63.5万元。"
)


def verdicts(draft, notes=NOTES, past=PAST):
    return {n.surface: n.verdict for n in check_text(draft, notes, past).numbers}


def codes(draft, notes=NOTES, past=PAST):
    return [f.code for f in check_text(draft, notes, past).findings if f.severity == "error"]


def changed(old, new):
    assert DRAFT.count(old) == 1
    return DRAFT.replace(old, new)


def test_a_faithful_draft_is_clean():
    check = check_text(DRAFT, NOTES, PAST)

    assert check.ok
    assert not check.findings
    assert check.unused_facts == ()


def test_every_number_says_what_it_rests_on():
    numbers = {n.surface: n for n in check_text(DRAFT, NOTES, PAST).numbers}

    assert numbers["31起"].facts == ("F1.1",)
    assert (numbers["93.5%"].verdict, numbers["93.5%"].formula) == ("derived", "F1.2/F1.1")
    assert numbers["93.5%"].message == "29 ÷ 31 = 93.5%（四舍五入）"
    assert (numbers["5200余人次"].verdict, numbers["5200余人次"].facts) == ("approximate", ("F2.1",))
    assert numbers["84吨"].formula == "F5.1+F5.2"
    assert numbers["1.3个百分点"].formula == "F4.1-F4.2"


def test_spans_are_those_of_the_printed_numbers():
    for number in check_text(DRAFT, NOTES, PAST).numbers:
        assert DRAFT[number.span.start : number.span.end] == number.surface


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("纠纷31起", "纠纷37起", "unsupported"),
        ("纠纷31起", "纠纷13起", "unsupported"),
        ("纠纷31起", "纠纷44起", "stale"),
        ("纠纷31起", "纠纷310起", "unsupported"),
        ("纠纷31起", "纠纷近31起", "conflict"),
        ("纠纷31起", "纠纷31人", "conflict"),
        ("老人72户", "老人72人", "conflict"),
        ("老人72户", "老人户", "hole"),
        ("老人72户", "老人××户", "placeholder"),
        ("老人72户", "老人___户", "placeholder"),
        ("老人72户", "老人若干户", "placeholder"),
        ("老人72户", "老人〔户〕", "placeholder"),
        ("5200余人次", "5200人次", "unsupported"),
        ("5200余人次", "近5200人次", "stale"),
        ("93.5%", "95.3%", "unsupported"),
        ("合计84吨", "合计88吨", "unsupported"),
        ("提高1.3个百分点", "提高1.3%", "unsupported"),
        ("第六届", "第七届", "unsupported"),
        ("5月18日", "5月28日", "unsupported"),
        ("柳政发〔2025〕12号", "柳政发〔2025〕21号", "unsupported"),
        ("新增公益岗位9个", "新增公益岗位9%", "conflict"),
    ],
)
def test_a_broken_number_is_found_and_nothing_else(old, new, code):
    assert codes(changed(old, new)) == [code]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("31起，调解成功29起", "29起，调解成功31起"),
        ("东区清运垃圾46吨、西区38吨", "东区清运垃圾38吨、西区46吨"),
        ("上年的96.9%提高到98.2%", "上年的98.2%提高到96.9%"),
        ("完成18个小区的垃圾分类，超出16个", "完成16个小区的垃圾分类，超出18个"),
        ("资金14.2万元，累计63.5万元", "资金63.5万元，累计14.2万元"),
    ],
)
def test_swapped_facts_are_found(old, new):
    assert "conflict" in codes(changed(old, new))


@pytest.mark.parametrize(
    "more",
    ["群众满意度达97.5%。", "投入资金263万元。", "发放宣传手册1450份。", "服务群众372人次。"],
)
def test_an_invented_number_is_found(more):
    assert codes(DRAFT + more) == ["unsupported"]


def test_a_sentence_of_last_year_is_stale():
    check = check_text(DRAFT + "受理矛盾纠纷44起，调解成功40起。", NOTES, PAST)

    assert [f.code for f in check.findings] == ["stale", "stale"]
    assert "往年总结1" in check.findings[0].message


def test_last_years_number_in_a_comparison_is_past():
    draft = "受理矛盾纠纷31起，比上年的44起减少13起，下降29.5%。"
    numbers = {n.surface: n for n in check_text(draft, NOTES, PAST).numbers}

    assert numbers["44起"].verdict == "past"
    assert numbers["13起"].verdict == numbers["29.5%"].verdict == "derived"


def test_the_direction_of_a_change_must_be_right():
    notes = ["信访9批34人次，比上年下降40%"]

    assert codes("接待来访9批34人次，同比下降40%。", notes, []) == []
    assert codes("接待来访9批34人次，同比上升40%。", notes, []) == ["conflict"]


def test_growth_is_over_the_earlier_figure():
    notes = ["直播销售额390万元，上年300万元"]

    assert codes("直播销售额390万元，比上年增长30%，是上年的1.3倍。", notes, []) == []
    assert codes("直播销售额390万元，比上年增长23.1%。", notes, []) == ["unsupported"]
    assert codes("直播销售额390万元，比上年增长1.3倍。", notes, []) == ["unsupported"]


def test_a_rate_is_of_what_it_names():
    notes = ["诉求受理1250件，办结1230件，满意1180件"]

    assert codes("受理诉求1250件，办结率98.4%。", notes, []) == []
    assert codes("受理诉求1250件，办结率94.4%。", notes, []) == ["unsupported"]


@pytest.mark.parametrize(
    ("notes", "draft"),
    [
        (["夜巡45天，每天2组，每组4人"], "夜巡45天，累计出动360人次。"),
        (["书屋22个，平均每个藏书1050册"], "22个书屋共藏书2.3万余册。"),
        (["慰问困难党员38人，发放慰问金1.9万元"], "慰问困难党员38名，人均500元。"),
        (["开办讲座：进校园7次、进企业5次、进小区16次"], "全年开办讲座28场次，其中进小区16场次。"),
        (["义诊用时15天"], "义诊历时半个月。"),
        (["村收入860万元，上年430万元"], "村收入860万元，比上年翻了一番。"),
        (["协议资金6.5亿元，到位2.6亿元"], "到位资金2.6亿元，不足协议资金的一半。"),
        (["评选先进比例3%，党员1200名"], "推荐先进党员36名。"),
        (["修路5.6公里，投资84万元"], "修路5600米，平均每公里投资15万元。"),
    ],
)
def test_a_derivation_with_its_trigger_passes(notes, draft):
    assert codes(draft, notes, []) == []


@pytest.mark.parametrize(
    ("notes", "draft"),
    [
        (["走访老人31户，慰问军属17户"], "走访老人48户。"),
        (["夜巡45天，每天2组，每组4人"], "夜巡45天，累计出动180人次。"),
        (["演出18场，观众约4500人次"], "演出18场，场均观众250人次。"),
    ],
)
def test_arithmetic_without_its_words_explains_nothing(notes, draft):
    assert codes(draft, notes, []) == ["unsupported"]


def test_a_part_above_its_whole_is_a_conflict():
    assert "conflict" in codes(
        "共改厕75户，其中北片175户。", ["北片改厕75户，南片改厕58户，西片改厕42户"], []
    )


def test_the_whole_year_over_a_part_of_it_is_a_conflict():
    notes = ["1-6月接待游客5370人次"]

    assert codes("上半年，接待游客5370人次。", notes, []) == []
    check = check_text("全年，接待游客5370人次。", notes)
    assert [(f.code, tuple(f.span)) for f in check.findings] == [("conflict", (0, 2))]


def test_a_count_of_what_is_listed_needs_no_source():
    assert codes("东区、西区两个片区共清运垃圾84吨。") == []


def test_the_title_gives_the_year():
    assert codes("云溪社区2025年工作总结\n2025年以来，受理矛盾纠纷31起。") == []
    assert codes("云溪社区2025年工作总结\n2023年以来，受理矛盾纠纷31起。") == ["unsupported"]


def test_what_is_open_is_a_warning():
    check = check_text("办理居住证【待补：人次】，巡河【待核：次数？】。", NOTES)

    assert [(f.code, f.severity) for f in check.findings] == [("doubt", "warning"), ("todo", "warning")]
    assert [f.message for f in check.findings] == [
        "待核：次数？（在“巡河”之后）",
        "待补：人次（在“办理居住证”之后）",
    ]
    assert check.ok


def test_messages_name_the_fact_and_its_value():
    (finding,) = check_text(changed("纠纷31起", "纠纷37起"), NOTES, PAST).findings

    assert finding.message == "文中37起，要点F1为31起"
    assert finding.hint.startswith("最接近的要点 F1.1")
    assert [w.file for w in finding.where] == []


def test_facts_that_nothing_uses_are_named():
    check = check_text(
        "受理矛盾纠纷31起，着力打造书香院落。", [*NOTES[:2], "打造书香院落", "成立夕阳红合唱团"]
    )

    assert check.unused_facts == ("F2", "F4")


def test_a_contradiction_of_style_is_a_warning():
    check = check_text("助餐近五千余人次。", ["助餐5240人次"])

    assert "style" in [f.code for f in check.findings if f.severity == "warning"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在建党104周年之际，", []),
        ("在建党103周年之际，", ["stale"]),
        ("在第41个教师节到来前，", []),
        ("在第40个教师节到来前，", ["stale"]),
    ],
)
def test_anniversaries_follow_from_the_reports_year(text, expected):
    assert codes(f"云溪社区2025年工作总结\n{text}受理矛盾纠纷31起。") == expected


def test_a_number_behind_an_earlier_year_is_one_of_that_year():
    title = "云溪社区2025年工作总结\n"
    notes = ["受理矛盾纠纷31起，2024年42起"]

    assert codes(title + "受理矛盾纠纷31起，比2024年的42起减少11起。", notes, []) == []
    assert codes(title + "受理矛盾纠纷42起。", notes, []) == ["conflict"]
    assert (
        codes(
            title + "受理矛盾纠纷31起，比2024年的42起减少11起。", ["受理矛盾纠纷31起"], ["受理矛盾纠纷42起。"]
        )
        == []
    )


@pytest.mark.parametrize(
    "draft", ["受理矛盾纠纷【待补】起。", "受理矛盾纠纷【待补：纠纷数】起。", "解决了若干问题。"]
)
def test_a_measure_word_behind_an_open_place_is_no_hole(draft):
    assert codes(draft) == []


def test_a_word_of_the_notes_is_no_hole_and_no_number():
    notes = ["新增无人机班，种植三七150亩"]

    assert codes("新增无人机班，种植三七150亩。", notes, []) == []


def test_the_notes_themselves_check_clean():
    assert codes("。".join(NOTES) + "。") == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("学习十四届全国人大三次会议精神。", []),
        ("学习第十四届全国人民代表大会第三次会议精神。", []),
        ("学习十四届全国人大二次会议精神。", ["stale"]),
        ("学习十三届全国政协三次会议精神。", ["stale"]),
        ("做好第五次全国经济普查。", []),
        ("召开居民代表大会三次。", ["unsupported"]),
    ],
)
def test_sittings_and_censuses_follow_from_the_year_of_the_report(words, expected):
    assert codes(f"白鹭镇2025年工作总结\n{words}", ["受理纠纷31起"]) == expected


def test_an_altered_document_number_names_the_one_of_the_notes():
    (finding,) = check_text(
        "根据柳政发〔2025〕13号文件要求开展。", ["根据柳政发〔2025〕12号文件，新增岗位9个"]
    ).findings

    assert finding.message == "文号柳政发〔2025〕13号在要点里没有，要点F1写的是柳政发〔2025〕12号"


def test_an_altered_name_of_a_place_is_an_error_and_a_kept_one_is_none():
    notes = ["前进小区安装门禁6处"]

    assert not check_text("在前程小区安装门禁6处。", notes).ok
    assert check_text("在前进小区安装门禁6处。", notes).ok
