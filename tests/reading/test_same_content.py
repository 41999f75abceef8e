"""One report as .docx, .doc, .pdf, .html and .txt: the same headings, the same facts, the same numbers.

The Word file has automatic numbers, a table, an unaccepted change and hidden
text. Only the last two differ from kind to kind, and each is reported where
it can be seen.
"""

import shutil
import subprocess

import pytest
from word_files import deleted, inserted, para, run, table, word_file

from drafter.numbers import read_numerals
from drafter.reading import read_reports
from drafter.reading.notes import read_notes

TITLE = "柳溪镇2023年工作总结"
OPENING = "2023年，柳溪镇在县委的领导下，围绕中心工作，扎实推进各项任务，共办理民生实事15件。"
STUDY = "抓实学习教育。全年集中学习24次，参学率99.6%，培训党员群众320余人次。"
ROWS = (("指标", "2022年", "2023年"), ("调解纠纷", "40起", "38起"), ("调解成功率", "97.5%", "100%"))
CLOSING = "以上数据截至2023年12月底。"
BEFORE = [
    TITLE, OPENING, "一、加强党的建设", f"（一）{STUDY}", "（二）建强基层组织", "1．新建支部2个", "2．发展党员5名",
    "二、维护社会稳定", "（一）矛盾调解",
]  # fmt: skip
CHANGED = "发放宣传单1500份，接待来访63批次。"
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
WORD = word_file(
    para(TITLE),
    para(OPENING),
    para("加强党的建设", style="First"),
    para(STUDY, number=(1, 1)),
    para("建强基层组织", number=(1, 1)),
    para("新建支部2个", number=(1, 2)),
    para("发展党员5名", number=(1, 2)),
    para("维护社会稳定", style="First"),
    para("矛盾调解", number=(1, 1)),
    para(
        "发放宣传单",
        deleted("500"),
        inserted("1500"),
        "份，接待来访63批次。",
        run("内部数字99件", "<w:vanish/>"),
    ),
    table(*ROWS).replace("<w:tblPr>", f"<w:tblPr><w:tblBorders>{BORDERS}</w:tblBorders>"),
    para(CLOSING),
)
TEXT = "\n".join([*BEFORE, CHANGED, *("\t".join(row) for row in ROWS), CLOSING])
MARKDOWN = "\n\n".join(
    [
        *BEFORE,
        CHANGED,
        "\n".join("| " + " | ".join(row) + " |" for row in (ROWS[0], ("---",) * 3, *ROWS[1:])),
        CLOSING,
    ]
)
HTML = "\n".join(
    [
        f'<html><head><meta charset="utf-8"><title>{TITLE}</title></head><body><h1>{TITLE}</h1>',
        *(f"<p>{line}</p>" for line in BEFORE[1:]),
        "<p>发放宣传单<del>500</del><ins>1500</ins>份，接待来访63批次。<span style='display:none'>内部数字99件</span></p>",
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
        + "</table>",
        f"<p>{CLOSING}</p></body></html>",
    ]
)
OUTLINE = [
    (1, "", ["2023年", "15件"]),
    (1, "一、加强党的建设", []),
    (2, "（一）抓实学习教育。", ["24次", "99.6%", "320余人次"]),
    (2, "（二）建强基层组织", []),
    (3, "1．新建支部2个", ["2个"]),
    (3, "2．发展党员5名", ["5名"]),
    (1, "二、维护社会稳定", []),
    (
        2,
        "（一）矛盾调解",
        ["1500份", "63批次", "2022年", "2023年", "40起", "38起", "97.5%", "100%", "2023年12月"],
    ),
]
QUANTITIES = ["24", "99.6", "320", "2", "5", "1500", "63", "38", "40", "100", "97.5"]
FACTS = ("quantity", "percent", "money", "date", "ordinal")

soffice = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(
    not soffice, reason="LibreOffice is not installed: the report as .doc and .pdf is not tried"
)


def has_chinese_font():
    """Say whether LibreOffice can print Chinese: without a font it prints the same box for every character."""
    program = shutil.which("fc-list")
    return bool(program) and bool(
        subprocess.run([program, ":lang=zh-cn"], capture_output=True, check=False).stdout
    )


needs_font = pytest.mark.skipif(
    not has_chinese_font(), reason="no Chinese font is installed: the report as .pdf is not tried"
)


def outline(file):
    """Return level, heading and the numbers of each section, however spaces and columns were printed."""
    report = file.reports[0]
    found = []
    for section in report.sections:
        words = section.heading + "\n" + section.text
        numbers = [one.surface.replace(" ", "") for one in read_numerals(words) if one.kind in FACTS]
        found.append((section.level, section.heading, numbers))
    return found


def about(file):
    report = file.reports[0]
    return report.title, report.unit, report.unit_kind, report.year, report.period


@pytest.fixture(scope="session")
def converted(tmp_path_factory):
    """Return the Word file as LibreOffice writes it in other formats."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "source.docx").write_bytes(WORD)
    made = {}
    for kind in ("doc", "pdf"):
        command = [
            soffice,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
        ]
        subprocess.run(
            [*command, kind, "--outdir", folder, folder / "source.docx"],
            check=True,
            capture_output=True,
            timeout=180,
        )
        made[kind] = (folder / f"source.{kind}").read_bytes()
    return made


@pytest.fixture
def written(tmp_path):
    def write(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


OTHERS = {
    "a.docx": (WORD, ["tracked-change", "hidden-text"]),
    "a.html": (HTML.encode(), ["hidden-text", "tracked-change"]),
    "a.md": (MARKDOWN.encode(), []),
    "utf8.txt": (TEXT.encode(), []),
    "mark.txt": (TEXT.encode("utf-8-sig"), []),
    "utf16.txt": (TEXT.replace("\n", "\r\n").encode("utf-16"), []),
    "gb.txt": (TEXT.replace("\n", "\r\n").encode("gb18030"), []),
    "old.txt": (TEXT.replace("\n", "\r").encode("gb18030"), []),
}


@pytest.mark.parametrize("name", OTHERS)
def test_each_kind_of_file_says_the_same(written, name):
    data, codes = OTHERS[name]
    file = read_reports(written(name, data))

    assert about(file) == (TITLE, "柳溪镇", "镇", 2023, "全年")
    assert outline(file) == OUTLINE
    assert [one.code for one in file.warnings] == codes


@needs_office
@pytest.mark.parametrize("kind", ["doc", pytest.param("pdf", marks=needs_font)])
def test_the_files_that_libreoffice_writes_say_the_same(written, converted, kind):
    file = read_reports(written(f"a.{kind}", converted[kind]))

    assert about(file) == (TITLE, "柳溪镇", "镇", 2023, "全年")
    assert outline(file) == OUTLINE
    assert "调解纠纷 | 40起 | 38起" in file.reports[0].sections[-1].text


@needs_office
def test_an_old_word_file_reports_what_the_new_one_reports(written, converted):
    new, old = read_reports(written("a.docx", WORD)), read_reports(written("a.doc", converted["doc"]))

    assert [(one.code, one.message) for one in old.warnings] == [
        (one.code, one.message) for one in new.warnings
    ]
    assert [one.id for one in old.reports[0].sections] == [one.id for one in new.reports[0].sections]


@needs_office
@needs_font
def test_a_printed_change_is_neither_glued_nor_silent(written, converted):
    file = read_reports(written("a.pdf", converted["pdf"]))

    assert "5001500" not in "".join(one.text for one in file.reports[0].sections)
    assert [one.code for one in file.warnings] == ["tracked-change"]
    assert "“500”" in file.warnings[0].message


@pytest.mark.parametrize("name", ["a.docx", "a.md", "utf8.txt", "gb.txt"])
def test_as_notes_each_kind_gives_the_same_facts(written, name):
    data, codes = OTHERS[name]
    notes = read_notes([written(name, data)])
    facts = [fact for fact in notes.facts if fact.text not in (OPENING, CLOSING)]

    assert (notes.unit, notes.year) == ("柳溪镇", 2023)
    assert [(fact.topic, fact.text) for fact in facts] == [
        ("加强党的建设", STUDY),
        ("建强基层组织", "新建支部2个"),
        ("建强基层组织", "发展党员5名"),
        ("矛盾调解", CHANGED),
        ("矛盾调解", "调解纠纷今年38起，上年40起"),
        ("矛盾调解", "调解成功率今年100%，上年97.5%"),
    ]
    assert [str(one.value) for fact in facts for one in fact.quantities] == QUANTITIES
    assert [one.code for one in notes.findings] == codes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_table_alone_gives_the_same_facts_as_csv(written, encoding):
    notes = read_notes(
        [written("柳溪镇2023年.csv", "\n".join(",".join(row) for row in ROWS).encode(encoding))]
    )

    assert [fact.text for fact in notes.facts] == [
        "调解纠纷今年38起，上年40起",
        "调解成功率今年100%，上年97.5%",
    ]
    assert [str(one.value) for fact in notes.facts for one in fact.quantities] == QUANTITIES[-4:]
