"""From an outline to a draft: each section written in order, then its sources gathered.

The writer of an item is a parameter: compose, or a model that falls back to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from drafter.model import (
    Borrowed,
    Draft,
    DraftSection,
    Finding,
    Number,
    SectionPlan,
    Source,
    ToFill,
    UnusedFact,
    Words,
)
from drafter.numbers.expressions import operands, worked
from drafter.writing.borrowing import may_borrow, starts_with_one_of
from drafter.writing.compose import compose_item
from drafter.writing.formal import formal_outside
from drafter.writing.frames import past_sentences
from drafter.writing.headings import split_number, without_label
from drafter.writing.lending import trim_lent
from drafter.writing.material import Material, Used
from drafter.writing.periods import FULL_YEAR, in_period, time_words
from drafter.writing.references import fact_with_references, put_numbers, quantities_of
from drafter.writing.sentences import as_list, full_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from drafter.model import Exemplar, Fact, Outline, Paragraph, Piece
    from drafter.writing.head import Head

ItemWriter: TypeAlias = Callable[[SectionPlan], tuple[DraftSection, tuple[Finding, ...]]]
"""Writes one item of an outline and says what a reviewer must know of it."""
_MOST_LEADS = 2
CLOSINGS = {"problems": "存在的主要问题", "plans": "下一步工作打算"}
"""What is asked for where the notes say nothing of problems, or of plans."""
_ENUMERATOR = re.compile(r"^(?:[一二三四五六七八九十]+是|[（(]?[一二三四五六七八九十\d]+[）)、.．])")
_UNDER_WHOM = re.compile(r"在.{2,24}(?:领导|指导|支持|关心|帮助|关怀)下$")
_UNDER_WHOM = re.compile(r"在.{2,24}(?:领导|指导|支持|关心|帮助|关怀)下$")


def composer(material: Material) -> ItemWriter:
    """Return the writer that needs no model; it remembers what it has lent so far."""
    used = Used()

    def write(plan: SectionPlan) -> tuple[DraftSection, tuple[Finding, ...]]:
        paragraph = compose_item(plan.facts, plan.models, material, used)
        return DraftSection(plan.heading, plan.level, (paragraph,), _label(plan)), ()

    return write


def write_sections(
    outline: Outline,
    head: Head,
    material: Material,
    write_item: ItemWriter,
) -> tuple[tuple[DraftSection, ...], tuple[Finding, ...]]:
    """Return the written sections of `outline` in order, with what a reviewer must know of them."""
    written: list[DraftSection] = []
    findings: list[Finding] = []
    for plan in outline.sections:
        if plan.role == "opening":
            written.append(_opening(plan, head, material, write_item, findings))
        elif plan.role in {"problems", "plans"}:
            written.append(closing(plan, material))
        else:
            written += _body(plan, write_item, findings)
    return tuple(written), tuple(findings)


def _body(plan: SectionPlan, write_item: ItemWriter, findings: list[Finding]) -> list[DraftSection]:
    items: list[tuple[SectionPlan, DraftSection]] = []
    for item in (*((replace(plan, children=()),) if plan.facts else ()), *plan.children):
        section, found = write_item(item)
        items.append((item, section))
        findings += found
    trimmed = iter(trim_lent([paragraph for _, section in items for paragraph in section.paragraphs]))
    sections = [DraftSection(plan.heading, plan.level, (), _label(plan), writer=items[0][1].writer)]
    for item, section in items:
        paragraphs = tuple(next(trimmed) for _ in section.paragraphs)
        if item.level == plan.level:
            sections[0] = replace(
                section, heading=plan.heading, level=plan.level, model=_label(plan), paragraphs=paragraphs
            )
        else:
            if not item.heading and not item.models:
                paragraphs = (_besides(paragraphs[0]), *paragraphs[1:])
            sections.append(replace(section, paragraphs=paragraphs, model=_label(item), run_in=item.run_in))
    return sections


def _besides(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph of facts that no item of the section had a place for."""
    return (Words("此外，"), *paragraph) if isinstance(paragraph[0], Words) else paragraph


def _opening(
    plan: SectionPlan,
    head: Head,
    material: Material,
    write_item: ItemWriter,
    findings: list[Finding],
) -> DraftSection:
    pieces: list[Piece] = [Words(f"{time_words(head.year, head.period)}，{head.unit}")]
    leads = _leads(plan.models, head, material)
    for text, label in leads:
        pieces.append(Borrowed(full_width(in_period(text, head.period)) + "，", label))
    pieces.append(Words("认真抓好各项工作。"))
    paragraph = tuple(pieces)
    writer = "compose"
    if plan.facts:
        section, found = write_item(replace(plan, models=plan.models))
        findings += found
        writer = section.writer
        paragraph = (
            *paragraph,
            *(piece for part in section.paragraphs for piece in part if not isinstance(piece, ToFill)),
        )
    period = "全年" if head.period == FULL_YEAR else head.period
    paragraph = (*paragraph, Words(f"现将{period}工作情况总结如下。"))
    return DraftSection("", 1, trim_lent([paragraph], 0.5), writer=writer)


def _leads(models: Sequence[Exemplar], head: Head, material: Material) -> list[tuple[str, str]]:
    """Return the words of past openings that say under whom and to what end, with their labels."""
    clauses = (
        (clause.text.removeprefix(head.unit), model.label)
        for model in models
        for sentence in past_sentences(model.section.text)
        for clause in sentence
        if not clause.slots
    )
    return [
        (text, label)
        for text, label in clauses
        if (_UNDER_WHOM.match(text) or starts_with_one_of(text, "leads"))
        and may_borrow(text, material.around)
    ][:_MOST_LEADS]


def closing(plan: SectionPlan, material: Material) -> DraftSection:
    """Write 存在问题 or 下一步 from the notes alone; what they don't say is asked for."""
    paragraph = closing_paragraph(plan.facts, plan.role, material.facts)
    return DraftSection(
        plan.heading, plan.level, (paragraph or (ToFill(CLOSINGS[plan.role]),),), _label(plan)
    )


def closing_paragraph(facts: Sequence[Fact], role: str, by_id: Mapping[str, Fact]) -> Paragraph:
    """Return what `facts` say of problems or plans, an empty paragraph if they say nothing."""
    items: list[str] = []
    for fact in facts:
        said = formal_outside(full_width(without_label(fact_with_references(fact)))).rstrip("。；")
        items += (_ENUMERATOR.sub("", part.strip()) for part in said.split("；") if part.strip())
    lead = "工作中还存在以下问题和不足：" if role == "problems" else "下一步，将重点抓好以下工作："
    return (Words(lead), *put_numbers(as_list(items), by_id)) if items else ()


def _label(plan: SectionPlan) -> str | None:
    """Return the label of the past section that the heading of `plan` is from, if it is from one."""
    words = split_number(plan.heading)[1]
    for model in plan.models:
        past = {
            full_width(split_number(line)[1]).rstrip("。：")
            for line in (model.section.heading, *model.section.path)
        }
        if words and words in past:
            return model.label
    return None


def gather(  # noqa: PLR0913 - all that a draft is put together from
    head: Head,
    sections: Sequence[DraftSection],
    outline: Outline,
    material: Material,
    meta: Mapping[str, Any],
    *,
    unused: Sequence[UnusedFact] = (),
    findings: Sequence[Finding] = (),
) -> Draft:
    """Return the draft with the sources of all its labels.

    Raises:
        KeyError: a label has no source; the writers only make labels that have one.
    """
    exemplars = {model.label: model for plan in outline.all_sections for model in plan.models}
    quantities = quantities_of(material.facts.values()) | material.quantities
    sources: dict[str, Source] = {}
    for label in _labels(sections):
        if label in sources:
            continue
        if label in exemplars:
            sources[label] = _past_source(exemplars[label])
            continue
        ids = operands(label)
        passage = next((name.partition(".")[0] for name in ids if name.startswith("P")), None)
        if passage is not None:
            where = _past_source(exemplars[passage]).where
            sources[label] = Source(where, worked(label, quantities))
            continue
        fact = material.facts[ids[0].partition(".")[0]]
        title = fact.text if ids == (label,) else worked(label, quantities)
        sources[label] = Source(fact.where, title)
    return Draft(meta, head.title, tuple(sections), sources, tuple(unused), tuple(findings))


def _past_source(model: Exemplar) -> Source:
    heading = model.section.heading or (model.section.path[-1] if model.section.path else "")
    where = model.section.where
    if where is None:
        raise KeyError(model.label)
    return Source(where, " · ".join(part for part in (model.report.title, heading) if part))


def _labels(sections: Iterable[DraftSection]) -> Iterable[str]:
    for section in sections:
        if section.model:
            yield section.model
        for paragraph in section.paragraphs:
            for piece in paragraph:
                if isinstance(piece, Number | Borrowed):
                    yield piece.label
