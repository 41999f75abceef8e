"""The draft file: CommonMark whose numbers are links to their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drafter.draftfile.parse import Definition, DraftText, Heading, Mark, read_draft

if TYPE_CHECKING:
    from drafter.draftfile.render import write_draft

__all__ = ["Definition", "DraftText", "Heading", "Mark", "read_draft", "write_draft"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attribute can be anything
    """Load the writing half when it is first asked for: a check only reads."""
    if name != "write_draft":
        raise AttributeError(name)
    from drafter.draftfile.render import write_draft  # noqa: PLC0415 - see above

    return write_draft
