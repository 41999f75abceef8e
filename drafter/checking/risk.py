"""The order of findings: what does most harm when overlooked comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from drafter.model import Finding

ORDER = (
    "rejected",
    "stale",
    "conflict",
    "unsupported",
    "hole",
    "placeholder",
    "contradiction",
    "foreign-name",
    "stale-phrase",
    "title",
    "notes-changed",
    "source-moved",
    "repeated",
    "doubt",
    "todo",
    "vague",
    "style",
)
"""Codes from the riskiest on: a wrong number that looks right before a gap that anybody sees."""

_RANKS = {code: rank for rank, code in enumerate(ORDER)}


def by_risk(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return errors before warnings, each by kind as in `ORDER` (others in between), a kind by place."""
    other = _RANKS["repeated"]

    def risk(finding: Finding) -> tuple[bool, int, int]:
        place = finding.span.start if finding.span is not None else -1
        return finding.severity != "error", _RANKS.get(finding.code, other), place

    return tuple(sorted(findings, key=risk))
