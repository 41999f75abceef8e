"""Bringing the library up to date: read what changed, embed what is new, write a new generation, switch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.errors import LibraryError
from drafter.library.generation import (
    Manifest,
    check_parts,
    current_name,
    drop_generations,
    generation_folder,
    new_generation,
    open_manifest,
    store_intact,
)
from drafter.library.layout import file_entries, lay_out, read_rows
from drafter.library.snapshot import write_texts
from drafter.library.survey import Survey, keep_others, known_entries, merge_copies, read_files
from drafter.library.vectors import VectorCache, checked_vectors, engine_key
from drafter.library.work import IndexReport, Progress, Workshop
from drafter.library.writing import embed_generic, write_generation
from drafter.model import Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from drafter.library.layout import Layout
    from drafter.library.ports import Embedder
    from drafter.library.snapshot import Texts
    from drafter.library.work import Entry, Line

__all__ = ["IndexReport", "Progress", "Workshop", "mismatch", "update_library"]

BATCH = 128
"""Sections that are embedded, and made durable, at a time."""


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
    survey = Survey()
    old, why = _old_manifest(shop)
    if why and not rebuild:
        survey.warnings.append(Remark("rebuilt", f"{why}；已重建"))
    known = {} if rebuild else known_entries(shop, old)
    read_files(shop, paths, known, survey, progress)
    if old is not None and not rebuild:
        names = [name for entry in old.files for name in (entry.file, *entry.copies)]
        keep_others(shop, paths, names, known, survey)
    entries = merge_copies(survey.entries.values(), survey)
    layout = lay_out(entries, engine_key(shop.embedder.id))
    base = None if rebuild or why else old
    embedded = 0
    if base is None or base.fingerprint != layout.fingerprint or base.files != file_entries(entries):
        embedded = _renew(shop, layout, entries, base=base is not None, progress=progress)
    drop_generations(shop.state)
    _drop_records(shop, entries)
    before = {name: e.sha256 for e in (old.files if old else ()) for name in (e.file, *e.copies)}
    return make_report(survey, before, entries, layout, embedded)


def _renew(
    shop: Workshop,
    layout: Layout,
    entries: Sequence[Entry],
    *,
    base: bool,
    progress: Callable[[Progress], None],
) -> int:
    """Embed what is missing, write a new generation and let it serve; return how many texts were embedded."""
    cache = VectorCache(shop.state / "vectors", shop.embedder.id)
    cache.load()
    name, folder = new_generation(shop.state)
    texts, parts = write_texts(folder, (row.text for _, row in read_rows(shop.records, entries)))
    embedded = embed_missing(shop.embedder, layout.lines, texts, cache, progress)
    progress(Progress("store", 0, len(layout.lines)))
    write_generation(
        shop.state,
        layout,
        Manifest(
            shop.embedder.id, shop.splitter, shop.stores.version, files=file_entries(entries), parts=parts
        ),
        name=name,
        entries=entries,
        cache=cache,
        generic=embed_generic(shop.state, shop.embedder),
        stores=shop.stores,
        base=base,
    )
    progress(Progress("store", len(layout.lines), len(layout.lines)))
    cache.tidy({line.key for line in layout.lines})
    return embedded


def make_report(
    survey: Survey,
    before: Mapping[str, str],
    entries: Sequence[Entry],
    layout: Layout,
    embedded: int,
) -> IndexReport:
    """Return what was done; `before` holds the files of the old index with their hashes."""
    here = {name: e.sha256 for e in entries for name in (e.file, *e.copies)}
    seen = survey.entries
    refused = {file.file for file in survey.refused}
    return IndexReport(
        added=tuple(sorted(name for name in seen if name not in before)),
        changed=tuple(sorted(n for n in seen if n in before and before[n] != seen[n].sha256)),
        unchanged=tuple(sorted(name for name in here if before.get(name) == here[name])),
        removed=tuple(sorted(before.keys() - here.keys() - refused)),
        refused=tuple(survey.refused),
        files=len(here),
        reports=sum(entry.reports for entry in entries),
        sections=len(layout.lines),
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


def embed_missing(
    embedder: Embedder,
    lines: Sequence[Line],
    texts: Texts,
    cache: VectorCache,
    progress: Callable[[Progress], None],
) -> int:
    """Embed those of `texts`, which are of `lines`, whose vectors are not kept yet; return how many.

    Each batch is made durable at once.
    """
    rows = {line.key: row for row, line in enumerate(lines) if line.key not in cache}
    missing = sorted(rows, key=lambda key: (lines[rows[key]].size, key))
    for start in range(0, len(missing), BATCH):
        progress(Progress("embed", start, len(missing)))
        keys = missing[start : start + BATCH]
        vectors = embedder.embed_passages(texts.some(rows[key] for key in keys))
        cache.put(keys, checked_vectors(vectors, len(keys), embedder.id.dim))
    if missing:
        progress(Progress("embed", len(missing), len(missing)))
    return len(missing)


def _drop_records(shop: Workshop, entries: Iterable[Entry]) -> None:
    """Take away the records that the library no longer refers to."""
    wanted = {entry.key for entry in entries}
    for record in shop.records.glob("*.json"):
        if record.stem not in wanted:
            record.unlink(missing_ok=True)
