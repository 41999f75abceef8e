"""May a source of the right value be meant, or is it one of the same value by chance?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.checking.direct import FOREIGN, OWN

if TYPE_CHECKING:
    from drafter.checking.book import Book
    from drafter.checking.case import Case
    from drafter.checking.direct import Match
    from drafter.checking.mentions import Mention
    from drafter.checking.paragraphs import Paragraph

DISTINCT_DIGITS = 4
"""A number of so many significant digits is hardly met with twice by chance."""


def belongs(mention: Mention, match: Match, paragraph: Paragraph, case: Case) -> bool:
    """Tell whether a source of the right value may be meant: its words are near, or it is no chance."""
    if len(case.told_with(mention, match.source.owner)) > 1 or _is_alone(mention, match.source, case.book):
        return True
    if paragraph.affinity.get(match.source.owner, 0.0) >= OWN or match.likeness >= FOREIGN:
        return True
    if _is_told_beside(mention, match.source):
        return True
    value = mention.number.value
    return value is not None and len(value.normalize().as_tuple().digits) >= DISTINCT_DIGITS


def _is_alone(mention: Mention, source: Mention, book: Book) -> bool:
    """Tell whether no other number of the notes is of its unit, and the words have a character in common."""
    plain = mention.number.kind in {"quantity", "money"} and mention.number.unit is not None
    alone = len(book.by_key.get(mention.key, ())) == 1
    return plain and alone and bool(mention.near.keys() & source.grams.keys())


def is_same_rest(mention: Mention, source: Mention, book: Book) -> bool:
    """Tell whether both are what is left, and the note has the words beside the number: 尚有3处消防隐患."""
    if {mention.context.role, source.context.role} != {"剩余"}:
        return False
    words = mention.words
    return len(words & book.fact_grams[source.owner].keys()) > 1


def _is_told_beside(mention: Mention, source: Mention) -> bool:
    """Tell whether what is counted goes by a word that stands beside numbers of every topic: 12个社区."""
    noun = mention.context.tail[:2]
    return len(noun) == len("词语") and source.context.head.startswith(noun) and not source.near
