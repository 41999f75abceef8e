"""Do two dates agree, as far as both of them are known?"""

from __future__ import annotations

_PARTS = {
    "H1": ("01", "06"),
    "H2": ("07", "12"),
    "Q1": ("01", "03"),
    "Q2": ("04", "06"),
    "Q3": ("07", "09"),
    "Q4": ("10", "12"),
}


def same_date(first: str | None, second: str | None) -> bool:
    """Tell whether two ISO dates agree in every part that both know (unknown parts are X).

    A half year or quarter is its months: 上半年 and 1—6月 are one.
    """
    if first is None or second is None:
        return False
    if first == second:
        return True
    ends, others = _spread(first).split("/"), _spread(second).split("/")
    return len(ends) == len(others) and all(map(_agree, ends, others))


def _agree(first: str, second: str) -> bool:
    parts, others = first.split("-"), second.split("-")
    if len(parts) != len(others):
        return False
    pairs = list(zip(parts, others, strict=True))
    open_parts = all(a == b or not a.strip("X") or not b.strip("X") for a, b in pairs)
    return open_parts and any(a == b and a.strip("X") for a, b in pairs)


def _spread(iso: str) -> str:
    """Return a half year, a quarter or a run of them as months: Q1/Q3 → XXXX-01/XXXX-09."""
    ends = [end.rpartition("-") for end in iso.split("/")]
    months = [_PARTS.get(part) for _, _, part in ends]
    first, last = months[0], months[-1]
    if first is None or last is None:
        return iso
    year = ends[0][0] or "XXXX"
    return f"{year}-{first[0]}/{year}-{last[1]}"
