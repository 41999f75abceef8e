"""How each file was read, kept as JSON beside its hash: what the index is rebuilt from."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from drafter.library.files import hash_bytes
from drafter.model import Dropped, ReadFile, Remark, Report, Section, Span, Where
from drafter.storage import write_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def dump_file(file: ReadFile) -> bytes:
    """Return `file` as JSON, the same bytes for the same value."""
    return json.dumps(asdict(file), ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")


def parse_file(data: bytes) -> ReadFile:
    """Return the value that `dump_file` wrote.

    Raises:
        ValueError, KeyError, TypeError: `data` was not written by this version.
    """
    return _read_file(json.loads(data.decode("utf-8", "surrogatepass")))


def save_record(folder: Path, key: str, file: ReadFile) -> None:
    """Write `file` under `key`, after the hash of what is written."""
    data = dump_file(file)
    write_file(folder / f"{key}.json", hash_bytes(data).encode() + b"\n" + data)


def load_record(folder: Path, key: str) -> ReadFile | None:
    """Return what was saved under `key`, or None when it is missing or not what was written."""
    try:
        digest, _, data = (folder / f"{key}.json").read_bytes().partition(b"\n")
        return parse_file(data) if digest.decode() == hash_bytes(data) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _where(data: Mapping[str, Any] | None) -> Where | None:
    if data is None:
        return None
    span = data["span"]
    return Where(**{**data, "span": Span(*span) if span is not None else None})


def _section(data: Mapping[str, Any]) -> Section:
    return Section(
        **{
            **data,
            "path": tuple(data["path"]),
            "spans": tuple(Span(*span) for span in data["spans"]),
            "topics": tuple(data["topics"]),
            "quality": tuple(data["quality"]),
            "where": _where(data["where"]),
        },
    )


def _report(data: Mapping[str, Any]) -> Report:
    return Report(**{**data, "sections": tuple(_section(item) for item in data["sections"])})


def _dropped(data: Mapping[str, Any]) -> Dropped:
    return Dropped(**{**data, "span": Span(*data["span"])})


def _remark(data: Mapping[str, Any]) -> Remark:
    return Remark(**{**data, "where": _where(data["where"])})


def _read_file(data: Mapping[str, Any]) -> ReadFile:
    return ReadFile(
        **{
            **data,
            "reports": tuple(_report(item) for item in data["reports"]),
            "dropped": tuple(_dropped(item) for item in data["dropped"]),
            "warnings": tuple(_remark(item) for item in data["warnings"]),
        },
    )
