"""The words that say that a number is by how much something rose or fell, and what it rose to."""

from __future__ import annotations

import re
from typing import Literal

Direction = Literal["up", "down"]

_UP = (
    r"增加|增长|增收|增幅|净增|提高|(?<!改造)提升(?!改造|整治|工程|行动|中心)|上升|上涨|涨幅|扩大|翻(?![修建新译阅])"
    r"|增(?![殖值进强补绿效信设])|超额|超出|超(?![市声级载标限员龄])"
)

_DOWN = (
    r"精简|压降|缩小|减轻|减少|下降|降低|降幅|减幅|回落|缩减|压减|缩短|下滑"
    r"|减(?![灾排负免租税费息刑肥药脂塑速])|降(?![雨水压雪])"
)
_RISE = r"[+＋↑](?=\s*$)"
_FALL = r"(?:同比|环比|年|期)\s?[-－−](?=\s*$)|↓(?=\s*$)"
_VERB = "(?:[建修办种栽收产发改开招评办用花出生订装访走查巡])?"
"""What may stand between 多 and the number that it is more by: 比上年多建600亩."""
CHANGE = re.compile(
    rf"(?P<up>(?<!新)(?:{_UP})|多(?={_VERB}了?\s*$)|{_RISE})|(?P<down>{_DOWN}|少(?={_VERB}了?\s*$)|{_FALL})"
)
_REACHING = re.compile(r"^(?:到|至|为|达)")
_MOVED = (
    "精简|压减|增|降|升|提高|扩大|减少|减|发展|翻|涨|下降|上升|增长|增加|提升|缩短|达|变|改|调整"
    "|扩建|改建|扩|升级"
)
BECAME = re.compile(rf"^(?:、□+)?[^，,。；;、]{{0,6}}?(?:(?:{_MOVED})*(?:到|至)|(?:{_MOVED})+为)")


def change_of(head: str) -> Direction | None:
    """Return the direction of the last verb of change before the number, unless it leads up to a level."""
    last = None
    for match in CHANGE.finditer(head):
        last = match
    if last is None:
        return None
    rest = head[last.end() :]
    rate = last.group().endswith("幅")
    if (_REACHING.match(rest) and not rate) or len(rest) > 4:
        return None
    return "up" if last["up"] else "down"
