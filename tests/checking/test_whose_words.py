"""A number goes by the words that only its own source has: its date's, its rate's, its part's."""

from __future__ import annotations

import pytest

from drafter import check_text

BRIDGE = "4月12日开工修建望月桥，10月30日竣工通行"
CALLS = "受理求助6120次，办结6058次，群众满意率95.2%"
PUPILS = "走读生36人，每人补助400元；寄宿生52人，每人补助900元"
BOATS = "南港渔船62艘，其中钢壳35艘；北港渔船48艘，其中钢壳22艘"
CREW = "船员学历：初中18人、高中31人、大专14人、本科5人"

FAITHFUL = {
    "a month for a day of it": ("望月桥10月通行。", BRIDGE),
    "a third of a month that holds the day": ("望月桥10月底竣工。", BRIDGE),
    "dates with the words of their own": ("望月桥4月12日动工，10月30日竣工。", BRIDGE),
    "the rate that the notes give": ("办结率99%，群众满意率95.2%。", CALLS),
    "means of their own": ("走读生36人，每人补助400元；寄宿生52人，每人补助900元。", PUPILS),
    "a part of its own whole": ("北港渔船48艘，其中钢壳22艘。", BOATS),
    "ranks upward on a ladder": ("大专及以上学历船员19人。", CREW),
    "ranks downward on a ladder": ("高中及以下学历船员49人。", CREW),
    "a rate of what is not so": ("不合格率5%。", "抽检压力锅60台：合格57台，不合格3台"),
    "a name with hours in it": ("热线7×24小时值守，窗口实行“5×8小时”工作制。", CALLS),
    "another verb before a common noun": ("新增滨水公园3处。", "新建滨水公园3处"),
    "a verb of anybody's": (
        "腊八节施粥5场，2600余人次参加。",
        "腊八节施粥5场，领粥居民2600余人次\n演练9场，参加人数1480人",
    ),
    "what there was and what came": ("原有凉亭12座，新建3座，共15座。", "原有凉亭12座，新建3座"),
    "two of a longer list added up": (
        "受益居民1530户，其中柳巷380户、槐院290户，两个小区合计670户。",
        "改造小区5个，受益居民1530户，其中柳巷380户，槐院290户",
    ),
}
BROKEN = {
    "dates the other way round": ("10月30日开工修建望月桥，4月12日竣工通行。", BRIDGE, "10月30日"),
    "a third of a month without the day": ("望月桥10月中旬竣工。", BRIDGE, "10月中旬"),
    "a share under the name of a rate that the notes give": ("群众满意率99%。", CALLS, "99%"),
    "one rate under the name of another": ("办结率95.2%。", CALLS, "95.2%"),
    "the mean of the others": ("寄宿生52人，每人补助400元。", PUPILS, "400元"),
    "the part of the other whole": ("北港渔船钢壳35艘。", BOATS, "35艘"),
    "ranks the wrong way": ("大专及以上学历船员63人。", CREW, "63人"),
    "the rate of what is so": ("不合格率95%。", "抽检压力锅60台：合格57台，不合格3台", "95%"),
    "all there are for what was added": ("新增摊位310个。", "新增摊位24个，摊位310个", "310个"),
}


@pytest.mark.parametrize(("draft", "notes"), FAITHFUL.values(), ids=FAITHFUL)
def test_a_number_with_the_words_of_its_own_source_passes(draft: str, notes: str) -> None:
    found = check_text(draft, notes.split("\n")).findings
    assert [f.message for f in found if f.severity == "error"] == []


@pytest.mark.parametrize(("draft", "notes", "wrong"), BROKEN.values(), ids=BROKEN)
def test_a_number_with_the_words_of_another_is_an_error(draft: str, notes: str, wrong: str) -> None:
    found = [f for f in check_text(draft, notes.split("\n")).findings if f.severity == "error" and f.span]
    assert wrong in [draft[f.span[0] : f.span[1]] for f in found if f.span]


def test_last_years_year_in_an_opening_is_an_error() -> None:
    draft = "# 望月街道2025年工作总结\n\n2024年，街道认真履职，较好完成任务。全年修桥2座。\n"
    found = [f for f in check_text(draft, ["修桥2座"]).findings if f.severity == "error"]
    assert [draft[f.span[0] : f.span[1]] for f in found if f.span] == ["2024年"]
