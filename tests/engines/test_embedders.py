"""What every embedding engine promises, the stand-in of the tests like the real ones."""

from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np
import pytest

from drafter.engines.embedding_bundled import BundledE5
from drafter.engines.embedding_endpoint import EndpointEmbedder
from drafter.engines.embedding_local import LocalEmbedder
from drafter.engines.embedding_prefixes import prefixes_of
from drafter.engines.endpoint import Endpoint
from drafter.errors import EndpointError, LibraryError
from tests.library.conftest import PairEmbedder

TEXTS = ["组织防汛演练2次", "清理河道垃圾", "老年食堂开张，价格便宜"]


@pytest.fixture
def server(httpserver):
    """A server that embeds by character pairs and answers out of order."""
    pairs = PairEmbedder()
    seen = []

    def answer(request):
        from werkzeug import Response

        asked = json.loads(request.data)
        seen.append(asked)
        rows = pairs.embed_queries(asked["input"])
        data = [{"index": i, "embedding": row.tolist()} for i, row in enumerate(rows)]
        return Response(json.dumps({"data": data[::-1]}), content_type="application/json")

    httpserver.expect_request("/v1/embeddings").respond_with_handler(answer)
    return SimpleNamespace(url=httpserver.url_for("/v1"), seen=seen, http=httpserver)


def tiny_model(folder):
    """Save a sentence-transformers model with random weights, as small as one can be."""
    pytest.importorskip("sentence_transformers")
    from sentence_transformers import SentenceTransformer, models
    from tokenizers import Tokenizer, pre_tokenizers
    from tokenizers.models import WordLevel
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    words = {word: i for i, word in enumerate(["[PAD]", "[UNK]", *sorted(set("".join(TEXTS)))])}
    names = {"unk_token": "[UNK]", "pad_token": "[PAD]"}
    tokenizer = Tokenizer(WordLevel(words, unk_token=names["unk_token"]))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **names)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    (folder / "plain").mkdir(parents=True)
    BertModel(config).save_pretrained(folder / "plain")
    fast.save_pretrained(folder / "plain")
    words_in = models.Transformer(str(folder / "plain"), max_seq_length=64)
    SentenceTransformer(modules=[words_in, models.Pooling(32)]).save(str(folder / "tiny"))
    return LocalEmbedder("tiny", folder)


@pytest.fixture(params=["pairs", "bundled", "endpoint", "local"])
def engine(request, tmp_path):
    """Return each engine in turn."""
    if request.param == "pairs":
        return PairEmbedder()
    if request.param == "bundled":
        return BundledE5()
    if request.param == "local":
        return tiny_model(tmp_path)
    url = request.getfixturevalue("server").url
    return EndpointEmbedder(Endpoint(base_url=url, model="some-model"), lambda host, body: None)


def test_one_row_of_one_length_for_each_text(engine):
    for rows in (engine.embed_queries(TEXTS), engine.embed_passages(TEXTS)):
        assert rows.shape[0] == 3
        assert rows.shape[1] == engine.id.dim or engine.id.dim == 0
        assert np.isfinite(rows).all()
        assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)


def test_the_same_text_has_the_same_vector_alone_or_in_company(engine):
    together = engine.embed_passages(TEXTS)

    for text, row in zip(TEXTS, together, strict=True):
        assert float(engine.embed_passages([text])[0] @ row) > 0.9999


def test_a_text_is_nearest_to_itself(engine):
    rows = engine.embed_passages(TEXTS)

    assert (np.argmax(rows @ rows.T, axis=1) == np.arange(3)).all()


def test_the_identity_is_there_before_anything_is_embedded_and_stays(engine):
    before = engine.id
    engine.embed_queries(TEXTS[:1])

    assert engine.id == before
    assert engine.id.name


def test_a_server_gets_only_what_was_recorded_first(server):
    recorded = []
    engine = EndpointEmbedder(
        Endpoint(base_url=server.url, model="multilingual-e5-large", key="sk-secret-secret"),
        lambda host, body: recorded.append((host, json.loads(body))),
    )

    engine.embed_passages(TEXTS)

    assert recorded[0][1] == server.seen[0]
    assert server.seen[0]["input"][0] == "passage: 组织防汛演练2次"
    assert "secret" not in repr(recorded)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"status": 401, "response_data": "wrong key sk-secret-secret"}, "出错"),
        ({"response_data": "<html>登录</html>"}, "没有每段文字"),
        ({"response_json": {"data": []}}, "没有每段文字"),
        ({"response_json": {"data": [{"index": 0, "embedding": "x"}]}}, "没有每段文字"),
        ({"response_json": {"error": "busy"}}, "没有每段文字"),
        ({"response_json": [1]}, "没有每段文字"),
    ],
)
def test_a_server_that_gives_no_vectors_is_named_as_the_cause(httpserver, answer, said):
    handler = httpserver.expect_request("/v1/embeddings")
    if "response_data" in answer:
        handler.respond_with_data(**answer)
    else:
        handler.respond_with_json(**answer)
    url = httpserver.url_for("/v1")
    engine = EndpointEmbedder(
        Endpoint(base_url=url, model="m", key="sk-secret-secret"), lambda host, body: None
    )

    with pytest.raises(EndpointError, match=said) as caught:
        engine.embed_queries(["水"])

    assert "secret" not in str(caught.value)


def test_a_server_that_is_not_there_is_named_as_the_cause():
    engine = EndpointEmbedder(Endpoint(base_url="http://127.0.0.1:9/v1", model="m"), lambda host, body: None)

    with pytest.raises(EndpointError, match="向量服务"):
        engine.embed_queries(["水"])


def test_a_model_that_is_not_there_says_how_to_get_it(tmp_path):
    with pytest.raises(LibraryError, match="nobody/nothing") as caught:
        LocalEmbedder("nobody/nothing", tmp_path).embed_queries(["水"])

    assert caught.value.hint


def test_a_folder_with_other_weights_is_another_engine(tmp_path):
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "model.safetensors").write_bytes(b"1")
    one = LocalEmbedder("m", tmp_path).id
    (tmp_path / "m" / "model.safetensors").write_bytes(b"2")

    assert LocalEmbedder("m", tmp_path).id != one


@pytest.mark.parametrize(
    ("model", "query"),
    [
        ("intfloat/multilingual-e5-base", "query: "),
        ("models/e5-small", "query: "),
        ("some-model", ""),
        ("E500", ""),
    ],
)
def test_known_models_get_their_prefixes(model, query):
    assert prefixes_of(model).query == query
