"""A library with small honest stand-ins at its ports: reading by `#` headings, vectors by character pairs."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest

from drafter.engines.chroma import ChromaStores
from drafter.errors import LibraryError
from drafter.library.index import Workshop
from drafter.library.library import Library
from drafter.library.ports import EngineId, Found, Row
from drafter.library.words import pairs
from drafter.model import ReadFile, Report, Section, Span, Where

if TYPE_CHECKING:
    from pathlib import Path


class PairEmbedder:
    """Counts character pairs into 64 buckets: alike texts get alike vectors. Remembers what it was asked."""

    def __init__(self, weights: str = "1") -> None:
        self.id = EngineId("pairs", weights, 64)
        self.passages: list[str] = []

    def embed_queries(self, texts):
        return np.stack([self._row(text) for text in texts])

    def embed_passages(self, texts):
        self.passages.extend(texts)
        return np.stack([self._row(text) for text in texts])

    def _row(self, text):
        row = np.full(64, 0.01, dtype=np.float32)
        for pair in pairs(text):
            row[zlib.crc32(pair.encode()) % 64] += 1
        return row / np.linalg.norm(row)


class FileStore:
    """Rows and vectors in one file, rewritten at every change: slow, plain, and it can be torn."""

    def __init__(self, folder: Path, rows: dict) -> None:
        self._file = folder / "rows.json"
        self._rows = rows

    def upsert(self, rows, vectors):
        for row, vector in zip(rows, vectors, strict=True):
            self._rows[row.id] = [row.text, dict(row.metadata), vector.tolist()]
        self._save()

    def delete(self, ids):
        for one in ids:
            self._rows.pop(one, None)
        self._save()

    def count(self):
        return len(self._rows)

    def nearest(self, vector, n, where):
        fit = [Found(row, np.array(self._rows[row.id][2])) for row in self.rows(where, texts=True)]
        return sorted(fit, key=lambda found: -float(found.vector @ vector))[:n]

    def rows(self, where, *, texts):
        return [
            Row(key, text if texts else "", metadata)
            for key, (text, metadata, _) in sorted(self._rows.items())
            if all(metadata.get(name) == value for name, value in where.items())
        ]

    def get(self, ids):
        return [row for row in self.rows({}, texts=True) if row.id in set(ids)]

    def close(self):
        self._save()

    def _save(self):
        self._file.write_text(json.dumps(self._rows), encoding="utf-8")


class FileStores:
    """Opens such stores."""

    version = "file 1"

    def open(self, folder, *, create):
        folder.mkdir(parents=True, exist_ok=True)
        if create:
            return FileStore(folder, {})
        try:
            return FileStore(folder, json.loads((folder / "rows.json").read_text(encoding="utf-8")))
        except OSError:
            raise LibraryError("没有这个库。") from None


def read_simple(path: Path, root: Path) -> ReadFile:
    """Read `UNIT-YEAR.txt`: each line `# heading` opens a section."""
    data = path.read_bytes()
    text = data.decode("utf-8")
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    sha = hashlib.sha256(data).hexdigest()
    if "\0" in text:
        return ReadFile(name, sha, None, refused="不是文本")
    unit, _, year = path.stem.partition("-")
    sections = []
    for number, part in enumerate(text.split("# ")[1:]):
        heading, _, body = part.partition("\n")
        start = text.index(part)
        sections.append(
            Section(
                id=f"{sha[:8]}-{number}",
                level=1,
                heading=heading.strip(),
                path=(heading.strip(),),
                text=body.strip(),
                spans=(Span(start, start + len(part)),),
                topics=("事",),
                where=Where(name, line=text[:start].count("\n") + 1, span=Span(start, start + len(part))),
            ),
        )
    report = Report(
        id=sha[:8],
        title=f"{unit}{year}年总结",
        file=name,
        unit=unit,
        year=int(year) if year.isdigit() else None,
        period="全年",
        sections=tuple(sections),
    )
    return ReadFile(name, sha, "utf-8", reports=(report,))


@pytest.fixture
def make_library(tmp_path):
    """Return a maker of libraries over `tmp_path`, real Chroma on request."""

    def make(*, embedder=None, real_store=False, splitter="1", own_unit=None):
        shop = Workshop(
            root=tmp_path,
            state=tmp_path / ".drafter",
            embedder=embedder or PairEmbedder(),
            stores=ChromaStores() if real_store else FileStores(),
            read=read_simple,
            splitter=splitter,
        )
        return Library(shop, own_unit=own_unit)

    return make


@pytest.fixture
def corpus(tmp_path):
    """Return a folder with the reports of two fictional units."""
    folder = tmp_path / "past"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


REPORTS = {
    "青石社区-2022.txt": "# 一、调解工作\n全年受理邻里纠纷31起，调成30起，小事不出楼栋。\n"
    "# 二、环境卫生\n清理楼道杂物46车，粉刷围墙两千平方米。\n",
    "青石社区-2023.txt": "# 一、调解工作\n全年受理邻里纠纷28起，调成28起，小事不出楼栋。\n"
    "# 二、养老服务\n开办老年食堂，每日供应午餐80份，行动不便的送餐上门。\n",
    "白水镇-2023.txt": "# 一、农田水利\n疏浚沟渠12公里，新打机井5眼，改善灌溉面积三千亩。\n"
    "# 二、防汛\n汛前检查堤坝，储备编织袋和木桩，落实巡堤人员。\n"
    "# 三、招商\n引进食品加工企业一家，签订用工意向。\n",
}
