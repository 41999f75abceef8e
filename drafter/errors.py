"""Everything that drafter raises on purpose.

    DrafterError            work stopped; the command line prints it and exits 2
    ├── UsageError          the call itself: no such section, no unit given …
    ├── ReadError           a file that cannot be read as what it claims to be
    │   └── FinalChangedError   … because a part of a final text is no longer as it was
    ├── NoFactsError        notes in which there is nothing to write about
    ├── LibraryError        the index: missing, locked, damaged, of another model
    ├── EndpointError       the model's server: refused, silent, wrong key …
    └── DraftChangedError   a draft that somebody edited would be overwritten

A number that cannot be traced is no error but a finding (`drafter.model.Finding`).
"""

from __future__ import annotations

from typing import Any


class DrafterError(Exception):
    """A foreseeable fault: a one-line cause in Chinese and the next step.

    `message` says what happened and what was kept, `hint` what to do next.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(DrafterError):
    """The call cannot be carried out as it was given."""


class ReadError(DrafterError):
    """A file cannot be read as what it claims to be."""


class FinalChangedError(ReadError):
    """A part of a final text was changed so that nothing can be checked.

    `findings` (of `drafter.model`) name the parts.
    """

    def __init__(self, message: str, *, hint: str = "", findings: tuple[Any, ...] = ()) -> None:
        super().__init__(message, hint=hint)
        self.findings = findings


class NoFactsError(DrafterError):
    """The notes hold nothing to write about."""


class LibraryError(DrafterError):
    """The index is missing, locked, damaged or of another making."""


class EndpointError(DrafterError):
    """The model's server did not give a usable answer."""


class DraftChangedError(DrafterError):
    """A draft was edited by hand and would be overwritten."""
