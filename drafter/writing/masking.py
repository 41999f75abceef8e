"""Personal data on its way to a model: masked in what is sent, put back in what returns.

A mask is `〈姓名甲〉`: no digit, nothing of the person. Names return to the
draft. Identity numbers, telephones and the like do not: notes lose them when
they are read, and here they are taken out of past sections as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.reading.people import people_in
from drafter.reading.private import find_private

if TYPE_CHECKING:
    from collections.abc import Sequence

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_NAME = "姓名"
_MASK = re.compile(r"〈[^〈〉]{1,8}〉")


class Personal(NamedTuple):
    """Words about a person that no model may see; `returns` says whether a draft may hold them."""

    text: str
    kind: str
    returns: bool


def personal_in(texts: Sequence[str]) -> tuple[Personal, ...]:
    """Return the personal data in `texts`, each once, in reading order."""
    found: dict[str, Personal] = {}
    for text in texts:
        for datum in find_private(text):
            words = text[datum.span.start : datum.span.end]
            found.setdefault(words, Personal(words, datum.kind, returns=False))
        for name in people_in(text):
            found.setdefault(name, Personal(name, _NAME, returns=True))
    return tuple(found.values())


def blank_personal(text: str, own: Sequence[Personal]) -> str:
    """Return `text`, of a past section, with blanks for personal data that `own`, this year's, lacks."""
    known = {item.text for item in own}
    for item in sorted(personal_in([text]), key=lambda item: -len(item.text)):
        if item.text not in known:
            text = text.replace(item.text, f"〔{item.kind}〕")
    return text


def mask_personal(text: str, personal: Sequence[Personal]) -> str:
    """Return `text` with each of `personal` replaced by its mask, the longest first."""
    masks = _masks(personal)
    for item in sorted(personal, key=lambda item: -len(item.text)):
        text = text.replace(item.text, masks[item.text])
    return text


def unmask_personal(text: str, personal: Sequence[Personal]) -> str:
    """Return `text` with the masks of what may return replaced by the words themselves."""
    masks = _masks(personal)
    for item in personal:
        if item.returns:
            text = text.replace(masks[item.text], item.text)
    return text


def mask_left(text: str) -> str | None:
    """Return a mask that still stands in `text`: one that may not return, or that nobody gave."""
    match = _MASK.search(text)
    return match[0] if match else None


def kinds_masked(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds of personal data that are in `texts`, sorted: for the outbox."""
    return tuple(sorted({item.kind for item in personal_in(texts)}))


def _masks(personal: Sequence[Personal]) -> dict[str, str]:
    masks: dict[str, str] = {}
    for item in personal:
        if item.text not in masks:
            masks[item.text] = f"〈{item.kind}{_stem(len(masks))}〉"
    return masks


def _stem(number: int) -> str:
    rest, index = divmod(number, len(_STEMS))
    return (_stem(rest - 1) if rest else "") + _STEMS[index]
