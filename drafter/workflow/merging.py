"""Merging: what was edited in the exported Word file, taken back into the draft."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from drafter.draftfile import read_draft
from drafter.draftfile.carried import STATE, from_properties
from drafter.errors import ReadError, UsageError
from drafter.reading.word import read_word
from drafter.reading.word_draft import read_properties
from drafter.reading.word_remarks import read_comments
from drafter.workflow.checking import load, trace
from drafter.writing.linking import link_numbers
from drafter.writing.merge_groups import Group, compare
from drafter.writing.merge_units import draft_units, join, likeness, word_units
from drafter.writing.merging import merge_text
from drafter.writing.paths import named_from
from drafter.writing.saving import open_draft, save_changed, version_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from drafter.draftfile import DraftText
    from drafter.model import Check, NumberCheck
    from drafter.reading.lines import Page
    from drafter.reading.word_remarks import Comment
    from drafter.workflow.checking import Loaded
    from drafter.writing.merge_units import Unit
    from drafter.writing.saving import DraftFile

_IDENTITY = ("title", "unit", "year", "period")
_SAME_TEXT = 0.5
"""From this likeness on, a Word file without a name of its draft may be of this one."""


class Change(NamedTuple):
    """One change that came back: its number, its kind, where it stands in the draft, the words.

    `kind` is edit, insert, delete or move; `conflict` says that the draft
    changed the same sentence since the export, and `exported` how it read then.
    """

    number: int
    kind: str
    line: int
    before: str
    after: str
    conflict: bool = False


@dataclass(frozen=True)
class Offer:
    """What a Word file would change: the changes, and what else a person must know of it.

    `tracked` are unaccepted changes in the file, `comments` what people wrote beside
    it (which is no text of the draft), `based` whether the draft as it
    was exported is known: without it, edits of the draft since cannot be told
    from those in Word.
    """

    file: DraftFile
    word: Path
    draft: DraftText
    loaded: Loaded
    units: Sequence[Unit]
    groups: Sequence[Group]
    changes: Sequence[Change]
    tracked: tuple[str, ...] = ()
    based: bool = True
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True)
class Result:
    """The draft after a merge; `numbers` are those in the accepted changes, with the mark each got."""

    offer: Offer
    accepted: tuple[int, ...]
    text: str
    check: Check
    numbers: tuple[tuple[NumberCheck, str | None], ...] = ()
    backup: Path | None = None

    @property
    def changed(self) -> bool:
        """Whether the draft became another."""
        return self.text != self.offer.file.text


def offer(path: Path, word: Path, state: Path) -> Offer:
    """Return what the Word file `word` would change in the draft at `path`.

    Raises:
        ReadError: one of them cannot be read.
        UsageError: the Word file is of another draft.
    """
    file = open_draft(path)
    loaded = load(path)
    draft = read_draft(file.text)
    loaded = replace(loaded, text=draft, findings=())
    data = _read(word)
    page = read_word(data, word.name)
    properties = read_properties(data)
    base = _base(file, properties, state)
    _check_same_draft(file, draft, word, properties, page, known=base is not None)
    units, mine = _without_appendix(word_units(page), properties), draft_units(draft)
    if not units:
        raise UsageError(f"{word.name} 里没有文字；什么也没有改。", hint="请核对是不是给错了文件。")
    groups = compare(draft_units(base) if base is not None else mine, mine, units)
    if base is None and properties.get("draft_sha256"):
        groups = [group._replace(conflict=True) for group in groups]
    changes = [_change(number, group, draft, mine, units) for number, group in enumerate(groups, start=1)]
    tracked = tuple(
        f"第{remark.where.paragraph}段{remark.message}"
        if remark.where and remark.where.paragraph
        else remark.message
        for remark in page.remarks
        if remark.code == "tracked-change"
    )
    based, comments = base is not None, read_comments(data)
    return Offer(file, word, draft, loaded, units, groups, _moves(changes), tracked, based, comments)


def accept(offer: Offer, numbers: Collection[int], state: Path, *, dry_run: bool = False) -> Result:
    """Take the changes `numbers` into the draft, tie their numbers to facts, and save it.

    Raises:
        UsageError: there is no change of such a number.
        DraftChangedError: another program changed the draft meanwhile.
        ReadError: the disk refuses; the draft stands as it was.
    """
    wrong = sorted(set(numbers) - {change.number for change in offer.changes})
    if wrong:
        raise UsageError(
            f"没有第 {'、'.join(map(str, wrong))} 处修改。", hint=f"一共 {len(offer.changes)} 处，从 1 数起。"
        )
    chosen = [offer.groups[number - 1] for number in sorted(set(numbers))]
    if not chosen:
        return Result(offer, (), offer.file.text, trace(offer.loaded))
    merged = merge_text(offer.draft, offer.units, chosen, offer.groups)
    facts = named_from(offer.loaded.notes, offer.file.path.parent)

    def check(draft: DraftText) -> Check:
        return trace(replace(offer.loaded, text=draft))

    linked = link_numbers(offer.file.text, merged.text, merged.places, facts, check)
    backup = None
    if not dry_run and linked.text != offer.file.text:
        backup = save_changed(offer.file, linked.text, state, edited=True)
    return Result(
        offer,
        tuple(sorted(set(numbers))),
        linked.text,
        check(read_draft(linked.text)),
        linked.numbers,
        backup,
    )


def without_conflicts(offer: Offer) -> tuple[int, ...]:
    """Return the numbers of the changes that only Word made."""
    return tuple(change.number for change in offer.changes if not change.conflict)


# --- which draft, which version --------------------------------------------------------------------


def _read(word: Path) -> bytes:
    if word.suffix.lower() != ".docx":
        raise UsageError(
            f"{word.name} 不是 Word 文件。", hint="请给出导出后改过的 .docx；.doc 请先另存为 .docx。"
        )
    if not word.is_file():
        raise ReadError(f"没有这个文件：{word}。", hint="请检查文件名和所在的文件夹。")
    try:
        return word.read_bytes()
    except OSError as error:
        raise ReadError(f"{word} 读不出来：{error.strerror}。", hint="请关闭正在使用它的程序。") from error


def _base(file: DraftFile, properties: Mapping[str, str], state: Path) -> DraftText | None:
    """Return the draft as it was exported; None where no version of it is kept.

    A Word file that does not say what it was exported from is taken to be of the draft as it is.
    """
    sha256 = properties.get("draft_sha256")
    if not sha256 or sha256 == hashlib.sha256(file.data).hexdigest():
        return read_draft(file.text)
    text = version_of(file.path, sha256, state)
    return read_draft(text) if text is not None else None


def _check_same_draft(  # noqa: PLR0913 - all that tells drafts apart
    file: DraftFile,
    draft: DraftText,
    word: Path,
    properties: Mapping[str, str],
    page: Page,
    *,
    known: bool,
) -> None:
    """Make sure that a Word file was exported from this draft.

    Raises:
        UsageError: it was exported from another, or has nothing in common with it.
    """
    hint = "请核对两个文件名。"
    if STATE in properties:
        meta = from_properties(properties)
        other = [
            key for key in _IDENTITY if key in meta and key in draft.meta and meta[key] != draft.meta[key]
        ]
        named = os.path.normpath(word.parent / str(meta.get("draft", "")))
        same_file = os.path.realpath(named) == os.path.realpath(file.path)
        if same_file and "unit" not in other and "year" not in other and "period" not in other:
            return
        if other or (not known and not _is_like(draft, page)):
            said = meta.get("draft") or meta.get("title") or "另一份草稿"
            raise UsageError(
                f"{word.name} 是从 {said} 导出的，不是 {file.path.name}；什么也没有改。", hint=hint
            )
        return
    if not _is_like(draft, page):
        raise UsageError(f"{word.name} 的内容与 {file.path.name} 不像同一份稿子；什么也没有改。", hint=hint)


def _without_appendix(units: Sequence[Unit], properties: Mapping[str, str]) -> Sequence[Unit]:
    """Return the sentences of a Word file without the table that the exporter itself added at its end."""
    heading = properties.get("appendix")
    begins = [at for at, unit in enumerate(units) if heading and unit.opens and unit.text == heading]
    return units[: begins[-1]] if begins else units


def _is_like(draft: DraftText, page: Page) -> bool:
    return likeness(draft.plain, page.text) >= _SAME_TEXT


# --- what changed -------------------------------------------------------------------------------------


def _change(
    number: int, group: Group, draft: DraftText, mine: Sequence[Unit], units: Sequence[Unit]
) -> Change:
    old, new = mine[slice(*group.draft)], units[slice(*group.word)]
    at = old[0].span if old else mine[max(0, group.draft[0] - 1)].span
    line = draft.source.count("\n", 0, draft.to_source(at).start) + 1
    kind = "edit" if old and new else "insert" if new else "delete"
    return Change(number, kind, line, join(old), join(new), group.conflict)


def _moves(changes: Sequence[Change]) -> list[Change]:
    """Return the changes, what was taken out here and put in there named as moved."""
    gone = {change.before for change in changes if change.kind == "delete"}
    come = {change.after for change in changes if change.kind == "insert"}
    both = gone & come
    return [
        change._replace(kind="move")
        if (change.before or change.after) in both and not (change.before and change.after)
        else change
        for change in changes
    ]
