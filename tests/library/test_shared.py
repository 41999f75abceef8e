"""Several workspaces on one real Chroma server."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest

from drafter.engines.chroma import ChromaServer
from drafter.errors import LibraryError, UsageError
from drafter.library.index import Workshop
from drafter.library.shared import SharedLibrary
from tests.library.conftest import REPORTS, FileStores, PairEmbedder, read_simple


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    """Run a server and return its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = Path(sys.executable).with_name("chroma")
    server = subprocess.Popen(
        [
            command,
            "run",
            "--path",
            tmp_path_factory.mktemp("server"),
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{address}/api/v2/heartbeat", timeout=1)  # noqa: S310 - our own server
            break
        except OSError:
            time.sleep(0.1)
    yield address
    server.terminate()
    server.wait()


@pytest.fixture
def office(tmp_path, url, request):
    """Return a maker of libraries in workspaces of their own, with engines that this test alone uses."""

    def make(name, files=()):
        root = tmp_path / name
        (root / "past").mkdir(parents=True, exist_ok=True)
        for file in files:
            (root / "past" / file).write_text(REPORTS[file], encoding="utf-8")
        embedder = PairEmbedder(weights=request.node.name)
        shop = Workshop(root, root / ".drafter", embedder, FileStores(), read_simple, "1")
        return SharedLibrary(shop, ChromaServer(url))

    return make


def test_each_finds_what_the_others_put_in(office):
    town = office("town", ["白水镇-2023.txt"])
    community = office("community", ["青石社区-2022.txt", "青石社区-2023.txt"])

    assert town.index(["past"]).sections == 3
    assert community.index(["past"]).sections == 4

    hit = community.search("疏浚沟渠，打机井", k=1)[0]
    assert (hit.report.unit, hit.section.heading) == ("白水镇", "一、农田水利")
    assert len(town) == len(community) == 7
    assert {file.reports[0].unit for file in town.files()} == {"白水镇", "青石社区"}
    assert {hit.report.unit for hit in town.search("工作", k=9, unit="青石")} == {"青石社区"}
    assert {hit.report.year for hit in town.search("工作", k=9, year=2022)} == {2022}
    with pytest.raises(UsageError, match="无此镇"):
        town.search("工作", unit="无此镇")


def test_each_takes_away_only_its_own(office):
    town, community = office("town", ["白水镇-2023.txt"]), office("community", ["青石社区-2022.txt"])
    town.index(["past"])
    community.index(["past"])
    mark = town.fingerprint
    again = community.index(["past"])
    assert (again.embedded, again.removed, again.fingerprint) == (0, (), mark)
    (community._shop.root / "past" / "青石社区-2022.txt").unlink()

    report = community.index(["past"])

    assert report.removed == ("past/青石社区-2022.txt",)
    assert [file.file for file in community.files()] == ["past/白水镇-2023.txt"]
    assert len(town) == 3
    assert town.fingerprint != mark


def test_many_index_and_search_at_once(office):
    offices = [office(f"office{n}") for n in range(4)]
    words = "渠桥路林田坝库站校院街巷"
    for n, library in enumerate(offices):
        text = "".join(
            f"# {i}\n{words[i]}{words[(i + n + 1) % 12]}整修{chr(0x4E00 + 37 * n + i)}。\n" for i in range(12)
        )
        (library._shop.root / "past" / f"单位{n}-2020.txt").write_text(text, encoding="utf-8")
    errors = []

    def work(library):
        try:
            library.index(["past"])
            for _ in range(5):
                library.search("整修", k=3)
        except Exception as error:  # noqa: BLE001 - told by the test itself
            errors.append(error)

    threads = [threading.Thread(target=work, args=(library,)) for library in offices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert len(offices[0]) == 48
    for file in offices[0].files():
        for section in file.reports[0].sections:
            found = offices[1].search(f"{section.heading}\n{section.text}", k=3, per_file=None)
            assert section.id in {hit.section.id for hit in found}


def test_a_server_that_is_not_there_is_named(office, tmp_path):
    shop = office("town")._shop

    with pytest.raises(LibraryError, match=r"127\.0\.0\.1") as caught:
        SharedLibrary(shop, ChromaServer("http://127.0.0.1:9")).search("水")

    assert "chroma run" in caught.value.hint
    with pytest.raises(LibraryError, match="不是网址"):
        len(SharedLibrary(shop, ChromaServer("office:8000")))
