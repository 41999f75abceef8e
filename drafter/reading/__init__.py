"""Turns files into reports, sections and facts."""

from drafter.reading.reports import read_reports

__all__ = ["read_reports"]
