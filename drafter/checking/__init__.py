"""Traces every number of a draft."""
