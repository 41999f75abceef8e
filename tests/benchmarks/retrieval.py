"""How well the library finds past sections for notes: against plain dense search and BM25 in the same run.

    python tests/benchmarks/retrieval.py [FOLDER]

FOLDER holds past reports (default: corpus/past). The queries and the topics
that they ask for stand in `retrieval_queries.json`; a section is of a topic
when its heading says so. The queries were written before any ranking was
looked at; half of them share hardly a word with the sections they ask for.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from drafter.library.words import pairs  # noqa: E402
from drafter.settings import Settings  # noqa: E402
from drafter.wiring import choose_embedder, open_library  # noqa: E402

KINDS = ("literal", "paraphrased")


def ndcg(ranked: list[bool], total: int, k: int = 10) -> float:
    """Return the normalised discounted cumulative gain of the first `k`."""
    gains = 1 / np.log2(np.arange(2, k + 2))
    ideal = gains[: min(k, total)].sum()
    return float((np.array(ranked[:k], dtype=float) * gains[: len(ranked[:k])]).sum() / ideal)


def recall(ranked: list[bool], total: int, k: int = 5) -> float:
    """Return the share of what could be found among the first `k`."""
    return sum(ranked[:k]) / min(k, total)


def run(folder: Path) -> dict[str, dict[str, float]]:
    """Return nDCG@10 and recall@5 of each system by kind of query."""
    with tempfile.TemporaryDirectory() as place:
        workspace = Path(place)
        library = open_library(workspace, Settings(workspace, library_path=workspace / ".drafter"))
        library.index([folder.absolute()])
        return judge(workspace, library)


def judge(workspace: Path, library) -> dict[str, dict[str, float]]:
    """Ask every query of every system."""
    sections = [s for file in library.files() for report in file.reports for s in report.sections]
    texts = [f"{s.heading}\n{s.text}".strip() for s in sections]
    embedder = choose_embedder(Settings(workspace))
    dense = embedder.embed_passages(texts)
    row_of = {id(s): i for i, s in enumerate(sections)}
    by_id = {}
    for s in sections:
        by_id.setdefault(s.id, row_of[id(s)])
    bodies = np.array([bool(s.text) for s in sections])
    results: dict[str, dict[str, list[float]]] = {}
    for topic in json.loads((HERE / "retrieval_queries.json").read_text(encoding="utf-8")):
        wanted = re.compile(topic["headings"])
        right = np.array([bool(s.text) and bool(wanted.search(s.heading)) for s in sections])
        if not right.any():
            continue
        for kind in KINDS:
            for query in topic[kind]:
                raw = dense @ embedder.embed_queries([query])[0]
                words = bm25(query, texts)
                hits = library.search(query, k=200, per_file=None)
                mine = [row for hit in hits for row in (by_id[hit.section.id], *similar(hit, by_id))]
                ranked = {
                    "dense": np.argsort(-raw, kind="stable"),
                    "dense, no bare headings": np.argsort(-raw + 2 * ~bodies, kind="stable"),
                    "bm25": np.argsort(-words, kind="stable"),
                    "drafter": np.array(mine, dtype=int),
                }
                for system, rows in ranked.items():
                    found = right[rows].tolist()
                    place = results.setdefault(system, {})
                    place.setdefault(f"{kind} nDCG@10", []).append(ndcg(found, int(right.sum())))
                    place.setdefault(f"{kind} R@5", []).append(recall(found, int(right.sum())))
    return {
        system: {name: float(np.mean(values)) for name, values in scores.items()}
        for system, scores in results.items()
    }


def bm25(query: str, texts: list[str]) -> np.ndarray:
    """Return the BM25 score of each text, on character pairs."""
    scores = np.zeros(len(texts))
    lengths = np.array([len(text) for text in texts])
    norm = 1.2 * (0.25 + 0.75 * lengths / lengths.mean())
    for pair in sorted(set(pairs(query))):
        often = np.array([text.count(pair) for text in texts])
        seen = (often > 0).sum()
        scores += np.log1p((len(texts) - seen + 0.5) / (seen + 0.5)) * often * 2.2 / (often + norm)
    return scores


def similar(hit, by_id: dict[str, int]) -> list[int]:
    """Return the rows that were shown together with a hit."""
    return [by_id[one["id"]] for one in hit.why.get("similar", [])]


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1] / "corpus" / "past"
    results = run(folder)
    names = list(next(iter(results.values())))
    print("system".ljust(25), *(name.rjust(20) for name in names))
    for system, scores in results.items():
        print(system.ljust(25), *(f"{scores[name]:20.3f}" for name in names))


if __name__ == "__main__":
    main()
