"""Year on year: a draft compares where both years surely give the same thing, and shows both sources."""

import re

import pytest

PAST = """# 松溪村2024年工作总结

一、维护稳定

全年共受理各类矛盾纠纷42起，调解成功41起。接待群众来访13批。

二、便民服务

村食堂助餐8140人次，同比增长12%，登记出租房屋318户。组织培训6期。
"""
NOTES = """单位：松溪村
时间：2025年

## 综治
- 矛盾纠纷受理38起，调解成功38起
- 接待群众来访近10批
## 服务
- 村食堂助餐9020人次
- 登记出租房屋335户
- 组织培训4期
"""


@pytest.fixture
def village(empty):
    """A workspace with last year's report and this year's notes."""
    (empty / "corpus" / "past" / "松溪村").mkdir(parents=True)
    (empty / "corpus" / "past" / "松溪村" / "2024.md").write_text(PAST, encoding="utf-8")
    (empty / "n.md").write_text(NOTES, encoding="utf-8")
    return empty


@pytest.fixture
def draft(village, drafter):
    made = drafter("draft", "n.md", "-o", "drafts.md", "--json")
    assert made.code == 0, made.json["findings"]
    return village / "drafts.md"


def bare(text):
    """Return a draft as somebody might paste it elsewhere: no links, no definitions, no front matter."""
    text = re.sub(r"\[((?:\\.|[^\[\]\\])+)\]\[[^\]\s]+\]", r"\1", text)
    return re.sub(r"^\[[FP(][^\]]*\]: .*\n", "", text, flags=re.MULTILINE).split("---\n", 2)[2]


def test_the_same_thing_in_the_same_unit_is_compared_and_nothing_else(draft):
    text = draft.read_text(encoding="utf-8")

    assert "[38起][F1.1]，比上年减少[4起][P1.1-F1.1]，" in text
    assert "[9020人次][F3.1]，同比增长[10.8%][(F3.1-P2.1)/P2.1]" in text
    assert len(re.findall(r"同比|比上年", text)) == 2
    assert '[P1.1-F1.1]: <corpus/past/松溪村/2024.md#L3> "42 − 38 = 4"' in text


def test_the_draft_is_checked_with_the_passages_its_definitions_name(draft, drafter):
    checked = drafter("check", "drafts.md", "--json")
    number = next(n for n in checked.json["numbers"] if n["surface"] == "4起")

    assert checked.code == 0
    assert (number["verdict"], number["formula"]) == ("derived", "P1.1-F1.1")
    assert [(w["file"], w["line"]) for w in number["where"]] == [
        ("corpus/past/松溪村/2024.md", 3),
        ("n.md", 5),
    ]


@pytest.mark.parametrize("given", [(), ("--past", "corpus/past")])
def test_its_bare_text_checks_clean_against_notes_and_last_years_report(draft, drafter, given):
    draft.write_text(bare(draft.read_text(encoding="utf-8")), encoding="utf-8")

    checked = drafter("check", "drafts.md", "--notes", "n.md", *given, "--json")

    assert checked.code == 0, checked.json["findings"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("减少[4起]", "减少[3起]"),
        ("减少[4起]", "增加[4起]"),
        ("增长[10.8%]", "增长[9.8%]"),
        ("增长[10.8%]", "下降[10.8%]"),
    ],
)
def test_a_comparison_changed_by_hand_is_an_error_linked_or_bare(draft, drafter, right, wrong):
    text = draft.read_text(encoding="utf-8")
    assert text.count(right) == 1

    for changed in (text.replace(right, wrong), bare(text.replace(right, wrong))):
        draft.write_text(changed, encoding="utf-8")
        assert drafter("check", "drafts.md", "--notes", "n.md", "--json").code == 1


def test_a_past_report_that_is_gone_is_a_finding(draft, village, drafter):
    (village / "corpus" / "past" / "松溪村" / "2024.md").unlink()

    checked = drafter("check", "drafts.md", "--json")

    assert checked.code == 1
    assert {"past-missing", "unsupported"} <= {finding["code"] for finding in checked.json["findings"]}


def test_a_past_report_that_changed_fails_the_numbers_that_rest_on_it(draft, village, drafter):
    report = village / "corpus" / "past" / "松溪村" / "2024.md"
    report.write_text(PAST.replace("42起", "45起"), encoding="utf-8")

    checked = drafter("check", "drafts.md", "--json")

    assert [n["surface"] for n in checked.json["numbers"] if n["verdict"] == "unsupported"] == ["4起"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("矛盾纠纷受理38起", "上半年矛盾纠纷受理38起"),
        ("矛盾纠纷受理38起", "矛盾纠纷受理约38起"),
        ("矛盾纠纷受理38起", "矛盾纠纷受理38起，同比有所减少"),
        ("矛盾纠纷受理38起", "矛盾纠纷受理38件"),
        ("矛盾纠纷受理38起", "婚姻矛盾纠纷受理38起"),
        ("矛盾纠纷受理38起", "截至11月底矛盾纠纷受理38起"),
        ("矛盾纠纷受理38起", "矛盾纠纷受理42起"),
        ("## 综治", "## 东沟片区"),
        ("时间：2025年", "时间：2026年"),
        ("时间：2025年", "时间：2025年上半年"),
    ],
)
def test_where_the_two_may_not_be_the_same_nothing_is_compared(village, drafter, old, new):
    (village / "n.md").write_text(NOTES.replace(old, new), encoding="utf-8")

    drafter("draft", "n.md", "-o", "drafts.md")

    assert "P1.1" not in (village / "drafts.md").read_text(encoding="utf-8")


def test_where_last_years_report_compared_nothing_a_draft_compares_twice_at_most(empty, drafter):
    topics = [
        ("一", "维护稳定", "受理各类矛盾纠纷{}起", 42, 38),
        ("二", "治安防范", "电信诈骗发案{}起", 31, 25),
        ("三", "安全生产", "排查安全隐患{}处", 57, 66),
        ("四", "信访工作", "受理信访件{}件", 28, 21),
    ]
    past = "\n\n".join(f"{at}、{head}\n\n全年{said.format(was)}。" for at, head, said, was, _ in topics)
    notes = "\n".join(f"## {head}\n- {said.format(now)}" for _, head, said, _, now in topics)
    (empty / "corpus" / "past" / "松溪村").mkdir(parents=True)
    (empty / "corpus" / "past" / "松溪村" / "2024.md").write_text(
        f"# 松溪村2024年工作总结\n\n{past}\n", encoding="utf-8"
    )
    (empty / "n.md").write_text(f"单位：松溪村\n时间：2025年\n\n{notes}\n", encoding="utf-8")
    drafter("draft", "n.md", "-o", "drafts.md")

    assert len(re.findall(r"同比|比上年", (empty / "drafts.md").read_text(encoding="utf-8"))) == 2
