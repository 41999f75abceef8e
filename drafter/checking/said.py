"""Arithmetic on numbers of different notes that the sentence itself sets side by side.

Two notes may be combined only here: the operands are those that the sentence
has just printed, or the whole that everybody lives in (占总人口的, 平均每人联系).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from drafter.checking.amounts import is_amount, not_less
from drafter.checking.arithmetic import POINTS, fits
from drafter.checking.direct import comparable, supported_by
from drafter.checking.elsewhere import kinds_summed, of_a_whole_elsewhere
from drafter.checking.means import PER, WHOSE
from drafter.checking.mentions import grams_of
from drafter.numbers.compare import supports_value
from drafter.numbers.expressions import compute, operands, plain
from drafter.numbers.families import same_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.checking.case import Case, Printed
    from drafter.checking.mentions import Mention
    from drafter.checking.paragraphs import Paragraph

_SHARE_OF = re.compile(r"占[^，。；□]{0,3}?([^，。；□]{0,12}?)(?:数|量)?的$")
_SHARE = re.compile(r"占比?[^，。；□]{0,3}$")
_EVERYBODY = re.compile(r"总人口|常住人口|总户|总人|户籍人口|居民总|全[社街镇乡村县区市][^，。□]{0,3}[户人]")
_OFTEN = re.compile(r"每(?:个)?(天|日|周|星期|月|季度?)[^，。；□]{0,8}$|([日周月季])均[^，。；□]{0,4}$")
_REST = re.compile(r"还有|其余|余下|剩余|剩下|尚有|另有|未|没有|尚")
_FORMULA = re.compile(r"([FP]\d+\.\d+)/([FP]\d+\.\d+)")
_SUM = re.compile(r"[FP]\d+\.\d+(?:\+[FP]\d+\.\d+)+")
_BEFORE_GROWTH = re.compile(r"([FP]\d+\.\d+)-([FP]\d+\.\d+)")
_MONTHS = {"上半年": 6, "下半年": 6, "前三季度": 9}
_OF_A_MONTH = {"天": "30.4", "日": "30.4", "周": "4.34", "星期": "4.34", "月": "1"}
_SLACK = Decimal("0.03")
"""How far days and weeks may stray from whole months: 365 or 366 of them, 52 or 53."""
_HUNDRED = 100
_THINGS = frozenset(("个", "所", "座", "处", "家", "支", "项"))


class Said(NamedTuple):
    """What gives a number: the quantities it rests on, a label if there is one, the arithmetic."""

    names: tuple[str, ...]
    label: str | None
    note: str


def from_sentence(mention: Mention, paragraph: Paragraph, case: Case, printed: Printed) -> Said | None:
    """Return the arithmetic on what the sentence has said that gives the number, None without any."""
    if mention.number.value is None or mention.number.kind not in {"quantity", "money", "percent"}:
        return None
    said = _said(mention, paragraph, case)
    lead = case.blanked[mention.context.clause.start : mention.start]
    labels = [*_means(mention, said, lead, case), *_shares(mention, said, lead, case)]
    labels += _last_years(mention, printed, case)
    labels += _steps(mention, said, printed)
    current = [s for s in _printed(case) if s.context.change is None]
    noted = [s for s in case.book.numbers if is_amount(s) and not s.context.prior]
    labels += of_a_whole_elsewhere(mention, said, lead, current, noted)
    for label in labels:
        found = fits(label, mention, case.book.quantities)
        if found is not None:
            names = tuple(dict.fromkeys(re.findall(r"[FP]\d+\.\d+", label)))
            rule = f"（{found.support.rule}）" if found.support.rule else ""
            return Said(names, label, f"{found.shown}{rule}")
    kinds = kinds_summed(mention, said, lead)
    if kinds:
        shown = " + ".join(plain(s.number.value or Decimal(0)) for s in kinds)
        return Said(tuple(s.id for s in kinds), None, f"{shown} = {mention.number.surface}")
    left = _complement(mention, said, paragraph, case)
    return left or _frequency(mention, said, (paragraph, printed), case)


def _said(mention: Mention, paragraph: Paragraph, case: Case) -> list[Mention]:
    """Return what the numbers of the sentence before `mention` rest on, in order."""
    book, found = case.book, []
    for other in paragraph.mentions:
        if other.end > mention.start or other.context.sentence != mention.context.sentence:
            continue
        sources = supported_by(other, book.by_key.get(other.key, ()), book.likeness)
        if sources and (sources[0].likeness > 0 or len(sources) == 1):
            found.append(sources[0].source)
    return found


def _means(mention: Mention, said: Sequence[Mention], lead: str, case: Case) -> Iterator[str]:
    """A total of the sentence over a count of it; either may be the one of the whole place."""
    matches = list(PER.finditer(lead))
    if not (mention.context.mean or matches):
        return
    units = {mention.number.unit, "人次" if mention.number.unit == "次" else None} - {None}
    totals = [s for s in reversed(said) if is_amount(s) and any(same_unit(s.number.unit, u) for u in units)]
    unit = (matches[-1][1] or matches[-1][2]) if matches else None
    unit = unit or ("亩" if "亩产" in lead else None)
    words = lead[matches[-1].start() :] if matches else ""
    counts = [s for s in reversed(said) if is_amount(s) and unit and _is_counted(s, unit)]
    if unit is None:
        firsts = [s for s in said if is_amount(s) and totals and s.owner == totals[0].owner]
        counts = [s for s in firsts if not same_unit(s.number.unit, mention.number.unit)][:1]
    named = [s for s in _printed(case) if unit and _is_counted(s, unit) and _names(words, s)]
    everyone = _everybody(mention, case) if not totals else []
    for total in totals[:1] or everyone:
        yield from (f"{total.id}/{count.id}" for count in (counts[:1] or named) if count is not total)


def _is_counted(source: Mention, unit: str) -> bool:
    """Tell whether a number counts what a mean is taken over: 38名 per 人, 6个村 per 村."""
    name, unit = source.number.unit or "", WHOSE.get(unit, unit)
    beside = source.context.tail[:1] == unit[:1] or unit[:1] in source.context.head[-3:]
    thing = (name in _THINGS and beside) or (unit == "户" and name == "家")
    return is_amount(source) and (thing or same_unit(name, unit) or same_unit(name, unit[:1]) or name == unit)


def _names(words: str, source: Mention) -> bool:
    return any(len(gram) > 1 for gram in grams_of(words).keys() & source.near.keys())


def _printed(case: Case) -> list[Mention]:
    return [s for s in case.book.numbers if s.id in case.claims and is_amount(s) and not s.context.prior]


def _everybody(mention: Mention, case: Case) -> list[Mention]:
    """Return the largest number of households or people that the draft prints: those of the whole place."""
    people = any(same_unit(mention.number.unit, unit) for unit in ("人", "户"))
    alike = [s for s in _printed(case) if people and same_unit(s.number.unit, mention.number.unit)]
    return [max(alike, key=lambda s: s.number.value or Decimal(0))] if alike else []


def _shares(mention: Mention, said: Sequence[Mention], lead: str, case: Case) -> Iterator[str]:
    """The last number of the sentence over the one that 占…的 names, or over the first of the sentence."""
    amounts = [s for s in said if is_amount(s) and not s.context.prior]
    if mention.number.kind != "percent" or mention.context.change is not None or not amounts:
        return
    part, named = amounts[-1], _SHARE_OF.search(lead)
    wholes = [s for s in amounts[:-1] if comparable(s, part) and not_less(s, part)]
    if named is None:
        wholes = wholes[:1] if _SHARE.search(lead) else []
    elif _EVERYBODY.search(named[1]):
        wholes = _everybody(part, case)
    else:
        pairs = {gram for gram in grams_of(named[1]) if len(gram) > 1}
        bound = [s for s in wholes if pairs & s.near.keys()]
        wholes = bound or [s for s in wholes if set(named[1]) & s.near.keys()]
    yield from (f"{part.id}/{whole.id}" for whole in wholes if whole is not part)


def _last_years(mention: Mention, printed: Printed, case: Case) -> Iterator[str]:
    """Last year's rate beside this year's, from the same two notes, and the points between both."""
    rates = [match for f in reversed(printed.formulas) if (match := _FORMULA.fullmatch(f))]
    by_id = case.book.by_id
    found = next((match for match in rates if not by_id[match[1]].context.prior), None)
    points = mention.number.unit in POINTS
    if found is None or not (points or mention.number.kind == "percent"):
        return
    before = [_year_before(by_id[name], case) for name in found.groups()]
    if before[0] is None or before[1] is None:
        return
    now, then = found.group(), f"{before[0].id}/{before[1].id}"
    if mention.context.prior:
        yield then
    if points and mention.context.change is not None:
        yield f"{then}-{now}" if mention.context.change == "down" else f"{now}-{then}"


def _steps(mention: Mention, said: Sequence[Mention], printed: Printed) -> Iterator[str]:
    """What lies between the two numbers that the sentence has led from and to: 由6个减至2个，4个村摘帽."""
    if len(said) > 1 and said[-2].owner == said[-1].owner and comparable(said[-2], said[-1]):
        first, last = said[-2:]
        fell = not_less(first, last)
        agrees = mention.context.change in {None, "down" if fell else "up"}
        if first.context.prior and not last.context.prior and comparable(mention, last) and agrees:
            yield f"{first.id}-{last.id}" if fell else f"{last.id}-{first.id}"
    found = _BEFORE_GROWTH.fullmatch(printed.formulas[-1]) if printed.formulas else None
    if found and mention.context.change == "up" and mention.number.kind == "percent":
        yield f"{found[2]}/({found.group()})"


def _year_before(source: Mention, case: Case) -> Mention | None:
    """Return the number of the year before in the same note, if there is just one."""
    mates = [s for s in case.book.numbers if s.owner == source.owner and comparable(s, source)]
    now, then = ([s for s in mates if s.context.prior == prior] for prior in (False, True))
    if not then or source.context.prior or (len(now) != len(then) and len(then) != 1):
        return None
    return then[now.index(source)] if len(then) > 1 else then[0]


def _complement(mention: Mention, said: Sequence[Mention], paragraph: Paragraph, case: Case) -> Said | None:
    """What a rate of the sentence leaves of all: 收缴率76%，还有两成多未缴."""
    own = [s for s in case.book.numbers if s.owner in paragraph.own and mention.near.keys() & s.words]
    rates = [s for s in (*own, *said) if s.number.kind == "percent" and s.number.unit not in POINTS]
    clause = case.blanked[mention.context.clause.start : mention.context.clause.end]
    if mention.number.kind != "percent" or not rates or not _REST.search(clause):
        return None
    value = rates[-1].number.value
    if value is None or supports_value(_HUNDRED - value, mention.number, rounding=False) is None:
        return None
    return Said((rates[-1].id,), None, f"100 − {plain(value)} = {plain(_HUNDRED - value)}")


def _frequency(
    mention: Mention, said: Sequence[Mention], beside: tuple[Paragraph, Printed], case: Case
) -> Said | None:
    """So many a month where the notes give as many times twelve in the year."""
    often = _OFTEN.search(case.blanked[mention.context.clause.start : mention.start])
    if often is None or mention.number.value is None:
        return None
    period, each = case.book.period or "", often[1] or often[2]
    months = Decimal(_MONTHS.get(period, 3 if "季度" in period else 12))
    times = months / 3 if each.startswith("季") else months * Decimal(_OF_A_MONTH[each])
    own, near = beside[0].own, case.book.likeness.near
    alike = [s for s in case.book.numbers if s.owner in own and near(mention, s) > 0]
    alike = [s for s in alike if mention.near.keys() & s.words] or alike
    counts = [s for s in (*said, *alike) if is_amount(s) and comparable(mention, s)]
    if any(s.context.mean and s.context.frequency and comparable(mention, s) for s in alike):
        return None
    values = [((s.id,), s.number.value) for s in counts] + _means_before(beside[1], said, mention, case)
    for names, value in values:
        if value is not None and _is_so_often(value / times, mention):
            return Said(names, None, f"{plain(value)} ÷ {plain(times)}，即每{each}{mention.number.surface}")
    return None


def _is_so_often(often: Decimal, mention: Mention) -> bool:
    """Tell whether the mean number of times is the printed one, as near as the calendar allows."""
    value = mention.number.value or Decimal(0)
    if mention.number.approx:
        return supports_value(often, mention.number) is not None
    return abs(often - value) <= value * _SLACK


def _means_before(
    printed: Printed, said: Sequence[Mention], mention: Mention, case: Case
) -> list[tuple[tuple[str, ...], Decimal | None]]:
    """Return the mean that the sentence has worked out before: 人均24次，相当于每月两次."""
    last = printed.formulas[-1] if printed.formulas else ""
    if _SUM.fullmatch(last):
        summed = compute(last, case.book.quantities)
        return [(operands(last), summed.value)] if same_unit(summed.unit, mention.number.unit) else []
    found = _FORMULA.fullmatch(last)
    ids = {s.id for s in said}
    if found is None or not ids >= set(found.groups()):
        return []
    total, count = (case.book.by_id[name].number for name in found.groups())
    if total.value is None or not count.value or not same_unit(total.unit, mention.number.unit):
        return []
    return [(found.groups(), total.value / count.value)]
