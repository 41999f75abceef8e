"""Whatever a server does ends as a whole answer, a typed useless one, or one error with a hint."""

import json
import socket
import threading
import time

import pytest
from conftest import KEY, as_json, chunk, completion, events, open_chat, streamed
from werkzeug import Response

from drafter.engines.chat import TRIES, OpenAIChat
from drafter.engines.endpoint import Endpoint
from drafter.engines.structured import RUNGS
from drafter.errors import EndpointError
from drafter.writing.outbox import OUTBOX_FILE, Outbox
from drafter.writing.ports import BadReply, Message, Reply

ASKED = [Message("system", "规矩"), Message("user", "调解{F1.1}")]
TEXT = "全年调解{F1.1}，办结{F1.2}。"


def test_a_streamed_answer_comes_whole_and_in_parts(script, model):
    script.says(TEXT)
    heard = []

    assert model.ask(ASKED, heard.append) == Reply(TEXT, "served")
    assert "".join(heard) == TEXT
    assert len(heard) > 1


def test_a_server_that_ignores_streaming_is_heard(script, model):
    script.says(as_json(completion(TEXT)))
    heard = []

    assert model.ask(ASKED, heard.append) == Reply(TEXT, "served")
    assert heard == [TEXT]


def test_characters_split_between_packets_come_whole(script, model):
    data = b"".join(streamed(TEXT))
    script.says(lambda: events([data[index : index + 5] for index in range(0, len(data), 5)]))

    assert model.ask(ASKED) == Reply(TEXT, "served")


def test_thoughts_of_their_own_field_are_not_part_of_the_answer(script, model):
    thought = json.loads(chunk("")[6:])
    thought["choices"][0]["delta"] = {"reasoning_content": "想一想：38起"}
    first = f"data: {json.dumps(thought)}\n\n".encode()
    script.says(lambda: events([first, *streamed(TEXT)]))

    assert model.ask(ASKED) == Reply(TEXT, "served")


USELESS = {
    "empty": (lambda: events(streamed("")), "empty"),
    "white space": (lambda: events(streamed(" \n ")), "empty"),
    "null": (as_json(completion(None)), "empty"),
    "cut by length": (lambda: events(streamed(TEXT, finish="length")), "length"),
    "cut by length, whole": (as_json(completion(TEXT, finish="length")), "length"),
    "filtered": (lambda: events(streamed(TEXT, finish="content_filter")), "refusal"),
    "refused": (as_json(completion(None, refusal="不能回答")), "refusal"),
    "no finish": (lambda: events(streamed(TEXT, finish=None)), "cut"),
    "no finish, no end": (lambda: events(streamed(TEXT, finish=None, done=False)), "cut"),
    "cut inside a line": (
        lambda: events([*streamed(TEXT, finish=None, done=False), b'data: {"id"']),
        "garbage|cut",
    ),
    "an error after a beginning": (
        lambda: events([chunk("甲"), b'data: {"error": {"message": "out of form"}}\n\n']),
        "cut",
    ),
    "tool call": (as_json(completion(None, finish="tool_calls")), "garbage"),
    "finish of a wrong type": (as_json(completion(TEXT, finish=7)), "garbage"),
    "content of a wrong type": (as_json(completion(["甲", 1])), "garbage"),
    "no choices": (as_json({"choices": []}), "garbage"),
    "null choices": (as_json({"choices": None}), "garbage"),
    "nothing": (as_json({}), "garbage"),
    "a list": (as_json([1, 2]), "garbage"),
    "no JSON": (as_json(b"{oops"), "garbage"),
    "no body": (as_json(b""), "garbage"),
    "another encoding": (
        as_json(json.dumps(completion("调解"), ensure_ascii=False).encode("gb18030")),
        "garbage",
    ),
    "garbage in a stream": (lambda: events([chunk("甲"), b"data: {oops\n\n"]), "garbage"),
    "null choices in a stream": (lambda: events([b'data: {"choices": null}\n\n']), "garbage"),
    "a list in a stream": (lambda: events([b"data: [1]\n\n"]), "garbage"),
    "content of a wrong type in a stream": (
        lambda: events([b'data: {"choices": [{"index": 0, "delta": {"content": [1]}}]}\n\n']),
        "garbage",
    ),
    "an endless stream": (lambda: events(chunk("没完没了" * 50) for _ in iter(int, 1)), "endless"),
    "an endless body": (
        lambda: Response((b" " * 65536 for _ in iter(int, 1)), content_type="application/json"),
        "endless",
    ),
}


@pytest.mark.parametrize("name", USELESS)
def test_an_answer_of_no_use_is_a_bad_reply(script, model, name):
    behaviour, kinds = USELESS[name]
    script.says(behaviour)

    reply = model.ask(ASKED)

    assert isinstance(reply, BadReply)
    assert reply.kind in kinds.split("|")
    assert reply.reason


REFUSALS = {
    "wrong key": (as_json({"error": {"message": f"Incorrect API key provided: {KEY}"}}, 401), "密钥", 1),
    "forbidden": (as_json({"error": {"message": "no"}}, 403), "密钥", 1),
    "no such model": (as_json({"error": {"message": "model not found"}}, 404), "404", 1),
    "bad request": (as_json({"error": {"message": "bad"}}, 400), "400", len(RUNGS)),
    "busy": (as_json({"error": {"message": "slow down"}}, 429), "429", TRIES),
    "broken": (as_json({"error": {"message": "oops"}}, 500), "故障", TRIES),
    "overloaded": (Response("<html>overloaded</html>", 503, content_type="text/html"), "故障", TRIES),
    "come back in hours": (
        as_json({"error": {"message": "later"}}, 429, **{"Retry-After": "9999"}),
        "429",
        1,
    ),
    "come back never": (as_json({"error": {}}, 429, **{"Retry-After": "inf"}), "429", 1),
    "come back at no time": (as_json({"error": {}}, 429, **{"Retry-After": "nan"}), "429", TRIES),
    "web page": (Response("<html>请登录</html>", content_type="text/html"), "网页", 1),
    "web page in disguise": (as_json(b"<!DOCTYPE html><html></html>"), "网页", 1),
    "error with status 200": (as_json({"error": {"message": "余额不足"}}), "余额不足", 1),
    "error in a stream": (
        lambda: events(
            [b'data: {"error": {"message": "\xe4\xbd\x99\xe9\xa2\x9d\xe4\xb8\x8d\xe8\xb6\xb3"}}\n\n']
        ),
        "余额不足",
        1,
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_server_that_cannot_be_talked_to_is_one_error(script, model, name):
    behaviour, said, requests = REFUSALS[name]
    script.says(behaviour)

    with pytest.raises(EndpointError) as caught:
        model.ask(ASKED)

    assert said in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    assert KEY not in str(caught.value)
    assert len(script.requests) == requests


def test_a_busy_server_is_asked_again(script, model):
    busy = as_json({"error": {"message": "slow"}}, 429, **{"Retry-After": "1"})
    script.says(busy, as_json({"error": {}}, 502), TEXT)

    assert model.ask(ASKED) == Reply(TEXT, "served")
    assert len(script.requests) == 3


def test_a_prompt_that_is_too_long_is_a_bad_reply(script, model):
    message = "This model's maximum context length is 4096 tokens"
    script.says(as_json({"error": {"message": message}}, 400))

    reply = model.ask(ASKED)

    assert isinstance(reply, BadReply)
    assert reply.kind == "prompt-too-long"


SLOW = {
    "silence": lambda: time.sleep(3) or Response("late"),
    "a byte now and then": lambda: events((b":\n" for _ in range(40)), pause=0.1),
    "a part now and then": lambda: events((chunk("甲") for _ in range(40)), pause=0.1),
}


@pytest.mark.parametrize("name", SLOW)
def test_no_answer_takes_longer_than_its_deadline(script, tmp_path, name):
    script.says(SLOW[name])
    chat = open_chat(script, tmp_path, timeout_s=0.6)
    start = time.monotonic()

    with pytest.raises(EndpointError, match="没有答完"):
        chat.ask(ASKED)

    assert time.monotonic() - start < 1.6


def test_headers_that_drip_do_not_hold_the_client(tmp_path):
    """A server that sends its header byte by byte is never silent long enough for a read time-out."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def drip():
        connection, _ = listener.accept()
        while not stop.wait(0.1):
            connection.send(b"H" if stop.is_set() else b"x")

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    base_url = f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
    chat = OpenAIChat(Endpoint(base_url, "m", timeout_s=0.6), Outbox(tmp_path))
    start = time.monotonic()

    with pytest.raises(EndpointError):
        chat.ask(ASKED)

    assert time.monotonic() - start < 1.6
    stop.set()


def test_a_closed_port_is_one_error(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    chat = OpenAIChat(Endpoint(f"http://127.0.0.1:{port}/v1", "m"), Outbox(tmp_path), sleep=lambda _: None)

    with pytest.raises(EndpointError, match="连不上"):
        chat.ask(ASKED)


def test_a_redirect_is_not_followed(script, model, httpserver):
    seen = []
    httpserver.expect_request("/elsewhere").respond_with_handler(
        lambda request: seen.append(request) or Response("x")
    )
    script.says(Response("", 307, headers={"Location": httpserver.url_for("/elsewhere")}))

    with pytest.raises(EndpointError, match="没有跟随"):
        model.ask(ASKED)

    assert seen == []


def test_the_environment_sends_nothing_elsewhere_and_adds_nothing(script, tmp_path, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "OPENAI_BASE_URL"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-canary")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-canary")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Canary: canary")
    script.says(TEXT)
    chat = open_chat(script, tmp_path, headers={"X-Office": "yunxi"})

    assert chat.ask(ASKED) == Reply(TEXT, "served")
    headers = {name.lower(): value for name, value in script.requests[0].headers}
    assert headers["authorization"] == f"Bearer {KEY}"
    assert headers["x-office"] == "yunxi"
    assert "canary" not in str({name: value for name, value in headers.items() if name != "authorization"})
    assert not [name for name in headers if name.startswith("x-stainless")]


@pytest.mark.parametrize(
    "base_url",
    [
        "http://10.1.2.3/v1",
        "http://model.example/v1",
        "ftp://127.0.0.1/v1",
        "nonsense",
        "https://a:b@model.example/v1",
    ],
)
def test_what_is_not_encrypted_goes_to_this_machine_only(tmp_path, base_url):
    with pytest.raises(EndpointError) as caught:
        OpenAIChat(Endpoint(base_url, "m"), Outbox(tmp_path))

    assert caught.value.hint
    assert not (tmp_path / OUTBOX_FILE).exists()


def test_an_office_network_can_be_allowed_by_name(tmp_path):
    OpenAIChat(Endpoint("http://10.1.2.3/v1", "m", allow_insecure_host="10.1.2.3"), Outbox(tmp_path)).close()


@pytest.mark.parametrize("key", ["sk-a b", "sk-a\nb", "sk-钥匙"])
def test_a_key_that_is_none_is_not_sent_and_not_shown(tmp_path, key):
    with pytest.raises(EndpointError) as caught:
        OpenAIChat(Endpoint("http://127.0.0.1:1/v1", "m", key=key), Outbox(tmp_path))

    assert key not in str(caught.value)


def test_a_certificate_file_that_is_none_is_one_error(tmp_path):
    with pytest.raises(EndpointError, match="证书"):
        OpenAIChat(
            Endpoint("https://model.example/v1", "m", ca_bundle=str(tmp_path / "none.pem")), Outbox(tmp_path)
        )


def test_every_request_is_in_the_outbox_before_it_leaves(script, tmp_path):
    lines_at_arrival = []
    file = tmp_path / ".drafter" / OUTBOX_FILE

    def note(text):
        def run():
            lines_at_arrival.append(len(file.read_text(encoding="utf-8").splitlines()))
            return as_json({"error": {}}, 500) if text is None else events(streamed(text))

        return run

    script.says(note(None), note(TEXT))
    open_chat(script, tmp_path).ask(ASKED, masked=["姓名"])

    assert lines_at_arrival == [1, 2]
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert {row["model"] for row in rows} == {"scripted"}
    assert {row["host"] for row in rows} == {script.base_url.split("/")[2]}
    assert rows[0]["masked"] == ["姓名"]
    assert rows[0]["bytes"] == len(script.requests[0].get_data())
    assert file.stat().st_mode & 0o777 == 0o600
    assert KEY not in file.read_text(encoding="utf-8")


def test_without_a_record_nothing_is_sent(script, tmp_path):
    script.says(TEXT)
    (tmp_path / ".drafter").write_text("in the way", encoding="utf-8")

    with pytest.raises(EndpointError, match="没有发送"):
        open_chat(script, tmp_path).ask(ASKED)

    assert script.requests == []


def test_the_key_is_in_no_representation():
    assert KEY not in repr(Endpoint("https://model.example/v1", "m", key=KEY, headers={"X": KEY}))


def test_a_run_away_is_stopped(script, tmp_path, monkeypatch):
    monkeypatch.setattr("drafter.engines.chat.MOST_REQUESTS", 2)
    script.says(TEXT)
    chat = open_chat(script, tmp_path)
    chat.ask(ASKED)
    chat.ask(ASKED)

    with pytest.raises(EndpointError, match="太多"):
        chat.ask(ASKED)

    assert len(script.requests) == 2
