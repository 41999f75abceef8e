"""What commands print: Chinese on the terminal, plain JSON for programs."""

from decimal import Decimal

import pytest

from drafter.numbers.figures import decimal_text
from drafter.showing.json_view import as_json

NOTES = "corpus/notes/云溪社区-2025.md"


def test_search_says_where_and_why(workspace, drafter):
    hits = drafter("search", "邻里纠纷怎么调处", "-k", "3", "--json").json["hits"]

    assert hits
    assert hits[0].keys() >= {"id", "score", "why", "title", "unit", "year", "heading", "text", "where"}
    assert any("矛盾" in hit["heading"] + hit["text"] for hit in hits)
    assert hits[0]["where"]["line"] > 0
    assert "得分" in drafter("search", "邻里纠纷").out


def test_search_can_be_narrowed(workspace, drafter):
    hits = drafter("search", "养老", "--unit", "云溪社区", "--year", "2023", "--json").json["hits"]

    assert {(hit["unit"], hit["year"]) for hit in hits} == {("云溪社区", 2023)}


def test_facts_have_places_and_values(workspace, drafter):
    facts = drafter("facts", NOTES, "--json").json["facts"]
    patrol = next(fact for fact in facts if "夜间巡逻" in fact["text"])
    text = (workspace / NOTES).read_text(encoding="utf-8")

    assert patrol["where"]["file"] == NOTES
    assert patrol["text"] in text.splitlines()[patrol["where"]["line"] - 1]
    first = patrol["quantities"][0]
    assert (first["id"], first["surface"], first["value"], first["unit"]) == (
        f"{patrol['id']}.1",
        "203次",
        "203",
        "次",
    )


def test_a_dry_run_shows_how_a_file_is_understood_and_stores_nothing(empty, drafter):
    (empty / "corpus").mkdir()
    (empty / "corpus" / "去年.txt").write_text(
        "白鹭街道2024年工作总结\n\n一、综治\n\n受理纠纷61起。\n", encoding="utf-8"
    )

    report = drafter("index", "--dry-run", "--json").json["files"][0]["reports"][0]

    assert (report["unit"], report["year"]) == ("白鹭街道", 2024)
    assert [section["heading"] for section in report["sections"]] == ["一、综治"]
    assert not (empty / ".drafter").exists()
    assert "一、综治" in drafter("index", "--dry-run").out


def test_a_dry_run_names_what_it_passes_over_in_a_folder(empty, drafter):
    (empty / "corpus" / "图").mkdir(parents=True)
    (empty / "corpus" / "去年.txt").write_text(
        "白鹭街道2024年工作总结\n\n一、综治\n\n受理纠纷61起。\n", encoding="utf-8"
    )
    (empty / "corpus" / "图" / "合影.jpg").write_bytes(b"\xff\xd8")

    skipped = drafter("index", "--dry-run", "--json").json["skipped"]

    assert skipped == [{"file": "corpus/图/合影.jpg", "reason": "不是总结的文件类型"}]
    assert "跳过 corpus/图/合影.jpg：不是总结的文件类型" in drafter("index", "--dry-run").out


def test_outline_gives_sections_facts_and_models(workspace, drafter):
    made = drafter("outline", NOTES, "--json").json

    assert made.keys() >= {"sections", "questions", "unassigned"}
    with_facts = [section for section in made["sections"] if section["facts"]]
    assert all({"heading", "level", "facts", "models", "why"} <= section.keys() for section in with_facts)
    assert any(section["models"] and section["models"][0]["where"]["line"] for section in with_facts)


def test_a_draft_reports_itself_as_json(workspace, drafter):
    made = drafter("draft", NOTES, "--json").json

    assert made["draft"].endswith("草稿-云溪社区-2025.md")
    assert made["numbers"] > 50
    assert made["sections"][1]["writer"] == "compose"
    assert {finding["code"] for finding in made["findings"]} <= {"todo", "doubt", "contradiction"}


def test_the_library_is_listed_by_unit_and_year(workspace, drafter):
    shown = drafter("library").out

    assert "云溪社区" in shown
    assert "2024" in shown


def test_doctor_tells_what_works(workspace, drafter):
    ran = drafter("doctor")

    assert "向量模型" in ran.out
    assert "没有设置" in ran.out


@pytest.mark.parametrize(
    ("value", "text"), [("12000", "12000"), ("99.60", "99.6"), ("1E+4", "10000"), ("0", "0")]
)
def test_decimals_are_plain_strings(value, text):
    assert decimal_text(Decimal(value)) == text


def test_a_value_without_json_form_is_an_error():
    with pytest.raises(TypeError):
        as_json(object())
