"""Places as a definition writes them (`L12`, `P7`, `Sheet1!B2`), read back."""

from __future__ import annotations

import re

from drafter.model import Where

_PLACE = re.compile(r"(?P<kind>[LP])(?P<number>\d+)|(?:(?P<sheet>.*)!)?(?P<cell>[A-Z]+\d+)")


def place_of(path: str, place: str) -> Where:
    """Return the place that the definition of a draft names; of an unknown kind the file alone."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return Where(path)
    if found["cell"]:
        return Where(path, sheet=found["sheet"], cell=found["cell"])
    number, is_line = int(found["number"]), found["kind"] == "L"
    return Where(path, number if is_line else None, paragraph=None if is_line else number)
