import re

from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.reading.notes import facts_from_texts
from drafter.reading.notes_conflicts import find_conflicts
from drafter.reading.notes_sums import find_miscounts
from drafter.reading.notes_text import read_text

TOPICS = st.sampled_from(["党建", "综治", "民生保障", "文化体育", "环境整治"])
WORDS = st.sampled_from(["走访慰问", "夜间巡逻", "理论学习", "清运垃圾", "新装路灯", "调解纠纷"])
UNITS = st.sampled_from(["户", "次", "场", "吨", "盏", "起"])
FACTS = st.builds("{}{}{}".format, WORDS, st.integers(1, 9999), UNITS)
HEADINGS = st.sampled_from(["## {}", "### {}", "【{}】", "{}：", "# {}"])
BULLETS = st.sampled_from(["- ", "* ", "• ", "1. ", "2、", "（3）", "①", ""])
LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@given(
    st.lists(
        st.tuples(TOPICS, HEADINGS, BULLETS, st.lists(FACTS, min_size=1, max_size=4)), min_size=1, max_size=5
    ),
    LINE_ENDS,
)
def test_every_bullet_comes_back_in_order_with_its_topic_and_place(blocks, line_end):
    lines, expected = [], []
    for topic, heading, bullet, facts in blocks:
        lines += ["", heading.format(topic), *(bullet + fact for fact in facts)]
        expected += [(topic, fact) for fact in facts]
    text = line_end.join(["- 开头1条", *lines, ""])

    entries = read_text(text, "要点.txt").entries[1:]

    assert [(entry.topic, entry.text) for entry in entries] == expected
    for entry in entries:
        span = entry.where.span
        assert span is not None
        assert text[span.start : span.end] == entry.text
        assert entry.where.line == len(re.findall(r"\r\n|\r|\n", text[: span.start])) + 1


@settings(max_examples=200)
@given(
    st.text(
        alphabet=st.sampled_from(
            "- *#>|一二（）【】：，。；、\n\r\t　`[]<!->\\0123八年月日%次起共每其中单位时间工作要点\u200b"
        ),
        max_size=120,
    ),
    st.booleans(),
)
def test_whatever_stands_in_the_notes_is_read_without_a_fault(text, markdown):
    page = read_text(text, "要点.md", markdown=markdown)
    facts = facts_from_texts([entry.text for entry in page.entries])

    assert all(entry.text.strip() for entry in page.entries)
    assert list(find_conflicts(facts)) is not None
    assert list(find_miscounts(facts)) is not None
