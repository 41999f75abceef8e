"""Arithmetic inside one fact that does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.model import Fact, Finding


def find_miscounts(facts: Sequence[Fact]) -> Iterator[Finding]:
    """Yield nothing yet."""
    yield from ()
