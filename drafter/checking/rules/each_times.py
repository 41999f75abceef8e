"""A total below what each of several has, or does: 22个书屋，每个藏书1000余册，全街道藏书10000余册."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.checking.rules.rule import DraftRule, Example, Found
from drafter.model import Span, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.checking.mentions import Mention
    from drafter.checking.rules.rule import Scene

_EACH = re.compile(
    r"(?:每(?:个|家|户|所|支|座|处|村|一)|均(?:不少于|达到?|有|为|在)|各有)[^，,。；;□]{0,10}$"
)
_ALL = re.compile(
    r"(?:全(?!年|部|面)[镇乡村区县市街][^，,。；;□]{0,10}|共计?|总[数量]|累计|合计)[^，,。；;□]{0,8}$"
)
_EVERY = re.compile(r"每(?P<span>月|季度|周)[^，,。；;□]{0,8}$")
_A_YEAR = {"周": 52, "月": 12, "季度": 4}
_HOLDERS = frozenset("个家所支座处户")


def _find(scene: Scene) -> Iterator[Found]:
    mentions = [mention for mention, _ in scene.numbers if mention.number.value is not None]
    for place, each in enumerate(mentions):
        before = _before(each, scene.blanked)
        if not (_EACH.search(before) or (each.number.unit == "次" and _EVERY.search(before))):
            continue
        holders = _holders(mentions[:place], each)
        total = next((m for m in mentions[place + 1 :] if _is_total(m, each, scene.blanked)), None)
        if holders is None or total is None:
            continue
        count, one, whole = (m.number.value or 0 for m in (holders, each, total))
        times = _times(each, scene)
        if whole < count * one * times and not _is_less(each):
            often = f" × {times}次" if times > 1 else ""
            parts = f"{holders.number.surface} × 每个{each.number.surface}{often}"
            message = f"合计{total.number.surface}，少于{parts}：应不少于{count * one * times:f}"
            where = (Where("", span=Span(holders.start, each.end)),)
            yield Found(Span(total.start, total.end), message, "", where)


def _times(each: Mention, scene: Scene) -> int:
    """Return how often in the report's period something is done 每月; 1 where nothing says how often."""
    sentence = each.context.sentence
    every = _EVERY.search(_before(each, scene.blanked)) if each.number.unit == "次" else None
    if every is None:
        return 1
    half = "半年" in scene.plain[sentence.start : sentence.end] or "半年" in (scene.own.period or "")
    quarter = "季度" in (scene.own.period or "")
    return _A_YEAR[every["span"]] // (2 if half else 4 if quarter else 1)


def _before(mention: Mention, blanked: str) -> str:
    return blanked[mention.context.sentence.start : mention.start]


def _holders(before: Sequence[Mention], each: Mention) -> Mention | None:
    """Return the number of those that have so much each: the last count of things in the sentence."""
    inside = [m for m in before if m.context.sentence == each.context.sentence and m.key != each.key]
    counts = [m for m in inside if (m.number.unit or "")[:1] in _HOLDERS and m.number.kind == "quantity"]
    return counts[-1] if counts else None


def _is_total(mention: Mention, each: Mention, blanked: str) -> bool:
    same = mention.key == each.key and mention.context.sentence == each.context.sentence
    return same and mention.number.kind == "quantity" and bool(_ALL.search(_before(mention, blanked)))


def _is_less(each: Mention) -> bool:
    """Tell whether the share of each is only bounded from above: 每个不足100册."""
    return (each.number.approx or "") in {"近", "不足", "不到", "约", "将近", "左右", "以内", "以下"}


RULE = DraftRule(
    "contradiction",
    _find,
    caught=(
        Example("在12个院落建起书屋，每个书屋藏书均达500余册，全镇藏书量达4000余册。"),
        Example("30个党支部每月组织一次活动，上半年全镇共组织活动120次。"),
        Example("12个院落均有读书角，每个藏书500册，共藏书4000册。"),
    ),
    passed=(
        Example("在12个院落建起书屋，每个书屋藏书均达500余册，全镇藏书量达6800余册。"),
        Example("12个院落建起书屋，全镇藏书量达4000余册。"),
        Example("30个党支部每月组织一次活动，上半年全镇共组织活动186次。"),
        Example("30个党支部每月组织一次活动，全年参加活动120人。"),
        Example("12个院落建起书屋，每个书屋藏书不足500册，全镇藏书量达4000余册。"),
    ),
)
