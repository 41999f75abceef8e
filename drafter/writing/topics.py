"""Topics of the notes: as headings, and those that only gather what went nowhere else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.writing.headings import split_number

if TYPE_CHECKING:
    from drafter.model import Fact

OTHER = "其他工作"
_LONG = 6
_REST = re.compile(r"(?:其[他它]|另外|补充|综合|杂项)(?:工作|情况|方面|事项|类)?")


def is_rest(topic: str) -> bool:
    """Return whether a topic is only the clerk's word for what went nowhere else."""
    return _REST.fullmatch(split_number(topic)[1]) is not None


def topic_heading(topic: str) -> str:
    """Return a heading for facts of one topic: 综治 → 综治工作."""
    words = split_number(topic)[1]
    if not words or is_rest(words):
        return OTHER
    return words if len(words) > _LONG or words.endswith(("工作", "建设", "情况", "方面")) else f"{words}工作"


def number_of(fact: Fact) -> int:
    """Return the number in a fact's id, which is its place in the notes."""
    return int(fact.id[1:])
