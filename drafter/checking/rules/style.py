"""Approximations that contradict themselves: 近五百余人, 约1203人, 达80%以上."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.checking.rules.rule import StyleRule
from drafter.numbers.bands import lead

if TYPE_CHECKING:
    from drafter.checking.mentions import Mention

_EXACT_FROM = 3


def _double_rough(mention: Mention, blanked: str) -> str:
    del blanked
    before, _, after = (mention.number.approx or "").partition("+")
    return f"“{mention.number.surface}”里“{before}”与“{after}”只能留一个" if after else ""


def _falsely_exact(mention: Mention, blanked: str) -> str:
    number = mention.number
    del blanked
    if number.value is None or number.approx not in {"约", "大约", "左右", "近", "将近"}:
        return ""
    digits = number.value.normalize().as_tuple().digits
    if number.kind == "percent" or len(digits) <= _EXACT_FROM or lead(number.value) > 1:
        return ""
    return f"“{number.surface}”是精确到个位的数，不必再用“{number.approx}”"


def _double_bound(mention: Mention, blanked: str) -> str:
    surface = mention.number.surface
    reached = surface.startswith("达") or blanked[: mention.start].endswith(("达", "达到"))
    if not reached or not surface.endswith(("以上", "余")):
        return ""
    return f"“达{surface.lstrip('达')}”里“达”与“以上”只能留一个" if surface.endswith("以上") else ""


def _vague(mention: Mention, blanked: str) -> str:
    del blanked
    surface = mention.number.surface
    return f"“{surface}”是概数，宜写确数" if mention.number.approx in {"几", "上", "数"} else ""


VAGUE = StyleRule("vague", _vague, caught=("走访上百户", "发放几十份"), passed=("走访120户", "发放百余份"))
DOUBLE_ROUGH = StyleRule(
    "style",
    _double_rough,
    caught=("走访近五百余户", "发放约300多份"),
    passed=("走访近五百户", "发放300多份"),
)
FALSELY_EXACT = StyleRule(
    "style", _falsely_exact, caught=("约1203人参加",), passed=("约1200人参加", "近千人参加")
)
DOUBLE_BOUND = StyleRule(
    "style", _double_bound, caught=("满意率达80%以上",), passed=("满意率在80%以上", "满意率达80%")
)
