"""Writes the encoder as an ONNX graph: one text at a time, whole numbers in every matrix product.

A text never shares a run with another: the range by which activations are
brought to 8 bits would depend on its neighbours, and so would its vector.
Weights of the matrix products use 7 bits of 8: processors without VNNI add
pairs of products in 16 bits, which 8 bits could overflow. So every machine
computes the same. The table of words stays as the source has it, in 4 bits.

A few channels of the activations are ten times as large as the rest and would
leave these few steps; so the channels are evened out before a product and the
weights take up the difference (SmoothQuant, arXiv 2211.10438).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weights import Weights

HIDDEN = 384
HEADS = 12
BLOCK = 32
TOP = 63
SMOOTHING = 0.65
SMOOTHED = frozenset({"qkv", "up", "down"})
CONTRIB = "com.microsoft"


class Graph:
    """Collects nodes and constants; each method returns the name of what it made."""

    def __init__(self, ranges: Mapping[str, np.ndarray]) -> None:
        self.ranges = ranges
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        """Add a constant."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], name: str, *, outputs: int = 1, **given) -> str:
        """Add a node; with several outputs these are `name.0`, `name.1` …"""
        names = [name] if outputs == 1 else [f"{name}.{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, name=name, **given))
        return name

    def product(self, name: str, given: str, matrix: np.ndarray, bias: np.ndarray | None = None) -> str:
        """Multiply by `matrix` (out, in); activations are brought to 8 bits by their own range."""
        if given in self.ranges and name.rpartition(".")[2] in SMOOTHED:
            even = _evening(self.ranges[given], matrix)
            given = self.node("Mul", [given, self.constant(f"{name}.even", 1 / even)], f"{name}.evened")
            matrix = matrix * even
        scales = np.maximum(np.abs(matrix).max(axis=1), 1e-12) / TOP
        levels = np.rint(matrix / scales[:, None]).astype(np.int8)
        inputs = [
            given,
            self.constant(f"{name}.levels", levels.T),
            self.constant(f"{name}.scales", scales.astype(np.float32)),
            "",
            self.constant(f"{name}.bias", bias) if bias is not None else "",
        ]
        return self.node("DynamicQuantizeMatMul", inputs, name, domain=CONTRIB)


def build_graph(
    weights: Weights,
    rows: np.ndarray,
    ranges: Mapping[str, np.ndarray] = MappingProxyType({}),
) -> onnx.ModelProto:
    """Return the graph `ids` (1, tokens) → `hidden` (1, tokens, 384); id i means piece `rows[i]`.

    `ranges` holds the largest size of each channel at the places of `measured_places`.
    """
    g = Graph(ranges)
    x = _add_embedding(g, weights, rows)
    for layer in range(weights.layers):
        x = _add_layer(g, weights, layer, x)
    g.node("Identity", [x], "hidden")
    graph = helper.make_graph(
        g.nodes,
        "multilingual-e5-small",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "tokens"])],
        [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, [1, "tokens", HIDDEN])],
        g.constants,
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(graph, opset_imports=opsets, producer_name="drafter", ir_version=9)


def measured_places(layers: int) -> list[str]:
    """Return the nodes whose channels are evened out before the next product."""
    return ["first", *(f"layer{i}.{place}" for i in range(layers) for place in ("norm1", "norm2", "gelu"))]


def _evening(ranges: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Return by what each input channel of `matrix` is divided, 1 in the geometric mean."""
    channels = np.maximum(ranges, 1e-5) ** SMOOTHING
    weights = np.maximum(np.abs(matrix).max(axis=0), 1e-5) ** (1 - SMOOTHING)
    even = channels / weights
    return (even / np.exp(np.log(even).mean())).astype(np.float32)


def _add_layer(g: Graph, weights: Weights, layer: int, x: str) -> str:
    """Attention, then the two-step inner product, each followed by adding up and levelling."""
    name = f"layer{layer}"

    def tensor(key: str) -> np.ndarray:
        found = weights.tensors[f"l{layer}.{key}"]
        return found if isinstance(found, np.ndarray) else found.dense

    together = np.concatenate([tensor(f"{part}.w") for part in "qkv"])
    bias = np.concatenate([tensor(f"{part}.b") for part in "qkv"])
    g.product(f"{name}.qkv", x, together, bias)
    g.node("Split", [f"{name}.qkv"], f"{name}.split", outputs=3, axis=2, num_outputs=3)
    a = g.node(
        "MultiHeadAttention",
        [f"{name}.split.{i}" for i in range(3)],
        f"{name}.attention",
        domain=CONTRIB,
        num_heads=HEADS,
    )
    a = g.product(f"{name}.attended", a, tensor("ao.w"))
    x = _add_norm(g, f"{name}.norm1", [a, x], [tensor("aln.w"), tensor("aln.b"), tensor("ao.b")], weights.eps)
    h = g.product(f"{name}.up", x, tensor("fi.w"))
    bias_name = g.constant(f"{name}.up.bias", tensor("fi.b"))
    h = g.node("BiasGelu", [h, bias_name], f"{name}.gelu", domain=CONTRIB)
    h = g.product(f"{name}.down", h, tensor("fo.w"))
    return _add_norm(
        g, f"{name}.norm2", [h, x], [tensor("oln.w"), tensor("oln.b"), tensor("fo.b")], weights.eps
    )


def _add_norm(g: Graph, name: str, given: list[str], constants: list[np.ndarray], eps: float) -> str:
    names = [g.constant(f"{name}.{i}", value) for i, value in enumerate(constants)]
    return g.node("SkipLayerNormalization", [*given, *names], name, domain=CONTRIB, epsilon=eps)


def _add_embedding(g: Graph, weights: Weights, rows: np.ndarray) -> str:
    """Look up words (4 bits with a scale for 32, as in the source) and add their positions."""
    word = weights.tensors["emb.word"]
    levels = (word.levels[rows] + 8).astype(np.uint8)
    half = HIDDEN // 2
    packed = g.constant("word.levels", levels[:, :half] | (levels[:, half:] << 4))
    packed = g.node("Gather", [packed, "ids"], "word.packed")
    low = g.node("BitwiseAnd", [packed, g.constant("word.mask", np.array(15, np.uint8))], "word.low")
    four = g.constant("word.four", np.array(4, np.uint8))
    high = g.node("BitShift", [packed, four], "word.high", direction="RIGHT")
    x = g.node("Concat", [low, high], "word.nibbles", axis=2)
    x = g.node("Cast", [x], "word.floats", to=TensorProto.FLOAT)
    x = g.node("Sub", [x, g.constant("word.eight", np.array(8, np.float32))], "word.signed")
    shape = g.constant("word.shape", np.array([1, -1, HIDDEN // BLOCK, BLOCK]))
    x = g.node("Reshape", [x, shape], "word.blocks")
    s = g.node(
        "Gather", [g.constant("word.scales", word.scales[rows].astype(np.float16)), "ids"], "word.scale16"
    )
    s = g.node("Cast", [s], "word.scale32", to=TensorProto.FLOAT)
    s = g.node("Unsqueeze", [s, g.constant("word.last", np.array([3]))], "word.scale")
    x = g.node("Mul", [x, s], "word.scaled")
    x = g.node("Reshape", [x, g.constant("word.back", np.array([1, -1, HIDDEN]))], "word")
    positions = weights.tensors["emb.pos"].reshape(-1, HIDDEN) + weights.tensors["emb.type"][:HIDDEN]
    count = g.node("Shape", ["ids"], "count", start=1, end=2)
    start, axis = g.constant("start", np.array([0])), g.constant("axis", np.array([0]))
    p = g.node("Slice", [g.constant("positions", positions), start, count, axis], "position")
    x = g.node("Add", [x, p], "placed")
    norm = [g.constant(f"first.{key}", weights.tensors[f"emb.ln.{key}"]) for key in "wb"]
    return g.node("LayerNormalization", [x, *norm], "first", epsilon=weights.eps)
