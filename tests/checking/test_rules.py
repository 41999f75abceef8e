"""Rules prove themselves on their own examples; the check holds its time."""

import time

import pytest

from drafter.checking import check_text
from drafter.checking.repeats import RULE as REPEATED
from drafter.checking.rules import STYLE
from drafter.checking.rules.whole import NEEDS, load_rule

CASES = [(rule, text, True) for rule in STYLE for text in rule.caught]
CASES += [(rule, text, False) for rule in STYLE for text in rule.passed]


@pytest.mark.parametrize(("rule", "text", "warned"), CASES)
def test_a_style_rule_warns_of_its_own_examples(rule, text, warned):
    codes = [f.code for f in check_text(text, ["走访居民480户"]).findings if f.severity == "warning"]

    assert (rule.code in codes) is warned


def test_a_long_draft_is_checked_quickly():
    notes = [f"第{n}网格走访居民{n * 37 + 11}户，化解纠纷{n * 3 + 2}起" for n in range(1, 61)]
    body = "".join(
        f"第{n}网格工作人员坚持定期入户，认真听取群众的意见建议，走访居民{n * 37 + 11}户，化解纠纷{n * 3 + 2}起，"
        "进一步密切了党群干群关系，形成了共建共治共享的良好局面，群众的获得感、幸福感、安全感不断增强，"
        "社区面貌焕然一新，工作得到了居民和上级部门的一致认可，为下一步各项工作打下了坚实的基础。\n"
        for n in range(1, 61)
    )
    started = time.process_time()
    check = check_text(body[:10_000], notes)

    assert time.process_time() - started < 3
    assert len(check.numbers) > 100


@pytest.mark.parametrize("draft", ["", "\n\n", "没有数字。", "[", "][F1.1]", "【待补", "□" * 50])
def test_odd_drafts_are_no_fault(draft):
    check_text(draft, ["走访居民480户"])
    check_text(draft, [])
    check_text(draft, [""], [""])


@pytest.mark.parametrize("said", ["产值翻番", "半数以上居民参加", "实现零上访"])
def test_an_amount_in_words_that_no_note_says_is_a_warning(said):
    found = check_text(f"{said}。", ["走访居民480户"]).findings

    assert [(f.code, f.severity) for f in found] == [("vague", "warning")]
    assert check_text(f"{said}。", [said]).findings == ()


def _is_its_conflict(finding, rule):
    sign = {"title": "《", "altered-name": "写的是“"}.get(rule.code)
    return sign is not None and finding.code == "conflict" and sign in finding.message


RULES = [*((module, load_rule(module)) for module in NEEDS), ("repeats", REPEATED)]


@pytest.mark.parametrize(
    ("rule", "example", "caught"),
    [
        pytest.param(rule, example, caught, id=f"{module}-{'caught' if caught else 'passed'}-{place}")
        for module, rule in RULES
        for caught in (True, False)
        for place, example in enumerate(rule.caught if caught else rule.passed)
    ],
)
def test_a_rule_over_drafts_proves_itself_on_its_own_examples(rule, example, caught):
    findings = check_text(example.draft, example.notes, example.past).findings
    found = [f for f in findings if f.code == rule.code or _is_its_conflict(f, rule)]

    assert bool(found) is caught, findings
