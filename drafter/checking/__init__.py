"""Traces every number of a draft.

`check.check_draft` is the whole; along the way that a number goes:

    read            layout, paragraphs, tables, blanks: the draft as a check sees it
    gathered        book: facts and past reports (whose), each number a mention with what it
                    counts (mentions, likeness, contrasts, surroundings, earlier, polarity, words)
    judged          marks first (comparisons, moved), else judge (case):
                    direct        a number of the notes (rivals, belonging, measures)
                    derive        one that follows from them: arithmetic, amounts, sums, means,
                                  shares (naming), changes, neighbours, said, elsewhere, against (last year's)
                    counted, dated, anniversaries, own   one that needs no number of the notes
    noticed         expected, contradicted, unused, repeats and the rules in `rules`
    told            messages → ledger, in the order of risk
    decided         desk, decided, surfaces: what people said of it, honoured while it holds
"""

from drafter.checking.book import PastText
from drafter.checking.check import check_draft, check_text

__all__ = ["PastText", "check_draft", "check_text"]
