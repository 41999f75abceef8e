"""The small word 一: a count (制定方案一份, 每月一次) or the indefinite article (一个良好的环境)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from drafter.numbers.later import Later
from drafter.numbers.lexicon import any_of, load_table, load_words

if TYPE_CHECKING:
    from drafter.numbers.page import Page, Reading

_LIST_END = Later(r"\s*(?:$|[，,。；;、）)\n：:])")
_NOUN_BEFORE = Later(r"(?:[^\x00-\x7f\W]|[”》])(?<![了的做])$")
_DESCRIBED = Later(r"[^，,。；;]{0,10}的")
_PAIRED = Later(r"[一多]\w(?<!一[次场期篇名])")
_NEXT_IN_LIST = Later(r"[\d二两三四五六七八九十百][余多]?个[^\x00-\x7f\W]{1,6}[、和及与]$")
_FIGURES_AFTER = {
    "人": re.compile(r"[无同独]$"),
    "年": re.compile(r"的$"),
    "天": re.compile(r"的$"),
    "次": re.compile(r"(?:得到|受到|接受|经受|经历|是|为|成为|不亚于)(?:了|过)?$"),
    "番": re.compile(r"(?<!翻)(?<!翻了)(?<!翻过)$"),
}
"""Measure words with which 一 counts but for these words in front: 思想的一年, 受到一次洗礼, but 翻一番."""

_GIVEN = Later(r"(?:给|还|送|予)(?:了)?[^，。；、]{1,6}$")
"""Who gets something that is not counted: 给群众一个明白、还干部一个清白."""
_A_TERM = Later(r"[内期多半以之后前级度制\d]|[，,。；;、）)]|$")
"""What makes a term of 一年 at the head of a clause, which else is the year that the report is of."""
_NOUNS_OF_MASS = frozenset(("段", "种", "些"))


@cache
def _figurative() -> frozenset[str]:
    """Return the measure words after which a bare 一 is an indefinite article."""
    return frozenset(load_words("figurative"))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns built from `data/contexts.txt`."""
    table = load_table("contexts")
    number = r"(?:[一二两三四五六七八九十半\d]{0,3}个?)"
    return {
        "sums": re.compile(rf"{any_of(table['sums'])}(?:了|有|起|出)?$"),
        "figures": re.compile(rf"{any_of(table['figures'])}(?:了|出|起|着|好)?$"),
        "every": re.compile(rf"每(?!一){number}{any_of(table['periods'])}"),
    }


def judge_one(page: Page, reading: Reading) -> Reading:
    """Return `reading` of a numeral 一 as a quantity, a name (一村一品) or a figure of speech."""
    if _is_paired(page, reading):
        return reading._replace(kind="name", value=None, upper=None, unit=None)
    given = reading.unit == "个" and _GIVEN.search(page.clause_before(reading.start))
    if (_is_frequency(page, reading) and not given) or (
        not given and not _is_denied(page, reading) and _is_count(page, reading)
    ):
        return reading
    return reading._replace(kind="structural", value=None, upper=None, unit=None)


def _is_paired(page: Page, reading: Reading) -> bool:
    """Tell whether 一 stands in a pair such as 一户一档."""
    if re.search(r"一\w$", page.before(reading.start, 2)):
        return page.before(reading.start, 1) not in "年月周季天日" or reading.unit not in (
            "次",
            "场",
            "期",
            "篇",
        )
    return _PAIRED.match(page.after(reading.end, 2)) is not None


def _is_frequency(page: Page, reading: Reading) -> bool:
    """Tell whether the sentence says how often: 每季度给党员上一次党课."""
    if reading.unit not in load_table("contexts")["frequent"]:
        return False
    before = page.sentence_before(reading.start)[-16:]
    return _patterns()["every"].search(before) is not None and not before.endswith("每")


def _is_denied(page: Page, reading: Reading) -> bool:
    """Tell whether the words round it rule a count out: 每一户, 这一项, 一户不落."""
    if page.before(reading.start, 1) in load_table("contexts")["pointers"]:
        return True
    return re.match(r"[都也]?不", page.after(reading.end, 2)) is not None


def _is_count(page: Page, reading: Reading) -> bool:
    """Tell whether measure word and surroundings make 一 a count."""
    unit = reading.unit or ""
    before, after = page.clause_before(reading.start), page.after(reading.end, 12)
    if unit == "年" and not before and not _A_TERM.match(after):
        return False
    if unit in _FIGURES_AFTER:
        return _FIGURES_AFTER[unit].search(before) is None
    if unit not in _figurative():
        return True
    if _LIST_END.match(after) and _NOUN_BEFORE.search(before) and not _patterns()["figures"].search(before):
        return True
    if _DESCRIBED.match(after):
        return False
    return _patterns()["sums"].search(before) is not None or _has_siblings(page, reading, unit)


def _has_siblings(page: Page, reading: Reading, unit: str) -> bool:
    """Tell whether the sentence counts other things by this measure word: 三名获省级表彰，一名获市级."""
    if unit == "个":
        return _NEXT_IN_LIST.search(page.before(reading.start, 12)) is not None
    if unit in _NOUNS_OF_MASS:
        return False
    more = re.compile(rf"(?:[二两三四五六七八九十百]|\d)[余多]?{re.escape(unit)}(?!人)")
    around = f"{page.sentence_before(reading.start)[-24:]}|{page.sentence_after(reading.end)[:24]}"
    return more.search(around) is not None
