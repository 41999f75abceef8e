import json
from pathlib import Path

import pytest

from drafter.reading.notes import facts_from_texts, read_notes
from drafter.reading.notes_sums import find_miscounts

CASES = Path(__file__).with_name("cases")
CONFLICTS = json.loads((CASES / "notes_conflicts.json").read_text(encoding="utf-8"))
SUMS = json.loads((CASES / "notes_sums.json").read_text(encoding="utf-8"))


def contradictions(tmp_path, lines):
    path = tmp_path / "要点.md"
    path.write_text("\n".join(lines), encoding="utf-8")
    return [finding for finding in read_notes([path]).findings if finding.code == "contradiction"]


@pytest.mark.parametrize("lines", CONFLICTS["contradicting"], ids=" / ".join)
def test_two_values_of_one_thing_are_an_error_that_names_both_places(tmp_path, lines):
    (finding,) = contradictions(tmp_path, lines)

    assert finding.severity == "error"
    assert len(finding.where) == 2
    assert len({where.line for where in finding.where}) == 2
    assert len(finding.quantities) == 2


@pytest.mark.parametrize("lines", CONFLICTS["agreeing"], ids=" / ".join)
def test_values_of_different_things_do_not_contradict_each_other(tmp_path, lines):
    assert contradictions(tmp_path, lines) == []


def test_the_message_says_both_values_and_both_lines(tmp_path):
    (finding,) = contradictions(tmp_path, ["- 理论学习22次", "", "- 理论学习23次"])

    assert finding.message == "「理论学习」前后不一致：F1（第1行）为22次，F2（第3行）为23次。"


def test_files_of_different_units_do_not_contradict_each_other(tmp_path):
    for name, count in (("柳溪村", 22), ("桃源村", 23)):
        (tmp_path / f"{name}.md").write_text(f"单位：{name}\n\n- 理论学习{count}次\n", encoding="utf-8")

    notes = read_notes([tmp_path / "柳溪村.md", tmp_path / "桃源村.md"])

    assert [finding.code for finding in notes.findings] == ["different-unit"]


def test_files_of_one_unit_do(tmp_path):
    (tmp_path / "党建.md").write_text("- 理论学习22次\n", encoding="utf-8")
    (tmp_path / "宣传.md").write_text("- 理论学习23次\n", encoding="utf-8")

    (finding,) = read_notes([tmp_path / "党建.md", tmp_path / "宣传.md"], root=tmp_path).findings

    assert "党建.md 第1行" in finding.message
    assert [where.file for where in finding.where] == ["党建.md", "宣传.md"]


@pytest.mark.parametrize(("text", "said"), SUMS["wrong"])
def test_arithmetic_that_does_not_hold_is_a_warning_with_the_right_number(text, said):
    (finding,) = find_miscounts(facts_from_texts([text]))

    assert (finding.code, finding.severity) == ("arithmetic", "warning")
    assert said in finding.message


@pytest.mark.parametrize("text", SUMS["right"])
def test_arithmetic_that_holds_is_not_remarked_on(text):
    assert list(find_miscounts(facts_from_texts([text]))) == []


def test_a_subject_under_hundreds_of_topics_is_compared_in_few_of_them(tmp_path):
    lines = [f"## 工作{index}\n- 特困{31 + index % 3}户" for index in range(600)]

    assert 0 < len(contradictions(tmp_path, lines)) < 30


def test_things_told_apart_by_their_numbers_do_not_contradict_each_other(tmp_path):
    lines = [
        "- 1号楼改造外墙300平方米",
        "- 2号楼改造外墙450平方米",
        "- 东片11号点走访36户",
        "- 东片17号点走访30户",
    ]
    assert contradictions(tmp_path, lines) == []
    (finding,) = contradictions(tmp_path, [*lines, "- 2号楼改造外墙400平方米"])
    assert [where.line for where in finding.where] == [2, 5]


def test_a_number_of_an_activity_contradicts_the_same_one_under_another_heading(tmp_path):
    lines = "## 建设\n- 渠系改造5条，受益农户1420户\n## 不足\n- 渠系改造受益农户1240户，还不够多\n"
    file = tmp_path / "要点.md"
    file.write_text(lines, encoding="utf-8")
    found = [f for f in read_notes([file]).findings if f.code == "contradiction"]
    assert len(found) == 1
