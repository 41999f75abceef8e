"""The sources of a draft's numbers and borrowed words in their surroundings, for the reviewer's page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.desk import OPEN_CODES, names_in
from drafter.errors import DrafterError
from drafter.numbers.slots import read_quantities
from drafter.reading import read_reports
from drafter.reading.around import Around, Inputs, Row, shown_path
from drafter.reading.drafts import from_here
from drafter.reading.notes_page import spoken_place
from drafter.workflow.passages import section_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from drafter.checking.desk import Desk, Item
    from drafter.model import Fact, Finding, Quantity, Report, Section
    from drafter.workflow.checking import Loaded

_NEAREST = re.compile(r"最接近的要点 (F\d+(?:\.\d+)?)")
_PASSAGE = re.compile(r"P\d+")
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_SHARED = 4
"""So many characters in a row are shown as shared with a past sentence."""
_MOST = 6


class MarkedSpan(NamedTuple):
    """Characters `[start, end)` of one cell of one row."""

    row: int
    cell: int
    start: int
    end: int


class Source(NamedTuple):
    """One source as the page shows it: whose it is, its surroundings, the characters there to be marked."""

    name: str
    role: str
    around: Around
    marks: tuple[MarkedSpan, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A past section that a label of the draft names."""

    label: str
    file: str
    report: Report | None = None
    section: Section | None = None
    gone: str = ""


class Sources:
    """Finds the sources of whatever a draft holds; each input file is read once."""

    def __init__(self, desk: Desk, passages: Mapping[str, Passage]) -> None:
        """Take the past sections that the labels of a draft name."""
        self.desk = desk
        self.inputs = Inputs()
        self.passages = passages

    def of(self, item: Item) -> tuple[Source, ...]:
        """Return the sources of an item: what it rests on, what it links to, what a finding points to."""
        number = item.number
        rested = tuple(number.facts) if number else ()
        found = [*self._of_names(rested, "出处"), *self._of_past(item)]
        linked = names_in(self.desk.label_of(item))
        if not rested or number is None or number.formula is None:
            found += self._of_names(linked, "稿中标注的出处" if number else "借自")
        for finding in item.findings:
            near = _NEAREST.search(finding.hint)
            found += self._of_names([near[1]] if near else [], "最接近的要点")
            found += self._of_places(finding)
        if not found:
            found += self._above(item)
        found = [self._told(source, item) for source in found]
        once: dict[tuple[str, str], Source] = {}
        for source in found:
            once.setdefault((source.around.file, source.around.place), source)
        return tuple(once.values())[:_MOST]

    def _above(self, item: Item) -> Iterable[Source]:
        """Return the past section after which the place of an item without a source was written."""
        before = (mark.label for mark in self.desk.text.marks if mark.span.start <= item.span.start)
        label = next((name for name in reversed([*before]) if name in self.passages), None)
        if label is not None and self.passages[label].section is not None:
            yield self.of_passage(label, "往年这一节（仅供参考）")

    def _of_names(self, names: Iterable[str], role: str) -> Iterable[Source]:
        owners: dict[str, list[str]] = {}
        for name in names:
            owners.setdefault(name.split(".")[0], []).append(name)
        for owner, ids in owners.items():
            fact = self.desk.facts.get(owner)
            if fact is not None:
                around = self.inputs.around(fact.where)
                wanted = [q for name in ids if (q := self.desk.quantities.get(name))]
                yield Source(
                    f"要点 {owner}", role, around, _marks_of(around, fact, wanted), _quoted(fact, around)
                )
            elif owner in self.passages:
                yield self.of_passage(owner, role, ids)

    def _of_past(self, item: Item) -> Iterable[Source]:
        """Yield the sections of past reports that a number rests on and no label of the draft names."""
        places = item.number.where if item.number else ()
        for text in self.desk.past:
            if text.where is not None and text.where in places:
                rows = _rows_of(text.text)
                around = Around(shown_path(text.where.file), spoken_place(text.where), rows)
                yield Source("往年", "出处", around, (), text.title)

    def of_passage(self, label: str, role: str, ids: Sequence[str] = ()) -> Source:
        """Return the whole past section behind a label, the quantities `ids` of it marked."""
        passage = self.passages[label]
        section, report = passage.section, passage.report
        if section is None or report is None:
            return Source(f"往年 {label}", role, Around(shown_path(passage.file), "", gone=passage.gone))
        place = spoken_place(section.where) if section.where else ""
        around = Around(shown_path(passage.file), place, _rows_of(section.passage))
        title = f"{report.title}（{report.year}年）" if report.year else report.title
        wanted = [q.surface for q in read_quantities(section.passage, label) if q.id in ids]
        return Source(f"往年 {label}", role, around, find_marks(around, wanted), title)

    def _of_places(self, finding: Finding) -> Iterable[Source]:
        for where in finding.where:
            if where.place:
                yield Source("", "提醒所指", self.inputs.around(where))

    def _told(self, source: Source, item: Item) -> Source:
        """Return a source with the words marked that the draft has of it."""
        text = self.desk.text.plain[item.span.start : item.span.end]
        if _is_open(item):
            return source._replace(marks=find_marks(source.around, _asked(text, source)))
        if item.number is not None:
            return source if source.marks else source._replace(marks=find_marks(source.around, [text]))
        sentence, share = nearest(text, [cell for row in source.around.rows for cell in row.cells])
        note = f"{source.note}　与原句相似 {share:.0%}" if sentence else source.note
        return source._replace(marks=find_marks(source.around, shared(text, sentence)), note=note.strip())

    def definition(self, item: Item) -> Source | None:
        """Return what the draft itself quotes of its source, where nothing better is found."""
        label = self.desk.label_of(item)
        place = self.desk.text.definitions.get(label)
        if place is None:
            return None
        return Source("", "稿中标注的出处", Around(shown_path(place.path), place.place), (), place.title)


def read_passages(loaded: Loaded) -> tuple[dict[str, Passage], list[Report]]:
    """Return the past sections that the labels of a draft name, and the reports that they stand in."""
    read: dict[str, Sequence[Report] | str] = {}
    passages = {}
    for label, place in loaded.text.definitions.items():
        if not _PASSAGE.fullmatch(label):
            continue
        if place.path not in read:
            read[place.path] = _reports_of(from_here(loaded.file.parent / place.path))
        reports = read[place.path]
        if isinstance(reports, str):
            passages[label] = Passage(label, place.path, gone=reports)
            continue
        found = section_at(reports, place)
        section, report = found or (None, None)
        gone = "" if found else "那份总结里已经没有这一处"
        passages[label] = Passage(label, place.path, report, section, gone)
    return passages, [report for held in read.values() if not isinstance(held, str) for report in held]


def _rows_of(text: str) -> tuple[Row, ...]:
    return tuple(Row(0, (line,), hit=True) for line in text.split("\n") if line.strip())


def _reports_of(file: Path) -> Sequence[Report] | str:
    try:
        read = read_reports(file)
    except (DrafterError, OSError):
        return "文件已经不在原处"
    return read.refused or read.reports


def _quoted(fact: Fact, around: Around) -> str:
    """Return the words of a fact where its place does not have them as they are, as in a table."""
    return "" if any(fact.text in cell for row in around.rows if row.hit for cell in row.cells) else fact.text


def _is_open(item: Item) -> bool:
    return any(finding.code in OPEN_CODES for finding in item.findings)


def _asked(text: str, source: Source) -> list[str]:
    """Return the numbers of a past section that have the unit which 【待补：…】 asks for."""
    unit = text.strip("【】").partition("：")[2]
    cells = (cell for row in source.around.rows for cell in row.cells)
    return [q.surface for cell in cells for q in read_quantities(cell) if unit and q.unit == unit]


def _marks_of(around: Around, fact: Fact, quantities: Sequence[Quantity]) -> tuple[MarkedSpan, ...]:
    """Return where the quantities of a fact stand in its line or row."""
    for at, row in enumerate(around.rows):
        for place, cell in enumerate(row.cells):
            start = cell.find(fact.text) if row.hit else -1
            if start >= 0:
                return tuple(
                    MarkedSpan(at, place, start + q.span.start, start + q.span.end) for q in quantities
                )
    return find_marks(around, [quantity.surface for quantity in quantities])


def find_marks(around: Around, words: Iterable[str]) -> tuple[MarkedSpan, ...]:
    """Return where some words stand in the place itself, not in its surroundings."""
    found = []
    for at, row in enumerate(around.rows):
        for place, cell in enumerate(row.cells if row.hit else ()):
            for word in words:
                start = cell.find(word)
                if word and start >= 0:
                    found.append(MarkedSpan(at, place, start, start + len(word)))
    return tuple(found)


def nearest(words: str, lines: Iterable[str]) -> tuple[str, float]:
    """Return the sentence of `lines` that is most like `words`, and how like it is, 0 to 1."""
    best, most = "", (0.0, 0)
    for line in lines:
        sentences = [match.group() for match in _SENTENCE.finditer(line)]
        for sentence in [*sentences, *([line] if len(sentences) > 1 else [])]:
            matcher = SequenceMatcher(None, words, sentence, autojunk=False)
            length = sum(block.size for block in matcher.get_matching_blocks())
            share = (min(length / max(len(words), 1), 1.0), -len(sentence))
            if share > most:
                best, most = sentence, share
    return best, most[0]


def shared(words: str, sentence: str) -> tuple[str, ...]:
    """Return the runs of characters that two texts have in common, long ones only."""
    matcher = SequenceMatcher(None, words, sentence, autojunk=False)
    runs = (words[block.a : block.a + block.size] for block in matcher.get_matching_blocks())
    return tuple(dict.fromkeys(run for run in runs if len(run) >= min(_SHARED, max(len(words), 1))))
