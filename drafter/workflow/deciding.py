"""Deciding: what reviewers decided is kept beside the draft, one decision at a time or a file of them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.decided import follow
from drafter.checking.desk import Desk
from drafter.draftfile.decisions import merged, moment, read_review, update_review
from drafter.errors import ReadError
from drafter.workflow.checking import load, trace
from drafter.workflow.first_seen import stamped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from drafter.model.decisions import Decision, Outcome


class Taken(NamedTuple):
    """What became of an imported file: how many decisions, how many of them hold, those that do not."""

    total: int
    held: int
    expired: tuple[Outcome, ...]


def take_decisions(  # noqa: PLR0913 - a draft with what it is checked against, and the file with who signs
    draft: Path, notes: Sequence[Path], past: Sequence[Path], file: Path, state: Path, *, by: str = ""
) -> Taken:
    """Take the decisions of an exported file in, each for the number that it was made for.

    One without a record of its source gets that of today, an unsigned one the name `by`.

    Raises:
        ReadError: the file is no file of decisions, or the draft cannot be read.
        UsageError: the draft names no notes and none are given.
    """
    review = read_review(file)
    loaded = load(draft, notes, past)
    desk = Desk(loaded.text, trace(replace(loaded, decisions=())), loaded.notes.facts, loaded.past)
    signed = [one if one.by.strip() else replace(one, by=by) for one in review.decisions]
    outcomes = follow(desk, signed)
    taken = [stamped(desk, outcome) for outcome in outcomes]
    gone = {decision.key: moment(decision.at) for decision in review.withdrawn}

    def change(old: tuple[Decision, ...]) -> tuple[Decision, ...]:
        kept = merged(old, taken)
        return tuple(one for one in kept if one.key not in gone or moment(one.at) > gone[one.key])

    update_review(draft, state, change, hashlib.sha256(draft.read_bytes()).hexdigest())
    expired = tuple(outcome for outcome in outcomes if outcome.state == "expired")
    return Taken(len(taken), len(taken) - len(expired), expired)


def save_decision(draft: Path, state: Path, decision: Decision, *, withdrawn: bool = False) -> None:
    """Keep one decision beside the draft, or take it back.

    Raises:
        ReadError: the file of decisions is damaged or cannot be written.
    """

    def change(old: tuple[Decision, ...]) -> tuple[Decision, ...]:
        if withdrawn:
            return tuple(other for other in old if other.key != decision.key)
        return merged((other for other in old if other.key != decision.key), [decision])

    try:
        sha256 = hashlib.sha256(draft.read_bytes()).hexdigest()
    except OSError as error:
        raise ReadError(
            f"草稿 {draft} 读不出来：{error.strerror}。", hint="请检查它还在不在原处。"
        ) from error
    update_review(draft, state, change, sha256)
