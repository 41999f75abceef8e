"""Definitions whose place in the notes no longer has the words that they quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.checking.moved import moved_facts, one_line, quoted_fact
from drafter.checking.rules.rule import DraftRule, Example, Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drafter.checking.rules.rule import Scene
    from drafter.draftfile import Definition, Mark
    from drafter.model import Where

_QUOTED = 30


def _find(scene: Scene) -> Iterator[Found]:
    moved = moved_facts(scene.draft.definitions, scene.facts)
    shifted: list[Mark] = []
    for mark, definition in _quoting(scene):
        if quoted_fact(mark.label) in moved:
            shifted.append(mark)
            continue
        fact = next((fact for fact in scene.facts if _is_at(fact.where, definition)), None)
        text = fact.text if fact is not None else ""
        if one_line(definition.title) not in one_line(text):
            where = (fact.where,) if fact is not None else ()
            yield Found(mark.span, _changed(definition, text), "请对着要点再核一遍。", where)
    yield from _moved_passages(scene)
    if shifted:
        first = quoted_fact(shifted[0].label)
        message = f"{len(shifted)} 处标记的要点换了位置（如 {first} 现在是 {moved[first]}），已按原话找到"
        yield Found(shifted[0].span, message, "用 drafter refresh 可以更新标记。")


def _moved_passages(scene: Scene) -> Iterator[Found]:
    """Yield the marks of past sections that are not where their definitions say, among the reports given."""
    read = {_name(passage.where.file) for passage in scene.past if passage.where and not passage.quoted}
    told: set[str] = set()
    for mark in scene.draft.marks:
        definition = scene.draft.definitions.get(mark.label)
        heading = definition.title.rpartition(" · ")[2] if definition else ""
        is_passage = mark.label[:1] == "P" and mark.label[1:].isdigit()
        if definition is None or not is_passage or not heading or mark.label in told:
            continue
        told.add(mark.label)
        if _name(definition.path) not in read or _stands(scene, definition, heading):
            continue
        place = f"{_name(definition.path)} {definition.place}"
        yield Found(
            mark.span, f"标记[{mark.label}]借自{place}的“{heading}”，那里现在不是这一节", "请核对出处。"
        )


def _stands(scene: Scene, definition: Definition, heading: str) -> bool:
    return any(
        passage.where is not None
        and _is_at(passage.where, definition)
        and one_line(heading) in one_line(f"{passage.title} {passage.text}")
        for passage in scene.past
    )


def _quoting(scene: Scene) -> Iterator[tuple[Mark, Definition]]:
    """Yield the marks whose definitions quote a fact of these notes, each definition's words once."""
    files = {_name(fact.where.file) for fact in scene.facts}
    told: set[tuple[str, str, str]] = set()
    for mark in scene.draft.marks:
        definition = scene.draft.definitions.get(mark.label)
        if definition is None or not quoted_fact(mark.label) or not definition.title:
            continue
        key = (definition.path, definition.place, definition.title)
        if key not in told and _name(definition.path) in files:
            told.add(key)
            yield mark, definition


def _changed(definition: Definition, text: str) -> str:
    place = f"{_name(definition.path)} {definition.place}".strip()
    quoted = definition.title[:_QUOTED]
    if not text:
        return f"标记[{definition.label}]的出处没有了：{place}原写“{quoted}”"
    return f"标记[{definition.label}]的出处改了：{place}原写“{quoted}”，现在是“{one_line(text)[:_QUOTED]}”"


def _is_at(where: Where, definition: Definition) -> bool:
    return where.place == definition.place and _name(where.file) == _name(definition.path)


def _name(file: str) -> str:
    return file.rpartition("/")[2]


_NOTES = ("受理纠纷31起", "讲座9场")
RULE = DraftRule(
    "source-moved",
    _find,
    caught=(
        Example('受理纠纷[31起][F1.1]。\n\n[F1.1]: <F1> "受理纠纷30起"\n', _NOTES),
        Example('受理纠纷[31起][F2.1]。\n\n[F2.1]: <F2> "受理纠纷31起"\n', _NOTES),
    ),
    passed=(
        Example('受理纠纷[31起][F1.1]。\n\n[F1.1]: <F1> "受理纠纷31起"\n', _NOTES),
        Example('受理纠纷[31起][F1.1]。\n\n[F1.1]: <elsewhere.md#L3> "受理纠纷31起"\n', _NOTES),
        Example("受理纠纷[31起][F1.1]。", _NOTES),
    ),
)
