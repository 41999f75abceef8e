"""A model rewrites a section: it sees no number, and whatever it answers, no wrong number is taken."""

import random
import re
from dataclasses import replace

import pytest
from rewriting_sample import ask, lay_out, open_at, stock_of

from drafter.draftfile import read_draft
from drafter.model import PASSING_VERDICTS
from drafter.writing.model_writer import Commission
from drafter.writing.ports import BadReply, Reply
from drafter.writing.prompts import load_prompt
from drafter.writing.rewriting_choices import compose_choice, meant_preset
from drafter.writing.rewriting_model import Scribe, rewrite_item

REFERENCE = re.compile(r"\{F\d+\.\d+(?:/F\d+\.\d+)?\}")
_CURRENT = re.compile(r"现在的文字：\n<<<(\w+)\n(.*?)\n\1>>>", re.DOTALL)


@pytest.fixture
def draft(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lay_out(tmp_path)


class Answering:
    """A model that answers `answer(current text)`; it keeps what it was asked."""

    name = "scripted"

    def __init__(self, answer):
        self.answer = answer
        self.asked = []

    def ask(self, messages, on_text=None, masked=()):
        self.asked.append("\n".join(message.content for message in messages))
        said = self.answer(_CURRENT.search(messages[1].content)[2])
        return said if isinstance(said, BadReply) else Reply(said, self.name)


def writing(session, model):
    """Return the rewriter that asks `model`, as the command wires it."""
    material = stock_of(session).material
    scribe = Scribe(
        model, load_prompt("rewrite"), Commission(material.around, unit="梅坞社区", period="全年")
    )

    def write(order):
        return rewrite_item(
            order.item,
            order.ask,
            order.ground(),
            scribe,
            fallback=lambda: compose_choice(
                order.item, meant_preset(replace(order.ask, say="")), order.ground, order.tried
            ),
            verify=order.verify,
        )

    return write


def rewrite(session, answer, **what):
    model = Answering(answer)
    return ask(session, rewriter=writing(session, model), **what), model


def polite(current):
    return current.replace("开展夜间巡逻", "坚持开展夜间巡逻").replace("登记", "认真登记")


def accept(session, **how):
    return session.decide({at for at, row in enumerate(session.state.rows, 1) if row.status == "open"}, **how)


def test_an_honest_answer_becomes_the_new_version_with_its_links(draft):
    session = open_at(draft)

    proposed, model = rewrite(session, polite, say="语气再积极一些")

    assert proposed
    assert (session.state.writer, session.state.attempts) == ("llm", 1)
    assert "语气再积极一些" in model.asked[0]
    accept(session)
    text = draft.read_text(encoding="utf-8")
    assert "坚持开展夜间巡逻[203次][F2.1]；网格员[14名][F2.2]。" in text
    assert "整改率[95.1%][F3.2/F3.1]" in text
    assert "认真登记出租房[335户][F5.1]，办理居住证【待补：人次】。" in text


def test_the_model_sees_no_number_of_either_year(draft):
    session = open_at(draft, "一")

    _, model = rewrite(session, polite, say="把203次写在前面，再把57处改成60处，压缩到100字")

    sent = "\n".join(model.asked)
    assert not re.search(r"203|14名|61处|58处|95\.1|5800|335|\b38\b|36起|42起|186|57|97\.6|60处", sent)
    assert "把{F2.1}写在前面，再把〔处〕改成〔处〕，压缩到100字" in sent


def test_a_model_that_cannot_falls_back_to_a_composed_choice_and_says_so(draft):
    session = open_at(draft)

    proposed, model = rewrite(session, lambda _: "全年巡逻500次，成绩很大。", preset="分条")

    assert proposed
    assert len(model.asked) == 3
    assert session.state.writer == "compose"
    assert any("500次" in reason for reason in session.state.reasons)
    assert session.state.rows[0].new_plain == "一是开展夜间巡逻203次；"


def test_a_place_to_fill_is_not_left_out(draft):
    session = open_at(draft)

    _, model = rewrite(session, lambda current: current.replace("，办理居住证【待补：人次】", ""))

    assert len(model.asked) == 3
    assert "漏了【待补：人次】" in model.asked[-1]


def test_words_of_last_year_are_marked(draft):
    session = open_at(draft, "一/（一）")

    rewrite(
        session, lambda current: current.replace("坚持抓早抓小、就地化解，", "").replace("全年", "今年来")
    )
    accept(session)

    assert "[做到小事不出网格。][P1]" in draft.read_text(encoding="utf-8")


# --- lies ---------------------------------------------------------------------------------


def some(text, dice):
    return dice.choice(REFERENCE.findall(text))


def instead(words):
    return lambda text, dice: text.replace(some(text, dice), words, 1)


def round_it(words):
    def lie(text, dice):
        reference = some(text, dice)
        return text.replace(reference, words.replace("@", reference), 1)

    return lie


def swapped(text, dice):
    one, other = dice.sample(sorted(set(re.findall(r"\{F\d+\.\d+\}", text))), 2)
    return text.replace(one, "@").replace(other, one).replace("@", other)


LIES = [
    instead("203次"),
    instead("204次"),
    instead("五十八处"),
    instead("１４名"),
    instead("近百"),
    instead("{F9.1}"),
    instead("{P1.1}"),
    instead("〔次〕"),
    instead("若干"),
    instead(""),
    round_it("1@"),
    round_it("@0"),
    round_it("近@"),
    round_it("@余"),
    round_it("[@](x)"),
    round_it("@、@"),
    swapped,
    lambda text, dice: f"{text}全年走访群众{dice.randint(2, 900)}户。",
    lambda text, dice: f"{text}同比增长{dice.randint(2, 90)}%。",
    lambda text, dice: f"{text}共化解纠纷三百余起。",
    lambda text, dice: f"{text}<!-- 12 -->",
    lambda text, dice: text.replace("。", f"，累计{some(text, dice)}。", 1),
]


def numbers_of(path):
    draft = read_draft(path.read_text(encoding="utf-8"))
    return sorted(
        (mark.label, draft.plain[mark.span.start : mark.span.end])
        for mark in draft.marks
        if mark.label[0] == "F"
    )


def test_two_hundred_rewrites_by_a_lying_model_put_no_wrong_number_into_the_draft(draft):
    dice = random.Random(8)
    session = open_at(draft)
    true = numbers_of(draft)
    taken = []
    for turn in range(200):
        lie = LIES[turn % len(LIES)]
        proposed, _ = rewrite(session, lambda text, lie=lie: lie(polite(text), dice), preset="分条")
        if proposed:
            accept(session)
        wrong = [one.surface for one in session.check().numbers if one.verdict not in PASSING_VERDICTS]
        if wrong or numbers_of(draft) != true:
            taken.append((turn, wrong, session.state.writer))
        while session.can_undo:
            session.undo()

    assert taken == []
