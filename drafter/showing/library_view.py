"""Files, the library and hits of a search on the terminal."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from drafter.library.alike import alike_sections
from drafter.showing.printable import printable
from drafter.showing.terminal import Terminal
from drafter.showing.wrapping import Wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drafter.library.alike import Placed
    from drafter.library.index import IndexReport
    from drafter.model import Hit, ReadFile, Report, Section, Where

_LONGEST = 90
_EXCERPT = 16
_EXCERPTS = 3
_QUALITY = {
    "stripped-numbers": "数字被抹去",
    "masked-names": "名称被隐去",
    "mixed-units": "单位混用",
    "truncated": "不完整",
}
_REASONS = {
    "title": "题目",
    "chrome": "网页栏目",
    "introduction": "收集者的引言",
    "related": "相关链接",
    "copyright": "来源与版权",
    "page-number": "页码",
    "page-furniture": "页眉页脚",
    "truncation-notice": "未显示全文的提示",
    "signature": "落款",
    "front-matter": "文件属性",
    "contents": "目录",
    "markup": "分隔线",
}
_WHY = {
    "meaning": "意思",
    "words": "字面",
    "verbatim": "有原话",
    "own_unit": "本单位",
    "period": "同一时段",
    "recent": "年份近",
    "bare_heading": "只有标题",
    "stale": "注意",
}
_TOPICS_SHOWN = 15
_GROUPS_SHOWN = 8


def show_files(files: Sequence[ReadFile], skipped: Mapping[str, str]) -> None:
    """Show how each file was understood (headings as a tree, what was dropped), and who was passed over."""
    console = Terminal()
    if not files:
        console.print(
            "没有找到往年总结：这里没有 .txt .md .html .docx .pdf .doc .wps .xls 文件。", markup=False
        )
    for file in files:
        if file.refused:
            console.print(Text(f"× {printable(file.file)}：{file.refused}", style="red"), soft_wrap=True)
            continue
        tree = Tree(Text(printable(file.file) + (f"（{file.encoding}）" if file.encoding else "")))
        titles = {report.id: report.title for report in file.reports}
        for report in file.reports:
            branch = tree.add(Text(f"{report.title}  [{_said(report, titles)}]", style="bold"))
            _add_sections(branch, report.sections)
        _add_dropped(tree, file)
        for warning in file.warnings:
            tree.add(Text(f"! {printable(warning.message)}{_place(warning.where)}", style="yellow"))
        console.print(tree)
    for name, reason in skipped.items():
        console.print(Text(f"! 跳过 {printable(name)}：{reason}", style="yellow"), soft_wrap=True)


def _said(report: Report, titles: dict[str, str]) -> str:
    """Return whose report it is, of when, and how that is known."""
    year = f"{report.year}（据{report.year_from}）" if report.year and report.year_from else report.year
    unit = report.unit
    if unit and (report.unit_from or "").startswith("文件"):
        unit = f"{unit}（据{report.unit_from}）"
    known = "，".join(str(part) for part in (unit, year, report.period) if part) or "单位、年份不明"
    parts = [known]
    if report.published:
        parts.append(f"网页日期 {report.published}")
    if report.truncated:
        parts.append("不完整")
    if report.continues:
        parts.append(f"像是接着“{titles.get(report.continues, report.continues)}”")
    return "；".join(parts)


def _place(where: Where | None) -> str:
    if where is None or not (where.line or where.paragraph):
        return ""
    return f"（第{where.line}行）" if where.line else f"（第{where.paragraph}段）"


def _add_dropped(tree: Tree, file: ReadFile) -> None:
    """Add what was left out: reason, how often, and the first words of each."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for dropped in file.dropped:
        by_reason[dropped.reason].append(" ".join(dropped.text.split())[:_EXCERPT])
    if not by_reason:
        return
    branch = tree.add(Text("没有收进来", style="dim"))
    for reason, texts in by_reason.items():
        shown = "」「".join(texts[:_EXCERPTS]) + ("」…" if len(texts) > _EXCERPTS else "」")
        branch.add(Text(f"{_REASONS.get(reason, reason)} {len(texts)} 处：「{shown}", style="dim"))


def _add_sections(branch: Tree, sections: Sequence[Section]) -> None:
    trail = [branch]
    for section in sections:
        del trail[max(1, len(section.path)) :]
        words = section.heading or section.text[:20] + "…"
        label = Text(words[:40])
        if section.quality:
            label.append(f"  {'、'.join(_QUALITY.get(one, one) for one in section.quality)}", style="yellow")
        trail.append(trail[-1].add(label))


def show_index_report(report: IndexReport) -> None:
    """Show what an index run did."""
    console = Terminal()
    for file in report.refused:
        console.print(Text(f"× {printable(file.file)}：{file.refused}", style="red"), soft_wrap=True)
    for warning in report.warnings[:20]:
        place = f"{printable(warning.where.file)} " if warning.where else ""
        console.print(Text(f"! {place}{printable(warning.message)}", style="yellow"), soft_wrap=True)
    if len(report.warnings) > 20:
        console.print(f"… 还有 {len(report.warnings) - 20} 条提醒，用 index --dry-run 看全部", markup=False)
    changes = "，".join(
        f"{word} {len(names)} 个"
        for word, names in (
            ("新收", report.added),
            ("更新", report.changed),
            ("没变", report.unchanged),
            ("移出", report.removed),
            ("拒收", report.refused),
        )
        if names
    )
    console.print(
        f"资料库：{report.files} 个文件，{report.reports} 份总结，{report.sections} 段。", markup=False
    )
    console.print(f"这次：{changes or '没有文件'}；新算向量 {report.embedded} 段。", markup=False)


def summarise(files: Sequence[ReadFile]) -> dict[str, Any]:
    """Return what is indexed by unit and year, with counts of sections and quality labels."""
    reports = [
        {
            "file": file.file,
            "title": report.title,
            "unit": report.unit,
            "year": report.year,
            "period": report.period,
            "sections": len(report.sections),
            "quality": dict(Counter(label for section in report.sections for label in section.quality)),
            "topics": dict(Counter(topic for section in report.sections for topic in section.topics)),
            "size": sum(len(section.text) for section in report.sections),
        }
        for file in files
        for report in file.reports
    ]
    alike = [[_placed(one) for one in group] for group in alike_sections(files)]
    return {
        "files": len(files),
        "reports": reports,
        "sections": sum(row["sections"] for row in reports),
        "alike": alike,
    }


def _placed(one: Placed) -> dict[str, Any]:
    report, section = one
    return {
        "id": section.id,
        "heading": section.heading,
        "where": section.where,
        "unit": report.unit,
        "year": report.year,
    }


def show_library(summary: dict[str, Any]) -> None:
    """Show what is indexed, by unit and year."""
    console = Terminal()
    if not summary["reports"]:
        console.print("资料库是空的。先运行 drafter index 把往年总结收进来。", markup=False)
        return
    by_unit: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in summary["reports"]:
        by_unit[row["unit"] or "（单位不明）"].append(row)
    table = Table(box=None, header_style="bold")
    is_doubtful = any(row["quality"] for row in summary["reports"])
    for name in ("单位", "年份", "时段", "段数", "字数", *(("留意",) if is_doubtful else ()), "文件"):
        table.add_column(name, overflow="fold", justify="right" if name in {"段数", "字数"} else "left")
    for unit, rows in sorted(by_unit.items()):
        for row in sorted(rows, key=lambda row: (row["year"] or 0, row["period"] or "")):
            told = "、".join(_QUALITY.get(label, label) for label in row["quality"])
            cells = (unit, row["year"] or "不明", row["period"] or "", row["sections"], row["size"])
            doubts = (Text(told),) if is_doubtful else ()
            table.add_row(*(Text(str(cell)) for cell in cells), *doubts, Wrapped(printable(row["file"])))
    console.print(table)
    _show_topics(console, summary["reports"])
    _show_alike(console, summary["alike"])
    console.print(
        f"共 {summary['files']} 个文件，{len(summary['reports'])} 份总结，{summary['sections']} 段。",
        markup=False,
    )


def _show_alike(console: Terminal, groups: Sequence[Sequence[dict[str, Any]]]) -> None:
    """Name the sections that stand in several files in nearly the same words."""
    if not groups:
        return
    console.print(f"不同文件里几乎相同的段落（数字不算）{len(groups)} 组：", markup=False)
    for group in groups[:_GROUPS_SHOWN]:
        heading = group[0]["heading"] or "（开头）"
        places = [f"{printable(one['where'].file)} {one['where'].place}" for one in group if one["where"]]
        more = f" 等 {len(places)} 处" if len(places) > _EXCERPTS else ""
        console.print(Text(f"  {heading[:40]}：{'、'.join(places[:_EXCERPTS])}{more}"), soft_wrap=True)
    if len(groups) > _GROUPS_SHOWN:
        console.print(f"  … 还有 {len(groups) - _GROUPS_SHOWN} 组，用 --json 看全部", markup=False)


def _show_topics(console: Terminal, rows: Sequence[dict[str, Any]]) -> None:
    """Draw how many sections there are on each topic, year by year."""
    years = sorted({row["year"] for row in rows if row["year"]})
    totals: Counter[str] = Counter()
    by_year: Counter[tuple[str, int]] = Counter()
    for row in rows:
        totals.update(row["topics"])
        by_year.update({(topic, row["year"] or 0): count for topic, count in row["topics"].items()})
    if not totals or not years:
        return
    table = Table(box=None, header_style="bold")
    for name in ("事项", *(str(year) for year in years)):
        table.add_column(name)
    most = max(by_year.values())
    for topic, _ in totals.most_common(_TOPICS_SHOWN):
        counts = [by_year[topic, year] for year in years]
        bars = ("■" * -(-5 * count // most) + f" {count}" if count else "" for count in counts)
        table.add_row(Text(topic), *(Text(bar) for bar in bars))
    console.print(table)


def show_hits(hits: Sequence[Hit], query: str) -> None:
    """Show hits with where they stand and what they have in common with the query."""
    console = Terminal()
    if not hits:
        console.print(f"没有找到与“{query}”相近的段落。", markup=False)
        return
    shown = [hit for hit in hits if not hit.why.get("weak")]
    for number, hit in enumerate(shown, start=1):
        place = hit.section.where
        where = f"{place.file} {place.place}" if place else hit.report.file
        said = " ".join(str(part) for part in (hit.report.unit, hit.report.year, hit.report.period) if part)
        console.print(Text(f"{number}. {hit.section.heading or '（开头）'}", style="bold"), soft_wrap=True)
        console.print(Text(f"   {said}  {where}", style="cyan"), soft_wrap=True)
        text = " ".join(hit.section.text.split())
        console.print(Text(f"   {text[:_LONGEST]}{'…' if len(text) > _LONGEST else ''}"), soft_wrap=True)
        why = "，".join(
            f"{_WHY.get(name, name)} {value:.2f}"
            if isinstance(value, float)
            else f"{_WHY.get(name, name)} {value}"
            for name, value in hit.why.items()
            if isinstance(value, str | int | float) and not isinstance(value, bool)
        )
        console.print(Text(f"   得分 {hit.score:.3f}：{why}", style="dim"), soft_wrap=True)
        if similar := hit.why.get("similar"):
            others = "、".join(
                " ".join(str(one[key]) for key in ("unit", "year") if one[key]) for one in similar
            )
            console.print(Text(f"   大同小异的还有：{others}", style="dim"), soft_wrap=True)
    if left_out := len(hits) - len(shown):
        console.print(Text(f"另有 {left_out} 段相差较远，没有列出（--json 看全部）。", style="dim"))
