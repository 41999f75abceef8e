"""Texts compared without their white space: where words stand in a draft that was wrapped anew."""

from __future__ import annotations

import re

from drafter.model import Span

_HALF = str.maketrans("，：；（）", ",:;()")
"""Word copies have full-width punctuation where the draft may have the other."""
_NUMERAL = re.compile(r"[0-9０-９零〇一二三四五六七八九十百千万亿两半.．%％‰]")


class Compact:
    """A text without white space, with the place of each of its characters."""

    def __init__(self, text: str, skipped: str = "") -> None:
        """Leave out the white space of `text`, and the characters `skipped`."""
        self.skipped = skipped
        self.at = [place for place, char in enumerate(text) if not char.isspace() and char not in skipped]
        self.text = "".join(text[place] for place in self.at).translate(_HALF)
        self.ends = {place: index for index, place in enumerate(self.at)}

    def find(self, words: str, within: Span | None = None) -> list[Span]:
        """Return every place of `words` in the text, or in a part of it."""
        kept = (char for char in words if not char.isspace() and char not in self.skipped)
        wanted = "".join(kept).translate(_HALF)
        if not wanted:
            return []
        found = []
        start = self.text.find(wanted)
        while start >= 0:
            span = Span(self.at[start], self.at[start + len(wanted) - 1] + 1)
            if within is None or (within.start <= span.start and span.end <= within.end):
                found.append(span)
            start = self.text.find(wanted, start + 1)
        return found

    def between(self, words: str, context: str) -> list[Span]:
        """Return the places of `words` whose left and right neighbours together are `context`."""
        around = "".join(context.split()).translate(_HALF)
        return [span for span in self.find(words) if around and self._is_round(span, around)]

    def _is_round(self, span: Span, around: str) -> bool:
        left = self.text[: self.ends[span.start]]
        right = self.text[self.ends[span.end - 1] + 1 :]
        return any(
            left.endswith(around[:cut]) and right.startswith(around[cut:]) for cut in range(len(around) + 1)
        )


def same_number(text: str, first: Span, second: Span) -> bool:
    """Tell whether two spans of `text` are one number, with or without unit or 约: 59 and 59处, not 9处."""
    if first == second:
        return True
    inner, outer = sorted((first, second), key=lambda span: span.end - span.start)
    if not (outer.start <= inner.start and inner.end <= outer.end and inner.end > inner.start):
        return False
    rest = text[outer.start : inner.start] + text[inner.end : outer.end]
    return _NUMERAL.search(rest) is None
