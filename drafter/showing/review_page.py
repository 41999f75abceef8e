"""The reviewer's page: one HTML file that loads nothing, runs one script of its own, shows text as it is."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from drafter.draftfile.beside import stem_of
from drafter.errors import ReadError
from drafter.model import Span
from drafter.showing.review_data import fact_row, printed_row, script_data, year_row
from drafter.storage import write_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drafter.workflow.reviewing import ReviewPage

FOLDER = Path(__file__).with_name("review")
GENERATOR = '<meta name="generator" content="drafter review">'
SCRIPTS = ("state.js", "view.js", "keys.js")
_HIDDEN = re.compile(
    "([\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb])"
)
_HEAD = 4000


def page_name(draft: Path) -> str:
    """Return the name of the page of a draft: 草稿.review.html."""
    return f"{stem_of(draft)}.review.html"


def render_page(page: ReviewPage, *, reviewer: str = "", served: bool = False) -> str:
    """Return the page as HTML; a `served` one may send decisions back to where it came from."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - for this page only

    environment = Environment(
        loader=FileSystemLoader(FOLDER, encoding="utf-8"), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["shown"] = shown
    style, script = _style(), _script()
    names = {item.id: item.about.surface for item in page.items}
    return environment.get_template("page.html").render(
        page=page,
        policy=policy(served=served),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        data=_island(script_data(page, reviewer, _name(page), served=served)),
        blocks=list(_blocks(page)),
        years=[year_row(row) for row in page.years],
        facts=[fact_row(row, names) for row in page.facts],
        unused=[row for row in page.facts if not row.items and not row.said],
        rows=[printed_row(item) for item in page.items if item.group != "quiet" and not item.is_heading],
    )


def save_page(path: Path, html: str) -> None:
    """Write the page; a file of that name that is no such page is left alone.

    Raises:
        ReadError: something else stands there, or the disk refuses.
    """
    hint = "请用 -o 换一个文件名；原有的文件没有动。"
    try:
        if path.exists() and not (path.is_file() and GENERATOR.encode() in path.read_bytes()[:_HEAD]):
            raise ReadError(f"{path} 不是审阅页，没有覆盖它。", hint=hint)
        write_file(path, html.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise ReadError(f"审阅页 {path} 写不进去：{error.strerror}。", hint=hint) from error


def policy(*, served: bool) -> str:
    """Return the content security policy: nothing but the one style and the one script of the page."""
    parts = [
        "default-src 'none'",
        f"style-src '{_sha256(_style())}'",
        f"script-src '{_sha256(_script())}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join([*parts, "connect-src 'self'"] if served else parts)


@cache
def _style() -> str:
    return "\n" + (FOLDER / "page.css").read_text(encoding="utf-8")


@cache
def _script() -> str:
    code = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in SCRIPTS)
    return f'\n"use strict";\n{{\n{code}\n}}\n'


def _sha256(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8", "replace")).digest()).decode()


def _name(page: ReviewPage) -> str:
    """Return what tells one draft from another in a browser, which keeps those of all pages together."""
    return hashlib.sha256(f"{page.file.absolute()}\0{page.title}".encode("utf-8", "replace")).hexdigest()[:24]


def _island(value: object) -> Markup:
    """Return `value` as JSON that ends no script element whatever it holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - nothing that HTML could read is left in it


def shown(text: object) -> Markup:
    """Return text as HTML: signs that one does not see carry their code, and turn round nothing."""
    parts = []
    for piece in _HIDDEN.split(str(text)):
        if not _HIDDEN.fullmatch(piece):
            parts.append(escape(piece))
            continue
        inside = Markup("&#13;") if piece == "\r" else escape(piece)
        parts.append(Markup('<bdi class="ctl" data-code="U+{:04X}">{}</bdi>').format(ord(piece), inside))
    return Markup().join(parts)


# --- the draft ----------------------------------------------------------------------------------


class Part(NamedTuple):
    """Characters of a block; `item` is what they belong to, `anchor` only on the first of its parts."""

    text: str
    item: int = 0
    group: str = ""
    anchor: str = ""


class Block(NamedTuple):
    """A heading or a paragraph."""

    tag: str
    parts: list[Part]


def _blocks(page: ReviewPage) -> Iterator[Block]:
    levels = {span.start: level for span, level in page.headings}
    owners = _owners(page)
    seen: set[int] = set()
    start = 0
    for line in page.plain.split("\n"):
        end = start + len(line)
        if line.strip():
            tag = f"h{min(levels[start], 4)}" if start in levels else "p"
            yield Block(tag, list(_parts(page, Span(start, end), owners, seen)))
        start = end + 1


def _owners(page: ReviewPage) -> list[int]:
    """Return for each character of the plain text the position of the shortest item there, or -1."""
    owners = [-1] * len(page.plain)
    order = sorted(
        range(len(page.items)), key=lambda at: -(page.items[at].span.end - page.items[at].span.start)
    )
    for at in order:
        span = page.items[at].span
        owners[span.start : span.end] = [at] * (min(span.end, len(owners)) - span.start)
    return owners


def _parts(page: ReviewPage, line: Span, owners: list[int], seen: set[int]) -> Iterator[Part]:
    start = line.start
    for at in range(line.start, line.end + 1):
        if at < line.end and owners[at] == owners[start]:
            continue
        if start < at:
            text = page.plain[start:at]
            if owners[start] < 0:
                yield Part(text)
            else:
                item = page.items[owners[start]]
                group = item.group if item.id not in seen else f"{item.group} more"
                yield Part(text, item.id, group, f"i{item.id}" if item.id not in seen else "")
                seen.add(item.id)
        start = at
