"""Turns files into reports, sections and facts."""
