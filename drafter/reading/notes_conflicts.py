"""Facts that contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from drafter.model import Fact, Finding


def find_conflicts(facts: Sequence[Fact], units: Mapping[str, str | None]) -> Iterator[Finding]:
    """Yield nothing yet."""
    yield from ()
