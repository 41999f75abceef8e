"""A Word copy looks as offices expect, says where its numbers are from, and holds any text."""

import io
import re
import shutil
import subprocess
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from drafter.draftfile import read_draft
from drafter.draftfile.carried import to_properties
from drafter.errors import ReadError
from drafter.reading.word_draft import read_properties, read_word_draft
from drafter.showing.word import write_word
from drafter.showing.word_blocks import read_blocks
from drafter.showing.word_comments import Comment
from drafter.showing.word_marking import Marking
from drafter.showing.word_pieces import put_right
from drafter.showing.word_template import open_template

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(
    not (SOFFICE and shutil.which("pdftotext")), reason="LibreOffice and pdftotext are not installed"
)
TEXT = """# 青石社区2025年工作总结

## [一、综治][P1]

（一）调解纠纷。受理矛盾纠纷[38起][F1.1],调解成功[37起][F1.2]。

文明进楼栋。评出最美楼道12个。

## 1.排查隐患

## （1）分片包干

办结【待补：件】。

[F1.1]: <要点.md#L1> "受理38起"
[F1.2]: <要点.md#L1> "成功37起"
[P1]: <往年.md#L3> "综治"
"""


def written(text=TEXT, template=None, marking=None, **meta):
    draft = read_draft(text)
    return write_word(draft, open_template(template), to_properties(meta, "draft"), marking or Marking())


def opened(data):
    return Document(io.BytesIO(data))


def style_of(paragraph):
    return paragraph.style.name


def faces(element):
    fonts = element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    assert not [name for name in fonts.attrib if "Theme" in name]
    return {fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "eastAsia", "cs")}


def integrity(data, folder):
    from ooxml_integrity import check

    file = folder / "checked.docx"
    file.write_bytes(data)
    return check(str(file))


def test_the_page_is_that_of_the_standard():
    section = opened(written()).sections[0]

    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    assert int(grid.get(qn("w:linePitch"))) == 560


@pytest.mark.parametrize(
    ("name", "face", "half_points", "bold"),
    [
        ("Title", "方正小标宋简体", "44", False),
        ("heading 1", "黑体", "32", False),
        ("heading 2", "楷体_GB2312", "32", False),
        ("heading 3", "仿宋_GB2312", "32", True),
        ("heading 4", "仿宋_GB2312", "32", False),
        ("Normal", "仿宋_GB2312", "32", False),
    ],
)
def test_each_style_names_its_face_for_chinese_too(name, face, half_points, bold):
    styles = opened(written()).styles.element
    style = next(s for s in styles.findall(qn("w:style")) if s.find(qn("w:name")).get(qn("w:val")) == name)

    assert faces(style) == {face}
    assert style.find(f"{qn('w:rPr')}/{qn('w:sz')}").get(qn("w:val")) == half_points
    sign = style.find(f"{qn('w:rPr')}/{qn('w:b')}")
    assert (sign is not None and sign.get(qn("w:val")) is None) is bold


def test_lines_are_28_points_and_the_text_is_indented_by_two_characters():
    styles = opened(written()).styles.element
    by_id = {style.get(qn("w:styleId")): style.find(qn("w:pPr")) for style in styles.findall(qn("w:style"))}
    spacing = by_id["Normal"].find(qn("w:spacing"))

    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("560", "exact")
    assert by_id["Normal"].find(qn("w:widowControl")).get(qn("w:val")) == "0"
    for name in ("BodyTextFirstIndent", "Heading1", "Heading2"):
        assert by_id[name].find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"


def test_each_paragraph_has_the_style_of_its_level():
    paragraphs = opened(written()).paragraphs

    assert [style_of(paragraph) for paragraph in paragraphs] == [
        "Title",
        "Heading 1",
        "Body Text First Indent",
        "Body Text First Indent",
        "Heading 3",
        "Heading 4",
        "Body Text First Indent",
    ]
    assert paragraphs[2].runs[0].text == "（一）调解纠纷。"
    assert paragraphs[2].runs[0].style.name == "段首标题 2"
    assert paragraphs[2].runs[1].style.name == "Default Paragraph Font"


def test_a_plain_text_gets_title_and_headings_by_its_numbers():
    draft = read_draft(
        "青石社区2025年工作总结\n\n一、综治\n（一）调解\n受理38起。\n1.巡逻。夜间巡逻203次。\n"
    )

    assert [(block.kind, block.level) for block in read_blocks(draft)] == [
        ("title", 0),
        ("heading", 1),
        ("heading", 2),
        ("body", 0),
        ("body", 3),
    ]


def test_signs_of_markdown_lists_quotations_and_rules_are_not_printed():
    draft = read_draft(
        "# 青石社区2025年工作总结\n\n- 走访96户\n  - [12户][F1.1]有困难\n* 种树120棵\n\n"
        "> 群众说好。\n> - 很好\n\n---\n\n```\n气温-5℃\n```\n\n-5℃\n"
    )
    data = write_word(draft, open_template(None), {})

    assert [p.text for p in opened(data).paragraphs][1:] == [
        "走访96户",
        "12户有困难",
        "种树120棵",
        "群众说好。",
        "很好",
        "气温-5℃",
        "-5℃",
    ]
    assert {style_of(p) for p in opened(data).paragraphs[1:]} == {"Body Text First Indent"}


def test_numbered_lines_that_give_figures_are_text_and_others_headings():
    draft = read_draft(
        "青石社区2025年工作总结\n\n1. 召开会议12次，参加38人。\n2、种树120棵，养护30棵\n"
        "（一）走访96户。\n3. 打造15分钟生活圈\n5.走访96户\n4. 2025年重点，抓好落实。\n"
    )

    assert [block.kind for block in read_blocks(draft)][1:] == [
        "body",
        "body",
        "body",
        "heading",
        "body",
        "heading",
    ]


def test_who_signs_and_the_date_stand_on_the_right():
    draft = read_draft(
        "# 青石社区2025年工作总结\n\n夜间巡逻203次。\n\n青石社区居民委员会\n\n2025年12月30日\n"
    )
    paragraphs = opened(write_word(draft, open_template(None), {})).paragraphs

    assert [style_of(paragraph) for paragraph in paragraphs[-2:]] == ["落款", "落款"]


def test_pages_are_numbered_outside_and_a_draft_says_that_it_is_one():
    word = opened(written())
    section = word.sections[0]

    assert word.settings.odd_and_even_pages_header_footer
    assert "".join(section.footer.paragraphs[0].text.split()).startswith("—")
    assert "PAGE" in section.even_page_footer._element.xml
    assert section.footer.paragraphs[0].alignment == 2
    assert section.even_page_footer.paragraphs[0].alignment == 0
    assert section.header.paragraphs[0].text == section.even_page_header.paragraphs[0].text == "草稿"
    assert opened(written(marking=Marking(final=True))).sections[0].header.paragraphs[0].text == ""


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("受理38起,成功37起", "受理38起，成功37起"),
        ("(一)调解", "（一）调解"),
        ("网格员14名(含兼职);另有:", "网格员14名（含兼职）；另有："),
        ("发放1,234份", "发放1,234份"),
        ("8:30至9:00", "8:30至9:00"),
        ("见http://a.cn:80/x", "见http://a.cn:80/x"),
        ("f(x), g", "f(x), g"),
        ("A,B", "A,B"),
        ("完成99.6%,比去年高", "完成99.6%，比去年高"),
        ('群众说:"真好!"行吗?', "群众说：“真好！”行吗？"),
        ("走访260户.", "走访260户。"),
        ("增长2.", "增长2."),
        ('屏幕24"厚2"', '屏幕24"厚2"'),
        ("见http://a.cn/?键=1", "见http://a.cn/?键=1"),
    ],
)
def test_half_width_punctuation_is_put_right_outside_numbers(words, right):
    assert put_right(words) == right
    assert len(right) == len(words)


def test_what_is_open_or_doubtful_has_a_colour(tmp_path):
    draft = read_draft(TEXT)
    at = draft.plain.index("12个")
    word = opened(written(marking=Marking([(type(draft.marks[0].span)(at, at + 3), "error")])))
    colours = {
        run.text: run.font.highlight_color
        for p in word.paragraphs
        for run in p.runs
        if run.font.highlight_color
    }

    assert list(colours) == ["12个"]


def test_marks_properties_and_headings_are_read_back():
    meta = {
        "title": "青石社区2025年工作总结",
        "year": 2025,
        "notes": [{"path": "要点.md", "sha256": "0" * 64}, {"path": "表.csv", "sha256": "1" * 64}],
        "prompt": {"name": "section", "sha256": "2" * 64},
    }
    draft = read_draft(TEXT)
    back = read_word_draft(written(**meta), "a.docx")

    assert back.meta == meta
    words = [(mark.label, draft.plain[slice(*mark.span)]) for mark in draft.marks]
    assert [(mark.label, back.plain[slice(*mark.span)]) for mark in back.marks] == words
    assert [heading.text for heading in back.headings] == ["一、综治", "1.排查隐患", "（1）分片包干"]
    assert back.plain.split() == put_right(draft.plain).split()


def test_the_same_draft_gives_the_same_bytes():
    marking = Marking(comments=[Comment(read_draft(TEXT).marks[0].span, "说明")])

    assert written(marking=marking) == written(marking=marking)


@pytest.mark.parametrize("rule", ["| --- | --- |", "|:---|---:|", "|-|:-:|"])
def test_a_table_of_the_draft_becomes_a_table(rule):
    data = written(f"# 青石社区2025年工作总结\n\n| 指标 | 数量 |\n{rule}\n| 巡逻 | [203次][F2.1] |\n")
    table = opened(data).tables[0]

    assert [[cell.text for cell in row.cells] for row in table.rows] == [["指标", "数量"], ["巡逻", "203次"]]
    assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert [mark.label for mark in read_word_draft(data, "a.docx").marks] == ["F2.1"]


@pytest.mark.parametrize("ours", [True, False])
def test_a_table_of_a_word_draft_stays_a_table(ours):
    if ours:
        table = (
            "附件：主要指标表\n\n| 指标 | 数量 | 备注 |\n| --- | --- | --- |\n| 巡逻 | [203次][F2.1] | |\n"
        )
        data = written(f"# 青石社区2025年工作总结\n\n巡逻。\n\n{table}")
    else:
        word = Document()
        word.add_heading("青石社区2025年工作总结", 0)
        word.add_paragraph("附件：主要指标表")
        table = word.add_table(2, 3)
        for number, row in enumerate((("指标", "数量", "备注"), ("巡逻", "203次", ""))):
            for place, words in enumerate(row):
                table.cell(number, place).text = words
        target = io.BytesIO()
        word.save(target)
        data = target.getvalue()
    again = opened(write_word(read_word_draft(data, "a.docx"), open_template(None), {}))

    cells = [[cell.text for cell in row.cells] for row in again.tables[0].rows]
    assert cells == [["指标", "数量", "备注"], ["巡逻", "203次", ""]]
    assert [p.text for p in again.paragraphs if p.paragraph_format.page_break_before] == ["附件：主要指标表"]


def test_a_label_too_long_for_a_bookmark_comes_back_too():
    label = "+".join(f"F{number}.1" for number in range(10, 30))
    draft = read_word_draft(written(f"# 总结报告\n\n共[380起][{label}]。\n"), "a.docx")

    assert [mark.label for mark in draft.marks] == [label]


def office_template(folder, *, without=()):
    from docx.shared import Mm

    word = Document()
    word.sections[0].top_margin = Mm(30)
    word.sections[0].header.paragraphs[0].text = "青石街道办事处"
    word.add_paragraph("旧文字99份")
    word.add_comment(word.paragraphs[0].runs, "旧批注", "某", "某")
    word.add_table(1, 1)
    face = word.styles["Heading 1"].element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(face.attrib):
        del face.attrib[name]
    for name in ("ascii", "hAnsi", "eastAsia"):
        face.set(qn(f"w:{name}"), "华文中宋")
    for name in without:
        style = word.styles[name].element
        style.getparent().remove(style)
    file = folder / "模板.docx"
    word.save(str(file))
    return file


def test_an_office_brings_its_page_its_header_and_its_styles(tmp_path):
    data = written(template=office_template(tmp_path))
    word = opened(data)

    assert round(word.sections[0].top_margin.mm) == 30
    assert [p.text for p in word.sections[0].header.paragraphs] == ["草稿", "青石街道办事处"]
    assert "旧文字" not in "".join(p.text for p in word.paragraphs)
    assert not word.tables
    assert not list(word.comments)
    heading = next(p for p in word.paragraphs if p.text == "一、综治")
    assert heading.style.name == "Heading 1"
    assert heading.style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:eastAsia")) == "华文中宋"
    assert "— 1 —" not in word.sections[0].footer.paragraphs[0].text


def test_headings_that_word_would_number_are_not_numbered_twice(tmp_path):
    file = office_template(tmp_path)
    word = Document(str(file))
    properties = word.styles["Heading 1"].element.get_or_add_pPr()
    numbers = properties.makeelement(qn("w:numPr"), {})
    numbers.append(numbers.makeelement(qn("w:numId"), {qn("w:val"): "1"}))
    properties.append(numbers)
    word.save(str(file))
    heading = next(p for p in opened(written(template=file)).paragraphs if p.text == "一、综治")

    assert heading._p.pPr.numPr.numId.val == 0


def test_headers_that_the_last_section_takes_over_stay(tmp_path):
    file = office_template(tmp_path)
    word = Document(str(file))
    word.add_section()
    word.save(str(file))

    header = opened(written(template=file)).sections[0].header
    assert [p.text for p in header.paragraphs] == ["草稿", "青石街道办事处"]


def test_styles_that_an_office_lacks_are_ours_and_named(tmp_path):
    template = open_template(office_template(tmp_path, without=("Title", "Heading 3")))

    assert template.missing == ("Title", "heading 3")
    data = write_word(read_draft(TEXT), template, {})
    assert style_of(opened(data).paragraphs[0]) == "Title"


def test_a_copy_may_serve_as_a_template_and_says_once_what_it_is(tmp_path):
    file = tmp_path / "旧稿.docx"
    file.write_bytes(written())

    draft, final = (opened(written(template=file, marking=Marking(final=final))) for final in (False, True))
    assert [p.text for p in draft.sections[0].header.paragraphs] == ["草稿"]
    assert [p.text for p in final.sections[0].header.paragraphs] == [""]
    assert "PAGE" in final.sections[0].footer._element.xml


@pytest.mark.parametrize(
    "body",
    [b"<w:document", b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'/>"],
)
def test_a_broken_template_is_refused(tmp_path, body):
    file = office_template(tmp_path)
    made = tmp_path / "坏.docx"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, body if name == "word/document.xml" else old.read(name))

    with pytest.raises(ReadError, match="模板"):
        open_template(made)


def test_a_template_file_of_word_serves_too(tmp_path):
    file = office_template(tmp_path)
    made = tmp_path / "模板.dotx"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"document.main+xml", b"template.main+xml"))

    assert opened(written(template=made)).paragraphs


def test_own_properties_replace_those_of_an_earlier_export_used_as_a_template(tmp_path):
    first = tmp_path / "first.docx"
    first.write_bytes(written(title="旧", unit="旧单位"))

    assert read_properties(written(template=first, title="新")) == {"drafter": "draft", "title": "新"}


@pytest.mark.parametrize("template", [False, True])
def test_an_independent_checker_finds_no_fault_and_no_orphaned_comment(tmp_path, template):
    pytest.importorskip("ooxml_integrity")
    draft = read_draft(TEXT)
    marking = Marking(comments=[Comment(mark.span, f"说明{mark.label}") for mark in draft.marks])
    file = office_template(tmp_path) if template else None
    found = integrity(written(template=file, marking=marking, title="题"), tmp_path)

    assert not found


EVENTS = [
    "onload",
    "onclick",
    "onmouseover",
    "onfocus",
    "onblur",
    "oninput",
    "onkeydown",
    "onsubmit",
    "onpaste",
    "ontoggle",
]
TAGS = [
    "svg",
    "iframe",
    "object",
    "embed",
    "video",
    "math",
    "style",
    "textarea",
    "base",
    "meta",
    "link",
    "form",
    "body",
    "details",
    "input",
]
CODES = (
    0x85,
    0xA0,
    0xAD,
    0x061C,
    0x115F,
    0x180E,
    0x2000,
    0x200E,
    0x202A,
    0x2060,
    0x2067,
    0x3164,
    0xFE0F,
    0xFFF9,
    0xE0041,
)
HOSTILE = (
    *(f"<a {name}=alert(1)>点</a>" for name in EVENTS),
    *(f"</w:t></w:r><{name} src=x>" for name in TAGS),
    *(f"甲{chr(code)}乙" for code in CODES),
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "]]><w:p/>",
    "<!--",
    "&lt;b&gt;&amp;&#60;",
    "<?xml version='1.0'?>",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>&b;",
    "{{7*7}}",
    "{% raw %}",
    "${jndi:ldap://x}",
    "%(a)s %s {0} {}",
    "[red]红[/red]",
    "[link=http://a]b[/link]",
    "\x1b[31m红\x1b[0m",
    "\x1b]8;;http://a\x07b",
    "\x00",
    "\x01\x02\x08\x0b\x0c\x0e\x1f",
    "\x7f\x80\x9f",
    "\u202e反向",
    "\u2066a\u2069",
    "\u200b\u200c\u200d\ufeff",
    "\u2028\u2029",
    "\ufffe\uffff",
    "\ud7ff\ue000\U0010ffff",
    "\U0001f600",
    'HYPERLINK "http://a"',
    "=cmd|' /C calc'!A0",
    "javascript:alert(1)",
    "' onmouseover='x",
    "\\",
    "\\n\\t\\u0000",
    "`code`",
    "**粗**_斜_~~删~~",
    "|格|子|",
    "\t制表",
    "F1.1",
    "_drafter_1_F1_1",
    "a" * 3000,
    "字" * 3000,
    "../../../etc/passwd",
)


@pytest.mark.parametrize("role", ["text", "comment"])
@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_any_words_are_shown_as_they_are_or_as_their_codes(tmp_path, words, role):
    base = read_draft("# 总结报告\n\n前后。\n")
    at = base.plain.index("后")
    plain = base.plain[:at] + words + base.plain[at:] if role == "text" else base.plain
    draft = type(base)(plain, plain, offsets=tuple(range(len(plain))), headings=base.headings)
    mark = type(base.headings[0].span)(at - 1, at)
    marking = Marking(comments=[Comment(mark, words)] if role == "comment" else ())
    data = write_word(draft, open_template(None), {"title": words, "notes.1.path": words}, marking)
    word = opened(data)

    shown = "".join(p.text for p in word.paragraphs) if role == "text" else next(iter(word.comments)).text
    kept = re.sub(
        r"[^\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff\t]|\s",
        "",
        put_right(f"前{words}后") if role == "text" else words,
    )
    assert all(char in shown for char in kept)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", shown)
    assert read_word_draft(data, "a.docx").plain.startswith("总结报告")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert not any(
            "External" in archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels")
        )


def converted(data, folder, kind):
    source = folder / "out" / "a.docx"
    source.parent.mkdir()
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = [
        SOFFICE,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"a.{kind}"


@needs_office
def test_a_full_page_has_22_lines(tmp_path):
    sentence = "坚持做好群众身边的每一件小事，把好事办好、实事办实，"
    text = "# 青石社区2025年工作总结\n\n" + "\n\n".join(sentence * 6 + "做到。" for _ in range(14)) + "\n"
    pdf = converted(written(text, marking=Marking(final=True)), tmp_path, "pdf")
    pages = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60
    )
    lines = [
        [line for line in page.splitlines() if line.strip()] for page in pages.stdout.decode().split("\f")
    ]

    assert len(lines) > 3
    assert [len(page) - 1 for page in lines[1:-2]] == [22] * len(lines[1:-2])
    assert "".join(lines[0][-1].split()) == "—1—"
    assert lines[0][-1].startswith("   ")
    assert "".join(lines[1][-1].split()) == "—2—"
    assert not lines[1][-1].startswith("      ")


@needs_office
def test_a_copy_that_libreoffice_saved_anew_is_the_same_draft(tmp_path):
    draft = read_draft(TEXT)
    marking = Marking(comments=[Comment(mark.span, f"说明{mark.label}") for mark in draft.marks])
    data = written(marking=marking, title="题", notes=[{"path": "要点.md", "sha256": "0" * 64}])
    again = converted(data, tmp_path, "docx").read_bytes()

    assert read_word_draft(again, "a.docx") == read_word_draft(data, "a.docx")
    assert dict(read_properties(again)) == dict(read_properties(data))
    starts = zipfile.ZipFile(io.BytesIO(again)).read("word/document.xml").decode().count("commentRangeStart")
    assert starts == len(list(opened(again).comments)) == len(marking.comments)
