"""What a Word file carries of the draft behind it: its front matter as properties, its marks as bookmarks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from drafter.draftfile.parse import Definition

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STATE = "drafter"
"""The property that says what the file is: `draft`, not yet signed off, or `final`."""
DRAFT, FINAL = "draft", "final"
AUTHOR = "drafter"
"""Who signs the comments that an export writes itself: the sources of the numbers."""
_PLAIN = ("title", "unit", "year", "period", "writer", "library", "draft", "draft_sha256", "appendix")
_PAST = re.compile(r"past\.(P\d+(?:\.\d+)?)")
_NESTED = re.compile(r"(notes)\.(\d{1,4})\.(path|sha256)|(prompt)\.(name|sha256)")
_BOOKMARK = re.compile(r"_drafter_\d+_([FPa-z0-9_]+)")
_MARK = re.compile(r"mark\.\d+")
_UNSAFE = re.compile(r"[%\x00-\x1f\ud800-\udfff\ufffe\uffff]")
"""What a path may hold and an XML text may not, and the sign that escapes it."""
_PATHS = frozenset({"draft", "path"})
_LONGEST = 40
"""Word cuts the name of a bookmark after so many characters, and the value of a property after these."""
_LONGEST_VALUE = 255
_SIGNS = str.maketrans(".+-*/()", "_pmtdoc")
_BACK = str.maketrans("_pmtdoc", ".+-*/()")


def to_properties(meta: Mapping[str, Any], state: str) -> dict[str, str]:
    """Return front matter as named texts, `state` (`draft` or `final`) among them.

    The keys of tables are joined by dots: `notes.1.path`, `prompt.sha256`.
    """
    found = {STATE: state}
    found.update({key: _written(key, meta[key]) for key in _PLAIN if meta.get(key) is not None})
    notes = meta.get("notes")
    for number, row in enumerate(notes if isinstance(notes, list) else (), start=1):
        if isinstance(row, dict):
            keys = (key for key in ("path", "sha256") if key in row)
            found.update({f"notes.{number}.{key}": _written(key, row[key]) for key in keys})
    prompt = meta.get("prompt")
    if isinstance(prompt, dict):
        found.update({f"prompt.{key}": str(prompt[key]) for key in ("name", "sha256") if key in prompt})
    return found


def from_properties(properties: Mapping[str, str]) -> dict[str, Any]:
    """Return the front matter that properties hold; those of others are left out."""
    meta: dict[str, Any] = {}
    notes: dict[int, dict[str, str]] = {}
    for key, value in properties.items():
        nested = _NESTED.fullmatch(key)
        if nested and nested[1]:
            notes.setdefault(int(nested[2]), {})[nested[3]] = _read(nested[3], value)
        elif nested:
            meta.setdefault("prompt", {})[nested[5]] = value
        elif key == "year":
            meta[key] = int(value) if value.isdecimal() else value
        elif key in _PLAIN:
            meta[key] = _read(key, value)
    if notes:
        meta["notes"] = [notes[number] for number in sorted(notes)]
    return meta


def _written(key: str, value: object) -> str:
    if key not in _PATHS:
        return str(value)
    return _UNSAFE.sub(lambda found: quote(found.group(), errors="surrogateescape"), str(value))


def _read(key: str, value: str) -> str:
    return unquote(value, errors="surrogateescape").replace("\0", "") if key in _PATHS else value


def past_properties(definitions: Iterable[Definition]) -> dict[str, str]:
    """Return where past passages stand as named texts: `past.P1` holds target and title of its definition."""
    from drafter.draftfile.render import quote_path  # noqa: PLC0415 - only writing needs it

    return {
        f"past.{one.label}": f"{quote_path(one.path)}#{quote_path(one.place)} {one.title}"[:_LONGEST_VALUE]
        for one in definitions
        if _PAST.fullmatch(f"past.{one.label}")
    }


def past_definitions(properties: Mapping[str, str]) -> dict[str, Definition]:
    """Return the definitions of past passages that properties hold, by label."""
    found = {}
    for key, value in properties.items():
        label = _PAST.fullmatch(key)
        if label:
            target, _, title = value.partition(" ")
            path, _, place = target.partition("#")
            found[label[1]] = Definition(label[1], unquote(path), unquote(place), title)
    return found


def is_own(name: str) -> bool:
    """Tell whether a property is one of those that drafter writes."""
    return name == STATE or name in _PLAIN or any(kind.fullmatch(name) for kind in (_NESTED, _PAST, _MARK))


def bookmark_of(label: str, number: int) -> str:
    """Return the name of the bookmark that carries the label of mark `number`.

    A label that is too long for a name stands in a property, see `long_labels`.
    """
    name = f"_drafter_{number}_{label.translate(_SIGNS)}"
    return name if len(name) <= _LONGEST else f"_drafter_{number}_x{number}"


def long_labels(labels: Iterable[str]) -> dict[str, str]:
    """Return the labels, counted from 1, that no bookmark can hold: `mark.12` is that of mark 12."""
    numbered = enumerate(labels, start=1)
    return {f"mark.{n}": label for n, label in numbered if bookmark_of(label, n).endswith(f"_x{n}")}


def whole_label(label: str, properties: Mapping[str, str]) -> str | None:
    """Return the label that a bookmark's stands for, None where its property is gone."""
    return properties.get(f"mark.{label[1:]}") if label.startswith("x") else label


def label_of(bookmark: str) -> str | None:
    """Return the label that a bookmark carries, None for a bookmark of somebody else."""
    found = _BOOKMARK.fullmatch(bookmark)
    return found[1].translate(_BACK) if found else None
