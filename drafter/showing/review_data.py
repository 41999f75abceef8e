"""What the reviewer's page shows of each thing: for its script, for its tables, for paper."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from drafter.draftfile.beside import review_path, stem_of
from drafter.draftfile.decisions import decision_json
from drafter.numbers.figures import decimal_text
from drafter.numbers.units import to_base
from drafter.showing.check_view import repeats_line
from drafter.showing.json_view import as_json

if TYPE_CHECKING:
    from drafter.workflow.review_items import ReviewItem
    from drafter.workflow.review_sources import Source
    from drafter.workflow.reviewing import ReviewPage, UsedFact, YearRow

VERDICTS = {
    "traced": "有出处",
    "approximate": "约数相符",
    "derived": "算得出",
    "past": "往年的数",
    "structural": "不用出处",
    "name": "名称",
    "unsupported": "没有出处",
    "conflict": "张冠李戴",
    "stale": "旧数",
    "hole": "漏了数字",
    "placeholder": "没有填",
}
_SIGNS = dict(
    zip(
        ("bad", "open", "warn", "approximate", "derived", "past", "borrowed", "traced", "quiet"),
        "×▲!≈＝◷“●·",
        strict=True,
    )
)
_KINDS = {"borrowed": "借自往年的话", "open": "待补待核", "finding": "有提醒"}
_WIDEST = 148
_LEFT, _RIGHT = 40, 24


def script_data(page: ReviewPage, reviewer: str, name: str, *, served: bool) -> dict[str, Any]:
    """Return all that the script works with; `name` keeps apart what it remembers of each draft."""
    return {
        "draft_sha256": page.sha256,
        "draft_id": name,
        "stamp": page.stamp,
        "file": review_path(page.file).name,
        "export_name": f"{stem_of(page.file)}.review.export.json",
        "reviewer": reviewer,
        "served": served,
        "items": [_item(item) for item in page.items],
        "queue": page.queue,
        "general": [
            *({"message": one.message, "hint": one.hint} for one in page.general),
            *([{"message": repeats_line(page.repeats), "hint": ""}] if page.repeats else []),
        ],
        "expired": [{"decision": decision_json(one.decision), "reason": one.reason} for one in page.expired],
    }


def _item(item: ReviewItem) -> dict[str, Any]:
    number = item.number
    about = decision_json(item.about)
    message = number.message if number else ""
    problems = [{"severity": one.severity, "message": one.message, "hint": one.hint} for one in item.problems]
    why = next((one.message for one in item.problems), message) or _place_of(item)
    why = _before(item) if item.kind == "open" else why
    return {
        "id": item.id,
        "kind": item.kind,
        "group": item.group,
        "can": item.kind != "open",
        "counts": item.counts,
        "verdict": _verdict(item),
        "heading": item.heading,
        "line": item.line,
        "why": why,
        "words": " ".join([item.about.context, item.heading, why, _verdict(item), _place_of(item)]),
        "worked": message if number and number.verdict in {"derived", "approximate", "past"} else "",
        "problems": problems,
        "about": about,
        "sources": [_source(source) for source in item.sources],
        "decision": decision_json(item.decision) if item.decision else None,
    }


def _before(item: ReviewItem) -> str:
    """Return the words before a place that is still open."""
    before = item.about.context[: item.about.offset or 0]
    return "…" + before[-_LEFT:] if len(before) > _LEFT else before or item.heading


def _source(source: Source) -> dict[str, Any]:
    around = source.around
    return {
        "name": source.name,
        "role": source.role,
        "note": source.note,
        "file": around.file,
        "place": around.place,
        "gone": around.gone,
        "columns": around.columns,
        "hit_column": around.hit_column,
        "rows": as_json(around.rows),
        "marks": as_json(source.marks),
    }


def _verdict(item: ReviewItem) -> str:
    if item.number is not None:
        return VERDICTS.get(item.number.verdict, item.number.verdict)
    return _KINDS.get(item.kind, "")


def _place_of(item: ReviewItem) -> str:
    named = (source for source in item.sources[:1] if not source.around.gone)
    return next((" ".join((s.name, s.around.file.rpartition("/")[2], s.around.place)) for s in named), "")


# --- tables -------------------------------------------------------------------------------------


def _hit_words(source: Source) -> str:
    """Return the line or the row of a source itself."""
    hit = (row for row in source.around.rows if row.hit and row.number)
    said = (" ".join(" ".join(cell.split()) for cell in row.cells if cell.strip()) for row in hit)
    return next(said, "").lstrip("-*• ")


def printed_row(item: ReviewItem) -> dict[str, Any]:
    """Return a row of the list on paper."""
    decision, number = item.decision, item.number
    told = next((one.message for one in item.problems), number.message if number else "")
    decided = ""
    if decision is not None:
        word = "√ 认可" if decision.verdict == "accepted" else "× 否定"
        decided = f"{word}　{decision.by}　{decision.at[:10]}　{decision.note}".rstrip()
    context, start = item.about.context, item.about.offset or 0
    end = start + len(item.about.surface)
    places = (" ".join((s.name, s.around.file.rpartition("/")[2], s.around.place)) for s in item.sources)
    quoted = next((s.note or _hit_words(s) for s in item.sources), "")
    rested = item.group not in {"bad", "open"}
    return {
        "id": item.id,
        "surface": item.about.surface,
        "before": context[:start],
        "within": context[start:end],
        "after": context[end:],
        "sign": _SIGNS[item.group],
        "verdict": _verdict(item),
        "message": told,
        "source": "；".join(places) + (f"：{quoted}" if quoted else "") if rested else "",
        "decided": decided,
    }


def year_row(row: YearRow) -> dict[str, Any]:
    """Return a row of this year against last year, with the widths of its two bars."""
    this, last, sentence = row.pair.this, row.pair.last, row.pair.sentence
    now, then = this.value or Decimal(0), last.value or Decimal(0)
    if this.unit and last.unit and this.unit != last.unit:
        now, then = to_base(now, this.unit)[0], to_base(then, last.unit)[0]
    most = max(abs(now), abs(then)) or Decimal(1)
    before, _, after = sentence.partition(last.surface)
    return {
        "item": row.item,
        "topic": row.topic,
        "subject": row.subject or this.subject,
        "this": this.surface,
        "last": last.surface,
        "change": _change(now, then, is_percent=this.kind == "percent"),
        "now_width": round(abs(now) / most * _WIDEST, 1),
        "then_width": round(abs(then) / most * _WIDEST, 1),
        "before": before if len(before) <= _LEFT else "…" + before[1 - _LEFT :],
        "after": after if len(after) <= _RIGHT else after[: _RIGHT - 1] + "…",
    }


def _change(now: Decimal, then: Decimal, *, is_percent: bool) -> str:
    difference = now - then
    if not difference:
        return "持平"
    sign = "+" if difference > 0 else "−"
    if is_percent:
        return f"{sign}{decimal_text(abs(difference))}个百分点"
    if not then:
        return ""
    return f"{sign}{decimal_text(round(abs(difference) / abs(then) * 100, 1))}%"


def fact_row(row: UsedFact, names: dict[int, str]) -> dict[str, Any]:
    """Return a fact with the places that use it; `names` are the words printed there."""
    return {
        "id": row.fact.id,
        "text": row.fact.text,
        "place": row.place,
        "uses": [{"id": name, "surface": names[name]} for name in row.items],
        "said": row.said,
    }
