"""What clerks write from their notes passes; the same with one number wrong does not."""

import pytest

from drafter.checking import check_text

FAITHFUL = [
    # a part of the whole that the notes leave to be computed
    (
        ["泵站改造2座，投资640万元，其中市级补助410万元"],
        "投资640万元改造泵站2座，其中市级补助410万元，自筹230万元。",
    ),
    (["茶园检测样品350批次，合格346批次"], "检测茶园样品350批次，不合格4批次。"),
    (["楼院84个，专业管理45个，单位代管21个"], "84个楼院中，专业管理45个，单位代管21个，居民自管18个。"),
    # a whole before its parts
    (["古树名木：一级2株、二级9株、三级47株"], "现有古树名木58株，其中一级2株、二级9株、三级47株。"),
    (["图书角新建4处，改建7处"], "新改建图书角11处。"),
    # signs for growth
    (["茶叶产值2.14亿元，同比+9.3%"], "茶叶产值达2.14亿元，同比增长9.3%。"),
    (["水质达标率96.2%，较上年+1.8个百分点"], "水质达标率96.2%，比上年提高1.8个百分点。"),
    (["水质达标率96.2%，较上年+1.8个百分点"], "水质达标率由94.4%提高到96.2%。"),
    (["茶叶产值2.14亿元，同比+9.3%"], "茶叶产值2.14亿元，增幅达9.3%。"),
    (["能耗同比-4.5%"], "能耗同比下降4.5%。"),
    (["知晓率88.4%，2021年为81.9%"], "知晓率达88.4%，比2021年提高6.5个百分点。"),
    # what was added beside the total
    (["充电站23个（新建6个）"], "新建充电站6个，总数达到23个。"),
    # so many a month and so many in all
    (["水库巡查每月3次，全年36次"], "坚持每月3次的水库巡查，累计巡查36次。"),
    # targets behind their number
    (["栽果树：计划450亩，完成471亩"], "栽果树四百七十余亩，超额完成450亩的年度计划。"),
    # ages only bound who is counted
    (["65岁以上老人5120人，其中85岁以上603人"], "为85岁以上老人603人发放津贴，占65岁以上老人的11.8%。"),
    (["65岁以上老人5120人"], "全镇65周岁以上老人5120人。"),
    # means of any measure word, products of each group
    (["小额贷款25笔、400万元"], "发放小额贷款400万元，笔均16万元。"),
    (
        ["奖学：高中生12人，每人2000元；初中生30人，每人800元"],
        "奖励高中生12人，计2.4万元；初中生30人，计2.4万元。",
    ),
    # the use of places
    (["床位250张", "入住老人175名"], "床位250张，入住老人175名，床位使用率70%。"),
    # by their place behind 分别
    (["牛羊：牛310头，羊2460头"], "牛、羊存栏分别为310头和2460头。"),
    # grades in Roman numbers
    (["启动Ⅳ级响应4次、Ⅲ级2次"], "共启动应急响应6次，其中Ⅲ级响应2次。"),
    (["植树1860株"], "植树1860棵。"),
]


@pytest.mark.parametrize(("notes", "draft"), FAITHFUL)
def test_what_follows_from_the_notes_passes(notes, draft):
    findings = [f.message for f in check_text(draft, notes).findings if f.severity == "error"]

    assert findings == []


@pytest.mark.parametrize(
    ("notes", "draft", "wrong"),
    [
        (
            ["泵站改造2座，投资640万元，其中市级补助410万元"],
            "投资640万元改造泵站2座，其中市级补助410万元，自筹250万元。",
            "250万元",
        ),
        (["茶园检测样品350批次，合格346批次"], "检测茶园样品350批次，不合格14批次。", "14批次"),
        (
            ["古树名木：一级2株、二级9株、三级47株"],
            "现有古树名木68株，其中一级2株、二级9株、三级47株。",
            "68株",
        ),
        (["茶叶产值2.14亿元，同比+9.3%"], "茶叶产值达2.14亿元，同比下降9.3%。", "9.3%"),
        (["水质达标率96.2%，较上年+1.8个百分点"], "水质达标率由94.8%提高到96.2%。", "94.8%"),
        (["充电站23个（新建6个）"], "新建充电站23个，总数达到6个。", "23个"),
        (["水库巡查每月3次，全年36次"], "全年巡查水库3次。", "3次"),
        (["奖学：高中生12人，每人2000元；初中生30人，每人800元"], "奖励高中生12人，计9600元。", "9600元"),
        (["床位250张", "入住老人175名"], "床位250张，入住老人175名，床位使用率75%。", "75%"),
        (["牛羊：牛310头，羊2460头"], "牛、羊存栏分别为2460头和310头。", "2460头"),
        (["启动Ⅳ级响应4次、Ⅲ级2次"], "共启动应急响应6次，其中Ⅲ级响应4次。", "4次"),
        (["水库除险3座", "清淤渠道12公里"], "完成座病险水库除险，清淤渠道12公里。", "座"),
    ],
)
def test_one_wrong_number_is_found(notes, draft, wrong):
    spans = [f.span for f in check_text(draft, notes).findings if f.severity == "error"]
    at = draft.index(wrong)

    assert any(span.start < at + len(wrong) and at < span.end for span in spans)


def test_the_same_words_in_another_topics_note_do_not_take_a_number_away():
    notes = ["健康讲座14场，参加1720人次", "法治宣讲9场，受众645人次", "游客接待8310人次"]
    draft = "举办健康讲座14场，受众1720人次。"

    assert check_text(draft, notes).ok
