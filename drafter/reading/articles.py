"""A page → its articles: titles, chrome and signatures set aside, each with a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from drafter.model import Dropped, Span
from drafter.reading.about import unit_in
from drafter.reading.chrome import article_number, chrome_of, is_link, published_in
from drafter.reading.flattened import unfold
from drafter.reading.headings import count_of, read_marker
from drafter.reading.lines import words_of
from drafter.reading.repairs import is_heading, is_open

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from drafter.reading.lines import Line, Page

_TITLE_WORDS = re.compile(r"总结|报告|汇报|小结|述职|要点|材料|回顾|情况|综述|计划|打算")
_SUBTITLE = re.compile(
    r"[（(【\[].{2,40}[)）】\]]$|[—－-]{2}.{2,40}$|(?:单位|报送单位|填报单位|(?:[报填上]报|报送)?(?:时间|日期)|年度|期间|汇报人|报告人|主送)\s*[:：].{1,40}$"
    r"|.{2,20}(?:书记|主任|镇长|乡长|村长|站长)\s+\S{2,4}$"
)
_STAMP = re.compile(
    r"[（(]?(?:\d{4}|[二〇○零一三四五六七八九]{4}|20[xX×]{2}|[xX×]{2,4})\s*年.{1,10}[日月]\s*[)）]?$"
)
_SIGNER = re.compile(
    r"[^，,。；;：:、]{2,30}(?:政府|委员会|办事处|居委会|村委会|社区|街道|镇|乡|村|支部|总支|党委|党工委|中心|办公室|站|所|局|科|股|部|院|校)$"
)
_COUNTED = re.compile(
    r"([^，,。；;：:\d]{4,40}(?:总结|报告|汇报|小结|材料|范文|總結|報告))\s*[（(]?(\d{1,2}|[一二三四五六七八九十]{1,3})[)）]?$"
)
_DATED_TITLE = re.compile(
    r"(?=.*(?:\d{4}|二[〇○零].{2}|20[xX×]{2})\s*年).{4,40}(?:总结|报告|汇报|小结)(?:[（(].{1,12}[)）])?$"
)
_BYLINED = re.compile(
    r"(\S{4,40}?(?:总结|报告|汇报|小结)(?:[（(].{1,12}[)）])?)\s*(?:发布|更新|发表)?(?:时间|日期|来源|作者|发布人)\s*[:：]"
)
_HEAD = 6
_LONGEST_HEAD = 20
_LINE = 60
_NEAR = 12
_CONTACT = re.compile(r"[（(]?(?:联系人|联系电话)\s*[:：].{1,40}$")
_FEW = 2
_FOLIO = re.compile(r"\d{1,3}")
NOTICE = 90
"""The longest line that may be a notice of the site and nothing else."""
_PROSE = re.compile(r"[，,。；;].*[，,。；;]")


@dataclass(slots=True)
class Article:
    """The lines of one report, and what was found around them."""

    title: str = ""
    subtitles: list[str] = field(default_factory=list)
    signature: list[str] = field(default_factory=list)
    published: str | None = None
    truncated: bool = False
    shift: int = 0
    lines: list[Line] = field(default_factory=list)

    @staticmethod
    def drop(page: Page, start: int, reason: str, end: int) -> Dropped:
        """Return the characters `[start, end)` as dropped for `reason`."""
        return Dropped(Span(start, end), reason, page.text[start:end])


def split_articles(page: Page) -> tuple[tuple[Article, ...], tuple[Dropped, ...]]:
    """Return the articles of a page in order, and what belongs to none of them.

    Every line of the page is in one article or dropped, never both.
    """
    dropped: list[Dropped] = []
    kept = _without_notices(page, tuple(unfold(page, page.lines)), dropped)
    marks = _marks([words_of(page, line) for line, _ in kept])
    bounds = [*marks, len(kept)]
    articles = []
    if kept[: bounds[0]]:
        articles.append(_read(page, kept[: bounds[0]], dropped, only=not marks))
    for begin, end in pairwise(bounds):
        articles.append(_read(page, kept[begin:end], dropped, only=True))
    published = next((one.published for one in articles if one.published), None)
    for article in articles:
        article.published = article.published or published
    return tuple(article for article in articles if article.lines), tuple(dropped)


def _marks(texts: Sequence[str]) -> list[int]:
    """Return which lines open an article: 篇一, 第1篇, or the page's title with 1, 2, 3 behind it."""
    marks = {place for place, words in enumerate(texts) if article_number(words)}
    counted: dict[str, list[int]] = {}
    for place, words in enumerate(texts):
        found = _COUNTED.match(words)
        if found and count_of(found[2]) == len(counted.get(found[1], ())) + 1:
            counted.setdefault(found[1], []).append(place)
    marks.update(place for places in counted.values() if len(places) > 1 for place in places)
    return sorted(marks or _further_titles(texts))


def _further_titles(texts: Sequence[str]) -> Iterator[int]:
    """Yield the lines that open a second report of a page without 篇一: a dated title, then 一、 anew."""
    begun = False
    for place, words in enumerate(texts):
        marker = read_marker(words)
        begun = begun or (marker is not None and marker.level == 1)
        if not (begun and _is_short(words) and _DATED_TITLE.match(words)) or marker:
            continue
        following = (read_marker(later) for later in texts[place + 1 :])
        if next((one.number for one in following if one and one.level == 1), 0) == 1:
            begun = False
            yield place


def _without_notices(page: Page, lines: Sequence[Line], dropped: list[Dropped]) -> list[tuple[Line, bool]]:
    """Return the lines without chrome that may stand anywhere, each with: the text is cut off behind it."""
    kept: list[tuple[Line, bool]] = []
    linking, noticed = False, ""
    prose = max((line.start for line in lines if _is_prose(words_of(page, line))), default=0)
    for line in lines:
        words = words_of(page, line)
        notice, lone, tail = (chrome_of(words, where) for where in ("notice", "line", "tail"))
        if tail == "related":
            linking = any(_is_body(words_of(page, one)) for one, _ in kept[-_NEAR:])
        elif linking:
            item = read_marker(words) is not None and line.start < prose
            linking = is_link(words) and not (item or article_number(words))
            tail = "related" if linking else tail
        if notice and kept and _begins(words_of(page, kept[-1][0]), words, gap=line.gap):
            begun = kept.pop()[0]
            dropped.append(Article.drop(page, begun.start, "truncation-notice", begun.end))
        if notice and kept:
            kept[-1] = (kept[-1][0], True)
        wraps = noticed and not line.gap and is_open(noticed) and len(words) <= _LINE
        notice = "truncation-notice" if wraps else notice if len(words) <= NOTICE else None
        noticed = words if notice else ""
        reason = notice or tail or lone
        if reason and line.level != 1 and not line.table:
            dropped.append(Article.drop(page, line.start, reason, line.end))
        else:
            kept.append((line, False))
    return kept


def _begins(before: str, notice: str, *, gap: bool) -> bool:
    """Whether the line above a notice is its first half."""
    whole = len(before) + len(notice) <= NOTICE and not gap
    return (
        whole
        and is_open(before)
        and not is_heading(before)
        and chrome_of(before + notice, "notice") is not None
    )


def _read(page: Page, lines: Sequence[tuple[Line, bool]], dropped: list[Dropped], *, only: bool) -> Article:
    """Return the article of `lines`.

    Lines above the first marker (`only` is false) hold one only if there is prose among them.
    """
    article = Article(truncated=any(cut for _, cut in lines))
    rest = [line for line, _ in lines]
    rest = rest[_read_head(page, rest, article, dropped) :]
    if not only and not any(_is_body(words_of(page, line)) for line in rest):
        dropped.extend(Article.drop(page, line.start, "chrome", line.end) for line in rest)
        return article
    end = _find_signature(page, rest, article)
    for line in rest[end:]:
        reason = "page-number" if words_of(page, line).isdecimal() else "signature"
        dropped.append(Article.drop(page, line.start, reason, line.end))
    article.lines = rest[:end]
    return article


def _is_body(words: str) -> bool:
    return read_marker(words) is not None or _is_prose(words)


def _is_prose(words: str) -> bool:
    return len(words) > 40 and bool(_PROSE.search(words))


def _read_head(page: Page, lines: Sequence[Line], article: Article, dropped: list[Dropped]) -> int:
    """Take title, subtitles and chrome off the head of an article and return how many lines that were."""
    count = 0
    tops = [line for line in lines if line.level == 1 and not read_marker(words_of(page, line))]
    title_at = _title_place([words_of(page, line) for line in lines[:_HEAD]])
    for line in lines[:_LONGEST_HEAD]:
        words = words_of(page, line)
        reason = _head_reason(words, line, article, first=not count, alone=len(tops) == 1)
        if reason is None and count < title_at:
            reason = "chrome"
        if reason is None:
            break
        dropped.append(Article.drop(page, line.start, reason, line.end))
        count += 1
    return count


def _title_place(texts: Sequence[str]) -> int:
    """Return which of the first lines is a title that names its kind, or 0: what stands above is chrome."""
    for place, words in enumerate(texts):
        if read_marker(words) or len(words) > _LINE:
            return 0
        if _is_short(words) and _TITLE_WORDS.search(words) and not chrome_of(words, "head"):
            return place
    return 0


def _is_short(words: str) -> bool:
    return len(words) <= 50 and not re.search(r"[。；;，,!！?？]|[:：]$", words)


def _head_reason(words: str, line: Line, article: Article, *, first: bool, alone: bool) -> str | None:
    """Return why a line at the head of an article is dropped, or None where its text begins.

    `first` says that it is the first line, `alone` that markup makes one line only a top heading.
    """
    if line.table:
        return None
    if reason := _bylined(words, article) or chrome_of(words, "head"):
        article.published = article.published or (published_in(words) if reason == "chrome" else None)
        return reason
    if first and (article_number(words) or _COUNTED.match(words)):
        article.title = words
        return "title"
    if (
        line.level == 1
        and not article.title
        and not read_marker(words)
        and (alone or _TITLE_WORDS.search(words))
    ):
        article.title, article.shift = words, int(alone)
        return "title"
    if line.level is not None or read_marker(words):
        return None
    return _title_reason(words, article)


def _bylined(words: str, article: Article) -> str | None:
    """Take a title with the byline of the page behind it on the same line."""
    found = None if article.title else _BYLINED.match(words)
    if found is None:
        return None
    article.title, article.published = found[1], article.published or published_in(words)
    return "title"


def _title_reason(words: str, article: Article) -> str | None:
    short = _is_short(words)
    if short and article.title and (words in article.title or article.title in words):
        return "title"
    if short and (not article.title or _completes(words, article)):
        article.title = words if article_number(article.title) else f"{article.title}{words}"
        return "title"
    if (
        article.title
        and len(words) <= 50
        and (_SUBTITLE.match(words) or _STAMP.match(words) or _is_signer(words))
    ):
        article.subtitles.append(words)
        return "title"
    return None


def _completes(words: str, article: Article) -> bool:
    """Whether a short line is the title proper below 篇一, or the second line of a title."""
    if not _TITLE_WORDS.search(words):
        return False
    return bool(article_number(article.title)) or not _TITLE_WORDS.search(article.title)


def _is_signer(words: str) -> bool:
    return bool(_SIGNER.fullmatch(words)) and unit_in(words) is not None


def _is_closing(words: str) -> bool:
    return bool(_STAMP.fullmatch(words) or _CONTACT.match(words)) or _is_signer(words)


def _find_signature(page: Page, lines: Sequence[Line], article: Article) -> int:
    """Return where the signature (who, when) at the end of an article begins."""
    end = len(lines)
    if end > _FEW and _FOLIO.fullmatch(words_of(page, lines[-1])) and _is_closing(words_of(page, lines[-2])):
        end -= 1
    while end > 1 and len(lines) - end < 4:
        words = words_of(page, lines[end - 1])
        if lines[end - 1].table or lines[end - 1].level is not None:
            break
        if not _is_closing(words):
            break
        article.signature.append(words)
        end -= 1
    return end
