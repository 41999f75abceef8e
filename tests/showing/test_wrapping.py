"""Chinese lines: nothing lost, no line begins with a full stop, no number is torn apart."""

import re

import pytest
from rich.cells import cell_len
from rich.text import Text

from drafter.showing.wrapping import wrap

WORDS = "全年排查矛盾纠纷276起，同比下降6.4%，化解271起（其中12345热线转来86.4万元的5起），还有“疑难”问题。"


@pytest.mark.parametrize("width", [1, 7, 12, 20, 33, 80])
def test_nothing_is_lost_and_no_line_is_too_wide(width):
    lines = [line.plain for line in wrap(Text(WORDS), width)]

    assert "".join(lines) == WORDS
    assert all(cell_len(line) <= max(width, 2) for line in lines)


@pytest.mark.parametrize("width", [16, 20, 24, 31, 40])
def test_lines_begin_with_words_and_numbers_stay_whole(width):
    lines = [line.plain for line in wrap(Text(WORDS), width, indent=2)]

    assert not any(line[0] in "，。、）”%" for line in lines)
    assert not any(line[-1] in "（“" for line in lines)
    assert [n for line in lines for n in re.findall(r"[\d.]+", line)] == re.findall(r"[\d.]+", WORDS)


def test_lines_of_the_text_stay_lines():
    assert [line.plain for line in wrap(Text("一\n二三\n"), 10)] == ["一", "二三", ""]
