"""Rewriting one section of a draft, step by step: proposed, looked at, accepted sentence by sentence.

Every step is in the journal before it is acknowledged, the draft changes only by
what was accepted, and what another program wrote meanwhile is never overwritten.
Nothing here knows a terminal: `Session` is driven by a command's flags or by an
interactive screen alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from drafter.errors import UsageError
from drafter.workflow.rewriting_numbers import Version, Wrong, compare_versions, trace_version
from drafter.workflow.rewriting_section import BoundSection, Workplace
from drafter.writing.rewriting_rows import moved_together, settled

if TYPE_CHECKING:
    from collections.abc import Collection

    from drafter.model import Check
    from drafter.workflow.rewriting_journal import Step
    from drafter.workflow.rewriting_state import State

__all__ = ["Outcome", "Session", "Workplace", "fresh_state"]


@dataclass(frozen=True)
class Outcome:
    """What a step came to: `refused` says why nothing was accepted, empty where it was."""

    refused: tuple[Wrong, ...] = ()
    overridden: tuple[Wrong, ...] = ()


class Session(BoundSection):
    """The rewriting of one section of one draft; open it anew to come back to it."""

    # --- looking ------------------------------------------------------------------------------

    def before(self) -> Version:
        """Return the draft as it stands, traced."""
        return self._version(wanted=False)

    def after(self) -> Version:
        """Return the draft as it would stand if everything open were accepted, traced."""
        return self._version(wanted=True)

    def _version(self, *, wanted: bool) -> Version:
        """Return a version, traced once as long as neither draft nor state change."""
        wanted = wanted and self.state.is_pending
        text, state, version = self._versions.get(wanted, ("", None, None))
        if version is None or text is not self.text or state is not self.state:
            version = trace_version(self.current(), self.key, self.part, self.state, wanted=wanted)
            self._versions[wanted] = (self.text, self.state, version)
        return version

    def wrongs(self) -> tuple[Wrong, ...]:
        """Return what the open sentences would do to the numbers of the section."""
        return compare_versions(self.before(), self.after()) if self.state.is_pending else ()

    def check(self) -> Check:
        """Return the draft as it stands, traced, with the findings of loading it."""
        return self.before().check

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return self.trail.current is not None and self.trail.current.parent != 0

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self.trail.redo)

    @property
    def history(self) -> tuple[Step, ...]:
        """The steps of this section, undone ones too, oldest first; the first is how it was found."""
        return tuple(one for one in self.trail.steps if one.done)

    # --- steps --------------------------------------------------------------------------------

    def propose(self, state: State, what: str, **details: Any) -> None:  # noqa: ANN401 - whatever JSON holds
        """Take a new version of the section as the one to decide on.

        Raises:
            DraftChangedError: the section was changed by another program; its new text is kept as a step.
            UsageError: a sentence of it would be taken for a heading.
        """
        with self._journal.lock():
            self._must_stand()
            self._must_stay_one(state, wanted=True)
            self._step(what, state, details)

    def decide(
        self,
        accept: Collection[int] = (),
        reject: Collection[int] = (),
        *,
        override: bool = False,
    ) -> Outcome:
        """Accept and reject open rows (from 1); what is accepted is written into the draft at once.

        A sentence that moved is accepted or rejected at both its places. Nothing is
        written where that would put a wrong number into the draft, unless a person
        overrides it, which is recorded.

        Raises:
            UsageError: no such row, or one on which there is nothing to decide.
            DraftChangedError: the section was changed by another program; nothing is lost.
        """
        self._must_be_open({*accept, *reject})
        accept, reject = moved_together(self.state.rows, accept), moved_together(self.state.rows, reject)
        reject -= accept
        with self._journal.lock():
            self._must_stand()
            rows = tuple(
                replace(row, status="accepted" if at in accept else "rejected")
                if row.status == "open" and (at in accept or at in reject)
                else row
                for at, row in enumerate(self.state.rows, 1)
            )
            state = replace(self.state, rows=rows)
            self._must_stay_one(state)
            wrong = self._wrong_in(state) if accept else ()
            blocking = tuple(one for one in wrong if one.blocks)
            if blocking and not override:
                return Outcome(refused=blocking)
            details = {
                "accepted": sorted(accept),
                "rejected": sorted(reject),
                "overridden": [one.finding.message for one in blocking],
            }
            self._step(_told(accept, reject, overridden=bool(blocking)), state, details)
            return Outcome(overridden=blocking)

    def restore(self, row: int) -> None:
        """Put the sentence of a row back as it was before the new version, also where it was accepted.

        Raises:
            UsageError: no such row, or nothing has changed in it.
            DraftChangedError: the section was changed by another program.
        """
        rows = self.state.rows
        if not 1 <= row <= len(rows) or rows[row - 1].old == rows[row - 1].new:
            raise UsageError(
                f"第{row}句没有改动，不用恢复。", hint="不带 --restore 再运行一次，可以看到各句。"
            )
        with self._journal.lock():
            self._must_stand()
            back = tuple(replace(r, status="rejected") if at == row else r for at, r in enumerate(rows, 1))
            self._step(f"恢复第{row}句", replace(self.state, rows=back), {"restored": row})

    def undo(self) -> Step:
        """Undo the last step and return it; the draft follows.

        Raises:
            UsageError: there is nothing to undo.
            DraftChangedError: the section was changed by another program: that counts as a step now.
        """
        with self._journal.lock():
            self._must_stand()
            step = self.trail.current
            if step is None or step.parent == 0:
                raise UsageError("没有可以撤销的步骤。", hint="drafter rewrite … --history 看做过哪些。")
            self._move("undo", step, self.trail.step(step.parent))
            return step

    def redo(self) -> Step:
        """Do the step again that was undone last, and return it; the draft follows.

        Raises:
            UsageError: there is nothing to do again.
            DraftChangedError: the section was changed by another program: that counts as a step now.
        """
        with self._journal.lock():
            self._must_stand()
            step = self.trail.step(self.trail.redo[-1]) if self.trail.redo else None
            if step is None:
                raise UsageError("没有可以重做的步骤。", hint="drafter rewrite … --history 看做过哪些。")
            self._move("redo", step, step)
            return step

    def _wrong_in(self, state: State) -> tuple[Wrong, ...]:
        after = trace_version(self.current(), self.key, self.part, state, wanted=False)
        return compare_versions(self.before(), after)

    def _must_be_open(self, rows: Collection[int]) -> None:
        total = len(self.state.rows)
        for row in rows:
            if not 1 <= row <= total:
                raise UsageError(f"没有第{row}句。", hint=f"这一节现在有 {total} 句，编号从 1 开始。")
        if not self.state.is_pending:
            raise UsageError(
                "没有等着决定的新写法。", hint="先用 --preset 或 --say 要一版，再用 --accept 采用。"
            )


def fresh_state(state: State) -> State:
    """Return a state with nothing open: what stands in the draft, to be rewritten."""
    return replace(state, rows=settled(state.rows), writer="", attempts=0, reasons=())


def _told(accept: Collection[int], reject: Collection[int], *, overridden: bool) -> str:
    parts = [f"采用第{'、'.join(map(str, sorted(accept)))}句"] if accept else []
    parts += [f"不采用第{'、'.join(map(str, sorted(reject)))}句"] if reject else []
    return "，".join(parts) + ("（数字有问题，本人确认）" if overridden else "")
