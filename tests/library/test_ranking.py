"""What decides the order of hits, apart from the engine that turns words into vectors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.library.words import SAME, count_documents, likeness, pairs, shared, triples


def index(make_library, tmp_path, own_unit=None, **reports):
    folder = tmp_path / "past"
    folder.mkdir()
    for name, text in reports.items():
        (folder / f"{name.replace('_', '-')}.txt").write_text(text, encoding="utf-8")
    library = make_library(own_unit=own_unit)
    library.index(folder)
    return library


def test_of_versions_of_one_story_the_own_unit_comes_before_the_newest(make_library, tmp_path):
    story = "# 一、拆违\n拆除乱搭乱建的棚子{}处，恢复绿地，居民拍手称好。\n"
    library = index(
        make_library,
        tmp_path,
        own_unit="甲街道",
        甲街道_2019=story.format(3),
        乙街道_2023=story.format(5),
    )

    hit = library.search("拆除乱搭的棚子", k=1)[0]

    assert (hit.report.unit, hit.report.year) == ("甲街道", 2019)
    assert library.search("拆除乱搭的棚子", k=1, own_unit="乙街道")[0].report.unit == "乙街道"


def test_of_versions_of_one_story_the_newest_is_shown(make_library, tmp_path):
    story = "# 一、拆违\n拆除乱搭乱建的棚子{}处，恢复绿地，居民拍手称好。\n"
    library = index(make_library, tmp_path, 甲街道_2019=story.format(3), 甲街道_2022=story.format(9))

    assert library.search("拆除乱搭的棚子", k=1)[0].report.year == 2022


def test_a_version_that_is_asked_for_word_by_word_is_shown(make_library, tmp_path):
    story = "# 一、拆违\n拆除乱搭乱建的棚子{}处，恢复绿地，居民拍手称好。\n"
    library = index(make_library, tmp_path, 甲街道_2019=story.format(3), 甲街道_2022=story.format(9))

    hit = library.search("拆除乱搭乱建的棚子3处，恢复绿地", k=1)[0]

    assert hit.report.year == 2019
    assert hit.why["verbatim"] > 0


def test_a_heading_without_text_gives_way(make_library, tmp_path):
    library = index(
        make_library,
        tmp_path,
        甲街道_2019="# 一、防汛抗旱\n\n",
        乙街道_2019="# 一、防汛抗旱\n备足防汛抗旱物资。\n",
    )

    hit = library.search("防汛抗旱物资", k=2)[1]
    assert (hit.report.unit, hit.why["bare_heading"]) == ("甲街道", -0.1)


def test_a_page_stuffed_with_the_query_takes_two_places_at_most(make_library, tmp_path):
    stuffed = "".join(f"# {word}\n防汛{word}防汛{word}防汛。\n" for word in "天地玄黄宇宙洪荒")
    library = index(make_library, tmp_path, 甲街道_2019=stuffed, 乙街道_2019="# 一、汛期\n防汛准备就绪。\n")

    hits = library.search("防汛", k=5)

    assert [hit.report.unit for hit in hits].count("甲街道") <= 2
    assert "乙街道" in {hit.report.unit for hit in hits}


def test_words_that_no_text_has_help_none():
    texts = ["清理河道", "修剪树木"]

    assert shared("慰问老人", texts, count_documents(texts), 2).tolist() == [0, 0]
    assert shared("", texts, count_documents(texts), 2).tolist() == [0, 0]


def test_a_rare_word_counts_more_than_a_common_one():
    texts = ["开展工作一", "开展工作二", "开展工作三", "种植猕猴桃"]
    counts = count_documents(texts)

    common, *_, rare = shared("开展种植猕猴桃", texts, counts, 4)

    assert rare > 3 * common


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("全年受理纠纷31起，调成30起，小事不出楼栋。", "全年受理纠纷28起，调成28起，小事不出楼栋。", True),
        ("全年受理纠纷31起，调成30起。", "清运垃圾31车，粉刷围墙30米。", False),
    ],
)
def test_other_numbers_make_no_other_story(one, other, same):
    assert (likeness(triples(one), triples(other)) >= SAME) is same


@given(st.text(), st.text())
def test_any_text_can_be_compared(one, other):
    texts = [one, other]
    share = shared(one, texts, count_documents(texts), 2)

    assert ((share >= 0) & (share <= 1.0001)).all()
    assert not pairs(one) or share[0] > 0.999
    assert likeness(triples(one), triples(one)) == 1
    assert 0 <= likeness(triples(one), triples(other)) <= 1


def test_hits_that_only_make_up_the_number_are_called_weak(make_library, tmp_path):
    others = (
        "# 二、林业\n全民义务植树造林，种下松柏和杨柳。\n"
        "# 三、医保\n居民参保续缴，窗口延时办理报销。\n"
        "# 四、征兵\n适龄青年应征体检，欢送新兵入伍。\n"
        "# 五、文艺\n元宵灯会演出，广场电影放映。\n"
    )
    library = index(
        make_library, tmp_path, 甲街道_2019=f"# 一、防汛\n备足防汛物资，清淤沟渠，转移危房住户。\n{others}"
    )

    hits = library.search("备足防汛物资，清淤沟渠", k=5, per_file=None)

    assert len(hits) == 5
    assert [bool(hit.why.get("weak")) for hit in hits] == [False, True, True, True, True]
