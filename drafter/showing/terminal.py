"""The one console of all views: words of files are words, whatever signs they hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.console import Console
from rich.segment import Segment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import ConsoleOptions, RenderableType

_OBEYED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ud800-\udfff]"
)


class Terminal(Console):
    """A console that shows as its code what a terminal would obey or hide: escapes, bells, turned writing."""

    def __init__(self, *, stderr: bool = False, soft_wrap: bool = False, markup: bool = True) -> None:
        """Open standard output, or standard error; nothing in a text is taken for a picture or a number."""
        super().__init__(stderr=stderr, soft_wrap=soft_wrap, markup=markup, highlight=False, emoji=False)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Yield the segments of `renderable`, what is hidden in their words made visible."""
        for segment in super().render(renderable, options):
            if segment.control or not _OBEYED.search(segment.text):
                yield segment
            else:
                yield Segment(_OBEYED.sub(_code, segment.text), segment.style)


def _code(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode() if found[0] != "\t" else " "
