"""Whose report a draft is, for comparing it with past reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.reading.about import unit_in
from drafter.reading.same_unit import is_same_unit

if TYPE_CHECKING:
    from drafter.checking.book import PastText
    from drafter.checking.rules.rule import Scene


def unit_of(scene: Scene) -> str | None:
    """Return the unit of the draft: the one known, else the one that its title names."""
    title = scene.plain[: scene.own.title_end].strip()
    return scene.own.unit or (unit_in(title) if title else None)


def is_of(passage: PastText, unit: str | None) -> bool | None:
    """Return whether a passage is from a report of `unit`, None when nobody says."""
    if not unit or not passage.unit:
        return None
    return is_same_unit(unit, passage.unit)
