"""Web pages, PDF and old office files say what the same text says; the paper around it is set aside."""

import shutil
import subprocess
import time

import pytest
from paper import write_pdf
from word_files import para, table, word_file

from drafter.reading import read_reports

TITLE = "红石街道2023年工作总结"
LINES = [
    "2023年，红石街道在区委的坚强领导下，围绕中心工作，扎实推进各项工作，共办理实事15件。",
    "一、加强基层党建",
    "（一）抓实理论学习。全年组织集中学习24次，参学率达99.6%，举办培训班6期，培训党员群众320人次，发放资料1500余份。",
    "（二）建强基层组织。新建支部2个，发展党员5名。",
    "二、维护社会稳定",
    "全年调解矛盾纠纷38起，调解成功率100%，坚持预防为主、调防结合，做到小事不出网格、大事不出社区。",
]
CHROME = ("0871-68712345", "12345", "13800138000", "998877", "01-10")


@pytest.fixture
def read(tmp_path):
    def read_bytes(data, name):
        path = tmp_path / name
        path.write_bytes(data)
        return read_reports(path, tmp_path)

    return read_bytes


def page(body, charset="utf-8", head=""):
    return f"""<!DOCTYPE html><html><head><meta charset="{charset}"><title>{TITLE}-某某网</title>{head}</head><body>
<div class="nav"><a href="/">首页</a> <a href="/z">政务公开</a> <a href="/x">联系电话：0871-68712345</a></div>
<div>当前位置：<a href="/">首页</a> &gt; 工作总结</div>
<h1>{TITLE}</h1>
<div class="info">发布时间：2024-01-15 10:22 来源：红石街道 点击：12345次</div>
<div class="content">{body}</div>
<div class="related"><h3>相关推荐</h3><ul><li><a href="1">某街道工作总结</a> 01-10</li></ul></div>
<div class="ad">广告热线 13800138000 欢迎咨询</div>
<footer>版权所有 © 某某网 访问量：998877</footer></body></html>"""


def paragraphs(lines=LINES):
    return "\n".join(f"<p>{line}</p>" for line in lines)


def plain(lines):
    return "\n\n".join((TITLE, *lines)).encode()


def content(file):
    """Return what a report says, whatever kind of file says it."""
    report = file.reports[0]
    found = [(one.level, one.heading, one.text) for one in report.sections]
    return report.title, report.unit, report.year, found


def all_text(file):
    return "\n".join(one.heading + one.text for report in file.reports for one in report.sections)


# --- web pages -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("charset", "codec"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("gbk", "gb18030")]
)
def test_a_web_page_is_read_without_the_page_around_it(read, charset, codec):
    file = read(page(paragraphs(), charset).encode(codec), "a.html")

    assert content(file) == content(read(plain(LINES), "a.txt"))
    assert not any(number in all_text(file) for number in CHROME)
    assert all(any(number in one.text for one in file.dropped) for number in CHROME)
    assert file.reports[0].published == "2024-01-15"


def test_tables_lists_and_headings_of_a_page_are_kept(read):
    body = paragraphs() + (
        "<h2>三、数据</h2><ol><li>播种粮食2.8万亩。</li><li>造林600亩。</li></ol>"
        "<table><tr><th>指标</th><th>2023年</th></tr><tr><td>调解</td><td>38起</td></tr></table>"
    )
    text = all_text(read(page(body).encode(), "a.html"))

    assert "三、数据" in text
    assert "1. 播种粮食2.8万亩。" in text
    assert "指标 | 2023年\n调解 | 38起" in text


def test_what_a_page_hides_or_strikes_out_is_reported(read):
    body = (
        paragraphs()
        + '<p>发放宣传单<del>500</del><ins>1500</ins>份。</p><p style="display: none">内部数字4477件</p>'
    )
    file = read(page(body).encode(), "a.html")

    assert "发放宣传单1500份。" in all_text(file)
    assert "4477" not in all_text(file)
    assert [one.code for one in file.warnings] == ["hidden-text", "tracked-change"]


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 5000,
        "<script>" * 100_000,
        "<!--" * 100_000,
        "<p>" * 100_000,
        "<table><tr><td>" * 2000,
        "<ol><li>" * 3000,
    ],
)
def test_a_hostile_page_is_read_or_refused_within_seconds(read, markup):
    begun = time.monotonic()
    read(f"<html><body>{paragraphs()}{markup}".encode(), "a.html")

    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    "data", [b"<html></html>", b"<html><body><script>1</script></body></html>", b"\x00\x01\x02" * 50]
)
def test_a_page_without_words_is_refused(read, data):
    assert read(data, "a.html").refused


# --- PDF -----------------------------------------------------------------------------


def fitting(words, width):
    """Return how many characters fill a line, digits and Latin signs being half as wide."""
    room, count = width, 0
    while count < len(words) and room > 0:
        room -= 0.5 if words[count].isascii() else 1
        count += 1
    return count


def paper(lines, width=28):
    """Return pages set like an official paper: indented paragraphs, a running head, page numbers."""
    pages, y = [[]], 100
    for rank, line in enumerate([TITLE, *lines]):
        rest, first = line, rank > 0
        while rest:
            if y > 740:
                pages.append([])
                y = 100
            cut = fitting(rest, width - 2 if first else width)
            pages[-1].append((200 if not rank else 74 + 32 * first, y, rest[:cut]))
            rest, first, y = rest[cut:], False, y + 29
    for number, one in enumerate(pages, 1):
        one.insert(0, (74, 40, "某某区人民政府公报 2023年第7期"))
        one.append((280, 812, f"— {number} —"))
    return pages


def test_a_pdf_reads_like_the_text_without_heads_and_page_numbers(read):
    lines = [*LINES, *(line.replace("一、", "三、").replace("二、", "四、") for line in LINES[1:] * 3)]
    file = read(write_pdf(paper(lines)), "a.pdf")

    assert content(file) == content(read(plain(lines), "a.txt"))
    assert {one.reason for one in file.dropped} == {"page-furniture", "title", "page-number"}


def test_a_scan_is_refused_with_the_next_step(read):
    file = read(write_pdf([[(0, 0, None)]] * 3), "a.pdf")

    assert "扫描件" in file.refused
    assert "OCR" in file.refused


def test_a_damaged_pdf_is_refused(read):
    whole = write_pdf(paper(LINES))

    assert read(whole[:300], "a.pdf").refused
    assert read(b"%PDF-1.4\n" + b"x" * 2000, "a.pdf").refused


# --- old office files ----------------------------------------------------------------

soffice = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(
    not soffice, reason="LibreOffice is not installed: .doc .wps .xls are not tried"
)


def convert(path, target):
    profile = (path.parent / "profile").as_uri()
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            path.parent,
            path,
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return path.with_suffix(f".{target}")


@needs_office
def test_an_old_word_file_reads_like_the_new_one(read, tmp_path):
    body = [
        para(TITLE),
        para(LINES[0]),
        para("加强基层党建", style="First"),
        para(LINES[2][3:], number=(1, 1)),
        para(LINES[3][3:], number=(1, 1)),
        para("维护社会稳定", style="First"),
        para(LINES[5]),
        table(("指标", "2023年"), ("调解", "38起")),
        para("以上数据截至年底。"),
    ]
    new = read(word_file(*body), "new.docx")
    old = read(convert(tmp_path / "new.docx", "doc").read_bytes(), "old.doc")
    wps = read((tmp_path / "old.doc").read_bytes(), "old.wps")

    assert content(old) == content(new)
    assert content(wps) == content(new)
    assert [one[1] for one in content(new)[3]] == [
        "",
        *(LINES[at].split("。")[0] + "。" * (at in (2, 3)) for at in (1, 2, 3, 4)),
    ]


@needs_office
def test_an_old_workbook_is_read_row_by_row(read, tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "红石街道2023年数据"
    for row in (("指标", "数量", "占比"), ("调解", 38, 0.985)):
        book.active.append(row)
    book.active["C2"].number_format = "0.0%"
    book.save(tmp_path / "a.xlsx")
    file = read(convert(tmp_path / "a.xlsx", "xls").read_bytes(), "b.xls")

    assert "调解 | 38 | 98.5%" in all_text(file)
    assert file.reports[0].unit == "红石街道"


def test_without_libreoffice_an_old_file_is_refused_with_the_next_step(read, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    name = "WordDocument".encode("utf-16-le")
    file = read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500 + name, "a.doc")

    assert "LibreOffice" in file.refused
    assert ".docx" in file.refused


def test_a_new_word_file_under_an_old_name_is_read(read):
    file = read(word_file(para(TITLE), para("一、党建"), para("做好工作。")), "a.doc")

    assert content(file) == content(
        read(word_file(para(TITLE), para("一、党建"), para("做好工作。")), "a.docx")
    )
