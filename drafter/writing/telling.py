"""This year's bullets as the clauses that a draft tells them in.

What a bullet says stays; how clerks jot it down does not: everyday words become
official ones, a remark in brackets that is a clause becomes one, two years side
by side become their difference. Each change is kept only where the checker still
reads every number as the bullet has it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from drafter.checking import check_text
from drafter.model import Number, Span
from drafter.writing.formal import formal_outside
from drafter.writing.frames import MATCH, Clause, fact_clauses, likeness
from drafter.writing.references import put_numbers
from drafter.writing.sentences import follows, full_width, official, spell_label
from drafter.writing.words import cut, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from drafter.model import Fact

GAP = "~"
_REMARK = re.compile(r"^(.+?)\s*[（(]([^（）()]+)[）)]$")
_REST = re.compile(r"其余|剩余|余下")
_WHOLE = re.compile(r"总(?:[数量额计]|收入|产[值量]|面积|[人户]数)|合计|共计|总共|小计")
_BASE = re.compile(r"^(比|较|而)?(?:去年|上年)(同期)?(?:全年)?(?:的|为|是|有)?$")
_UP = re.compile(r"^又?(?:有所)?(?:多了?|增加了?|增多了?|增长了?|上升了?|提高了?)$")
_DOWN = re.compile(r"^又?(?:有所)?(?:少了?|减少了?|下降了?|降低了?)$")
_COMPARED = re.compile(r"同比|环比|上年|去年|往年|同期|增[长加]|下降|减少|提高|其中|平均|人均|每")
_DIGITS = re.compile(r"[\d.,，]")
_WORDS = {"quantity": ("增加", "减少"), "money": ("增加", "减少"), "percent": ("提高", "下降")}


def own_words(clause: Clause, *, first: bool) -> str:
    """Return a clause of a fact as an official text says it; `first` where it opens its fact."""
    text = clause.with_labels(labels_of(clause)).rstrip(".")
    if first:
        text = spell_label(text)
    return full_width(official(text, clause.slots[0].unit if clause.slots else None, opens=first))


def labels_of(clause: Clause) -> tuple[str, ...]:
    """Return what goes into the braces of each slot: a quantity's id, or a gap with its measure word."""
    return tuple(slot.label or f"{GAP}{slot.unit or '数'}" for slot in clause.slots)


def told_clauses(facts: Sequence[Fact]) -> dict[str, tuple[Clause, ...]]:
    """Return the clauses of each fact by its id; one that leans on another (其中…) is part of that.

    The rest of several (其余9个村) takes all of them along that it is the rest of.
    """
    own: dict[str, tuple[Clause, ...]] = {}
    last = ""
    for fact in facts:
        clauses = retold(fact)
        if last and own[last] and follows(fact):
            if _REST.match(fact.text):
                last = _with_kin(own, last)
            own[last] = _joined(own[last], clauses)
        else:
            own[fact.id] = clauses
            last = fact.id
    return own


def _joined(clauses: tuple[Clause, ...], more: tuple[Clause, ...]) -> tuple[Clause, ...]:
    return (*clauses[:-1], replace(clauses[-1], stop="，"), *more)


def _with_kin(own: dict[str, tuple[Clause, ...]], last: str) -> str:
    """Join what says the same of others right before `last` with it, and return where all of it is now."""
    for name in reversed([*own][:-1]):
        before, after = own[name], own[last]
        kin = len(before) == 1 and _is_kin(before[0], after[0])
        if not kin or int(name[1:]) + 1 != int(last[1:]):
            break
        own[name] = _joined(before, own.pop(last))
        last = name
    return last


def _is_kin(one: Clause, other: Clause) -> bool:
    units = [[slot.unit for slot in clause.slots] for clause in (one, other)]
    return bool(one.slots) and units[0] == units[1] and likeness(one, other) >= MATCH


def wholes_first(sentences: Sequence[Sequence[str]], own: Mapping[str, Sequence[Clause]]) -> list[int]:
    """Return the order of sentences (the ids of the facts each says) in which a total precedes its parts."""
    order: list[int] = []
    for at, names in enumerate(sentences):
        wholes = [clause for name in names for clause in own[name][:1] if _WHOLE.search(clause.bare)]
        place = next(
            (
                place
                for place, earlier in enumerate(order)
                if any(_is_part(own[name][0], whole) for name in sentences[earlier] for whole in wholes)
            ),
            len(order),
        )
        order.insert(place, at)
    return order


def _is_part(part: Clause, whole: Clause) -> bool:
    if len(part.slots) != 1 or len(whole.slots) != 1 or _WHOLE.search(part.bare) or not _is_kin(whole, part):
        return False
    less, more = part.slots[0].value, whole.slots[0].value
    return less is not None and more is not None and less <= more


@lru_cache(maxsize=4096)
def retold(fact: Fact) -> tuple[Clause, ...]:
    """Return the clauses of a fact in official words, each change left out that the checker objects to."""
    clauses = fact_clauses(fact)
    steps: tuple[Callable[[tuple[Clause, ...]], tuple[Clause, ...]], ...] = (
        _remark_opened,
        _years_compared,
        _put_formally,
    )
    for step in steps:
        changed = step(clauses)
        if changed != clauses and _holds(changed, fact):
            clauses = changed
    return clauses


def _holds(clauses: Sequence[Clause], fact: Fact) -> bool:
    """Return whether the checker reads clauses as the bullet is meant."""
    said = "，".join(_printed(clause, fact) for clause in clauses)
    return check_text(f"{said}。", [fact.text]).ok


def _printed(clause: Clause, fact: Fact) -> str:
    parts, end = [], 0
    for slot in clause.slots:
        surface = clause.text[slot.span.start : slot.span.end]
        if slot.label:
            (number,) = put_numbers(f"{{{slot.label}}}", {fact.id: fact})
            surface = number.surface if isinstance(number, Number) else surface
        parts += [clause.text[end : slot.span.start], surface]
        end = slot.span.end
    return "".join((*parts, clause.text[end:]))


# --- official words -------------------------------------------------------------------------


def _put_formally(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    return tuple(formal_clause(clause) for clause in clauses)


def formal_clause(clause: Clause) -> Clause:
    """Return a clause with official words around its numbers."""
    labelled = clause.with_labels(("",) * len(clause.slots))
    changed = formal_outside(labelled)
    if changed == labelled:
        return clause
    parts = changed.split("{}")
    text, slots = parts[0], []
    for slot, part in zip(clause.slots, parts[1:], strict=True):
        surface = clause.text[slot.span.start : slot.span.end]
        slots.append(replace(slot, span=Span(len(text), len(text) + len(surface))))
        text += surface + part
    return Clause(text, tuple(slots), clause.stop)


# --- remarks ----------------------------------------------------------------------------------


def _remark_opened(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Return clauses with the remark that closes the last one out of its brackets, if it is a clause."""
    last = clauses[-1] if clauses else None
    found = _REMARK.match(last.text) if last else None
    if last is None or found is None or not _is_clause(last, found):
        return clauses
    before = tuple(slot for slot in last.slots if slot.span.end <= found.end(1))
    start = found.start(2)
    inside = tuple(
        replace(slot, span=Span(slot.span.start - start, slot.span.end - start))
        for slot in last.slots
        if slot.span.start >= start
    )
    if len(before) + len(inside) != len(last.slots):
        return clauses
    return (*clauses[:-1], Clause(found[1], before, "，"), Clause(found[2], inside, last.stop))


def _is_clause(clause: Clause, found: re.Match[str]) -> bool:
    remark = found[2]
    inside = [slot for slot in clause.slots if slot.span.start >= found.start(2)]
    if len(inside) == 1 and _BASE.match(clause.text[found.start(2) : inside[0].span.start]):
        return True
    tokens = cut(remark)
    for at, token in enumerate(tokens):
        stands = not at or tokens[at - 1].tag[0] in "njlr"
        if token.text in words_of("remarks") and stands and at + 1 < len(tokens):
            return "、" not in remark
    return False


# --- this year and last year --------------------------------------------------------------------


def _years_compared(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Return clauses with 比上年增加33吨 for 去年505吨, where both numbers are exact and of one thing."""
    for at in range(1, len(clauses)):
        others = [clause for place, clause in enumerate(clauses) if place != at]
        if not any(_COMPARED.search(clause.bare) for clause in others):
            told = _difference(clauses[:at], clauses[at])
            if told is not None:
                return (*clauses[:at], told, *clauses[at + 1 :])
    return clauses


def _difference(before: Sequence[Clause], clause: Clause) -> Clause | None:
    """Return the clause that says how much more or less than last year it is, None where that is unsure."""
    now, base = before[-1], _BASE.match(clause.parts[0])
    if base is None or len(now.slots) != 1 or now.parts[-1]:
        return None
    new, old = now.slots[0], clause.slots[0]
    if not _are_comparable(now, clause) or any(
        slot.measure == new.measure for other in before[:-1] for slot in other.slots
    ):
        return None
    change = (new.value or Decimal(0)) - (old.value or Decimal(0))
    said = _UP if change > 0 else _DOWN
    words = clause.parts[1]
    if not change or (words and not said.match(words)) or (base[1] in {"比", "较"} and not words):
        return None
    if len(clause.slots) > 1 and (not words or clause.slots[1].value != abs(change) or clause.parts[2]):
        return None
    label = f"{new.label}-{old.label}" if change > 0 else f"{old.label}-{new.label}"
    lead = f"比上年{base[2] or ''}{_WORDS[new.kind][change < 0]}"
    surface = clause.text[old.span.start : old.span.end]
    slot = replace(old, span=Span(len(lead), len(lead + surface)), value=abs(change), label=label)
    return Clause(lead + surface, (slot,), clause.stop)


def _are_comparable(now: Clause, then: Clause) -> bool:
    """Return whether the first numbers of two clauses are exact, of one unit and written alike."""
    new = now.slots[0]
    kinds = {slot.kind for slot in (new, *then.slots)}
    units = {slot.unit for slot in (new, *then.slots)}
    forms = {
        _DIGITS.sub("", clause.text[slot.span.start : slot.span.end])
        for clause in (now, then)
        for slot in clause.slots
    }
    known = all(slot.exact and slot.label and slot.value for slot in (new, *then.slots))
    return known and new.kind in _WORDS and len(kinds) == len(units) == len(forms) == 1
