"""Web pages: the report in the middle, the page around it set aside and shown.

trafilatura says where the report begins and ends; between the two nothing is
lost, for the lines are read from the page itself. Spans count the characters
of the extracted text, line numbers those of the source.
"""

from __future__ import annotations

import codecs
import logging
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from drafter.errors import ReadError
from drafter.model import Dropped, Remark, Span, Where
from drafter.reading.chrome import chrome_of, published_in
from drafter.reading.decoding import decode, is_binary
from drafter.reading.lines import Line, Page, clean
from drafter.reading.words import load_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_LIMIT = 2 << 20
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_NOISE = re.compile(r"<(script|style|noscript|template|svg)\b|<!--", re.IGNORECASE)
_INLINE = re.compile(r"data:[\w/+.-]{1,80};base64,[\w+/=]+")
_BLOCKS = frozenset(load_words("html_blocks"))
_SKIPPED = frozenset(load_words("html_skipped"))
_HOLDERS = frozenset({"div", "article", "section", "main", "td", "body", "center", "form"})
_STRUCK = frozenset({"del", "s", "strike"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_MEASURED = 20


@dataclass(slots=True)
class _Block:
    """One line of the page as a browser shows it."""

    number: int
    text: str
    level: int | None = None
    table: bool = False
    inside: tuple[int, ...] = ()
    linked: bool = False


@dataclass(slots=True)
class _Walk:
    """The blocks found so far, and the one being read."""

    blocks: list[_Block] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    number: int = 1
    level: int | None = None
    row: bool = False
    counters: list[int | None] = field(default_factory=list)
    prefix: str = ""
    inside: list[int] = field(default_factory=list)
    links: int = 0
    place: tuple[int, ...] = ()

    def flush(self) -> None:
        text = clean("".join(self.buffer)).strip("|").strip()
        if text:
            prefix = "" if self.level else self.prefix
            linked = self.links * 2 > len(text)
            self.blocks.append(_Block(self.number, prefix + text, self.level, self.row, self.place, linked))
            self.prefix = ""
        self.buffer, self.links = [], 0


def read_web(data: bytes, name: str) -> tuple[Page, str]:
    """Return a saved web page as a page of lines, and its encoding.

    Raises:
        ReadError: the bytes are no text, or far more than a page.
    """
    text, encoding = _decode(data)
    if is_binary(text):
        raise ReadError("内容不是网页（含有二进制数据）。", hint="请确认文件没有改错扩展名。")
    lean = _without_noise(text)
    if len(lean) > _LIMIT:
        raise ReadError(f"网页太大（上限 {_LIMIT >> 20} MB），不像一份总结。")
    root = _parse(lean)
    if root is None:
        raise ReadError("网页里没有文字。")
    walk = _walk(root)
    first, last = _region(walk.blocks, lean)
    return _page(walk, first, last, _title(root), name), encoding


def _decode(data: bytes) -> tuple[str, str]:
    """Return the text by the character set that the page names, if it fits, else by the usual order."""
    found = _CHARSET.search(data[:4096])
    named = found[1].decode("ascii").lower() if found else ""
    named = "gb18030" if named in ("gb2312", "gbk", "gb-2312") else named
    try:
        return data.decode(named), codecs.lookup(named).name
    except (LookupError, UnicodeDecodeError):
        return decode(data)


def _without_noise(text: str) -> str:
    """Return the page without scripts, styles, comments and inlined pictures, its line numbers kept."""
    text = _INLINE.sub("", text)
    lower = text.lower()
    kept, place = [], 0
    while found := _NOISE.search(text, place):
        close = f"</{found[1].lower()}" if found[1] else "-->"
        end = lower.find(close, found.end())
        end = len(text) if end < 0 else end + len(close)
        kept += [text[place : found.start()], "\n" * text.count("\n", found.start(), end)]
        if found[1] and (shut := text.find(">", end)) >= 0:
            end = shut + 1
        place = end
    return "".join((*kept, text[place:]))


def _parse(text: str) -> Any:  # noqa: ANN401 - an element of lxml, which has no types
    from lxml import etree  # noqa: PLC0415 - only web pages need it

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise ReadError("网页读不通，可能已损坏。") from error


def _title(root: Any) -> str:  # noqa: ANN401 - an element of lxml
    found = root.find(".//title")
    words = clean("".join(found.itertext())) if found is not None else ""
    return clean(re.split(r"\s*[_|｜]\s*|\s+[-–—]\s*|-(?=[^-]*(?:网|站|门户|首页|库)$)", words)[0])


def _walk(root: Any) -> _Walk:  # noqa: ANN401 - an element of lxml
    """Return the lines of a page in reading order, without recursion: pages may nest without end."""
    from lxml import etree  # noqa: PLC0415 - only web pages need it

    walk = _Walk()
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = str(element.tag).lower() if isinstance(element.tag, str) else ""
        if event == "start":
            if depth or _is_skipped(element, tag, walk):
                depth += 1
                continue
            _enter(element, tag, walk)
        elif depth:
            depth -= 1
            if not depth and element.tail:
                walk.buffer.append(element.tail)
        else:
            _leave(element, tag, walk)
    walk.flush()
    return walk


def _is_skipped(element: Any, tag: str, walk: _Walk) -> bool:  # noqa: ANN401 - an element of lxml
    if not tag or tag in _SKIPPED:
        return True
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        if words := clean("".join(element.itertext())):
            walk.hidden.append(words)
        return True
    if tag in _STRUCK:
        if words := clean("".join(element.itertext())):
            walk.struck.append(words)
        return True
    return False


def _enter(element: Any, tag: str, walk: _Walk) -> None:  # noqa: ANN401 - an element of lxml
    if tag in _BLOCKS and not (walk.row and tag != "tr"):
        walk.flush()
        walk.number = element.sourceline or walk.number
        walk.level = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else None
        walk.row = tag == "tr"
    if tag == "a":
        walk.links += len(clean("".join(element.itertext())))
    if tag in _HOLDERS:
        walk.inside.append(id(element))
    walk.place = tuple(walk.inside)
    if tag in ("ol", "ul"):
        start = element.get("start") or "1"
        walk.counters.append(int(start) - 1 if tag == "ol" and start.isdecimal() else None)
    elif tag == "li" and walk.counters and walk.counters[-1] is not None:
        walk.counters[-1] += 1
        walk.prefix = f"{walk.counters[-1]}. "
    elif tag in ("td", "th"):
        walk.buffer.append(" | " if clean("".join(walk.buffer)) else "")
    if element.text:
        walk.buffer.append(element.text)


def _leave(element: Any, tag: str, walk: _Walk) -> None:  # noqa: ANN401 - an element of lxml
    if tag == "tr" or (tag in _BLOCKS and not walk.row):
        walk.flush()
        walk.level, walk.row = None, False
    if tag in ("ol", "ul") and walk.counters:
        walk.counters.pop()
    if tag in _HOLDERS:
        walk.inside.pop()
        walk.place = tuple(walk.inside)
    if element.tail:
        walk.buffer.append(element.tail)


def _region(blocks: Sequence[_Block], text: str) -> tuple[int, int]:
    """Return first and last block of the report; the whole page when trafilatura misses its text."""
    import trafilatura  # noqa: PLC0415 - heavy, and only web pages need it

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    main = trafilatura.extract(text, include_comments=False, include_tables=True, deduplicate=False) or ""
    compact = _SPACE.sub("", main.replace("|", ""))
    pieces = [_SPACE.sub("", block.text.replace("|", "")) for block in blocks]
    lines = {_SPACE.sub("", line.lstrip("- ")) for line in main.splitlines()}
    kept = [at for at, piece in enumerate(pieces) if (piece in compact if len(piece) > 8 else piece in lines)]
    prose = [at for at, piece in enumerate(pieces) if len(piece) > _MEASURED and "。" in piece]
    if not kept or len(set(prose) & set(kept)) * 2 < len(prose):
        return 0, len(blocks) - 1
    return _widened(blocks, kept)


def _widened(blocks: Sequence[_Block], kept: Sequence[int]) -> tuple[int, int]:
    """Return first and last block of the element that holds all the blocks kept, or their neighbours."""
    first, last = kept[0], kept[-1]
    holder = blocks[first].inside
    for at in kept:
        holder = tuple(one for one, other in zip(holder, blocks[at].inside, strict=False) if one == other)
    if len(holder) > 1:
        within = [at for at, block in enumerate(blocks) if block.inside[: len(holder)] == holder]
        return within[0], within[-1]
    while last + 1 < len(blocks) and _is_neighbour(blocks[last + 1], blocks[last]):
        last += 1
    return first, last


def _is_neighbour(block: _Block, before: _Block) -> bool:
    around = any(chrome_of(block.text, where) for where in ("head", "tail", "line"))
    return block.inside == before.inside and not (block.linked or around)


def _is_link(block: _Block) -> bool:
    """Whether a line inside the report is a link and no sentence of it: an advertisement, an attachment."""
    return block.linked and block.level is None and not block.table and "。" not in block.text


def _page(walk: _Walk, first: int, last: int, title: str, name: str) -> Page:
    heads = [at for at, block in enumerate(walk.blocks[:first]) if block.level == 1]
    wanted = {*heads[-1:], *range(first, last + 1)}
    prose = max(
        (at for at in wanted if not walk.blocks[at].linked and "。" in walk.blocks[at].text), default=0
    )
    lines: list[Line] = []
    dropped: list[Dropped] = []
    published = None
    place = 0
    for at, block in enumerate(walk.blocks):
        end = place + len(block.text)
        if at in wanted and not (at < prose and _is_link(block)):
            lines.append(
                Line(block.number, place, end, place, 0, gap=True, level=block.level, table=block.table)
            )
        else:
            dropped.append(Dropped(Span(place, end), "chrome", block.text))
            if at < first and chrome_of(block.text, "head"):
                published = published or published_in(block.text)
        place = end + 1
    remarks = tuple(
        Remark(code, f"{what}没有读：“{words[:40]}”", Where(name))
        for code, what, found in (
            ("hidden-text", "网页里隐藏的文字", walk.hidden),
            ("tracked-change", "网页里划去的文字", walk.struck),
        )
        for words in found
    )
    text = "\n".join(block.text for block in walk.blocks)
    return Page(
        text,
        tuple(lines),
        meta={"page_title": title, "published": published},
        dropped=tuple(dropped),
        remarks=remarks,
    )
