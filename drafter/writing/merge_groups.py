"""Three versions laid side by side: as exported, as the draft is now, as it came back from Word.

What only Word changed is taken over, what only the draft changed stays, what
both changed alike is done, and what both changed differently is a conflict.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from drafter.writing.merge_units import pairs, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.writing.merge_units import Unit

_ALIKE = 0.35
"""From this likeness on, one sentence is another with changes."""


class Op(NamedTuple):
    """Sentences `[a, until_a)` of one version in place of which another has `[b, until_b)`."""

    a: int
    until_a: int
    b: int
    until_b: int


class Group(NamedTuple):
    """What came back changed: sentences of the draft and of Word; a conflict if both changed."""

    draft: tuple[int, int]
    word: tuple[int, int]
    conflict: bool = False


def compare(base: Sequence[Unit], draft: Sequence[Unit], word: Sequence[Unit]) -> list[Group]:
    """Return what Word changed since the export, in order."""
    ours, theirs = changes(base, draft), changes(base, word)
    groups: list[Group] = []
    for mine, other in _clusters(ours, theirs):
        if not other:
            continue
        start = min(op.a for op in (*mine, *other))
        end = max(op.until_a for op in (*mine, *other))
        group = Group(_range(mine, ours, start, end), _range(other, theirs, start, end), bool(mine))
        came = _keys(word, group.word)
        there = {_keys(draft, (op.b, op.until_b)) for op in ours} if group.draft[0] == group.draft[1] else ()
        if _keys(draft, group.draft) != came and came not in there:
            groups.append(group)
    return groups


def _keys(units: Sequence[Unit], within: tuple[int, int]) -> tuple[str, ...]:
    return tuple(unit.key for unit in units[slice(*within)])


def changes(old: Sequence[Unit], new: Sequence[Unit]) -> list[Op]:
    """Return where two versions differ, in pieces as small as can be told apart."""
    mine, theirs = [unit.key for unit in old], [unit.key for unit in new]
    found: list[Op] = []
    for kind, *ends in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if kind != "equal":
            found += _split(Op(*ends), old, new)
    return found


def _split(op: Op, old: Sequence[Unit], new: Sequence[Unit]) -> list[Op]:
    """Return a change as one a sentence, where sentences are recognisably each other's."""
    twins = _paired(old[op.a : op.until_a], new[op.b : op.until_b])
    found: list[Op] = []
    a, b = op.a, op.b
    for i, j in (*twins, (op.until_a - op.a, op.until_b - op.b)):
        if (op.a + i, op.b + j) == (a + 1, b + 1) and old[a].opens == new[b].opens:
            found.append(Op(a, a + 1, b, b + 1))
            a, b = a + 1, b + 1
        found += [Op(at, at + 1, b, b) for at in range(a, op.a + i)]
        found += [Op(op.a + i, op.a + i, at, at + 1) for at in range(b, op.b + j)]
        if op.a + i < op.until_a and op.b + j < op.until_b:
            found.append(Op(op.a + i, op.a + i + 1, op.b + j, op.b + j + 1))
        a, b = op.a + i + 1, op.b + j + 1
    kept = [one for one in found if old[one.a : one.until_a] or new[one.b : one.until_b]]
    torn = any(_flows(one, old, new) for one in kept)
    return [op] if torn else _joined(kept)


def _joined(ops: Sequence[Op]) -> list[Op]:
    """Return additions that follow each other as one, and so with deletions."""
    found: list[Op] = []
    for op in ops:
        last = found[-1] if found else None
        adds = last is not None and last.a == last.until_a == op.a == op.until_a and last.until_b == op.b
        drops = last is not None and last.b == last.until_b == op.b == op.until_b and last.until_a == op.a
        if last is not None and (adds or drops):
            found[-1] = Op(last.a, op.until_a, last.b, op.until_b)
        else:
            found.append(op)
    return found


def _flows(op: Op, old: Sequence[Unit], new: Sequence[Unit]) -> bool:
    """Tell whether a change cannot stand alone: it takes the beginning of a paragraph away, or adds one."""
    mine, theirs = old[op.a : op.until_a], new[op.b : op.until_b]
    if mine and theirs:
        return mine[0].opens != theirs[0].opens
    only = mine or theirs
    side, end = (old, op.until_a) if mine else (new, op.until_b)
    following = side[end] if end < len(side) else None
    return only[0].opens and following is not None and not following.opens


def _paired(old: Sequence[Unit], new: Sequence[Unit]) -> list[tuple[int, int]]:
    """Return which sentences are each other's, in order, so that they are as alike as can be."""
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    mine, theirs = [pairs(one.words) for one in old], [pairs(other.words) for other in new]
    like = [[share(one, other) for other in theirs] for one in mine]
    for i, one in enumerate(old):
        for j, other in enumerate(new):
            if one.level is not None and one.level == other.level:
                like[i][j] = max(like[i][j], _ALIKE)
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            both = like[i][j] + best[i + 1][j + 1] if like[i][j] >= _ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    found = []
    i = j = 0
    while i < len(old) and j < len(new):
        if like[i][j] >= _ALIKE and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _clusters(ours: Sequence[Op], theirs: Sequence[Op]) -> list[tuple[list[Op], list[Op]]]:
    """Return the changes of both sides, those that touch the same sentences together."""
    rows = sorted(
        [(op, 0) for op in ours] + [(op, 1) for op in theirs], key=lambda row: (row[0].a, row[0].until_a)
    )
    clusters: list[tuple[list[Op], list[Op]]] = []
    end = -1
    start = -1
    for op, side in rows:
        touches = op.a < end or op.a == op.until_a == start == end
        if not clusters or not touches:
            clusters.append(([], []))
            start, end = op.a, op.until_a
        clusters[-1][side].append(op)
        end = max(end, op.until_a)
    return clusters


def _range(own: Sequence[Op], every: Sequence[Op], start: int, end: int) -> tuple[int, int]:
    """Return where sentences `[start, end)` of the first version stand in the other."""
    if own:
        return own[0].b - (own[0].a - start), own[-1].until_b + (end - own[-1].until_a)
    before = [op for op in every if op.until_a <= start and (op.until_a < start or op.a <= start)]
    shift = before[-1].until_b - before[-1].until_a if before else 0
    return start + shift, end + shift
