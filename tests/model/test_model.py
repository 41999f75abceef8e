"""The bundled model is held to the vectors of the engine that its weights come from."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from drafter.engines.embedding_bundled import MODEL, BundledE5
from drafter.errors import LibraryError
from drafter.library.writing import embed_generic

HERE = Path(__file__).parent
TEXTS = [
    line
    for line in (HERE / "sample.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def engine():
    return BundledE5()


@pytest.fixture(scope="module")
def reference():
    with np.load(HERE / "reference.npz") as arrays:
        return {name: arrays[name].astype(np.float32) for name in arrays.files}


@pytest.mark.parametrize("kind", ["queries", "passages"])
def test_vectors_are_those_of_the_source(engine, reference, kind):
    vectors = getattr(engine, f"embed_{kind}")(TEXTS)

    likeness = (vectors * reference[kind]).sum(axis=1)
    assert likeness.mean() >= 0.998
    assert likeness.min() >= 0.995


def test_what_is_nearest_stays_nearest(engine, reference):
    queries, passages = engine.embed_queries(TEXTS), engine.embed_passages(TEXTS)
    mine = np.argsort(-(queries @ passages.T), axis=1)[:, :3]
    theirs = np.argsort(-(reference["queries"] @ reference["passages"].T), axis=1)[:, :3]

    assert (mine[:, 0] == theirs[:, 0]).mean() >= 0.96
    shared = [len(set(a) & set(b)) / 3 for a, b in zip(mine, theirs, strict=True)]
    assert np.mean(shared) >= 0.9


def test_a_vector_depends_on_nothing_but_its_text(engine):
    together = engine.embed_passages(TEXTS)

    for text, row in zip(TEXTS[:5], together, strict=False):
        assert np.array_equal(engine.embed_passages([text])[0], row)


def test_a_text_of_any_length_has_a_vector(engine):
    rows = engine.embed_passages(["", "。", "社区调解工作" * 600, "\u200b\ufeff", "𠮷野", "😀"])

    assert rows.shape == (6, 384)
    assert np.isfinite(rows).all()
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_full_width_and_half_width_are_the_same(engine):
    one, other = engine.embed_queries(["２０２３年，办理１２件", "2023年,办理12件"])

    assert float(one @ other) > 0.9999


@pytest.mark.parametrize("name", ["encoder.onnx", "tokenizer.json", "charmap.json", "model.json"])
def test_a_damaged_model_is_refused_by_name(tmp_path, name):
    folder = tmp_path / "model"
    shutil.copytree(MODEL, folder)
    (folder / name).write_bytes(b"{" + (folder / name).read_bytes()[:1000])

    with pytest.raises(LibraryError, match=name):
        BundledE5(folder).embed_queries(["水"])


def test_the_vectors_of_the_generic_texts_that_are_shipped_are_its_own(engine, tmp_path, monkeypatch):
    class NeverAsked:
        id = engine.id

    shipped = embed_generic(tmp_path, NeverAsked())
    monkeypatch.setattr("drafter.library.writing._DATA", tmp_path)
    for file in resources.files("drafter.library").joinpath("data").iterdir():
        if file.name.endswith(".txt"):
            (tmp_path / file.name).write_bytes(file.read_bytes())
    fresh = embed_generic(tmp_path, engine)

    for one, other in zip(shipped, fresh, strict=True):
        assert (one * other).sum(axis=1).min() >= 0.9999
