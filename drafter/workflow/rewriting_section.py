"""One section of a draft, bound to its file and to the journal: the draft follows the steps.

A step is written down first, then the draft, then that it is done. What the
journal and the draft say is made to agree again when a section is opened, so
that a crash anywhere between loses nothing; what somebody else wrote is a step.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.draftfile import read_draft
from drafter.draftfile.edit import find_part, replace_part
from drafter.errors import DraftChangedError, UsageError
from drafter.workflow.checking import load
from drafter.workflow.rewriting_journal import Journal, Step, Trail, record_of
from drafter.workflow.rewriting_state import State, from_json, state_of, to_json
from drafter.writing.rewriting import part_of_key, read_items, section_key, write_items
from drafter.writing.saving import open_draft, save_rewritten

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from drafter.draftfile.edit import Part
    from drafter.workflow.checking import Loaded
    from drafter.workflow.rewriting_numbers import Version
    from drafter.writing.saving import DraftFile


class Workplace(NamedTuple):
    """Who rewrites, where the state of the workspace lies, and what time it is."""

    state: Path
    by: str
    clock: Callable[[], str]


class BoundSection:
    """A section with its journal; `state` is how it stands, `trail` the steps that led there."""

    def __init__(self, file: Path, address: str, workplace: Workplace, notes: Sequence[Path] = ()) -> None:
        """Open the section `address` names, with all that was done to it before.

        Raises:
            UsageError: no such section, an ambiguous one, no text file, or no notes.
            ReadError: the draft, its notes or the journal cannot be read.
        """
        self._workplace = workplace
        self._notes = tuple(notes)
        self._journal = Journal.of(file, workplace.state)
        self._file: DraftFile = open_draft(file)
        self.loaded: Loaded = load(file, self._notes)
        part = find_part(self._file.text, address)
        self.key = section_key(self._file.text, part)
        if part_of_key(self._file.text, self.key) is None:
            raise UsageError(f"草稿里有两节都叫“{part.heading}”。", hint="请先把其中一节的标题改得不同。")
        self.part: Part = part
        self.trail: Trail = self._journal.read(self.key)
        self.state: State = state_of(self._file.text, part)
        self._versions: dict[bool, tuple[str, State | None, Version | None]] = {}
        self.noticed = ""
        self.changed_outside = False
        self.unchanged = False
        with self._journal.lock():
            self._take_up()

    @property
    def text(self) -> str:
        """The draft as it stands."""
        return self._file.text

    @property
    def path(self) -> Path:
        """The draft's file."""
        return self._file.path

    def current(self) -> Loaded:
        """Return the draft as it stands, with all that it is checked against."""
        return replace(self.loaded, text=read_draft(self._file.text))

    def _take_up(self) -> None:
        """Go on from where the journal says the section stands, once the draft agrees with it."""
        self.trail = self._journal.read(self.key)
        self._finish_writing()
        step = self.trail.current
        if step is None:
            return
        if self._stands_at(step):
            self.state = from_json(step.state)
            return
        parent = self.trail.step(step.parent)
        later = self.trail.step(self.trail.redo[-1]) if self.trail.redo else None
        if parent is not None and self._stands_at(parent):
            self._journal.append({"undo": step.number, "section": self.key, "at": self._workplace.clock()})
            self.state = from_json(parent.state)
        elif later is not None and self._stands_at(later):
            self._journal.append({"redo": later.number, "section": self.key, "at": self._workplace.clock()})
            self.state = from_json(later.state)
        else:
            self._step("在改写之外改过", state_of(self._file.text, self.part), {}, writes=False)
            self.changed_outside = True
            self.noticed = "这一节在改写之外改过，已记作一步，照现在的文字接着改。"
        self.trail = self._journal.read(self.key)

    def _finish_writing(self) -> None:
        """Count a step whose draft was written although its record was not finished."""
        last = self.trail.steps[-1] if self.trail.steps else None
        if last is not None and not last.done and last.parent == self.trail.head and self._stands_at(last):
            self._journal.append({"done": last.number, "section": self.key})
            self.trail = self._journal.read(self.key)

    def _stands_at(self, step: Step) -> bool:
        """Return whether the section stands in the draft as it did after `step`."""
        try:
            blocks = from_json(step.state).blocks()
        except ValueError:
            return False
        return blocks == write_items(read_items(self._file.text, self.part))

    def _must_stand(self) -> None:
        """Read the draft anew; what others changed elsewhere is kept, what they changed here is noticed.

        Raises:
            DraftChangedError: the section is not what this session last saw of it.
        """
        file = open_draft(self.path)
        if file.data == self._file.data:
            return
        part = part_of_key(file.text, self.key)
        if part is None:
            raise DraftChangedError(
                "草稿被别的程序改动过，这一节找不到了，没有写入。", hint="请看看草稿，再运行一次。"
            )
        was = write_items(read_items(self._file.text, self.part))
        self._file, self.part = file, part
        if was != write_items(read_items(file.text, part)):
            self._take_up()
            raise DraftChangedError(
                "这一节刚才被别的程序改动过，没有覆盖它；那次改动已记作一步。",
                hint="请看看现在的文字，再决定。",
            )
        self.noticed = "草稿别处刚才被别的程序改动过，照它的来，只改这一节。"

    def _must_stay_one(self, state: State, *, wanted: bool = False) -> None:
        """Make sure that the section would still be read as it is written.

        Raises:
            UsageError: a sentence would be taken for a heading; nothing has changed.
        """
        blocks = state.blocks(wanted=wanted)
        text = replace_part(self._file.text, self.part, blocks, state.sources)
        part = part_of_key(text, self.key)
        read = write_items(read_items(text, part)) if part is not None else []
        if read != blocks:
            apart = next((new for new, old in zip(blocks, [*read, ""], strict=False) if new != old), "")
            said = read_draft(apart).plain.strip()[:20]
            raise UsageError(
                f"“{said}”会被当成标题，没有改。" if said else "这样改，这一节就没有了，没有改。",
                hint="请写成完整的句子，句末加上句号。",
            )

    def _step(self, what: str, state: State, details: dict[str, Any], *, writes: bool | None = None) -> None:
        if self.trail.current is None:
            first = state_of(self._file.text, self.part)
            self._record("原来的样子", first, {}, parent=0, writes=False)
            self.trail = self._journal.read(self.key)
        changes = state.blocks() != write_items(read_items(self._file.text, self.part))
        writes = changes if writes is None else writes
        step = self._record(what, state, details, parent=self.trail.head, writes=writes)
        if writes:
            self._write(state)
            self._journal.append({"done": step.number, "section": self.key})
        self.state = state
        self.trail = self._journal.read(self.key)

    def _record(self, what: str, state: State, details: dict[str, Any], *, parent: int, writes: bool) -> Step:
        step = Step(
            self._journal.next_number(),
            parent,
            self.key,
            what,
            self._workplace.clock(),
            self._workplace.by,
            to_json(state),
            details,
            writes=writes,
            done=not writes,
        )
        self._journal.append(record_of(step))
        return step

    def _move(self, kind: str, step: Step, to: Step | None) -> None:
        if to is None:
            raise UsageError("改写记录不全，没有动草稿。", hint="请看 --history。")
        state = from_json(to.state)
        if state.blocks() != write_items(read_items(self._file.text, self.part)):
            self._write(state)
        self._journal.append(
            {kind: step.number, "section": self.key, "at": self._workplace.clock(), "by": self._workplace.by}
        )
        self.state = state
        self.trail = self._journal.read(self.key)

    def _write(self, state: State) -> None:
        text = replace_part(self._file.text, self.part, state.blocks(), state.sources)
        self._file = save_rewritten(self._file, text)
        self.part = part_of_key(text, self.key) or self.part
