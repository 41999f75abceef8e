"""Which words of a past report may be carried over into a new draft.

Few: only a clause of general words that names a principle, a way, an aim or an
effect. Whatever could be a name, a number, a campaign of its time, an event or
praise stays behind. The test is closed: a word that the general dictionary does
not hold is taken for a name unless the notes use it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from drafter.numbers import read_numerals
from drafter.writing.words import cut, in_dictionary, is_han, lines_of, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.writing.words import Token

_NAME_TAGS = ("nr", "ns", "nt", "nz", "nrt", "nrfg", "eng")
_QUOTED = re.compile(r"[“\"‘'《〈「『][^”\"’'》〉」』]*[”\"’'》〉」』]")
_QUOTES = re.compile(r"[“”\"‘’'《》〈〉「」『』()（）〔〕\[\]【】]")
_DOUBLED = re.compile(r"([\u3400-\u9fff]{2,})\1|([，、；：,;:])\2|[，、；：,;:]{2,}")
_MASK = re.compile(r"[×✕✖＊*○●□■◇◆_]|(?i:x{2,})|20xx|某")
_OFFICES = (
    "党委",
    "党工委",
    "政府",
    "人民政府",
    "办事处",
    "党支部",
    "党总支",
    "居委会",
    "村委会",
    "两委",
    "委",
)
MAX_CLAUSE = 40
"""Longest clause, in characters, that is carried over."""


@dataclass(frozen=True)
class Surroundings:
    """What decides on a clause: this year's words, the report's year, and past reports, a text each.

    The past reports tell an office's own everyday word from a name.
    """

    own_text: str
    year: int | None = None
    past: tuple[str, ...] = ()
    _common: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)

    def knows(self, word: str) -> bool:
        """Return whether this year's notes or settings use `word`."""
        return word in self.own_text

    def is_common(self, word: str) -> bool:
        """Return whether at least two past reports use `word`."""
        if word not in self._common:
            using = (text for text in self.past if word in text)
            self._common[word] = next(using, None) is not None and next(using, None) is not None
        return self._common[word]


def may_borrow(clause: str, around: Surroundings) -> bool:
    """Return whether `clause` holds nothing but general words that assert no event of its year."""
    return (
        len(clause) <= MAX_CLAUSE
        and not any(word in _without_set_phrases(clause) for word in words_of("claims"))
        and is_general(clause, around)
    )


def is_general(text: str, around: Surroundings) -> bool:
    """Return whether `text` carries no number, name, mask, defect or word of its time."""
    return not (
        _MASK.search(text)
        or _DOUBLED.search(text)
        or _unbalanced(text)
        or stale_words(text, around)
        or any(numeral.kind != "structural" for numeral in read_numerals(_without_known(text, around)))
        or names_in(text, around)
    )


def _without_known(text: str, around: Surroundings) -> str:
    """Return `text` without set phrases and the quoted names that this year's notes use: “四点半课堂”."""
    known = _QUOTED.sub(lambda found: "，" if around.knows(found[0][1:-1]) else found[0], text)
    return _without_set_phrases(known)


def stale_words(text: str, around: Surroundings) -> tuple[str, ...]:
    """Return the words of `text` whose time is not the report's and that the notes do not use."""
    return tuple(
        word
        for word, first, last in _time_bound()
        if word in text
        and not around.knows(word)
        and not (around.year is not None and first <= around.year <= last)
    )


def names_in(text: str, around: Surroundings) -> tuple[str, ...]:
    """Return the words of `text` that could be names which this year's notes do not give."""
    found = [
        quoted
        for quoted in _QUOTED.findall(text)
        if not around.knows(quoted[1:-1]) and quoted[1:-1] not in words_of("set_phrases")
    ]
    tokens = cut(_without_set_phrases(_QUOTES.sub("", _QUOTED.sub("，", text))))
    for index, token in enumerate(tokens):
        before = _word(tokens, index - 1)
        after = _word(tokens, index + 1)
        if not _is_word(token.text):
            continue
        if name := _named_body(before, token.text, around):
            found.append(name)
        elif _is_strange(token.text, token.tag, around) and not _is_known(before, token.text, after, around):
            found.append(token.text)
    return tuple(found)


def _is_word(text: str) -> bool:
    return any(map(str.isalnum, text))


def _word(tokens: Sequence[Token], index: int) -> str:
    """Return the word at `index`, or nothing beyond the ends and where punctuation stands."""
    if not 0 <= index < len(tokens) or not _is_word(tokens[index].text):
        return ""
    return tokens[index].text


def _without_set_phrases(text: str) -> str:
    for phrase in words_of("set_phrases"):
        text = text.replace(phrase, "，")
    return text


def _is_known(before: str, word: str, after: str, around: Surroundings) -> bool:
    """Return whether this year's notes use `word`, by itself or as part of a longer one cut in two."""
    if len(word) > 1 and around.knows(word):
        return True
    return (bool(before) and around.knows(before + word)) or (bool(after) and around.knows(word + after))


def _named_body(before: str, word: str, around: Surroundings) -> str:
    """Return the name of a place or body that `word` ends (清源 + 镇, 清源 + 镇党委), or nothing."""
    endings = words_of("organisations")
    if word in endings or any(word == ending + office for ending in endings for office in _OFFICES):
        stem, body = before, word
    else:
        body = next((word[at:] for at in range(len(word)) if word[at:] in endings), "")
        stem = word[: -len(body)] if body else ""
    is_name = (
        bool(stem)
        and is_han(stem[-1])
        and stem not in words_of("plain_modifiers")
        and not around.knows(stem + body)
        and not _is_verbal(stem)
    )
    return stem + body if is_name else ""


def _is_strange(word: str, tag: str, around: Surroundings) -> bool:
    """Return whether `word` is not one of everybody's words."""
    if not all(is_han(char) for char in word):
        return True
    if word in words_of("official_words"):
        return False
    if len(word) == 1:
        return word not in words_of("function_words") and tag[0] not in "pcudrf"
    if not in_dictionary(word):
        return not set(word) <= _official_characters() and not around.is_common(word)
    return tag in _NAME_TAGS and not around.is_common(word)


@cache
def _official_characters() -> frozenset[str]:
    """Return the characters of official words: what a cut made of them alone is hardly a name."""
    return frozenset("".join((*words_of("official_words"), *words_of("function_words"))))


def _is_verbal(word: str) -> bool:
    return in_dictionary(word) and cut(word)[-1].tag[0] in "vdpcruf"


def _unbalanced(text: str) -> bool:
    return any(text.count(left) != text.count(right) for left, right in ("“”", "‘’", "《》", "（）", "()"))


@cache
def _time_bound() -> tuple[tuple[str, int, int], ...]:
    rows = []
    for line in lines_of("time_bound"):
        word, _, years = line.partition(" ")
        first, _, last = years.partition("-")
        rows.append((word, int(first), int(last) if last else 9999))
    return tuple(rows)


def starts_with_one_of(clause: str, name: str) -> bool:
    """Return whether `clause` begins with a word of the data file `name`."""
    return clause.startswith(tuple(words_of(name)))
