"""Whether two names are those of one unit."""

from __future__ import annotations

import re

_MASKED = re.compile(r"[xX×＊*]{2,}|[×某]")
_OFFICE = re.compile(r"(?:办事处|人民政府|(?:居民|村民)?委员会|居委会|村委会|党工委|党委)+$")


def is_same_unit(one: str | None, other: str | None) -> bool:
    """Return whether two names can be those of one unit: equal, or one is the end of the other.

    The office stands for the place (青石街道办事处 is 青石街道); a masked name is nobody's.
    """
    if not one or not other or _MASKED.search(one + other):
        return False
    first, second = _OFFICE.sub("", one), _OFFICE.sub("", other)
    return min(len(first), len(second)) >= 3 and (first.endswith(second) or second.endswith(first))
