"""What the library promises to those who index and search."""

from __future__ import annotations

import random
import tracemalloc

import pytest

from drafter.errors import UsageError
from drafter.library import index, writing
from drafter.library.index import Workshop
from drafter.library.library import Library
from tests.library.conftest import PairEmbedder, read_simple


def test_a_section_is_found_by_words_like_its_own(make_library, corpus):
    library = make_library()
    library.index([corpus])

    hit = library.search("疏浚沟渠，打机井", k=1)[0]

    assert hit.section.heading == "一、农田水利"
    assert (hit.report.unit, hit.report.year) == ("白水镇", 2023)
    assert hit.section.where.line == 1
    assert {"meaning", "words"} <= hit.why.keys()


def test_indexing_twice_embeds_nothing_and_changes_nothing(make_library, corpus):
    embedder = PairEmbedder()
    library = make_library(embedder=embedder)
    first = library.index([corpus])
    mark = library.fingerprint
    asked = len(embedder.passages)

    second = library.index([corpus])

    assert (len(first.added), first.sections, len(library)) == (3, 7, 7)
    assert (second.added, second.changed, second.removed, second.embedded) == ((), (), (), 0)
    assert len(second.unchanged) == 3
    assert len(embedder.passages) == asked
    assert library.fingerprint == mark == second.fingerprint


def test_only_what_changed_is_embedded_and_what_is_gone_is_forgotten(make_library, corpus):
    embedder = PairEmbedder()
    library = make_library(embedder=embedder)
    library.index([corpus])
    before = library.fingerprint
    embedder.passages.clear()
    old = (corpus / "白水镇-2023.txt").read_text(encoding="utf-8")
    (corpus / "白水镇-2023.txt").write_text(old.replace("储备编织袋", "储备沙袋"), encoding="utf-8")
    (corpus / "青石社区-2022.txt").unlink()

    report = library.index([corpus])

    assert report.changed == ("past/白水镇-2023.txt",)
    assert report.removed == ("past/青石社区-2022.txt",)
    assert len(embedder.passages) == report.embedded == 1
    assert len(library) == 5
    assert library.fingerprint != before
    assert not [hit for hit in library.search("楼道杂物", k=9) if hit.report.year == 2022]


def test_a_moved_file_keeps_its_vectors(make_library, corpus):
    library = make_library()
    library.index([corpus])
    (corpus / "旧").mkdir()
    (corpus / "白水镇-2023.txt").rename(corpus / "旧" / "白水镇-2023.txt")

    report = library.index([corpus])

    assert (report.added, report.removed) == (("past/旧/白水镇-2023.txt",), ("past/白水镇-2023.txt",))
    assert report.embedded == 0
    assert library.search("汛前检查堤坝", k=1)[0].report.file == "past/旧/白水镇-2023.txt"


def test_the_same_file_twice_is_one_set_of_sections(make_library, corpus):
    (corpus / "又一份-2020.txt").write_bytes((corpus / "白水镇-2023.txt").read_bytes())
    library = make_library()

    report = library.index([corpus])

    assert report.sections == 7
    assert [remark.code for remark in report.warnings] == ["copy"]


def test_a_copy_takes_over_when_the_first_file_is_gone(make_library, corpus, tmp_path):
    other = tmp_path / "zz"
    other.mkdir()
    (other / "白水镇-2023.txt").write_bytes((corpus / "白水镇-2023.txt").read_bytes())
    library = make_library()
    library.index([corpus, other])
    (corpus / "白水镇-2023.txt").unlink()

    library.index([corpus])

    hit = library.search("疏浚沟渠", k=1)[0]
    assert hit.report.file == hit.section.where.file == "zz/白水镇-2023.txt"
    assert len(library) == 7


def test_another_folder_is_added_and_a_rebuild_takes_only_what_is_named(make_library, corpus, tmp_path):
    other = tmp_path / "more"
    other.mkdir()
    (other / "红岩街道-2021.txt").write_text("# 一、拆违\n拆除违建9处。\n", encoding="utf-8")
    library = make_library()
    library.index([corpus])
    library.index([other])

    assert len(library) == 8
    assert library.index([other], rebuild=True).sections == len(library) == 1


def test_filters_restrict_and_the_own_unit_only_prefers(make_library, corpus):
    library = make_library(own_unit="青石社区")
    library.index([corpus])

    assert {hit.report.unit for hit in library.search("工作", k=9, unit="白水镇")} == {"白水镇"}
    assert {hit.report.unit for hit in library.search("工作", k=9, unit="白水")} == {"白水镇"}
    assert {hit.report.year for hit in library.search("工作", k=9, year=2022)} == {2022}
    assert library.search("工作", k=9, year=1999) == []
    hits = library.search("汛前检查堤坝", k=9)
    assert hits[0].report.unit == "白水镇"
    assert all("own_unit" in hit.why for hit in hits if hit.report.unit == "青石社区")


def test_the_same_story_in_other_numbers_is_shown_once(make_library, corpus):
    library = make_library()
    library.index([corpus])

    hits = library.search("受理邻里纠纷，小事不出楼栋", k=5)

    assert [hit.section.heading for hit in hits].count("一、调解工作") == 1
    assert hits[0].report.year == 2023
    assert [one["year"] for one in hits[0].why["similar"]] == [2022]


def test_no_file_fills_the_list(make_library, corpus):
    library = make_library()
    library.index([corpus])

    hits = library.search("工作", k=9)

    files = [hit.report.file for hit in hits]
    assert max(files.count(file) for file in files) == 2
    assert len(library.search("工作", k=9, per_file=None)) > len(hits)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"query": "  "}, "找什么"),
        ({"query": "水", "k": 0}, "-k"),
        ({"query": "水", "unit": "无此镇"}, "白水镇、青石社区"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(make_library, corpus, given, named):
    library = make_library()
    library.index([corpus])

    with pytest.raises(UsageError) as caught:
        library.search(**given)

    assert named in str(caught.value)


def test_a_refused_file_leaves_the_others_alone(make_library, corpus):
    (corpus / "坏-2020.txt").write_bytes(b"\0\0\0")
    library = make_library()

    report = library.index([corpus])

    assert [(file.file, file.refused) for file in report.refused] == [("past/坏-2020.txt", "不是文本")]
    assert report.sections == 7


def test_an_empty_folder_gives_an_empty_library(make_library, tmp_path):
    (tmp_path / "past").mkdir()
    library = make_library()

    assert library.index([tmp_path / "past"]).sections == 0
    assert library.search("水利") == []
    assert len(library) == 0


def test_the_files_come_back_as_they_were_read(make_library, corpus):
    from tests.library.conftest import read_simple

    library = make_library()
    library.index([corpus])

    assert library.files() == tuple(read_simple(path, corpus.parent) for path in sorted(corpus.iterdir()))


def test_a_path_may_be_given_alone_and_lies_in_the_workspace_or_the_current_folder(
    make_library, corpus, tmp_path_factory, monkeypatch
):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "more").mkdir()
    (elsewhere / "more" / "红岩街道-2021.txt").write_text("# 一、拆违\n拆除违建9处。\n", encoding="utf-8")
    monkeypatch.chdir(elsewhere)
    library = make_library()

    assert library.index("past").sections == 7
    assert library.index("more").sections == 8
    with pytest.raises(UsageError, match="没有这个文件"):
        library.index("nowhere")


def test_progress_counts_every_stage_to_its_end(make_library, corpus):
    seen = []
    make_library().index([corpus], progress=seen.append)

    for stage in ("read", "embed", "store"):
        steps = [step for step in seen if step.stage == stage]
        assert steps[-1].done == steps[-1].total > 0


class CountingStore:
    """Counts its rows and keeps none."""

    def __init__(self):
        self.ids = set()

    def upsert(self, rows, vectors):
        assert len(rows) == len(vectors)
        self.ids |= {row.id for row in rows}

    def delete(self, ids):
        self.ids -= set(ids)

    def count(self):
        return len(self.ids)

    def close(self):
        pass


class CountingStores:
    version = "none 1"

    def open(self, folder, *, create):
        folder.mkdir(parents=True)
        (folder / "nothing").write_text("")
        return CountingStore()


def peak_of_indexing(root, files):
    """Return the most bytes that Python held while `files` reports of long sections were indexed."""
    chars = [chr(code) for code in range(0x4E00, 0x4E00 + 2000)]
    draw = random.Random(7)
    (root / "past").mkdir(parents=True)
    for number in range(files):
        text = "".join(f"# {part}、事\n{''.join(draw.choices(chars, k=2000))}\n" for part in range(10))
        (root / "past" / f"甲乡-{number}.txt").write_text(text, encoding="utf-8")
    shop = Workshop(root, root / ".drafter", PairEmbedder(), CountingStores(), read_simple, "1")
    library = Library(shop)
    shop.embedder.passages = Forgetful()
    tracemalloc.start()
    try:
        assert library.index(["past"]).sections == 10 * files
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


class Forgetful(list):
    def extend(self, texts):
        pass


def test_memory_hardly_grows_with_the_library(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "STORE_BATCH", 20)
    monkeypatch.setattr(index, "BATCH", 20)
    small, large = (peak_of_indexing(tmp_path / str(files), files) for files in (4, 12))

    assert (large - small) / 80 < 2000  # bytes a section, of 4000 that its text alone takes
