"""Facts that have another number than when the draft was written: a bullet was put in above them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.draftfile import Definition
    from drafter.model import Fact


def moved_facts(definitions: Mapping[str, Definition], facts: Sequence[Fact]) -> Mapping[str, str]:
    """Return the present id of each fact whose words, as a definition quotes them, have moved: F2 is now F3.

    Words that stand in several facts, or in none, are left out.
    """
    now = {fact.id: one_line(fact.text) for fact in facts}
    by_text: dict[str, list[str]] = {}
    for name, text in now.items():
        by_text.setdefault(text, []).append(name)
    moved = {}
    for label, definition in definitions.items():
        name = quoted_fact(label)
        quoted = one_line(definition.title) if name else ""
        if quoted and now.get(name) != quoted and len(by_text.get(quoted, ())) == 1:
            moved[name] = by_text[quoted][0]
    return moved


def followed(
    labels: Mapping[tuple[int, int], str], moved: Mapping[str, str]
) -> Mapping[tuple[int, int], str]:
    """Return labels whose facts have their present ids."""
    if not moved:
        return labels
    return {span: present(label, moved) for span, label in labels.items()}


def present(label: str, moved: Mapping[str, str]) -> str:
    """Return a label with the present ids of its facts: F2.1+F4.1 is now F3.1+F5.1."""
    return re.sub(r"F\d+(?=\.)", lambda found: moved.get(found[0], found[0]), label)


def quoted_fact(label: str) -> str:
    """Return the fact of a label that is one number, whose definition quotes it; nothing for F3.1+F3.2."""
    name, _, number = label.partition(".")
    return name if name[:1] == "F" and name[1:].isdigit() and number.isdigit() else ""


def one_line(text: str) -> str:
    """Return `text` without white space, in which a definition may differ from the notes."""
    return "".join(text.split())
