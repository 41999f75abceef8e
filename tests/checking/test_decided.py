"""Decisions hold as long as the number, the text round it and its source are unchanged."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from drafter.checking.desk import Desk, surroundings
from drafter.draftfile.beside import review_path
from drafter.draftfile.decisions import load_review, merged, update_review
from drafter.errors import ReadError
from drafter.model import Where
from drafter.model.decisions import Decision
from drafter.workflow.checking import check, load, trace
from drafter.workflow.deciding import take_decisions
from drafter.workflow.reviewing import build_page

NOTES = """单位：松溪村
时间：2025年

- 矛盾纠纷受理38起，调解成功36起
- 安全隐患排查61处，整改58处
- 举办讲座9场
"""
DRAFT = """# 松溪村2025年工作总结

受理矛盾纠纷[38起][F1.1]，调解成功[36起][F1.2]。排查安全隐患[61处][F2.1]，整改[59处][F2.2]。

举办讲座[9场][F3.1]。

[F1.1]: <n.md#L4> "矛盾纠纷受理38起，调解成功36起"
[F1.2]: <n.md#L4> "矛盾纠纷受理38起，调解成功36起"
[F2.1]: <n.md#L5> "安全隐患排查61处，整改58处"
[F2.2]: <n.md#L5> "安全隐患排查61处，整改58处"
[F3.1]: <n.md#L6> "举办讲座9场"
"""


@pytest.fixture
def place(tmp_path):
    (tmp_path / "n.md").write_text(NOTES, encoding="utf-8")
    (tmp_path / "草稿.md").write_text(DRAFT, encoding="utf-8")
    return tmp_path


def run(place):
    return check(place / "草稿.md", [place / "n.md"])


def decide(place, **changes):
    row = {
        "surface": "59处",
        "context": "排查安全隐患61处，整改59处。",
        "where": None,
        "verdict": "accepted",
        "by": "李敏",
        "at": "2025-12-20T09:30:00+08:00",
        "note": "街道已核",
    }
    row.update(changes)
    content = {"draft_sha256": "0" * 64, "decisions": [row]}
    review_path(place / "草稿.md").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def change(place, name, old, new):
    file = place / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def codes(checked):
    return [(finding.code, finding.severity) for finding in checked.findings]


def test_the_draft_fails_without_a_decision(place):
    checked = run(place)

    assert not checked.ok
    assert [n.surface for n in checked.numbers if n.verdict == "unsupported"] == ["59处"]
    assert checked.decisions == ()


@pytest.mark.parametrize(
    "where",
    [
        None,
        [],
        {"file": "n.md", "line": 5},
        [{"file": "n.md", "line": 5, "span": [40, 55]}],
        [{"file": "草稿.md", "line": 3}],
    ],
)
@pytest.mark.parametrize(
    "context",
    [
        "排查安全隐患61处，整改59处。",
        "整改59处",
        "排查安全隐患[61处][F2.1]，整改[59处][F2.2]",
        "隐患61处，整改。\n\n举办",
        "受理矛盾纠纷38起，调解成功36起。排查安全隐患61处，整改59处。\n\n举办讲座9场。",
    ],
)
def test_an_accepted_number_is_a_warning_that_names_who_and_when(place, context, where):
    decide(place, context=context, where=where)

    checked = run(place)

    assert checked.ok
    assert codes(checked) == [("unsupported", "warning")]
    assert all(
        words in checked.findings[0].message for words in ("李敏", "2025-12-20 09:30", "街道已核", "59处")
    )
    assert [n.verdict for n in checked.numbers if n.surface == "59处"] == ["unsupported"]
    assert [outcome.state for outcome in checked.decisions] == ["held"]


@pytest.mark.parametrize(("surface", "context"), [("38起", "受理矛盾纠纷38起"), ("59处", "整改59处")])
def test_a_rejected_number_is_an_error_whether_it_passes_or_not(place, surface, context):
    decide(place, surface=surface, context=context, verdict="rejected", note="不是这个数")

    checked = run(place)

    rejected = [finding for finding in checked.findings if finding.code == "rejected"]
    assert not checked.ok
    assert len(rejected) == 1
    assert "李敏" in rejected[0].message
    assert "不是这个数" in rejected[0].message
    assert DRAFT[slice(*rejected[0].span)] == surface


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("草稿.md", "[59处]", "[60处]"),
        ("草稿.md", "[61处][F2.1]，整改", "[61处][F2.1]，当场整改"),
        ("n.md", "整改58处", "整改57处"),
        ("n.md", "- 安全隐患排查61处，整改58处\n", ""),
    ],
    ids=["number", "context", "source", "source gone"],
)
@pytest.mark.parametrize("stamped", [True, False])
def test_a_decision_expires_when_number_context_or_source_changes(place, file, old, new, stamped):
    decide(place, **({"source": ["安全隐患排查61处，整改58处"]} if stamped else {}))
    assert run(place).ok

    change(place, file, old, new)
    checked = run(place)

    assert not checked.ok
    assert ("decision-expired", "warning") in codes(checked)
    assert [outcome.state for outcome in checked.decisions] == ["expired"]


def test_a_rejection_expires_with_the_number(place):
    decide(place, surface="38起", context="受理矛盾纠纷38起，", verdict="rejected")
    assert "rejected" in dict(codes(run(place)))

    change(place, "草稿.md", "[38起][F1.1]", "[38件][F1.1]")

    assert "rejected" not in dict(codes(run(place)))
    assert "decision-expired" in dict(codes(run(place)))


def test_what_moves_without_a_change_keeps_its_decision(place):
    decide(place, source=["安全隐患排查61处，整改58处"])
    change(place, "n.md", "- 矛盾纠纷", "## 综治\n\n- 矛盾纠纷")
    change(place, "草稿.md", "举办讲座", "另外，举办讲座")

    assert "decision-expired" not in dict(codes(run(place)))
    assert run(place).ok


def test_a_short_surface_is_not_taken_for_part_of_another_number(place):
    decide(place, surface="9处", context="整改59处")

    assert not run(place).ok


def test_a_sentence_that_stands_twice_does_not_say_which(place):
    change(place, "草稿.md", "举办讲座[9场][F3.1]。", "排查安全隐患61处，整改59处。")
    decide(place)
    assert not run(place).ok

    decide(place, occurrence=[1, 2])
    first, second = [finding.severity for finding in run(place).findings if finding.code == "unsupported"]
    assert sorted((first, second)) == ["error", "warning"]


def test_what_the_page_records_is_found_again(place):
    loaded = load(place / "草稿.md", [place / "n.md"])
    checked = trace(loaded)
    desk = Desk(loaded.text, checked, loaded.notes.facts)
    decisions = []
    for item in desk.items:
        context, offset, which = surroundings(desk, item.span)
        surface = loaded.text.plain[slice(*item.span)]
        decisions.append(
            Decision(surface, context, verdict="rejected", by="李敏", offset=offset, occurrence=which)
        )

    outcomes = trace(replace(loaded, decisions=tuple(decisions))).decisions

    assert [outcome.spans for outcome in outcomes] == [(item.place,) for item in desk.items]


def test_an_unsigned_decision_is_not_honoured(place):
    decide(place, by=" ")

    assert not run(place).ok
    assert "没有署名" in next(f.message for f in run(place).findings if f.code == "decision-expired")


def test_nobody_can_accept_what_is_still_to_be_filled_in(place):
    change(place, "草稿.md", "整改[59处][F2.2]", "整改【待补：处】")
    decide(place, surface="【待补：处】", context="整改【待补：处】")

    final = trace(load(place / "草稿.md", [place / "n.md"]), final=True)

    assert ("todo", "error") in codes(final)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "第 1 行不是有效的 JSON"),
        ("[]", "没有 decisions"),
        ('{"decisions": [3]}', "第 1 条"),
        ('{"decisions": [{"surface": "1处", "context": "1处", "verdict": "maybe"}]}', "verdict"),
        ('{"decisions": [{"surface": 1, "context": "1处", "verdict": "accepted"}]}', "surface"),
        ('{"decisions": [{"context": "1处", "verdict": "accepted"}]}', "surface"),
        ('{"decisions": [{"surface": "1处", "context": "1处", "verdict": "accepted", "where": 3}]}', "where"),
        ("[" * 100_000, "坏了"),
    ],
)
def test_a_damaged_file_of_decisions_stops_the_check_and_says_where(place, content, said):
    review_path(place / "草稿.md").write_text(content, encoding="utf-8")

    with pytest.raises(ReadError) as raised:
        run(place)
    assert said in raised.value.message
    assert "草稿.review.json" in raised.value.message


def test_two_who_save_at_once_both_keep_theirs(place):
    draft, state = place / "草稿.md", place / ".drafter"
    first = Decision("38起", "受理矛盾纠纷38起", (Where("n.md", 4),), by="李敏", at="2025-12-20T01:00:00Z")
    second = Decision("59处", "整改59处", by="周强", at="2025-12-20T02:00:00Z", note="已核", offset=2)

    update_review(draft, state, lambda old: (*old, first), "a" * 64)
    update_review(draft, state, lambda old: (*old, second), "b" * 64)

    assert load_review(draft).decisions == (first, second)
    assert load_review(draft).draft_sha256 == "b" * 64
    assert not list(place.glob(".*.tmp"))


@pytest.mark.parametrize("name", ["总结.md", "总结.txt", "总结.docx", "总结"])
def test_decisions_go_by_the_name_of_the_draft_without_its_ending(tmp_path, name):
    assert review_path(tmp_path / name) == tmp_path / "总结.review.json"
    assert review_path(tmp_path / "总结v1.2").name == "总结v1.2.review.json"


def test_eight_who_save_in_the_same_moment_all_keep_theirs(place):
    draft, state = place / "草稿.md", place / ".drafter"
    decisions = [Decision(f"{n}起", f"受理{n}起", by="李敏", at="2025-12-20T01:00:00Z") for n in range(8)]

    def save(one):
        return update_review(draft, state, lambda old: merged(old, [one]), "a" * 64)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(save, decisions))

    assert {decision.surface for decision in load_review(draft).decisions} == {f"{n}起" for n in range(8)}


@pytest.mark.parametrize("first", ["2025-12-20T09:00:00+08:00", "2025-12-20T01:00:00", "昨天", ""])
def test_times_are_compared_as_times(first):
    one = Decision("1起", "受理1起", by="李敏", at=first)
    two = replace(one, verdict="rejected", at="2025-12-20T01:30:00Z")

    assert merged([one], [two]) == merged([two], [one]) == (two,)


BORROWED = """# 松溪村2025年工作总结

[坚持预防为主，][P1]受理矛盾纠纷[38起][F1.1]，[做到小事不出村。][P1]

[F1.1]: <n.md#L4> "矛盾纠纷受理38起，调解成功36起"
[P1]: <2024.md#L3> "松溪村2024年工作总结 · 一、综治"
"""


def test_borrowed_words_are_decided_on_like_numbers(place):
    (place / "草稿.md").write_text(BORROWED, encoding="utf-8")
    words = {"surface": "做到小事不出村。", "context": "，做到小事不出村。"}
    decide(place, **words)
    assert run(place).ok

    decide(place, **words, verdict="rejected")
    assert [finding.code for finding in run(place).findings] == ["rejected"]

    change(place, "草稿.md", "做到小事不出村", "小事不出村")
    assert codes(run(place)) == [("decision-expired", "warning")]


def test_a_decision_on_borrowed_words_expires_with_the_past_section_they_are_from(place):
    past = "# 松溪村2024年工作总结\n\n## 一、综治\n\n坚持预防为主，受理矛盾纠纷42起，做到小事不出村。\n"
    (place / "2024.md").write_text(past, encoding="utf-8")
    (place / "草稿.md").write_text(BORROWED, encoding="utf-8")
    page = build_page(place / "草稿.md", [place / "n.md"])
    about = next(item.about for item in page.items if item.about.surface.startswith("做到"))
    signed = replace(about, by="李敏", at="2025-12-20T01:00:00Z")
    update_review(place / "草稿.md", place / ".drafter", lambda _: (signed,), "")

    assert not build_page(place / "草稿.md", [place / "n.md"]).expired
    change(place, "2024.md", "小事不出村", "小事不出村、大事不出乡")

    assert [o.reason for o in build_page(place / "草稿.md", [place / "n.md"]).expired] == ["它的出处改过了"]
    assert run(place).ok


def test_a_context_cut_out_of_the_file_is_found_with_its_syntax(place):
    decide(place, context="2.1]，整改[59处][F2")

    assert run(place).ok


@pytest.mark.parametrize(
    "context",
    [
        "整改59处。\n\n## 二、讲",
        "整改59处。\n\n##",
        "unit: 松溪村\n---\n\n# 松溪村2025年工作总结\n\n## 一、综治\n\n受理矛盾纠纷38起，调解成功36起。排查安全隐患61处，整改59处。",
        "排查**安全**隐患61处，整改59处。",
    ],
)
def test_a_context_cut_out_of_the_file_less_its_links_is_found_across_headings(place, context):
    headed = DRAFT.replace("\n受理", "\n## [一、综治][P1]\n\n受理").replace("\n举办", "\n## 二、讲座\n\n举办")
    text = "---\nunit: 松溪村\n---\n\n" + headed.replace("排查安全", "排查**安全**")
    (place / "草稿.md").write_text(text, encoding="utf-8")
    decide(place, context=context)

    assert run(place).ok


def test_a_decision_on_a_number_without_source_expires_with_the_note_nearest_to_it(place):
    change(place, "草稿.md", "[59处][F2.2]", "59处")
    loaded = load(place / "草稿.md", [place / "n.md"])
    desk = Desk(loaded.text, trace(loaded), loaded.notes.facts)
    near = next(desk.near(item) for item in desk.items if item.fails)
    assert near == "安全隐患排查61处，整改58处"
    decide(place, near=near)
    assert run(place).ok

    change(place, "n.md", "- 安全隐患排查61处，整改58处\n", "")

    assert ("decision-expired", "warning") in codes(run(place))


def test_a_decision_outlives_that_past_reports_are_given_to_the_check(place):
    change(place, "草稿.md", "[59处][F2.2]", "59处")
    decide(place, near="安全隐患排查61处，整改58处")
    assert run(place).ok
    past = place / "2024.md"
    past.write_text("# 松溪村2024年工作总结\n\n整改安全隐患59处。\n", encoding="utf-8")

    checked = check(place / "草稿.md", [place / "n.md"], [past])

    assert [number.verdict for number in checked.numbers if number.surface == "59处"] == ["stale"]
    assert checked.ok


THRICE = "# 松溪村2025年工作总结\n\n举办讲座8场，走访8场，座谈8场。\n\n以上是全年的情况。\n"


@pytest.mark.parametrize("more", [{}, {"offset": 1}])
def test_nobody_accepts_three_numbers_with_one_decision(place, more):
    (place / "草稿.md").write_text(THRICE, encoding="utf-8")
    decide(place, surface="8场", context="举办讲座8场，走访8场，座谈8场。", **more)

    assert codes(run(place)).count(("unsupported", "error")) == 3
    assert ("decision-expired", "warning") in codes(run(place))


@pytest.mark.parametrize("verdict", ["accepted", "rejected"])
@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_context_cut_out_round_a_number_means_the_one_in_its_middle(place, verdict, which):
    (place / "草稿.md").write_text(THRICE, encoding="utf-8")
    at = [start for start in range(len(THRICE)) if THRICE.startswith("8场", start)][which]
    decide(place, surface="8场", context=THRICE[at - 6 : at + 8], verdict=verdict)

    said = [f.span.start for f in run(place).findings if "李敏" in f.message]

    assert said == [at]


@pytest.mark.parametrize(
    ("surface", "context", "old", "new"),
    [
        ("59处", "整改59处。", "整改58处", "整改57处"),
        ("59处", "整改59处。", "整改58处", "整改58处，其余3处月底前整改"),
        ("59处", "整改59处。", "- 安全隐患排查61处，整改58处\n", ""),
        ("9场", "举办讲座9场。", "举办讲座9场", "共举办讲座9场"),
    ],
)
@pytest.mark.parametrize("taken", [False, True])
def test_a_decision_of_the_bare_keys_expires_with_its_source_as_well(
    place, surface, context, old, new, taken
):
    (place / "草稿.md").write_text(
        "# 松溪村2025年工作总结\n\n排查安全隐患61处，整改59处。\n\n举办讲座9场。\n", encoding="utf-8"
    )
    decide(place, surface=surface, context=context, verdict="rejected", where=[])
    if taken:
        review = review_path(place / "草稿.md").rename(place / "来.json")
        take_decisions(place / "草稿.md", [place / "n.md"], (), review, place / ".drafter")
    assert ("rejected", "error") in codes(run(place))

    change(place, "n.md", old, new)

    for _ in range(2):
        assert ("decision-expired", "warning") in codes(run(place))
        assert ("rejected", "error") not in codes(run(place))
    (place / "n.md").write_text(NOTES, encoding="utf-8")
    assert ("rejected", "error") in codes(run(place))


def test_a_decision_on_two_numbers_at_once_is_for_both_after_it_was_taken_in(place):
    text = "# 松溪村2025年工作总结\n\n举办讲座9场，举办宣讲9场。\n"
    (place / "草稿.md").write_text(text, encoding="utf-8")
    change(place, "n.md", "- 举办讲座9场\n", "- 举办讲座9场\n- 举办宣讲9场\n")
    decide(place, surface="9场", context="举办讲座9场，举办宣讲9场。", verdict="rejected")
    review = review_path(place / "草稿.md").rename(place / "来.json")

    take_decisions(place / "草稿.md", [place / "n.md"], (), review, place / ".drafter")

    assert codes(run(place)).count(("rejected", "error")) == 2


def test_a_check_that_cannot_remember_still_honours_what_people_decided(place):
    (place / ".drafter").write_text("", encoding="utf-8")
    decide(place)

    assert run(place).ok


def test_of_several_decisions_on_a_number_the_latest_counts(place):
    rows = [
        {"surface": "59处", "context": "整改59处", "verdict": "accepted", "by": "李敏", "at": "2025-12-21"},
        {
            "surface": "59处",
            "context": "61处，整改59处",
            "verdict": "rejected",
            "by": "周强",
            "at": "2025-12-20",
        },
    ]
    for order in (rows, rows[::-1]):
        content = {"decisions": order}
        review_path(place / "草稿.md").write_text(json.dumps(content), encoding="utf-8")
        assert run(place).ok

    rows[1]["at"] = "2025-12-22"
    review_path(place / "草稿.md").write_text(json.dumps({"decisions": rows}), encoding="utf-8")
    assert [f.code for f in run(place).findings if f.severity == "error"] == ["rejected", "unsupported"]
