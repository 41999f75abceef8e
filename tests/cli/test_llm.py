"""Drafting with a model over a real connection: honest, lying, failing, resumed."""

import json
import re

import pytest
from werkzeug import Response

from drafter.draftfile import read_draft

NOTES = "corpus/notes/云溪社区-2025.md"
_FACT = re.compile(r"^F\d+ (?:【[^】]*】)?(.+)$", re.MULTILINE)


def facts_in(request):
    return _FACT.findall(json.loads(request.data)["messages"][1]["content"])


def reply(text):
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
    data = {"id": "x", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}
    return Response(json.dumps(data, ensure_ascii=False), content_type="application/json")


@pytest.fixture
def served(httpserver, drafter, workspace):
    """Draft with a model that answers by `answer(facts, request)`; return what was printed and all requests."""

    def draft(answer, *arguments):
        requests = []

        def handle(request):
            requests.append(json.loads(request.data))
            made = answer(facts_in(request), request)
            return made if isinstance(made, Response) else reply(made)

        httpserver.expect_request("/v1/chat/completions").respond_with_handler(handle)
        ran = drafter(
            "draft",
            NOTES,
            "--writer",
            "llm",
            "--base-url",
            httpserver.url_for("/v1"),
            "--model",
            "m",
            "-o",
            "草稿.md",
            "--json",
            *arguments,
        )
        return ran, requests

    return draft


def honest(facts, _):
    return "".join(f"{fact.rstrip('。')}。" for fact in facts)


def test_a_model_writes_sections_whose_numbers_are_ours(served, workspace, drafter):
    ran, requests = served(honest)

    assert ran.code == 0, ran.json["findings"]
    assert {section["writer"] for section in ran.json["sections"]} >= {"llm"}
    assert drafter("check", "草稿.md").code == 0
    assert read_draft((workspace / "草稿.md").read_text(encoding="utf-8")).meta["prompt"]["name"] == "section"
    assert len(requests) > 5


def test_no_number_of_either_year_reaches_the_model(served):
    _, requests = served(honest)

    for request in requests:
        task = request["messages"][1]["content"]
        for number in ("203次", "38起", "3902", "1.12万", "42起", "97.6", "186次", "426"):
            assert number not in task


def test_each_request_is_recorded_before_it_is_sent(served, workspace):
    _, requests = served(honest)

    rows = [
        json.loads(line)
        for line in (workspace / ".drafter" / "outbox.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert len(rows) == len(requests)
    assert all(
        row["model"] == "m" and row["bytes"] > 0 and row["host"].startswith(("localhost", "127.0.0.1"))
        for row in rows
    )


@pytest.mark.parametrize(
    "lie",
    [
        lambda facts, _: honest(facts, _) + "群众满意度达98.7%。",
        lambda facts, _: re.sub(r"\{F\d+\.\d+\}", "99起", honest(facts, _)),
        lambda facts, _: honest(facts, _).replace(".1}", ".9}"),
        lambda facts, _: "",
        lambda facts, _: "作为一个人工智能助手，我无法完成这个请求。",
        lambda facts, _: honest(facts, _) + "近百名群众参加。",
    ],
)
def test_a_lying_model_falls_back_to_the_composed_text(served, drafter, workspace, lie):
    ran, _ = served(lie)

    assert ran.code == 0
    plain = read_draft((workspace / "草稿.md").read_text(encoding="utf-8")).plain
    assert "98.7" not in plain
    assert "99起" not in plain
    assert "近百名" not in plain
    assert drafter("check", "草稿.md").code == 0
    assert any(finding["code"] == "fell-back" for finding in ran.json["findings"])
    assert any(section["attempts"] == 3 for section in ran.json["sections"])


def test_a_failed_run_is_taken_up_where_it_stopped(served, httpserver, workspace):
    asked = []

    def fails_at_the_fourth(facts, request):
        asked.append(facts)
        return Response("no", status=401) if len(asked) == 4 else honest(facts, request)

    first, _ = served(fails_at_the_fourth)
    assert first.code == 2
    assert not (workspace / "草稿.md").exists()

    before = len(asked)
    httpserver.clear()
    second, requests = served(honest)
    assert second.code == 0
    whole = len(requests) + before - 1
    assert len(requests) == whole - 3


def test_the_key_is_shown_nowhere(served, workspace, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary-5555")

    ran, _ = served(lambda *_: Response("wrong key sk-canary-5555", status=401))

    assert ran.code == 2
    assert "sk-canary-5555" not in ran.out + ran.err
    for file in workspace.rglob("*"):
        assert not (file.is_file() and b"sk-canary-5555" in file.read_bytes())


def test_nothing_is_sent_without_an_endpoint_of_our_own_settings(workspace, drafter, httpserver, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", httpserver.url_for("/v1"))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-x")

    assert drafter("draft", NOTES).code == 0
    assert not httpserver.log


def test_classified_notes_are_not_sent(workspace, drafter, httpserver):
    (workspace / "密.md").write_text(
        "秘密★三年\n单位：云溪社区\n时间：2025年\n- 走访38户\n- 受理纠纷6起\n", encoding="utf-8"
    )

    ran = drafter(
        "draft", "密.md", "--writer", "llm", "--base-url", httpserver.url_for("/v1"), "--model", "m"
    )

    assert ran.code == 2
    assert not httpserver.log
