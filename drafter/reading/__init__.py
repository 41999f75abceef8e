"""Turns files into reports, sections and facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from drafter.reading.reports import read_reports

__all__ = ["read_reports"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attribute can be anything
    """Load the reader of past reports when it is asked for: notes are read without it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from drafter.reading import reports  # noqa: PLC0415 - only where it is asked for

    return reports.read_reports
