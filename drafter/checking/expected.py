"""Measure words that stand where a note has a number and the draft has none: 备案家 for 备案11家.

The reader of numerals finds stripped numbers by what language allows; here
the notes say which number is missing, so that weaker signs are enough.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.model import Span
from drafter.numbers.families import unit_family
from drafter.numbers.lexicon import in_ordinary_word, load_table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from drafter.checking.book import Book
    from drafter.checking.case import Case
    from drafter.checking.mentions import Mention
    from drafter.checking.paragraphs import Paragraph

_STOP = frozenset("，,、：:；;。！？!?（）() \t\r\n")
_DETERMINERS = frozenset("本此每各首历多上下这那某几数同全整单第初再")
_AND = "和与及"
_PARTICLES = "的共为了达计约近有是"
_HERDS = frozenset(("犬只", "羊只", "牛只", "鸡只", "畜只"))
"""Words that end in a measure word without counting: 犬只免疫."""
_SCALES = {"百": 100, "千": 1000, "万": 10_000}
_DIGITS = "□0123456789一二三四五六七八九十百千万亿两几数上"
_SURE = 3
"""So many characters of a note before its number are hardly met with by chance."""
_REORDERED = 4
"""So many characters of a note are hardly met with again by chance, in whatever order."""
_REACH = 6
"""So far behind a measure word may stand what it counts."""
_CLAUSE = 0.4
"""The weight of words that stand in the clause of a number or closer."""
_NOUNS = frozenset("人户家班组队年月天岁站室店村校")
"""Measure words that are nouns as well: only the very words of the note right before them tell."""


def missing_numbers(
    paragraph: Paragraph, case: Case, used: Collection[str]
) -> Iterator[tuple[Span, Mention]]:
    """Yield (measure word in the draft, number of the notes that is missing there).

    `used` are the quantities that numbers of the draft rest on; of those only
    a sure place tells.
    """
    book, blanked = case.book, case.blanked
    taken: set[int] = set()
    for source in book.numbers:
        unit = source.number.unit
        if source.owner not in paragraph.own or source.id in case.claims or unit is None:
            continue
        if source.number.kind not in {"quantity", "money"}:
            continue
        for at, word in _places(unit, paragraph, blanked, book):
            if at in taken or (source.id in used and not _is_set_off(source, blanked, at, word)):
                continue
            if _is_left_of(source, (at, word), case, paragraph):
                taken.add(at)
                yield Span(at, at + len(word)), source
                break


def _places(unit: str, paragraph: Paragraph, blanked: str, book: Book) -> Iterator[tuple[int, str]]:
    family = unit_family(unit)
    for word in {unit, *(u for u in book.units if unit_family(u) == family), *_MATES.get(family, ())}:
        start = paragraph.span.start
        while (at := blanked.find(word, start, paragraph.span.end)) >= 0:
            yield at, word
            start = at + 1


_MATES = {"人": ("人", "名", "位"), "件": ("起", "件"), "册": ("册", "本"), "次": ("次", "场", "期")}


def _follows_another(source: Mention, book: Book) -> bool:
    """Tell whether the note has the number right behind another one: 217户324人."""
    return any(other.end == source.start and other.owner == source.owner for other in book.numbers)


def _has_siblings(source: Mention, at: int, paragraph: Paragraph) -> bool:
    """Tell whether the sentence gives numbers of the same kind beside the place: 北片75户、西片▯户."""
    sentence = next((m.context.sentence for m in paragraph.mentions if m.context.sentence.end >= at), None)
    return any(m.key == source.key and m.context.sentence == sentence for m in paragraph.mentions)


def _is_one_of_several(source: Mention, at: int, blanked: str, paragraph: Paragraph) -> bool:
    """Tell whether the word before the place is one of the note, and the sentence numbers its likes."""
    told = source.grams.get(blanked[at - 2 : at], 0.0) >= _CLAUSE
    return told and _has_siblings(source, at, paragraph)


def _ends_clause(blanked: str, at: int) -> bool:
    return at >= len(blanked) or blanked[at] in _STOP or blanked[at - 2] == "的"


def _is_set_off(source: Mention, blanked: str, at: int, word: str) -> bool:
    """Tell whether a measure word begins or ends its clause, or what the note counts follows it."""
    end = at + len(word)
    counted = blanked[end : end + 2] in source.near and not blanked.startswith("率", end + 2)
    return _ends_clause(blanked, end) or blanked[at - 1 : at] in _STOP or counted


def _is_left_of(source: Mention, place: tuple[int, str], case: Case, paragraph: Paragraph) -> bool:
    """Tell whether the measure word at `place` is what a draft has left of the number `source`."""
    at, word = place
    lead = case.blanked[paragraph.span.start : at]
    if lead[-1:] in _DIGITS[11:20]:
        return False
    if lead[-1:] in _SCALES:
        return _is_cut_down(source, lead[-1], lead[-2:-1])
    ended = _ends_clause(case.blanked, at + len(word))
    return (ended and _ends_with_note(source, lead, case.book)) or _stands_for(source, place, case, paragraph)


def _stands_for(  # noqa: PLR0911 - one sign after the other, each a reason of its own
    source: Mention, place: tuple[int, str], case: Case, paragraph: Paragraph
) -> bool:
    """Tell whether the measure word at `place` is left over from the number `source`."""
    at, word = place
    book, blanked = case.book, case.blanked
    before = blanked[max(paragraph.span.start, at - 1) : at]
    after = blanked[at + len(word) : at + len(word) + 1]
    ended = after == "" or after in _STOP
    if before == "□":
        return ended and _follows_another(source, book)
    if before == "】" or before + word[0] in book.words or word[-1] + after in book.words:
        return False
    lead = blanked[max(paragraph.span.start, at - 6) : at].rstrip(_PARTICLES)
    if _echoes_note(source, place, case, paragraph):
        return True
    noted = _noted(source, book)[-2:]
    if len(noted) == 2 and not _STOP & set(noted) and lead.endswith(noted):
        return ended or word not in _NOUNS or before == "的"
    follow = blanked[at + len(word) : at + len(word) + 2]
    if before + word in _HERDS or (len(word) == 1 and in_ordinary_word(blanked, at)):
        return False
    if word in _NOUNS and before in _STOP and _opens_clause_of(source, blanked[at : at + _REACH]):
        return True
    if follow in source.near and before not in _DETERMINERS:
        return before == "" or before in _STOP or word not in _NOUNS
    if not ended and source.id not in case.claims and _counts_what_follows(source, place, case, paragraph):
        return True
    if not ended or before in _STOP | {""}:
        return False
    return word not in _NOUNS and _speaks_of(source, blanked[paragraph.span.start : at])


def _noted(source: Mention, book: Book) -> str:
    """Return the words of the note before the number `source`."""
    return book.facts[source.owner].text[: source.start].rstrip()


def _echoes_note(source: Mention, place: tuple[int, str], case: Case, paragraph: Paragraph) -> bool:
    """Tell whether the words of the note stand right round the measure word at `place`."""
    at, word = place
    lead = case.blanked[paragraph.span.start : at]
    after = case.blanked[at + len(word) : at + len(word) + 2]
    ended = after == "" or after[:1] in _STOP
    if ended and _is_reordered(_noted(source, case.book), lead):
        return True
    closes = (ended or after[:1] in _AND) and lead[-1:] not in _STOP | {""}
    if closes and _is_one_of_several(source, at, case.blanked, paragraph):
        return True
    return lead.rstrip(_PARTICLES)[-2:] in source.near and after in source.near


def _is_reordered(noted: str, lead: str) -> bool:
    """Tell whether the clause ends with the last characters of the note in another order: 意向达成▯人."""
    words, others = noted[-_REORDERED:], lead[-_REORDERED:]
    whole = len(words) == _REORDERED and not (_STOP | set("□")) & set(words + others)
    return whole and words != others and sorted(words) == sorted(others)


def _opens_clause_of(source: Mention, clause: str) -> bool:
    """Tell whether a clause that begins with a bare 人 or 户 goes on with words of the note: 人进入决赛."""
    rest = re.split(r"[，,、：:；;。□]", clause[1:])[0]
    return not in_ordinary_word(clause, 0) and any(len(g) == len("词语") and g in rest for g in source.near)


def _is_cut_down(source: Mention, scale: str, before: str) -> bool:
    """Tell whether nothing but the scale is left of a number of the notes: 千人参加 for 1200余人."""
    value = source.number.value
    alone = before not in _DIGITS or before == ""
    return alone and value is not None and _SCALES[scale] < value < 10 * _SCALES[scale]


def _ends_with_note(source: Mention, lead: str, book: Book) -> bool:
    """Tell whether the clause ends with the very words of the note, three or more, before its number."""
    noted = book.facts[source.owner].text[: source.start].rstrip()[-_SURE:]
    return len(noted) == _SURE and not _STOP & set(noted) and lead.endswith(noted)


def _counts_what_follows(source: Mention, place: tuple[int, str], case: Case, paragraph: Paragraph) -> bool:
    """Tell whether the words behind the measure word are those that the note counts: 完成▯座病险水库."""
    at, word = place
    before, rest = case.blanked[at - 1 : at], case.blanked[at + len(word) : at + len(word) + _REACH]
    if before in _DETERMINERS or in_ordinary_word(case.blanked, at) or in_ordinary_word(case.blanked, at - 1):
        return False
    if before in "".join(load_table("holes").get(word, ())):
        return False
    rest = re.split(r"[，,、：:；;。□]", rest)[0]
    named = any(len(gram) == len("词语") and gram in rest for gram in source.near)
    return named and (word not in _NOUNS or _has_siblings(source, at, paragraph))


def _speaks_of(source: Mention, lead: str) -> bool:
    """Tell whether the clause that `lead` ends with has a word that stands beside `source` in its note."""
    clause = re.split(r"[，,、：:；;。□]", lead)[-1]
    return any(len(gram) == len("词语") and gram in clause for gram in source.near)
