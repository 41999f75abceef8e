"""The rules over whole drafts, each loaded only for a draft that could concern it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from drafter.checking.rules.rule import DraftRule, Scene

NEEDS: Mapping[str, Callable[[Scene], bool]] = {
    "altered_names": lambda scene: bool(scene.facts),
    "contradictions": lambda scene: len(scene.numbers) > 1,
    "each_times": lambda scene: "每" in scene.plain or "均" in scene.plain,
    "foreign_names": lambda scene: any(not passage.quoted for passage in scene.past),
    "moved_sources": lambda scene: bool(scene.draft.definitions),
    "times": lambda scene: scene.own.year is not None,
    "titles": lambda scene: "《" in scene.plain,
}
"""The modules of the rules, with what a draft must have for the rule to apply."""


def rules_for(scene: Scene) -> Iterator[DraftRule]:
    """Yield the rules that could find something in a draft."""
    for module, needs in NEEDS.items():
        if needs(scene):
            yield load_rule(module)


def load_rule(module: str) -> DraftRule:
    """Return the rule that a module of this folder holds."""
    rule: DraftRule = import_module(f"drafter.checking.rules.{module}").RULE
    return rule
