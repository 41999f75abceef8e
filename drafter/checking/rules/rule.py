"""The shapes of rules and of what they find."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from drafter.checking.book import PastText
    from drafter.checking.mentions import Mention
    from drafter.checking.own import Own
    from drafter.draftfile import DraftText
    from drafter.model import Fact, Severity, Span, Where


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


class Scene(NamedTuple):
    """All that a rule for whole drafts may look at; `blanked` is the plain text with its numbers blanked.

    `numbers` are those of the draft, names among them, each with whether its verdict passes.
    """

    draft: DraftText
    blanked: str
    facts: Sequence[Fact]
    past: Sequence[PastText]
    own: Own
    numbers: Sequence[tuple[Mention, bool]]

    @property
    def plain(self) -> str:
        """The words of the draft without its syntax."""
        return self.draft.plain


class Found(NamedTuple):
    """What a rule for whole drafts found; `span` is that of the plain text.

    A place without a file is one of the draft itself.
    """

    span: Span
    message: str
    hint: str = ""
    where: tuple[Where, ...] = ()
    severity: Severity = "warning"
    code: str | None = None
    """That of the rule, unless this finding has its own."""


class Example(NamedTuple):
    """A draft with its notes and past reports, as `check_text` takes them."""

    draft: str
    notes: tuple[str, ...] = ()
    past: tuple[str, ...] = ()


class DraftRule(NamedTuple):
    """A rule over a whole draft; it finds something in each of `caught` and nothing in each of `passed`."""

    code: str
    find: Callable[[Scene], Iterator[Found]]
    caught: tuple[Example, ...]
    passed: tuple[Example, ...]
