"""Approximations as bands of values: 近 n, n 余, 约 n, n 以上, 超 n, 不足 n."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from drafter.model import Kind


class Written(Protocol):
    """A number as it is written: a `Numeral` or a `Quantity`."""

    @property
    def surface(self) -> str:
        """The characters as they stand there."""

    @property
    def kind(self) -> Kind:
        """What the numeral is."""

    @property
    def value(self) -> Decimal | None:
        """The number, scale folded in; None when it was not understood."""

    @property
    def upper(self) -> Decimal | None:
        """The end of a range."""

    @property
    def iso(self) -> str | None:
        """The date."""

    @property
    def unit(self) -> str | None:
        """The measure word."""

    @property
    def approx(self) -> str | None:
        """The approximation, as written."""


class Bands(NamedTuple):
    """How wide the approximations are, as fractions of the number."""

    near: Decimal = Decimal("0.10")
    about: Decimal = Decimal("0.05")
    above: Decimal = Decimal("0.25")
    below: Decimal = Decimal("0.20")


class Band(NamedTuple):
    """Values from `low` to `high`; an open end is not included."""

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False

    def holds(self, other: Band) -> bool:
        """Tell whether every value of `other` lies in this band."""
        below = other.low < self.low or (other.low == self.low and self.low_open and not other.low_open)
        above = other.high > self.high or (other.high == self.high and self.high_open and not other.high_open)
        return not below and not above


BANDS = Bands()
_FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("most", ("以下", "以内", "不超过", "至多", "不多于", "不高于")),
    ("least", ("以上", "不少于", "不低于", "至少", "起码")),
    ("short", ("不足", "不到", "未满", "不满", "未达")),
    ("near", ("将近", "接近", "近", "几近")),
    ("about", ("约", "大约", "左右", "上下", "前后", "大概")),
    ("beyond", ("超过", "超出", "突破", "高于", "多于", "超", "逾", "过")),
    ("odd", ("余", "多", "有余", "来")),
    ("vague", ("几", "数", "上", "成", "好几", "若干")),
)
STEPS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "拾": 10, "佰": 100, "仟": 1000}
_ODD_AFTER_SCALE = re.compile(r"([十百千万亿拾佰仟])\s*(?:余|多|有余|来)([万亿]?)")


def form_of(approx: str | None) -> str | None:
    """Return the kind of approximation (`near odd about least beyond short most vague`), None if exact."""
    if not approx:
        return None
    for form, words in _FORMS:
        if any(word in approx for word in words):
            return form
    return "about"


def lead(value: Decimal, surface: str = "") -> Decimal:
    """Return the size of the last non-zero place: 2190 → 10, 10万余 → 1万, 两百余万 → 100万."""
    if value == 0:
        return Decimal(1)
    digits = value.normalize()
    exponent = digits.as_tuple().exponent
    size = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    match = _ODD_AFTER_SCALE.search(surface)
    return min(size, Decimal(STEPS[match[1]] * STEPS.get(match[2], 1))) if match else size


def band_of(number: Written, bands: Bands = BANDS) -> Band | None:
    """Return the values that `number` may stand for, None when it has no value."""
    low = number.value
    if low is None:
        return None
    high = low if number.upper is None else number.upper
    form = form_of(number.approx)
    if form == "vague" and number.upper is None:
        return Band(low, low * (2 if "上" in (number.approx or "") else 10), high_open=True)
    below = {"near": bands.near, "about": bands.about, "short": bands.below, "most": bands.above}
    above = {"about": bands.about, "least": bands.above, "beyond": bands.above}
    top = (
        high + lead(high, number.surface) if form == "odd" else high * (1 + above.get(form or "", Decimal(0)))
    )
    return Band(
        low * (1 - below.get(form or "", Decimal(0))),
        top,
        low_open=form in {"odd", "beyond"},
        high_open=form in {"near", "short", "odd"},
    )
