"""The ranking must stay ahead of plain dense search of the same model, and of BM25."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.retrieval import KINDS, run


@pytest.mark.slow
def test_sections_are_found_better_than_by_meaning_or_words_alone():
    results = run(Path(__file__).parents[2] / "corpus" / "past")
    mine, dense, words = (results[system] for system in ("drafter", "dense", "bm25"))

    assert mine["paraphrased nDCG@10"] >= 1.02 * dense["paraphrased nDCG@10"]
    assert mine["literal nDCG@10"] >= 0.97 * max(dense["literal nDCG@10"], words["literal nDCG@10"])
    assert all(mine[f"{kind} R@5"] >= dense[f"{kind} R@5"] for kind in KINDS)
