"""PDF files with text: lines by their place on the page, running heads and page numbers set aside.

The parser runs in a process of its own, with a limit of time and memory: a
damaged or hostile file can stop that process, and nothing else.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.errors import ReadError
from drafter.model import Dropped, Remark, Span, Where
from drafter.reading.lines import Line, Page, clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TIME_S = 60
_MEMORY = 2 << 30
_PAGES = 200
_MARGIN = 0.12
_FEW = 10
_THIN = 2.0
_GAP = 0.35
_THROUGH = (0.6, 0.15)
_SHOWN = 40
_CHILD = "import sys; sys.path[:] = sys.argv[1:]; from drafter.reading.pdf import extract; extract()"
_NUMBER = re.compile(r"[-—–－~·•\s]*第?\s*\d{1,4}\s*(?:页.{0,10})?[-—–－~·•\s]*$|\d+\s*/\s*\d+$")
_DIGITS = re.compile(r"\d+")


class Piece(NamedTuple):
    """One line of a PDF page with its place in points; `row` for a row of a table."""

    page: int
    text: str
    left: float
    right: float
    top: float
    bottom: float
    height: float
    row: bool = False


def read_pdf(data: bytes, name: str) -> Page:
    """Return the text of a PDF as a page of lines; line numbers count its lines, furniture included.

    Raises:
        ReadError: a scan, locked, damaged, or too slow to read.
    """
    found = _run(data)
    pieces = [Piece(*row) for row in found["lines"]]
    letters = sum(len(piece.text) for piece in pieces)
    if letters < _FEW * found["pages"]:
        what = "是扫描件（只有图片，没有文字）" if found["images"] else "里没有文字"
        raise ReadError(
            f"这个 PDF {what}，没有读。", hint="请先用 WPS 或 OCR 软件转成文字，存为 Word 或文本再收进来。"
        )
    if sum(piece.text.count("(cid:") for piece in pieces) * 20 > letters:
        raise ReadError(
            "这个 PDF 的字体没有编码，读出来是乱码，没有读。", hint="请用 WPS 转成 Word 再收进来。"
        )
    return _page(pieces, _furniture(pieces), found, name)


def _run(data: bytes) -> dict[str, Any]:
    """Return what `extract` finds in the file, read by a process of its own."""
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and code, the file goes in as data
            [sys.executable, "-c", _CHILD, *sys.path],
            input=data,
            capture_output=True,
            timeout=_TIME_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ReadError(
            f"这个 PDF {_TIME_S} 秒内读不完，没有读。", hint="请用 WPS 转成 Word 再收进来。"
        ) from error
    if done.returncode == 0:
        return dict(json.loads(done.stdout))
    if b"PDFPasswordIncorrect" in done.stderr or b"PDFEncryption" in done.stderr:
        raise ReadError("这个 PDF 加了密码，没有读。", hint="请去掉密码后再试。")
    raise ReadError("这个 PDF 已损坏或结构异常，读不出来。", hint="请用 WPS 打开，另存后再试。")


def extract() -> None:
    """Write the lines of the PDF on standard input to standard output as JSON."""
    import io  # noqa: PLC0415 - this function is a small program of its own

    import pdfplumber  # noqa: PLC0415 - heavy, and only PDF files need it

    _limit()
    lines: list[Piece] = []
    struck: list[tuple[int, str]] = []
    images = 0
    with pdfplumber.open(io.BytesIO(sys.stdin.buffer.read())) as pdf:
        count = len(pdf.pages)
        for number, page in enumerate(pdf.pages[:_PAGES]):
            images += len(page.images)
            gone = find_struck(page)
            struck += [(number + 1, words) for words in _runs(gone)]
            lines += _lines_of(_without(page, gone) if gone else page, number)
            page.close()
    found = {"lines": lines, "struck": struck, "images": images, "pages": min(count, _PAGES), "count": count}
    json.dump(found, sys.stdout)


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def find_struck(page: Any) -> list[Any]:  # noqa: ANN401 - a page of pdfplumber, which has no types
    """Return the characters that a line runs through: a change that was not accepted when printed."""
    rules = sorted(
        ((one["top"] + one["bottom"]) / 2, one["x0"], one["x1"])
        for one in (*page.lines, *page.rects)
        if one["bottom"] - one["top"] < _THIN < one["x1"] - one["x0"]
    )
    heights = [rule[0] for rule in rules]
    struck = []
    for char in page.chars if rules else ():
        base = float(page.height) - char["matrix"][5]
        low, high = (base - share * char["size"] for share in _THROUGH)
        middle = (char["x0"] + char["x1"]) / 2
        near = rules[bisect_left(heights, low) : bisect_right(heights, high)]
        if any(left <= middle <= right for _, left, right in near):
            struck.append(char)
    return struck


def _runs(chars: Sequence[Any]) -> list[str]:
    """Return the words of characters, those that follow one another on a line put together."""
    runs: list[str] = []
    for at, char in enumerate(chars):
        before = chars[at - 1] if at else None
        apart = (
            before is None
            or abs(char["top"] - before["top"]) > _THIN
            or char["x0"] - before["x1"] > char["size"]
        )
        if apart:
            runs.append("")
        runs[-1] += char["text"]
    return [words for run in runs if (words := clean(run))]


def _without(page: Any, chars: Sequence[Any]) -> Any:  # noqa: ANN401 - pages of pdfplumber
    places = {(char["x0"], char["top"], char["text"]) for char in chars}
    return page.filter(lambda one: (one.get("x0"), one.get("top"), one.get("text")) not in places)


def _lines_of(page: Any, number: int) -> list[Piece]:  # noqa: ANN401 - a page of pdfplumber, which has no types
    """Return the lines of a page in reading order, those inside a table as its rows."""
    height = float(page.height)
    tables = page.find_tables() if len(page.lines) + len(page.rects) >= 4 else []
    found = []
    for table in tables:
        for row, cells in zip(table.rows, table.extract(), strict=False):
            left, top, right, bottom = row.bbox
            words = " | ".join(clean(cell or "") for cell in cells)
            if words.strip(" |"):
                found.append(Piece(number, words, left, right, top, bottom, height, row=True))
    for line in page.extract_text_lines(return_chars=False, x_tolerance_ratio=_GAP):
        middle = (line["top"] + line["bottom"]) / 2
        inside = any(
            box[1] <= middle <= box[3] and line["x0"] >= box[0] - 2
            for box in (table.bbox for table in tables)
        )
        if not inside:
            found.append(
                Piece(number, line["text"], line["x0"], line["x1"], line["top"], line["bottom"], height)
            )
    return sorted(found, key=lambda piece: piece.top)


def _furniture(pieces: Sequence[Piece]) -> dict[int, str]:
    """Return the lines that belong to the paper, not to the text, each with its reason.

    A page number stands alone at the edge; a running head or foot stands
    there in the same words on half of the pages at least.
    """
    edges: dict[str, set[int]] = {}
    places: dict[int, str] = {}
    for at, piece in enumerate(pieces):
        middle = (piece.top + piece.bottom) / 2 / piece.height
        if _MARGIN < middle < 1 - _MARGIN or piece.row:
            continue
        places[at] = _DIGITS.sub("#", piece.text)
        edges.setdefault(places[at], set()).add(piece.page)
    pages = len({piece.page for piece in pieces})
    reasons = {}
    for at, form in places.items():
        if _NUMBER.match(pieces[at].text):
            reasons[at] = "page-number"
        elif len(edges[form]) >= 2 and len(edges[form]) * 2 >= pages:
            reasons[at] = "page-furniture"
    return reasons


def _page(pieces: Sequence[Piece], furniture: dict[int, str], found: dict[str, Any], name: str) -> Page:
    body = [piece for at, piece in enumerate(pieces) if at not in furniture and not piece.row]
    left = min((piece.left for piece in body), default=0.0)
    right = max((piece.right for piece in body), default=0.0)
    lines: list[Line] = []
    dropped: list[Dropped] = []
    place, before = 0, None
    for at, piece in enumerate(pieces):
        end = place + len(piece.text)
        if at in furniture:
            dropped.append(Dropped(Span(place, end), furniture[at], piece.text))
        else:
            lines.append(_line(piece, before, at + 1, place, (left, right)))
            before = piece
        place = end + 1
    text = "\n".join(piece.text for piece in pieces)
    return Page(text, tuple(lines), dropped=tuple(dropped), remarks=tuple(_remarks(found, name)))


def _remarks(found: dict[str, Any], name: str) -> Iterator[Remark]:
    """Yield what a reader of the file would not expect to be left out."""
    if found["count"] > found["pages"]:
        yield Remark("cut", f"只读了前 {found['pages']} 页，共 {found['count']} 页。", Where(name))
    for number, words in found["struck"]:
        numbers = "，涉及数字" if re.search(r"\d", words) else ""
        yield Remark(
            "tracked-change",
            f"第{number}页有划去的文字{numbers}，没有读：“{words[:_SHOWN]}”；像是没有接受的修订，请核对原文。",
            Where(name),
        )


def _line(piece: Piece, before: Piece | None, number: int, place: int, edges: tuple[float, float]) -> Line:
    size = max(1.0, piece.bottom - piece.top)
    apart = before is not None and before.page == piece.page and piece.top - before.bottom > 1.5 * size
    return Line(
        number,
        place,
        place + len(piece.text),
        place,
        indent=max(0, round((piece.left - edges[0]) / size)),
        gap=before is None or apart,
        table=piece.row,
        full=piece.right >= edges[1] - 2.5 * size,
    )
