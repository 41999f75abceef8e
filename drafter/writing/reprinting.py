"""A printed number whose fact has changed: put anew in the manner in which it was printed.

近千份 stays while the new number is near a thousand, and becomes 近2000份 or
1860份 when it is not; 1.2万元 keeps its 万. What a person typed over a number is
not touched.
"""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from drafter.model import FACT_KINDS
from drafter.numbers import read_numerals
from drafter.numbers.bands import form_of, lead
from drafter.numbers.chinese import read_chinese, write_chinese
from drafter.numbers.compare import supports, supports_value
from drafter.numbers.expressions import ExpressionError, compute, operands, plain
from drafter.writing.derived import derive
from drafter.writing.references import plain_surface

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from drafter.model import Numeral, Quantity
    from drafter.writing.requantities import Renewed

_CORE = re.compile(
    r"(?P<figures>\d[\d,]*(?:\.\d+)?)(?P<scale>[万亿]?)|(?P<han>[零一二两三四五六七八九十百千万亿]+)"
)
_SCALES = {"": Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8)}
_ROUNDING = {"near": ROUND_CEILING, "short": ROUND_CEILING, "most": ROUND_CEILING, "about": ROUND_HALF_UP}
_APPROXIMATE = re.compile(r"将近|接近|大约|大概|左右|以上|以下|以内|有余|[近约余多超逾达]")
_TWO = re.compile(r"(?<![十百千])二(?=[千万亿])")


def reprint(printed: str, old: Quantity | None, new: Quantity) -> str | None:
    """Return what to print where `printed` stood for `old`, now `new`; None where a person typed it."""
    if old is not None and printed == plain_surface(old):
        return plain_surface(new)
    return printed if old is not None and _same_value(old, new) else _renewed(printed, old, new)


def _renewed(printed: str, old: Quantity | None, new: Quantity) -> str | None:
    numeral = _numeral(printed)
    if numeral is None:
        return plain_surface(new)
    if supports(new, numeral):
        return printed
    if old is not None and not supports(old, numeral):
        return None
    left_out = plain_surface(old).removesuffix(printed) if old is not None else ""
    if old is not None and left_out != plain_surface(old) and plain_surface(new).startswith(left_out):
        return plain_surface(new).removeprefix(left_out)
    return next(
        (one for one in _in_manner(printed, numeral, new) if _holds(one, new)),
        plain_surface(new),
    )


def _same_value(old: Quantity, new: Quantity) -> bool:
    return (old.kind, old.value, old.upper, old.iso, old.unit, old.approx) == (
        new.kind,
        new.value,
        new.upper,
        new.iso,
        new.unit,
        new.approx,
    )


def _numeral(text: str) -> Numeral | None:
    found = [one for one in read_numerals(text) if one.kind in FACT_KINDS]
    return found[0] if len(found) == 1 else None


def _holds(printed: str, new: Quantity) -> bool:
    numeral = _numeral(printed)
    return numeral is not None and supports(new, numeral) is not None


def _in_manner(printed: str, numeral: Numeral, new: Quantity) -> Iterator[str]:
    """Yield forms of the new number after the manner of the printed one, the likest first."""
    core = _CORE.search(printed)
    if core is None or new.value is None or new.approx is not None or new.upper is not None:
        return
    scale = _SCALES[core["scale"] or ""]
    old = read_chinese(core["han"]) if core["han"] else Decimal(core["figures"].replace(",", ""))
    form = form_of(numeral.approx)
    if form is None or old is None or not old:
        yield printed[: core.start()] + _written(new.value / scale, core) + printed[core.end() :]
        return
    value = new.value / scale
    first = min(lead(old).adjusted(), value.adjusted())
    for exponent in range(first, first - 3, -1):
        step = Decimal(1).scaleb(exponent)
        rounded = (value / step).to_integral_value(_ROUNDING.get(form, ROUND_FLOOR)) * step
        yield printed[: core.start()] + _written(rounded, core) + printed[core.end() :]
    yield _APPROXIMATE.sub("", printed[: core.start()] + _written(value, core) + printed[core.end() :])


def _written(value: Decimal, core: re.Match[str]) -> str:
    if core["han"] and value == value.to_integral_value() and 0 <= value < 10**12:
        return _TWO.sub("两", write_chinese(int(value)))
    return f"{plain(value)}{core['scale'] or ''}"


# --- numbers that are worked out ----------------------------------------------------------------


def reprint_derived(
    printed: str, old_label: str, label: str, renewed: Renewed, quantities: Mapping[str, Quantity]
) -> str | None:
    """Return what to print for an expression whose operands may have changed; None where it has no value."""
    before = {name: renewed.before(name) for name in operands(old_label)}
    known = {name: quantity for name, quantity in before.items() if quantity is not None}
    known |= {name: quantities[name] for name in before if name[0] == "P" and name in quantities}
    if all(name in known for name in before):
        pairs = zip(operands(old_label), operands(label), strict=True)
        if all(_same_value(known[old], quantities[new]) for old, new in pairs):
            return printed
    try:
        value = derive(label, quantities)
        if len(known) == len(before) and printed == derive(old_label, known):
            return value
    except ExpressionError:
        return None
    numeral = _numeral(printed)
    return printed if numeral is not None and _supports(label, numeral, quantities) else value


def _supports(label: str, numeral: Numeral, quantities: Mapping[str, Quantity]) -> bool:
    result = compute(label, quantities)
    if (numeral.kind == "percent") != (result.kind != "amount"):
        return False
    value = result.value * 100 if result.kind == "ratio" else result.value
    return supports_value(value, numeral) is not None
