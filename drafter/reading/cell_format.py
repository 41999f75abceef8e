"""A value of a workbook as its sheet shows it: 0.986 with `0.0%` → 98.6%."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_CONDITION = re.compile(r"\[[^\]]*\]")
_DIGITS = re.compile(r"[0#?][0#?,.]*")
_MOST_DIGITS = 11


def display(value: Any, number_format: str) -> str:  # noqa: ANN401 - whatever a cell may hold
    """Return `value` as its cell shows it: whole numbers without `.0`, dates in Chinese."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return _date(value, number_format)
    if isinstance(value, int | float | Decimal):
        return _number(Decimal(repr(value)) if isinstance(value, float) else Decimal(value), number_format)
    return str(value).replace("_x000D_", "")


def _number(value: Decimal, number_format: str) -> str:
    section = _section(number_format or "General", value)
    bare = _CONDITION.sub("", _LITERAL.sub("", re.sub(r"[_*].", "", section)))
    pattern = _DIGITS.search(bare)
    if pattern is None or "general" in bare.lower() or "/" in bare or "E+" in bare.upper():
        return _general(value)
    digits = pattern.group()
    shown = value * 100 if "%" in bare else value
    while digits.endswith(","):
        digits, shown = digits[:-1], shown / 1000
    whole, _, decimals = digits.partition(".")
    rounded = shown.quantize(Decimal(1).scaleb(-len(decimals)), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,f}" if "," in whole else f"{abs(rounded):f}"
    text = _trimmed(text, decimals).rjust(whole.count("0"), "0")
    sign = "-" if rounded < 0 and ";" not in number_format else ""
    before, after = _affixes(section)
    return f"{sign}{before}{text}{after}"


def _section(number_format: str, value: Decimal) -> str:
    """Return the part of a format that holds for `value`: positive; negative; zero."""
    parts = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', number_format)
    if value < 0 and len(parts) > 1:
        return parts[1]
    if value == 0 and len(parts) > 2:
        return parts[2] or "0"
    return parts[0]


def _affixes(section: str) -> tuple[str, str]:
    """Return the words before and after the digits of a format: `"约"0"人"` → 约, 人."""
    plain = re.sub(r"[_*].", "", section)
    kept = _CONDITION.sub(
        lambda match: re.sub(r"[\[\]$]|-[0-9A-Fa-f]+", "", match.group()) if "$" in match.group() else "",
        plain,
    )
    words = _LITERAL.sub(lambda match: match.group(1) or match.group(2) or "", kept)
    quoted = _LITERAL.sub(lambda match: "\0" * len(match.group(1) or match.group(2) or ""), kept)
    pattern = _DIGITS.search(quoted)
    if pattern is None:
        return "", ""
    return words[: pattern.start()].strip(), words[pattern.end() :].strip()


def _trimmed(text: str, decimals: str) -> str:
    """Drop the zeros that the format leaves to the value: `#` rather than `0`."""
    least = len(decimals.rstrip("#"))
    whole, point, places = text.partition(".")
    while len(places) > least and places.endswith("0"):
        places = places[:-1]
    return whole + (point + places if places else "")


def _general(value: Decimal) -> str:
    if value == value.to_integral_value():
        return f"{value.to_integral_value():f}"
    digits = max(0, _MOST_DIGITS - 1 - len(f"{abs(int(value))}"))
    return _trimmed(f"{value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP):f}", "#" * digits)


def _date(value: dt.datetime | dt.date | dt.time, number_format: str) -> str:
    lower = _LITERAL.sub(r"\1", number_format or "").lower()
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    text = f"{value.year}年{value.month}月{value.day}日"
    if "y" in lower and "d" not in lower:
        text = f"{value.year}年{value.month}月"
    elif "y" not in lower and "m" in lower and "d" in lower:
        text = f"{value.month}月{value.day}日"
    if isinstance(value, dt.datetime) and (value.hour or value.minute) and "h" in lower:
        text += value.strftime(" %H:%M")
    return text
