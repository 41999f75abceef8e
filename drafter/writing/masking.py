"""Personal data on its way to a model: masked in what is sent, put back in what returns.

A mask is `〈姓名甲〉`: no digit, nothing of the person. What may stand in a draft
is put back afterwards; what may not (identity and phone numbers) was never in a
fact's quantities and stays out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_STEMS = "甲乙丙丁戊己庚辛壬癸"
MASK_SIGNS = "〈〉"


class Personal(NamedTuple):
    """Words about a person that no model may see.

    `kind` is 姓名, 手机号 …; `returns` says whether a draft may hold them.
    """

    text: str
    kind: str
    returns: bool = True


def mask_personal(text: str, personal: Sequence[Personal]) -> str:
    """Return `text` with each of `personal` replaced by its mask, the longest first."""
    masks = _masks(personal)
    for item in sorted(personal, key=lambda item: -len(item.text)):
        text = text.replace(item.text, masks[item.text])
    return text


def unmask_personal(text: str, personal: Sequence[Personal]) -> str:
    """Return `text` with the masks of those that may return replaced by the words, the others by nothing."""
    masks = _masks(personal)
    for item in personal:
        text = text.replace(masks[item.text], item.text if item.returns else "")
    return text


def kinds_masked(texts: Sequence[str], personal: Sequence[Personal]) -> tuple[str, ...]:
    """Return the kinds of personal data that were in `texts`, sorted: for the outbox."""
    return tuple(sorted({item.kind for item in personal if any(item.text in text for text in texts)}))


def _masks(personal: Sequence[Personal]) -> dict[str, str]:
    seen: dict[str, str] = {}
    for item in personal:
        if item.text not in seen:
            seen[item.text] = f"〈{item.kind}{_stem(len(seen))}〉"
    return seen


def _stem(number: int) -> str:
    rest, index = divmod(number, len(_STEMS))
    return (_stem(rest - 1) if rest else "") + _STEMS[index]
