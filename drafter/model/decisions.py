"""What people decided about the numbers of a draft, as `DRAFT.review.json` holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from drafter.model.facts import Span, Where

DecisionVerdict = Literal["accepted", "rejected"]
DecisionState = Literal["held", "expired", "superseded"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One person's word on one number: `surface` as printed, `context` the plain text round it.

    A number whose surface stands more than once in its context is told apart by
    `offset`, the place of the surface in the context; a context that stands more
    than once in the draft by `occurrence`, (which of them from 0, of how many).
    `source` are the words at its source in the notes when it was decided, `past`
    fingerprints of past sections, `near` the note nearest to a number without
    source; None where nobody recorded them. Borrowed
    words and findings without a number are decided on in the same way.
    """

    surface: str
    context: str
    where: tuple[Where, ...] = ()
    verdict: DecisionVerdict = "accepted"
    by: str = ""
    at: str = ""
    note: str = ""
    offset: int | None = None
    occurrence: tuple[int, int] | None = None
    source: tuple[str, ...] | None = None
    past: tuple[str, ...] | None = None
    near: str | None = None

    @property
    def key(self) -> tuple[str, str, int | None, tuple[int, int] | None]:
        """What it is about: a later decision on the same replaces it."""
        return self.surface, self.context, self.offset, self.occurrence


@dataclass(frozen=True, slots=True)
class Review:
    """All decisions on one draft; `draft_sha256` is that of the draft's bytes at the last of them.

    `withdrawn` are those that an exported file takes back.
    """

    draft_sha256: str = ""
    decisions: tuple[Decision, ...] = ()
    withdrawn: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a decision today: it is held at `spans` of the draft file, or expired, and why.

    One that a later decision on the same place replaces is superseded.
    """

    decision: Decision
    state: DecisionState
    spans: tuple[Span, ...] = ()
    reason: str = ""
