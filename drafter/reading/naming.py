"""What the names of a file and of its folders say: the unit, the year and the period of a report.

They serve where the report itself does not say it, or hides the name of its
unit (×××镇): people file reports under 柳溪镇/2023上半年.docx.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from drafter.numbers.later import Later
from drafter.reading.about import Dated, Named, find_period, is_masked, kind_of, unit_in, year_named

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDERS = 3
_COUNTED = Later(r"^[\d\s._、\-—（）()]+(?=[\u3400-\u9fff])")


def unit_by_name(name: str, unit: str | None) -> Named | None:
    """Return the unit that the file or the nearest folder is named after, or None.

    `unit` is what the text says: None, or a masked name, which only a name of
    the same kind stands for (×××镇 is 柳溪镇, never 北塘社区).
    """
    kind = kind_of(unit)
    for words, what in _names(name):
        found = unit_in(_COUNTED.sub("", words))
        if found and not is_masked(found) and kind in (None, kind_of(found)):
            hidden = f"（文中写作“{unit}”）" if unit else ""
            return Named(found, f"{what}“{words}”{hidden}")
    return None


def year_by_name(name: str) -> Dated:
    """Return the year in the name of the file, or of the nearest folder named after a year."""
    for words, what in _names(name):
        year, source = year_named(words)
        if year is not None:
            return Dated(year, f"{what}{source}")
    return Dated(None, None)


def period_by_name(name: str) -> str | None:
    """Return the period in the name of the file, or None."""
    return find_period(PurePosixPath(name).stem, "", "")


def _names(name: str) -> Iterator[tuple[str, str]]:
    """Yield the name of the file and of its folders, the nearest first, each with what it is."""
    path = PurePosixPath(name)
    yield path.stem, "文件名"
    for folder in list(path.parents)[:_FOLDERS]:
        if folder.name:
            yield folder.name, "文件夹名"
