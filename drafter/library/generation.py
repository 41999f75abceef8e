"""One finished state of the index: a folder that is written once, then only read.

generations/NAME/
  manifest.json   what it was made of and by, with the hash of every other file
  vectors.npy     centred vectors of all sections, float32 (count, dim)
  means.npy       the means that were taken away: of passages, of queries
  rows.npy        int32 (count, 7): file, report, section, unit, year, period, length
  ids.json        the ids under which the store keeps the sections
  counts.npy      in how many sections each character pair occurs
  texts.bin, ends.npy   the texts of the sections and where each ends
  store/          the vector store
current           NAME and the hash of its manifest; replacing it is the switch
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from drafter.errors import LibraryError
from drafter.library.files import hash_bytes, hash_file, hash_folder
from drafter.library.ports import EngineId
from drafter.storage import make_private, write_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORMAT = 2
CURRENT = "current"
STORE = "store"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of the library; `key` names its record, `copies` are other files with the same bytes."""

    file: str
    sha256: str
    key: str
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made of; any difference to what would be made now shows before it is opened."""

    engine: EngineId
    splitter: str
    store_version: str
    count: int = 0
    fingerprint: str = ""
    units: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    files: tuple[FileEntry, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    store: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT


def dump_manifest(manifest: Manifest) -> bytes:
    """Return `manifest` as JSON."""
    return json.dumps(asdict(manifest), sort_keys=True, indent=1).encode("ascii")


def parse_manifest(data: bytes) -> Manifest:
    """Return what `dump_manifest` wrote.

    Raises:
        ValueError, KeyError, TypeError: it was not written by this version.
    """
    read: dict[str, Any] = json.loads(data)
    return Manifest(
        **{
            **read,
            "engine": EngineId(**read["engine"]),
            "units": tuple(read["units"]),
            "periods": tuple(read["periods"]),
            "files": tuple(
                FileEntry(**{**entry, "copies": tuple(entry["copies"])}) for entry in read["files"]
            ),
        },
    )


def current_name(state: Path) -> str | None:
    """Return the name of the generation that serves, or None when nothing is indexed."""
    try:
        return (state / CURRENT).read_text(encoding="utf-8").split()[0]
    except (FileNotFoundError, IndexError, UnicodeDecodeError):
        return None


def generation_folder(state: Path, name: str) -> Path:
    """Return the folder of generation `name`."""
    return state / "generations" / name


def open_manifest(state: Path) -> Manifest | None:
    """Return the manifest of the generation that serves, or None when nothing was ever indexed.

    Raises:
        LibraryError: it is damaged, or of another version of drafter.
    """
    try:
        words = (state / CURRENT).read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise damaged(f"读不了 {state / CURRENT}") from error
    try:
        name, digest = words
        data = (generation_folder(state, name) / "manifest.json").read_bytes()
        if hash_bytes(data) != digest:
            raise damaged("清单与记录的校验值不符")
        manifest = parse_manifest(data)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged("清单缺失或读不懂") from error
    if manifest.format != FORMAT:
        raise damaged(f"格式是第 {manifest.format} 版，本程序用第 {FORMAT} 版")
    return manifest


def damaged(what: str) -> LibraryError:
    """Return the error for an index that cannot be trusted: it is rebuilt, never repaired."""
    return LibraryError(
        f"索引不能使用：{what}。",
        hint="运行 drafter index 重建（原文不受影响，算过的向量直接取用）；不行再加 --rebuild。",
    )


def check_parts(state: Path, manifest: Manifest) -> None:
    """Make sure that every part of the serving generation is what was written.

    Raises:
        LibraryError: one is missing or was changed.
    """
    name = current_name(state)
    if name is None:
        raise damaged("没有现用的一代")
    for part, digest in manifest.parts.items():
        try:
            intact = hash_file(generation_folder(state, name) / part) == digest
        except OSError as error:
            raise damaged(f"缺少 {part}") from error
        if not intact:
            raise damaged(f"{part} 与清单的校验值不符")


def read_parts(folder: Path, manifest: Manifest, names: tuple[str, ...]) -> dict[str, bytes]:
    """Return the bytes of the parts `names`, each checked against its hash.

    Raises:
        LibraryError: a part is missing or was changed.
    """
    parts = {}
    for name in names:
        try:
            data = (folder / name).read_bytes()
        except OSError as error:
            raise damaged(f"缺少 {name}") from error
        if hash_bytes(data) != manifest.parts.get(name):
            raise damaged(f"{name} 与清单的校验值不符")
        parts[name] = data
    return parts


def store_intact(folder: Path, manifest: Manifest) -> bool:
    """Return whether every file of the store in `folder` is byte by byte what was written."""
    try:
        return bool(manifest.store) and hash_folder(folder / STORE) == dict(manifest.store)
    except OSError:
        return False


def new_generation(state: Path) -> tuple[str, Path]:
    """Return the name and the empty folder of a new generation; remains of broken runs are taken away."""
    serving = current_name(state)
    folder = make_private(state / "generations")
    names = [serving or "", *(old.name for old in folder.iterdir())]
    name = f"{max([0, *(int(old) for old in names if old.isdigit())]) + 1:06d}"
    return name, make_private(folder / name)


def switch(state: Path, name: str, manifest: Manifest) -> None:
    """Let generation `name` serve from now on: readers see the old one or the new one."""
    data = dump_manifest(manifest)
    write_file(generation_folder(state, name) / "manifest.json", data)
    write_file(state / CURRENT, f"{name} {hash_bytes(data)}\n".encode())


def drop_generations(state: Path) -> None:
    """Take away all generations but the one that serves, so that an old `current` points nowhere."""
    serving = current_name(state)
    folder = state / "generations"
    if serving is None or not folder.is_dir():
        return
    for old in folder.iterdir():
        if old.name != serving:
            shutil.rmtree(old, ignore_errors=True)
