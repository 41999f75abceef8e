"""What a growing library costs: memory and time of indexing, time of a query, side by side for several sizes.

    python tests/benchmarks/growing.py [SECTIONS ...]

Sections and vectors are drawn at random (no model runs), Chroma is real. Each
size is indexed in a process of its own; then all are searched in turn in one.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path
from statistics import median

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from drafter.engines.chroma import ChromaStores  # noqa: E402
from drafter.library.index import Workshop  # noqa: E402
from drafter.library.library import Library  # noqa: E402
from drafter.library.ports import EngineId  # noqa: E402
from tests.library.conftest import read_simple  # noqa: E402

SIZES, PER_FILE, LENGTH, QUERIES = (5_000, 20_000, 50_000), 25, 300, 40
HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 2500)]


class Drawn:
    """Gives every text a vector of its own, drawn at random round a common middle."""

    id = EngineId("drawn", "1", 384)

    def embed_passages(self, texts):
        return np.stack([self._row(text) for text in texts])

    embed_queries = embed_passages

    def _row(self, text):
        row = np.random.default_rng(zlib.crc32(text.encode())).normal(size=384).astype(np.float32) + 0.8
        return row / np.linalg.norm(row)


def library_in(folder: Path) -> Library:
    """Return the library of a folder."""
    return Library(Workshop(folder, folder / ".drafter", Drawn(), ChromaStores(), read_simple, "1"))


def fill(folder: Path, size: int) -> None:
    """Write reports with `size` sections and index them; print seconds and the peak of memory."""
    draw = random.Random(size)
    (folder / "past").mkdir(parents=True)
    for number in range(size // PER_FILE):
        text = "".join(
            f"# {part}、{''.join(draw.choices(HAN, k=10))}\n{''.join(draw.choices(HAN, k=LENGTH))}。\n"
            for part in range(PER_FILE)
        )
        path = folder / "past" / f"单位{number % 200}-{1990 + number % 35}.{number}.txt"
        path.write_text(text, encoding="utf-8")
    start = time.perf_counter()
    library_in(folder).index(["past"])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{size:6} sections indexed in {time.perf_counter() - start:6.1f} s, peak {peak:4.0f} MB", flush=True
    )


def main() -> None:
    """Print the figures."""
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    draw = random.Random(1)
    with tempfile.TemporaryDirectory() as place:
        for size in sizes:
            program = f"from tests.benchmarks.growing import *; fill(Path({place!r}, '{size}'), {size})"
            subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)
        libraries = {size: library_in(Path(place, str(size))) for size in sizes}
        took: dict[int, list[float]] = {size: [] for size in sizes}
        for number in range(QUERIES + 1):
            query = "".join(draw.choices(HAN, k=20))
            for size, library in libraries.items():
                start = time.perf_counter()
                library.search(query)
                if number:
                    took[size].append(time.perf_counter() - start)
        for size, times in took.items():
            ratio = median(times) / median(took[sizes[0]])
            print(f"{size:6} sections: a query takes {median(times) * 1000:5.1f} ms, {ratio:.2f} x the first")


if __name__ == "__main__":
    main()
