"""Bringing the library up to date: read what changed, embed what is new, write a new generation, switch."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from drafter.errors import LibraryError, ReadError
from drafter.library.files import find_reports, hash_bytes, hash_file
from drafter.library.generation import (
    Manifest,
    current_name,
    drop_generations,
    generation_folder,
    open_manifest,
    store_intact,
)
from drafter.library.records import load_record, save_record
from drafter.library.vectors import VectorCache, checked_vectors, engine_key, text_key
from drafter.library.writing import (
    Entry,
    check_parts,
    embed_generic,
    embedded_text,
    file_entries,
    lay_out,
    write_generation,
)
from drafter.model import ReadFile, Remark, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from drafter.library.ports import Embedder, StoreMaker
    from drafter.library.writing import Layout

BATCH = 64
"""Sections that are embedded, and made durable, at a time."""


class Progress(NamedTuple):
    """How far one stage of indexing is."""

    stage: Literal["read", "embed", "store"]
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an `index` run found and did; the names are files relative to the workspace."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    refused: tuple[ReadFile, ...] = ()
    files: int = 0
    reports: int = 0
    sections: int = 0
    embedded: int = 0
    warnings: tuple[Remark, ...] = ()
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What indexing works with: where, with which engines, and how files are read."""

    root: Path
    state: Path
    embedder: Embedder
    stores: StoreMaker
    read: Callable[[Path, Path], ReadFile]
    splitter: str


@dataclass(slots=True)
class _Survey:
    """What became of each file; filled while reading."""

    entries: dict[str, Entry] = field(default_factory=dict)
    refused: list[ReadFile] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)


def update_library(
    shop: Workshop,
    paths: Sequence[Path],
    *,
    rebuild: bool,
    progress: Callable[[Progress], None],
) -> IndexReport:
    """Take in the reports under `paths`, forget the files that are gone, and return what was done.

    The caller holds the lock. Until the last moment the old index serves; an
    interrupted run is continued by the next one from the vectors it made.

    Raises:
        UsageError: a path does not exist.
        LibraryError: the embedding engine or the store failed.
    """
    survey = _Survey()
    old, why = _old_manifest(shop)
    if why and not rebuild:
        survey.warnings.append(Remark("rebuilt", f"{why}；已重建"))
    known = {} if rebuild else _known_entries(shop, old)
    _read_files(shop, paths, known, survey, progress)
    kept = _keep_others(shop, paths, known, survey)
    entries = _merge_copies([*survey.entries.values(), *kept], survey)
    cache = VectorCache(shop.state / "vectors", shop.embedder.id)
    cache.load()
    embedded = _embed_missing(shop, entries, cache, progress)
    layout = lay_out(entries, engine_key(shop.embedder.id))
    base = None if rebuild or why else old
    if base is None or base.fingerprint != layout.fingerprint or base.files != file_entries(entries):
        progress(Progress("store", 0, len(layout.rows)))
        generic = embed_generic(shop.state, shop.embedder)
        write_generation(
            shop.state,
            layout,
            Manifest(
                shop.embedder.id, shop.splitter, shop.stores.version, 0, "", files=file_entries(entries)
            ),
            vectors=cache.rows([text_key(row.text) for row in layout.rows], generic[0].shape[1]),
            generic=generic,
            stores=shop.stores,
            base=base is not None,
        )
        progress(Progress("store", len(layout.rows), len(layout.rows)))
        cache.tidy({text_key(row.text) for row in layout.rows})
    drop_generations(shop.state)
    _drop_records(shop, entries)
    return _report(survey, old, entries, layout, embedded)


def _report(
    survey: _Survey,
    old: Manifest | None,
    entries: Sequence[Entry],
    layout: Layout,
    embedded: int,
) -> IndexReport:
    """Return what was done, told by comparing the old index with the new one."""
    before = {name: e.sha256 for e in (old.files if old else ()) for name in (e.file, *e.copies)}
    here = {name: e.file.sha256 for e in entries for name in (e.file.file, *e.copies)}
    seen = survey.entries
    refused = {file.file for file in survey.refused}
    return IndexReport(
        added=tuple(sorted(name for name in seen if name not in before)),
        changed=tuple(sorted(n for n in seen if n in before and before[n] != seen[n].file.sha256)),
        unchanged=tuple(sorted(name for name in here if before.get(name) == here[name])),
        removed=tuple(sorted(before.keys() - here.keys() - refused)),
        refused=tuple(survey.refused),
        files=len(here),
        reports=sum(len(entry.file.reports) for entry in entries),
        sections=len(layout.rows),
        embedded=embedded,
        warnings=tuple(survey.warnings),
        fingerprint=layout.fingerprint,
    )


def mismatch(shop: Workshop, manifest: Manifest) -> str | None:
    """Return why an index with this manifest cannot be used with the present engines, or None."""
    mine = shop.embedder.id
    if manifest.engine != mine:
        return f"索引是用向量模型 {manifest.engine.name} 建的，现在用的是 {mine.name}（或版本不同）"
    if manifest.splitter != shop.splitter:
        return "索引是按另一版的分节方法建的"
    if manifest.store_version != shop.stores.version:
        return f"索引是用向量库 {manifest.store_version} 建的，现在装的是 {shop.stores.version}"
    return None


def _old_manifest(shop: Workshop) -> tuple[Manifest | None, str | None]:
    """Return what serves now and, if nothing can be built upon it, why."""
    old = None
    try:
        old = open_manifest(shop.state)
        if old is None or (why := mismatch(shop, old)):
            return old, None if old is None else why
        check_parts(shop.state, old)
    except LibraryError as error:
        return old, error.message.rstrip("。")
    folder = generation_folder(shop.state, current_name(shop.state) or "")
    return old, None if store_intact(folder, old) else "向量库的文件与清单的校验值不符"


def _known_entries(shop: Workshop, old: Manifest | None) -> dict[str, Entry]:
    """Return the files of the old index whose records are whole and were read in the present way."""
    known: dict[str, Entry] = {}
    for entry in old.files if old is not None else ():
        record = load_record(shop.state / "reports", entry.key)
        if record is None or entry.key != _record_key(shop, entry.file, entry.sha256):
            continue
        known[entry.file] = Entry(record, entry.key)
        for copy in entry.copies:
            copied = replace(record, file=copy)
            known[copy] = Entry(copied, _record_key(shop, copy, entry.sha256))
    return known


def _record_key(shop: Workshop, file: str, sha256: str) -> str:
    return hash_bytes(f"{shop.splitter}\n{file}\n{sha256}".encode("utf-8", "surrogatepass"))[:32]


def _relative(path: Path, root: Path) -> str:
    """Return `path` as reports name it: relative to `root` when inside, `/` as separator."""
    full = path.absolute()
    return full.relative_to(root).as_posix() if full.is_relative_to(root) else path.as_posix()


def _read_files(
    shop: Workshop,
    paths: Iterable[Path],
    known: dict[str, Entry],
    survey: _Survey,
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


def _read_one(shop: Workshop, path: Path, known: dict[str, Entry], survey: _Survey) -> None:
    name = _relative(path, shop.root)
    try:
        entry = known.get(name)
        if entry is not None and entry.file.sha256 == hash_file(path):
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
    key = _record_key(shop, name, file.sha256)
    records = shop.state / "reports"
    if load_record(records, key) != file:
        records.mkdir(exist_ok=True, mode=0o700)
        save_record(records, key, file)
    survey.entries[name] = Entry(file, key)
    survey.warnings.extend(file.warnings)


def _keep_others(
    shop: Workshop, paths: Sequence[Path], known: dict[str, Entry], survey: _Survey
) -> list[Entry]:
    """Return the known files outside `paths` that still exist: one folder at a time can be indexed."""
    refused = {file.file for file in survey.refused}
    kept = []
    for name, entry in known.items():
        if name in survey.entries or name in refused:
            continue
        path = shop.root / name
        inside = any(path.absolute().is_relative_to(one.absolute()) for one in paths)
        if not inside and path.is_file():
            kept.append(entry)
    return kept


def _merge_copies(entries: Sequence[Entry], survey: _Survey) -> list[Entry]:
    """Return `entries` in the order of their names, files with the same bytes as one."""
    by_content: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda one: one.file.file):
        first = by_content.get(entry.file.sha256)
        if first is None:
            by_content[entry.file.sha256] = entry
            continue
        by_content[entry.file.sha256] = replace(first, copies=(*first.copies, entry.file.file))
        survey.warnings.append(
            Remark(
                "copy",
                f"{entry.file.file} 与 {first.file.file} 内容完全相同，只收一份",
                Where(entry.file.file),
            ),
        )
    return list(by_content.values())


def _embed_missing(
    shop: Workshop,
    entries: Sequence[Entry],
    cache: VectorCache,
    progress: Callable[[Progress], None],
) -> int:
    """Embed the sections whose vectors are not kept yet, each batch made durable at once; return how many."""
    texts = {
        text_key(text): text
        for entry in entries
        for report in entry.file.reports
        for section in report.sections
        if text_key(text := embedded_text(section)) not in cache
    }
    missing = sorted(texts, key=lambda key: (len(texts[key]), key))
    for start in range(0, len(missing), BATCH):
        progress(Progress("embed", start, len(missing)))
        keys = missing[start : start + BATCH]
        vectors = shop.embedder.embed_passages([texts[key] for key in keys])
        cache.put(keys, checked_vectors(vectors, len(keys), shop.embedder.id.dim))
    if missing:
        progress(Progress("embed", len(missing), len(missing)))
    return len(missing)


def _drop_records(shop: Workshop, entries: Iterable[Entry]) -> None:
    """Take away the records that the library no longer refers to."""
    wanted = {entry.key for entry in entries}
    for record in (shop.state / "reports").glob("*.json"):
        if record.stem not in wanted:
            record.unlink(missing_ok=True)
