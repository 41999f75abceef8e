"""A draft about a fictional community with its notes and last year's report, and a session on it."""

from __future__ import annotations

import hashlib
from itertools import count

from drafter.model import Exemplar, Report, Section, Where
from drafter.reading.notes import read_notes
from drafter.workflow.drafting import Shelf
from drafter.workflow.rewriting import Session, Workplace
from drafter.workflow.rewriting_asking import propose
from drafter.workflow.rewriting_stock import Stock
from drafter.writing.rewriting_choices import Ask, compose_said

NOTES = """单位：梅坞社区
时间：2025年

## 综治
- 纠纷受理38起，调成36起
- 夜间巡逻203次；网格员14名
- 隐患排查61处，整改58处
- 反诈宣传16场，发资料5800份
- 登记出租房335户

## 民生
- 助餐9020人次
- 慰问困难党员28人次
"""
PAST = """梅坞社区2024年工作总结

一、加强综合治理，维护辖区稳定
（一）抓实矛盾调解。坚持抓早抓小、就地化解，受理各类纠纷42起，调成41起，调成率97.6%，做到小事不出网格。
（二）强化群防群治。开展夜间巡逻186次，排查隐患57处，整改57处，整改率100%，筑牢平安防线。
"""
DRAFT = """---
title: 梅坞社区2025年工作总结
unit: 梅坞社区
year: 2025
period: 全年
notes:
- path: notes.md
  sha256: {sha256}
---

# 梅坞社区2025年工作总结

2025年，梅坞社区认真抓好各项工作。现将全年工作情况总结如下。

## 一、加强综合治理，维护辖区稳定

[（一）抓实矛盾调解。][P1][坚持抓早抓小、就地化解，][P1]全年受理各类纠纷[38起][F1.1]，调成[36起][F1.2]，[做到小事不出网格。][P1]

<!-- 主任：这一节请再看看 -->

（二）强化群防群治。开展夜间巡逻[203次][F2.1]；网格员[14名][F2.2]。排查隐患[61处][F3.1]，整改[58处][F3.2]，整改率[95.1%][F3.2/F3.1]。开展反诈宣传[16场][F4.1]，发资料[5800份][F4.2]。登记出租房[335户][F5.1]，办理居住证【待补：人次】。

## 二、办好民生实事

助餐[9020人次][F6.1]。慰问困难党员[28人次][F7.1]。

<!-- 结束 -->

[F1.1]: <notes.md#L5> "纠纷受理38起，调成36起"
[F1.2]: <notes.md#L5> "纠纷受理38起，调成36起"
[F2.1]: <notes.md#L6> "夜间巡逻203次；网格员14名"
[F2.2]: <notes.md#L6> "夜间巡逻203次；网格员14名"
[F3.1]: <notes.md#L7> "隐患排查61处，整改58处"
[F3.2]: <notes.md#L7> "隐患排查61处，整改58处"
[F4.1]: <notes.md#L8> "反诈宣传16场，发资料5800份"
[F4.2]: <notes.md#L8> "反诈宣传16场，发资料5800份"
[F5.1]: <notes.md#L9> "登记出租房335户"
[F6.1]: <notes.md#L12> "助餐9020人次"
[F7.1]: <notes.md#L13> "慰问困难党员28人次"
[F3.2/F3.1]: <notes.md#L7> "58 ÷ 61 = 95.1%"
[P1]: <past.md#L4> "梅坞社区2024年工作总结 · （一）抓实矛盾调解。"
"""


def lay_out(folder, *, eol="\n", bom=False, encoding="utf-8", tail=True):
    """Write notes, past report and draft into `folder` and return the draft's path."""
    (folder / "notes.md").write_text(NOTES, encoding="utf-8")
    (folder / "past.md").write_text(PAST, encoding="utf-8")
    sha256 = hashlib.sha256((folder / "notes.md").read_bytes()).hexdigest()
    text = DRAFT.format(sha256=sha256).replace("\n", eol)
    text = text if tail else text.rstrip("\r\n")
    path = folder / "草稿.md"
    path.write_bytes((("\ufeff" if bom else "") + text).encode(encoding))
    return path


def open_at(path, address="一/（二）", by="王敏"):
    """Open a session on a section; its clock counts."""
    ticks = count(1)
    return Session(path, address, Workplace(path.parent / ".drafter", by, lambda: f"第{next(ticks)}刻"))


def past_section(line, heading, text):
    where = Where("past.md", line=line)
    section = Section(f"s{line}", 2, heading, ("一、加强综合治理", heading), text, where=where)
    report = Report(
        "r1", "梅坞社区2024年工作总结", unit="梅坞社区", year=2024, file="past.md", sections=(section,)
    )
    return Exemplar("P1", section, report)


def stock_of(session):
    """Return the past sections of a session, without a library."""
    session_notes = read_notes([session.path.parent / "notes.md"])
    from dataclasses import replace

    loaded = replace(session.current(), notes=session_notes)
    return Stock(loaded, Shelf(session.path.parent))


def composed(order):
    return compose_said(order.item, order.ask, order.ground, order.tried)


def ask(session, preset="", say="", rewriter=composed):
    """Ask for a new version; return whether there is one."""
    return propose(session, Ask(preset, say), rewriter, lambda: stock_of(session))


def body(text):
    """Return the draft without its definitions."""
    return text[: text.index("[F", text.rindex("<!--"))]
