"""Names of places and bodies are found by their endings; what only describes a place is none."""

import pytest

from drafter.reading.place_names import place_names

NAMES = "清源镇 解放路 和平小区 五星村 五岳村委会 青石街道 金沙巷 永昌集团 清泉三社区 孝义桥社区 龙泉镇 胜利村 三合村 白鹭小学"
PLAIN = "老旧小区 各社区 全镇 示范村 文明村 美丽乡村 三个社区 物业公司 文化广场 沿街 城乡社区 进社区 县实验小学 入户道路"


def names(text):
    found = list(place_names(text))
    assert all(text[one.span.start : one.span.end] == one.name for one in found)
    return [one.name for one in found]


@pytest.mark.parametrize("name", NAMES.split())
@pytest.mark.parametrize("sentence", ["在{}新增路灯。", "全年多次到{}开展走访，成效明显。", "{}巡查到位。"])
def test_a_name_is_found_with_its_place(name, sentence):
    assert [found.removeprefix("在") for found in names(sentence.format(name))] == [name]


@pytest.mark.parametrize("words", PLAIN.split())
def test_a_description_is_no_name(words):
    assert names(f"在{words}开展整治。") == []


def test_an_office_behind_the_ending_is_left_out():
    assert names("清源镇党委高度重视。") == ["清源镇"]
