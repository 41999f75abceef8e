"""The check must find nearly every broken number and leave faithful drafts alone, in a crowd as well."""

import pytest

from tests.benchmarks.tracing import drafter_errors, score, string_errors


@pytest.mark.slow
@pytest.mark.parametrize("crowd", [False, True])
def test_broken_numbers_are_caught_and_faithful_drafts_stay_clean(crowd):
    mine = score(drafter_errors, crowd=crowd)

    assert mine.recall >= 0.97
    assert mine.cleanness >= 0.95


def test_comparing_strings_is_no_check():
    strings = score(string_errors)

    assert strings.recall < 0.9
    assert strings.cleanness < 0.5
