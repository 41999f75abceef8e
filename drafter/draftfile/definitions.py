"""The definitions of a draft after an edit: those that are needed, in order, and no others touched."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from drafter.draftfile.parse import read_blocks, read_draft
from drafter.draftfile.render import label_order, write_definition

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.draftfile.parse import DraftText
    from drafter.model import Source


def with_definitions(old: str, new: str, sources: Mapping[str, Source]) -> str:
    """Return the draft `new`, made from `old`, with the definitions that it needs.

    Those that `old` used and `new` does not are dropped; those in `sources` that
    `new` uses are written, in order, into the last block of definitions.

    Raises:
        KeyError: a label that `old` did not use has neither definition nor source.
    """
    before, after = read_draft(old), read_draft(new)
    used, was_used = _labels(after), _labels(before)
    missing = used - set(after.definitions) - was_used - set(sources)
    if missing:
        raise KeyError(*sorted(missing))
    lines = _Lines(new)
    for label in was_used - used:
        lines.drop(label)
    for label in sorted(used & set(sources), key=label_order):
        lines.put(label, write_definition(label, sources[label]))
    return lines.text()


def past_labels(draft: DraftText, sources: Sequence[Source]) -> tuple[str, ...]:
    """Return a label for each past section: the one that the draft has for it, else a new one."""
    known = {
        (d.path, d.place): d.label
        for d in draft.definitions.values()
        if d.label[1:].isdigit() and d.label[0] == "P"
    }
    taken = [int(n) for label in (*draft.definitions, *_labels(draft)) for n in re.findall(r"P(\d+)", label)]
    fresh = count(max(taken, default=0) + 1)
    labels = []
    for source in sources:
        place = (source.where.file.replace("\\", "/"), source.where.place)
        if place not in known:
            known[place] = f"P{next(fresh)}"
        labels.append(known[place])
    return tuple(labels)


def _labels(draft: DraftText) -> set[str]:
    return {mark.label for mark in draft.marks}


class _Line(NamedTuple):
    """One definition as it stands in the file, its line end included."""

    label: str
    words: str


class _Lines:
    """The definitions of a draft, to be dropped from and added to."""

    def __init__(self, text: str) -> None:
        self._eol = line_end(text)
        self._parts: list[str | _Line] = []
        end = 0
        for start, until, definition in read_blocks(text):
            if definition is not None:
                self._parts += [text[end:start], _Line(definition.label, text[start:until])]
                end = until
        self._parts.append(text[end:])

    def drop(self, label: str) -> None:
        """Take the definitions of `label` out."""
        self._parts = [one for one in self._parts if not isinstance(one, _Line) or one.label != label]

    def put(self, label: str, line: str) -> None:
        """Write a definition: in place of the one of that label, else where the order wants it.

        A line that was meant as it, and that a stray quotation mark made mere text, is taken out.
        """
        broken = re.compile(rf"^ {{0,3}}\[{re.escape(label)}\]: .*(?:\r\n|\r|\n|\Z)", re.MULTILINE)
        self._parts = [one if isinstance(one, _Line) else broken.sub("", one) for one in self._parts]
        at = self._place(label)
        one = self._parts[at] if at is not None and at < len(self._parts) else ""
        if at is not None and isinstance(one, _Line) and one.label == label:
            words = one.words.rstrip("\r\n")
            self._parts[at] = _Line(label, line + one.words[len(words) :])
            return
        if at is None:
            self._begin()
            at = len(self._parts)
        before = self._parts[at - 1] if at else ""
        if isinstance(before, _Line) and not before.words.endswith(("\n", "\r")):
            self._parts[at - 1] = _Line(before.label, before.words + self._eol)
            self._parts.insert(at, _Line(label, line))
        else:
            self._parts.insert(at, _Line(label, line + self._eol))

    def _place(self, label: str) -> int | None:
        """Return where the definition of `label` stands or belongs; None if there are no definitions."""
        lines = [(at, one) for at, one in enumerate(self._parts) if isinstance(one, _Line)]
        if not lines:
            return None
        same = next((at for at, one in lines if one.label == label), None)
        if same is not None:
            return same
        last = [lines[-1]]
        for at, one in reversed(lines[:-1]):
            between = self._parts[at + 1 : last[0][0]]
            if any(str(words).strip() for words in between if not isinstance(words, _Line)):
                break
            last.insert(0, (at, one))
        later = next((at for at, one in last if label_order(one.label) > label_order(label)), None)
        return last[-1][0] + 1 if later is None else later

    def _begin(self) -> None:
        """Make room for the first definition: a blank line before it."""
        text = self.text()
        lacking = 0 if text.endswith(self._eol * 2) else 1 if text.endswith(("\n", "\r")) else 2
        self._parts.append(self._eol * lacking)

    def text(self) -> str:
        """Return the whole draft."""
        return "".join(one.words if isinstance(one, _Line) else one for one in self._parts)


def line_end(text: str) -> str:
    """Return the line end that the file uses most."""
    windows = text.count("\r\n")
    ends = {"\r\n": windows, "\n": text.count("\n") - windows, "\r": text.count("\r") - windows}
    return max(ends, key=lambda end: ends[end]) if any(ends.values()) else "\n"
