"""One number printed twice with different values: 受理纠纷31起 … 受理纠纷37起.

Where the notes bear out the one and not the other, its own verdict says so;
the rule is for two that both stand in the notes, or neither. Nor is it for a
number of which the draft itself asks whether it is right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.checking.mentions import content
from drafter.checking.rules.rule import DraftRule, Example, Found
from drafter.model import Span, Where
from drafter.numbers.compare import supports

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from drafter.checking.mentions import Mention
    from drafter.checking.rules.rule import Scene
    from drafter.draftfile import DraftText

    Judged = tuple[Mention, bool]

_KINDS = frozenset({"quantity", "money", "percent"})
_SHORTEST = 3
_SAME = 0.6
"""So much of the longer clause must stand in the shorter one, all of which stands in the longer one."""


def _find(scene: Scene) -> Iterator[Found]:
    groups: dict[Hashable, list[Judged]] = {}
    for number in scene.numbers:
        if _is_comparable(number[0]) and not scene.plain.startswith("【待核", number[0].end):
            groups.setdefault(_slot(number[0]), []).append(number)
    for group in groups.values():
        for place, later in enumerate(group):
            earlier = next((one for one in group[:place] if _contradict(one, later, scene.blanked)), None)
            if earlier is not None:
                yield _told(earlier[0], later[0], scene.draft)


def _told(first: Mention, second: Mention, draft: DraftText) -> Found:
    span = Span(first.start, first.end)
    line = draft.source.count("\n", 0, draft.to_source(span).start) + 1
    clause = draft.plain[first.context.clause.start : first.context.clause.end].strip()
    message = f"文中{second.number.surface}，前面第{line}行写的是“{clause[:40]}”"
    return Found(Span(second.start, second.end), message, "同一件事前后应当一致。", (Where("", span=span),))


def _is_comparable(mention: Mention) -> bool:
    number, context = mention.number, mention.context
    level = not (context.role in {"其中", "剩余", "任务", "人均"} or context.change or context.mean)
    return number.kind in _KINDS and number.value is not None and level and not mention.aside


def _slot(mention: Mention) -> Hashable:
    """Return what two numbers must share besides their words: unit, period, date, and being planned."""
    context = mention.context
    when = context.when if context.dated else None
    return mention.key, mention.number.unit, context.prior, context.period if context.prior else None, when


def _contradict(first: Judged, second: Judged, blanked: str) -> bool:
    (one, passes), (other, also) = first, second
    if passes != also or one.planned != other.planned:
        return False
    if not any(len(gram) > 1 and gram in other.near for gram in one.near):
        return False
    if supports(one.number, other.number) or supports(other.number, one.number):
        return False
    from drafter.reading.notes_subjects import is_specific  # noqa: PLC0415 - its patterns are large

    mine, its = _clause(one, blanked), _clause(other, blanked)
    return _same_clause(mine, its) and (mine == its or not passes) and is_specific(mine)


def _clause(mention: Mention, blanked: str) -> str:
    """Return the telling words of a number's clause, nothing where another number stands in it."""
    clause = mention.context.clause
    words = blanked[clause.start : clause.end]
    others = (words[: mention.start - clause.start] + words[mention.end - clause.start :]).strip()
    return "".join(content(others).split()) if "□" not in others else ""


def _same_clause(one: str, other: str) -> bool:
    short, long = sorted((set(one), set(other)), key=len)
    return len(short) >= max(_SHORTEST, _SAME * len(long)) and short <= long


RULE = DraftRule(
    "contradiction",
    _find,
    caught=(
        Example("全年受理矛盾纠纷31起。\n共受理各类矛盾纠纷37起，全部办结。", ("受理信访8件",)),
        Example("加装电梯11部。\n全年加装电梯13部。", ("加装电梯11部", "全年加装电梯13部")),
        Example("登记出租房屋320户。\n我社区累计登记出租房屋350余户。"),
    ),
    passed=(
        Example("全年受理矛盾纠纷31起。\n共受理各类矛盾纠纷31起，全部办结。", ("受理矛盾纠纷31起",)),
        Example("上年受理矛盾纠纷37起。\n今年受理矛盾纠纷31起。", ("受理矛盾纠纷31起",)),
        Example("东片受理矛盾纠纷11起。\n西片受理矛盾纠纷20起。"),
        Example("走访居民480户，其中走访居民困难户31户。"),
        Example("发放宣传单1520份。\n累计发放宣传单1500余份。"),
        Example("受理矛盾纠纷31起。\n化解矛盾纠纷30起。"),
        Example("调处邻里纠纷58件，办结58件。\n受理信访96件，办结95件。"),
        Example(
            "加装电梯11部【待核：另一处写作13部】。\n全年加装电梯13部。", ("加装电梯11部", "全年加装电梯13部")
        ),
    ),
)
