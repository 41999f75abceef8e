"""Honest answers put together from phrasings: reordered, merged, split and paraphrased, always the same ones."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import NamedTuple

from sample import fact

from drafter.model import Fact, SectionPlan

UNITS = json.loads((Path(__file__).parent / "cases" / "phrases.json").read_text(encoding="utf-8"))


class Honest(NamedTuple):
    plan: SectionPlan
    answer: str


def plan_of(name: str) -> SectionPlan:
    rows = UNITS[name]["facts"]
    facts: tuple[Fact, ...] = tuple(fact(key, text, "") for key, (text, _) in rows.items())
    return SectionPlan(f"二、{name.split(' · ')[1]}工作", 1, facts, ())


def honest_answers(count: int, seed: int = 1) -> list[Honest]:
    """Return `count` answers, each a choice of phrasings in an order and with stops of its own."""
    dice = random.Random(seed)
    answers = []
    for number in range(count):
        name = list(UNITS)[number % len(UNITS)]
        phrases = [dice.choice(choices) for _, choices in UNITS[name]["facts"].values()]
        if dice.random() < 0.6:
            dice.shuffle(phrases)
        answers.append(Honest(plan_of(name), _joined(phrases, dice)))
    return answers


def _joined(phrases: list[str], dice: random.Random) -> str:
    manner = dice.choice(["sentences", "semicolons", "paragraphs", "enumerated", "mixed"])
    if manner == "enumerated":
        return "\n".join(
            f"{mark}是{phrase}。" for mark, phrase in zip("一二三四五六七", phrases, strict=False)
        )
    if manner == "paragraphs":
        return "\n".join(f"{phrase}。" for phrase in phrases)
    stops = {"sentences": "。", "semicolons": "；"}
    return (
        "".join(phrase + (stops.get(manner) or dice.choice("。；，")) for phrase in phrases[:-1])
        + f"{phrases[-1]}。"
    )
