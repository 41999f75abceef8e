"""Markdown: what its markup says about the lines of a page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from drafter.errors import ReadError
from drafter.model import Dropped, Span
from drafter.reading.lines import Page, split_lines

if TYPE_CHECKING:
    from drafter.reading.lines import Line

_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)(?:\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_HASHES = re.compile(r"(#{1,6})(?:[ \t\u3000]+|(?=[^\s#]))")
_RULE = re.compile(r"(?:=+|-+|(?:[-*_][ \t]*){3,}|\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?)$")
_BULLET = re.compile(r"[-*+•][ \t]+|>[ \t]*")


def read_markdown(text: str) -> Page:
    """Return a Markdown text as a page; front matter and rules are set aside.

    Raises:
        ReadError: the text is a draft of ours that nobody has reviewed.
    """
    meta, begin = front_matter(text)
    refuse_own_draft(meta)
    dropped = []
    if begin:
        end = len(text[:begin].rstrip())
        dropped.append(Dropped(Span(0, end), "front-matter", text[:end]))
    lines: list[Line] = []
    for line in split_lines(text, begin):
        words = text[line.start : line.end]
        if not _RULE.match(words):
            lines.append(_marked(line, words))
            continue
        if lines and not line.gap and words[0] in "=-" and "|" not in words and not lines[-1].table:
            lines[-1] = replace(lines[-1], level=1 if words[0] == "=" else 2)
        dropped.append(Dropped(Span(line.start, line.end), "markup", words))
    return Page(text, tuple(lines), meta=meta, dropped=tuple(dropped), markdown=True)


def _marked(line: Line, words: str) -> Line:
    """Return the line with the level that `#` gives it, its words behind bullets and quotes."""
    if words.startswith("|"):
        return replace(line, table=True)
    found = _HASHES.match(words)
    if found and found.end() < len(words):
        return replace(line, body=line.start + found.end(), level=len(found[1]))
    found = _BULLET.match(words)
    return replace(line, body=line.start + found.end()) if found and found.end() < len(words) else line


def refuse_own_draft(meta: dict[str, Any]) -> None:
    """Refuse a draft as drafter writes it: it is taken in only when it was reviewed and exported.

    Raises:
        ReadError: the front matter names a writer and a prompt.
    """
    if "writer" in meta and "prompt" in meta:
        raise ReadError(
            "这是 drafter 写的草稿，还没有定稿，不能当作往年总结。", hint="定稿后导出为 Word 再收进来。"
        )


def front_matter(text: str) -> tuple[dict[str, Any], int]:
    """Return the YAML front matter of a Markdown text and where the text behind it begins."""
    found = _FRONT.match(text)
    if not found:
        return {}, 0
    import yaml  # noqa: PLC0415 - only for files that have front matter

    try:
        meta = yaml.safe_load(found[1])
    except yaml.YAMLError:
        return {}, 0
    return (meta, found.end()) if isinstance(meta, dict) else ({}, 0)
