"""How files and sections stand on a server, and how candidates from there are ranked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from drafter.library.ports import Row
from drafter.library.records import dump_file
from drafter.library.snapshot import FILE, PERIOD, UNIT, Snapshot, centred
from drafter.library.words import count_documents

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from drafter.library.ports import Found, Vectors
    from drafter.model import ReadFile


def section_row(owner: str, row: Row, key: str, place: npt.NDArray[np.int32]) -> Row:
    """Return a section as `owner` puts it on the server, with its place in the record `key`."""
    metadata: Mapping[str, str | int] = {
        **row.metadata,
        "owner": owner,
        "record": f"{owner}-{key}",
        "place": " ".join(str(int(number)) for number in place),
    }
    return Row(f"{owner}-{row.id}", row.text, metadata)


def record_row(key: str, file: ReadFile, owner: str) -> Row:
    """Return how a file was read as a row of the store of files."""
    units = sorted({report.unit for report in file.reports if report.unit})
    metadata: Mapping[str, str | int] = {
        "owner": owner,
        "file": file.file,
        "sha256": file.sha256,
        "units": "\n".join(units),
    }
    return Row(key, json.dumps(json.loads(dump_file(file).decode("utf-8", "surrogatepass"))), metadata)


def snapshot_of(
    found: Sequence[Found], passage_mean: Vectors, query_mean: Vectors
) -> tuple[Snapshot, list[str]]:
    """Return the candidates as ranking wants them, and the record key of each of their files."""
    about = [one.row.metadata for one in found]
    units = tuple(sorted({str(row["unit"]) for row in about if row["unit"]}))
    periods = tuple(sorted({str(row["period"]) for row in about if row["period"]}))
    keys = list(dict.fromkeys(str(row["record"]) for row in about))
    numbers = np.array([str(row["place"]).split() for row in about], dtype=np.int32).reshape(len(about), 7)
    for place, row in zip(numbers, about, strict=True):
        place[FILE] = keys.index(str(row["record"]))
        place[UNIT] = units.index(str(row["unit"])) if row["unit"] else -1
        place[PERIOD] = periods.index(str(row["period"])) if row["period"] else -1
    texts = [one.row.text for one in found]
    encoded = [text.encode() for text in texts]
    vectors = np.array([one.vector for one in found], dtype=np.float32).reshape(len(found), -1)
    return Snapshot(
        vectors=centred(vectors, passage_mean) if found else vectors,
        passage_mean=passage_mean,
        query_mean=query_mean,
        rows=numbers,
        counts=count_documents(texts),
        units=units,
        periods=periods,
        texts=b"".join(encoded),
        ends=np.cumsum([len(data) for data in encoded], dtype=np.int64),
    ), keys
