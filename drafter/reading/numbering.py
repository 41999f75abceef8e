"""Automatic numbering of Word: the number that Word prints before a paragraph (一、 （一） 1．)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from drafter.reading.number_formats import write_number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_DEPTH = 12


def value_of(element: Any, name: str) -> str | None:  # noqa: ANN401 - an element of lxml, which has no types
    """Return `w:val` of the child `name` of an element, or None; a child without it reads as empty."""
    child = element.find(f"{W}{name}") if element is not None else None
    return None if child is None else str(child.get(f"{W}val", ""))


@dataclass(slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = "%1."
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class ListNumber:
    """One list as paragraphs refer to it: the definition it counts in, and where it starts anew."""

    definition: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of one document in their order."""

    def __init__(self, numbering: Any, styles: Any) -> None:  # noqa: ANN401 - elements of lxml, or None
        self._styles = (
            {} if styles is None else {str(s.get(f"{W}styleId")): s for s in styles.iter(f"{W}style")}
        )
        self._definitions: dict[str, dict[int, Level]] = {}
        self._linked: dict[str, str] = {}
        self._by_style: dict[str, dict[str, int]] = {}
        self._lists: dict[str, ListNumber] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: Any) -> None:  # noqa: ANN401 - an element of lxml
        for one in numbering.findall(f"{W}abstractNum"):
            name = str(one.get(f"{W}abstractNumId"))
            self._definitions[name] = {_depth(lvl): _level(lvl) for lvl in one.findall(f"{W}lvl")}
            self._by_style[name] = {
                style: _depth(lvl) for lvl in one.findall(f"{W}lvl") if (style := value_of(lvl, "pStyle"))
            }
            if link := value_of(one, "numStyleLink"):
                self._linked[name] = link
        for one in numbering.findall(f"{W}num"):
            made = ListNumber(value_of(one, "abstractNumId") or "")
            for override in one.findall(f"{W}lvlOverride"):
                start = value_of(override, "startOverride")
                if start and start.isdecimal():
                    made.starts[_depth(override)] = int(start)
                if (lvl := override.find(f"{W}lvl")) is not None:
                    made.levels[_depth(override)] = _level(lvl)
            self._lists[str(one.get(f"{W}numId"))] = made

    def label(self, properties: Any) -> str:  # noqa: ANN401 - `w:pPr` of lxml, or None
        """Return the number that Word prints before the paragraph with these properties; count it."""
        found = self._reference(properties)
        made = self._lists.get(found[0]) if found else None
        if not found or not made:
            return ""
        number, depth = found
        definition = self._resolve(made.definition)
        levels = self._definitions.get(definition, {}) | made.levels
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(definition, {})
        if depth in made.starts and (number, depth) not in self._started:
            counts[depth] = made.starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        self._started.add((number, depth))
        for below in [one for one in counts if one > depth and levels.get(one, Level()).restart != 0]:
            del counts[below]
        return _render(level, depth, counts, levels)

    def _resolve(self, definition: str) -> str:
        """Return the definition that a list in the end uses: some only point to a numbering style."""
        for _ in range(_DEPTH):
            style = self._styles.get(self._linked.get(definition, ""))
            found = self._own(None if style is None else style.find(f"{W}pPr")) if style is not None else None
            if not found or found[0] not in self._lists:
                break
            definition = self._lists[found[0]].definition
        return definition

    @staticmethod
    def _own(properties: Any) -> tuple[str, int | None] | None:  # noqa: ANN401 - an element of lxml, or None
        numbers = properties.find(f"{W}numPr") if properties is not None else None
        if numbers is None:
            return None
        depth = value_of(numbers, "ilvl")
        return value_of(numbers, "numId") or "", int(depth) if depth and depth.isdecimal() else None

    def _reference(self, properties: Any) -> tuple[str, int] | None:  # noqa: ANN401 - an element of lxml, or None
        """Return list and depth of a paragraph: its own, else those of its style or of a style below."""
        own = self._own(properties)
        depth = own[1] if own else None
        if own and own[0]:
            return None if own[0] == "0" else (own[0], depth or 0)
        name = value_of(properties, "pStyle")
        for _ in range(_DEPTH):
            style = self._styles.get(name or "")
            if style is None:
                return None
            found = self._own(style.find(f"{W}pPr"))
            if found and found[0]:
                return None if found[0] == "0" else (found[0], self._depth_of(found, name, depth))
            name = value_of(style, "basedOn")
        return None

    def _depth_of(self, found: tuple[str, int | None], style: str | None, own: int | None) -> int:
        made = self._lists.get(found[0])
        bound = self._by_style.get(made.definition, {}).get(style or "") if made else None
        return next((depth for depth in (own, bound, found[1]) if depth is not None), 0)

    def is_contents(self, properties: Any) -> bool:  # noqa: ANN401 - an element of lxml, or None
        """Whether a paragraph is a line of the table of contents that Word made."""
        style = self._styles.get(value_of(properties, "pStyle") or "")
        return bool(re.match(r"toc\b|目录", (value_of(style, "name") or "").lower()))

    def outline_level(self, properties: Any) -> int | None:  # noqa: ANN401 - an element of lxml, or None
        """Return the heading level (from 1) that a paragraph or its style gives, or None."""
        level = value_of(properties, "outlineLvl")
        name = value_of(properties, "pStyle")
        for _ in range(_DEPTH):
            if level and level.isdecimal():
                return int(level) + 1 if int(level) < 9 else None
            style = self._styles.get(name or "")
            if style is None:
                return None
            named = re.fullmatch(r"(?:heading|标题)\s*([1-9])", (value_of(style, "name") or "").lower())
            if named:
                return int(named[1])
            level = value_of(style.find(f"{W}pPr"), "outlineLvl")
            name = value_of(style, "basedOn") if level is None else name
        return None


def _depth(element: Any) -> int:  # noqa: ANN401 - an element of lxml
    value = str(element.get(f"{W}ilvl", "0"))
    return int(value) if value.isdecimal() else 0


def _level(element: Any) -> Level:  # noqa: ANN401 - an element of lxml
    start, restart = value_of(element, "start"), value_of(element, "lvlRestart")
    text = value_of(element, "lvlText")
    return Level(
        start=int(start) if start and start.isdecimal() else 1,
        form=value_of(element, "numFmt") or "decimal",
        text="%1." if text is None else text,
        restart=int(restart) if restart and restart.isdecimal() else None,
        legal=value_of(element, "isLgl") not in (None, "0", "false"),
    )


def _render(level: Level, depth: int, counts: dict[int, int], levels: dict[int, Level]) -> str:
    if level.form in ("bullet", "none"):
        return ""

    def place(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        other = levels.get(at, Level())
        form = "decimal" if level.legal and at != depth else other.form
        return write_number(counts.get(at, other.start), form)

    text = _PLACE.sub(place, level.text)
    return text if not text or re.search(r"[、．.)）〕】\]:：\s]$", text) else f"{text} "
