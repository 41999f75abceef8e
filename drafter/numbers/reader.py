"""The reader: goes through a text once and says of each numeral what it is."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from drafter.model import Numeral
from drafter.numbers.amounts import amount_at
from drafter.numbers.counts import judge
from drafter.numbers.dates import date_at
from drafter.numbers.disguises import LOOKALIKES, disguised_at, lost_point_at, strange_at
from drafter.numbers.figures import HAN, number_at
from drafter.numbers.folding import RARE_HAN, is_numeral
from drafter.numbers.holes import find_holes
from drafter.numbers.later import Later
from drafter.numbers.lexicon import Lexicon, measure_at, plain_words
from drafter.numbers.masks import blank_at, mask_at, part_masked_at
from drafter.numbers.names import brand_at, document_at, festival_at, name_at
from drafter.numbers.ordinals import first_at, ordinal_at, prize_at
from drafter.numbers.page import Page, Reading, open_page
from drafter.numbers.structure import marker_at
from drafter.numbers.titles import title_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MASKS = "xX×＊*_…ⅹ✕╳●?？nN若"
_TRIGGER = Later(
    rf"[0-9{HAN}半首几○〔〡-〩〸-〺{re.escape(_MASKS + LOOKALIKES)}{RARE_HAN}]"
    r"|[^\x00-\x7f\u3001-\u303f\u3400-\u9fff\uff00-\uffef“”‘’—]",
)
"""Where a numeral may begin."""

_MANY_HOLES = 2
"""With more holes than this the digits of the whole text were stripped: its 万余元 lost a number too."""

_SCALE_LEFT = Later(r"([万亿])(余|多)?")
_BULLET = 300
_SEVERAL = Later(r"几(?![十百千万亿])")
_HALF = Later(r"半(?P<unit>个月|天|小时|个小时|亩|日)")


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
    known = tuple(names)
    return _read_bullet(text) if not known and len(text) <= _BULLET else _read(text, known)


@lru_cache(maxsize=4096)
def _read_bullet(text: str) -> tuple[Numeral, ...]:
    """Read a short text once: bullets are read by every step that looks at them."""
    return _read(text, ())


def _read(text: str, names: tuple[str, ...]) -> tuple[Numeral, ...]:
    page = open_page(text)
    readings = list(_readings(page, Lexicon(names)))
    kept = [reading for reading in readings if reading.kind is not None]
    holes = find_holes(page, readings)
    if len(holes) > _MANY_HOLES:
        kept = [_stripped(page, reading) for reading in kept]
    kept = sorted([*kept, *holes], key=lambda reading: (reading.start, reading.end))
    return tuple(_numeral(page, reading) for reading in kept)


def _readings(page: Page, own: Lexicon) -> Iterator[Reading]:
    """Yield what is read at each place where a numeral may begin."""
    at = floor = 0
    while found := _TRIGGER.search(page.text, at):
        at = found.start()
        reading = _read_at(page, at, floor, own)
        if reading is None:
            at += 1
            continue
        yield reading
        at = floor = at + len(reading.unit or " ") if reading.kind == "hole" else max(reading.end, at + 1)


def _read_at(page: Page, at: int, floor: int, own: Lexicon) -> Reading | None:
    """Return what stands at `at`, None when it is no numeral."""
    char = page.text[at]
    if not (char.isdigit() and char.isascii()) and char not in HAN and char not in "半首几○":
        return _unusual_at(page, at, floor)
    named = own.match(page.text, at)
    if named is not None and named[0] >= floor:
        return Reading(*named, "name")
    for read in _READERS:
        reading = read(page, at, floor)
        if reading is not None:
            return reading
    return None


def _unusual_at(page: Page, at: int, floor: int) -> Reading | None:
    """Return what begins with anything but a digit or a Chinese numeral: a blank, a mask, a disguise."""
    char = page.text[at]
    if char == "〔":
        return document_at(page, at + 1, floor) or blank_at(page, at)
    if char in _MASKS:
        return document_at(page, at, floor) or date_at(page, at, floor) or mask_at(page, at, floor)
    if char in LOOKALIKES:
        return disguised_at(page, at, floor)
    return strange_at(page, at) if is_numeral(char) else None


def _plain_word_at(page: Page, at: int, floor: int) -> Reading | None:
    """Return a word that counts nothing (统一, 进一步), of kind None."""
    text, word = page.text, plain_words().match(page.text, at)
    if word is None or word[1] <= at:
        return None
    start, end = word
    inside_numeral = start == at > 0 and text[at] in HAN and text[at - 1] in HAN
    if inside_numeral or (text[end - 1] == "分" and text[end : end + 1] in ("钟", "之")):
        return None
    return Reading(max(start, floor), end, None)


def _half_at(page: Page, at: int, _floor: int) -> Reading | None:
    """Return 半个月, 半天; 半, 首 and 几 alone are no numerals, 几个 is a vague one."""
    half = _HALF.match(page.text, at)
    if half:
        return Reading(at, half.end(), "quantity", Decimal("0.5"), unit=half["unit"])
    vague = _SEVERAL.match(page.text, at) and measure_at(page.text, at + 1)
    return Reading(at, at + 1 + len(vague), "structural") if vague else None


def _amount_at(page: Page, at: int, floor: int) -> Reading | None:
    """Return the amount that begins at `at`, with the kind that its surroundings give it."""
    text, number = page.text, number_at(page, at, floor)
    if number is None:
        return None if text[at] in "半首几○" else Reading(at, at + 1, "quantity")
    reading = prize_at(page, number) or amount_at(page, at, floor)
    if reading is None or reading.kind == "ordinal":
        return reading
    if reading.unit == "周年":
        return reading._replace(kind="ordinal")
    judged = judge(page, reading, text[at : number.end])
    if judged.kind == "hole":
        return judged._replace(unit=text[at : reading.end], start=at, end=at)
    return judged


_READERS = (
    disguised_at,
    lost_point_at,
    document_at,
    title_at,
    date_at,
    part_masked_at,
    festival_at,
    marker_at,
    brand_at,
    name_at,
    _plain_word_at,
    ordinal_at,
    first_at,
    _half_at,
    _amount_at,
)
"""Who is asked what stands at a digit or a Chinese numeral, in this order."""


def _stripped(page: Page, reading: Reading) -> Reading:
    """Return 万余元 as a hole: in a text without digits the number before 万 is gone."""
    found = _SCALE_LEFT.match(page.text[reading.start : reading.end])
    if found is None or reading.unit is None:
        return reading
    return Reading(
        reading.start, reading.start, "hole", unit=found.group(1) + reading.unit, approx=found.group(2)
    )


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
