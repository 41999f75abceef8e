"""Sentences of a section taken apart and put together: nothing is lost between file and pieces."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.draftfile.edit import find_part, read_parts, replace_part
from drafter.model import Number, Words
from drafter.writing.rewriting import Item, Sentence, read_items, read_pieces, split_sentences, write_items
from drafter.writing.rewriting_compared import with_comparisons, without_comparisons
from drafter.writing.rewriting_links import keep_links
from drafter.writing.rewriting_presets import listed, longer, merged, more_formal, shorter, split, turned
from drafter.writing.rewriting_rows import align_items, moved_together

WAYS = (
    shorter,
    merged,
    listed,
    split,
    more_formal,
    turned,
    lambda item: longer(item, lambda _: (None, None)),
)


def item(text, heading="（一）做实调解。"):
    return Item("一", heading, 2, "", split_sentences(text, opens=True))


def plain(sentences):
    return "".join(("¶" if s.opens else "") + s.plain for s in sentences).removeprefix("¶")


LONG = "[坚持预防为主，][P1]全年认真受理各类纠纷[38起][F1.1]。开展巡逻[203次][F2.1]，排查隐患[61处][F3.1]；发资料[500份][F4.1]。"


@pytest.mark.parametrize(
    ("way", "text", "expected"),
    [
        (shorter, LONG, "全年受理纠纷38起；开展巡逻203次，排查隐患61处；发资料500份。"),
        (merged, "一是纠纷[38起][F1.1]；二是巡逻[203次][F2.1]。", "纠纷38起；巡逻203次。"),
        (
            listed,
            LONG,
            "坚持预防为主，一是全年认真受理各类纠纷38起；二是开展巡逻203次；三是排查隐患61处；四是发资料500份。",
        ),
        (listed, "一是纠纷[38起][F1.1]；二是巡逻[203次][F2.1]。", "1.纠纷38起。¶2.巡逻203次。"),
        (split, "纠纷[38起][F1.1]，成功[36起][F1.2]，巡逻[203次][F2.1]。", "纠纷38起，成功36起。巡逻203次。"),
        (more_formal, "发资料[500份][F4.1]，老人都说好。", "发放资料500份，老年人均说好。"),
        (
            turned,
            "纠纷[38起][F1.1]。其中劳资[9起][F1.2]。巡逻[203次][F2.1]。",
            "巡逻203次。纠纷38起。其中劳资9起。",
        ),
    ],
)
def test_each_way_of_rewriting_by_an_example(way, text, expected):
    assert plain(way(item(text))) == expected


def test_what_frames_a_section_stays_in_its_place():
    opening = item(
        "2025年，某社区认真抓好工作。居民[40户][F1.1]。小区[6个][F2.1]。现将情况总结如下。", heading=""
    )

    assert plain(turned(opening)) == "2025年，某社区认真抓好工作。小区6个。居民40户。现将情况总结如下。"


PIECES = st.sampled_from(
    [
        "受理纠纷[38起][F1.1]",
        "调成[36起][F1.2]",
        "调成率[94.7%][F1.2/F1.1]",
        "[坚持抓早抓小，][P1]",
        "[做到小事不出网格。][P1]",
        "办理居住证【待补：人次】",
        "（含流动人口；外来工）",
        "“民有所呼；我有所应”",
        "走访\\*老人\\*",
        "没有数字",
        "一是",
        "其中",
        "【待核：要点另一处写作[40起][F9.1]】",
    ]
)
TEXTS = st.lists(
    st.tuples(PIECES, st.sampled_from(["，", "。", "；", "、", ""])), min_size=1, max_size=9
).map(lambda parts: "".join(words + stop for words, stop in parts))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_sentences_are_slices_and_pieces_come_back(text):
    sentences = split_sentences(text)

    assert "".join(s.source for s in sentences) == text
    for sentence in sentences:
        from drafter.draftfile import read_draft
        from drafter.writing.rewriting import write_sentence

        again = write_sentence(read_pieces(sentence.source)).source
        assert read_draft(again).plain == sentence.plain.strip()
        assert [m.label for m in read_draft(again).marks] == [
            m.label for m in read_draft(sentence.source).marks
        ]


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(range(len(WAYS))))
def test_no_way_of_rewriting_changes_or_loses_a_number(text, way):
    def numbers(sentences):
        return sorted(
            (piece.label, piece.surface)
            for s in sentences
            for piece in read_pieces(s.source)
            if isinstance(piece, Number)
        )

    one = item(text)

    assert numbers(WAYS[way](one)) == numbers(one.sentences)
    assert plain(WAYS[way](one)).count("【待补：人次】") == text.count("【待补：人次】")


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_rows_hold_every_sentence_of_both_versions_once(old, new):
    before, after = item(old), item(new)
    rows = align_items([before], [after])

    assert tuple(s for row in rows for s in row.old) == before.sentences
    assert tuple(s for row in rows for s in row.new) == after.sentences
    for number in range(1, len(rows) + 1):
        assert number in moved_together(rows, {number})


def test_a_split_sentence_is_one_row():
    rows = align_items([item("受理纠纷38起，开展巡逻203次。")], [item("受理纠纷38起。开展巡逻203次。")])

    assert [(len(row.old), len(row.new)) for row in rows] == [(1, 2)]


def test_a_section_written_as_it_was_read_changes_nothing():
    text = "## 一、综治\n\n（一）调解。甲。乙；\n\n丙。\n\n（二）巡逻。丁\n\n此外，戊。\n"
    for part in read_parts(text):
        assert replace_part(text, part, write_items(read_items(text, part)), {}) == text
    assert [one.address for one in read_items(text, find_part(text, "一"))] == [
        "一",
        "一/（一）",
        "一/（二）",
        "一",
    ]


def test_unchanged_numbers_keep_their_links_each_as_often_as_it_was():
    known = read_pieces("受理[38起][F1.1]，调成[38起][F1.2]，[做到小事不出网格。][P1]")

    pieces = keep_links("调成38起，受理38起，另有38起，达38起，做到小事不出网格。", known)

    assert [piece.label for piece in pieces if isinstance(piece, Number)] == ["F1.2", "F1.1"]
    assert pieces[-1].label == "P1"


def test_a_comparison_goes_where_its_number_goes():
    pieces = read_pieces("受理纠纷[38起][F1.1]，比上年减少[4起][P7.1-F1.1]，调成[36起][F1.2]。")

    kept, compared = without_comparisons(pieces)
    assert "".join(getattr(p, "text", "") or p.surface for p in kept) == "受理纠纷38起，调成36起。"
    back = with_comparisons((Words("调成"), kept[3], Words("，受理"), kept[1], Words("的纠纷。")), compared)

    assert "".join(p.text if isinstance(p, Words) else p.surface for p in back) == (
        "调成36起，受理38起的纠纷，比上年减少4起。"
    )


def test_a_sentence_knows_its_words():
    assert Sentence("[38起][F1.1]\\*。").plain == "38起*。"
