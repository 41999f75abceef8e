"""Which files there are, and how each was read: from its record when it is unchanged, else anew."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from drafter.errors import ReadError
from drafter.library.files import find_reports, hash_bytes, hash_file
from drafter.library.layout import entry_of
from drafter.library.records import load_record, save_record
from drafter.library.work import Progress
from drafter.model import ReadFile, Remark, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from drafter.library.generation import Manifest
    from drafter.library.work import Entry, Workshop


@dataclass(slots=True)
class Survey:
    """What became of each file; filled while reading."""

    entries: dict[str, Entry] = field(default_factory=dict)
    refused: list[ReadFile] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)


def known_entries(shop: Workshop, old: Manifest | None) -> dict[str, Entry]:
    """Return the files of the old index whose records are whole and were read in the present way."""
    known: dict[str, Entry] = {}
    for entry in old.files if old is not None else ():
        if entry.key != record_key(shop, entry.file, entry.sha256):
            continue
        record = load_record(shop.records, entry.key)
        if record is not None:
            known[entry.file] = entry_of(record, entry.key)
    return known


def record_key(shop: Workshop, file: str, sha256: str) -> str:
    """Return the name of the record of `file` with these bytes, read in the present way."""
    return hash_bytes(f"{shop.splitter}\n{file}\n{sha256}".encode("utf-8", "surrogatepass"))[:32]


def _relative(path: Path, root: Path) -> str:
    """Return `path` as reports name it: relative to `root` when inside, `/` as separator."""
    full = path.absolute()
    return full.relative_to(root).as_posix() if full.is_relative_to(root) else path.as_posix()


def read_files(
    shop: Workshop,
    paths: Iterable[Path],
    known: dict[str, Entry],
    survey: Survey,
    progress: Callable[[Progress], None],
) -> None:
    """Read every file under `paths` that is not known as it is."""
    found = find_reports(paths)
    for path, reason in found.skipped:
        survey.warnings.append(
            Remark("skipped", f"跳过 {path.name}：{reason}", Where(_relative(path, shop.root))),
        )
    for number, path in enumerate(found.files):
        progress(Progress("read", number, len(found.files)))
        _read_one(shop, path, known, survey)
    progress(Progress("read", len(found.files), len(found.files)))


def _read_one(shop: Workshop, path: Path, known: dict[str, Entry], survey: Survey) -> None:
    name = _relative(path, shop.root)
    try:
        entry = known.get(name)
        if entry is not None and entry.sha256 == hash_file(path):
            survey.entries[name] = entry
            return
        file = shop.read(path, shop.root)
    except ReadError as error:
        survey.refused.append(ReadFile(name, "", None, refused=str(error)))
        return
    except OSError as error:
        survey.refused.append(ReadFile(name, "", None, refused=f"打不开（{error.strerror or error}）"))
        return
    if file.refused is not None:
        survey.refused.append(replace(file, file=name))
        return
    file = replace(file, file=name)
    key = record_key(shop, name, file.sha256)
    if load_record(shop.records, key) != file:
        shop.records.mkdir(exist_ok=True, mode=0o700)
        save_record(shop.records, key, file)
    survey.entries[name] = entry_of(file, key)
    survey.warnings.extend(file.warnings)


def keep_others(
    shop: Workshop, paths: Sequence[Path], names: Iterable[str], known: dict[str, Entry], survey: Survey
) -> None:
    """Keep the files of the old index, `names`, that lie outside `paths` and still exist.

    So one folder at a time can be indexed. What is not known in the present
    way is read again.
    """
    refused = {file.file for file in survey.refused}
    for name in names:
        path = shop.root / name
        inside = any(path.absolute().is_relative_to(one.absolute()) for one in paths)
        if name in survey.entries or name in refused or inside or not path.is_file():
            continue
        if name in known:
            survey.entries[name] = known[name]
        else:
            _read_one(shop, path, known, survey)


def merge_copies(entries: Iterable[Entry], survey: Survey) -> list[Entry]:
    """Return `entries` in the order of their names, files with the same bytes as one."""
    by_content: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda one: one.file):
        first = by_content.get(entry.sha256)
        if first is None:
            by_content[entry.sha256] = entry
            continue
        by_content[entry.sha256] = replace(first, copies=(*first.copies, entry.file))
        survey.warnings.append(
            Remark(
                "copy",
                f"{entry.file} 与 {first.file} 内容完全相同，只收一份",
                Where(entry.file),
            ),
        )
    return list(by_content.values())
