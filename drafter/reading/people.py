"""Persons' names in a text."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from drafter.reading.cutting import Token, cut, in_dictionary
from drafter.reading.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_NAME = 4
_PLACE = "省市县区镇乡村街社路巷里弄河湖山桥湾港厂店"
"""Characters that end a place's name, or follow it: 柳溪镇 is nobody."""
_SYSTEMS = "制"
"""Nobody's name ends so: 林长制, 路长制 and 田长制 are systems, though a family name begins them."""


def people_in(text: str) -> Iterator[str]:
    """Yield the words of `text` that look like persons' names: a family name and one or two more."""
    tokens = cut(text)
    surnames = load_words("surnames")
    for token, following in pairwise((*tokens, Token("", "x"))):
        name = ""
        if token.text in surnames and _is_given_name(following):
            name = token.text + following.text
        elif token.tag.startswith("nr") and len(token.text) > 1 and token.text.startswith(surnames):
            name = token.text
        if not 1 < len(name) <= _LONGEST_NAME or name[-1] in _PLACE + _SYSTEMS:
            continue
        is_place = text.partition(name)[2][:1] in tuple(_PLACE)
        if not is_place and (name != token.text or not in_dictionary(name) or has_cue(text, name)):
            yield name


def has_cue(text: str, name: str) -> bool:
    """Return whether a word beside `name` says that it is a person."""
    before, _, after = text.partition(name)
    cues = load_words("person_cues")
    return before.endswith(cues) or after.startswith(cues)


def _is_given_name(token: Token) -> bool:
    is_name = token.tag in {"nr", "nrt", "nrfg", "ns", "nz"} or set(token.text) <= {"某"}
    return is_name and len(token.text) <= 2 and all("\u3400" <= char <= "\u9fff" for char in token.text)
