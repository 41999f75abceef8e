"""Amounts said in words and not in figures, which no note says: 翻番, 半数以上, 零上访."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.checking.rules.rule import Contradiction
from drafter.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.model import Fact

_SAYING = re.compile(
    r"(?:近|过|超|超过)?半数(?:以上)?|(?:实现|同比|接近)?翻了?番|翻倍|"
    r"零(?:上访|投诉|事故|伤亡|发案|新增|感染|失误|差错|增长|复发|积压|延误|违规|举报|死亡|发生|火情|疫情)"
)


def sayings(plain: str, facts: Sequence[Fact]) -> Iterator[Contradiction]:
    """Yield each amount in words that stands in no note."""
    for found in _SAYING.finditer(plain):
        if not any(found.group() in fact.text for fact in facts):
            yield Contradiction(Span(*found.span()), f"“{found.group()}”在要点里没有这样说，请核对")
