"""Values as the JSON of the command line: field names are keys, spans pairs, decimals strings."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from drafter.model import Hit, Section, Span, Where


def as_json(value: object) -> Any:  # noqa: ANN401, PLR0911 - whatever JSON can hold, a line a type
    """Return `value` as what `json.dumps` takes.

    Raises:
        TypeError: a value of a type that has no JSON form.
    """
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Decimal():
            from drafter.numbers.figures import decimal_text  # noqa: PLC0415 - a search shows no numbers

            return decimal_text(value)
        case Span():
            return [value.start, value.end]
        case Where():
            return _where(value)
        case PurePath():
            return value.as_posix()
        case Mapping():
            return {str(key): as_json(item) for key, item in value.items()}
        case tuple() if hasattr(value, "_fields"):
            return {name: as_json(getattr(value, name)) for name in value._fields}
        case tuple() | list() | set() | frozenset():
            return [as_json(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    raise TypeError(f"no JSON form: {type(value).__name__}")


def _where(where: Where) -> dict[str, Any]:
    found = {field.name: as_json(getattr(where, field.name)) for field in dataclasses.fields(where)}
    return {name: item for name, item in found.items() if item is not None}


def hit_json(hit: Hit) -> dict[str, Any]:
    """Return a hit of a search with its section and report side by side."""
    section: Section = hit.section
    return {
        "id": section.id,
        "score": round(float(hit.score), 6),
        "why": as_json(hit.why),
        "title": hit.report.title,
        "unit": hit.report.unit,
        "year": hit.report.year,
        "heading": section.heading,
        "path": list(section.path),
        "text": section.text,
        "where": as_json(section.where),
    }


def dump(value: object) -> str:
    """Return `value` as JSON text with Chinese characters as they are."""
    return json.dumps(as_json(value), ensure_ascii=False, indent=1)
