"""Findings come in the order of their risk; every fact knows where it is used."""

from drafter.checking import check_text
from drafter.checking.risk import ORDER, by_risk
from drafter.model import Finding, Span

NOTES = ["受理纠纷31起", "讲座9场", "组建义务巡逻队，在老街夜间值守", "走访居民480户"]


def test_errors_come_first_each_kind_by_its_place():
    def finding(code, severity, at):
        return Finding(code, severity, "", Span(at, at + 1))

    mixed = [
        finding("todo", "warning", 1),
        finding("placeholder", "error", 2),
        finding("unsupported", "error", 9),
        finding("unknown-kind", "warning", 0),
        finding("unsupported", "error", 3),
        finding("stale", "error", 50),
    ]

    assert [(f.code, f.span.start) for f in by_risk(mixed)] == [
        ("stale", 50),
        ("unsupported", 3),
        ("unsupported", 9),
        ("placeholder", 2),
        ("unknown-kind", 0),
        ("todo", 1),
    ]
    assert len(set(ORDER)) == len(ORDER)


def test_the_check_itself_is_in_that_order():
    draft = "走访居民【待补：户】。发放宣传单×××份，举办讲座14场，受理纠纷37起。"

    codes = [f.code for f in check_text(draft, NOTES, ["举办讲座14场。"]).findings]

    assert codes == ["stale", "unsupported", "placeholder", "todo"]


def test_every_fact_says_where_the_draft_uses_it():
    draft = "受理纠纷[31起][F1.1]。\n组建义务巡逻队，在老街夜间值守。全年31起纠纷全部办结。\n举办讲座14场。"

    check = check_text(draft, NOTES)

    words = {name: [draft[s.start : s.end] for s in spans] for name, spans in check.used.items()}
    assert words == {
        "F1": ["31起", "31起"],
        "F2": [],
        "F3": ["组建义务巡逻队，在老街夜间值守"],
        "F4": [],
    }
    assert check.unused_facts == ("F2", "F4")
