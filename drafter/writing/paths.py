"""What a draft names: its sources, relative to its own folder, and its front matter."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafter.model import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drafter.model import Draft, Fact, Notes
    from drafter.writing.head import Head


def relative_sources(draft: Draft, folder: Path, *, notes_root: Path, past_root: Path) -> Draft:
    """Return `draft` with every source relative to `folder`, its separators `/`.

    Files of notes count from `notes_root`, those of past reports from `past_root`; an
    expression that needs a past passage points to that.
    """

    def relative(label: str, source: Source) -> Source:
        root = past_root if "P" in label else notes_root
        return Source(replace(source.where, file=relative_to(root / source.where.file, folder)), source.title)

    return replace(draft, sources={label: relative(label, source) for label, source in draft.sources.items()})


def front_matter(  # noqa: PLR0913 - the fields of the front matter
    head: Head,
    notes: Notes,
    path: Path,
    *,
    writer: str,
    prompt: Mapping[str, str] | None,
    library: str | None,
) -> dict[str, Any]:
    """Return the front matter of a draft at `path`, in the order in which it is written."""
    files = [{"path": relative_to(file.file, path.parent), "sha256": file.sha256} for file in notes.files]
    return {
        "title": head.title,
        "unit": head.unit,
        "year": head.year,
        "period": head.period,
        "writer": writer,
        "notes": files,
        "prompt": dict(prompt) if prompt else None,
        "library": library,
    }


def named_from(notes: Notes, folder: Path) -> list[Fact]:
    """Return the facts with their files named as the definitions of a draft in `folder` name them."""
    return [
        replace(fact, where=replace(fact.where, file=relative_to(fact.where.file, folder)))
        for fact in notes.facts
    ]


def file_safe(name: str) -> str:
    """Return `name` as a part of a file name on any system."""
    return "".join(char if char.isalnum() or char in "-_（）·" else "_" for char in name)


def relative_to(file: Path | str, folder: Path) -> str:
    """Return how a draft in `folder` names `file`: relative to it, its separators `/`."""
    file = Path(file)
    try:
        return Path(os.path.relpath(file.absolute(), folder.absolute())).as_posix()
    except ValueError:  # another drive of a Windows machine
        return file.absolute().as_posix()
