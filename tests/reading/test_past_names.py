"""The names of files and folders say what a report itself leaves out or hides."""

import pytest

from drafter.reading import read_reports

BODY = "精神文明建设工作总结\n\n一、加强领导\n{}成立了领导小组，召开会议12次。\n二、抓好活动\n{}开展活动30次，群众都来参加。\n"


@pytest.fixture
def named(tmp_path):
    def read_as(name, words="我们", text=None):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or BODY.format(words, words), encoding="utf-8")
        return read_reports(path, tmp_path).reports

    return read_as


@pytest.mark.parametrize(
    ("name", "words", "unit", "kind"),
    [
        ("柳溪镇/总结.txt", "×××镇", "柳溪镇", "镇"),
        ("柳溪镇/总结.txt", "我们", "柳溪镇", "镇"),
        ("01 柳溪镇（定稿）/2023/总结.txt", "xxx镇", "柳溪镇", "镇"),
        ("柳溪镇/北塘社区/总结.txt", "xx社区", "北塘社区", "社区"),
        ("柳溪镇/总结.txt", "xx社区", "xx社区", "社区"),
        ("柳溪镇/总结.txt", "青石镇", "青石镇", "镇"),
        ("望岚街道办事处/总结.txt", "某某街道", "望岚街道", "街道"),
        ("资料/望岚街道2024年一季度总结.txt", "我们", "望岚街道", "街道"),
        ("资料/总结.txt", "我们", None, None),
        ("各社区/总结.txt", "我们", None, None),
        ("乡镇/总结.txt", "×××镇", "×××镇", "镇"),
    ],
)
def test_a_unit_that_the_text_hides_or_leaves_out_is_that_of_the_name(named, name, words, unit, kind):
    report = named(name, words)[0]

    assert (report.unit, report.unit_kind) == (unit, kind)


def test_how_the_unit_is_known_is_said(named):
    assert named("柳溪镇/总结.txt", "×××镇")[0].unit_from == "文件夹名“柳溪镇”（文中写作“×××镇”）"
    assert named("资料/总结.txt", "青石镇")[0].unit_from == "正文"
    assert (
        named("a.txt", text="青石镇2023年总结\n\n一、党建\n学习24次。\n")[0].unit_from
        == "题目“青石镇2023年总结”"
    )


def test_masks_of_several_reports_on_one_page_are_never_filled(named):
    one = BODY.format("xxx镇", "xxx镇").replace("精神文明建设", "")
    reports = named("柳溪镇/a.txt", text=f"工作总结篇一\n{one}\n工作总结篇二\n{one}")

    assert [report.unit for report in reports] == ["xxx镇", "xxx镇"]


@pytest.mark.parametrize(
    ("name", "year", "source"),
    [
        ("2023.txt", 2023, "文件名“2023”"),
        ("2024上半年.txt", 2024, "文件名“2024上半年”"),
        ("二〇二二年总结.txt", 2022, "文件名“二〇二二年总结”"),
        ("2023年/总结.txt", 2023, "文件夹名“2023年”"),
        ("总结20231220.txt", 2023, "文件名“总结20231220”"),
        ("2024-01-05.txt", 2023, "文件名“2024-01-05”（年初所写，算上一年）"),
        ("总结120231.txt", None, None),
    ],
)
def test_a_year_that_the_text_does_not_say_is_that_of_the_name(named, name, year, source):
    report = named(name)[0]

    assert (report.year, report.year_from) == (year, source)


def test_a_year_that_the_text_says_stands(named):
    report = named("2023.txt", text="柳溪镇2022年工作总结\n\n一、党建\n学习24次。\n")[0]

    assert (report.year, report.year_from) == (2022, "题目“2022年”")


def test_the_period_may_be_that_of_the_name(named):
    assert named("2024上半年.txt")[0].period == "上半年"
    assert named("2024.txt")[0].period is None


@pytest.mark.parametrize(
    "title",
    [
        "二〇二二年度望岚街道工作总结",
        "2022年度望岚街道工作总结",
        "望岚街道2022年工作总结",
        "2022年望岚街道办事处工作报告",
    ],
)
def test_a_title_with_the_year_before_the_unit_gives_both(named, title):
    report = named("a.txt", text=f"{title}\n\n一、党建\n学习24次。\n")[0]

    assert (report.unit, report.year) == ("望岚街道", 2022)
