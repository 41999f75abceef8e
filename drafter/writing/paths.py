"""Sources as a draft names them: relative to the draft's own folder."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.model import Source

if TYPE_CHECKING:
    from drafter.model import Draft


def relative_sources(draft: Draft, folder: Path, *, notes_root: Path, past_root: Path) -> Draft:
    """Return `draft` with every source relative to `folder`, its separators `/`.

    Files of notes count from `notes_root`, those of past reports from `past_root`.
    """

    def relative(label: str, source: Source) -> Source:
        root = past_root if label.startswith("P") else notes_root
        return Source(replace(source.where, file=_relative(root / source.where.file, folder)), source.title)

    return replace(draft, sources={label: relative(label, source) for label, source in draft.sources.items()})


def _relative(file: Path, folder: Path) -> str:
    try:
        return Path(os.path.relpath(file.absolute(), folder.absolute())).as_posix()
    except ValueError:  # another drive of a Windows machine
        return file.absolute().as_posix()
