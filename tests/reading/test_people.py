"""Persons' names are told from words that a family name begins."""

from drafter.reading.people import people_in


def test_systems_of_chiefs_are_nobodys_names():
    text = "严格落实河长制、林长制，推行路长制、田长制，网格员刘桂芳到场。"

    assert list(people_in(text)) == ["刘桂芳"]
