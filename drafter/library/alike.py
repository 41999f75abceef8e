"""Sections of different files that say nearly the same: found among all, without comparing each with each."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple

from drafter.library.words import likeness, triples

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from drafter.model import ReadFile, Report, Section

ALIKE = 0.7
"""Sections this alike (Jaccard of character triples without digits) are the same text with small changes."""
_SKETCH = 12
_ENOUGH = 30
_NOTABLE = 40


class Placed(NamedTuple):
    """A section and the report that it stands in."""

    report: Report
    section: Section


class _Group(NamedTuple):
    """Sections that are like the first of them."""

    shape: frozenset[str]
    members: list[Placed]


def alike_sections(files: Iterable[ReadFile]) -> tuple[tuple[Placed, ...], ...]:
    """Return the groups of near-duplicates that reach over more than one file, the largest first.

    Each section is compared with the first of the groups that share one of
    its twelve smallest hashes: texts this alike nearly always do.
    """
    groups: list[_Group] = []
    by_hash: dict[int, list[int]] = {}
    for file in files:
        for report in file.reports:
            for section in report.sections:
                shape = triples(section.text)
                if len(section.text) >= _NOTABLE and len(shape) >= _ENOUGH:
                    _place(Placed(report, section), shape, groups, by_hash)
    found = [group.members for group in groups if len({one.report.file for one in group.members}) > 1]
    return tuple(tuple(members) for members in sorted(found, key=len, reverse=True))


def _place(one: Placed, shape: frozenset[str], groups: list[_Group], by_hash: dict[int, list[int]]) -> None:
    """Add a section to the first group that it is like, or begin one with it."""
    sketch = _sketch(shape)
    near = sorted({at for mark in sketch for at in by_hash.get(mark, ())})
    for at in near:
        if likeness(shape, groups[at].shape) >= ALIKE:
            groups[at].members.append(one)
            return
    for mark in sketch:
        by_hash.setdefault(mark, []).append(len(groups))
    groups.append(_Group(shape, [one]))


def _sketch(shape: frozenset[str]) -> Sequence[int]:
    return sorted(zlib.crc32(triple.encode("utf-8", "surrogatepass")) for triple in shape)[:_SKETCH]
