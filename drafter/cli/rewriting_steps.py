"""The flags of `rewrite` as steps of a session, in the order in which a person would take them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import typer

from drafter.errors import DraftChangedError, UsageError

if TYPE_CHECKING:
    from drafter.wiring_rewriting import Bench
    from drafter.workflow.rewriting import Outcome, Session

_EDIT = re.compile(r"\s*(\d+)\s*[=＝:：](.*)", re.DOTALL)
_RANGE = re.compile(r"(\d+)(?:[-~—～](\d+))?")
_ALL = frozenset({"all", "全部", "都要"})
_NONE = frozenset({"none", "都不要", "不要"})


@dataclass(frozen=True)
class Wish:
    """What the flags of one call ask for."""

    say: str | None = None
    preset: str | None = None
    like: int | None = None
    edit: list[str] = field(default_factory=list)
    accept: str | None = None
    restore: list[int] = field(default_factory=list)
    override: bool = False
    undo: bool = False
    redo: bool = False

    @property
    def has_any(self) -> bool:
        """Whether anything is asked for but to look at the section."""
        return self.asks or self.writes or bool(self.edit)

    @property
    def asks(self) -> bool:
        """Whether a new version is asked for."""
        return self.say is not None or self.preset is not None or self.like is not None

    @property
    def writes(self) -> bool:
        """Whether the draft may change."""
        return self.accept is not None or bool(self.restore) or self.undo or self.redo


def take_steps(session: Session, bench: Bench, wish: Wish) -> Outcome | None:
    """Take the steps that `wish` asks for, and return what the acceptance came to, if there was one.

    Raises:
        UsageError: flags that do not go together, or what they name is not there.
        DraftChangedError: the section is not as it was left.
        EndpointError: the model's server failed; nothing has changed.
    """
    from drafter.workflow.rewriting_asking import edit

    _must_go_together(wish)
    if session.changed_outside and (wish.writes or wish.edit) and not wish.asks:
        raise DraftChangedError(
            "这一节在改写之外改过，没有动它；那次改动已记作一步。",
            hint="再运行一次就照现在的文字来，--undo 会撤掉那次改动。",
        )
    if wish.undo or wish.redo:
        session.undo() if wish.undo else session.redo()
        return None
    if wish.asks:
        _ask(session, bench, wish)
    for one in wish.edit:
        found = _EDIT.fullmatch(one)
        if found is None:
            raise UsageError(f"看不懂 --edit {one[:20]}。", hint="写成 --edit 2=改好的一句。")
        edit(session, int(found[1]), found[2].strip())
    for row in wish.restore:
        session.restore(row)
    if wish.accept is None:
        return None
    open_rows = {at for at, row in enumerate(session.state.rows, 1) if row.status == "open"}
    wanted = _rows(wish.accept, open_rows, len(session.state.rows))
    if not open_rows and (wish.asks or wish.edit or wish.restore):
        return None
    return session.decide(wanted & open_rows, open_rows - wanted, override=wish.override)


def _ask(session: Session, bench: Bench, wish: Wish) -> None:
    from drafter.workflow.rewriting_asking import follow, propose, section_past
    from drafter.writing.rewriting_choices import Ask, check_preset

    preset = wish.preset or ""
    check_preset(preset)
    if wish.like is not None:
        follow(session, section_past(session, bench.stock()), wish.like)
    propose(session, Ask(preset, (wish.say or "").strip()), bench.rewriter(), bench.stock)


def _must_go_together(wish: Wish) -> None:
    moves = [wish.undo, wish.redo]
    others = wish.asks or wish.edit or wish.restore or wish.accept is not None
    if sum(moves) > 1 or (any(moves) and others):
        raise UsageError("--undo、--redo 要单独用。", hint="请分两次运行。")
    if wish.override and wish.accept is None:
        raise UsageError("--override 要和 --accept 一起用。", hint="例如 --accept 2 --override。")


def _rows(said: str, open_rows: set[int], total: int) -> set[int]:
    """Return the rows that `--accept` names.

    Raises:
        UsageError: it names none, or some that are not there.
    """
    if said.strip().lower() in _ALL:
        return open_rows
    if said.strip().lower() in _NONE:
        return set()
    rows: set[int] = set()
    for part in re.split(r"[,，、\s]+", said.strip()):
        found = _RANGE.fullmatch(part)
        if found is None:
            raise UsageError(
                f"看不懂 --accept {said[:20]}。", hint="写成 all、none，或句子的编号，例如 1,3。"
            )
        rows |= set(range(int(found[1]), int(found[2] or found[1]) + 1))
    if beyond := [row for row in rows if not 1 <= row <= total]:
        raise UsageError(f"没有第{beyond[0]}句。", hint=f"这一节现在有 {total} 句，编号从 1 开始。")
    return rows


def show_history_of(session: Session, *, json: bool) -> None:
    """Show what was done to the section."""
    from drafter.showing.rewrite_view import history_json, show_history

    if not json:
        show_history(session)
        return
    from drafter.showing.json_view import dump

    typer.echo(dump(history_json(session)))
