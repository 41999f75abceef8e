"""What the writer needs from outside: a model that answers messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BadKind = Literal["empty", "length", "refusal", "garbage", "cut", "endless", "prompt-too-long"]


class Message(NamedTuple):
    """One turn of a conversation with a model."""

    role: Literal["system", "user", "assistant"]
    content: str


class Reply(NamedTuple):
    """A complete answer: its words, and the model that the server says gave them."""

    text: str
    model: str


class BadReply(NamedTuple):
    """An answer that arrived and is of no use; it counts as an attempt, never as an error.

    `reason` says in Chinese what was wrong, for the next attempt and for the reviewer.
    """

    kind: BadKind
    reason: str


class ChatModel(Protocol):
    """A model that can be asked; everything it may do is answer with text."""

    @property
    def name(self) -> str:
        """The model's name as configured."""
        ...

    def ask(
        self,
        messages: Sequence[Message],
        on_text: Callable[[str], None] | None = None,
        masked: Sequence[str] = (),
    ) -> Reply | BadReply:
        """Return the model's answer to `messages`, telling `on_text` each part as it comes.

        `masked` names the kinds of personal data that were taken out of the
        messages, for the record of what was sent.

        Raises:
            EndpointError: the server cannot be reached, refuses, or is no model server.
        """
        ...
