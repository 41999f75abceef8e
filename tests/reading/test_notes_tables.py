import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from drafter.errors import ReadError
from drafter.reading.cell_format import display
from drafter.reading.notes import read_notes
from drafter.reading.notes_withheld import withheld

HEADINGS = ["类别", "指标", "数值", "单位", "备注"]


@pytest.fixture
def read(tmp_path):
    """Write rows as the first sheet of a workbook, let `change` finish it, and read it."""

    def write_and_read(rows, change=lambda sheet: None, title="Sheet1"):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = title
        for row in rows:
            sheet.append(row)
        change(sheet)
        book.save(tmp_path / "要点.xlsx")
        return read_notes([tmp_path / "要点.xlsx"], root=tmp_path)

    return write_and_read


@pytest.fixture
def read_csv(tmp_path):
    def write_and_read(text, encoding="utf-8-sig"):
        (tmp_path / "要点.csv").write_bytes(text.encode(encoding))
        return read_notes([tmp_path / "要点.csv"], root=tmp_path)

    return write_and_read


def said(notes):
    return [(fact.topic, fact.text, fact.where.place) for fact in notes.facts]


def test_a_row_is_one_fact_in_plain_words_with_the_cell_of_its_value(read):
    notes = read(
        [HEADINGS, ["党建", "走访慰问困难党员", 38, "人", "含春节15人"], [None, "上党课", 12.0, "次", None]]
    )

    assert said(notes) == [
        ("党建", "走访慰问困难党员38人，含春节15人", "Sheet1!C2"),
        ("党建", "上党课12次", "Sheet1!C3"),
    ]
    assert [quantity.surface for quantity in notes.facts[0].quantities] == ["38人", "15人"]


def test_title_and_particulars_above_the_table_are_no_facts(read):
    def merge(sheet):
        sheet.merge_cells("A1:E1")

    rows = [
        ["柳溪村2025年上半年民政工作统计表"],
        ["填报单位：柳溪村", None, "时间：2025年1—6月"],
        HEADINGS,
        ["救助", "低保", 36, "户"],
        ["注：数据截至6月底"],
        ["填报人：王某", None, "审核人：李某"],
    ]
    notes = read(rows, merge)

    assert said(notes) == [("救助", "低保36户", "Sheet1!C4")]
    assert (notes.unit, notes.year, notes.period) == ("柳溪村", 2025, "上半年")


def test_merged_categories_hold_for_all_their_rows(read):
    def merge(sheet):
        sheet.merge_cells("A2:A3")

    notes = read(
        [HEADINGS, ["救助", "低保", 36, "户"], [None, "临时救助", 17, "户"], ["养老", "高龄津贴", 273, "人"]],
        merge,
    )

    assert [fact.topic for fact in notes.facts] == ["救助", "救助", "养老"]


def test_sheets_and_rows_of_their_own_name_topics(read):
    rows = [
        ["指标", "数值", "单位"],
        ["一、巡防"],
        ["夜间巡逻", 203, "次"],
        ["二、宣传"],
        ["反诈宣传", 16, "场"],
    ]
    notes = read(rows, title="综治")

    assert [(fact.topic, fact.text) for fact in notes.facts] == [
        ("巡防", "夜间巡逻203次"),
        ("宣传", "反诈宣传16场"),
    ]
    assert read([["指标", "数值"], ["夜间巡逻（次）", 203]], title="综治").facts[0].topic == "综治"


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (0.986, "0.0%", "98.6%"),
        (0.986, "0%", "99%"),
        (38, "General", "38"),
        (38.0, "General", "38"),
        (0.1 + 0.2, "General", "0.3"),
        (12480, "#,##0", "12,480"),
        (1234.5, "#,##0.00", "1,234.50"),
        (3.5, "0.##", "3.5"),
        (38, '0"人"', "38人"),
        (38, '"约"0"人"', "约38人"),
        (12480, "¥#,##0.00", "¥12,480.00"),
        (-3, "0", "-3"),
        (5, "000", "005"),
        (12345678, "0.00E+00", "12345678"),
        ("007", "General", "007"),
        ("98.6%", "General", "98.6%"),
        (True, "General", "是"),
        (None, "General", ""),
        (dt.datetime(2025, 3, 5), "yyyy-mm-dd", "2025年3月5日"),  # noqa: DTZ001 - cells have no zone
        (dt.datetime(2025, 3, 1), 'yyyy"年"m"月"', "2025年3月"),  # noqa: DTZ001 - as above
        (dt.date(2025, 3, 5), 'm"月"d"日"', "3月5日"),
    ],
)
def test_a_value_is_read_as_its_cell_shows_it(value, number_format, shown):
    assert display(value, number_format) == shown


def test_percentages_text_numbers_and_dates_keep_their_form(read):
    def percent(sheet):
        sheet["B2"].number_format = "0.0%"

    rows = [
        ["指标", "数值", "单位"],
        ["参学率", 0.958, None],
        ["编号", "007", None],
        ["换届日期", dt.date(2025, 3, 5), None],
    ]

    assert [fact.text for fact in read(rows, percent).facts] == [
        "参学率95.8%",
        "编号007",
        "换届日期2025年3月5日",
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["项目", "单位", "2024年", "2025年"], ["调解纠纷", "起", 42, 38]], ["调解纠纷今年38起，上年42起"]),
        (
            [["序号", "指标", "任务", "完成", "完成率", "单位"], [1, "改厕", 200, 236, "118%", "座"]],
            ["改厕完成236座，任务200座，完成率118%"],
        ),
        (
            [["指标", "今年", "上年同期", "同比"], ["调解（起）", 38, 42, "-9.5%"]],
            ["调解今年38起，上年42起，同比下降9.5%"],
        ),
        ([["指标", "金额（万元）"], ["慰问金", 1.12]], ["慰问金1.12万元"]),
        ([["指标", "数值"], ["走访户数", 120], ["参加人次", 300]], ["走访120户", "参加300人次"]),
        (
            [["网格", "走访户数", "隐患（处）"], ["第一网格", 120, 5]],
            ["第一网格走访120户", "第一网格隐患5处"],
        ),
        ([["走访", 38, "人"], ["调解", "31起"]], ["走访38人", "调解31起"]),
        (
            [["工作内容", "完成情况"], ["文体活动", "广场舞比赛2场，参加300人次"]],
            ["文体活动：广场舞比赛2场，参加300人次"],
        ),
        ([["指标", "数值", "单位"], ["走访", "-", "户"], ["座谈", 0, "场"]], ["座谈0场"]),
        (
            [
                ["指标", "数值", "单位"],
                ["走访", 8, "户"],
                [None],
                ["项目", "数量", "单位"],
                ["座谈", 3, "场"],
            ],
            ["走访8户", "座谈3场"],
        ),
        (
            [["指标", "数值", "单位"], ["受理纠纷", 31, "起"], ["其中：婚姻家庭", 12, "起"]],
            ["受理纠纷31起", "其中：婚姻家庭12起"],
        ),
    ],
)
def test_tables_of_every_shape_read_as_one_would_say_them(read, rows, expected):
    assert [fact.text for fact in read(rows).facts] == expected


def test_subtotals_are_facts_of_their_own_kind(read):
    rows = [
        ["项目", "数量", "单位"],
        ["走访老党员", 12, "人"],
        ["走访困难党员", 15, "人"],
        ["合 计", 27, "人"],
    ]
    notes = read(rows)

    assert [fact.text for fact in notes.facts][-1] == "合计27人"
    assert notes.facts[-1].quantities[0].role == "共"
    assert notes.findings == ()


def test_a_subtotal_takes_name_and_unit_from_its_rows(read):
    rows = [
        HEADINGS,
        ["收入", "甲村收入（万元）", 12],
        [None, "乙村收入（万元）", 15],
        [None, "小计", 27],
        ["人口", "户数", 300],
    ]

    notes = read(rows)

    assert set(withheld(notes)) == {"F3"}
    assert [fact.text for fact in notes.facts] == [
        "甲村收入12万元",
        "乙村收入15万元",
        "收入小计27万元",
        "户数300户",
    ]
    assert notes.findings == ()


def test_a_value_may_be_words_and_its_heading_two_names(read):
    rows = [["类别", "指标", "数值/内容", "备注"], ["救助", "低保", "36户53人", "发放低保金42.6万元"]]

    assert [fact.text for fact in read(rows).facts] == ["低保36户53人，发放低保金42.6万元"]


def test_a_total_that_does_not_add_up_is_reported(read):
    rows = [
        ["项目", "数量", "单位"],
        ["走访老党员", 12, "人"],
        ["走访困难党员", 15, "人"],
        ["合计", 28, "人"],
    ]
    (finding,) = read(rows).findings

    assert (finding.code, finding.where[0].place) == ("arithmetic", "Sheet1!B4")
    assert "27" in finding.message


def test_a_row_that_lacks_its_number_is_reported_and_one_with_a_remark_is_a_fact(read):
    notes = read(
        [
            HEADINGS,
            ["救助", "低保", None, "户"],
            ["学校", "四点半课堂", None, None, "正常开办"],
            ["救助", "特困", "-", "户"],
        ]
    )

    assert said(notes) == [("学校", "四点半课堂（正常开办）", "Sheet1!E3")]
    assert [(finding.code, finding.where[0].place) for finding in notes.findings] == [
        ("no-value", "Sheet1!A2")
    ]


@pytest.mark.parametrize(
    ("headings", "row", "facts", "place"),
    [
        (["指标", "2024年", "2025年", "单位"], ["困难救助", 41, None, "人"], [], "C2"),
        (["指标", "2024年", "2025年", "单位"], ["困难救助", 41, "-", "人"], [], "C2"),
        (["指标", "2024年", "2025年", "单位"], ["困难救助", 41, "待统计", "人"], [], "C2"),
        (["指标", "2024年底", "2025年底", "单位"], ["困难救助", 41, None, "人"], [], "C2"),
        (["指标", "2024年1-6月", "2025年1-6月", "单位"], ["困难救助", 41, None, "人"], [], "C2"),
        (["指标", "上年同期", "本年", "单位"], ["困难救助", 41, None, "人"], [], "C2"),
        (["指标", "去年完成", "今年完成", "单位"], ["困难救助", 41, None, "人"], [], "C2"),
        (["指标", "单位", "全年目标", "实际完成"], ["困难救助", "人", 40, None], [], "D2"),
        (
            ["指标", "单位", "目标", "完成", "完成率"],
            ["困难救助", "人", 40, None, "95%"],
            ["困难救助完成率95%"],
            "D2",
        ),
        (
            ["指标", "数值", "上年", "单位", "备注"],
            ["困难救助", None, 41, "人", "口径有变"],
            ["困难救助（口径有变）"],
            "B2",
        ),
    ],
)
def test_a_number_of_last_year_or_of_the_plan_never_stands_for_one_of_this_year(
    read, headings, row, facts, place
):
    words = {"指标": "走访", "单位": "户", "备注": None}
    notes = read([headings, row, [words.get(name, 8) for name in headings]])

    assert [fact.text for fact in notes.facts][:-1] == facts
    (finding,) = (finding for finding in notes.findings if finding.code == "no-value")
    assert finding.message == f"「困难救助」今年没有填数（Sheet1!{place}）。"
    assert finding.where[0].place == f"Sheet1!{place}"


def test_a_table_of_half_a_year_lacks_no_number_of_the_whole(read):
    rows = [["指标", "单位", "全年目标", "1-6月完成", "全年完成"], ["困难救助", "人", 40, 20, None]]
    notes = read(rows)

    assert [fact.text for fact in notes.facts] == ["困难救助1-6月完成20人"]
    assert notes.findings == ()

    notes = read([*rows, ["走访", "户", 8, 4, 8]])

    assert notes.facts[0].text == "困难救助1-6月完成20人"
    assert [finding.where[0].place for finding in notes.findings] == ["Sheet1!E2"]


def test_a_missing_number_of_this_year_is_told_in_csv_and_in_a_table_of_markdown(read_csv, tmp_path):
    in_csv = read_csv("指标,2024年,2025年,单位\n困难救助,41,,人\n走访,7,8,户\n")
    table = "# 柳溪村2025年工作要点\n\n|指标|2024年|2025年|单位|\n|---|---|---|---|\n|困难救助|41||人|\n|走访|7|8|户|\n"
    (tmp_path / "要点.md").write_text(table, encoding="utf-8")
    in_text = read_notes([tmp_path / "要点.md"])

    for notes in (in_csv, in_text):
        assert [fact.text for fact in notes.facts] == ["走访今年8户，上年7户"]
        assert [finding.code for finding in notes.findings] == ["no-value"]


def test_a_table_without_any_number_of_this_year_has_findings_and_no_facts(read_csv):
    notes = read_csv("指标,2024年,2025年,单位\n困难救助,41,,人\n")

    assert notes.facts == ()
    assert [(finding.code, finding.where[0].place) for finding in notes.findings] == [("no-value", "L2")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [["项目", "年度目标", "截至11月底完成", "完成比例"], ["沟渠清淤（条）", 20, 18, "90%"]],
            ["沟渠清淤截至11月底完成18条，年度目标20条，完成比例90%"],
        ),
        (
            [["指标", "本年累计", "上年累计", "单位"], ["困难救助", 15, 12, "人"]],
            ["困难救助今年15人，上年12人"],
        ),
        (
            [["指标", "单位", "2025年计划", "2025年实际"], ["困难救助", "人", 40, 42]],
            ["困难救助今年42人，任务40人"],
        ),
        ([["指标", "年初", "年末", "单位"], ["图书", 320, 350, "册"]], ["图书350册，年初320册"]),
        (
            [["项目", "1月", "2月", "合计"], ["办件（件）", 20, 18, 38]],
            ["办件1月20件", "办件2月18件", "办件合计38件"],
        ),
    ],
)
def test_columns_that_say_when_are_read_with_what_they_count(read, rows, expected):
    assert [fact.text for fact in read(rows).facts] == expected


def test_a_year_before_that_of_the_report_is_named_as_such(read):
    notes = read([["柳溪村2025年工作统计表"], ["指标", "2024年", "单位"], ["困难救助", 41, "人"]])

    assert [fact.text for fact in notes.facts] == ["困难救助上年41人"]


def test_a_target_and_its_result_are_one_fact_with_the_result_first_and_the_unit_throughout(read):
    notes = read(
        [
            ["指标", "单位", "全年目标", "1-6月完成", "全年完成", "完成率"],
            ["技能培训", "人", 400, 230, 442, "110.5%"],
            ["村道修缮", "公里", 12, 5, 12, "100%"],
        ]
    )

    assert [fact.text for fact in notes.facts] == [
        "技能培训全年完成442人，全年目标400人，完成率110.5%，1-6月完成230人",
        "村道修缮全年完成12公里，全年目标12公里，完成率100%，1-6月完成5公里",
    ]
    assert [fact.where.place for fact in notes.facts] == ["Sheet1!E2", "Sheet1!E3"]
    assert notes.findings == ()


def test_the_unit_column_holds_for_quarters_and_not_for_rates(read):
    notes = read(
        [["指标", "单位", "一季度", "二季度", "满意率"], ["办件", "件", 30, 45, "98%"]],
    )

    assert [fact.text for fact in notes.facts] == ["办件一季度30件", "办件二季度45件", "办件满意率98%"]


def test_a_formula_without_a_stored_value_stops_the_work(read):
    with pytest.raises(ReadError) as raised:
        read([["指标", "数值"], ["走访", "=1+2"]])

    assert "B2" in raised.value.message
    assert "打开保存一次" in raised.value.hint


def test_what_is_hidden_is_reported_and_not_read(read):
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.parent.create_sheet("草稿").sheet_state = "hidden"

    notes = read([["指标", "数值", "单位"], ["走访", 8, "户"], ["座谈", 3, "场"]], hide)

    assert [fact.text for fact in notes.facts] == ["走访8户"]
    assert [finding.code for finding in notes.findings] == ["hidden-cells", "hidden-cells"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_with_its_lines(read_csv, encoding):
    rows = (
        "类别,指标,数值,单位,备注",
        "党建,走访慰问,38,人,",
        ',参学率,98.6%,,"线上,线下"',
        '综治,"纠纷\n受理",31,起,',
        '财务,慰问金,"12,480",元,',
    )
    text = "\r\n".join(rows)
    notes = read_csv(text, encoding)

    assert said(notes) == [
        ("党建", "走访慰问38人", "L2"),
        ("党建", "参学率98.6%（线上,线下）", "L3"),
        ("综治", "纠纷受理31起", "L4"),
        ("财务", "慰问金12,480元", "L6"),
    ]


def test_a_formula_typed_into_a_csv_is_words(read_csv):
    (fact,) = read_csv("指标,数值\n=cmd|' /C calc'!A0,3\n").facts

    assert fact.text.startswith("=cmd")


def test_a_table_within_markdown_is_read_with_its_lines(tmp_path):
    table = "| 指标 | 数值 | 单位 |\n|---|---:|---|\n| 低保 | 36 | 户 |\n"
    text = f"## 民生\n\n- 走访8户\n\n{table}\n## 综治\n- 巡逻12次\n"
    (tmp_path / "要点.md").write_text(text, encoding="utf-8")
    notes = read_notes([tmp_path / "要点.md"], root=tmp_path)

    assert said(notes) == [("民生", "走访8户", "L3"), ("民生", "低保36户", "L7"), ("综治", "巡逻12次", "L10")]
    span = notes.facts[1].where.span
    assert span is not None
    assert text[span.start : span.end] == "36"


def test_a_workbook_with_a_document_type_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["走访", 8, "户"])
    plain = io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(tmp_path / "要点.xlsx", "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = b'<!DOCTYPE x [<!ENTITY a "b">]>' + content
            target.writestr(name, content)

    with pytest.raises(ReadError):
        read_notes([tmp_path / "要点.xlsx"])
