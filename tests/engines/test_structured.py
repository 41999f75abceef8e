"""The ladder of structured answers: the strictest form that an endpoint can, remembered, never trusted."""

import json
import re

import pytest
from werkzeug import Response

from drafter.engines.chat import OpenAIChat
from drafter.engines.endpoint import Endpoint
from drafter.engines.structured import MEMORY_FILE, RUNGS, Shape, shape_of
from drafter.errors import EndpointError
from drafter.writing.outbox import Outbox
from drafter.writing.ports import BadReply, Message, Reply

ASKED = [Message("system", "规矩"), Message("user", "F1 调解{F1.1}，办结{F1.2}\nF2 12345热线{F2.1}")]
TEXT = "全年调解{F1.1}，办结{F1.2}，12345热线受理{F2.1}。"


class Server:
    """A model server that can some of the rungs, and keeps what it was asked."""

    def __init__(self, httpserver, can=RUNGS, answer=TEXT):
        self.can, self.answer, self.bodies = can, answer, []
        self.base_url = httpserver.url_for("/v1")
        httpserver.expect_request("/v1/chat/completions").respond_with_handler(self.handle)

    def handle(self, request):
        body = json.loads(request.get_data())
        self.bodies.append(body)
        if rung_of(body) not in self.can:
            error = {"error": {"message": f"Unrecognized request argument for {rung_of(body)}"}}
            return Response(json.dumps(error), status=400, content_type="application/json")
        is_json = rung_of(body) in {"json_schema", "json_object"}
        text = json.dumps({"text": self.answer}, ensure_ascii=False) if is_json else self.answer
        raw = self.answer.removeprefix("RAW ")
        return as_answer(raw if raw != self.answer else text)


def as_answer(text, finish="stop", **message):
    choice = {
        "index": 0,
        "finish_reason": finish,
        "message": {"role": "assistant", "content": text, **message},
    }
    data = {"id": "x", "object": "chat.completion", "created": 0, "model": "served", "choices": [choice]}
    return Response(json.dumps(data, ensure_ascii=False), content_type="application/json")


def rung_of(body):
    return "grammar" if "grammar" in body else body.get("response_format", {}).get("type", "text")


def ask(server, state, structured="auto", times=1):
    chat = OpenAIChat(Endpoint(server.base_url, "m", structured=structured), Outbox(state))
    try:
        return [chat.ask(ASKED) for _ in range(times)][-1]
    finally:
        chat.close()


@pytest.mark.parametrize("rung", RUNGS)
def test_each_rung_gives_the_same_answer_and_is_remembered(httpserver, tmp_path, rung):
    server = Server(httpserver, can=RUNGS[RUNGS.index(rung) :])

    assert ask(server, tmp_path) == Reply(TEXT, "served")
    assert [rung_of(body) for body in server.bodies] == list(RUNGS[: RUNGS.index(rung) + 1])
    server.bodies.clear()
    assert ask(server, tmp_path) == Reply(TEXT, "served")
    assert [rung_of(body) for body in server.bodies] == [rung]
    assert json.loads((tmp_path / MEMORY_FILE).read_text(encoding="utf-8")) == {f"{server.base_url} m": rung}


def test_a_damaged_memory_counts_as_none(httpserver, tmp_path):
    (tmp_path / MEMORY_FILE).write_text('["text"', encoding="utf-8")
    server = Server(httpserver)

    ask(server, tmp_path)

    assert [rung_of(body) for body in server.bodies] == ["grammar"]


@pytest.mark.parametrize("rung", RUNGS)
def test_a_rung_that_is_set_is_the_only_one(httpserver, tmp_path, rung):
    able, unable = Server(httpserver, can=(rung,)), [one for one in RUNGS if one != rung]

    assert ask(able, tmp_path, structured=rung) == Reply(TEXT, "served")
    able.can = unable
    with pytest.raises(EndpointError, match="400"):
        ask(able, tmp_path, structured=rung)
    assert {rung_of(body) for body in able.bodies} == {rung}


def test_a_server_that_refuses_everything_is_one_error_and_nothing_is_remembered(httpserver, tmp_path):
    server = Server(httpserver, can=())

    with pytest.raises(EndpointError, match="400"):
        ask(server, tmp_path)
    assert not (tmp_path / MEMORY_FILE).exists()


def test_a_grammar_that_is_ignored_leads_down_to_text_and_every_answer_is_handed_on(httpserver, tmp_path):
    lie = "RAW 全年调解38起，办结{F1.2}。"
    server = Server(httpserver, answer=lie)

    assert ask(server, tmp_path, times=5) == Reply(lie[4:], "served")
    assert [rung_of(body) for body in server.bodies] == [*RUNGS, "text"]


@pytest.mark.parametrize(
    "answer",
    [
        '```json\n{"text": "调解{F1.1}。"}\n```',
        '<think>想一想</think>{"text": "调解{F1.1}。"}',
        ' {"text": "调解{F1.1}。", "note": 1} ',
        "调解{F1.1}。",
        "{F1.1}",
    ],
)
def test_wrappings_of_json_are_taken_off_and_plain_text_is_taken_as_it_is(httpserver, tmp_path, answer):
    server = Server(httpserver, answer="RAW " + answer)

    reply = ask(server, tmp_path, structured="json_object")

    assert reply == Reply("{F1.1}" if answer == "{F1.1}" else "调解{F1.1}。", "served")


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ('{"text": "调解{F1.1', "garbage"),
        ('{"正文": "调解{F1.1}。"}', "garbage"),
        ('{"text": ["调解{F1.1}。"]}', "garbage"),
        ('["调解{F1.1}。"]', "garbage"),
        ('```json\n{"text": }```', "garbage"),
        ('{"text": " "}', "empty"),
        (" ", "empty"),
    ],
)
def test_json_of_no_use_is_a_bad_reply(httpserver, tmp_path, answer, kind):
    reply = ask(Server(httpserver, answer="RAW " + answer), tmp_path, structured="json_schema")

    assert isinstance(reply, BadReply)
    assert reply.kind == kind


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (lambda: as_answer("", reasoning_content='{"text": "38起"}'), "empty"),
        (lambda: as_answer('{"text": "调解', finish="length"), "length"),
    ],
)
def test_thoughts_without_an_answer_and_a_cut_answer_are_asked_for_again(
    httpserver, tmp_path, response, kind
):
    server = Server(httpserver)
    httpserver.clear()
    httpserver.expect_request("/v1/chat/completions").respond_with_handler(lambda _: response())

    reply = ask(server, tmp_path, structured="json_object")

    assert isinstance(reply, BadReply)
    assert reply.kind == kind


def test_json_is_asked_for_in_words_too(httpserver, tmp_path):
    server = Server(httpserver)
    for rung in RUNGS:
        ask(server, tmp_path, structured=rung)

    first = [body["messages"][0]["content"] for body in server.bodies]
    assert ["JSON" in content for content in first] == [False, True, True, False]
    assert {body["messages"][1]["content"] for body in server.bodies} == {ASKED[1].content}


def test_the_form_lets_only_the_references_and_names_of_the_question_through():
    shape = shape_of(ASKED)

    assert shape == Shape(("F1.1", "F1.2", "F2.1"), ("12345",))
    assert shape.allows(TEXT)
    for wrong in (
        "调解38起",
        "调解３８起",
        "调解{F1.3}",
        "<b>调解</b>",
        "[调解](F1.1)",
        "1234热线",
        "调解{F1.1",
        "",
    ):
        assert not shape.allows(wrong), wrong
    assert "(?" not in shape.pattern()
    assert set(re.findall(r'"([^"]*)"', shape.grammar())) == {"{F1.1}", "{F1.2}", "{F2.1}", "12345"}


def test_expressions_that_were_offered_are_let_through_and_wrong_ones_of_an_answer_are_not():
    asked = [
        Message("user", "F1 调解{F1.1}，成功{F1.2}\n可以推算：\n{F1.2/F1.1} 成功率"),
        Message("assistant", "调解{F9.9}"),
        Message("user", "{F9.9}：要点里没有"),
    ]

    assert shape_of(asked).references == ("F1.1", "F1.2", "F1.2/F1.1")


def test_a_question_without_references_is_asked_in_plain_words(httpserver, tmp_path):
    server = Server(httpserver)
    chat = OpenAIChat(Endpoint(server.base_url, "m"), Outbox(tmp_path))
    chat.ask([Message("user", "在吗")])
    chat.close()

    assert [rung_of(body) for body in server.bodies] == ["text"]
