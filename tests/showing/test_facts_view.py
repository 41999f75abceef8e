import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from drafter import reading
from drafter.reading.notes import read_notes
from drafter.showing import facts_view
from drafter.showing.facts_view import show_facts

TEXT = """\
柳溪村2025年工作要点

## 综治[red]
- 矛盾纠纷受理31起，调解成功率[bold]100%[/bold]
- 年底统计志愿者303名，其中三分之一是青年
- 注册志愿者330名，联系电话13900001111
- 志愿者330名[/]
"""


@pytest.fixture
def shown(tmp_path):
    (tmp_path / "要点.txt").write_text(TEXT, encoding="utf-8")
    out = io.StringIO()
    show_facts(
        read_notes([tmp_path / "要点.txt"], root=tmp_path), Console(file=out, width=80, color_system=None)
    )
    return out.getvalue()


def test_facts_numbers_places_and_findings_are_shown(shown):
    for words in ("柳溪村  2025年全年", "F1", "31起", "第4行", "前后不一致", "要点.txt 第6行有手机号"):
        assert words in shown


def test_brackets_of_the_notes_are_no_markup(shown):
    assert "【综治[red]】" in shown
    assert "[bold]100%[/bold]" in shown.replace("\n", "").replace(" ", "")


def test_the_view_fits_eighty_columns_and_a_chinese_console(shown):
    shown.encode("gbk")
    table = shown[: shown.index("× ")]

    assert all(sum(2 if ord(char) > 0x2E7F else 1 for char in line) <= 80 for line in table.splitlines())


def test_every_finding_bears_a_chinese_name_and_no_code(shown):
    assert "× 前后矛盾：" in shown
    assert "! 个人信息：" in shown
    assert "contradiction" not in shown
    assert "personal-data" not in shown


def test_each_kind_of_finding_that_notes_give_has_a_name():
    codes = set()
    folder = Path(reading.__file__).parent
    for source in (*folder.glob("notes*.py"), folder / "word.py"):
        text = source.read_text(encoding="utf-8")
        codes |= set(re.findall(r'(?:Finding|remark)\(\s*"([a-z-]+)"', text))

    assert len(codes) > 8
    assert codes <= set(facts_view._NAMES)
