import pytest

from drafter.reading.notes import read_notes
from drafter.reading.notes_withheld import withheld


@pytest.fixture
def reasons(tmp_path):
    """Write lines as notes, read them, and return why which fact is withheld."""

    def write_and_read(*lines):
        (tmp_path / "要点.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return dict(withheld(read_notes([tmp_path / "要点.md"])))

    return write_and_read


@pytest.mark.parametrize(
    "line",
    [
        "联系人：陈某某，电话13900001111",
        "会务联系人：陈某某 13900001111",
        "联系人 陈某某",
        "填报人：陈某某、李某（副主任）",
        "联系地址：柳溪村便民大厅，邮编：",
        "办公电话：0571-88880000，负责人：陈某某",
    ],
)
def test_a_line_that_only_names_a_contact_is_withheld(reasons, line):
    assert reasons("- 走访8户", f"- {line}").keys() == {"F2"}


def test_a_bare_name_that_stood_beside_a_telephone_is_withheld(reasons):
    assert reasons("- 走访8户", "- 陈某某 13900001111").keys() == {"F2"}


@pytest.mark.parametrize(
    "line",
    [
        "明确网格联系人12名",
        "联系人制度全面落实",
        "电话回访群众，及时答复",
        "负责人：每月到点位检查不少于两次，台账齐全",
        "地址变更登记及时办理",
        "公布监督电话，畅通渠道",
    ],
)
def test_work_with_contacts_is_work(reasons, line):
    assert reasons("- 走访8户", f"- {line}") == {}


@pytest.mark.parametrize(
    ("lines", "repeated"),
    [
        (["- 开展禁毒宣传35场", "- 禁毒宣传35场，发放资料900份"], {"F1": "与 F2 重复"}),
        (["- 禁毒宣传35场，发放资料900份", "- 全年共开展禁毒宣传35场"], {"F2": "与 F1 重复"}),
        (["- 开展禁毒宣传35场", "- 禁毒宣传35场"], {"F2": "与 F1 重复"}),
        (["- 受理矛盾纠纷38起，调解成功36起", "- 矛盾纠纷受理38起"], {"F2": "与 F1 重复"}),
        (
            ["- 招聘会7场", "- 招聘会7场，提供岗位180个", "- 招聘会7场，提供岗位180个，达成意向60人"],
            {"F1": "与 F3 重复", "F2": "与 F3 重复"},
        ),
        (["## 禁毒", "- 禁毒宣传35场，发放资料900份", "## 汇总", "- 禁毒宣传35场"], {"F2": "与 F1 重复"}),
    ],
)
def test_a_fact_that_says_nothing_beyond_another_is_withheld(reasons, lines, repeated):
    assert reasons(*lines) == repeated


@pytest.mark.parametrize(
    "lines",
    [
        ["- 禁毒宣传35场", "- 禁毒宣传36场，发放资料900份"],
        ["- 禁毒宣传进校园35场", "- 禁毒宣传35场，发放资料900份"],
        ["- 9月禁毒宣传35场", "- 禁毒宣传35场，发放资料900份"],
        ["- 上年禁毒宣传35场", "- 禁毒宣传35场，发放资料900份"],
        ["- 近35场禁毒宣传", "- 禁毒宣传35场"],
        ["- 发放资料900份", "- 禁毒宣传35场，发放资料900份"],
        ["## 团委", "- 培训3期", "## 妇联", "- 培训3期，参加60人"],
        ["## 综治", "- 巡逻员12名，每晚两班", "## 汇总", "- 网格6个，巡逻员12名"],
        ["- 建立例会制度", "- 建立例会制度，召开例会12次"],
    ],
)
def test_a_fact_that_says_something_of_its_own_stays(reasons, lines):
    assert reasons(*lines) == {}


def test_the_same_line_in_several_files_is_written_once(tmp_path):
    for name, line in (
        ("综治", "开展禁毒宣传35场"),
        ("宣传", "禁毒宣传35场，劝返4人"),
        ("汇总", "全年禁毒宣传35场"),
    ):
        (tmp_path / f"{name}.md").write_text(f"- {line}\n", encoding="utf-8")
    notes = read_notes([tmp_path / f"{name}.md" for name in ("综治", "宣传", "汇总")])

    assert dict(withheld(notes)) == {"F1": "与 F2 重复", "F3": "与 F2 重复"}


def test_two_units_repeat_nothing_of_each_other(tmp_path):
    for name, line in (("柳溪村", "禁毒宣传35场"), ("桃源村", "禁毒宣传35场，劝返4人")):
        (tmp_path / f"{name}.md").write_text(f"单位：{name}\n\n- {line}\n", encoding="utf-8")

    assert withheld(read_notes([tmp_path / "柳溪村.md", tmp_path / "桃源村.md"])) == {}
