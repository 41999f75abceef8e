"""The files that stand beside a draft and carry its name: decisions, and the record of what is final."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_DRAFTS = (".md", ".markdown", ".txt", ".text", ".docx")


def stem_of(draft: Path) -> str:
    """Return the name of a draft without the ending that says what kind of file it is."""
    return draft.name[: -len(draft.suffix)] if draft.suffix.lower() in _DRAFTS else draft.name


def review_path(draft: Path) -> Path:
    """Return where the decisions on `draft` are kept: 草稿.review.json beside 草稿.md."""
    return draft.parent / f"{stem_of(draft)}.review.json"


def final_path(draft: Path) -> Path:
    """Return where the record of a final draft is kept: 草稿.final.json beside 草稿.md."""
    return draft.parent / f"{stem_of(draft)}.final.json"
