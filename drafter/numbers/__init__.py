"""Reads every numeral of a text and says what it is.

`reader.read_numerals` is the whole; in the order in which a text is asked:

    the text        folding, page, later (patterns made when first needed), lexicon (word lists)
    no amounts      structure, titles, names, masks, disguises
    times           dates (date_forms)
    amounts         ordinals, figures (chinese), bands, amounts, counts, indefinite
    missing ones    holes (gaps)
    what it counts  context (changes), beside, shared_units → slots: quantities with subject and role
    compared        compare (units, families, same_date), expressions: arithmetic of labels
"""

from drafter.numbers.reader import read_numerals

__all__ = ["read_numerals"]
