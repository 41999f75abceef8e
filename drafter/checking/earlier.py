"""Numbers of an earlier part of the year than the report's own: 一季度63件 in one on the second quarter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drafter.numbers.context import Context

_BEFORE = {
    "二季度": ("Q1",),
    "三季度": ("Q1", "Q2", "H1"),
    "四季度": ("Q1", "Q2", "Q3", "H1", "Q1/Q3"),
    "下半年": ("H1", "Q1", "Q2"),
}


def as_earlier(context: Context, period: str | None) -> Context:
    """Return the context, as one of an earlier time if its clause names an earlier part of the year."""
    parts = next((parts for name, parts in _BEFORE.items() if period and period.endswith(name)), ())
    named = context.dated and context.when is not None and context.when.endswith(parts) if parts else False
    if not named or context.change is not None or context.prior:
        return context
    return replace(context, prior=True, period="上期", this=False)
