"""Names of places and bodies in a text: 清源镇, 和平小区, 五星村委会."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from drafter.model import Span
from drafter.reading.cutting import cut, in_dictionary
from drafter.reading.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.reading.cutting import Token

_NAMES = ("nr", "ns", "nz", "nt")
_NO_STEM = "pcudryxefomqt"
"""First letters of the tags of words that never are, or begin, the name of a place."""
_VERBS = ("v", "d")
_COUNTS = tuple("一二三四五六七八九十东西南北中上下新老")
"""Behind a name they are part of it: 清泉三社区."""
_MEASURES = "个级家条户名位次处座所余多期批些种类"
_SHORTEST = 3


class PlaceName(NamedTuple):
    """A name and where it stands; `span` counts characters of the text."""

    name: str
    span: Span


@cache
def _endings(kind: str) -> frozenset[str]:
    rows = [line.split() for line in load_words("place_endings")]
    return frozenset(word for row in rows if row[0] == kind for word in row[1:])


@cache
def plain_words() -> frozenset[str]:
    """Return the words that describe a place and name none."""
    return frozenset(word for line in load_words("plain_places") for word in line.split())


def place_names(text: str) -> Iterator[PlaceName]:
    """Yield what looks like the name of a place or body, in the order of the text.

    >>> [found.name for found in place_names("清源镇在老旧小区和解放路巡查")]
    ['清源镇', '解放路']
    """
    tokens = cut(text)
    start = 0
    for at, token in enumerate(tokens):
        start += len(token.text)
        name, behind = _name_at(tokens, at)
        if name:
            yield PlaceName(name, Span(start - behind - len(name), start - behind))


def _name_at(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """Return the name that the token at `at` ends, and how many characters of the token lie behind it."""
    word = tokens[at].text
    office = next((one for one in _endings("office") if word.endswith(one) and word != one), "")
    ending = _ending_of(word) or _ending_of(word.removesuffix(office))
    behind = 0 if _ending_of(word) else len(office)
    core = word[: len(word) - behind]
    if not ending:
        return "", 0
    if len(core) > len(ending):
        stem = core[: -len(ending)]
        is_name = tokens[at].tag.startswith(_NAMES)
        if is_name and len(core) < _SHORTEST and at and len(tokens[at - 1].text) == 1:
            core = tokens[at - 1].text + core if _is_han(tokens[at - 1].text) else core
        known = in_dictionary(core) and not is_name and stem not in _endings("slogan")
        return ("" if known or stem in plain_words() or len(core) < _SHORTEST else core), behind
    stem = _stem_before(tokens, at, ending)
    return (stem + ending if len(stem) > 1 else ""), behind


def _stem_before(tokens: Sequence[Token], at: int, ending: str) -> str:
    """Return the name that stands before an ending which is a word of its own, or nothing."""
    if at == 0:
        return ""
    before, earlier = tokens[at - 1], tokens[at - 2] if at > 1 else None
    if before.text in _COUNTS and earlier is not None:
        return earlier.text + before.text if _is_name(earlier) else ""
    if not _is_stem(before, ending):
        return ""
    if earlier is not None and _is_part(earlier) and (len(before.text) == 1 or _is_name(earlier)):
        return earlier.text + before.text
    return before.text


def _ending_of(word: str) -> str:
    """Return the longest ending of a name that `word` has, or is."""
    every = _endings("proper") | _endings("local") | _endings("common")
    return next((word[at:] for at in range(len(word)) if word[at:] in every), "")


def _is_name(token: Token) -> bool:
    """Tell whether a word is a name by itself."""
    unknown = not in_dictionary(token.text) and len(token.text) <= _SHORTEST and token.tag[0] not in "vdilt"
    return _is_han(token.text) and (token.tag.startswith(_NAMES) or unknown)


def _is_stem(token: Token, ending: str) -> bool:
    word, tag = token.text, token.tag
    if word in plain_words() or not _is_han(word) or word.endswith("是"):
        return False
    if _is_name(token):
        return True
    if ending in _endings("common"):
        return (tag[0] not in _NO_STEM or tag == "m") and len(word) > 1 and word[-1] not in _MEASURES
    if ending in _endings("local") and len(word) > 1:
        counts = tag == "m" and word[-1] not in _MEASURES
        return tag[0] in "nj" or counts or word in _endings("slogan")
    return len(word) == 1 and tag[0] in "ngz"


def _is_part(token: Token) -> bool:
    plain = token.text in plain_words() or token.text.endswith("是")
    return _is_han(token.text) and not plain and token.tag[0] not in _NO_STEM and token.tag not in _VERBS


def _is_han(word: str) -> bool:
    return all("\u3400" <= char <= "\u9fff" for char in word)
