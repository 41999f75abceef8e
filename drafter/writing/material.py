"""What a draft is written from, and what it has said so far."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from drafter.model import Fact, Quantity, Report
    from drafter.writing.borrowing import Surroundings
    from drafter.writing.comparing import Comparison
    from drafter.writing.frames import Clause


@dataclass(frozen=True)
class Material:
    """What one draft is written from: all facts by id, their surroundings, the period, the doubts.

    `doubts` maps the id of a quantity to those of the quantities that contradict it;
    `is_usual` tells whether the unit states the number of a past clause year after year,
    `is_own` whether a past report is the unit's own. `compared` holds the quantities (by id) that
    are to be set beside last year's.
    """

    facts: Mapping[str, Fact]
    around: Surroundings
    period: str
    doubts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_usual: Callable[[Clause], bool] = lambda _: True
    is_own: Callable[[Report], bool] = lambda _: False
    compared: Mapping[str, Comparison] = field(default_factory=dict)

    @property
    def quantities(self) -> dict[str, Quantity]:
        """The past quantities that comparisons rest on, by their ids."""
        return {past.id: past for past in (comparison.past for comparison in self.compared.values())}


@dataclass
class Used:
    """What the draft has said so far, so that nothing is said twice."""

    lent: set[str] = field(default_factory=set)
    quantities: set[str] = field(default_factory=set)
    asked: Counter[str] = field(default_factory=Counter)
    """How many places to fill each top section of the past has led to."""
