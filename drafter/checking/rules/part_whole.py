"""A part that the draft itself prints as larger than its whole: 共75户，其中北片175户."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.checking.rules.rule import Contradiction
from drafter.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def _exceeds(part: Mention, whole: Mention) -> bool:
    if part.context.sentence != whole.context.sentence or whole.number.approx:
        return False
    first, second = part.number.value, whole.number.value
    return first is not None and second is not None and first > second
