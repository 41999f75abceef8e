"""What a draft repeats of its unit's last five years is told sentence by sentence, and in all."""

import json

import pytest

from drafter.checking import PastText, check_draft
from drafter.draftfile import read_draft
from drafter.workflow import checking

OLD = "坚持每周入户走访和每月集中议事，认真听取居民意见，件件有着落。"
NEW = "新建凉亭供老人歇脚聊天，周边绿化同步完成补种。"


def repeats(draft, *past, year=2025, unit="白鹭社区"):
    return check_draft(read_draft(draft), [], past, year=year, unit=unit)


def passage(words=OLD, year=2024, unit="白鹭社区", **options):
    return PastText(f"{unit}{year}年工作总结", words, None, year, "全年", unit, **options)


def test_a_repeated_sentence_names_report_and_year():
    check = repeats(f"{NEW}{OLD}", passage())

    (finding,) = [f for f in check.findings if f.code == "repeated"]
    assert (
        finding.message
        == f"“{OLD.rstrip('。')[:16]}…”这句话，2024年的《白鹭社区2024年工作总结》里有：一字不差"
    )
    assert check.repeats[:3] == (2, 1, 0)
    assert check.repeats.places[0].span == finding.span
    assert check.repeats.share == pytest.approx(0.55, abs=0.05)
    assert check.ok


@pytest.mark.parametrize(
    ("past", "found"),
    [
        (passage(year=2020), 1),
        (passage(year=2019), 0),
        (passage(year=2026), 0),
        (passage(unit="青石社区"), 0),
        (passage(unit=None), 1),
        (passage(unit="白鹭社区居民委员会"), 1),
        (passage(quoted=True), 0),
    ],
)
def test_only_the_units_own_last_five_years_count(past, found):
    check = repeats(OLD, past)

    assert sum(f.code == "repeated" for f in check.findings) == found


def test_a_sentence_that_several_other_units_have_is_a_set_phrase():
    others = [passage(unit="青石社区"), passage(unit="松溪村")]

    assert repeats(OLD, passage(), *others).repeats.repeated == 0
    assert repeats(OLD, passage(), others[0]).repeats.repeated == 1


def test_marked_words_count_but_are_no_finding():
    draft = f"[{OLD}][P1]{NEW}"
    check = repeats(draft, passage())

    assert [f.code for f in check.findings] == []
    assert (check.repeats.repeated, check.repeats.marked) == (1, 1)


def test_headings_and_the_title_are_not_compared():
    heading = "一、坚持党建引领，推动居民议事协商制度落地见效结出硕果"
    draft = f"白鹭社区2025年工作总结\n\n## {heading}\n\n{heading}\n\n{NEW}\n"

    assert repeats(draft, passage(f"{heading}\n{OLD}")).repeats[:2] == (1, 0)


def test_a_command_line_gives_the_places_as_json(tmp_path, capsys):
    from drafter.cli.run import run

    past = tmp_path / "白鹭社区2024年工作总结.md"
    past.write_text(f"# 白鹭社区2024年工作总结\n\n## 一、走访\n\n{OLD}\n", encoding="utf-8")
    (tmp_path / "n.md").write_text("# 白鹭社区2025年要点\n\n- 新建凉亭1处\n", encoding="utf-8")
    draft = tmp_path / "d.md"
    draft.write_text(f"# 白鹭社区2025年工作总结\n\n{OLD}\n", encoding="utf-8")

    call = ["check", str(draft), "--notes", str(tmp_path / "n.md")]
    assert run([*call, "--past", str(past), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["repeats"]
    assert {key: found[key] for key in ("sentences", "repeated", "marked", "renewed", "share")} == {
        "sentences": 1,
        "repeated": 1,
        "marked": 0,
        "renewed": 0,
        "share": 1.0,
    }
    assert found["places"][0]["where"][0]["line"] == 3
    assert found["places"][0]["year"] == 2024
    assert run(call) == 0
    assert "与往年重复" not in capsys.readouterr().out
    assert checking.check(draft, [tmp_path / "n.md"]).repeats is None
    assert run([*call, "--past", str(tmp_path / "白鹭社区2024年工作总结.md")]) == 0
    assert "与往年重复 1/1 句，占 100% 字" in capsys.readouterr().out
