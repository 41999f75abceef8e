"""drafter drafts 工作总结 whose every number stays traceable to its input.

The map, along the way that data flows:

    model, errors, settings   the nouns, what is raised on purpose, what can be set
    numbers                   every numeral of a text: what it is, what it counts
    draftfile                 the draft file: CommonMark with a link at every number
    reading                   files → past reports and sections, notes → facts
    library                   past sections as vectors, and those like a query
    checking                  every number of a draft traced, or reported
    writing                   facts and past sections → outline → draft; drafts that change
    workflow                  the use cases: read this first
    showing, cli              terminal, JSON, the reviewer's page, Word; commands
    engines, wiring           what comes from outside, and who stands behind which port
    storage                   files that are old or new, never half

The packages of many modules say in their first lines which of them does what.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from drafter.checking import check_text
    from drafter.numbers import read_numerals
    from drafter.reading import read_reports
    from drafter.wiring import open_library

__all__ = ["check_text", "open_library", "read_numerals", "read_reports"]
__version__ = "0.1.0"

_HOMES = {
    "check_text": "drafter.checking",
    "open_library": "drafter.wiring",
    "read_numerals": "drafter.numbers",
    "read_reports": "drafter.reading",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attribute can be anything
    """Load a public name from its home when it is first used, so that importing drafter costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - only where a name is asked for

    return getattr(import_module(_HOMES[name]), name)
