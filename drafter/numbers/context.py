"""Where a numeral stands: its clause, the words before and after it, its period and role.

Facts and drafts go through the same reading, so that two numbers are compared
slot by slot and not as bags of characters.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from drafter.model import FACT_KINDS, Span
from drafter.numbers.beside import each, has_come_to, is_bound, list_start, plain_words, qualifies, respective
from drafter.numbers.changes import BECAME, CHANGE, Direction, change_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafter.model import Numeral

_LINKING = "占的为有约达中和与及、就是"
"""Characters that only link a number to the one before it: 35岁以下占三分之二 is said of 35岁以下."""

_SENTENCE_END = re.compile(r"[。！？!?\r\n]")
_CLAUSE_END = re.compile(r"[，,、：:；;（）()【】\[\]。！？!?\r\n\t|]")
_SEGMENT_END = re.compile(r"[；;。！？!?\r\n]")
_SPLIT = re.compile(
    r"中已|中有|其中|当中|全部|已经|增至|增加|增长|增收|增幅|提高|提升|上升|下降|降低|减少|降至|合计|累计|"
    r"达到|以及|超出|超过|占比|占|(?<![高初集空])中(?![学小心医药老青高])|已|均|都|有|为|由|至|到|达|和|与|及|并|共|仅|尚|还|再|比|较|建立|参加|参与|发放|组织|开展"
)
_OPENING = 3
"""A period said in the first few characters of a sentence holds for all of it."""
_PRIOR = (
    r"(?:上一?年度?|去年度?|前年|往年|上届)(?:同期|同月|年?末|年?底|年初)?"
    r"|年初(?!计划|确定|目标|任务|下达|部署|安排|以来|制定|签订|预算|至|到)|原有(?!任务|基础|计划|标准)|同期"
)
_THIS = r"今年以来|今年|本年度?|当年|目前|现有|现在|(?<![上去])年[末底]"
_RUNNING = r"累计|以来"
_NEXT = r"明年|来年|下一?年度?"
_PERIOD = re.compile(f"(?P<prior>{_PRIOR})|(?P<this>{_THIS})|(?P<running>{_RUNNING})|(?P<next>{_NEXT})")
_BARE_PERIOD = re.compile(f"(?:{_PRIOR}|今年|本年度?)(?:为|是)?")
_ADDED_SINCE = re.compile(rf"[比较](?:{_PRIOR})新(?:增|建|办|开)[^，,。；;□]{{0,6}}$")
_COMPARING = re.compile(r"(?:比|较|与|同)\s*$")
_COMPARED = re.compile(r"(?:同比|环比)\s*$")
_FROM = re.compile(r"(?:由|从)[^，,。；;]{0,10}$")
_REACHED = re.compile(r"(?:到|至|为|达)了?$")
_FREQUENCY = re.compile(
    r"每(?:年|季度?|个?月|旬|周|天|日|学期)|[月周日季年]均|(?<![今昨当每生节假平元整])日(?:处理|供|产|接待|发送|办理|加工)|按[月季周年]|[一逐][月周季][^，。]{0,2}$"
)
_STILL_TO_DO = re.compile(r"(?:确保|力争|争取|力求|将|要)[^，。□]{0,6}完成[^，。□]{0,6}$")
_BARE_LEVEL = re.compile(r"(?:已|也)?(?:达到?|增至|升至|为)")
_ARROW = re.compile(r"\s*(?:→|—>|->|⇒|=>)\s*□")
_GOAL = re.compile(r"(?:任务|目标|计划|指标)的(?=\s*$)")
_IN_ALL = re.compile(r"(?:共|共计|合计|总计|累计|全年)[^，。□]{0,4}$")
_TARGET = re.compile(r"的?(?:(?:全年|年度|年初|既定|下达|预期|当年|本年)的?)?(?:任务|目标|计划|指标)")
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "人均",
        re.compile(
            r"(?<!□)[人户场村校亩]均|平均|(?<![人户场村校亩□])均|[亩张株箱]产(?!业|品|出)|单产|每(?!年|月|季)[^，。]{0,4}$|(?<![今昨当每生节假平元整一二三四五六七八九十\d号至到])日(?:处理|供|产|接待|发送|办理|加工)[^，。]{0,6}$|每(?:次|人|户|名|位|个|家|亩|场|村|所|支|吨|期|天|日|周)[^，。□]{0,10}$"
        ),
    ),
    (
        "任务",
        re.compile(
            r"任务|目标|计划|指标|(?<![响反适供效感对相])应(?![急用届聘对知邀援])(?=[^，。]{0,8}$)|要求(?=[^，。]{0,8}$)"
        ),
    ),
    ("剩余", re.compile(r"剩余|剩|余下|(?<!业)余(?=\s*$)|尚有|尚|其余|还有|未(?!来)")),
    ("其中", re.compile(r"其中")),
    ("共", re.compile(r"合计|总计|累计|共计|总共|共(?!同|建|享|治|青|产|进|鸣)|总数|总量|总(?!结|书记|支)")),
    ("完成", re.compile(r"完成|实际|已")),
)


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of one numeral; `sentence`, `segment`, `clause` count characters of the text.

    `head` and `tail` are the words next to it in its clause, `lead` those of
    its sentence before the clause. `period` is `上年`, `年初`, `累计` … as
    written, `this` tells that the sentence says 今年; `change` is the
    direction when the number is one of a change and not of a level. `frequency`
    tells that it is so many a month and not in all, `bounds` that it only says
    which ones are counted (50万元以上的村). `when` is
    the last date before it in its segment, `dated` tells that it stands in the
    same clause.
    """

    head: str
    tail: str
    sentence: Span
    segment: Span
    clause: Span
    period: str | None = None
    prior: bool = False
    this: bool = False
    role: str | None = None
    change: Direction | None = None
    mean: bool = False
    frequency: bool = False
    bounds: bool = False
    when: str | None = None
    dated: bool = False


def read_contexts(text: str, numerals: Sequence[Numeral], year: int | None = None) -> tuple[Context, ...]:
    """Return the context of each of `numerals`, which are those of `text` in order.

    A number behind an earlier year than `year` in its clause is one of that year.
    """
    masked = blank(text, numerals)
    sentences = _ends(_SENTENCE_END, masked)
    segments = _ends(_SEGMENT_END, masked)
    clauses = _ends(_CLAUSE_END, masked)
    anchors = [n for n in numerals if n.kind in FACT_KINDS and n.kind != "date"]
    years = [n for n in numerals if n.iso and n.iso.isdigit()]
    dates = [n for n in numerals if n.iso and not n.iso.isdigit()]
    starts = [n.start for n in anchors]
    ends = [n.end for n in anchors]
    found: list[Context] = []
    said_last: Context | None = None
    for numeral in numerals:
        sentence = _around(sentences, numeral, len(text))
        segment = _around(segments, numeral, len(text))
        clause = _around(clauses, numeral, len(text))
        left = ends[index - 1] if (index := bisect_right(ends, numeral.start)) else 0
        right = starts[after] if (after := bisect_left(starts, numeral.end)) < len(starts) else len(text)
        head = masked[max(clause.start, left) : numeral.start]
        tail = masked[numeral.end : min(clause.end, right)]
        if left > clause.start:
            head = _second_part(head)
            if not plain_words(head).strip(_LINKING) or qualifies(anchors[index - 1]):
                head = anchors[index - 1].surface + head
        if right < clause.end:
            tail = _first_part(tail)
        head = respective(masked[segment.start : numeral.start]) or head
        bounds = is_bound(numeral) and (right == numeral.end or masked.startswith("的", numeral.end))
        when = next((d for d in reversed(dates) if segment.start <= d.start and d.end <= numeral.start), None)
        context = _context(masked, numeral, (head, tail), (sentence, segment, clause))
        context = _like_before(masked[left : numeral.start], masked[segment.start : left], context, said_last)
        if bounds:
            context = replace(context, bounds=True)
        if when is not None and not has_come_to(masked[clause.start : numeral.start]):
            context = replace(context, when=when.iso, dated=when.start >= clause.start)
        said = next((d for d in reversed(years) if clause.start <= d.start and d.end <= numeral.start), None)
        if year is not None and said is not None and context.change is None and int(said.iso or year) < year:
            context = replace(context, period=said.surface, prior=True, this=False)
        found.append(context)
        said_last = context if numeral.kind in FACT_KINDS else said_last
    return tuple(found)


def _like_before(between: str, lead: str, context: Context, before: Context | None) -> Context:
    """Return a number right behind another one as one of a change too: 减少2户4人, 分别减少25户、34人."""
    if before is None or before.change is None or context.change is not None:
        return context
    together = between in {"", "、"} or (between in {"和", "及"} and "分别" in lead)
    return replace(context, change=before.change) if together else context


def _context(masked: str, numeral: Numeral, near: tuple[str, str], spans: tuple[Span, Span, Span]) -> Context:
    sentence, segment, clause = spans
    head, tail = near
    clause_lead = masked[clause.start : numeral.start]
    listed = masked[list_start(masked, clause.start) : numeral.start]
    change = change_of(head or clause_lead)
    if change is None and numeral.kind == "percent" and _COMPARED.search(head):
        change = "up"
    period, prior, this = _period(masked, numeral, (sentence, segment, clause))
    changed = change is not None and _PERIOD.search(head) is None
    if prior and (changed or has_come_to(listed) or _ADDED_SINCE.search(head)):
        period, prior = None, False
    if not prior and _ARROW.match(masked, numeral.end):
        period, prior = "上年", True
    reaches = clause.end if masked[clause.end : clause.end + 1] != "、" else sentence.end
    if not prior and _FROM.search(listed) and BECAME.match(masked[numeral.end : reaches]):
        period, prior = "上年", True
    role = next((name for name, pattern in _ROLES if pattern.search(head)), None)
    if (role is None or (role == "完成" and ("超" in head or _GOAL.match(tail)))) and _TARGET.match(tail):
        role = "任务"
    if role == "完成" and tail.strip() == "的" and numeral.kind != "percent":
        role = "任务"
    if role == "完成" and _STILL_TO_DO.search(head):
        role = None
    carried = _goes_on_with_mean(masked, near, clause, segment)
    said = masked[(segment if carried else clause).start : numeral.start]
    return Context(
        head=plain_words(head),
        tail=plain_words(tail),
        sentence=sentence,
        segment=segment,
        clause=clause,
        period=period,
        prior=prior,
        this=this,
        role=role,
        change=change,
        mean=role == "人均" or carried,
        frequency=_FREQUENCY.search(said) is not None and _IN_ALL.search(head) is None,
    )


def _goes_on_with_mean(masked: str, near: tuple[str, str], clause: Span, segment: Span) -> bool:
    """Tell whether a number is a mean as the one before it is: 户均5.2小时，上年▯; 人均由▯降至▯."""
    head, tail = near
    mean = _ROLES[0][1]
    if _BARE_PERIOD.fullmatch(plain_words(head)):
        return any(mean.search(part) for part in _CLAUSE_END.split(masked[segment.start : clause.start])[-2:])
    item = masked[segment.start : clause.start]
    last = re.split(r"[，,：:]", item)[-1]
    listed = item.endswith("、") and (mean.search(last) or mean.search(last.split("□")[0]))
    if listed and "均" not in head:
        return _SPLIT.search(head) is None
    reached = _REACHED.search(head) is not None and len(plain_words(head)) <= _OPENING + 1
    reached = reached and not (plain_words(head) == "为" and tail)
    if reached and _BARE_LEVEL.fullmatch(plain_words(head)) and item.endswith(("，", ",")):
        return mean.search(re.split(r"[，,：:]", item[:-1])[-1]) is not None
    lead = masked[clause.start : clause.end].split("□", maxsplit=1)[0]
    return reached and mean.search(lead) is not None


def _period(masked: str, numeral: Numeral, spans: tuple[Span, Span, Span]) -> tuple[str | None, bool, bool]:
    """Return (period as written, is it an earlier one, does the sentence say 今年) for one numeral."""
    sentence, segment, clause = spans
    lead = _without_closed_brackets(masked[sentence.start : numeral.start])
    here = len(lead) - (numeral.start - clause.start)
    first_clause = _CLAUSE_END.search(lead)
    first_end = first_clause.start() if first_clause else len(lead)
    period: str | None = None
    prior = this = False
    this_here = False
    for match in _PERIOD.finditer(lead):
        carried = match.start() < here
        if match["this"]:
            period, prior, this, this_here = None, False, True, not carried
        elif match["prior"]:
            between = lead[match.end() :]
            if match.group() == "原有" and "□" in between:
                continue
            compared = _COMPARING.search(lead[: match.start()]) is not None
            direct = not compared or (match.start() >= here and CHANGE.search(between) is None)
            first = match.start() <= _OPENING and match.end() <= first_end
            first = first or 0 <= match.start() - (segment.start - sentence.start) <= _OPENING
            opens = first and not between.startswith("的") and match.group() not in {"年初", "原有"}
            if (not carried or (opens and not compared)) and direct:
                period, prior, this = match.group(), True, False
        elif not carried and not (match["running"] and this_here):
            period, prior, this = match.group(), False, False
    return period, prior, this


def _without_closed_brackets(lead: str) -> str:
    return re.sub(r"[（(][^（()）]*[）)]", lambda found: "□" * len(found.group()), lead)


def blank(text: str, numerals: Sequence[Numeral]) -> str:
    """Return `text` with its numbers, not its names, as squares of the same length."""
    parts: list[str] = []
    last = 0
    for numeral in numerals:
        if numeral.kind == "name" or numeral.start < last:
            continue
        parts += (text[last : numeral.start], "□" * (numeral.end - numeral.start))
        last = numeral.end
    parts.append(text[last:])
    return "".join(parts)


def _ends(pattern: re.Pattern[str], masked: str) -> list[int]:
    return [match.start() for match in pattern.finditer(masked)]


def _around(ends: list[int], numeral: Numeral, length: int) -> Span:
    before = bisect_left(ends, numeral.start)
    after = bisect_left(ends, numeral.end)
    start = ends[before - 1] + 1 if before else 0
    return Span(start, ends[after] if after < len(ends) else length)


def _first_part(between: str) -> str:
    match = _SPLIT.search(between, 1)
    return between[: match.start()] if match else between


def _second_part(between: str) -> str:
    match = _SPLIT.search(between, 1) if between else None
    return between[each(between, match.start()) :] if match else between
