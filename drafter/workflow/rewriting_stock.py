"""What a section is rewritten from: its facts, its past sections, what may be borrowed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from drafter.draftfile import read_draft
from drafter.draftfile.edit import past_labels
from drafter.errors import DrafterError
from drafter.model import Borrowed, Exemplar, Source
from drafter.reading import read_reports
from drafter.workflow.passages import section_at
from drafter.writing.borrowing import Surroundings
from drafter.writing.material import Material
from drafter.writing.outline import is_same_unit
from drafter.writing.paths import relative_to
from drafter.writing.periods import FULL_YEAR
from drafter.writing.questions import Usual
from drafter.writing.rewriting import read_pieces
from drafter.writing.rewriting_choices import Ground
from drafter.writing.rewriting_links import labels_of_pieces

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from drafter.draftfile import Definition
    from drafter.model import Fact, Report, Section
    from drafter.workflow.checking import Loaded
    from drafter.workflow.drafting import Shelf
    from drafter.writing.rewriting import Item

_MOST = 6


@dataclass(frozen=True, slots=True)
class PastSection:
    """A past section beside the text, with its label; `own`: the draft rests on it already."""

    exemplar: Exemplar
    source: Source
    own: bool

    @property
    def place(self) -> str:
        """Where it stands, as the draft names it: what a choice of it is remembered by."""
        return f"{self.source.where.file}#{self.source.where.place}"


class Stock:
    """The past sections and the surroundings of one draft; searched when first asked for."""

    def __init__(self, loaded: Loaded, shelf: Shelf) -> None:
        self._loaded = loaded
        self._shelf = shelf
        self._folder = loaded.file.parent
        self._found: dict[str, tuple[PastSection, ...]] = {}
        self._material: Material | None = None

    def past(self, item: Item, facts: Sequence[Fact]) -> tuple[PastSection, ...]:
        """Return the past sections of an item: those that it rests on, then the most similar ones."""
        said = "".join(s.plain for s in item.sentences)
        key = f"{item.heading}\n{said}"
        if key not in self._found:
            query = "\n".join([item.heading, *(fact.text for fact in facts)]).strip() or said
            self._found[key] = self._labelled([*self._own(item), *self._similar(query)])
        return self._found[key]

    def ground(self, item: Item, facts: Sequence[Fact], chosen: str, lent: frozenset[str]) -> Ground:
        """Return what an item is rewritten from, the past section that was chosen first."""
        past = sorted(self.past(item, facts), key=lambda one: one.place != chosen)
        return Ground(
            tuple(facts),
            tuple(one.exemplar for one in past),
            self.material,
            {one.exemplar.label: one.source for one in past},
            lent,
        )

    @property
    def material(self) -> Material:
        """What the draft is written from as a whole."""
        if self._material is None:
            self._material = self._read_material()
        return self._material

    def _read_material(self) -> Material:
        loaded, reports = self._loaded, self._shelf.reports
        meta, notes = loaded.text.meta, loaded.notes
        unit = str(meta.get("unit") or notes.unit or "")
        year = meta.get("year") if isinstance(meta.get("year"), int) else notes.year
        period = str(meta.get("period") or notes.period or FULL_YEAR)
        said = [part for fact in notes.facts for part in (fact.text, fact.topic)]
        texts = ("\n".join((r.title, *(s.passage for s in r.sections))) for r in reports)
        around = Surroundings("\n".join([*said, unit, str(meta.get("title") or "")]), year, tuple(texts))
        groups = [finding.quantities for finding in notes.findings if finding.code == "contradiction"]
        return Material(
            {fact.id: fact for fact in notes.facts},
            around,
            period,
            {one: tuple(other for other in group if other != one) for group in groups for one in group},
            Usual([report for report in reports if is_same_unit(report.unit, unit)]).holds,
            lambda report: is_same_unit(report.unit, unit),
        )

    def _own(self, item: Item) -> list[tuple[Section, Report, Source]]:
        pieces = [piece for s in item.sentences for piece in read_pieces(s.source)]
        labels = dict.fromkeys((item.label, *labels_of_pieces(p for p in pieces if isinstance(p, Borrowed))))
        definitions = self._loaded.text.definitions
        found = (self._at(definitions[label]) for label in labels if label and label in definitions)
        return [one for one in found if one is not None]

    def _at(self, place: Definition) -> tuple[Section, Report, Source] | None:
        """Return the past section that a definition points to, from the library or from the file itself."""
        file = self._folder / place.path
        reports = [r for r in self._shelf.reports if _same_file(self._shelf.root / r.file, file)]
        found = section_at(reports or _read(file), place)
        if found is None or found[0].where is None:
            return None
        return *found, Source(replace(found[0].where, file=place.path, span=None), place.title)

    def _similar(self, query: str) -> list[tuple[Section, Report, Source]]:
        if self._shelf.search is None:
            return []
        found = []
        for hit in self._shelf.search(query, _MOST):
            if hit.section.where is None:
                continue
            file = relative_to(self._shelf.root / hit.section.where.file, self._folder)
            where = replace(hit.section.where, file=file, span=None)
            heading = hit.section.heading or (hit.section.path[-1] if hit.section.path else "")
            title = " · ".join(part for part in (hit.report.title, heading) if part)
            found.append((hit.section, hit.report, Source(where, title)))
        return found

    def _labelled(self, found: Sequence[tuple[Section, Report, Source]]) -> tuple[PastSection, ...]:
        draft = read_draft(self._loaded.text.source)
        unique: dict[tuple[str, str], tuple[Section, Report, Source]] = {}
        for one in found:
            unique.setdefault((one[2].where.file, one[2].where.place), one)
        rows = list(unique.values())
        labels = past_labels(draft, [source for *_, source in rows])
        return tuple(
            PastSection(Exemplar(label, section, report), source, own=label in draft.definitions)
            for label, (section, report, source) in zip(labels, rows, strict=True)
        )


def _same_file(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _read(file: Path) -> Sequence[Report]:
    try:
        return read_reports(file).reports
    except (DrafterError, OSError):
        return ()
