"""The shapes of rules and of what they find."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from drafter.checking.mentions import Mention
    from drafter.model import Span


class Contradiction(NamedTuple):
    """Something the draft or a note contradicts; `span` is that of the plain text."""

    span: Span
    message: str


class StyleRule(NamedTuple):
    """A warning about how a number is written: `find` gets it with the draft, numbers blanked.

    `caught` and `passed` are texts that the rule warns of and leaves alone.
    """

    code: str
    find: Callable[[Mention, str], str]
    caught: tuple[str, ...]
    passed: tuple[str, ...]
