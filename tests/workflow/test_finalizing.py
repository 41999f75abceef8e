"""A final text stands as it is: whatever changes behind it later is found, and named."""

import json
import random
import shutil

import pytest

from drafter.cli.run import run
from drafter.errors import DrafterError
from drafter.workflow.checking import check

DECISIONS = {
    "draft_sha256": "",
    "decisions": [
        {
            "surface": "9次",
            "context": "开展义诊9次",
            "where": [],
            "verdict": "accepted",
            "by": "审阅人",
            "at": "2025-12-30T09:00:00Z",
            "note": "问过卫生站",
        }
    ],
}


def found_in(file):
    """Return everything that a check says of changes since, or why it could not check."""
    try:
        checked = check(file, ())
    except DrafterError as error:
        return str(error)
    said = "".join(f.message for f in checked.findings if f.code == "final-changed")
    assert checked.ok is (not said)
    return said


def changed_bytes(data, dice):
    """Return `data` with one byte or one line changed."""
    at = dice.randrange(len(data))
    lines = data.splitlines(keepends=True)
    line = dice.randrange(len(lines))
    match dice.randrange(6):
        case 0:
            return data[:at] + bytes([data[at] ^ (1 << dice.randrange(8))]) + data[at + 1 :]
        case 1:
            return data[:at] + data[at + 1 :]
        case 2:
            return data[:at] + bytes([dice.randrange(256)]) + data[at:]
        case 3:
            return b"".join(lines[:line] + lines[line + 1 :])
        case 4:
            return b"".join([*lines[: line + 1], *lines[line:]])
        case _:
            return data[:at]


def test_a_final_text_checks_clean_as_long_as_nothing_changes(final):
    assert run(["check", "草稿.md"]) == 0
    assert run(["check", "草稿.docx"]) == 0
    record = json.loads(final.record.read_text(encoding="utf-8"))
    assert record["draft"]["path"] == "草稿.md"
    assert record["decisions"] == {"path": "草稿.review.json", "sha256": None}
    assert [row["path"] for row in record["notes"]] == ["notes/要点.md"]
    assert [row["path"] for row in record["past"]] == ["past/2024.md"]


def test_a_thousand_small_changes_are_all_found_and_the_part_named(desk):
    desk.draft.write_text(
        desk.draft.read_text(encoding="utf-8").replace("## 二、民生\n\n", "## 二、民生\n\n开展义诊9次。"),
        encoding="utf-8",
    )
    review = desk.folder / "草稿.review.json"
    review.write_text(json.dumps(DECISIONS, ensure_ascii=False, indent=1), encoding="utf-8")
    assert run(["export", "草稿.md", "--final"]) == 0
    parts = {"draft": desk.draft, "notes": desk.notes, "decisions": review, "word": desk.word}
    before = {name: file.read_bytes() for name, file in parts.items()}
    dice = random.Random(9704)
    missed = []
    for turn in range(1000):
        name = list(parts)[turn % 4]
        data = changed_bytes(before[name], dice)
        if data == before[name]:
            data += b"\n"
        parts[name].write_bytes(data)
        if f"（{name}）" not in found_in(desk.draft):
            missed.append((turn, name))
        if turn % 5 == 0 and f"（{name}）" not in found_in(desk.word):
            missed.append((turn, name, "by way of the Word file"))
        parts[name].write_bytes(before[name])

    assert not missed
    assert found_in(desk.draft) == found_in(desk.word) == ""


@pytest.mark.parametrize("part", ["draft", "notes", "word", "past"])
def test_a_part_that_is_gone_is_named(final, part):
    files = {
        "draft": final.draft,
        "notes": final.notes,
        "word": final.word,
        "past": final.folder / "past" / "2024.md",
    }
    files[part].unlink()

    assert f"（{part}）" in found_in(final.draft)
    assert "不见了" in found_in(final.draft)
    if part != "word":
        assert f"（{part}）" in found_in(final.word)


def test_decisions_that_come_later_are_named(final):
    (final.folder / "草稿.review.json").write_text(json.dumps(DECISIONS), encoding="utf-8")

    assert "（decisions）" in found_in(final.draft)
    assert "（decisions）" in found_in(final.word)


def test_the_command_exits_1_and_json_has_the_code(final, capsys):
    final.notes.write_text(final.notes.read_text(encoding="utf-8").replace("203", "204"), encoding="utf-8")
    capsys.readouterr()

    assert run(["check", "草稿.md", "--json"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [f["where"][0]["file"] for f in findings if f["code"] == "final-changed"] == ["notes/要点.md"]


@pytest.mark.parametrize("part", ["draft", "notes", "word"])
@pytest.mark.parametrize("damage", [b"", b"\xff\xfe\xff", None], ids=["empty", "no text", "gone"])
def test_a_part_that_cannot_be_read_any_more_is_a_finding_too(final, capsys, part, damage):
    file = {"draft": final.draft, "notes": final.notes, "word": final.word}[part]
    if damage is None:
        file.unlink()
    else:
        file.write_bytes(damage)
    capsys.readouterr()

    for checked in ("草稿.md", "草稿.docx"):
        assert run(["check", checked, "--json"]) == 1
        findings = json.loads(capsys.readouterr().out)["findings"]
        changed = [f["message"] for f in findings if f["code"] == "final-changed"]
        assert len(changed) == 1
        assert f"（{part}）" in changed[0]
    assert run(["check", "草稿.md"]) == 1
    assert f"（{part}）" in capsys.readouterr().out


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"draft": 1, "notes": [], "decisions": {}, "word": {}}', b"\xff"]
)
def test_a_record_that_cannot_be_read_is_said(final, damage):
    final.record.write_bytes(damage)

    assert "定稿记录" in found_in(final.draft)


def test_a_word_file_in_another_folder_knows_its_record(desk):
    (desk.folder / "印发").mkdir()
    assert run(["export", "草稿.md", "--final", "-o", "印发/总结.docx"]) == 0
    assert run(["check", "印发/总结.docx"]) == 0
    word = desk.folder / "印发" / "总结.docx"
    word.write_bytes(word.read_bytes()[:-1] + b"\x01")

    assert "（word）" in found_in(desk.draft)


def test_the_whole_folder_may_move(final, tmp_path):
    moved = tmp_path / "elsewhere"
    shutil.copytree(final.folder, moved)

    assert found_in(moved / "草稿.md") == ""
    assert found_in(moved / "草稿.docx") == ""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[38起][F1.1]", "39起", "39起"),
        ("岗位[900余个][F3.2]", "岗位【待补：个】", "待补"),
        ("岗位[900余个][F3.2]", "岗位[900余个][F3.2]【待核：又说是800个】", "待核"),
    ],
)
def test_nothing_is_written_while_anything_is_open(desk, capsys, old, new, said):
    desk.draft.write_text(desk.draft.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    assert run(["export", "草稿.md", "--final"]) == 1
    assert said in capsys.readouterr().err
    assert not desk.word.exists()
    assert not desk.record.exists()


def test_nothing_is_written_when_the_notes_are_no_longer_those_of_the_draft(desk, capsys):
    desk.notes.write_text(desk.notes.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    assert run(["export", "草稿.md", "--final"]) == 1
    assert "要点" in capsys.readouterr().err
    assert run(["export", "草稿.md", "--final", "--notes", "notes/要点.md"]) == 1
    assert not desk.word.exists()


def test_after_a_right_correction_it_can_be_made_final_again(final):
    final.draft.write_text(
        final.draft.read_text(encoding="utf-8").replace("举办招聘会", "先后举办招聘会"), encoding="utf-8"
    )
    assert "（draft）" in found_in(final.draft)

    assert run(["export", "草稿.md", "--final"]) == 0
    assert found_in(final.draft) == found_in(final.word) == ""


def test_a_draft_copy_never_replaces_the_final_word_file(final, capsys):
    before = final.word.read_bytes()

    assert run(["export", "草稿.md"]) == 2
    assert "定稿" in capsys.readouterr().err
    assert final.word.read_bytes() == before


def test_a_final_word_file_may_become_a_past_report_and_a_draft_may_not(desk, capsys):
    run(["export", "草稿.md", "-o", "草稿件.docx"])
    run(["export", "草稿.md", "--final", "-o", "定稿.docx"])

    assert run(["index", "--dry-run", "定稿.docx"]) == 0
    capsys.readouterr()
    assert run(["index", "--dry-run", "草稿件.docx"]) == 1
    assert "还没有定稿" in "".join(capsys.readouterr())


def test_a_record_that_names_other_decisions_or_forgets_past_reports_is_damaged(final):
    before = final.record.read_text(encoding="utf-8")
    for old, new in (("草稿.review", "草搞.review"), ('"past"', '"pust"')):
        final.record.write_text(before.replace(old, new), encoding="utf-8")
        assert "定稿记录" in found_in(final.draft)


def test_a_damaged_word_file_in_a_folder_below_is_named_by_way_of_itself_too(desk):
    (desk.folder / "印发").mkdir()
    assert run(["export", "草稿.md", "--final", "-o", "印发/总结.docx"]) == 0
    word = desk.folder / "印发" / "总结.docx"
    for data in (b"", word.read_bytes()[:-400]):
        word.write_bytes(data)
        assert "（word）" in found_in(word)


@pytest.mark.parametrize("part", ["draft", "notes", "decisions", "word"])
def test_a_record_that_leaves_a_part_out_is_no_record(final, part):
    record = json.loads(final.record.read_text(encoding="utf-8"))
    record[part] = []
    final.record.write_text(json.dumps(record), encoding="utf-8")

    assert "定稿记录" in found_in(final.draft)


def test_no_copy_of_a_draft_replaces_a_final_word_file_whose_record_is_damaged(final):
    before = final.word.read_bytes()
    final.record.write_bytes(b"")

    assert run(["export", "草稿.md"]) == 2
    assert final.word.read_bytes() == before


@pytest.mark.parametrize("kind", [(), ("--final",)])
def test_another_draft_never_replaces_a_final_word_file(final, kind):
    (final.folder / "另一份.md").write_bytes(final.draft.read_bytes())
    before = final.word.read_bytes()

    assert run(["export", "另一份.md", "-o", "草稿.docx", *kind]) == 2
    assert final.word.read_bytes() == before


def test_a_final_word_file_without_its_record_is_a_warning(final, tmp_path):
    def warned(file):
        return "final-unbound" in [one.code for one in check(file, [final.notes]).findings]

    alone = tmp_path / "寄来.docx"
    alone.write_bytes(final.word.read_bytes())
    beside = final.folder / "副本.docx"
    beside.write_bytes(final.word.read_bytes())

    assert warned(alone)
    assert not warned(final.word)
    assert not warned(beside)
    beside.write_bytes(beside.read_bytes() + b"\0")
    assert warned(beside)


def test_a_word_file_knows_the_record_of_a_draft_with_a_percent_sign_in_its_name(desk):
    (desk.folder / "印发").mkdir()
    desk.draft.rename(desk.folder / "完成100%25.md")
    assert run(["export", "完成100%25.md", "--final", "-o", "印发/总结.docx"]) == 0
    desk.notes.write_text(desk.notes.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    assert "（notes）" in found_in(desk.folder / "印发" / "总结.docx")


def test_decisions_on_a_word_copy_and_on_its_draft_count_and_are_bound(desk):
    text = desk.draft.read_text(encoding="utf-8").replace("## 二、民生\n\n", "## 二、民生\n\n开展义诊9次。")
    desk.draft.write_text(text, encoding="utf-8")
    (desk.folder / "审").mkdir()
    run(["export", "草稿.md", "-o", "审/送审.docx"])
    assert run(["check", "审/送审.docx"]) == 1
    decided = desk.folder / "审" / "送审.review.json"
    decided.write_text(json.dumps(DECISIONS, ensure_ascii=False), encoding="utf-8")
    assert run(["check", "审/送审.docx"]) == 0
    assert run(["export", "审/送审.docx", "--final", "-o", "审/印发.docx"]) == 0
    assert run(["check", "审/印发.docx"]) == 0

    decided.write_text(json.dumps(DECISIONS), encoding="utf-8")
    assert "（decisions）" in found_in(desk.folder / "审" / "印发.docx")
    decided.write_text(json.dumps(DECISIONS, ensure_ascii=False), encoding="utf-8")
    (desk.folder / "草稿.review.json").write_text(json.dumps(DECISIONS), encoding="utf-8")
    assert "（decisions）" in found_in(desk.folder / "审" / "送审.docx")


def test_an_export_is_never_written_over_what_it_is_made_from(desk, capsys):
    assert run(["export", "草稿.md"]) == 0
    before = desk.word.read_bytes()

    assert run(["export", "草稿.docx", "--comments"]) == 2
    assert "-o" in capsys.readouterr().err
    assert desk.word.read_bytes() == before


@pytest.mark.parametrize("kind", [(), ("--final",)])
def test_a_word_file_alone_says_which_notes_it_misses_and_what_to_do(desk, tmp_path, capsys, kind):
    assert run(["export", "草稿.md", *kind]) == 0
    alone = tmp_path / "寄来.docx"
    alone.write_bytes(desk.word.read_bytes())
    capsys.readouterr()

    assert run(["check", str(alone)]) == 2
    said = capsys.readouterr().err
    assert "要点.md" in said
    assert "--notes" in said
