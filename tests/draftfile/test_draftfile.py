"""The draft file survives a CommonMark parser and comes back as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from drafter.draftfile import read_draft, write_draft
from drafter.draftfile.render import write_paragraph
from drafter.model import Borrowed, Draft, DraftSection, Number, Source, Span, ToFill, Where, Words

SOURCES = {
    "F1.1": Source(Where("notes/今年 要点#1.md", line=2), '调解"纠纷"31起\\全部办结'),
    "F1.2": Source(Where("notes/今年 要点#1.md", line=2), "调解纠纷31起"),
    "F1.2/F1.1": Source(Where("notes/今年 要点#1.md", line=2), "31 ÷ 31 = 100%"),
    "F2.1": Source(Where("台账.xlsx", sheet="上半年 台账", cell="B2"), "培训班 &amp; 讲座"),
    "P1": Source(Where("past/2024.txt", line=31), "2024年总结 · 二、综治"),
}


def draft(*paragraphs):
    section = DraftSection("二、综治", 1, paragraphs, model="P1")
    return Draft({"title": "总结", "year": 2025}, "某镇总结", (section,), SOURCES)


def links(markdown):
    tokens = MarkdownIt("commonmark").parse(markdown.split("---\n", 2)[2])
    found = []
    for token in tokens:
        children = token.children or []
        for index, child in enumerate(children):
            if child.type == "link_open":
                found.append((children[index + 1].content, child.attrs["href"], child.attrs.get("title")))
    return found


def test_every_mark_is_a_link_for_a_commonmark_parser():
    text = write_draft(
        draft(
            (Words("受理纠纷!"), Number("31起", "F1.1"), Words("，[调]成率"), Number("100%", "F1.2/F1.1")),
            (Borrowed("健全了*机制*。", "P1"), ToFill("培训班期数"), Number("3期", "F2.1")),
        ),
    )

    assert [(words, title) for words, _, title in links(text)] == [
        ("二、综治", "2024年总结 · 二、综治"),
        ("31起", '调解"纠纷"31起\\全部办结'),
        ("100%", "31 ÷ 31 = 100%"),
        ("健全了*机制*。", "2024年总结 · 二、综治"),
        ("3期", "培训班 &amp; 讲座"),
    ]


def test_reading_gives_plain_text_marks_and_definitions_back():
    text = write_draft(draft((Words("受理[旧案]"), Number("31起", "F1.1"), Words("。"))))

    read = read_draft(text)

    assert read.plain.strip().splitlines()[-1] == "受理[旧案]31起。"
    mark = next(mark for mark in read.marks if mark.label == "F1.1")
    assert read.plain[mark.span.start : mark.span.end] == "31起"
    source = read.to_source(mark.span)
    assert text[source.start : source.end] == "31起"
    assert read.definitions["F1.1"].path == "notes/今年 要点#1.md"
    assert read.definitions["F1.1"].place == "L2"
    assert read.definitions["F1.1"].title == '调解"纠纷"31起\\全部办结'
    assert read.meta == {"title": "总结", "year": 2025}
    assert [(h.level, h.text, h.label) for h in read.headings] == [
        (1, "某镇总结", None),
        (2, "二、综治", "P1"),
    ]


def test_text_without_syntax_reads_as_itself():
    text = "一、综治\n调解纠纷31起，【待补：人次】[说明]。\r\n"

    read = read_draft(text)

    assert read.plain == text
    assert read.to_source(Span(4, 7)) == Span(4, 7)


def test_definitions_and_front_matter_hold_no_text_of_the_report():
    text = write_draft(draft((Number("31起", "F1.1"),)))

    assert "notes" not in read_draft(text).plain
    assert "2025" not in read_draft(text).plain


@given(st.text(alphabet=st.sampled_from(list("甲乙1 *_[]<>#!\\&;`-+.)=~ab:：，")), min_size=1, max_size=12))
def test_any_words_come_back_from_a_commonmark_parser(words):
    line = write_paragraph((Words("始" + words + "末"), Number("3起", "F1.1")))

    html = MarkdownIt("commonmark").parse(line + '\n\n[F1.1]: <a> "b"\n')
    inline = html[1].children
    shown = "".join(child.content for child in inline if child.type in {"text", "text_special"})

    assert shown == " ".join(("始" + words + "末").split(" ")).replace("  ", " ").replace("  ", " ").replace(
        "  ", " "
    ) + "3起" or (" ".join(shown.split()) == " ".join(("始" + words + "末3起").split()))
    assert read_draft(line).plain.split() == ("始" + words + "末3起").split()


@pytest.mark.parametrize("start", ["# 甲", "- 甲", "1. 甲", "> 甲", "---", "+ 甲", "2) 甲"])
def test_a_paragraph_never_turns_into_another_block(start):
    tokens = MarkdownIt("commonmark").parse(write_paragraph((Words(start),)))

    assert tokens[0].type == "paragraph_open"
    assert read_draft(write_paragraph((Words(start),))).plain == start


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("举办**讲座**9场", "举办讲座9场"),
        ("抓好**项目建设**工作", "抓好项目建设工作"),
        ("培训**人，共**期", "培训**人，共**期"),
        ("救助**户困难家庭**人", "救助**户困难家庭**人"),
        ("发放**资料**份", "发放**资料**份"),
    ],
)
def test_bold_words_inside_a_sentence_are_words_and_stripped_numbers_stay_stripped(text, plain):
    assert read_draft(text).plain == plain
