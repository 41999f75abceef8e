"""Labels of a section: numbers taken out, names hidden, units mixed."""

import pytest

from drafter.reading.quality import quality_of


@pytest.mark.parametrize(
    "text",
    [
        "组织学习30次，参学人数1850次；举办讲座12次，参学人数达36人次。",
        "参加人数共计320人，下半年参加人数为410人次。",
        "走访户数56户，第二轮走访户数88户次。",
    ],
)
def test_one_number_in_two_units_is_a_mixture(text):
    assert quality_of(text) == ("mixed-units",)


@pytest.mark.parametrize(
    "text",
    [
        "组织学习24次，参学人数44人次。",
        "参学人数320人，培训人数达410人次。",
        "参学人数320人，到会人数12名，受益人数40余人。",
        "参学人数2190人次，讲座参学人数44人次。",
        "藏书量1000册，各村藏书量均达800本。",
        "共有党员86名，党员参加活动320人次。",
        "人口数量1200人，户数350户。",
    ],
)
def test_different_things_and_other_words_for_one_unit_are_none(text):
    assert quality_of(text) == ()


def test_several_labels_stand_together():
    assert quality_of("×××镇举办培训班期人次，参学人数30次，参学人数40人次。") == (
        "stripped-numbers",
        "masked-names",
        "mixed-units",
    )
