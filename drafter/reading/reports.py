"""Past reports: one file → its reports and sections, with what was dropped and why."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.errors import ReadError
from drafter.model import ReadFile, Remark, Report, Span, Where
from drafter.reading.about import find_period, find_unit, find_year, is_masked, kind_of, told
from drafter.reading.articles import NOTICE, split_articles
from drafter.reading.chrome import chrome_of
from drafter.reading.continuing import link_continued
from drafter.reading.lines import words_of
from drafter.reading.naming import period_by_name, unit_by_name, year_by_name
from drafter.reading.pages import load_bytes, read_page
from drafter.reading.repairs import broken_numbers, false_headings, join_lines, page_numbers
from drafter.reading.sections import build_parts, finish
from drafter.reading.suspicions import is_instruction, is_marking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Dropped, Section
    from drafter.reading.articles import Article
    from drafter.reading.lines import Page
    from drafter.reading.repairs import Paragraph
    from drafter.reading.sections import Part

_HEAD_LINES = 6
_SHOWN = 40
_REMARKS = 50
_OWN_WORD = "文件自带的属性"


def read_reports(file: str | Path, root: Path | None = None, *, labelled: bool = True) -> ReadFile:
    """Return how one file of past reports is understood; `refused` says why it could not be taken in.

    The name of the file is relative to `root` where it lies inside it. Sections
    that are not `labelled` have no topics and no quality, for whom only their words matter.

    Raises:
        ReadError: there is no such file, or it is a folder.
    """
    path = Path(file)
    name = name_of(path, root)
    if path.is_dir():
        raise ReadError(
            f"这是文件夹，不是文件：{name}", hint="请给出其中的文件，或用 drafter index 读整个文件夹。"
        )
    if not (path.exists() or path.is_symlink()):
        raise ReadError(f"没有这个文件：{name}", hint="请核对路径。")
    digest = ""
    try:
        data = load_bytes(path)
        digest = hashlib.sha256(data).hexdigest()
        page, encoding = read_page(data, path, name)
    except ReadError as error:
        return ReadFile(name, digest, None, refused=str(error))
    return _understand(page, name, digest, encoding, labelled=labelled)


def name_of(path: Path, root: Path | None) -> str:
    """Return the path of a file relative to `root` with `/`, or as given when it lies elsewhere."""
    if root is not None:
        here = path.absolute()
        for base in (root.absolute(), root.resolve()):
            if here.is_relative_to(base):
                return here.relative_to(base).as_posix()
    return path.as_posix()


def _understand(page: Page, name: str, digest: str, encoding: str | None, *, labelled: bool) -> ReadFile:
    for line in page.lines[:_HEAD_LINES]:
        if is_marking(words_of(page, line)):
            words = words_of(page, line)
            return ReadFile(
                name, digest, encoding, refused=f"文件标有“{words}”，不能收进来。涉密文件请在专用设备上处理。"
            )
    articles, dropped = split_articles(page)
    reading = _Reading(page, name, labelled=labelled)
    for article in articles:
        reading.take(article)
    linked = _name_units(link_continued(reading.reports, reading.outlines))
    return ReadFile(
        file=name,
        sha256=digest,
        encoding=encoding,
        refused=None if linked else "没有可读的正文（空文件，或只有题目、网页栏目）。",
        reports=linked,
        dropped=tuple(sorted((*page.dropped, *dropped, *reading.dropped), key=lambda one: one.span)),
        warnings=(*page.remarks, *reading.remarks),
    )


class _Reading:
    """Reads the articles of one page, one after the other; ids are unique among them."""

    def __init__(self, page: Page, name: str, *, labelled: bool) -> None:
        self.page = page
        self.name = name
        self.labelled = labelled
        self.seen: dict[str, int] = {}
        self.reports: list[Report] = []
        self.outlines: list[tuple[Part, ...]] = []
        self.dropped: list[Dropped] = []
        self.remarks: list[Remark] = []

    def take(self, article: Article) -> None:
        """Read one article: repair its lines, find its headings, say what it is about."""
        page = self.page
        cuts = page_numbers(page, article.lines)
        kept = [line for line in article.lines if cuts.get(line.start) != line.start]
        plain = false_headings(page, kept)
        paragraphs = self._without_notices(join_lines(page, article.lines, cuts, plain), article)
        parts = build_parts(paragraphs, plain=plain, shift=article.shift)
        sections = finish(parts, page, self.name, self.seen, labelled=self.labelled)
        if article.truncated and sections:
            last = sections[-1]
            sections = (*sections[:-1], replace(last, quality=(*last.quality, "truncated")))
        self.dropped += [article.drop(page, begin, "page-number", end) for end, begin in _cuts(article, cuts)]
        self._remark(paragraphs)
        if sections:
            self.reports.append(_describe(article, page, self.name, sections))
            self.outlines.append(parts)

    def _without_notices(self, paragraphs: Sequence[Paragraph], article: Article) -> tuple[Paragraph, ...]:
        """Return the paragraphs without a notice that shows itself only when its lines are joined."""
        kept = []
        for one in paragraphs:
            if len(one.spans) > 1 and len(one.words) <= NOTICE and chrome_of(one.words, "notice"):
                article.truncated = True
                reason = "truncation-notice"
                self.dropped += [article.drop(self.page, begin, reason, end) for begin, end in one.spans]
            else:
                kept.append(one)
        return tuple(kept)

    def _remark(self, paragraphs: Sequence[Paragraph]) -> None:
        """Note what a person should look at: numbers that a line end cut, orders to a program."""
        for one in islice(broken_numbers(paragraphs), _REMARKS):
            message = f"数字可能被换行断开，没有拼接：“{one.words[:_SHOWN]}”"
            self.remarks.append(Remark("broken-number", message, self._place(one)))
        for one in paragraphs:
            if is_instruction(one.words):
                message = f"像是写给程序的指令，不像总结的内容：“{one.words[:_SHOWN]}”"
                self.remarks.append(Remark("instruction", message, self._place(one)))

    def _place(self, one: Paragraph) -> Where:
        number, span = one.first.number, Span(one.spans[0][0], one.spans[-1][1])
        if self.page.paragraphs:
            return Where(self.name, paragraph=number, span=span)
        return Where(self.name, line=number, span=span)


def _cuts(article: Article, cuts: dict[int, int]) -> list[tuple[int, int]]:
    return [(line.end, cuts[line.start]) for line in article.lines if line.start in cuts]


def _describe(article: Article, page: Page, name: str, sections: tuple[Section, ...]) -> Report:
    """Return the report of an article: its unit, year and period, each from the surest place."""
    title = told(page.meta, "title") or article.title or told(page.meta, "page_title") or ""
    body = "\n".join(f"{section.heading}\n{section.text}" for section in sections)
    opening = sections[0].text if sections and not sections[0].heading else ""
    closing = (*article.subtitles, *article.signature)
    unit, unit_from = find_unit(title, closing, opening, body)
    if given := told(page.meta, "unit"):
        unit, unit_from = given, _OWN_WORD
    year, year_from = find_year(title, opening, closing, body)
    if (given := told(page.meta, "year")) and re.fullmatch(r"\d{4}", given):
        year, year_from = int(given), _OWN_WORD
    elif year is None:
        year, year_from = year_by_name(name)
    title = title or Path(name).stem
    identity = hashlib.sha256("\n".join((title, *(section.id for section in sections))).encode()).hexdigest()[
        :16
    ]
    return Report(
        id=identity,
        title=title,
        file=name,
        unit=unit,
        unit_kind=kind_of(unit),
        year=year,
        year_from=year_from,
        period=told(page.meta, "period") or find_period(title, opening, body) or period_by_name(name),
        published=article.published or told(page.meta, "published"),
        truncated=article.truncated,
        sections=sections,
        unit_from=unit_from,
    )


def _name_units(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Return the reports, those without a unit named after their file or folder.

    A masked name is filled only where the file holds one report: several on
    one page are those of several units.
    """
    named = []
    for report in reports:
        hidden = report.unit is not None and is_masked(report.unit) and len(reports) == 1
        found = unit_by_name(report.file, report.unit) if hidden or report.unit is None else None
        if found:
            report = replace(report, unit=found.unit, unit_kind=kind_of(found.unit), unit_from=found.source)  # noqa: PLW2901 - the same report, named
        named.append(report)
    return tuple(named)
