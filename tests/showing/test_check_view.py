"""The terminal shows what is doubtful first, and which bullets are left out, in words."""

from drafter.checking import check_text
from drafter.model import Fact, Where
from drafter.showing.check_view import show_check

NOTES = ["受理纠纷31起", "讲座9场"]
FACTS = [Fact(f"F{n}", "", text, Where("要点.md", n)) for n, text in enumerate(NOTES, start=1)]


def shown(capsys, draft, **options):
    show_check(check_text(draft, NOTES), draft, FACTS, **options)
    return capsys.readouterr().out


def test_errors_stand_above_warnings_with_kind_and_line(capsys):
    lines = shown(capsys, "办理【待补：件】。\r\n受理纠纷37起。").splitlines()

    assert lines[0].startswith("× 第2行 [没有出处] 文中37起，要点F1为31起")
    assert lines[1].startswith("! 第1行 [待补] ")
    assert lines[-1] == "有 1 处错误，1 处提醒"


def test_unused_facts_are_told_in_their_words(capsys):
    assert "  F2 讲座9场  要点.md L2\n" in shown(capsys, "受理纠纷31起。")


def test_where_a_fact_is_used_is_shown_on_request(capsys):
    draft = "受理纠纷31起。\n31起纠纷都已办结。\n"

    assert "F1 受理纠纷31起  要点.md L1  用于第1行、第2行" in shown(capsys, draft, used=True)
    assert "用于" not in shown(capsys, draft)


def test_a_flood_of_one_warning_is_cut_short_and_errors_never(capsys):
    out = shown(capsys, "办理【待补：件】。\n" * 30 + "受理纠纷37起。\n" * 30)

    assert out.count("[待补]") == 21
    assert "… 还有 10 处[待补]，用 --json 看全部" in out
    assert out.count("文中37起") == 30
