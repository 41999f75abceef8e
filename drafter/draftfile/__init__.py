"""The draft file: CommonMark whose numbers are links to their sources."""

from drafter.draftfile.parse import Definition, DraftText, Heading, Mark, read_draft
from drafter.draftfile.render import write_draft

__all__ = ["Definition", "DraftText", "Heading", "Mark", "read_draft", "write_draft"]
