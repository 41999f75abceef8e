"""Numbers whose unit stands elsewhere: 11家（关停7、升级4）, 培育基地（亩）：320, 投放点42→65处."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from drafter.numbers.later import Later
from drafter.numbers.units import is_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Numeral

_HEAD = Later(r"[（(](?P<unit>[^（()）\d，。；：:]{1,4})[）)][:：]?\s*")
_ROW_END = Later(r"[；;。\n]")
_ARROW = Later(r"\s*(?:→|—>|->|⇒|=>)\s*")
_OPEN, _CLOSE = "（(", "）)"


def share_units(text: str, numerals: Sequence[Numeral]) -> tuple[Numeral, ...]:
    """Return `numerals` of `text`, those without a unit in a bracket with that of the number before it."""
    numerals = _along_arrows(text, _under_heads(text, _as_money(numerals)))
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


def _under_heads(text: str, numerals: Sequence[Numeral]) -> tuple[Numeral, ...]:
    """Return numerals, those without a unit with that of a bracket before them: 面积（亩）：新建1500."""
    heads = [(m.end(), m["unit"]) for m in _HEAD.finditer(text) if is_unit(m["unit"])]
    if not heads:
        return tuple(numerals)
    found = []
    for numeral in numerals:
        unit = next((unit for end, unit in reversed(heads) if end <= numeral.start), None)
        here = max((end for end, _ in heads if end <= numeral.start), default=0)
        bare = numeral.unit is None and numeral.kind == "quantity" and numeral.value is not None
        reached = unit is not None and _ROW_END.search(text, here, numeral.start) is None
        found.append(_with_unit(numeral, unit) if bare and reached and unit else numeral)
    return tuple(found)


def _with_unit(numeral: Numeral, unit: str) -> Numeral:
    """Return a bare number with a unit that stands elsewhere, its scale multiplied out: 4.8 in 万元."""
    scale = {"万": 10_000, "亿": 100_000_000}.get(unit[0]) if len(unit) > 1 else None
    plain = unit[1:] if scale else unit
    value = numeral.value * scale if scale and numeral.value is not None else numeral.value
    return replace(numeral, unit=plain, value=value, kind="money" if plain == "元" else "quantity")


def _along_arrows(text: str, numerals: Sequence[Numeral]) -> tuple[Numeral, ...]:
    """Return numerals of which one before an arrow has the unit of the one behind it: 42→65处."""
    found = list(numerals)
    for place in range(len(found) - 1):
        here, after = found[place : place + 2]
        arrow = _ARROW.fullmatch(text[here.end : after.start]) is not None
        if arrow and here.unit is None and after.unit and here.kind == "quantity":
            found[place] = replace(here, unit=after.unit, kind=after.kind)
    return tuple(found)
