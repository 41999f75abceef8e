"""A scripted model server on the loopback interface, and the real client that talks to it."""

import json
import time

import pytest
from werkzeug import Response

from drafter.engines.chat import OpenAIChat
from drafter.engines.endpoint import Endpoint
from drafter.writing.outbox import Outbox

PATH = "/v1/chat/completions"
KEY = "sk-canary-0123456789abcdef"


def completion(text, *, finish="stop", **message):
    """Return the JSON of a whole answer."""
    choice = {
        "index": 0,
        "finish_reason": finish,
        "message": {"role": "assistant", "content": text, **message},
    }
    return {"id": "x", "object": "chat.completion", "created": 0, "model": "served", "choices": [choice]}


def chunk(text, finish=None):
    """Return one event of a streamed answer."""
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
    data = {
        "id": "x",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "served",
        "choices": [choice],
    }
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def streamed(text, *, finish="stop", done=True, size=7):
    """Return the events of a streamed answer."""
    parts = [chunk(text[start : start + size]) for start in range(0, len(text), size)]
    return [*parts, *([chunk("", finish)] if finish else []), *([b"data: [DONE]\n\n"] if done else [])]


def events(parts, pause=0.0):
    """Return a response that sends `parts` one by one."""

    def run():
        for part in parts:
            time.sleep(pause)
            yield part

    return Response(run(), content_type="text/event-stream")


def as_json(data, status=200, **headers):
    body = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode()
    return Response(body, status=status, content_type="application/json", headers=headers)


class Script:
    """What the server does, request by request; the last behaviour goes on for ever."""

    def __init__(self, server):
        self.behaviours = []
        self.requests = []
        self.times = []
        self.server = server
        server.expect_request(PATH).respond_with_handler(self.handle)

    def says(self, *behaviours):
        """Set the behaviours: texts are streamed, anything else is a response or makes one."""
        self.behaviours = list(behaviours)
        return self

    def handle(self, request):
        self.requests.append(request)
        self.times.append(time.monotonic())
        behaviour = self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]
        if isinstance(behaviour, str):
            return events(streamed(behaviour))
        return behaviour() if callable(behaviour) and not isinstance(behaviour, Response) else behaviour

    @property
    def base_url(self):
        return self.server.url_for("/v1")

    def prompts(self):
        """Return the text of all messages of each request."""
        return [
            "\n".join(message["content"] for message in json.loads(request.get_data())["messages"])
            for request in self.requests
        ]


@pytest.fixture
def script(httpserver):
    return Script(httpserver)


@pytest.fixture
def model(script, tmp_path):
    """The real client, with a deadline that a test can wait for."""
    chat = open_chat(script, tmp_path)
    yield chat
    chat.close()


def open_chat(script, state, **changes):
    settings = {"base_url": script.base_url, "model": "scripted", "key": KEY, "timeout_s": 5.0, **changes}
    return OpenAIChat(Endpoint(**settings), Outbox(state / ".drafter"), sleep=lambda _seconds: None)
