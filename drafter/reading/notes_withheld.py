"""The facts of notes that must not be written about: no work of the unit, or said already."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from drafter.reading.notes_doubles import find_doubles
from drafter.reading.private import MASK
from drafter.reading.suspicions import is_instruction, secret_marking
from drafter.reading.words import load_pairs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drafter.model import Fact, Notes

_SUBTOTAL = re.compile(r"^[^，。；\d]*小计\d[^，。；]*$")
_SIGNS = re.compile(r"[\s，。；、,;]")
_NAME = re.compile(r"[^\W\d_]{2,4}$")
_GIVEN = frozenset({"quantity", "percent", "money", "ordinal"})


def withheld(notes: Notes) -> Mapping[str, str]:
    """Return the facts that must not be written about, with the reason."""
    reasons: dict[str, str] = {}
    first: dict[str, str] = {}
    named = {
        place for finding in notes.findings if finding.code == "personal-data" for place in finding.where
    }
    for fact in notes.facts:
        twin = first.setdefault(_SIGNS.sub("", fact.text), fact.id)
        if MASK in fact.text or (fact.where in named and _NAME.match(fact.text)):
            reasons[fact.id] = "这一条只有个人信息，不写进草稿"
        elif is_contact(fact):
            reasons[fact.id] = "这一条只是联系方式，不是工作内容"
        elif is_instruction(fact.text):
            reasons[fact.id] = "这一条像是写给程序的指令，不是工作内容"
        elif secret_marking(fact.text):
            reasons[fact.id] = "这一条是密级标志，不是工作内容"
        elif _SUBTOTAL.search(fact.text):
            reasons[fact.id] = "这是表中的小计，各行已分别列出"
        elif twin != fact.id:
            reasons[fact.id] = f"与 {twin} 相同"
    doubles = find_doubles([fact for fact in notes.facts if fact.id not in reasons], notes)
    return reasons | {fact_id: f"与 {other} 重复" for fact_id, other in doubles.items()}


def is_contact(fact: Fact) -> bool:
    """Tell whether a fact only says whom to ask and where: `会务联系人：李某，电话`."""
    if any(quantity.kind in _GIVEN for quantity in fact.quantities):
        return False
    return _contact().fullmatch(re.sub(rf"{MASK}+", "", fact.text).strip()) is not None


@cache
def _contact() -> re.Pattern[str]:
    pairs = load_pairs("contact_words")
    who, where = (
        "|".join(sorted((word for kind, word in pairs if kind == wanted), key=len, reverse=True))
        for wanted in ("who", "where")
    )
    name = r"[^\W\d_]{2,4}(?:[（(][^）)]{0,12}[）)])?"
    names = rf"{name}(?:[、/\s]+{name})*"
    first = (
        rf"[^\W\d_]{{0,6}}(?:(?:{who})(?:\s*[:：为是]\s*|\s+)(?:{names})?"
        rf"|(?:{where})(?:\s*[:：为是][^，。；;：:]{{0,30}}|\s*$))"
    )
    return re.compile(rf"{first}(?:[，,、；;。\s]+(?:{first}|{name}))*[，,、；;。\s]*")
