"""Patterns that are made when a text first calls for them: a short text needs few of the reader's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Later:
    """A pattern whose methods come to be at the first use of one of them."""

    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    findall: Callable[..., list[Any]]
    sub: Callable[..., str]

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the methods of a pattern differ in type
        """Make the pattern, keep its methods as attributes, and return the one called `name`."""
        if name not in self.__class__.__annotations__:
            raise AttributeError(name)
        made = re.compile(self.pattern)
        for method in self.__class__.__annotations__:
            setattr(self, method, getattr(made, method))
        return getattr(made, name)
