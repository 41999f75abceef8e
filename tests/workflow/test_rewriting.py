"""One section is rewritten step by step: nothing else moves, no step is lost, no wrong number slips in."""

import json
import re
from contextlib import suppress

import pytest
from rewriting_sample import ask, body, lay_out, open_at, stock_of

from drafter.draftfile import read_draft
from drafter.draftfile.edit import find_part
from drafter.errors import DraftChangedError, UsageError
from drafter.workflow.rewriting_asking import edit, follow, item_facts, section_facts, section_past
from drafter.writing.rewriting_choices import PRESETS


@pytest.fixture
def draft(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lay_out(tmp_path)


def section(path, address="一/（二）"):
    text = path.read_bytes().decode()
    part = find_part(text, address)
    return text[part.span.start : part.span.end]


def rows(session):
    return [(row.old_plain, row.new_plain, row.status) for row in session.state.rows]


def open_rows(session):
    return {number for number, row in enumerate(session.state.rows, 1) if row.status == "open"}


def accept_all(session, **how):
    return session.decide(open_rows(session), **how)


# --- bytes --------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("address", ["一", "一/（一）", "一/（二）", "二", "开头"])
@pytest.mark.parametrize(
    "how",
    [{}, {"eol": "\r\n"}, {"bom": True, "tail": False}, {"encoding": "gb18030"}],
    ids=["plain", "crlf", "bom", "gbk"],
)
def test_all_bytes_outside_the_section_and_the_definitions_stay(tmp_path, monkeypatch, preset, address, how):
    monkeypatch.chdir(tmp_path)
    path = lay_out(tmp_path, **how)
    encoding = how.get("encoding", "utf-8")
    before = path.read_bytes().decode(encoding)
    part = find_part(before, address)
    session = open_at(path, address)

    if ask(session, preset):
        accept_all(session)

    after = path.read_bytes().decode(encoding)
    tail = before[part.span.end : before.index("[F1.1]: ")]
    assert after.startswith(before[: part.span.start])
    assert after[part.span.start :].count(tail) == 1
    assert re.findall("<!--.*?-->", after) == re.findall("<!--.*?-->", before)
    marks = {mark.label for mark in read_draft(after).marks}
    assert marks == set(read_draft(after).definitions)
    assert {label for label in marks if label[0] == "F"} >= {"F1.1", "F2.1", "F3.2", "F5.1", "F7.1"}


def test_undoing_everything_gives_back_every_byte(draft):
    before = draft.read_bytes()
    session = open_at(draft)
    for preset in ("压缩", "分条", "合并", "更正式"):
        if ask(session, preset):
            accept_all(session)
    changed = draft.read_bytes()

    steps = 0
    while session.can_undo:
        session.undo()
        steps += 1
    assert draft.read_bytes() == before
    for _ in range(steps):
        session.redo()

    assert draft.read_bytes() == changed != before
    assert not session.can_redo


# --- sentence by sentence -----------------------------------------------------------------


def test_a_version_is_not_written_before_it_is_accepted(draft):
    before = draft.read_bytes()
    session = open_at(draft)

    assert ask(session, "分条")
    assert draft.read_bytes() == before
    assert session.state.is_pending


def test_sentences_are_accepted_one_by_one(draft):
    session = open_at(draft)
    ask(session, "分条")
    assert rows(session)[0][:2] == ("开展夜间巡逻203次；", "一是开展夜间巡逻203次；")

    session.decide({1}, open_rows(session) - {1})

    assert "一是开展夜间巡逻[203次][F2.1]；网格员[14名][F2.2]。" in section(draft)
    assert not session.state.is_pending


def test_what_is_rejected_leaves_the_draft_alone(draft):
    before = draft.read_bytes()
    session = open_at(draft)
    ask(session, "压缩")

    session.decide((), open_rows(session))

    assert draft.read_bytes() == before
    with pytest.raises(UsageError, match="没有等着决定"):
        session.decide({1})


def test_a_sentence_that_moved_goes_with_its_other_place(draft):
    session = open_at(draft)
    ask(session, "换顺序")
    moved = next(at for at, row in enumerate(session.state.rows, 1) if not row.new)

    session.decide({moved}, ())

    assert section(draft).count("203次") == 1
    assert session.state.rows[moved - 1].status == "accepted"
    assert not [wrong for wrong in session.wrongs() if wrong.finding.code == "lost"]


def test_each_way_of_writing_is_offered_once(draft):
    session = open_at(draft)
    seen = []
    while ask(session, "换写法") and len(seen) < 20:
        seen.append("".join(new for _, new, _ in rows(session)))

    assert 2 <= len(seen) == len(set(seen)) < 20


@pytest.mark.parametrize(
    ("said", "preset"),
    [
        ("太长了，精简一点", "压缩"),
        ("分条列出来", "分条"),
        ("写得正式一些", "更正式"),
        ("并成一段话", "合并"),
    ],
)
def test_without_a_model_an_instruction_is_understood_by_its_words(draft, said, preset):
    one, other = open_at(draft), open_at(draft, by="李强")
    ask(one, say=said)
    asked = rows(one)
    one.undo()
    ask(other, preset)

    assert rows(other) == asked


def test_without_a_model_other_words_are_not_guessed_at(draft):
    with pytest.raises(UsageError, match="不用模型时听不懂"):
        ask(open_at(draft), say="把领导的讲话精神写进去")


def test_facts_and_past_sections_stand_beside_the_section(draft):
    session = open_at(draft, "一/（一）")

    assert [fact.id for facts in item_facts(session) for fact in facts] == ["F1"]
    assert [fact.id for fact in section_facts(session)] == ["F1"]
    (own,) = section_past(session, stock_of(session))
    assert own.own
    assert "受理各类纠纷42起" in own.exemplar.section.text

    follow(session, [own], 1)
    assert session.state.model == "past.md#L4"
    with pytest.raises(UsageError, match="没有第2个"):
        follow(session, [own], 2)


# --- numbers ------------------------------------------------------------------------------


def codes(session):
    return [wrong.finding.code for wrong in session.wrongs()]


def test_links_survive_a_hand_edit_and_typed_numbers_are_linked(draft):
    session = open_at(draft)

    edit(session, 1, "全年组织夜间巡逻203次，劝导群众，登记出租房335户；")
    accept_all(session)

    assert "全年组织夜间巡逻[203次][F2.1]，劝导群众，登记出租房[335户][F5.1]；" in section(draft)


def test_borrowed_words_stay_marked_in_a_hand_edit(draft):
    session = open_at(draft, "一/（一）")

    edit(session, 1, "坚持抓早抓小、就地化解，全年共受理纠纷38起，调成36起，成功率94.7%，做到小事不出网格。")
    accept_all(session)

    assert section(draft, "一/（一）").endswith(
        "[坚持抓早抓小、就地化解，][P1]全年共受理纠纷[38起][F1.1]，调成[36起][F1.2]，"
        "成功率[94.7%][F1.2/F1.1]，[做到小事不出网格。][P1]"
    )
    assert '[F1.2/F1.1]: <notes.md#L5> "36 ÷ 38 = 94.7%"' in draft.read_text(encoding="utf-8")


def test_a_number_that_was_altered_is_told_with_its_fact_and_not_taken(draft):
    before = draft.read_bytes()
    session = open_at(draft)
    edit(session, 1, "开展夜间巡逻230次；")

    (wrong,) = session.wrongs()
    assert (wrong.finding.code, wrong.rows, wrong.finding.quantities) == ("altered", (1,), ("F2.1",))
    assert "203次（F2.1）写成了230次" in wrong.finding.message
    outcome = accept_all(session)

    assert [one.finding.code for one in outcome.refused] == ["altered"]
    assert draft.read_bytes() == before
    session.restore(1)
    assert not session.state.is_pending


def test_a_wrong_number_is_taken_only_when_a_person_says_so_and_that_is_recorded(draft):
    session = open_at(draft, by="赵主任")
    edit(session, 1, "开展夜间巡逻230次；")

    outcome = accept_all(session, override=True)

    assert "夜间巡逻230次" in section(draft)
    assert len(outcome.overridden) == 1
    step = open_at(draft).history[-1]
    assert (step.by, bool(step.at)) == ("赵主任", True)
    assert "230次" in step.details["overridden"][0]
    session.undo()
    assert "夜间巡逻[203次][F2.1]" in section(draft)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("开展夜间巡逻；", "lost"),
        ("开展夜间巡逻203次，慰问困难党员28人次；", "added"),
        ("开展夜间巡逻203次，走访老人45户；", "unsupported"),
        ("开展夜间巡逻近百次；", "altered"),
        ("开展夜间巡逻××次；", "altered"),
        ("开展夜间巡逻[230次][F2.1]；", "altered"),
        ("开展夜间巡逻[203次][F9.9]，受理纠纷[38起][F99.1]；", "added"),
    ],
)
def test_what_happens_to_the_numbers_is_told(draft, typed, code):
    session = open_at(draft)
    edit(session, 1, typed)

    assert code in codes(session)


def test_what_was_wrong_before_does_not_stand_in_the_way(draft):
    text = draft.read_text(encoding="utf-8").replace("整改[58处][F3.2]", "整改59处")
    draft.write_text(text, encoding="utf-8")
    session = open_at(draft)
    edit(session, 1, "全年开展夜间巡逻203次；")

    assert session.wrongs() == ()
    assert not accept_all(session).refused


def test_labels_that_changed_notes_gave_away_are_not_used_anew(draft):
    notes = draft.parent / "notes.md"
    notes.write_text(
        notes.read_text(encoding="utf-8").replace("- 纠纷", "- 走访12户\n- 纠纷"), encoding="utf-8"
    )
    before = draft.read_bytes()
    session = open_at(draft)

    with pytest.raises(UsageError, match="drafter refresh"):
        edit(session, 1, "开展夜间巡逻203次，助餐9020人次；")
    assert draft.read_bytes() == before
    assert ask(session, "压缩")


# --- others, crashes ----------------------------------------------------------------------


def test_a_section_that_another_program_changed_is_not_overwritten(draft):
    session = open_at(draft)
    ask(session, "压缩")
    theirs = draft.read_text(encoding="utf-8").replace("开展夜间巡逻", "坚持夜间巡逻")
    draft.write_text(theirs, encoding="utf-8")

    with pytest.raises(DraftChangedError):
        accept_all(session)

    assert draft.read_text(encoding="utf-8") == theirs
    assert rows(session)[0][0] == "坚持夜间巡逻203次；"
    assert any(step.what == "压缩" for step in session.history)
    session.undo()
    assert "开展夜间巡逻" in section(draft)
    session.redo()
    assert draft.read_text(encoding="utf-8") == theirs


def test_what_another_program_changed_elsewhere_stays(draft):
    session = open_at(draft)
    ask(session, "压缩")
    text = draft.read_text(encoding="utf-8")
    draft.write_text(text.replace("助餐", "社区食堂助餐"), encoding="utf-8")

    accept_all(session)

    assert "社区食堂助餐[9020人次]" in draft.read_text(encoding="utf-8")
    assert "别处" in session.noticed


def test_a_section_that_is_gone_is_told(draft):
    session = open_at(draft)
    ask(session, "压缩")
    text = draft.read_text(encoding="utf-8").replace("（二）强化群防群治。", "")
    draft.write_text(text, encoding="utf-8")

    with pytest.raises(DraftChangedError, match="找不到"):
        accept_all(session)


def test_sections_may_come_and_go_before_it(draft):
    session = open_at(draft)
    ask(session, "压缩")
    text = draft.read_text(encoding="utf-8")
    draft.write_text(text.replace("## 一、", "## 一、党的建设\n\n很好。\n\n## 二、"), encoding="utf-8")

    again = open_at(draft, "二/（二）")
    accept_all(again)

    assert again.history[-1].what.startswith("采用")


def test_a_session_is_taken_up_where_it_was_left(draft):
    first = open_at(draft)
    ask(first, "分条")
    first.decide({1})

    second = open_at(draft)
    assert rows(second) == rows(first)
    second.undo()
    assert rows(open_at(draft))[0][2] == "open"


class Crash(BaseException):
    """The machine stops."""


def crash_at(monkeypatch, call):
    """Let the machine stop at a certain write to disk, before or after it."""
    import drafter.workflow.rewriting_journal as journal
    from drafter.writing import saving

    calls = []

    def breaking(write):
        def wrapped(*arguments):
            calls.append(1)
            if len(calls) == call:
                raise Crash
            done = write(*arguments)
            calls.append(1)
            if len(calls) == call:
                raise Crash
            return done

        return wrapped

    monkeypatch.setattr(saving, "write_file", breaking(saving.write_file))
    monkeypatch.setattr(journal.Journal, "append", breaking(journal.Journal.append))


@pytest.mark.parametrize("call", range(1, 9))
@pytest.mark.parametrize("what", ["accept", "undo", "redo", "ask"])
def test_a_crash_at_any_write_leaves_old_or_new_and_every_step_before(draft, monkeypatch, call, what):
    session = open_at(draft)
    ask(session, "分条")
    old = draft.read_bytes()
    accept_all(session)
    new = draft.read_bytes()
    if what in {"accept", "redo"}:
        session.undo()
    with monkeypatch.context() as patched:
        crash_at(patched, call)
        with suppress(Crash):
            {"accept": lambda: accept_all(session), "undo": session.undo, "redo": session.redo}.get(
                what, lambda: ask(session, "压缩")
            )()

    assert draft.read_bytes() in {old, new}
    again = open_at(draft)
    assert again.changed_outside is False
    assert [step.what for step in again.history[:2]] == ["原来的样子", "分条"]
    while again.can_undo:
        again.undo()
    assert draft.read_bytes() == old


def test_a_line_that_a_crash_cut_off_costs_nothing_else(draft):
    session = open_at(draft)
    ask(session, "分条")
    (journal,) = (draft.parent / ".drafter" / "rewrites").glob("*.jsonl")
    whole = journal.read_bytes()
    journal.write_bytes(whole + whole[: len(whole) // 3])

    again = open_at(draft)
    assert again.state.is_pending
    accept_all(again)

    assert len(open_at(draft).history) == 3


def test_two_sessions_at_once_lose_nothing(draft):
    one, other = open_at(draft), open_at(draft, by="李强")
    ask(one, "分条")
    edit(other, 1, "全年开展夜间巡逻203次；")
    accept_all(one)

    with pytest.raises(DraftChangedError):
        accept_all(other)

    assert "一是开展夜间巡逻" in section(draft)
    assert {step.what for step in open_at(draft).history} >= {"分条", "手改第1句"}


def test_the_journal_is_readable_by_its_owner_alone_and_plain_json(draft):
    session = open_at(draft)
    ask(session, "分条")
    (journal,) = (draft.parent / ".drafter" / "rewrites").glob("*.jsonl")

    assert journal.stat().st_mode & 0o077 == 0
    assert all(json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines())
    assert body(draft.read_text(encoding="utf-8")).count("开展夜间巡逻") == 1
