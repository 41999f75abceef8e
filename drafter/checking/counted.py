"""Small numbers that count what their sentence enumerates: 甲、乙、丙三个社区."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from drafter.checking.direct import clash, comparable
from drafter.numbers.later import Later

if TYPE_CHECKING:
    from collections.abc import Collection

    from drafter.checking.book import Book
    from drafter.checking.case import Case
    from drafter.checking.mentions import Mention
    from drafter.checking.paragraphs import Paragraph

MOST = 12
_COUNTERS = frozenset("笔者个项类大种方面次处条场轮批期届家支名位件")
_FAR = 600
"""So many characters behind a number are searched for the points that it announces."""
_ANNOUNCED = Later(r"[^，。；：:]{0,8}(?:[，,][^，。；：:]{0,12})?[：:。]\s*□+是?")
_POINT = Later(r"[：:。；;]\s*(?:□是|□□)")
_BREAK = re.compile(r"[，,。；;：:！？\n（）()]")
_SUMMED = re.compile(r"[^，。；□]{0,4}?(?:合计|共计|总计|相加|之和|累计|共)[^，。；□]{0,6}□")
_ITEM = re.compile(r"[、和及与]")


def _counts_items(
    mention: Mention, sentence: str, start: int, listed: Collection[int], summed: Collection[int] = ()
) -> bool:
    """Tell whether the number is that of the items listed beside it, or one of `listed`.

    `summed` are how many numbers could be those that a total behind it adds up: 三项合计20次.
    `sentence` has its numbers blanked; `start` is where it begins in the draft.
    """
    number = mention.number
    if number.value is None or number.approx or not 2 <= number.value <= MOST:
        return False
    if (number.unit or "")[:1] not in _COUNTERS:
        return False
    wanted = int(number.value)
    if wanted in listed and number.unit == "个":
        return True
    if _SUMMED.match(sentence[mention.end - start :]) and wanted in summed:
        return True
    before = _BREAK.split(sentence[: mention.start - start])[-1]
    before = before if mention.context.tail or "等" in before else ""
    after = _BREAK.split(sentence[mention.end - start :])
    return wanted in {_items(before), *(_items(part) for part in after[:2])}


def _items(text: str) -> int:
    return len(_ITEM.findall(text.strip("、"))) + 1 if _ITEM.search(text) else 0


def is_counted(mention: Mention, paragraph: Paragraph, case: Case) -> bool:
    """Tell whether the number counts what its sentence lists, and no note gives another number of them."""
    if _adds_up(mention, paragraph, case):
        return True
    near = mention.words
    for source in case.book.numbers:
        told = source.owner in paragraph.own and source.id not in case.claims and comparable(mention, source)
        if told and near & source.near.keys() and not clash(mention, source):
            return False
    if _counts_quarters(mention, paragraph, case.book):
        return True
    if _counts_points(mention, case.blanked):
        return True
    span = mention.context.sentence
    others = [m for m in paragraph.mentions if m.context.sentence == span and m is not mention]
    parts = [m for m in others if m.start > mention.end and m.number.kind in {"quantity", "money"}]
    sizes = Counter(m.number.unit for m in parts)
    listed = {sizes[m.number.unit] - 1 for m in parts if sizes[m.number.unit] > 2}
    if "共" in case.blanked[mention.end : span.end]:
        keys = Counter(s.key for s in case.book.numbers if s.owner in paragraph.own)
        listed |= {keys[m.key] for m in parts}
    total = next((m for m in others if m.start > mention.end), None)
    before = [m for m in others if m.end <= mention.start and total is not None and m.key == total.key]
    summed = {len(before), sum(not m.context.prior for m in before)}
    return _counts_items(mention, case.blanked[span.start : span.end], span.start, listed, summed)


def _adds_up(mention: Mention, paragraph: Paragraph, case: Case) -> bool:
    """Tell whether the number is how many of the last ones make up the total behind it: 两个小区合计670户."""
    rest = case.blanked[mention.end : mention.context.clause.end]
    others = [m for m in paragraph.mentions if m.context.sentence == mention.context.sentence]
    total = next((m for m in others if m.start > mention.end), None)
    if total is None or _SUMMED.match(rest) is None:
        return False
    sizes = [m.number.value or 0 for m in others if m.end <= mention.start and m.key == total.key]
    made = {len(sizes) - at for at in range(len(sizes)) if sum(sizes[at:]) == total.number.value}
    return any(mention.number.value == count for count in made)


def _counts_quarters(mention: Mention, paragraph: Paragraph, book: Book) -> bool:
    """Tell whether the number is that of the quarters that one note names: 两个季度."""
    if not mention.context.tail.startswith("季度"):
        return False
    dates = [
        s for s in book.by_key.get("date", ()) if s.owner in paragraph.own and "季度" in s.number.surface
    ]
    sizes = Counter(s.owner for s in dates)
    return any(mention.number.value == size for size in sizes.values())


def _counts_points(mention: Mention, blanked: str) -> bool:
    """Tell whether the number announces as many points as are marked behind it: 三项工作：一是…二是…三是…."""
    rest = blanked[mention.end : mention.end + _FAR].partition("\n")[0]
    return _ANNOUNCED.match(rest) is not None and mention.number.value == len(_POINT.findall(rest))
