"""The reader: goes through a text once and says of each numeral what it is."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from drafter.model import Numeral
from drafter.numbers.amounts import HAN, amount_at, number_at
from drafter.numbers.chinese import read_chinese
from drafter.numbers.counts import judge
from drafter.numbers.dates import date_at
from drafter.numbers.folding import RARE_HAN, is_numeral
from drafter.numbers.holes import find_holes
from drafter.numbers.lexicon import Lexicon, measure_at, plain_words
from drafter.numbers.masks import blank_at, mask_at
from drafter.numbers.names import brand_at, document_at, name_at
from drafter.numbers.page import Page, Reading, open_page
from drafter.numbers.structure import marker_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TRIGGER = re.compile(
    rf"[0-9{HAN}半首几若xX×＊*_…ⅹ✕╳○〇●?？nNOolI〔〡-〩〸-〺{RARE_HAN}]|[^\x00-\x7f\u3001-\u303f\u3400-\u9fff\uff00-\uffef“”‘’—]",
)
"""Where a numeral may begin."""


def read_numerals(text: str, names: Iterable[str] = ()) -> tuple[Numeral, ...]:
    """Return every numeral of `text` in reading order, each with what it is.

    Spans count the characters of `text`. Each character that stands for a
    number lies in exactly one numeral or in a word that counts nothing (统一,
    进一步); what is not understood comes back as a quantity without a value.
    `names` are expressions with a numeral that a unit's own papers show to be
    names (二街村). A place where a number was stripped out is a `hole` with
    `start == end`.

    >>> [(n.surface, n.kind, str(n.value), n.unit) for n in read_numerals("学习24次，参学2.3万余人次")]
    [('24次', 'quantity', '24', '次'), ('2.3万余人次', 'quantity', '23000', '人次')]
    """
    page = open_page(text)
    own = Lexicon(names)
    readings = list(_readings(page, own))
    kept = [reading for reading in readings if reading.kind is not None]
    holes = find_holes(page, readings)
    if len(holes) > _MANY_HOLES:
        kept = [_stripped(page, reading) for reading in kept]
    kept += holes
    kept.sort(key=lambda reading: (reading.start, reading.end))
    return tuple(_numeral(page, reading) for reading in kept)


_MANY_HOLES = 2
"""With more holes than this the digits of the whole text were stripped: its 万余元 lost a number too."""


def _stripped(page: Page, reading: Reading) -> Reading:
    """Return 万余元 as a hole: in a text without digits the number before 万 is gone."""
    found = re.match(r"([万亿])(余|多)?", page.text[reading.start : reading.end])
    if found is None or reading.unit is None:
        return reading
    return Reading(reading.start, reading.start, "hole", unit=found.group(1) + reading.unit, approx=found.group(2))


def _readings(page: Page, own: Lexicon) -> Iterator[Reading]:
    """Yield what is read at each place where a numeral may begin."""
    at = 0
    floor = 0
    while True:
        found = _TRIGGER.search(page.text, at)
        if found is None:
            return
        at = found.start()
        reading = _read_at(page, at, floor, own)
        if reading is None:
            at += 1
            continue
        yield reading
        at = floor = max(reading.end, at + 1) if reading.kind != "hole" else at + len(reading.unit or " ")


def _read_at(page: Page, at: int, floor: int, own: Lexicon) -> Reading | None:
    """Return what stands at `at`, None when it is no numeral."""
    char = page.text[at]
    if char == "〔":
        return document_at(page, at + 1, floor) or blank_at(page, at)
    if char in "xX×＊*_…ⅹ✕╳●?？nN若":
        return _masked_date(page, at, floor) or mask_at(page, at, floor)
    if char in "OolIОоΟο":
        return _disguised(page, at, floor)
    if not (char in HAN or char in "半首几○" or char.isascii()):
        return _strange(page, at) if is_numeral(char) else None
    named = own.match(page.text, at)
    if named is not None and named[0] >= floor:
        return Reading(named[0], named[1], "name")
    for read in (_disguised, _lost_point, document_at, date_at, _masked_number, marker_at, brand_at, name_at, _plain_word, _ordinal, _first, _amount):
        reading = read(page, at, floor)
        if reading is not None:
            return reading
    return None


def _masked_date(page: Page, at: int, floor: int) -> Reading | None:
    return document_at(page, at, floor) or date_at(page, at, floor)


def _masked_number(page: Page, at: int, floor: int) -> Reading | None:
    """Return 20xx or 1xx起: a number whose digits are partly masked."""
    if at and page.text[at - 1] == "*":
        return None
    found = re.compile(r"\d{1,3}[xX×*]{1,4}|[○〇]{2,6}(?=[个条次人名起户件元%])").match(page.text, at)
    if found is None:
        return None
    return mask_at(page, at, floor) or Reading(at, found.end(), "quantity")


_DISGUISE = re.compile(
    r"[0-9]{1,20}(?:\s?(?:<[^<>\n]{0,40}>|&#?[a-zA-Z0-9]{1,8};)\s?[0-9]{1,20}){1,20}|[0-9]{1,20}(?:[*_`^]{1,3}[0-9]{1,20}){1,20}"
    r"|[0-9][0-9.,]{0,30}[OolIОоΟο|][0-9OolIОоΟο|.,]{0,30}|[OolIОоΟο|]{1,20}[0-9][0-9OolIОоΟο|.,]{0,30}|[0-9]{1,20}[⁰¹²³⁴-⁹₀-₉①-⓿⁄]+[0-9]{0,20}",
)


def _disguised(page: Page, at: int, floor: int) -> Reading | None:
    """Return digits with markup or letters that look like digits among them: 1<b>2</b>, 1O0."""
    text = page.text
    if at and text[at - 1].isascii() and text[at - 1].isalnum():
        return None
    found = _DISGUISE.match(text, at)
    if found is None:
        return None
    end = found.end()
    closing = re.compile(r"</[^<>\n]{0,20}>").match(text, end) if "<" in found.group() else None
    if closing:
        end = closing.end()
    elif "<" not in found.group() and text[end : end + 1].isascii() and text[end : end + 1].isalpha():
        return None
    unit = measure_at(text, end)
    return Reading(at, end + len(unit or ""), "quantity", unit=unit)


_LOST = re.compile(
    r"\d{1,6}(?: ?[.·。．] +| +[.·．] ?| |[·。．])(?P<last>\d{1,6})(?= ?(?:[万亿]|%|个百分点|平方|公里|元|亩|吨|公顷|倍|米|人次))"
    r"|(?<=[\u4e00-\u9fff])(?!(?:19|20)\d\d )\d{1,4} (?P<last2>\d{1,3})(?=[\u4e00-\u9fff])|\d{1,3}(?:，\d{3})+(?=[\u4e00-\u9fff])",
)


def _lost_point(page: Page, at: int, floor: int) -> Reading | None:
    """Return 5 9亿元: a number whose decimal point was lost, as one numeral without a value."""
    text = page.text
    found = _LOST.match(text, at)
    if found is None or (at and text[at - 1].isdigit()):
        return None
    last = found.start("last") if found["last"] else found.start("last2") if found["last2"] else found.end() - 3
    amount = amount_at(page, last, last)
    if amount is None or amount.unit is None or amount.unit in ("年", "日", "天", "号"):
        return None
    return Reading(at, amount.end, amount.kind, unit=amount.unit, approx=amount.approx)


def _strange(page: Page, at: int) -> Reading:
    """Return a numeral in an unusual script (①, Ⅻ, ٣): a list marker, else a quantity without a value."""
    text, end = page.text, at
    while end < len(text) and (is_numeral(text[end]) or text[end].isdigit()):
        end += 1
    if at and text[at - 1].isascii() and text[at - 1].isalpha() and end == at + 1:
        return Reading(at, end, "name")
    unit = measure_at(text, end)
    opens = at == 0 or text[at - 1] in "。；;：:，,、\n \t"
    if opens and unit is None and end == at + 1 and re.match(r"[、.．,，)） ]*[\u4e00-\u9fff“]", text[end : end + 4]):
        return Reading(at, end, "structural")
    if text[end : end + 1] == "%":
        return Reading(at, end + 1, "percent", unit="%")
    return Reading(at, end + len(unit or ""), "quantity", unit=unit)


def _plain_word(page: Page, at: int, floor: int) -> Reading | None:
    """Return a word that counts nothing (统一, 进一步), of kind None."""
    word = plain_words().match(page.text, at)
    if word is None or word[1] <= at:
        return None
    start, end = word
    text = page.text
    if text[start] in HAN and start and text[start - 1] in HAN and start == at:
        return None
    if text[end : end + 1] in ("钟", "之") and text[end - 1] == "分":
        return None
    return Reading(max(start, floor), end, None)


def _ordinal(page: Page, at: int, floor: int) -> Reading | None:
    """Return 第四个, 第10届: an ordinal with its measure word."""
    text = page.text
    if at <= floor or text[at - 1] != "第":
        return None
    number = number_at(page, at)
    if number is None:
        return None
    unit = measure_at(text, number.end)
    end = number.end + len(unit or "")
    if unit is None and "\u4e00" <= text[end : end + 1] <= "\u9fff" and not re.match(r"[的，的是为在，和]", text[end]):
        return Reading(at - 1, end, "name")
    return Reading(at - 1, end, "ordinal", number.value, unit=unit)


def _first(page: Page, at: int, floor: int) -> Reading | None:
    """Return 首届, 首批: the ordinal 1 in one word; 首 alone is no numeral."""
    text = page.text
    if text[at] != "首":
        return None
    found = re.compile(r"首(届|批|个|家|期|次|轮|场|例|座|条|支|创(?!业)|部|单|台|站|季|年(?!度))").match(text, at)
    if found is None:
        return None
    return Reading(at, found.end(), "ordinal", Decimal(1), unit=found.group(1))


def _amount(page: Page, at: int, floor: int) -> Reading | None:
    """Return the amount that begins at `at`, with the kind that its surroundings give it."""
    text = page.text
    if text[at] in "半首○":
        return _half(page, at, floor) if text[at] == "半" else None
    if text[at] == "几":
        number = number_at(page, at)
        if number is None:
            unit = measure_at(text, at + 1)
            return Reading(at, at + 1 + len(unit), "structural") if unit else None
    reading = amount_at(page, at, floor)
    if reading is None:
        return Reading(at, at + 1, "quantity") if text[at] in HAN or text[at].isdigit() else None
    if reading.unit in ("周年",):
        return reading._replace(kind="ordinal")
    number = number_at(page, at)
    digits = text[at : number.end] if number else text[at]
    if text.startswith(("等奖", "等功"), number.end if number else at + 1) and reading.value is not None:
        return Reading(at, (number.end if number else at + 1) + 2, "ordinal", reading.value, unit=text[number.end : number.end + 2] if number else None)
    judged = judge(page, reading, digits)
    if judged.kind == "hole":
        return judged._replace(unit=text[at : reading.end], start=at, end=at)
    return judged


def _half(page: Page, at: int, floor: int) -> Reading | None:
    """Return 半个月, 半天, 半小时."""
    found = re.compile(r"半(个月|天|小时|个小时|亩|日)").match(page.text, at)
    if found is None:
        return None
    return Reading(at, found.end(), "quantity", Decimal("0.5"), unit=found.group(1))


def _numeral(page: Page, reading: Reading) -> Numeral:
    """Return the reading in the offsets of the original text; what hides something has no value."""
    start, end = page.folded.span(reading.start, reading.end)
    hides = page.folded.hides(reading.start, reading.end)
    kind = reading.kind or "quantity"
    if hides and kind in ("structural", "name"):
        kind = "quantity"
    return Numeral(
        start=start,
        end=end,
        surface=page.folded.original[start:end],
        kind=kind,
        value=None if hides else reading.value,
        upper=None if hides else reading.upper,
        iso=None if hides else reading.iso,
        unit=reading.unit,
        approx=reading.approx,
    )


_ = read_chinese
