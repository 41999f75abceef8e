"""Does a number of the notes support a number as it is printed?

A written form stands for a band of values: 近 n for 0.9 n up to n, n 余 for
n up to the next step of its last non-zero place, and so on. A source value is
a band too, since notes say 约 and 余 themselves. The form is supported when
the source's band lies inside it; so an approximate source never supports an
exact number. The widths are a choice, not a norm (GB/T 15835-2011 gives none).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from drafter.numbers.bands import BANDS, STEPS, Band, Bands, Written, band_of, form_of, lead
from drafter.numbers.expressions import plain
from drafter.numbers.families import same_unit
from drafter.numbers.same_date import same_date
from drafter.numbers.units import to_base

_HAIR = Decimal("1e-12")
_ROUGH = re.compile(r"成|半|(?<![百千万])分之")
_RULES = {
    "near": "近 n：{low}至{high}之间（不含{high}）",
    "odd": "n 余：大于{low}、小于{high}",
    "about": "约 n：相差不超过{about}%",
    "least": "n 以上：不小于{low}、不大于{high}",
    "beyond": "超 n：大于{low}、不大于{high}",
    "short": "不足 n：{low}至{high}之间（不含{high}）",
    "most": "n 以下：{low}至{high}之间",
    "vague": "概数：{low}至{high}之间",
}


class Support(NamedTuple):
    """Why a form is supported: word for word (`exact`) or by a band that `rule` spells out."""

    exact: bool
    rule: str = ""
    vague: bool = False


def supports(  # noqa: PLR0911 - a line a way of support
    source: Written, written: Written, bands: Bands = BANDS
) -> Support | None:
    """Return how `source` supports the printed number `written`, None when it does not.

    Subjects and periods are not looked at here; kinds, units and values are.
    """
    if written.iso is not None or source.iso is not None:
        return Support(exact=True) if same_date(source.iso, written.iso) else None
    plain = _is_plain(source) and _is_plain(written)
    if plain and source.unit == written.unit and source.value != written.value:
        return None
    if not _comparable(source, written):
        return None
    if _equal(source, written):
        return Support(exact=True)
    if not plain and _one_bound(source, written):
        return Support(exact=False, rule="超 n、n 余：都大于 n")
    if not plain and _one_floor(source, written):
        return Support(exact=False, rule="n 以上、超 n：同一个下限")
    if plain or ((source.upper is None) != (written.upper is None) and form_of(written.approx) != "vague"):
        return None
    source_band, written_band = band_of(source, bands), band_of(written, bands)
    if source_band is None or written_band is None or _too_fine(written, source):
        return None
    return _inside(_based(source_band, source), _based(written_band, written), written, bands)


def _comparable(source: Written, written: Written) -> bool:
    if source.value is None or written.value is None:
        return False
    special = [kind for kind in ("percent", "ordinal") if (written.kind == kind) != (source.kind == kind)]
    return not special and same_unit(source.unit, written.unit)


def _is_plain(number: Written) -> bool:
    """Tell whether a number stands for one value: two such that differ never support each other."""
    return number.approx is None and number.upper is None


def _one_bound(source: Written, written: Written) -> bool:
    """Tell whether both say that the same number is exceeded: 20余万 and 超20万."""
    exceeding = form_of(source.approx) in {"odd", "beyond"} and form_of(written.approx) == "beyond"
    single = source.upper is None and written.upper is None
    return exceeding and single and _close(_scaled(source.value, source), _scaled(written.value, written))


def _one_floor(source: Written, written: Written) -> bool:
    """Tell whether both name the same floor, 700名以上 and 突破700名: nobody reads more than a wish in it."""
    forms = {form_of(source.approx), form_of(written.approx)}
    single = source.upper is None and written.upper is None
    same = _close(_scaled(source.value, source), _scaled(written.value, written))
    return forms == {"least", "beyond"} and single and same


def _too_fine(written: Written, source: Written) -> bool:
    """Tell whether 近 or 约 stands before a number that is finer than its source: 近3506份 of 3400份."""
    if (
        form_of(written.approx) not in {"near", "about"}
        or _is_rough(written)
        or written.value is None
        or source.value is None
    ):
        return False
    digits = written.value.normalize().as_tuple().digits
    return len(digits) > 2 and lead(written.value) <= lead(source.value)


def supports_value(
    value: Decimal,
    written: Written,
    *,
    approximate: bool = False,
    rounding: bool = True,
    bands: Bands = BANDS,
) -> Support | None:
    """Return how a computed `value` supports `written`; `value` has the base unit of written's class.

    With `rounding`, a computed number may be rounded half up to the places that
    are printed, but never up to a full 100 %. One computed from `approximate` numbers
    supports approximate forms only.
    """
    if written.value is None or written.upper is not None:
        return None
    own = _scaled(written.value, written)
    form = form_of(written.approx)
    if form is None and approximate:
        return None
    if form is None and written.kind == "percent" and _is_rough(written):
        return _rough_ratio(Band(value, value), written)
    if form in {None, "about"} and (_close(value, own) or (rounding and _rounds_to(value, own, written))):
        return Support(exact=not approximate and form is None, rule="" if _close(value, own) else "四舍五入")
    band = band_of(written, bands)
    if form is None or band is None:
        return None
    return _inside(Band(value, value), _based(band, written), written, bands)


def _close(first: Decimal, second: Decimal) -> bool:
    """Tell whether two values are equal but for the last digits of a converted unit (亩 into 平方米)."""
    return first == second or abs(first - second) <= abs(second) * _HAIR


def _equal(source: Written, written: Written) -> bool:
    if not _close(_scaled(source.value, source), _scaled(written.value, written)):
        return False
    if (source.upper is None) != (written.upper is None):
        return False
    if source.upper is not None and _scaled(source.upper, source) != _scaled(written.upper, written):
        return False
    return form_of(source.approx) == form_of(written.approx)


def _scaled(value: Decimal | None, number: Written) -> Decimal:
    if value is None:
        return Decimal("NaN")
    if number.unit is None or number.kind == "percent":
        return value
    return to_base(value, number.unit)[0]


def _based(band: Band, number: Written) -> Band:
    if number.unit is None or number.kind == "percent":
        return band
    return band._replace(low=_scaled(band.low, number), high=_scaled(band.high, number))


def _inside(source: Band, band: Band, written: Written, bands: Bands) -> Support | None:
    """Tell whether the source's band lies inside that of the written form, and spell the form out."""
    form = form_of(written.approx)
    if form is None:
        return _rough_ratio(source, written) if written.kind == "percent" and _is_rough(written) else None
    if form == "about":
        middle = (source.low + source.high) / 2
        if abs(_scaled(written.value, written) - middle) > middle * bands.about:
            return None
    elif not band.holds(source):
        return None
    rule = _RULES[form].format(low=plain(band.low), high=plain(band.high), about=plain(bands.about * 100))
    return Support(exact=False, rule=rule, vague=form == "vague")


def _is_rough(number: Written) -> bool:
    return _ROUGH.search(number.surface) is not None


def _rough_ratio(source: Band, number: Written) -> Support | None:
    """成 and fractions stand for a ratio to half a unit of their last place."""
    value = number.value
    if value is None or source.low != source.high:
        return None
    half = lead(value) / 2 if "成" in number.surface else Decimal("0.5")
    if abs(source.low - value) > half:
        return None
    return Support(exact=False, rule="成数、分数：相差不超过末位的一半")


def _rounds_to(value: Decimal, own: Decimal, written: Written) -> bool:
    if written.kind == "percent" and own >= 100 > value:
        return False
    printed = written.value if written.value is not None else own
    step = _printed_step(written.surface)
    shown = value * printed / own if own else value
    return shown.quantize(step, rounding=ROUND_HALF_UP) == printed


def _printed_step(surface: str) -> Decimal:
    """Return the place to which a number is printed, in its own unit: 100 for 2.35万, 10000 for 6679万."""
    match = re.search(r"[.．点]\s*([\d０-９〇零一二三四五六七八九]+)", surface)
    places = len(match.group(1)) if match else 0
    match = match or re.search(r"[\d０-９]{3,}(?=[万亿])", surface)
    scale = Decimal(1)
    for sign in ("亿", "万"):
        if match and sign in surface[match.end() :]:
            scale = Decimal(STEPS[sign])
            break
    return scale.scaleb(-places).normalize()
