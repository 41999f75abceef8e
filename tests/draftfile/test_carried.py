"""What a Word file carries of a draft comes back as it was."""

import pytest

from drafter.draftfile import Definition
from drafter.draftfile.carried import (
    bookmark_of,
    from_properties,
    label_of,
    long_labels,
    past_definitions,
    past_properties,
    to_properties,
    whole_label,
)


@pytest.mark.parametrize(
    "label",
    [
        "F1.2",
        "P3",
        "F10.2/F10.1",
        "(F1.1-P1.2)/P1.2",
        "F1.1+F2.1*2",
        "+".join(f"F{n}.1" for n in range(10, 25)),
    ],
)
def test_a_label_comes_back_from_its_bookmark(label):
    name = bookmark_of(label, 12)

    assert len(name) <= 40
    assert name.replace("_", "").isalnum()
    assert whole_label(label_of(name), long_labels([""] * 11 + [label])) == label


@pytest.mark.parametrize(
    "name", ["_Toc123", "_GoBack", "drafter", "_drafter_F1", "_drafter_1_", "_drafter_1_F1 "]
)
def test_bookmarks_of_others_carry_nothing(name):
    assert label_of(name) is None


def test_a_long_label_without_its_property_is_none():
    assert whole_label("x3", {}) is None


@pytest.mark.parametrize("path", ["要点.md", "a%20b.md", "100%.md", "a\x1bb.md", "../甲 乙/#1<2>.csv"])
def test_front_matter_comes_back(path):
    meta = {
        "title": "题",
        "year": 2025,
        "draft": path,
        "notes": [{"path": path, "sha256": "0" * 64}, {"path": "b.csv", "sha256": "1" * 64}],
        "prompt": {"name": "section", "sha256": "2" * 64},
    }

    assert from_properties(to_properties(meta, "draft")) == meta


def test_a_path_never_holds_a_nul():
    assert "\0" not in from_properties({"notes.1.path": "a%00b"})["notes"][0]["path"]


def test_past_passages_come_back():
    one = Definition("P1", "past/2024 年.md", "L3", "2024年工作总结 · 一、综治")
    two = Definition("P1.2", "past/a.xlsx", "表 1!B2", "")

    assert past_definitions(past_properties([one, two, Definition("F1.1", "n.md", "L1", "x")])) == {
        "P1": one,
        "P1.2": two,
    }
