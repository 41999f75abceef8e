"""The sample data is what it says: alive, messy, readable, and consistent in itself."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from drafter.reading import read_reports
from drafter.reading.notes import read_notes

ROOT = Path(__file__).resolve().parent.parent
PAST = sorted(path for path in (ROOT / "corpus/past").rglob("*") if path.is_file())
NOTES = sorted(path for path in (ROOT / "corpus/notes").iterdir() if path.is_file())
UNITS = sorted({path.parent.name for path in PAST})

_HAN = re.compile(r"[一-鿿]")
_RATE = re.compile(
    r"(\d+)([起处件批个])[^。；;\d]{0,12}?(\d+)\2[^。；;\d]{0,10}?率达?(\d+(?:\.(\d+))?)%",
)


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def text_of(path: Path) -> str:
    """Return the report of `path` as the reader gives it: headings and texts, nothing round it."""
    file = read_reports(path)
    assert file.refused is None
    return "\n".join(section.heading + section.text for report in file.reports for section in report.sections)


def raw(pattern: str) -> list[Path]:
    return [path for path in PAST if path.match(pattern)]


def test_three_units_have_three_to_four_years_each():
    years = {unit: [path for path in PAST if path.parent.name == unit] for unit in UNITS}

    assert len(UNITS) == 3
    assert all(3 <= len(files) <= 4 for files in years.values())


@pytest.mark.parametrize("path", PAST, ids=name_of)
def test_a_past_report_is_read_whole_as_one_report_of_its_year(path):
    (report,) = read_reports(path).reports

    assert report.year == int(path.stem[:4])
    assert report.period == (path.stem[4:] or "全年")
    assert len(report.sections) >= 7


@pytest.mark.parametrize("path", PAST, ids=name_of)
def test_a_past_report_has_the_length_of_a_real_one(path):
    assert 1500 <= len(_HAN.findall(text_of(path))) <= 4000


@pytest.mark.parametrize("path", PAST, ids=name_of)
def test_the_rates_of_a_past_report_follow_from_the_numbers_beside_them(path):
    found = _RATE.findall(text_of(path))

    for whole, _, part, rate, places in found:
        assert round(int(part) / int(whole) * 100, len(places)) == pytest.approx(float(rate), abs=0.001)
    assert found


def test_every_way_of_heading_and_listing_occurs():
    texts = "\n".join(text_of(path) for path in PAST)

    for shape in (r"(?m)^一、", r"(?m)^（一）", r"(?m)^\(一\)", r"(?m)^1、", r"(?m)^1\.", r"(?m)^（1）"):
        assert re.search(shape, texts), shape
    for words in ("文明进小区。", "一是", "二是", "共计|共受理|累计", "人次", "近百|近千|近四千", "两千余"):
        assert re.search(words, texts), words
    for words in ("翻了一番", "四成|三成", "同比增长", "1.2万", "过半", "第一、二针"):
        assert re.search(words, texts), words


def test_one_text_is_in_the_old_chinese_encoding_with_the_line_ends_of_windows():
    (path,) = [file for file in raw("*.txt") if b"\r\n" in file.read_bytes()]
    data = path.read_bytes()

    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    assert data.decode("gb18030").count("\r\n") == data.count(b"\n")
    assert read_reports(path).encoding == "gb18030"


def test_one_report_is_a_word_file_whose_numbers_word_itself_puts_in():
    (path,) = raw("*.docx")
    with zipfile.ZipFile(path) as parts:
        document = parts.read("word/document.xml").decode()
        numbering = parts.read("word/numbering.xml").decode()

    assert document.count("<w:numPr>") > 20
    assert "chineseCountingThousand" in numbering
    assert not re.search(r"<w:t[^>]*>[（(]?[一二三四五六七八]+[、）)]", document)
    assert re.search(r"(?m)^（二）", text_of(path)), "the reader puts them back"


def test_one_report_is_a_saved_page_with_what_a_site_puts_round_it():
    (path,) = raw("*.html")
    page = path.read_text(encoding="utf-8")
    text = text_of(path)

    for chrome in ("当前位置", "会员年卡", "备案号", "客服电话", "发布时间：2024-03-18"):
        assert chrome in page
        assert chrome not in text


def test_what_follows_the_article_on_the_page_is_no_part_of_it():
    (path,) = raw("*.html")
    text = text_of(path)

    assert "以一域之光为全县添彩。" in text
    for chrome in ("上一页", "收藏", "相关推荐", "热门排行", "转正申请书"):
        assert chrome not in text


def test_page_numbers_inside_words_are_taken_out():
    torn = [text_of(file) for file in raw("*.txt")]

    assert any("形势不容乐观" in text for text in torn)
    assert any("有待进一步提升" in text for text in torn)


def test_one_report_has_stripped_numbers_and_masked_names():
    marked = {mark for path in PAST for report in read_reports(path).reports for mark in marks_of(report)}

    assert {"stripped-numbers", "masked-names"} <= marked


def marks_of(report):
    return {mark for section in report.sections for mark in section.quality}


def test_the_notes_come_in_the_three_forms_that_offices_use():
    assert {path.suffix for path in NOTES} == {".md", ".txt", ".xlsx"}
    assert sorted(path.stem.removesuffix("-2025") for path in NOTES) == UNITS


@pytest.mark.parametrize("path", NOTES, ids=name_of)
def test_notes_are_of_a_unit_and_year_and_hold_25_to_45_bullets(path):
    notes = read_notes([path])

    assert (notes.year, notes.period) == (2025, "全年")
    assert notes.unit
    assert notes.unit in path.stem or path.stem.startswith(notes.unit)
    assert 25 <= len(notes.facts) <= 45


@pytest.mark.parametrize("path", NOTES, ids=name_of)
def test_notes_hold_a_contradiction_and_bullets_without_numbers(path):
    notes = read_notes([path])

    assert "contradiction" in {finding.code for finding in notes.findings}
    if path.suffix != ".xlsx":
        assert any(not fact.quantities for fact in notes.facts)


@pytest.mark.parametrize("path", [path for path in NOTES if path.suffix != ".xlsx"], ids=name_of)
def test_each_bullet_of_the_notes_is_a_fact(path):
    bullets = re.findall(r"(?m)^(?:- |\d+\. )(.+)$", path.read_text(encoding="utf-8"))

    assert [fact.text for fact in read_notes([path]).facts] == bullets


def test_each_row_of_the_workbook_is_a_fact():
    (path,) = [file for file in NOTES if file.suffix == ".xlsx"]
    texts = "\n".join(fact.text for fact in read_notes([path]).facts)

    for words in ("36户118人", "436户781人", "131人次", "10期520人次", "28批", "进村入户52场", "产业链短"):
        assert words in texts


@pytest.mark.parametrize("path", NOTES, ids=name_of)
def test_notes_count_things_money_and_shares(path):
    kinds = {quantity.kind for fact in read_notes([path]).facts for quantity in fact.quantities}

    assert {"quantity", "percent"} <= kinds
