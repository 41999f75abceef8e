"""Rules over verdicts and numbers, one small file each; a style rule carries its own examples."""

from drafter.checking.rules.one_sentence import in_one_sentence
from drafter.checking.rules.part_whole import parts_above_wholes, totals_below_parts
from drafter.checking.rules.rule import Contradiction, StyleRule
from drafter.checking.rules.sayings import sayings
from drafter.checking.rules.style import DOUBLE_BOUND, DOUBLE_ROUGH, FALSELY_EXACT, VAGUE
from drafter.checking.rules.whole_year import whole_year_over_part

STYLE: tuple[StyleRule, ...] = (DOUBLE_ROUGH, FALSELY_EXACT, DOUBLE_BOUND, VAGUE)

__all__ = [
    "STYLE",
    "Contradiction",
    "StyleRule",
    "in_one_sentence",
    "parts_above_wholes",
    "sayings",
    "totals_below_parts",
    "whole_year_over_part",
]
