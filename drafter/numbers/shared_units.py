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
    numerals = _as_money(numerals)
    if not any(sign in text for sign in _OPEN):
        return numerals
    found: list[Numeral] = []
    whole: Numeral | None = None
    for place, numeral in enumerate(numerals):
        before = numerals[place - 1] if place else None
        between = text[before.end : numeral.start] if before else ""
        if any(sign in between for sign in _CLOSE):
            whole = None
        elif before is not None and between.lstrip()[:1] in _OPEN and between.strip():
            whole = before if before.unit and before.kind in ("quantity", "money") else None
        bare = whole is not None and numeral.unit is None and numeral.kind == "quantity"
        if whole is not None and bare and numeral.value is not None:
            numeral = replace(numeral, unit=whole.unit, kind=whole.kind)  # noqa: PLW2901 - the same one with its unit
        found.append(numeral)
    return tuple(found)


def _as_money(numerals: Sequence[Numeral]) -> tuple[Numeral, ...]:
    """Return numerals of which those in 亿 without a unit are sums of money where others in 亿元 are."""
    if not any(n.unit == "元" and "亿" in n.surface for n in numerals):
        return tuple(numerals)
    return tuple(
        replace(n, unit="元", kind="money") if n.unit is None and n.surface.endswith("亿") else n
        for n in numerals
    )
