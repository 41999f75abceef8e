"""Turns of whole drafts that competent clerks use: sound arithmetic passes, and the same turn with a slip does not."""

from __future__ import annotations

import pytest

from drafter import check_text

SOUND = {
    "a mean over two notes set side by side in one sentence": (
        ("独居老人71人", "上门探访1704次"),
        "对71名独居老人上门探访1704次，人均24次。",
        "对71名独居老人上门探访1704次，人均26次。",
    ),
    "a mean per village whose note counts with 个": (
        ("6个村改造活动阵地，投入资金84万元",),
        "投入84万元，对6个村的活动阵地实施改造，每村平均14万元。",
        "投入84万元，对6个村的活动阵地实施改造，每村平均16万元。",
    ),
    "a mean without a word for what it is taken over": (
        ("签约项目5个，总投资3.6亿元",),
        "签约项目5个，总投资3.6亿元，平均单体投资7200万元。",
        "签约项目5个，总投资3.6亿元，平均单体投资7900万元。",
    ),
    "a yield in another unit of weight": (
        ("粮食种植4.62万亩，产量2.31万吨",),
        "粮食种植4.62万亩，产量2.31万吨，平均亩产500公斤。",
        "粮食种植4.62万亩，产量2.31万吨，平均亩产580公斤。",
    ),
    "a frequency for so many in a year": (
        ("巡逻1095次",),
        "全年巡逻1095次，平均每天3次。",
        "全年巡逻1095次，平均每天5次。",
    ),
    "a share of the whole that the sentence opens with": (
        ("耕地2180亩", "种植水稻1350亩"),
        "2180亩耕地中，水稻1350亩，占61.9%。",
        "2180亩耕地中，水稻1350亩，占67.9%。",
    ),
    "what a rate leaves of all": (
        ("物业费收缴率76%",),
        "物业费收缴率仅76%，还有两成多的居民未缴费。",
        "物业费收缴率仅76%，还有三成多的居民未缴费。",
    ),
    "what lies between the two ends of a fall": (
        ("集体经济薄弱村由6个减到2个",),
        "集体经济薄弱村由年初的6个减少至2个，4个村摘帽。",
        "集体经济薄弱村由年初的6个减少至2个，5个村摘帽。",
    ),
    "last year's rate and the points between both": (
        ("纠纷受理今年158起，上年187起", "纠纷化解今年154起，上年180起"),
        "受理纠纷158起，化解154起，化解率97.5%，比上年的96.3%提高1.2个百分点。",
        "受理纠纷158起，化解154起，化解率97.5%，比上年的96.3%提高2.1个百分点。",
    ),
    "a change told of two numbers at once": (
        ("低保今年426户583人，上年451户617人",),
        "低保对象426户、583人，较上年分别减少25户、34人。",
        "低保对象426户、583人，较上年分别减少25户、43人。",
    ),
    "a list led from and to": (
        ("低保今年72户101人，上年79户113人",),
        "低保对象从79户、113人减至72户、101人。",
        "低保对象从79户、131人减至72户、101人。",
    ),
    "how many totals a sum adds up": (
        ("党员大会4次，支委会12次，党课4次",),
        "召开党员大会4次、支委会12次，上党课4次，三项合计20次。",
        "召开党员大会4次、支委会12次，上党课4次，三项合计24次。",
    ),
    "a target of which a share was done": (
        ("户厕改造34户，全年计划60户",),
        "改造户厕34户，完成全年60户计划的56.7%。",
        "改造户厕34户，完成全年65户计划的56.7%。",
    ),
    "an age with 及以上 for one with 以上": (
        ("60岁以上老人2108人",),
        "有60岁及以上老年人2108人。",
        "有65岁及以上老年人2108人。",
    ),
    "months for years": (
        ("渔港升级工程3月8日动工，工期18个月",),
        "工期一年半的渔港升级工程于3月8日动工。",
        "工期两年半的渔港升级工程于3月8日动工。",
    ),
    "more by a verb of building": (
        ("新建农田今年3200亩，上年2600亩",),
        "新建农田3200亩，较上年多建600亩。",
        "新建农田3200亩，较上年多建800亩。",
    ),
    "a share of a whole that the draft names elsewhere": (
        ("教职工120名", "社员45名"),
        "全校教职工120名。\n\n社里有社员45名，占教职工总数的37.5%。",
        "全校教职工120名。\n\n社里有社员45名，占教职工总数的35.7%。",
    ),
    "a rate of taking part whose whole stands elsewhere": (
        ("团员250名", "团课8次，参加团员230名"),
        "全镇有团员250名。\n\n上团课8次，参加团员230名，参与率92%。",
        "全镇有团员250名。\n\n上团课8次，参加团员230名，参与率95%。",
    ),
    "what is left of villages that the draft names elsewhere": (
        ("辖行政村16个", "管网覆盖行政村13个"),
        "全镇辖行政村16个。\n\n管网覆盖13个行政村，还有3个村没有通。",
        "全镇辖行政村16个。\n\n管网覆盖13个行政村，还有4个村没有通。",
    ),
    "a mean per pupil whose number stands elsewhere": (
        ("在校学生800名", "藏书24000册"),
        "学校有在校学生800名。\n\n图书室藏书24000册，生均30册。",
        "学校有在校学生800名。\n\n图书室藏书24000册，生均35册。",
    ),
    "growth on what was there before the new ones": (
        ("合作社96家，今年新增16家",),
        "合作社达96家，比年初新增16家，增长20%。",
        "合作社达96家，比年初新增16家，增长16.7%。",
    ),
    "full and part time staff together": (
        ("网格20个，专职网格员20名，兼职网格员30名",),
        "20个网格配备专兼职网格员50名。",
        "20个网格配备专兼职网格员60名。",
    ),
    "a mean per 户 of firms that are counted by 家": (
        ("规上企业12家，产值6亿元",),
        "规上企业12家，实现产值6亿元，户均产值5000万元。",
        "规上企业12家，实现产值6亿元，户均产值6000万元。",
    ),
    "more visits by the verb of visiting": (
        ("走访今年1100户，上年980户",),
        "走访1100户，较上年多访120户。",
        "走访1100户，较上年多访210户。",
    ),
    "a mean of last year and of this year in one note": (
        ("期末平均分上年76分，今年81分",),
        "期末平均分达81分，比上年提高5分。",
        "期末平均分达81分，比上年提高6分。",
    ),
    "a rate of what a row counts over the row of all": (
        ("来件总量今年5000件，上年4800件", "网上来件今年3200件，上年2880件"),
        "全年来件5000件。\n\n网上来件3200件，网上率达64%。",
        "全年来件5000件。\n\n网上来件3200件，网上率达46%。",
    ),
    "a mean rounded to the 万 that it is told in": (
        ("规上企业14家，产值9.35亿元",),
        "规上企业14家，产值9.35亿元，户均产值6679万元。",
        "规上企业14家，产值9.35亿元，户均产值6678万元。",
    ),
    "kinds of things added up under another measure word": (
        ("换证320张", "换簿45本"),
        "换证320张、换簿45本，两类证簿共计365件。",
        "换证320张、换簿45本，两类证簿共计356件。",
    ),
    "a sum right behind letters": (
        ("地区生产总值21.4亿元",),
        "实现GDP21.4亿元。",
        "实现GDP24.1亿元。",
    ),
}


@pytest.mark.parametrize("turn", SOUND)
def test_a_sound_turn_passes_and_its_slip_does_not(turn: str) -> None:
    notes, sound, slip = SOUND[turn]
    assert check_text(sound, notes).ok, [f.message for f in check_text(sound, notes).findings]
    assert not check_text(slip, notes).ok


@pytest.mark.parametrize(
    "words",
    [
        "居民欢聚一堂，节日气氛浓厚。",
        "护林员日复一日坚守岗位。",
        "一年接着一年干，生活一天比一天好。",
        "逐户上门，不落一人。",
        "给群众一个明白。",
        "村民心往一处想、劲往一处使。",
        "平稳度过了台风影响期。",
        "向老人发放米、油等物资。",
    ],
)
def test_a_turn_of_speech_is_no_number(words: str) -> None:
    assert check_text(words, ["巡逻24次"]).ok


def test_a_rise_told_as_a_fall_is_found() -> None:
    notes = ["垃圾收集点由12个增加到20个"]
    assert check_text("垃圾收集点从12个增加到20个，增加8个。", notes).ok
    assert not check_text("垃圾收集点从12个增加到20个，减少8个。", notes).ok


def test_this_years_rate_is_not_last_years() -> None:
    notes = ["纠纷104起，调成101起；2024年128起，调成122起"]
    assert not check_text("2025年调处纠纷104起，调成101起，调成率95.3%。", notes).ok


def test_what_is_new_is_not_the_total() -> None:
    notes = ["完成土地流转1450亩，累计流转2.1万亩"]
    assert check_text("新增流转1450亩，累计达2.1万亩。", notes).ok
    assert not check_text("新增流转2.1万亩，累计达1450亩。", notes).ok


def test_a_column_of_changes_is_checked() -> None:
    notes = ["低保今年538户，上年561户"]
    table = "| 项目 | 上年 | 今年 | 增减 |\n| --- | --- | --- | --- |\n| 低保（户） | 561 | 538 | -{} |\n"
    assert check_text(table.format(23), notes).ok
    assert not check_text(table.format(32), notes).ok
