"""What a web page puts around a report: bylines, introductions, links, notices."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from drafter.numbers.later import Later
from drafter.reading.words import load_words

_ARTICLE = re.compile(
    r"(?P<front>.{0,50}?)[【\[（(]?\s*(?:第\s*(?P<a>[一二三四五六七八九十]{1,3}|\d{1,2})\s*篇|篇\s*(?P<b>[一二三四五六七八九十]{1,3}|\d{1,2}))"
    r"\s*[】\])）]?\s*[:：、.．]?\s*(?P<rest>.{0,50})$"
)
_PUBLISHED = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_LINK = re.compile(r"(?:(?:\d{4}-)?\d{1,2}[-/]\d{1,2}|\d{4}年.{0,8}|[>》»])\s*[\])）]?$|^[•·●■◆▪*\d]")
_SHORT = 60


class Pattern(NamedTuple):
    """One kind of chrome: where it stands, why it is dropped, what it looks like."""

    where: str
    reason: str
    find: Later


@cache
def _patterns() -> tuple[Pattern, ...]:
    rows = (line.split(maxsplit=2) for line in load_words("chrome"))
    return tuple(Pattern(where, reason, Later(find)) for where, reason, find in rows)


@cache
def _any_of(where: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p.find.pattern})" for p in _patterns() if p.where == where))


def chrome_of(words: str, where: str) -> str | None:
    """Return why a line that stands at `where` (head, tail, line, notice) is dropped, or None."""
    if where in ("tail", "line") and len(words) > _SHORT:
        return None
    if where == "notice" and len(words) > 3 * _SHORT:
        return None
    if not _any_of(where).search(words):
        return None
    return next(p.reason for p in _patterns() if p.where == where and p.find.search(words))


def published_in(words: str) -> str | None:
    """Return the date of a byline as YYYY-MM-DD, or None."""
    found = _PUBLISHED.search(words)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else None


def is_link(words: str) -> bool:
    """Whether a line below 相关推荐 looks like one of its links."""
    return len(words) <= _SHORT and (bool(_LINK.search(words)) or not re.search(r"[。；;，,]", words))


def article_number(words: str) -> str | None:
    """Return the number of the article that a line opens (篇一, 第1篇, 【篇一】), or None."""
    if len(words) > _SHORT or re.search(r"[。；;]|篇[章幅]", words):
        return None
    found = _ARTICLE.match(words)
    if (
        not found
        or re.search(r"[，,]", found["front"])
        or (found["front"] and found["rest"] and not re.search(r"篇.{0,5}[:：】]", words))
    ):
        return None
    return found["a"] or found["b"]
