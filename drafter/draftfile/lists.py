"""What Markdown writes before the words of a line: signs of lists and quotations, rules and fences."""

from __future__ import annotations

import re

_BEFORE = re.compile(r"(?:(?:[-*+]|>+)[ \t\u3000]+)+(?=\S)")
_NO_WORDS = re.compile(r"(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:`{3,}|~{3,})[ \t]*\w*|[-*+>]")


def words_begin(line: str) -> int:
    """Return where the words of a line begin, behind `- ` and `> `; its length where it has none.

    Numbers (1.) are words: an official document has them too.

    >>> words_begin("- 走访96户"), words_begin("> - 很满意"), words_begin("-5℃"), words_begin("---")
    (2, 4, 0, 3)
    """
    if _NO_WORDS.fullmatch(line):
        return len(line)
    found = _BEFORE.match(line)
    return found.end() if found else 0
