"""Reads every numeral of a text and says what it is."""
