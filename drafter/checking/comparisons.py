"""Marks that set a number of the notes beside one of a past report: is it last year's, of the same thing?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.checking.book import unrelated
from drafter.checking.direct import ANOTHER_TIME, clash, comparable
from drafter.checking.messages import what
from drafter.checking.neighbours import levels_before
from drafter.numbers.compare import supports

if TYPE_CHECKING:
    from drafter.checking.book import Book
    from drafter.checking.mentions import Mention
    from drafter.checking.paragraphs import Paragraph

_CHANGE = re.compile(r"\(?(?P<more>[FP]\d+\.\d+)-(?P<less>[FP]\d+\.\d+)\)?(?:/(?P<base>[FP]\d+\.\d+))?")


def uncomparable(mention: Mention, label: str, paragraph: Paragraph, book: Book) -> str:
    """Return why a mark over a past and a present quantity compares wrongly; nothing when it doesn't.

    `label` is an expression of quantities that the book holds.
    """
    found = _CHANGE.fullmatch(label)
    names = [found["more"], found["less"]] if found else []
    if found is None or sorted(name[0] for name in names) != ["F", "P"]:
        return "这样的算式说不清与上年怎样比较"
    old, new = (book.by_id[name] for name in sorted(names, key=lambda name: name[0] == "F"))
    if found["base"] not in {None, old.id}:
        return "增减幅度应以上年的数为底数"
    if mention.context.change is None:
        return "文中没有写明是增加还是减少"
    if (found["more"] == new.id) != (mention.context.change == "up"):
        return "与文中说的增减方向相反"
    return (
        _not_last_year(old, book) or _not_the_same(old, new, book) or _not_spoken_of(mention, new, paragraph)
    )


def _not_last_year(old: Mention, book: Book) -> str:
    passage = book.past[old.owner]
    if passage.year is not None and book.year is not None and passage.year != book.year - 1:
        return f"那份往年总结是{passage.year}年的，不是上年的"
    if passage.period and book.period and passage.period != book.period:
        return f"那份往年总结是{passage.period}的，与{book.period}不能比"
    return ""


def _not_the_same(old: Mention, new: Mention, book: Book) -> str:
    why = clash(new, old)
    if why == ANOTHER_TIME and book.past[old.owner].year is None:
        why = None
    if why or not comparable(new, old) or unrelated(new, old):
        return f"上年的数说的是{what(old)}，今年的是{what(new)}"
    return ""


def _not_spoken_of(mention: Mention, new: Mention, paragraph: Paragraph) -> str:
    """Return what else the sentence compares: the last number of the kind before it is another one."""
    levels = [m for m in levels_before(mention, paragraph) if comparable(m, new)]
    if levels and supports(new.number, levels[-1].number) is None:
        return f"前面说的却是{levels[-1].number.surface}"
    return ""
