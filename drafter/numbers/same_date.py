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


def months_of(iso: str | None) -> frozenset[str]:
    """Return the months that a half year, a quarter, a month or a run of them covers, else none."""
    if iso is None:
        return frozenset()
    ends = [end.rpartition("-")[2] for end in _spread(iso).split("/")]
    if len(iso.split("/")[0].split("-")) > len(("year", "month")) or not all(_is_month(end) for end in ends):
        return frozenset()
    return frozenset(f"{month:02}" for month in range(int(ends[0]), int(ends[-1]) + 1))


def _is_month(part: str) -> bool:
    return len(part) == len("01") and part.isdigit()


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
