"""Numbers in brackets that have the unit of the number in front of them: 11家（关停7、升级4）."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Numeral

_OPEN, _CLOSE = "（(", "）)"


def share_units(text: str, numerals: Sequence[Numeral]) -> tuple[Numeral, ...]:
    """Return `numerals` of `text`, those without a unit in a bracket with that of the number before it."""
    if not any(sign in text for sign in _OPEN):
        return tuple(numerals)
    found: list[Numeral] = []
    whole: Numeral | None = None
    for place, numeral in enumerate(numerals):
        before = numerals[place - 1] if place else None
        between = text[before.end : numeral.start] if before else ""
        if any(sign in between for sign in _CLOSE):
            whole = None
        if before is not None and between.lstrip()[:1] in _OPEN and between.strip():
            whole = before if before.unit and before.kind in ("quantity", "money") else None
        bare = whole is not None and numeral.unit is None and numeral.kind == "quantity"
        if whole is not None and bare and numeral.value is not None:
            numeral = replace(numeral, unit=whole.unit, kind=whole.kind)  # noqa: PLW2901 - the same one with its unit
        found.append(numeral)
    return tuple(found)
