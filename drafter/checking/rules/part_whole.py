"""Parts that the draft itself prints as larger than their whole: 共75户，其中北片175户."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.checking.rules.rule import Contradiction
from drafter.model import Span
from drafter.numbers.units import to_base

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from drafter.checking.mentions import Mention
    from drafter.checking.paragraphs import Paragraph


def parts_above_wholes(paragraph: Paragraph) -> Iterator[Contradiction]:
    """Yield each part after 其中 that exceeds the number of its unit before it in the sentence."""
    last: dict[str, Mention] = {}
    for mention in paragraph.mentions:
        number = mention.number
        if number.value is None or number.kind not in {"quantity", "money"} or mention.context.change:
            continue
        whole = last.get(mention.key)
        if mention.context.role != "其中":
            last[mention.key] = mention
        elif whole is not None and _exceeds(mention, whole):
            message = f"其中{number.surface}大于总数{whole.number.surface}"
            yield Contradiction(Span(mention.start, mention.end), message)


def totals_below_parts(paragraph: Paragraph) -> Iterator[Contradiction]:
    """Yield each 合计 that is less than one of the two or more numbers of its unit before it."""
    for place, total in enumerate(paragraph.mentions):
        if total.context.role != "共" or total.number.approx or "累计" in total.context.head:
            continue
        parts = [m for m in paragraph.mentions[:place] if m.key == total.key and _counts(m, total)]
        largest = max(parts, key=lambda m: _size(m) or 0, default=total)
        if len(parts) > 1 and _exceeds(largest, total) and not _adds_up(parts, total):
            message = f"合计{total.number.surface}小于前面的{largest.number.surface}"
            yield Contradiction(Span(total.start, total.end), message)


def _adds_up(parts: Sequence[Mention], total: Mention) -> bool:
    """Tell whether the last of the numbers make up the total: 排查412户，C级18户、D级7户，合计25户."""
    last = [m.number.value or 0 for m in parts]
    return any(sum(last[at:]) == total.number.value for at in range(1, len(last) - 1))


def _counts(part: Mention, total: Mention) -> bool:
    plain = part.number.value is not None and part.number.kind in {"quantity", "money"}
    level = not (
        part.context.change or part.context.prior or part.context.mean or part.context.role == "任务"
    )
    return plain and level and part.context.segment == total.context.segment


def _exceeds(part: Mention, whole: Mention) -> bool:
    if part.context.sentence != whole.context.sentence or whole.number.approx:
        return False
    first, second = _size(part), _size(whole)
    return first is not None and second is not None and first > second


def _size(mention: Mention) -> Decimal | None:
    """Return the value in the base unit of its class: 3600米 is less than 6.4公里."""
    value, unit = mention.number.value, mention.number.unit
    return to_base(value, unit)[0] if value is not None and unit is not None else value
