"""Traces every number of a draft."""

from drafter.checking.book import PastText
from drafter.checking.check import check_draft, check_text

__all__ = ["PastText", "check_draft", "check_text"]
