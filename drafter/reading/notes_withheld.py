"""The facts of notes that must not be written about: no work of the unit, or said already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.reading.private import MASK
from drafter.reading.suspicions import is_instruction, secret_marking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drafter.model import Notes

_SUBTOTAL = re.compile(r"^[^，。；\d]*小计\d[^，。；]*$")


def withheld(notes: Notes) -> Mapping[str, str]:
    """Return the facts that must not be written about, with the reason."""
    reasons: dict[str, str] = {}
    first: dict[str, str] = {}
    for fact in notes.facts:
        twin = first.setdefault(re.sub(r"[\s，。；、,;]", "", fact.text), fact.id)
        if MASK in fact.text:
            reasons[fact.id] = "这一条只有个人信息，不写进草稿"
        elif is_instruction(fact.text):
            reasons[fact.id] = "这一条像是写给程序的指令，不是工作内容"
        elif secret_marking(fact.text):
            reasons[fact.id] = "这一条是密级标志，不是工作内容"
        elif _SUBTOTAL.search(fact.text):
            reasons[fact.id] = "这是表中的小计，各行已分别列出"
        elif twin != fact.id:
            reasons[fact.id] = f"与 {twin} 相同"
    return reasons
