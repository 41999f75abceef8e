"""Decisions that somebody wrote by hand: what their sources said when a check first met them.

A page, a server and an import record the words at the source of each number
beside the decision. A decision of the bare keys has none, so those words are
remembered in the state folder, that it can expire like any other.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from drafter.checking.decided import follow
from drafter.draftfile.decisions import decision_json
from drafter.settings import STATE_FOLDER, find_workspace
from drafter.storage import make_private, write_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from drafter.checking.desk import Desk
    from drafter.model.decisions import Decision, Outcome

_FILE = "first-seen.json"


def with_sources(desk: Desk, draft: Path, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return `decisions` on `draft`, each with the words at its source when it was first met.

    Where the state folder cannot be written, they are only those of today.
    """
    if all(decision.source is not None for decision in decisions):
        return tuple(decisions)
    folder = draft.absolute().parent
    state, name = find_workspace(folder) / STATE_FOLDER, str(draft.absolute())
    seen = _read(state / _FILE)
    before = seen.get(name)
    before = before if isinstance(before, dict) else {}
    met = [_remembered(decision, before.get(_key(decision))) for decision in decisions]
    met = [stamped(desk, outcome) for outcome in follow(desk, met)]
    today = {
        _key(old): {"source": new.source, "near": new.near, "past": new.past}
        for old, new in zip(decisions, met, strict=True)
        if old.source is None and new.source is not None
    }
    if today.keys() != before.keys():
        text = json.dumps({**seen, name: today}, ensure_ascii=False, indent=1)
        with suppress(OSError):
            write_file(make_private(state) / _FILE, text.encode("utf-8", "backslashreplace"))
    return tuple(met)


def stamped(desk: Desk, outcome: Outcome) -> Decision:
    """Return a decision with the words at its source today, where it holds and has none yet."""
    decision = outcome.decision
    items = [item for item in desk.items if item.place in outcome.spans]
    if decision.source is not None or outcome.state != "held" or not items:
        return decision
    sources = {(desk.sources_of(item), desk.near(item), desk.past_of(item)) for item in items}
    if len(sources) > 1:
        return decision
    source, near, past = sources.pop()
    return replace(
        decision,
        source=source,
        near=near if decision.near is None else decision.near,
        past=(past or None) if decision.past is None else decision.past,
    )


def _remembered(decision: Decision, row: object) -> Decision:
    if decision.source is not None or not isinstance(row, dict):
        return decision
    source, near, past = row.get("source"), row.get("near"), row.get("past")
    return replace(
        decision,
        source=tuple(map(str, source)) if isinstance(source, list) else None,
        near=near if isinstance(near, str) else decision.near,
        past=tuple(map(str, past)) if isinstance(past, list) else decision.past,
    )


def _key(decision: Decision) -> str:
    text = json.dumps(decision_json(decision), ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _read(file: Path) -> dict[str, Any]:
    try:
        seen = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return seen if isinstance(seen, dict) else {}
