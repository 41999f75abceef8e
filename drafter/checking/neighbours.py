"""What stands round a number that is computed: levels before it, parts behind it, last year's figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.checking.direct import supported_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.checking.book import Book
    from drafter.checking.likeness import Likeness
    from drafter.checking.mentions import Mention
    from drafter.checking.paragraphs import Paragraph


def parts_behind(
    mention: Mention, own: Sequence[Mention], paragraph: Paragraph, blanked: str, likeness: Likeness
) -> tuple[Mention, ...]:
    """Return the sources of the parts that the sentence gives behind 其中."""
    span = mention.context.segment
    if "其中" not in blanked[mention.end : mention.end + 12]:
        return ()
    parts = [m for m in paragraph.mentions if mention.end < m.start < span.end and m.key == mention.key]
    found = [supported_by(part, own, likeness) for part in parts]
    sources = {f[0].source.id: f[0].source for f in found if f and not f[0].source.context.mean}
    return tuple(sources.values())


def levels_before(mention: Mention, paragraph: Paragraph) -> list[Mention]:
    """Return the numbers of its sentence before `mention` that are no changes and no earlier year's."""
    sentence = mention.context.sentence
    found = [m for m in paragraph.mentions if m.end <= mention.start and m.context.sentence == sentence]
    return [m for m in found if m.context.change is None and not m.context.prior]


def of_last_year(book: Book) -> list[Mention]:
    """Return the numbers of past texts that a comparison may rest on: those of another year are left out."""
    found = []
    for source in book.past_numbers:
        year = book.past[source.owner].year
        if year is None or book.year is None or (year == book.year - 1 and not source.context.prior):
            found.append(source)
    return found


def is_alone(mention: Mention, paragraph: Paragraph, blanked: str) -> bool:
    """Tell whether no other number of its unit stands in the sentence, its parts after 其中 aside."""
    span = mention.context.sentence
    if "其中" in blanked[mention.end : mention.end + 12]:
        return True
    others = [m for m in paragraph.mentions if m.context.sentence == span and m.key == mention.key]
    return len(others) <= 1
