"""The sentences in which a finding is told to the clerk: what stands in the draft, what in the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.checking.book import Book
    from drafter.checking.mentions import Mention

QUOTE_LENGTH = 40


def shortened(text: str, length: int = QUOTE_LENGTH) -> str:
    """Return `text` in one line and at most `length` characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def differs(surface: str, nearest: Mention, book: Book) -> str:
    """The number is not there; the nearest fact has another one."""
    return f"文中{surface}，要点{book.fact_id(nearest)}为{nearest.number.surface}"


def unknown(surface: str) -> str:
    """Nothing of the kind is in the notes."""
    return f"要点里找不到“{surface}”的出处"


def other_subject(surface: str, source: Mention, fitting: Mention, book: Book) -> str:
    """The value is there, but as the number of something else."""
    if fitting.key != source.key:
        return other_slot(surface, source, f"文中说的像是要点{book.fact_id(fitting)}的{what(fitting)}")
    said = what(source)
    return (
        f"文中{surface}，要点{book.fact_id(fitting)}为{fitting.number.surface}；"
        f"{source.number.surface}在要点{book.fact_id(source)}里说的是{said}"
    )


def other_unit(surface: str, source: Mention, book: Book) -> str:
    """The value is there with another measure word."""
    return f"文中{surface}，要点{book.fact_id(source)}为{source.number.surface}：单位不同"


def other_slot(surface: str, source: Mention, why: str) -> str:
    """The value is there for another period, direction or role."""
    return f"文中{surface}，{places([source.id])}的{source.number.surface}说的是{what(source)}：{why}"


def only_past(surface: str, source: Mention, book: Book) -> str:
    """Only a past report has the number."""
    title = book.past[source.owner].title
    return f"{surface}只见于往年的《{title}》，今年的要点里没有"


def miscalculated(surface: str, names: Sequence[str], shown: str) -> str:
    """What the words derive from the notes comes to something else."""
    return f"文中{surface}，按{places(names)}应为 {shown}"


def places(names: Sequence[str]) -> str:
    """Return the facts and past reports of some quantities: 要点F5, 要点F5和往年P2."""
    owners = dict.fromkeys(name.split(".")[0] for name in names)
    facts = "、".join(owner for owner in owners if owner.startswith("F"))
    past = "、".join(owner for owner in owners if owner.startswith("P"))
    return "和".join(part for part in (facts and f"要点{facts}", past and f"往年{past}") if part)


def what(source: Mention) -> str:
    """Return what a quantity counts, in quotation marks."""
    context = source.context
    period = context.period if context.prior and context.period else ""
    period = "" if context.head.startswith(period) else period
    words = (
        f"{period}{context.head}…{context.tail}"
        if context.head and context.tail
        else (f"{period}{context.head or context.tail}")
    )
    return f"“{shortened(words, 20)}”" if words else "另一件事"


def hint(source: Mention, book: Book) -> str:
    """Quote the fact that fits best, or the sentence of a past report."""
    if not source.id.startswith("P"):
        return f"最接近的要点 {source.id}：{shortened(book.facts[source.owner].text)}"
    passage, span = book.past[source.owner], source.context.sentence
    return f"往年原文：{shortened(passage.text[span.start : span.end])}"


def missing(unit: str, source: Mention, book: Book) -> str:
    """A measure word stands without the number that the notes have."""
    return f"“{unit}”前面少了数字，要点{book.fact_id(source)}为{source.number.surface}"
