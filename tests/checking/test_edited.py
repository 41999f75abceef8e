"""A draft that went through an editor or a formatter checks as it did before."""

import pytest

from drafter.checking import check_text
from drafter.draftfile import read_draft

TAIL = '\n\n[F1.1]: <n.md#L1> "受理来访38起"\n[P7]: <p.md#L1> "坚持"\n'


@pytest.mark.parametrize(
    "draft",
    [
        f"[坚持为民办事，\n扎实推进工作。][P7]受理来访[38起][F1.1]。{TAIL}",
        f"坚持为民办事，\n受理来访[38起][F1.1]。{TAIL}",
        '受理来访[38起](n.md "F1.1")。',
        "受理来访[38起][f1.1]。\n\n[f1.1]: n.md#L1 '受理来访38起'\n",
        "受理来访[38起][]。\n",
        f"受理来访**[38起][F1.1]**。{TAIL}",
        f"受理来访[**38起**][F1.1]。{TAIL}",
        "受理来访**38起**。",
        "受理来访38\\起。",
        f"一、工作\r受理来访[38起][F1.1]。\r{TAIL}".replace("\n", "\r"),
        "| 事项 | 数量（起） |\n| --- | --- |\n| 受理来访 | 38 |\n",
        "| 指标 | 完成 |\n| --- | --- |\n| 受理来访（起）| 38 |\n",
        "受理来访38\n起。",
        "实行24小时值班，受理来访38起。",
    ],
)
def test_an_edited_draft_stays_clean(draft):
    check = check_text(draft, ["受理来访38起"])

    assert [f.message for f in check.findings if f.severity == "error"] == []
    number = next(n for n in check.numbers if n.verdict == "traced")
    assert draft[number.span.start : number.span.start + 2] == "38"


@pytest.mark.parametrize(
    "draft",
    [
        '受理来访[39起](n.md "F1.1")。',
        f"受理来访**[39起][f1.1]**。{TAIL}",
        "受理来访39\n起。",
        "| 事项 | 数量（起） |\n| --- | --- |\n| 受理来访 | 39 |\n",
        "受理来访**起，发放**份。",
    ],
)
def test_an_edited_draft_hides_no_wrong_number(draft):
    assert not check_text(draft, ["受理来访38起"]).ok


def test_lines_that_their_author_broke_stay_apart():
    text = "一、综治\n受理来访38起\n二、宣传\n- 讲座9场\n"

    assert read_draft(text).plain == text


def test_a_long_broken_draft_is_read_in_linear_time():
    text = "[" * 20_000 + "**" * 20_000 + "\n[坚持，\n" * 5_000

    assert len(read_draft(text).plain) > 1000


def test_a_number_exceeded_and_the_other_half_of_a_whole():
    assert check_text("服务群众超20万人次。", ["服务群众20余万人次"]).ok
    assert check_text("党员187名，女党员62名、男党员125名。", ["党员187名，女党员62名"]).ok
    assert not check_text("党员187名，女党员62名、男党员126名。", ["党员187名，女党员62名"]).ok
