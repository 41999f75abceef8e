"""A workspace with a draft whose every number has its source, ready to be made final."""

import hashlib
from typing import NamedTuple

import pytest

from drafter.cli.run import run

NOTES = """单位：青石社区
时间：2025年

## 综治
- 矛盾纠纷受理38起，调解成功37起
- 夜间巡逻203次；网格员14名

## 民生
- 举办招聘会4场，岗位900余个
- 发放慰问金1.12万元
"""
PAST = """# 青石社区2024年工作总结

## 一、综治

（一）调解纠纷。坚持“小事不过夜”的做法，受理矛盾纠纷42起。
"""
DRAFT = """---
title: 青石社区2025年工作总结
unit: 青石社区
year: 2025
period: 全年
writer: compose
notes:
- path: notes/要点.md
  sha256: {sha256}
prompt: null
library: null
---

# 青石社区2025年工作总结

## [一、综治][P1]

（一）调解纠纷。[坚持“小事不过夜”的做法，][P1]受理矛盾纠纷[38起][F1.1],调解成功[37起][F1.2]，调解成功率[97.4%][F1.2/F1.1]。

（二）群防群治。夜间巡逻[203次][F2.1],网格员[14名][F2.2]。

## 二、民生

举办招聘会[4场][F3.1](岗位[900余个][F3.2])，发放慰问金[1.12万元][F4.1]。

[F1.1]: <notes/要点.md#L5> "矛盾纠纷受理38起，调解成功37起"
[F1.2]: <notes/要点.md#L5> "矛盾纠纷受理38起，调解成功37起"
[F2.1]: <notes/要点.md#L6> "夜间巡逻203次；网格员14名"
[F2.2]: <notes/要点.md#L6> "夜间巡逻203次；网格员14名"
[F3.1]: <notes/要点.md#L9> "举办招聘会4场，岗位900余个"
[F3.2]: <notes/要点.md#L9> "举办招聘会4场，岗位900余个"
[F4.1]: <notes/要点.md#L10> "发放慰问金1.12万元"
[F1.2/F1.1]: <notes/要点.md#L5> "37 ÷ 38 = 97.4%"
[P1]: <past/2024.md#L5> "青石社区2024年工作总结 · 一、综治"
"""


class Desk(NamedTuple):
    """The files of one draft."""

    folder: object
    draft: object
    notes: object
    word: object
    record: object


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A draft, its notes and a past report, in the current folder."""
    folder = tmp_path / "ws"
    for name in ("notes", "past"):
        (folder / name).mkdir(parents=True)
    notes = folder / "notes" / "要点.md"
    notes.write_text(NOTES, encoding="utf-8")
    (folder / "past" / "2024.md").write_text(PAST, encoding="utf-8")
    draft = folder / "草稿.md"
    digest = hashlib.sha256(notes.read_bytes()).hexdigest()
    draft.write_text(DRAFT.format(sha256=digest), encoding="utf-8")
    monkeypatch.chdir(folder)
    return Desk(folder, draft, notes, folder / "草稿.docx", folder / "草稿.final.json")


@pytest.fixture
def final(desk):
    """The same, made final."""
    assert run(["export", "草稿.md", "--final"]) == 0
    return desk
