"""The main job: notes and past reports in, a draft out whose every number is traced."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from drafter.draftfile import read_draft
from drafter.model import FACT_KINDS
from drafter.numbers import read_numerals

NOTES = "corpus/notes/云溪社区-2025.md"
ALL_NOTES = sorted(path.name for path in (Path(__file__).parents[2] / "corpus" / "notes").iterdir())
BULLETS = """单位：白鹭街道
时间：2025年上半年

## 综治
- 矛盾纠纷受理57起，调解成功55起
- 夜间巡逻126次，排查隐患43处
## 民生
- 走访慰问困难群众214户，发放慰问金6.42万元
- 招聘会5场，提供岗位1100余个
## 环境
- 清运垃圾320吨，拆除违建9处
"""


def without_links(text):
    return re.sub(r"\[((?:\\.|[^\[\]\\])+)\]\[[^\]\s]+\]", r"\1", text)


@pytest.mark.parametrize("notes", ALL_NOTES)
def test_every_sample_becomes_a_draft_that_checks_clean(workspace, drafter, notes):
    made = drafter("draft", f"corpus/notes/{notes}", "-o", "草稿.md", "--json")
    checked = drafter("check", "草稿.md", "--json")

    assert made.code == 0, made.json["findings"]
    assert checked.code == 0, checked.json["findings"]
    facts = drafter("facts", f"corpus/notes/{notes}", "--json").json["facts"]
    assert len(made.json["unused_facts"]) <= 0.05 * len(facts)
    assert all(row["reason"] for row in made.json["unused_facts"])


@pytest.mark.parametrize("notes", ALL_NOTES)
def test_a_sample_draft_checks_clean_with_its_links_taken_away(workspace, drafter, notes):
    drafter("draft", f"corpus/notes/{notes}", "-o", "草稿.md")
    text = without_links((workspace / "草稿.md").read_text(encoding="utf-8"))
    (workspace / "平.md").write_text(text, encoding="utf-8")

    checked = drafter("check", "平.md", "--notes", f"corpus/notes/{notes}", "--json")

    assert checked.code == 0, checked.json["findings"]


def test_every_number_of_a_draft_is_a_link_with_a_definition(workspace, drafter):
    drafter("draft", NOTES, "-o", "草稿.md")
    text = (workspace / "草稿.md").read_text(encoding="utf-8")
    read = read_draft(text)
    linked = [mark.span for mark in read.marks if "." in mark.label]
    own = {"2025年"}

    for numeral in read_numerals(read.plain):
        if numeral.kind in FACT_KINDS and numeral.surface not in own:
            assert any(span.start <= numeral.start and numeral.end <= span.end for span in linked), numeral
    links = [
        child
        for token in MarkdownIt("commonmark").parse(text.split("---\n", 2)[2])
        for child in token.children or []
        if child.type == "link_open"
    ]
    assert len(links) == len(read.marks)


def test_definitions_point_to_the_lines_of_the_notes(workspace, drafter):
    (workspace / "out").mkdir()
    drafter("draft", NOTES, "-o", "out/草稿.md")
    read = read_draft((workspace / "out" / "草稿.md").read_text(encoding="utf-8"))

    for label, definition in read.definitions.items():
        source = (workspace / "out" / definition.path).resolve()
        assert source.is_file(), label
        if label.startswith("F") and not set(label) & set("+-*/"):
            line = source.read_text(encoding="utf-8").splitlines()[int(definition.place[1:]) - 1]
            assert definition.title in line


def test_nothing_of_the_past_stands_in_a_draft_that_the_notes_do_not_give(workspace, drafter):
    drafter("draft", NOTES, "-o", "草稿.md", "--unit", "云溪社区")
    plain = read_draft((workspace / "草稿.md").read_text(encoding="utf-8")).plain

    for name in ("纺织厂", "锦绣园", "供电公司", "红色物业", "党纪学习教育", "二十届三中全会", "望岚街道"):
        assert name not in plain


def test_a_changed_digit_is_found_and_its_note_named(workspace, drafter):
    drafter("draft", NOTES, "-o", "草稿.md")
    draft = workspace / "草稿.md"
    draft.write_text(draft.read_text(encoding="utf-8").replace("[203次]", "[208次]", 1), encoding="utf-8")

    checked = drafter("check", "草稿.md", "--json")

    assert checked.code == 1
    errors = [finding for finding in checked.json["findings"] if finding["severity"] == "error"]
    assert any("F9" in finding["message"] and "203次" in finding["message"] for finding in errors)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[203次][F9.1]", "[203户][F9.1]"),
        ("[38起][F8.1]", "[38人][F8.1]"),
        ("做到小事不出网格", "群众满意度达98.7%，做到小事不出网格"),
    ],
)
def test_a_swapped_unit_or_an_invented_number_is_found(workspace, drafter, old, new):
    drafter("draft", NOTES, "-o", "草稿.md")
    draft = workspace / "草稿.md"
    text = draft.read_text(encoding="utf-8")
    assert old in text
    draft.write_text(text.replace(old, new, 1), encoding="utf-8")

    assert drafter("check", "草稿.md").code == 1


def test_drafting_twice_gives_the_same_bytes(workspace, drafter):
    drafter("draft", NOTES, "-o", "一.md")
    drafter("draft", NOTES, "-o", "二.md")

    assert (workspace / "一.md").read_bytes() == (workspace / "二.md").read_bytes()


def test_a_draft_without_an_index_builds_it(empty, drafter):
    (empty / "corpus").mkdir()
    (empty / "corpus" / "去年.txt").write_text(
        "白鹭街道2024年工作总结\n\n一、综治\n\n受理矛盾纠纷61起，调解成功60起。\n", encoding="utf-8"
    )
    (empty / "notes.md").write_text(BULLETS, encoding="utf-8")

    made = drafter("draft", "notes.md", "--json")

    assert made.code == 0
    assert "还没有索引" in made.err
    assert (empty / "草稿-白鹭街道-2025.md").is_file()


def test_without_past_reports_it_drafts_from_the_notes_alone_and_says_so(empty, drafter):
    (empty / "notes.md").write_text(BULLETS, encoding="utf-8")

    made = drafter("draft", "notes.md")

    assert made.code == 0
    assert "没有往年总结" in made.err
    plain = read_draft((empty / "草稿-白鹭街道-2025.md").read_text(encoding="utf-8")).plain
    assert "受理矛盾纠纷57起，调解成功55起" in plain
    assert drafter("check", "草稿-白鹭街道-2025.md").code == 0


def test_the_periods_own_words_need_no_source(empty, drafter):
    (empty / "notes.md").write_text(BULLETS, encoding="utf-8")
    drafter("draft", "notes.md")

    text = (empty / "草稿-白鹭街道-2025.md").read_text(encoding="utf-8")

    assert "2025年上半年" in text
    assert drafter("check", "草稿-白鹭街道-2025.md").code == 0


def test_an_edited_draft_is_not_overwritten(workspace, drafter):
    drafter("draft", NOTES)
    draft = workspace / "草稿-云溪社区-2025.md"
    draft.write_text("改过的", encoding="utf-8")

    again = drafter("draft", NOTES)

    assert again.code == 2
    assert draft.read_text(encoding="utf-8") == "改过的"


def test_an_interrupted_draft_leaves_no_file(workspace, drafter, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("drafter.workflow.drafting.save_draft", interrupt)

    ran = drafter("draft", NOTES)

    assert ran.code == 130
    assert "已中断" in ran.err
    assert not list(workspace.glob("草稿*"))


def test_an_outline_handed_back_is_followed(workspace, drafter):
    drafter("outline", NOTES, "-o", "提纲.md")
    outline = workspace / "提纲.md"
    text = outline.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if "夜间巡逻" in line)
    outline.write_text(text.replace(f"{line}\n", "") + f"\n## 八、巡逻专题\n{line}\n", encoding="utf-8")

    made = drafter("draft", NOTES, "--outline", "提纲.md", "-o", "草稿.md")

    assert made.code == 0
    plain = read_draft((workspace / "草稿.md").read_text(encoding="utf-8")).plain
    assert plain.index("八、巡逻专题") < plain.index("夜间巡逻203次")


def test_questions_ask_for_what_the_unit_usually_gives(workspace, drafter):
    questions = drafter("outline", NOTES, "--json").json["questions"]

    assert any("办理居住证多少人次" in question["question"] for question in questions)
    assert all(question["seen"] for question in questions)


def test_many_units_in_one_run(workspace, drafter):
    ran = drafter("draft", "corpus/notes", "--each")

    assert ran.code == 0
    assert len(list(workspace.glob("草稿-*.md"))) == len(ALL_NOTES)
    assert all(name in ran.err.replace("\n", "") for name in ("云溪社区", "柳溪镇"))


def test_a_file_that_fails_in_a_run_of_many_does_not_stop_the_others(workspace, drafter):
    (workspace / "坏.md").write_text("\n", encoding="utf-8")

    ran = drafter("draft", NOTES, "坏.md", "--each", "--json")

    assert ran.code == 2
    assert len(ran.json["drafts"]) == 1


def test_a_half_year_draft_is_not_overwritten_by_that_of_the_year(empty, drafter):
    (empty / "半年.md").write_text(BULLETS, encoding="utf-8")
    (empty / "全年.md").write_text(BULLETS.replace("2025年上半年", "2025年"), encoding="utf-8")

    assert drafter("draft", "半年.md").code == 0
    ran = drafter("draft", "全年.md")

    assert ran.code == 2
    assert "上半年" in ran.err


def test_it_says_when_other_units_serve_as_models(workspace, drafter):
    (workspace / "新.md").write_text(BULLETS, encoding="utf-8")

    ran = drafter("draft", "新.md")

    assert ran.code == 0
    assert "没有白鹭街道的" in ran.err


def test_a_final_draft_is_not_written_over(empty, drafter):
    (empty / "要点.md").write_text(BULLETS, encoding="utf-8")
    drafter("draft", "要点.md", "-o", "稿.md")
    (empty / "稿.final.json").write_text("{}", encoding="utf-8")
    before = (empty / "稿.md").read_bytes()

    ran = drafter("draft", "要点.md", "-o", "稿.md")

    assert ran.code == 2
    assert "已经定稿" in ran.err
    assert (empty / "稿.md").read_bytes() == before


def test_a_draft_is_followed_by_what_to_run_next(empty, drafter):
    (empty / "要点.md").write_text(BULLETS, encoding="utf-8")

    ran = drafter("draft", "要点.md", "-o", "稿.md")

    assert "drafter check 稿.md" in ran.err
    assert "drafter review 稿.md" in ran.err


def test_files_in_a_folder_of_notes_that_were_not_read_are_named(empty, drafter):
    (empty / "各村").mkdir()
    (empty / "各村" / "要点.md").write_text(BULLETS, encoding="utf-8")
    (empty / "各村" / "照片.jpg").write_bytes(b"jpg")

    ran = drafter("draft", "--each", "各村")

    assert "没有读" in ran.err
    assert "照片.jpg" in ran.err
    assert "drafter check" in ran.err


def test_units_without_reports_of_their_own_are_named_in_a_run_of_many(workspace, drafter):
    (workspace / "松坪.md").write_text(BULLETS.replace("白鹭街道", "松坪街道"), encoding="utf-8")

    ran = drafter("draft", "--each", NOTES, "松坪.md")

    told = ran.err.split("参照了其他单位相近的写法", 1)[1]
    assert "松坪街道" in told
    assert "云溪社区" not in told
