"""What Word shows is read; what it hides or leaves undecided is reported."""

import time

import pytest
from word_files import W, deleted, inserted, para, run, table, word_file

from drafter.reading import read_reports


@pytest.fixture
def read(tmp_path):
    def read_file(*body, **more):
        path = tmp_path / "report.docx"
        path.write_bytes(body[0] if isinstance(body[0], bytes) else word_file(*body, **more))
        return read_reports(path, tmp_path)

    return read_file


def headings(file):
    return [section.heading for section in file.reports[0].sections]


def codes(file):
    return [one.code for one in file.warnings]


REPORT = (
    para("柳溪镇2023年工作总结"),
    para("2023年，柳溪镇各项工作取得新进展。"),
    para("加强党的建设", style="First"),
    para("抓实学习教育。全年学习24次，参学率99.6%。", number=(1, 1)),
    para("建强基层组织", number=(1, 1)),
    para("新建支部2个", number=(1, 2)),
    para("发展党员5名", number=(1, 2)),
    para("维护社会稳定", style="Child"),
    para("矛盾调解", number=(1, 1)),
    para("发放宣传单", deleted("500"), inserted("1500"), "份。", run("内部数字99件", "<w:vanish/>")),
    table(("指标", "2022年", "2023年"), ("调解", "40起", "38起")),
)


def test_automatic_numbers_stand_as_word_prints_them(read):
    file = read(*REPORT)

    assert [(s.level, s.heading) for s in file.reports[0].sections] == [
        (1, ""),
        (1, "一、加强党的建设"),
        (2, "（一）抓实学习教育。"),
        (2, "（二）建强基层组织"),
        (3, "1．新建支部2个"),
        (3, "2．发展党员5名"),
        (1, "二、维护社会稳定"),
        (2, "（一）矛盾调解"),
    ]


def test_the_same_words_in_a_text_file_say_the_same(read, tmp_path):
    lines = [
        "柳溪镇2023年工作总结", "2023年，柳溪镇各项工作取得新进展。", "一、加强党的建设", "（一）抓实学习教育。全年学习24次，参学率99.6%。",
        "（二）建强基层组织", "1．新建支部2个", "2．发展党员5名", "二、维护社会稳定", "（一）矛盾调解", "发放宣传单1500份。",
    ]  # fmt: skip
    (tmp_path / "a.txt").write_bytes("\r\n".join(lines).encode("gb18030"))
    plain, word = read_reports(tmp_path / "a.txt").reports[0], read(*REPORT[:-1]).reports[0]

    assert [section.id for section in plain.sections] == [section.id for section in word.sections]
    assert (plain.title, plain.unit, plain.year) == (word.title, word.unit, word.year)


def test_places_are_paragraphs(read):
    sections = read(*REPORT).reports[0].sections

    assert [section.where.place for section in sections[:3]] == ["P2", "P3", "P4"]


def test_a_change_not_accepted_is_neither_glued_nor_lost_nor_silent(read):
    file = read(*REPORT)
    remark = next(one for one in file.warnings if one.code == "tracked-change")

    assert "发放宣传单1500份。" in file.reports[0].sections[-1].text
    assert "“500”" in remark.message
    assert "“1500”" in remark.message
    assert "涉及数字" in remark.message
    assert remark.where.place == "P10"


def test_hidden_words_are_dropped_and_reported(read):
    file = read(*REPORT)

    assert "99件" not in file.reports[0].sections[-1].text
    assert [one.message for one in file.warnings if one.code == "hidden-text"] == [
        "隐藏文字没有读：“内部数字99件”"
    ]


def test_rows_of_a_table_stay_together_with_their_headings(read):
    assert "指标 | 2022年 | 2023年\n调解 | 40起 | 38起" in read(*REPORT).reports[0].sections[-1].text


def test_a_list_may_start_at_three_and_begin_again(read):
    file = read(
        para("总结"),
        para("甲", number=(2, 0)), para("乙", number=(2, 0)),
        para("丙", number=(1, 0)), para("丁", number=(1, 2)), para("戊", number=(1, 2)),
        para("己", number=(3, 2)), para("庚", number=(3, 2)),
    )  # fmt: skip

    assert headings(file) == ["3、甲", "4、乙", "一、丙", "1．丁", "2．戊", "1．己", "2．庚"]


def test_a_table_of_contents_is_no_text(read):
    styles = f'<w:styles {W}><w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style></w:styles>'
    body = (
        para("总结"),
        para("目 录"),
        para("一、党建工作\t1", style="T1"),
        para("一、党建工作"),
        para("做好工作。"),
    )
    file = read(*body, extra={"word/styles.xml": styles})

    assert headings(file) == ["一、党建工作"]
    assert [one.text for one in file.dropped if one.reason == "contents"] == ["目 录", "一、党建工作 1"]


def test_bullets_number_nothing(read):
    file = read(para("总结"), para("一、党建"), para("抓好学习，全年24次。", number=(4, 0)))

    assert file.reports[0].sections[0].text == "抓好学习，全年24次。"


def test_word_heading_levels_count_where_no_number_stands(read):
    file = read(para("总结"), para("党建工作", style="Second"), para("做好工作。"))

    assert [(s.level, s.heading) for s in file.reports[0].sections] == [(2, "党建工作")]


def test_a_deleted_paragraph_end_joins_the_paragraphs(read):
    first = '<w:p><w:pPr><w:rPr><w:del w:id="9" w:author="a"/></w:rPr></w:pPr>' + run("全年学习") + "</w:p>"
    file = read(para("总结"), para("一、党建"), first, para("24次，效果好。"))

    assert file.reports[0].sections[0].text == "全年学习24次，效果好。"


def test_a_number_in_two_runs_is_one(read):
    file = read(para("总结"), para("一、党建"), para(run("学习1"), run("2"), run("次。")))

    assert file.reports[0].sections[0].text == "学习12次。"


def test_text_boxes_comments_and_notes_are_listed(read):
    box = f"<w:r><w:pict><w:txbxContent>{para('框里的数字45')}</w:txbxContent></w:pict></w:r>"
    comments = f'<w:comments {W}><w:comment w:id="0">{para("请核对")}</w:comment></w:comments>'
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{para("数据来自年报")}</w:footnote></w:footnotes>'
    file = read(
        para("总结"), para("一、党建"), para("做好工作。", box),
        extra={"word/comments.xml": comments, "word/footnotes.xml": notes},
    )  # fmt: skip

    assert codes(file) == ["text-box", "comment", "footnote"]
    assert "45" not in file.reports[0].sections[0].text


def test_a_file_elsewhere_is_listed_and_not_fetched(read):
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="x/attachedTemplate" Target="http://127.0.0.1:9/t.dotx" TargetMode="External"/>'
        '<Relationship Id="r2" Type="x/hyperlink" Target="http://127.0.0.1:9/" TargetMode="External"/></Relationships>'
    )
    file = read(
        para("总结"), para("一、党建"), para("做好工作。"), extra={"word/_rels/document.xml.rels": rels}
    )

    assert codes(file) == ["external"]


# --- refusals ------------------------------------------------------------------------

BILLION = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ({"word/document.xml": f"{BILLION}<w:document {W}><w:body/></w:document>"}, "文档类型声明"),
        ({"word/document.xml": f"<w:document {W}><w:body><w:p>"}, "读不通"),
        ({"word/document.xml": f"<w:document {W}/>"}, "没有正文"),
        ({"word/document.xml": "<a>" * 3000 + "</a>" * 3000}, "损坏"),
        ({"word/document.xml": f"<w:document {W}><w:body>{'<w:p/>' * 60_000}</w:body></w:document>"}, ""),
        (
            {"word/document.xml": f"<w:document {W}><w:body>{para('零' * 12_000_000)}</w:body></w:document>"},
            "异常地大",
        ),
        ({f"word/media/{at}.bin": "x" for at in range(2100)}, "部件过多"),
        ({"word/media/big.bin": "0" * (30 << 20)}, "异常地大"),
    ],
)
def test_a_dangerous_or_broken_file_is_refused_within_seconds(read, extra, words):
    begun = time.monotonic()
    file = read(word_file(para("总结"), para("一、党建"), para("做好工作。"), extra=extra))

    assert file.refused
    assert words in file.refused
    assert time.monotonic() - begun < 5


def test_an_archive_without_a_document_is_refused(read):
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")

    assert "没有正文" in read(out.getvalue()).refused


@pytest.mark.parametrize("at", [0.2, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_refused(read, at):
    whole = word_file(*REPORT)

    assert read(whole[: int(len(whole) * at)]).refused


def test_flipped_bytes_never_raise(read):
    import random

    whole = word_file(*REPORT)
    dice = random.Random(7)
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(5):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        file = read(bytes(broken))
        assert file.refused or file.reports
