"""Files, the library and hits of a search on the terminal."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.library.index import IndexReport
    from drafter.model import Hit, ReadFile, Section

_LONGEST = 90
_WHY = {
    "dense": "意思",
    "sentence": "最像的一句",
    "lexical": "字面",
    "unit": "本单位",
    "year": "年份近",
    "period": "同一时段",
}


def show_files(files: Sequence[ReadFile]) -> None:
    """Show how each file was understood: its headings as a tree, what was dropped and why."""
    console = Console(highlight=False)
    for file in files:
        if file.refused:
            console.print(Text(f"× {file.file}：{file.refused}", style="red"), soft_wrap=True)
            continue
        tree = Tree(Text(f"{file.file}（{file.encoding or '二进制'}）"))
        for report in file.reports:
            said = "，".join(str(part) for part in (report.unit, report.year, report.period) if part)
            branch = tree.add(Text(f"{report.title}  [{said or '单位、年份不明'}]", style="bold"))
            _add_sections(branch, report.sections)
        reasons = Counter(dropped.reason for dropped in file.dropped)
        if reasons:
            dropped = "、".join(f"{reason} {count} 处" for reason, count in reasons.items())
            tree.add(Text(f"没有收进来：{dropped}", style="dim"))
        for warning in file.warnings:
            place = f"（第{warning.where.line}行）" if warning.where and warning.where.line else ""
            tree.add(Text(f"! {warning.message}{place}", style="yellow"))
        console.print(tree)


def _add_sections(branch: Tree, sections: Sequence[Section]) -> None:
    trail = [branch]
    for section in sections:
        del trail[max(1, section.level) :]
        words = section.heading or section.text[:20] + "…"
        label = Text(words[:40])
        if section.quality:
            label.append(f"  {'、'.join(section.quality)}", style="yellow")
        trail.append(trail[-1].add(label))


def show_index_report(report: IndexReport) -> None:
    """Show what an index run did."""
    console = Console(highlight=False)
    for file in report.refused:
        console.print(Text(f"× {file.file}：{file.refused}", style="red"), soft_wrap=True)
    for warning in report.warnings[:20]:
        place = f"{warning.where.file} " if warning.where else ""
        console.print(Text(f"! {place}{warning.message}", style="yellow"), soft_wrap=True)
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
        }
        for file in files
        for report in file.reports
    ]
    return {"files": len(files), "reports": reports, "sections": sum(row["sections"] for row in reports)}


def show_library(summary: dict[str, Any]) -> None:
    """Show what is indexed, by unit and year."""
    console = Console(highlight=False)
    if not summary["reports"]:
        console.print("资料库是空的。先运行 drafter index 把往年总结收进来。", markup=False)
        return
    by_unit: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in summary["reports"]:
        by_unit[row["unit"] or "（单位不明）"].append(row)
    table = Table(box=None, header_style="bold")
    for name in ("单位", "年份", "时段", "段数", "文件"):
        table.add_column(name, overflow="fold", justify="right" if name == "段数" else "left")
    for unit, rows in sorted(by_unit.items()):
        for row in sorted(rows, key=lambda row: (row["year"] or 0, row["period"] or "")):
            table.add_row(
                *(
                    Text(str(cell))
                    for cell in (
                        unit,
                        row["year"] or "不明",
                        row["period"] or "",
                        row["sections"],
                        row["file"],
                    )
                )
            )
    console.print(table)
    console.print(
        f"共 {summary['files']} 个文件，{len(summary['reports'])} 份总结，{summary['sections']} 段。",
        markup=False,
    )


def show_hits(hits: Sequence[Hit], query: str) -> None:
    """Show hits with where they stand and what they have in common with the query."""
    console = Console(highlight=False)
    if not hits:
        console.print(f"没有找到与“{query}”相近的段落。", markup=False)
        return
    for number, hit in enumerate(hits, start=1):
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
