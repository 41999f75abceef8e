"""The draft file: CommonMark whose numbers are links to their sources.

    render      writes a draft
    parse       reads it back, or one that a person edited (front, inline, lists, places)
    edit        replaces one part of it and nothing else (parts, definitions)
    decisions   the file of decisions beside it (beside: what stands beside a draft)
    carried     what its Word file carries of it

A check loads the reading half alone.
"""

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
