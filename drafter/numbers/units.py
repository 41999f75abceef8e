"""Measure words: which may stand for each other, and which convert into each other."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

_FACTORS: dict[str, tuple[str, Decimal]] = {
    "角": ("元", Decimal("0.1")),
    "公里": ("米", Decimal(1000)),
    "千米": ("米", Decimal(1000)),
    "km": ("米", Decimal(1000)),
    "里": ("米", Decimal(500)),
    "华里": ("米", Decimal(500)),
    "厘米": ("米", Decimal("0.01")),
    "cm": ("米", Decimal("0.01")),
    "毫米": ("米", Decimal("0.001")),
    "mm": ("米", Decimal("0.001")),
    "公顷": ("平方米", Decimal(10000)),
    "平方公里": ("平方米", Decimal(1000000)),
    "平方千米": ("平方米", Decimal(1000000)),
    "km2": ("平方米", Decimal(1000000)),
    "km²": ("平方米", Decimal(1000000)),
    "亩": ("平方米", Decimal(10000) / Decimal(15)),
    "吨": ("公斤", Decimal(1000)),
    "t": ("公斤", Decimal(1000)),
    "斤": ("公斤", Decimal("0.5")),
    "市斤": ("公斤", Decimal("0.5")),
    "克": ("公斤", Decimal("0.001")),
    "毫升": ("升", Decimal("0.001")),
    "ml": ("升", Decimal("0.001")),
    "千瓦": ("瓦", Decimal(1000)),
    "kW": ("瓦", Decimal(1000)),
    "兆瓦": ("瓦", Decimal(1000000)),
    "MW": ("瓦", Decimal(1000000)),
    "分钟": ("小时", Decimal(1) / Decimal(60)),
}
"""Unit → what it is converted into and by what factor."""

_SAME: dict[str, str] = {
    "块钱": "元",
    "圆": "元",
    "元整": "元",
    "元钱": "元",
    "m": "米",
    "M": "米",
    "延米": "米",
    "延长米": "米",
    "KM": "公里",
    "Km": "公里",
    "平": "平方米",
    "平米": "平方米",
    "平方": "平方米",
    "㎡": "平方米",
    "m2": "平方米",
    "m²": "平方米",
    "立方": "立方米",
    "方": "立方米",
    "m3": "立方米",
    "m³": "立方米",
    "千克": "公斤",
    "kg": "公斤",
    "L": "升",
    "个小时": "小时",
    "个钟头": "小时",
    "个星期": "周",
    "星期": "周",
    "个礼拜": "周",
    "个百分点": "百分点",
    "个学时": "学时",
    "个课时": "课时",
    "个工作日": "工作日",
}
"""Other spellings of a unit."""


@cache
def load_units() -> dict[str, str]:
    """Return unit → class for every measure word of `data/units.txt`."""
    classes: dict[str, str] = {}
    text = Path(__file__).with_name("data").joinpath("units.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, _, words = line.partition(":")
        for word in words.split():
            classes.setdefault(word, word if name == "*" else name)
    return classes


def plain_unit(unit: str) -> str:
    """Return the ordinary spelling of `unit`: 块钱 → 元, 个小时 → 小时."""
    return _SAME.get(unit, unit)


def unit_class(unit: str | None) -> str | None:
    """Return the name of the class whose units may stand for `unit`, None for no unit.

    人, 名 and 位 are one class; 人 and 人次, 户 and 户次, % and 百分点 are not. An
    unknown measure word is a class of its own. Metres and kilometres are one
    class: `to_base` makes their numbers comparable.
    """
    if unit is None:
        return None
    plain = plain_unit(unit)
    return load_units().get(plain, plain)


def to_base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Return `value` and `unit` converted to the base unit: 2公里 → 2000, 米; others as they are."""
    plain = plain_unit(unit)
    if plain in _FACTORS:
        base, factor = _FACTORS[plain]
        return value * factor, base
    return value, plain


def is_unit(word: str) -> bool:
    """Tell whether `word` is a measure word, be it one in ten thousands: 亩, 人次, 万元."""
    return word in load_units() or (word[:1] in {"万", "亿"} and word[1:] in load_units())
