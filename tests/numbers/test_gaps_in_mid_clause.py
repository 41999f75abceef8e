"""A number that was stripped leaves a gap wherever it stood, and everyday words leave none."""

from __future__ import annotations

import pytest

from drafter.numbers import read_numerals

STRIPPED = [
    # people behind a number of households
    "走访24户、▯人受访。",
    "走访渔家24户老船工、▯人登岸。",
    # so many each night
    "每晚安排▯组，每组4人。",
    "每天值守▯组，每组4人。",
    "每日出动▯人巡山护林。",
    "每晚安排▯名护林员。",
    "每周▯人轮班。",
    # of all, those among them
    "全村▯户中，351户用上净水。",
    "90名学员中▯名取得证书。",
    "学员中▯名取得导游证。",
    "商铺中▯家超过年租十万元。",
    # before whom or what is counted
    "为▯家临街商户减租。",
    "帮扶▯名返乡残疾人。",
    "排查▯处隐患。",
    "走访▯户居民。",
    "余下的▯个渡口改建完毕。",
    "最早的▯个茶园开园。",
    # people in the middle of a clause
    "组织志愿者▯人清理滩涂。",
    "大队党员▯人接受急救培训。",
    "全年▯人学成编织手艺。",
    "动员▯人清理河滩。",
    "带动▯人从事根雕。",
    "▯人到场观赛，成交40台。",
    # parts, levels, targets
    "志愿队分为▯组，出勤90次。",
    "渔场划为▯片，分片轮休。",
    "会员从▯人发展到96人。",
    "补贴标准由每人每月▯元提高到80元。",
    "秧歌队壮大到▯人。",
    "植树420株，超过▯株的目标。",
    # what a share or a multiple is of
    "收看直播8600人次，是上年▯人次的2倍。",
    "投诉40起，占上年▯起的八成。",
    "老年人占人口▯人的三成。",
    "对去年▯件的两成。",
    # what is left
    "坏灯46盏，修复41盏，还有▯盏未修。",
    "搬迁摊贩54家，尚有▯家未搬。",
    "尚缺▯名幼师。",
    "落水者获救，还剩▯处险段。",
    # ages
    "老兵12名，年龄最大的▯岁。",
    # a clause that begins with its measure word
    "▯盏路灯完成改造。",
    "▯亩沙棘吐绿。",
    "▯宗土地流转成交。",
    "▯场演出轮番登台。",
]
WHOLE = [
    "场外观众不少，场内座无虚席。",
    "队长带头上堤，队员分头巡查。",
    "批评意见逐条回应，批量上市。",
    "组长轮流值守，组合拳打响。",
    "宗旨意识增强，亩产提高，亩均效益见涨。",
    "志愿者人手一册，群众人心安定。",
    "职工人均收入提高，动员人力抢险。",
    "党员人数稳定，志愿者人员齐整。",
    "第三批个人先进揭晓，开办个人画展。",
    "演员中名气最大的是老何。",
    "对家庭企业减税。",
    "还有名师授课、台账可查，尚有座谈安排。",
    "还有处理办法、条件改进，还有家风展。",
    "分为组织、宣传两块。",
    "每天名额有限，每日人流密集，每周人物专访，每日名家开讲。",
    "古村落由人口外流转为回流。",
]


def gaps(text: str) -> list[int]:
    return [numeral.start for numeral in read_numerals(text) if numeral.kind == "hole"]


@pytest.mark.parametrize("shown", STRIPPED)
def test_a_stripped_number_is_missed_where_it_stood(shown: str) -> None:
    assert gaps(shown.replace("▯", "")) == [shown.index("▯")]


@pytest.mark.parametrize("text", WHOLE)
def test_guard_words_that_begin_like_a_measure_word_are_no_gap(text: str) -> None:
    assert gaps(text) == []


def test_the_shape_of_a_plant_is_no_gap() -> None:
    assert gaps("株型整齐，株距均匀。") == []


@pytest.mark.parametrize("text", ["慰问进千家。", "送书进万家。", "入户到百家。"])
def test_every_home_is_a_turn_of_speech_and_no_gap(text: str) -> None:
    assert gaps(text) == []
