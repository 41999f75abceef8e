"""What may go wrong with the files, the engine or the process, and what the library then does."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import pytest

from drafter.errors import LibraryError
from tests.library.conftest import PairEmbedder

QUERY = "疏浚沟渠"
DAMAGE = {
    "deleted": lambda path, old: path.unlink(),
    "emptied": lambda path, old: path.write_bytes(b""),
    "truncated": lambda path, old: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "flipped": lambda path, old: path.write_bytes(flip(path.read_bytes())),
    "older": lambda path, old: path.write_bytes(old),
}


def flip(data):
    """Return `data` with 50 bytes (or all of fewer) turned over."""
    changed = bytearray(data)
    for i in range(0, len(data), max(1, len(data) // 50)):
        changed[i] ^= 0xFF
    return bytes(changed)


def state_files(state):
    """Return the files of the state folder that hold something, named without the generation's number."""
    serving = (state / "current").read_text(encoding="utf-8").split()[0]
    names = {}
    for path in sorted(state.rglob("*")):
        if path.is_file() and path.name != "lock" and path.stat().st_size:
            key = path.relative_to(state).as_posix().replace(serving, "GEN")
            names["store/" + path.name if "/store/" in key else key] = path
    return names


def answer(library):
    """Return what the library finds, or "refused" when it says to index again."""
    try:
        return [(hit.section.id, hit.score) for hit in library.search(QUERY)]
    except LibraryError as error:
        return "refused" if "drafter index" in error.hint else error


@pytest.mark.parametrize("kind", list(DAMAGE))
@pytest.mark.parametrize("real_store", [False, True])
def test_damage_to_any_file_is_noticed_and_mended_by_the_next_index(make_library, corpus, kind, real_store):
    state = corpus.parent / ".drafter"
    reference = make_library(real_store=real_store)
    (corpus / "白水镇-2023.txt").write_text("# 一、水\n旧的一节。\n", encoding="utf-8")
    reference.index([corpus])
    older = {name: path.read_bytes() for name, path in state_files(state).items()}
    from tests.library.conftest import REPORTS

    (corpus / "白水镇-2023.txt").write_text(REPORTS["白水镇-2023.txt"], encoding="utf-8")
    reference.index([corpus])
    right = [(hit.section.id, hit.score) for hit in reference.search(QUERY)]
    wholes = {name: path.read_bytes() for name, path in state_files(state).items()}

    for name in wholes:
        path = state_files(state)[name]
        DAMAGE[kind](path, older.get(name, b"other"))
        library = make_library(real_store=real_store)
        assert answer(library) in (right, "refused"), name
        report = library.index([corpus])
        assert [(hit.section.id, hit.score) for hit in library.search(QUERY)] == right, name
        assert report.sections == 7, name
        assert report.embedded == 0 or name.startswith("vectors/"), name


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"embedder": PairEmbedder(weights="2")}, "向量模型"),
        ({"splitter": "2"}, "分节方法"),
        ({"real_store": True}, "向量库"),
    ],
)
def test_an_index_of_another_making_is_refused_and_rebuilt_when_asked(make_library, corpus, changed, named):
    make_library().index([corpus])
    library = make_library(**changed)

    with pytest.raises(LibraryError, match=named) as caught:
        library.search(QUERY)

    assert "index --rebuild" in caught.value.hint
    assert library.index([corpus]).warnings[0].code == "rebuilt"
    assert library.search(QUERY, k=1)[0].section.heading == "一、农田水利"


class BrokenEmbedder(PairEmbedder):
    """Gives what no engine should."""

    def __init__(self, rows):
        super().__init__()
        self._rows = rows

    def embed_passages(self, texts):
        return self._rows(len(texts))


@pytest.mark.parametrize(
    "rows",
    [
        lambda n: np.full((n, 64), np.nan, dtype=np.float32),
        lambda n: np.zeros((n, 64), dtype=np.float32),
        lambda n: np.ones((n, 63), dtype=np.float32),
        lambda n: np.ones((n + 1, 64), dtype=np.float32),
    ],
)
def test_vectors_that_cannot_be_used_are_refused(make_library, corpus, rows):
    good = make_library()
    good.index([corpus])
    mark = good.fingerprint
    (corpus / "新-2024.txt").write_text("# 一\n新的一节。\n", encoding="utf-8")

    with pytest.raises(LibraryError, match="向量模型"):
        make_library(embedder=BrokenEmbedder(rows)).index([corpus])

    assert make_library().fingerprint == mark


def test_a_second_writer_is_told_who_is_at_work(make_library, corpus):
    from drafter.library import lock

    library = make_library()
    with lock.hold_lock(corpus.parent / ".drafter"):
        code = textwrap.dedent(f"""
            from pathlib import Path
            from drafter.errors import LibraryError
            from drafter.library.lock import hold_lock
            try:
                with hold_lock(Path({str(corpus.parent / ".drafter")!r}), wait_s=0.2):
                    print("held")
            except LibraryError as error:
                print(error)
        """)
        said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert "正被另一个命令使用" in said
    assert "进程" in said
    assert library.index([corpus]).sections == 7


def test_an_open_library_notices_what_another_one_indexed(make_library, corpus):
    reader, writer = make_library(), make_library()
    writer.index([corpus])
    assert reader.search("招聘会，找工作", k=1)[0].section.heading != "一、就业"
    (corpus / "新-2024.txt").write_text("# 一、就业\n举办招聘会，帮助居民找工作。\n", encoding="utf-8")

    writer.index([corpus])

    assert reader.search("招聘会，找工作", k=1)[0].section.heading == "一、就业"


def test_a_hit_whose_file_changed_since_says_so(make_library, corpus):
    library = make_library()
    library.index([corpus])
    assert "stale" not in library.search(QUERY, k=1)[0].why
    (corpus / "白水镇-2023.txt").write_text("# 别的\n", encoding="utf-8")

    assert "改动" in library.search(QUERY, k=1)[0].why["stale"]


def test_an_interrupted_run_leaves_the_old_index_and_is_continued(make_library, corpus, monkeypatch):
    from drafter.library import index

    monkeypatch.setattr(index, "BATCH", 2)
    library = make_library()
    library.index([corpus])
    mark = library.fingerprint
    text = "".join(
        f"# 第{n}节\n第{n}件事：{'甲乙丙丁戊己庚辛'[n]}{'东西南北中前后左'[n]}街修路。\n" for n in range(8)
    )
    (corpus / "新-2024.txt").write_text(text, encoding="utf-8")

    def stop(step):
        if step.stage == "embed" and step.done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.index([corpus], progress=stop)

    assert library.fingerprint == mark
    assert library.index([corpus]).embedded == 4
    assert len(library) == 15


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_whichever_write_fails_the_old_index_serves_and_the_next_run_completes(
    make_library, corpus, monkeypatch, fault
):
    from drafter import storage
    from drafter.library import files, vectors

    library = make_library()
    library.index([corpus])
    real, right = storage.write_pieces, []
    for number in range(100):
        calls = iter(range(100))

        def write(path, pieces, fails_at=number, calls=calls):
            if path.name != "lock.json" and next(calls) == fails_at:
                raise fault
            real(path, pieces)

        for module in (storage, files, vectors):
            monkeypatch.setattr(module, "write_pieces", write)
        before = library.fingerprint
        grow(corpus, number)
        try:
            library.index([corpus])
            right.append(number)
            break
        except (LibraryError, KeyboardInterrupt):
            assert make_library().fingerprint == before
            assert make_library().search(QUERY, k=1)[0].section.heading == "一、农田水利"

    assert right[0] > 5
    assert len(library) == 7 + 12 * (right[0] + 1)
    assert not list((corpus.parent / ".drafter").rglob("*.tmp"))


def test_a_file_name_that_is_no_text_is_no_trouble(make_library, corpus):
    name = os.fsdecode("\n<b>[red]单位".encode() + b"\xff-2020.txt")
    (corpus / name).write_text("# 一、宣传\n印发图册。\n", encoding="utf-8")
    library = make_library(real_store=True)

    assert library.index([corpus]).sections == 8
    assert make_library(real_store=True).search("印发图册", k=1)[0].report.file == f"past/{name}"
    assert library.index([corpus]).embedded == 0


def test_the_state_is_for_its_owner_alone(make_library, corpus):
    make_library().index([corpus])

    assert (corpus.parent / ".drafter").stat().st_mode & 0o077 == 0


RUN = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from tests.library.conftest import PairEmbedder, FileStores, read_simple
from drafter.engines.chroma import ChromaStores
from drafter.library import index
from drafter.library.index import Workshop
from drafter.library.library import Library

index.BATCH = 4
root = Path({root!r})
stores = ChromaStores() if {real!r} else FileStores()
shop = Workshop(root, root / ".drafter", PairEmbedder(), stores, read_simple, "1")
print("start", flush=True)
Library(shop).index([root / "past"])
print("done", flush=True)
"""


def start_index(root, *, real):
    """Start an index run in a process of its own and return when it is under way."""
    code = RUN.format(tests=str(Path(__file__).parents[2]), root=str(root), real=real)
    run = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    run.stdout.readline()
    return run


def grow(corpus, number):
    """Put one more report into the corpus."""
    words = "街巷楼院桥渠林田坝库站校"
    lines = [
        f"# {i}\n{words[i]}{words[(i + number) % 12]}整修{chr(0x4E00 + 37 * number + i)}。\n"
        for i in range(12)
    ]
    (corpus / f"红岩街道-{2000 + number}.txt").write_text("".join(lines), encoding="utf-8")


@pytest.mark.parametrize(("real", "kills", "within_s"), [(False, 20, 0.06), (True, 6, 1.0)])
def test_killed_at_any_moment_the_old_index_serves_and_the_next_run_completes(
    make_library, corpus, real, kills, within_s
):
    moments = random.Random(7)
    library = make_library(real_store=real)
    library.index([corpus])
    for number in range(kills):
        before = len(library)
        grow(corpus, number)
        run = start_index(corpus.parent, real=real)
        time.sleep(moments.uniform(0, within_s))
        run.send_signal(signal.SIGKILL)
        run.wait()
        run.stdout.close()
        run.stderr.close()

        reader = make_library(real_store=real)
        assert len(reader) >= before
        assert reader.search(QUERY, k=1)[0].section.heading == "一、农田水利"
    report = library.index([corpus])

    assert report.sections == len(library) == 7 + 12 * kills
    assert len(list((corpus.parent / ".drafter" / "generations").iterdir())) == 1
    assert library.index([corpus]).warnings == ()


def test_two_runs_at_once_then_every_section_finds_itself(make_library, corpus):
    for number in range(6):
        grow(corpus, number)
    runs = [start_index(corpus.parent, real=True) for _ in range(2)]
    for run in runs:
        out, errors = run.communicate(timeout=60)
        assert "done" in out, errors

    library = make_library(real_store=True)
    assert len(library) == 7 + 72
    for file in library.files():
        for section in file.reports[0].sections:
            hits = library.search(f"{section.heading}\n{section.text}", k=1)
            found = {hits[0].section.id, *(one["id"] for one in hits[0].why.get("similar", []))}
            assert section.id in found
    from drafter.engines.chroma import ChromaStores

    serving = (corpus.parent / ".drafter" / "current").read_text(encoding="utf-8").split()[0]
    store = ChromaStores().open(corpus.parent / ".drafter" / "generations" / serving / "store", create=False)
    try:
        assert store.count() == 79
    finally:
        store.close()
