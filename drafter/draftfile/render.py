"""Writes a draft as CommonMark: numbers and borrowed words are full reference links.

Definitions stand last in one contiguous block after a blank line. See the
draft file format in the README; `parse.read_draft` is the inverse.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from drafter.model import Borrowed, Doubt, Number, ToFill, Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from drafter.model import Draft, DraftSection, Paragraph, Piece, Source

_NOT_ESCAPED = "/!:.-_()~+,;=@&'"
_PUNCTUATION = r"[!-/:-@\[-`{-~]"
_ALWAYS = re.compile(rf"[\[\]`]|\\(?={_PUNCTUATION})|<(?=[A-Za-z/!?])|&(?=#?[A-Za-z0-9]+;)")
_EMPHASIS = re.compile(r"[*_]")
_BLOCK_START = re.compile(
    r"^(?:#{1,6}(?=[ \t]|$)|[-+*](?=[ \t]|$)|>|~~~|(?:[-_=][ \t]*){3,}$|=+[ \t]*$|-+[ \t]*$)",
)
_ORDERED_START = re.compile(r"^(\d{1,9})([.)])(?=[ \t]|$)")
_SPACE = re.compile(r"\s+")


def write_draft(draft: Draft) -> str:
    """Return the whole draft file, lines ended by line feeds."""
    import yaml  # noqa: PLC0415 - only writing pays for it

    front = yaml.safe_dump(dict(draft.meta), allow_unicode=True, sort_keys=False, width=10_000)
    blocks = [f"# {escape(draft.title)}"]
    for section in draft.sections:
        blocks += write_section(section)
    used = dict.fromkeys(_labels(draft.sections))
    lines = [write_definition(label, draft.sources[label]) for label in sorted(used, key=label_order)]
    body = "\n\n".join(blocks) + "\n"
    tail = "\n" + "\n".join(lines) + "\n" if lines else ""
    return f"---\n{front}---\n\n{body}{tail}"


def write_section(section: DraftSection) -> list[str]:
    """Return the blocks of one section: its heading, if it has one, and its paragraphs."""
    if section.heading and section.run_in and section.paragraphs:
        words = f"{section.heading}。"
        opening = Borrowed(words, section.model) if section.model else Words(words)
        first, *rest = section.paragraphs
        return [write_paragraph(paragraph) for paragraph in ((opening, *first), *rest)]
    blocks = []
    if section.heading:
        heading = escape(section.heading)
        words = f"[{heading}][{section.model}]" if section.model else heading
        blocks.append(f"{'#' * (section.level + 1)} {words}")
    return blocks + [write_paragraph(paragraph) for paragraph in section.paragraphs]


def write_paragraph(paragraph: Paragraph) -> str:
    """Return one paragraph as a single line."""
    marks = sum(len(_EMPHASIS.findall(_text_of(piece))) for piece in paragraph)
    parts: list[str] = []
    for piece, following in zip(paragraph, (*paragraph[1:], None), strict=False):
        part = _write_piece(piece, emphasis=marks > 1)
        if part.endswith("!") and isinstance(following, Number | Borrowed):
            part = part[:-1] + "\\!"
        parts.append(part)
    line = "".join(parts).strip()
    if _BLOCK_START.match(line):
        return "\\" + line
    return _ORDERED_START.sub(r"\1\\\2", line)


def _text_of(piece: Piece) -> str:
    match piece:
        case Number():
            return piece.surface
        case Words() | Borrowed():
            return piece.text
        case ToFill() | Doubt():
            return piece.what


def _write_piece(piece: Piece, *, emphasis: bool) -> str:
    text = _escaped(_text_of(piece), emphasis=emphasis)
    match piece:
        case Number() | Borrowed():
            return f"[{text}][{piece.label}]"
        case ToFill():
            return f"【待补：{text}】"
        case Doubt():
            return f"【待核：{text}】"
        case Words():
            return text


def escape(text: str) -> str:
    """Return `text` on one line, escaped only where CommonMark would read syntax into it."""
    return _escaped(text, emphasis=len(_EMPHASIS.findall(text)) > 1)


def _escaped(text: str, *, emphasis: bool) -> str:
    text = _ALWAYS.sub(r"\\\g<0>", _SPACE.sub(" ", text))
    return _EMPHASIS.sub(r"\\\g<0>", text) if emphasis else text


def write_definition(label: str, source: Source) -> str:
    """Return one definition line, `[L]: <PATH#PLACE> "TITLE"`."""
    path = quote_path(source.where.file)
    place = quote_path(source.where.place)
    title = _SPACE.sub(" ", source.title).strip()
    title = re.sub(r'[\\"]|&(?=#?[A-Za-z0-9]+;)', r"\\\g<0>", title)
    return f'[{label}]: <{path}{"#" if place else ""}{place}> "{title}"'


def quote_path(path: str) -> str:
    """Return `path` with %-escapes for what would break a definition; Chinese characters stay readable."""
    path = path.replace("\\", "/")
    return "".join(
        char
        if not char.isascii() and char.isprintable() and not char.isspace()
        else quote(char, safe=_NOT_ESCAPED)
        for char in path
    )


def label_order(label: str) -> tuple[object, ...]:
    """Return a key that sorts F1.2 before F1.10, expressions after plain labels, past sections last."""
    numbers = tuple(int(part) for part in re.findall(r"\d+", label))
    plain = re.fullmatch(r"[FP][0-9.]+", label) is not None
    return (label.lstrip("(").startswith("P"), not plain, numbers, label)


def _labels(sections: Iterable[DraftSection]) -> Iterable[str]:
    for section in sections:
        if section.model and section.heading:
            yield section.model
        for paragraph in section.paragraphs:
            for piece in paragraph:
                if isinstance(piece, Number | Borrowed):
                    yield piece.label
