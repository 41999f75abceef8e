"""Reads every numeral of a text and says what it is."""

from drafter.numbers.reader import read_numerals

__all__ = ["read_numerals"]
