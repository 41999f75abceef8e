"""Marks of the draft: hints at a source, each of them verified and none trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.checking import messages
from drafter.checking.arithmetic import converted, verify
from drafter.checking.belonging import belongs
from drafter.checking.book import unrelated
from drafter.checking.case import Verdict
from drafter.checking.direct import Match, clash, supported_by
from drafter.checking.judge import bench_of, compares
from drafter.checking.naming import successes
from drafter.checking.rivals import rival
from drafter.checking.shares import rate_numerators
from drafter.numbers.compare import supports
from drafter.numbers.expressions import ExpressionError, operands, operands_of, worked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drafter.checking.book import Book
    from drafter.checking.case import Case
    from drafter.checking.mentions import Mention
    from drafter.checking.paragraphs import Paragraph
    from drafter.draftfile import DraftText, Mark


_CLEARLY, _MARGIN = 1.5, 0.15
"""How much better another source of the same value must fit before a mark counts as wrong."""


def labels_of(draft: DraftText) -> Mapping[tuple[int, int], str]:
    """Return label by span for the marks that tie a number; `[words][P2]` ties words and is left out."""
    return {(mark.span.start, mark.span.end): mark.label for mark in draft.marks if _names_number(mark)}


def label_for(mention: Mention, labels: Mapping[tuple[int, int], str]) -> str | None:
    """Return the label of the mark that holds the number, with or without 达 or 第 inside it."""
    exact = labels.get((mention.start, mention.end))
    if exact is not None:
        return exact
    for (start, end), label in labels.items():
        if start <= mention.start and mention.end <= end and end - start <= mention.end - mention.start + 4:
            return label
    return None


def judge_mark(mention: Mention, label: str, paragraph: Paragraph, case: Case) -> Verdict | None:
    """Return the verdict that a mark leads to; None when it says nothing and the number must be traced."""
    book = case.book
    names = operands_of(label)
    missing = [name for name in names if name not in book.by_id]
    if missing and all(_is_of_unread_past(name, book) for name in missing):
        return None
    if not names or missing:
        message = f"标记[{label}]指向的要点或往年的数不存在"
        return Verdict("unsupported", (), None, message, "请改正标记，或删去标记后重新核对")
    if len(names) == 1 and label == names[0]:
        return _single(mention, book.by_id[label], paragraph, case)
    return _expression(mention, label, paragraph, case)


def _is_of_unread_past(name: str, book: Book) -> bool:
    """Tell whether a quantity is one of a past passage that the check was not given."""
    return name.startswith("P") and name.partition(".")[0] not in book.past_names


def _names_number(mark: Mark) -> bool:
    return "." in mark.label


def _single(mention: Mention, source: Mention, paragraph: Paragraph, case: Case) -> Verdict:
    """Return the verdict on a number that a mark ties to one quantity."""
    support = supports(source.number, mention.number)
    if support is None:
        return _unlike(mention, source, case)
    if source.id.startswith("P"):
        return _past_mark(mention, source, case)
    book, surface = case.book, mention.number.surface
    why = clash(mention, source)
    if why is not None:
        message = messages.other_slot(surface, source, why)
        return Verdict("conflict", (source.id,), None, message, messages.hint(source, book))
    match = Match(source, support, book.likeness(mention, source))
    others = book.by_key.get(mention.key, ())
    foreign = unrelated(mention, source) or not (mention.aside or belongs(mention, match, paragraph, case))
    if foreign or (match.likeness == 0.0 and source.owner not in paragraph.affinity):
        message = messages.other_slot(surface, source, "与文中说的不像一件事")
        return Verdict("conflict", (source.id,), None, message, messages.hint(source, book))
    fitting = (
        (None if mention.aside else rival(mention, match, others, bench_of(paragraph, case)))
        or _better(mention, match, paragraph, case)
        or book.named_by(mention, [source])
    )
    if fitting is not None:
        message = messages.other_subject(surface, source, fitting, book)
        return Verdict("conflict", (source.id,), None, message, messages.hint(fitting, book))
    return Verdict("traced" if support.exact else "approximate", (source.id,), None, support.rule)


def _unlike(mention: Mention, source: Mention, case: Case) -> Verdict:
    """Return the verdict on a number that the marked quantity does not support by itself."""
    book, surface, value = case.book, mention.number.surface, mention.number.value
    if converted(mention, source):
        return Verdict("derived", (source.id,), source.id, f"{source.number.surface} = {surface}")
    tip = messages.hint(source, book)
    if value is not None and value == source.number.value and mention.key != source.key:
        return Verdict("conflict", (source.id,), None, messages.other_unit(surface, source, book), tip)
    message = messages.differs(surface, source, book)
    found = supported_by(mention, book.by_key.get(mention.key, ()), book.likeness)
    elsewhere = [match.source for match in found if not clash(mention, match.source)]
    if elsewhere:
        return Verdict("conflict", (), None, message, messages.hint(elsewhere[0], book))
    return Verdict("unsupported", (), None, message, tip)


def _better(mention: Mention, match: Match, paragraph: Paragraph, case: Case) -> Mention | None:
    """Return another source of the same value that the words fit clearly better than the marked one."""
    found = supported_by(mention, case.book.by_key.get(mention.key, ()), case.book.likeness)
    others = [m for m in found if m.source is not match.source and not clash(mention, m.source)]
    if not others:
        return None
    foreign = not belongs(mention, match, paragraph, case) and belongs(mention, others[0], paragraph, case)
    closer = others[0].likeness > match.likeness * _CLEARLY + _MARGIN
    return others[0].source if foreign or closer else None


def _past_mark(mention: Mention, source: Mention, case: Case) -> Verdict:
    book = case.book
    title = book.past[source.owner].title
    if compares(mention, case):
        return Verdict("past", (source.id,), None, f"见往年的《{title}》")
    message = messages.only_past(mention.number.surface, source, book)
    return Verdict("stale", (source.id,), None, message, messages.hint(source, book))


def _expression(mention: Mention, label: str, paragraph: Paragraph, case: Case) -> Verdict:
    """Evaluate a declared expression; it must come to the printed number and agree with the words."""
    names = operands(label)
    quantities, surface = case.book.quantities, mention.number.surface
    facts = tuple(dict.fromkeys(names))
    try:
        found = verify(label, mention, quantities)
        shown = worked(label, quantities)
    except ExpressionError as error:
        return Verdict("unsupported", facts, label, f"标记[{label}]算不出来：{error}")
    if found is None:
        message = messages.miscalculated(surface, names, shown)
        return Verdict(
            "unsupported", facts, label, message, messages.hint(case.book.by_id[names[0]], case.book)
        )
    other = case.book.named_by(mention, [case.book.by_id[name] for name in names])
    why = _misread(mention, label, paragraph, case) or (other and f"文中说的却是{messages.what(other)}")
    if why:
        return Verdict(
            "conflict", facts, label, f"文中{surface}，标记为{messages.places(names)}的 {shown}，{why}"
        )
    return Verdict("derived", facts, label, shown)


def _misread(mention: Mention, label: str, paragraph: Paragraph, case: Case) -> str:
    """Return what the declared arithmetic contradicts: the direction, last year, what a 率 is a rate of."""
    names = operands(label)
    if "P" in label:
        from drafter.checking.comparisons import uncomparable  # noqa: PLC0415 - few drafts compare

        return uncomparable(mention, label, paragraph, case.book)
    by_id, context = case.book.by_id, mention.context
    if context.change and "-" in label and len(names) > 1:
        first, second = (by_id[name].context.prior for name in names[:2])
        if first != second and first is (context.change == "up"):
            return "与文中说的增减方向相反"
    numerators = rate_numerators(mention, [by_id[name] for name in by_id], case.blanked)
    part = by_id[names[0]]
    same = [s for s in numerators if s.owner == part.owner]
    if len(names) == 2 and "/" in label and same and part not in same:
        if by_id[names[1]] in same and part in successes(by_id[names[1]], case.book.numbers):
            return ""
        return f"但这个率说的应是{messages.what(same[0])}"
    return ""
